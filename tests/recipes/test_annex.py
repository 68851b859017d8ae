"""What work found outside its bundle: numbers that stay, a digest that tells changes, a bundle left as it is."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from recipes.annex import Annex, AnnexEntry, FetchedFile
from recipes.bundle import freeze
from recipes.ids import BundleId, Digest, TicketId
from recipes.outside import CodeRun, Outside, WebPage, WebQuote, WebSearch
from recipes.source import SourceKind
from tests.fakes.nouns import make_bundle

NOW = datetime(2026, 11, 23, 22, 15, tzinfo=UTC)
BUNDLE = make_bundle()
NO_ADDRESSES = (
    "javascript:alert(1)",
    "https://a.example/ b",
    "https://a.example/><!channel>",
    "https://a.example/|click",
    "https://a.example/\u202eexe.fdp",
    "https:///nowhere",
    "https://a.example/" + "x" * 3_000,
)
LAST = len(BUNDLE.sources)
EMPTY = Annex(bundle=BundleId("bun_1"), ticket=TicketId("tkt_1"))
WIND = WebPage(url="https://energy.example/wind", title="Wind power")
NEWS = WebPage(url="https://news.example/", title="News", age="2 weeks ago")
SEARCH = WebSearch(query="wind", pages=(WIND, NEWS))
QUOTE = WebQuote(url=WIND.url, title=WIND.title, text="Wind covered 53.9 percent.")


def add(annex: Annex, turn: int, outside: Outside) -> Annex:
    return annex.with_entry(annex.make_entry(BUNDLE, turn, outside).stamped(NOW))


def test_pages_are_numbered_on_from_the_bundle_and_keep_their_numbers():
    annex = add(add(EMPTY, 1, Outside(searches=(SEARCH,))), 2, Outside(searches=(WebSearch(query="x", pages=(NEWS,)),)))
    assert annex.list_urls() == {f"S{LAST + 1}": WIND.url, f"S{LAST + 2}": NEWS.url}
    assert annex.entries[1].searches[0].sources == (f"S{LAST + 2}",)


def test_words_of_a_page_become_a_passage_of_it_once():
    annex = add(EMPTY, 1, Outside(searches=(SEARCH,)))
    annex = add(annex, 2, Outside(quotes=(QUOTE, QUOTE)))
    wind, news = annex.list_sources()
    assert [(each.id, each.text) for each in wind.passages] == [
        (f"S{LAST + 1}.1", "Wind power"),
        (f"S{LAST + 1}.2", "Wind covered 53.9 percent."),
    ]
    assert (wind.kind, wind.locator, wind.ts) == (SourceKind.FETCH, "Wind power", f"{NOW.timestamp():.6f}")
    assert len(news.passages) == 1
    assert annex.make_entry(BUNDLE, 3, Outside(quotes=(QUOTE,))).is_empty()


def test_what_is_no_address_of_the_web_is_no_source():
    pages = tuple(WebPage(url=each, title="x") for each in NO_ADDRESSES)
    assert add(EMPTY, 1, Outside(searches=(WebSearch(query="x", pages=pages),))).list_sources() == ()


def test_an_address_cannot_end_the_link_that_it_stands_in():
    page = WebPage(url="https://a.example/wind_(power)](https://evil.example", title="x")
    annex = add(EMPTY, 1, Outside(searches=(WebSearch(query="x", pages=(page,)),)))
    assert [*annex.list_urls().values()] == ["https://a.example/wind_%28power%29%5D%28https://evil.example"]


def test_what_code_printed_is_kept_and_is_no_source():
    annex = add(EMPTY, 1, Outside(runs=(CodeRun(code="print(42)", printed="42\n", return_code=0),)))
    assert annex.entries[0].runs[0].printed == "42\n"
    assert annex.list_sources() == ()


def test_the_bundle_stays_as_it_is_whatever_stands_beside_it():
    annex = add(EMPTY, 1, Outside(searches=(SEARCH,), quotes=(QUOTE,)))
    before = freeze(BundleId("bun_1"), BUNDLE).digest
    assert [each.id for each in annex.extend(BUNDLE).sources][:LAST] == [each.id for each in BUNDLE.sources]
    assert len(annex.extend(BUNDLE).sources) == LAST + 2
    assert freeze(BundleId("bun_1"), BUNDLE).digest == before
    assert EMPTY.extend(BUNDLE) is BUNDLE


def test_the_digest_follows_each_entry_and_each_word():
    one = add(EMPTY, 1, Outside(searches=(SEARCH,)))
    two = add(one, 2, Outside(quotes=(QUOTE,)))
    other = add(one, 2, Outside(quotes=(QUOTE.model_copy(update={"text": "Wind covered 53.8 percent."}),)))
    assert EMPTY.find_digest() is None
    assert len({one.find_digest(), two.find_digest(), other.find_digest()}) == 3
    assert two.until(1).find_digest() == one.find_digest()


def test_files_are_found_by_their_turn():
    file = FetchedFile(provider_id="file_1", name="a.docx", digest=Digest("0" * 64))
    annex = EMPTY.with_entry(AnnexEntry(turn=2, files=(file,)))
    assert annex.list_files() == annex.list_files(of_turn=2) == (file,)
    assert annex.list_files(of_turn=1) == ()


@given(st.text(), st.text(), st.text())
def test_any_words_can_be_kept_and_read_again(title, text, query):
    page = WebPage(url=WIND.url, title=title)
    search = WebSearch(query=query, pages=(page,))
    quote = WebQuote(url=page.url, title=title, text=text)
    annex = add(EMPTY, 1, Outside(searches=(search,), quotes=(quote,), runs=(CodeRun(code=text, printed=title),)))
    kept = AnnexEntry.model_validate_json(annex.entries[0].model_dump_json())
    assert EMPTY.with_entry(kept).find_digest() == annex.find_digest()
