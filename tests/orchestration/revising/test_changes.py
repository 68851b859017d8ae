"""What is asked for is done to a content, and nothing else."""

import pytest

from orchestration.revising.changes import revise
from orchestration.revising.difference import compare, say_same
from orchestration.revising.numbers import count_pages
from orchestration.revising.parts import list_parts
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.problems import parse_deck
from recipes.revision import Drop, KeepCount, MakeFormat, Move, Restore, SetTheme, ShowAs, Swap, WishRefused
from tests.orchestration.revising.decks import BULLETS, CHART, KPIS, QUOTE, TABLE, make_deck

DECK = make_deck(BULLETS, CHART, TABLE, QUOTE)
PAPER = {
    "title": "Wind in Iowa",
    "sections": [
        {"heading": "Findings", "blocks": [{"kind": "paragraph", "text": "Wind grew."}]},
        {"heading": "By year", "level": 2, "blocks": [{"kind": "paragraph", "text": "Each year."}]},
        {"heading": "Open questions", "blocks": [{"kind": "paragraph", "text": "Which region?"}]},
    ],
}


def kinds(content):
    return [each["kind"] for each in content["slides"]]


def digests(content, file_format="pptx"):
    return [each.digest for each in list_parts(file_format, content)]


def do(*changes, content=DECK, file_format="pptx"):
    return revise(file_format, content, changes)


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (SetTheme(theme="ember"), set()),
        (Swap(first=2, second=4), set()),
        (Move(place=5, to=2), set()),
        (Drop(places=(3,)), set()),
        (KeepCount(count=4), set()),
        (ShowAs(place=3, shape="table"), {3}),
        (ShowAs(place=2, shape="table"), {2}),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_slides_that_were_not_named_are_the_same_by_digest(change, touched):
    before, after = digests(DECK), digests(do(change).content)
    assert {digest for no, digest in enumerate(before, 1) if no in touched}.isdisjoint(after)
    assert len(set(after) - set(before)) == len(touched)


def test_numbers_are_those_of_the_file_that_people_see():
    revised = do(Drop(places=(2,)), Swap(first=3, second=5), ShowAs(place=3, shape="table"))
    assert kinds(revised.content) == ["title", "quote", "table", "table", "sources"]
    assert revised.said == (
        "Slide 2 is left out: “What was decided”.",
        "Slides 3 and 5 changed places.",
        "Slide 3 is a table now.",
    )


def test_a_slide_that_continues_is_one_slide_whichever_of_its_numbers_is_said():
    long = {**BULLETS, "bullets": [{"text": f"{no} {'a long point that goes on and on ' * 9}"} for no in range(9)]}
    deck = make_deck(long, KPIS)
    pages = count_pages(build_deck(parse_deck(deck)), 4)
    assert (pages[0], pages[2:]) == (1, (1, 1))
    assert pages[1] > 1
    last = 2 + pages[1] - 1
    assert kinds(revise("pptx", deck, [Drop(places=(last,))], pages=pages).content) == ["title", "kpis", "sources"]
    after = revise("pptx", deck, [Drop(places=(last + 1,))], pages=pages).content
    assert kinds(after) == ["title", "bullets", "sources"]


def test_what_matters_least_goes_first_and_the_frame_stays():
    assert kinds(do(KeepCount(count=3)).content) == ["title", "bullets", "sources"]


def test_the_last_slide_is_the_last_before_the_sources():
    assert kinds(do(Drop(places=(-1,))).content) == ["title", "bullets", "chart", "table", "sources"]
    assert kinds(do(Move(place=2, to=-1)).content) == ["title", "chart", "table", "quote", "bullets", "sources"]


def test_the_only_slide_that_it_can_be_is_found():
    deck = make_deck(QUOTE, CHART)
    assert kinds(do(ShowAs(place=None, shape="table"), content=deck).content) == ["title", "quote", "table", "sources"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Drop(places=(9,)), "There is no slide 9: there are 6."),
        (Drop(places=("wind",)), "Which do you mean"),
        (Drop(places=(6,)), "no slide lists them"),
        (KeepCount(count=6), "It has 6 slides already."),
        (KeepCount(count=8), "ask anew"),
        (SetTheme(theme="slate"), "already"),
        (ShowAs(place=5, shape="table"), "Slide 5 holds nothing"),
        (ShowAs(place=None, shape="table"), "Which slide do you mean? It could be 2, 3"),
        (ShowAs(place=3, shape="pie"), "shows one series"),
        (Swap(first=2, second=2), "with itself"),
        (MakeFormat(file_format="pdf"), "Only documents"),
        (Restore(version=1), "a message of its own"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(change, said):
    with pytest.raises(WishRefused) as refused:
        do(change)
    assert said in refused.value.advice()


def test_sections_are_counted_with_what_stands_below_them():
    revised = do(Swap(first=1, second=2), content=PAPER, file_format="docx")
    assert [each["heading"] for each in revised.content["sections"]] == ["Open questions", "Findings", "By year"]
    assert sorted(digests(revised.content, "docx")) == sorted(digests(PAPER, "docx"))


def test_a_section_is_left_out_by_its_name():
    revised = do(Drop(places=("open questions",)), content=PAPER, file_format="pdf")
    assert [each["heading"] for each in revised.content["sections"]] == ["Findings", "By year"]


def test_a_document_becomes_a_file_of_the_other_kind_with_the_same_content():
    revised = do(MakeFormat(file_format="pdf"), content=PAPER, file_format="docx")
    assert (revised.file_format, revised.content) == ("pdf", PAPER)


def test_sheets_are_left_out_unless_others_stand_on_them():
    table = {"name": "t", "columns": [{"header": "a", "type": "integer"}], "rows": [[1]]}
    book = {"title": "Book", "sheets": [{"name": each, "tables": [{**table, "name": each}]} for each in ("One", "Two")]}
    revised = do(Drop(places=("Two",)), content=book, file_format="xlsx")
    assert [each["name"] for each in revised.content["sheets"]] == ["One"]


def test_a_difference_names_what_changed_on_both_sides():
    after = do(ShowAs(place=3, shape="table"), Drop(places=(5,))).content
    found = compare("pptx", DECK, after)
    assert (found.same, found.changed, found.before) == (4, (3,), (3, 5))
    assert say_same("pptx", DECK, after) == "The other 4 of 5 slides say what they said, each by its digest."
