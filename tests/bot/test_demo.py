import pytest

from bot.demo import FaultRefused, StoryFailed, check_deck_against, describe_fault, read_faults
from bot.sandbox.faults import NAMES
from orchestration.skills.builder import build_file
from orchestration.skills.paper.checks import Wanted
from tests.fakes.models import DECK

DATA = "year,source,net_generation\n2001,Fossil Fuels,35361\n2002,Fossil Fuels,35991\n2003,Fossil Fuels,36234.5\n"


def _make_deck(*values: float | None) -> bytes:
    title, _, sources = DECK["slides"]
    chart = {"type": "line", "categories": ["2001", "2002", "2003"], "series": [{"name": "Fossil", "values": values}]}
    slide = {
        "kind": "chart",
        "title": "Fossil fuels rose",
        "notes": "x",
        "chart": chart,
        "takeaways": ["It rose [@S1.1]"],
    }
    content = {**DECK, "slides": [title, slide, sources] if values else DECK["slides"]}
    return build_file("pptx", content, permalinks={}, wanted=Wanted(slides=3)).content


def test_a_deck_with_the_datas_own_figures_passes():
    check_deck_against(_make_deck(35361, 35991, 36234.5), DATA)


def test_a_gap_in_a_chart_is_no_figure():
    check_deck_against(_make_deck(35361, None, 36234.5), DATA)


def test_a_figure_that_the_data_does_not_hold_ends_the_story():
    with pytest.raises(StoryFailed) as caught:
        check_deck_against(_make_deck(35361, 35992, 36234.5), DATA)
    assert caught.value.advice() == "The demo did not end well: a chart holds 35992, which is not in the data."


def test_a_deck_without_a_chart_ends_the_story():
    with pytest.raises(StoryFailed, match="no chart"):
        check_deck_against(_make_deck(), DATA)


def test_what_is_no_deck_ends_the_story():
    with pytest.raises(StoryFailed):
        check_deck_against(b"not a deck", DATA)


def test_every_fault_can_be_had_by_its_name():
    assert [describe_fault(fault) for fault in read_faults(NAMES)] == [f"{name} (once)" for name in NAMES]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("rate_limited:method=chat.update,times=3", "rate_limited (3 times, chat.update)"),
        ("duplicated_events:method=app_mention", "duplicated_events (once, app_mention)"),
    ],
)
def test_a_fault_is_told_with_its_details(named, told):
    assert [describe_fault(fault) for fault in read_faults([named])] == [told]


def test_a_fault_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(FaultRefused) as caught:
        read_faults(["rate_limited", "gremlins"])
    assert caught.value.advice().startswith("There is no fault called gremlins; there are: delayed_events")
