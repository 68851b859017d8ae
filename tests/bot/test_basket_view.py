"""A basket's modal, by snapshot, and within Slack's limits whatever is in the basket."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.views.basket import Place, read_words, render_basket, render_loading
from orchestration.baskets.baskets import PAGE_ENTRIES
from recipes.basket import BasketEntry, BasketPage
from tests.fakes.moment import START
from tests.fakes.nouns import CHANNEL, JONAS, MAYA

VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
METADATA_CHARS = 3_000
LINK = "https://sandbox.slack.com/archives/C0REPORTS/p1"


def make_entry(entry_id="blk_1", **more) -> BasketEntry:
    values = {
        "id": entry_id,
        "kind": "note",
        "text": "The launch moved to May.",
        "author": "maya",
        "added_by": MAYA,
        "added_at": START,
        "permalink": None,
    }
    return BasketEntry(**{**values, **more})


def make_page(**more) -> BasketPage:
    values = {
        "channel_id": CHANNEL,
        "words": "",
        "is_archive": False,
        "number": 0,
        "page_count": 1,
        "found_count": 1,
        "entries": (make_entry(),),
    }
    return BasketPage(**{**values, **more})


def list_mrkdwn(part: object) -> list[str]:
    """Give every text in which Slack would read a mention or a link; a label for screen readers is none."""
    if isinstance(part, list):
        return [text for each in part for text in list_mrkdwn(each)]
    if not isinstance(part, dict):
        return []
    here = [part["text"]] if part.get("type") == "mrkdwn" else []
    return here + [text for each in part.values() for text in list_mrkdwn(each)]


PAGES = {
    "empty": make_page(entries=(), found_count=0),
    "all kinds": make_page(
        found_count=44,
        number=1,
        page_count=3,
        entries=(
            make_entry(),
            make_entry("blk_2", kind="message", author="Jonas", permalink=LINK),
            make_entry("blk_3", kind="finding", permalink=LINK),
            make_entry("ast_1", kind="file", text="churn.csv", size_bytes=2_100, permalink=LINK),
            make_entry("ast_2", kind="file", text="old.csv", size_bytes=3_500_000, added_by=None),
            make_entry("ast_3", kind="file", text="plan.gdoc", problem="does not lie with Slack"),
        ),
    ),
    "nothing found": make_page(words="arhus", entries=(), found_count=0),
    "archive": make_page(is_archive=True, entries=(make_entry(archived_by=JONAS),)),
    "just archived": make_page(channel_id="D0MAYA", undo=make_entry(archived_by=MAYA), is_cut=True),
}

nasty = st.lists(
    st.sampled_from(["<!channel>", "<@U0JONAS>", "<https://evil.example|x>", "&", "\n", "x" * 900])
    | st.text(max_size=9)
).map("".join)


@pytest.mark.parametrize("name", PAGES)
def test_a_basket_looks_like_this(name, snapshot):
    assert render_basket(PAGES[name]) == snapshot


def test_the_modal_opens_before_it_is_known_who_may_look(snapshot):
    assert render_loading(Place(channel_id=CHANNEL, words="wind")) == snapshot


@given(text=nasty, words=nasty.map(lambda said: said[:100]))
def test_a_basket_of_any_words_is_a_view_that_slack_takes(text, words):
    file = make_entry("ast_9", kind="file", text=text, problem=text or None, size_bytes=1, permalink=LINK)
    entries = (*(make_entry(f"blk_{number}", text=text, author=text) for number in range(PAGE_ENTRIES - 1)), file)
    page = make_page(entries=entries, words=words, number=1, page_count=9, undo=entries[0], is_archive=True)
    view = render_basket(page)
    View(**view).to_dict()
    assert len(view["blocks"]) <= VIEW_BLOCKS
    assert len(json.dumps(view, ensure_ascii=False).encode()) <= VIEW_BYTES
    assert len(view["private_metadata"]) <= METADATA_CHARS
    shown = "".join(list_mrkdwn(view["blocks"]))
    assert [marks for marks in ("<!channel>", "<@U0JONAS>", "<https://evil") if marks in shown] == []


@pytest.mark.parametrize(
    "metadata", ["", "[]", "C0REPORTS", '{"channel_id": ["C0REPORTS"]}', '{"channel_id": "C0REPORTS", "team_id": "T"}']
)
def test_what_is_no_place_of_ours_is_none(metadata):
    assert Place.read(metadata) is None


def test_a_place_is_read_as_it_was_written():
    place = Place(channel_id=CHANNEL, words="Århus", number=3, is_archive=True)
    assert Place.read(place.model_dump_json()) == place


@pytest.mark.parametrize(
    "state", [{}, {"basket.search": {"basket.search": {"type": "plain_text_input", "value": None}}}]
)
def test_an_empty_search_field_holds_no_words(state):
    assert read_words(state) == ""
