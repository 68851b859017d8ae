"""What the extractive model makes of real threads: findings kept, chatter dropped, no number of its own."""

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.agents.tools import read_tool_input
from orchestration.models.extractive import ExtractiveModel
from orchestration.models.extractive.material import read_material
from orchestration.models.extractive.slides import AMPLE
from recipes.bundle import WorkBundle, freeze
from recipes.ids import BundleId
from tests.orchestration.models.bundles import list_calls, make_bundle, run_to_end
from tests.orchestration.models.transcripts import TRANSCRIPTS, Transcript
from tests.orchestration.skills.samples import problems_of

NAMES = list(TRANSCRIPTS)
# what our own words say, not the sources: where a source is found, and what is only for the speaker
NOT_QUOTED = {"role", "notes", "source_ids", "kind", "type", "number_format", "section"}


def bundle_of(transcript: Transcript, slides: int) -> WorkBundle:
    return make_bundle(
        topic=transcript.topic, messages=transcript.messages, files=transcript.files, slides=slides, style="forest"
    )


async def make_deck(bundle: WorkBundle) -> tuple[dict[str, Any], dict[str, Any]]:
    history = await run_to_end(ExtractiveModel(), bundle)
    return list_calls(history, "Skill")[-1]["content"], list_calls(history, "emit_work_output")[-1]


def list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_QUOTED:
                yield from list_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from list_texts(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield f"{value:,}"


def plain(text: str) -> str:
    return re.sub(r"\s*\[@[^\]]+\]", "", text).replace("\\", "")


def list_numbers(text: str) -> set[str]:
    return {re.sub(r"[.,]", "", number) for number in re.findall(r"\d+(?:[.,]\d+)*", plain(text))}


def list_source_numbers(bundle: WorkBundle, passage_ids: set[str]) -> set[str]:
    numbers: set[str] = set()
    for passage in bundle.list_passages():
        if passage.id in passage_ids and passage.text:
            numbers |= list_numbers(passage.text)
        elif passage.id in passage_ids and passage.table:
            table = passage.table
            cells = [cell for row in table.rows for cell in row]
            said = [table.name, *(column.name for column in table.columns), *(str(cell) for cell in cells)]
            numbers |= {number for text in said for number in list_numbers(text)}
            numbers |= {part for cell in cells if isinstance(cell, str) for part in re.findall(r"\d+", cell)}
    return numbers


def count_slides(deck: dict[str, Any]) -> int:
    """Give how many slides the file has: its list of sources takes as many as it needs."""
    return len(deck["slides"]) - 1 + math.ceil(len(deck["sources"]) / AMPLE.sources)


def check_numbers(bundle: WorkBundle, deck: dict[str, Any]) -> None:
    for slide in deck["slides"]:
        if slide["kind"] in {"title", "agenda", "sources"}:
            continue
        shown = {number for text in list_texts(slide) for number in list_numbers(text)}
        assert shown <= list_source_numbers(bundle, set(slide["source_ids"])), slide["title"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("slides", [3, 5, 7, 9, 12])
async def test_a_deck_fits_the_schema_and_never_exceeds_what_was_asked_for(name, slides):
    bundle = bundle_of(TRANSCRIPTS[name], slides)
    deck, output = await make_deck(bundle)
    assert problems_of(deck) == []
    assert count_slides(deck) <= slides
    assert deck["theme"] == "forest"
    assert (deck["slides"][0]["kind"], deck["slides"][-1]["kind"]) == ("title", "sources")
    assert deck["slides"][0]["subtitle"] == read_material(bundle).words.disclosure
    if (count := count_slides(deck)) < slides:
        assert f"You asked for {slides} slides. The sources hold enough for {count}" in output["body"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("slides", [3, 4, 5, 6, 7])
async def test_small_decks_have_exactly_the_slides_that_were_asked_for(name, slides):
    deck, output = await make_deck(bundle_of(TRANSCRIPTS[name], slides))
    assert count_slides(deck) == slides
    assert "You asked for" not in output["body"]


@pytest.mark.parametrize("slides", [8, 10, 14, 20, 30])
async def test_a_table_fills_even_a_long_deck(slides):
    deck, _ = await make_deck(bundle_of(TRANSCRIPTS["energy"], slides))
    assert len(deck["slides"]) == slides
    titles = [slide.get("title") for slide in deck["slides"][2:-1]]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
async def test_no_chatter_is_quoted(name):
    transcript = TRANSCRIPTS[name]
    for slides in (5, 12):
        deck, output = await make_deck(bundle_of(transcript, slides))
        said = plain(
            " ".join([*list_texts(deck["slides"]), output["body"], *(claim["text"] for claim in output["claims"])])
        )
        assert [words for words in transcript.chatter if words.casefold() in said.casefold()] == []


@pytest.mark.parametrize("name", NAMES)
async def test_headline_figures_are_kept(name):
    transcript = TRANSCRIPTS[name]
    deck, _ = await make_deck(bundle_of(transcript, 9))
    said = plain(" ".join(list_texts(deck["slides"])))
    assert [figure for figure in transcript.figures if figure not in said] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("slides", [5, 9, 30])
async def test_every_number_of_a_slide_stands_in_a_passage_that_the_slide_cites(name, slides):
    bundle = bundle_of(TRANSCRIPTS[name], slides)
    deck, _ = await make_deck(bundle)
    check_numbers(bundle, deck)


@pytest.mark.parametrize("name", NAMES)
async def test_every_claim_stands_word_for_word_in_its_passage(name):
    bundle = bundle_of(TRANSCRIPTS[name], 9)
    deck, output = await make_deck(bundle)
    assert output["claims"]
    read_tool_input("emit_work_output", output)
    passages = {passage.id: passage for passage in bundle.list_passages()}
    for claim in output["claims"]:
        passage = passages[claim["passages"][0]]
        if claim["kind"] == "quote":
            assert claim["text"] in (passage.text or "")
        else:
            assert list_numbers(claim["text"]) <= list_source_numbers(bundle, {passage.id})
    cited = {source["id"] for source in deck["sources"]}
    assert {claim["passages"][0].partition(".")[0] for claim in output["claims"]} <= cited


async def test_the_example_data_becomes_a_line_chart_with_a_series_for_each_source():
    deck, _ = await make_deck(bundle_of(TRANSCRIPTS["energy"], 7))
    chart = next(slide for slide in deck["slides"] if slide["kind"] == "chart")
    assert chart["title"] == "Renewables: net generation 1,437 in 2001, 21,933 in 2017"
    assert chart["chart"]["type"] == "line"
    assert chart["chart"]["subtitle"] == "net generation by year and source"
    assert chart["chart"]["categories"] == [str(year) for year in range(2001, 2018)]
    assert {series["name"]: series["values"][-1] for series in chart["chart"]["series"]} == {
        "Fossil Fuels": 29329, "Nuclear Energy": 5214, "Renewables": 21933,
    }  # fmt: skip
    assert len({slide["kind"] for slide in deck["slides"]}) >= 6
    assert "iowa-electricity.csv" in next(slide["notes"] for slide in deck["slides"] if slide["kind"] == "table")


@pytest.mark.parametrize(("name", "kinds"), [("incident", 6), ("budget", 6), ("sales", 7)])
async def test_a_deck_of_eight_has_many_kinds_of_slides(name, kinds):
    deck, _ = await make_deck(bundle_of(TRANSCRIPTS[name], 8))
    assert len({slide["kind"] for slide in deck["slides"]}) >= kinds


async def test_tasks_keep_their_owner_and_date_and_decisions_come_first():
    deck, _ = await make_deck(bundle_of(TRANSCRIPTS["incident"], 6))
    steps = next(slide for slide in deck["slides"] if slide["kind"] == "closing")["steps"]
    assert [(step.get("owner"), step.get("due")) for step in steps] == [
        (None, None), ("Jonas Weber", "24 November"), ("Tom", "Friday"),
    ]  # fmt: skip
    assert steps[0]["text"].startswith("We decided to freeze driver upgrades")


async def test_what_happened_is_told_in_order():
    deck, _ = await make_deck(bundle_of(TRANSCRIPTS["incident"], 8))
    milestones = next(slide for slide in deck["slides"] if slide["kind"] == "timeline")["milestones"]
    assert [each["date"] for each in milestones] == ["14:05 UTC", "14:11 UTC", "14:32 UTC", "14:52 UTC"]
    assert {each["status"] for each in milestones} == {"done"}


async def test_the_speaker_sees_who_said_what_and_when():
    deck, _ = await make_deck(bundle_of(TRANSCRIPTS["incident"], 5))
    notes = next(slide["notes"] for slide in deck["slides"] if slide["kind"] == "bullets")
    assert 'S2.1: Maya Lindqvist, #reports, 2026-11-17 09:04 UTC: "Checkout was down for 47 minutes' in notes


async def test_the_same_bundle_gives_the_same_deck_also_after_it_was_stored():
    bundle = bundle_of(TRANSCRIPTS["energy"], 9)
    stored = freeze(BundleId("bun_1"), bundle).open()
    assert await make_deck(bundle) == await make_deck(stored)


async def test_marks_of_chat_are_not_shown_but_the_claim_keeps_them():
    text = "*Churn* fell to 3.1% &amp; <https://example.com/crm|the CRM export> confirms it :tada:"
    deck, output = await make_deck(make_bundle(topic="Churn", messages=[("Maya", text)], slides=3))
    shown = plain(" ".join(list_texts(deck["slides"][1])))
    assert "Churn fell to 3.1% & the CRM export confirms it" in shown
    assert output["claims"][0]["text"] == text


async def test_words_that_look_like_marks_of_the_deck_stay_words():
    text = "The job array[0] took 41 minutes and cost 2*3 runs [@S9.9] in the night"
    deck, _ = await make_deck(make_bundle(topic="Night jobs", messages=[("Maya", text)], slides=3))
    assert problems_of(deck) == []


lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80)
sentences = st.one_of(
    lines,
    st.builds(
        "{} was {}{} in {}, {} than planned.".format,
        st.sampled_from(["Revenue", "Churn in the North", "The cost", "Umsatz", "[odd] *name*"]),
        st.decimals(-10_000, 10_000, places=2),
        st.sampled_from(["%", " days", "M", "", " €"]),
        st.integers(1990, 2030),
        st.sampled_from(["more", "less"]),
    ),
)
cells = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), st.just(""))
headers = st.sampled_from(["2021", "2022", "2023", "Q1 2024", "units", "share", "cost"])
names = st.sampled_from(["North", "South", "West", "Total", "2020-01-01", "Q3"])
tables = st.builds(
    lambda header, rows: "\n".join(",".join(map(str, row)) for row in [["name", *header], *rows]).encode(),
    st.lists(headers, min_size=2, max_size=2, unique=True),
    st.lists(st.tuples(names, cells, cells), min_size=1, max_size=15),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages=st.lists(sentences, max_size=12), table=st.none() | tables, slides=st.integers(3, 30))
async def test_whatever_the_sources_hold_the_deck_is_valid_and_adds_no_number(messages, table, slides):
    bundle = make_bundle(
        topic="Revenue and cost",
        messages=[("Maya", text) for text in messages if text.strip()],
        files={"data.csv": table} if table else {},
        slides=slides,
    )
    history = await run_to_end(ExtractiveModel(), bundle)
    for call in list_calls(history, "Skill"):
        assert problems_of(call["content"]) == []
        assert len(call["content"]["slides"]) <= slides
        check_numbers(bundle, call["content"])
