"""Maya has a presentation changed by saying so in its thread: only what she asked for is another."""

import io
import json
from typing import Any

import pytest
import pytest_asyncio
from pptx import Presentation

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.journal import key_of
from tests.scenarios.threads import WorkThread, list_decks, open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

REQUEST = "@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind in the forest style"


class Deck:
    """Maya's thread, and what was delivered in it so far."""

    def __init__(self, thread: WorkThread, rows: Any) -> None:
        self.thread = thread
        self.rows = rows

    async def change(self, words: str) -> tuple[dict[str, Any], list[str]]:
        """Say what to change and wait for it; gives the summary, and the text of each slide."""
        said = await self.thread.say(words)
        summary = await self.thread.words("is in this thread", after=said)
        return summary, await self.read_slides(after=said)

    async def read_slides(self, *, after: str = "0") -> list[str]:
        message = await self.thread.wait_for(lambda each: bool(list_decks(each)), "a presentation", after=after)
        content = await self.thread.person.download(list_decks(message)[0]["id"])
        return [_read(slide) for slide in Presentation(io.BytesIO(content)).slides]

    def list_tickets(self) -> list[dict[str, Any]]:
        return sorted(self.rows.select("work_tickets", thread_ts=self.thread.ts), key=lambda each: each["id"])

    def list_built(self) -> list[dict[str, Any]]:
        """Give the contents that files were built from, in order."""
        turns = [each for one in self.list_tickets() for each in self.rows.select("turns", ticket_id=one["id"])]
        calls = [call for turn in turns for call in json.loads(turn["delta"])["blocks"]]
        return [call["input"]["content"] for call in calls if call.get("name") == "Skill"]

    def list_outputs(self) -> list[dict[str, Any]]:
        ids = [each["id"] for each in self.list_tickets()]
        found = [each for one in ids for each in self.rows.select("work_outputs", ticket_id=one)]
        return sorted(found, key=lambda each: each["id"])


def _read(slide: Any) -> str:
    """Give all that stands on a slide, but for its number."""
    said = []
    for shape in slide.shapes:
        if shape.has_text_frame and "Slide number" not in shape.name:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            said += [f"{plot.categories[0]} {series.name}" for plot in shape.chart.plots for series in plot.series]
    return "\n".join(said)


@pytest_asyncio.fixture(loop_scope="module")
async def deck(maya, electricity, rows) -> Deck:
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say(REQUEST)
    await thread.approve()
    await thread.ending()
    return Deck(thread, rows)


async def test_two_slides_change_places_and_nothing_else_changes(deck):
    before = await deck.read_slides()
    summary, after = await deck.change("swap slides 2 and 3")
    assert after[:1] + after[3:-1] == before[:1] + before[3:-1]
    headlines = [each.splitlines()[0] for each in (before[2], before[1])]
    assert [each.splitlines()[0] for each in after[1:3]] == headlines
    assert "Slides 2 and 3 changed places." in words_of(summary)
    assert "version 2" in words_of(summary)


async def test_a_revision_is_a_child_ticket_on_the_same_bundle(deck):
    await deck.change("use the blue theme")
    parent, child = deck.list_tickets()
    assert (child["parent"], child["bundle_id"], child["request_id"]) == (
        parent["id"],
        parent["bundle_id"],
        parent["request_id"],
    )
    first, second = deck.list_outputs()
    assert (second["supersedes"], second["version"]) == (first["id"], 2)


async def test_a_new_theme_changes_no_word(deck):
    before = await deck.read_slides()
    summary, after = await deck.change("use the blue theme")
    assert after == before
    assert "The theme is Slate now." in words_of(summary)
    assert "each by its digest" in words_of(summary)


async def test_slides_are_left_out_until_there_are_as_many_as_asked(deck):
    before = await deck.read_slides()
    summary, after = await deck.change("only four slides please")
    assert len(after) == 4
    assert [each.splitlines()[0] for each in after[:-1]] == [
        each.splitlines()[0] for each in before if each.splitlines()[0] in {one.splitlines()[0] for one in after[:-1]}
    ]
    assert "is left out" in words_of(summary)


async def test_versions_are_listed_and_an_earlier_one_is_had_again(deck):
    before = await deck.read_slides()
    await deck.change("drop slide 3")
    said = await deck.thread.say("versions")
    listed = await deck.thread.words("has 2 versions", after=said)
    assert "“drop slide 3”" in words_of(listed)
    await deck.thread.press("output.version.1", listed)
    summary = await deck.thread.words("version 3", after=said)
    assert "This is version 1 again" in words_of(summary)
    assert await deck.read_slides(after=said) == before
    digests = [each["digest"] for each in deck.list_outputs()]
    assert digests[0] == digests[2] != digests[1]


async def test_a_chart_becomes_a_table_and_the_other_slides_say_what_they_said(deck):
    [before] = deck.list_built()
    place = next(no for no, slide in enumerate(before["slides"], 1) if slide["kind"] == "chart")
    summary, texts = await deck.change(f"slide {place}: make it a table")
    _, after = deck.list_built()
    assert [no for no, each in enumerate(before["slides"], 1) if each != after["slides"][no - 1]] == [place]
    assert f"Slide {place} is a table now." in words_of(summary)
    assert "The other 5 of 6 slides say what they said" in words_of(summary)
    assert all(category in "".join(texts) for category in before["slides"][place - 1]["chart"]["categories"])
    assert f"The file has {len(texts)} slides now" in words_of(summary)


async def test_thanks_and_chatter_change_nothing(deck, jonas):
    await jonas.say(deck.thread.channel, "swap slides 2 and 3", thread_ts=deck.thread.ts)
    await jonas.say(deck.thread.channel, "slide 3 is great", thread_ts=deck.thread.ts)
    await deck.thread.say("thanks, slide 3 is great")
    await deck.thread.settle()
    assert len(deck.list_tickets()) == 1
    assert not [each for each in await deck.thread.read_answers() if key_of(each).startswith("reply:")][1:]


async def test_somebody_else_who_mentions_the_bot_is_told_whose_it_is(deck, jonas):
    await jonas.say(deck.thread.channel, "@Threadwork drop slide 3", thread_ts=deck.thread.ts)
    told = await deck.thread.words("who asked for this, can do that")
    assert "<@U0MAYA>" in words_of(told)
    assert len(deck.list_tickets()) == 1


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("drop slide 12", "There is no slide 12: there are 6."),
        ("make it shorter", "I need a language model"),
        ("only nine slides", "It has 6 slides"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(deck, wish, answer):
    said = await deck.thread.say(wish)
    told = await deck.thread.words(answer, after=said)
    assert buttons_of(told) == {}
    assert len(deck.list_tickets()) == 1
