"""Maya says in her own words what to change, and Claude does it: what she did not ask for stays, whatever it does."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from pptx import Presentation

from bot.sandbox.screen import words_of
from orchestration.revising.parts import list_parts
from tests.claude.readings import reply_with
from tests.claude.replies import NO_READING, Refusal, Reply, call, saying, thinking
from tests.claude.revising import RevisedWork, hand_in, read_revision, retitle
from tests.claude.scripts import list_results
from tests.claude.server import ClaudeServer
from tests.scenarios.journal import key_of
from tests.scenarios.threads import WorkThread, list_decks, open_thread
from tests.scenarios.workplace import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

REQUEST = "@Threadwork make a presentation of 4 slides about wind in Iowa"
CALMER = "the second one reads like a press release, tone it down"
CUT = Reply(
    (thinking(), {**call("Skill", {}, call_id="toolu_cut"), "input": '{"skill": "pptx", "content": {"ch'}), "max_tokens"
)


def wishing(*changes: dict[str, Any]) -> Reply:
    """Give a reading of a wish."""
    filled = [{"places": [], "number": None, "name": "", **each} for each in changes]
    return reply_with({"concerns": "change" if changes else "other", "changes": filled})


TONE_DOWN = {"kind": "reword", "places": [2], "quote": "tone it down"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def claude() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        yield server
        assert server.problems == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url, claude) -> AsyncIterator[None]:
    over = {"bind": bind, "over_http": way.over_http, "database_url": database_url}
    async with serving(workspace, home, claude=claude, **over):
        yield


@dataclass
class Deck:
    """Maya's thread, what Claude does in it, and what is kept of that."""

    thread: WorkThread
    claude: ClaudeServer
    work: RevisedWork
    rows: Any
    brief: dict[str, Any] = field(default_factory=dict)
    """The newest that was approved."""

    async def revise(self, words: str, reading: Reply, *plan: Any) -> dict[str, Any]:
        """Say what to change, approve it, and wait for it; gives the summary."""
        self.claude.reads(lambda _: reading)
        self.work.plans.append(plan)
        said = await self.thread.say(words)
        self.brief = await self.thread.brief(after=said)
        await self.thread.press("brief.approve", self.brief)
        return await self.thread.words("version", after=(await self.thread.words("Approved by", after=said))["ts"])

    async def read_slides(self, *, version: int = 1) -> list[str]:
        decks = [each for message in await self.thread.read() for each in list_decks(message)]
        content = await self.thread.person.download(decks[version - 1]["id"])
        return [
            "\n".join(shape.text_frame.text for shape in slide.shapes if _is_said(shape))
            for slide in Presentation(io.BytesIO(content)).slides
        ]

    def list_refused(self) -> list[str]:
        """Give what Claude was told of calls that were refused."""
        return [each["content"] for each in list_results(self.claude.list_turns()[-1]) if each.get("is_error")]


@pytest_asyncio.fixture(loop_scope="module")
async def deck(bot, maya, rows, claude, electricity) -> Deck:
    work = RevisedWork()
    claude.plays(work)
    claude.reads(lambda _: NO_READING)
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say(REQUEST)
    await thread.approve()
    await thread.ending()
    return Deck(thread, claude, work, rows)


async def test_words_that_no_rule_knows_are_briefed_and_change_that_slide_alone(deck):
    before = await deck.read_slides()
    summary = words_of(await deck.revise(CALMER, wishing(TONE_DOWN), retitle(2)))
    assert "Only slide 2 (“A wild success story”) may change." in words_of(deck.brief)
    assert f"Version 2 of “Wind leads in Iowa”: {CALMER}." in words_of(deck.brief)
    after = await deck.read_slides(version=2)
    assert [no for no, each in enumerate(after, 1) if each != before[no - 1]] == [2]
    assert "The other 3 of 4 slides say what they said, each by its digest." in summary
    told = read_revision(deck.work.asked[0])
    assert f"The requester wants it changed: “{CALMER}”" in told
    assert "Only slide 2 may change." in told
    first, second = sorted(
        (
            each
            for one in deck.rows.select("work_tickets", thread_ts=deck.thread.ts)
            for each in deck.rows.select("work_outputs", ticket_id=one["id"])
        ),
        key=lambda each: each["version"],
    )
    assert (second["supersedes"], second["claims"]) == (first["id"], first["claims"])


async def test_what_was_not_asked_for_is_refused_in_a_sentence_and_mended(deck):
    await deck.revise(CALMER, wishing(TONE_DOWN), retitle(2, 3), retitle(2))
    [refused] = deck.list_refused()
    assert refused == (
        "Not built: this changes more or less than was asked for. You changed slide 3, which the request does not "
        "name. Hand in again what the request asks for, and nothing else: what it does not name stays as it was, "
        "whatever you hand in."
    )


async def test_what_is_handed_in_badly_again_and_again_changes_no_other_slide(deck):
    before = await deck.read_slides()
    plan = (
        hand_in({"changed": [{"number": 9, "entries": [{"kind": "title"}]}]}),
        CUT,
        hand_in({"changed": "slide two"}),
        retitle(2, 3),
        hand_in({"changed": [{"number": 2, "entries": [{"kind": "poem"}]}]}),
        retitle(2, 3, 1),
    )
    summary = words_of(await deck.revise(CALMER, wishing(TONE_DOWN), *plan))
    after = await deck.read_slides(version=2)
    assert [no for no, each in enumerate(after, 1) if each != before[no - 1]] == [2]
    assert "The other 3 of 4 slides say what they said" in summary
    refused = deck.list_refused()
    assert len(refused) == 4
    assert "There is no slide 9: they are numbered from 1 to 4" in refused[0]


async def test_what_rules_can_do_of_a_wish_is_done_by_rule_and_the_rest_by_claude(deck):
    green = {"kind": "theme", "name": "forest", "quote": "like a forest"}
    words = "colours like a forest, and the second one reads like a press release, tone it down"
    summary = words_of(await deck.revise(words, wishing(green, TONE_DOWN), retitle(2)))
    assert "The theme is Forest now." in summary
    [kept] = [json.loads(each["delta"]) for each in _list_turns(deck) if "Put more calmly" in each["delta"]]
    assert [each["input"]["content"].keys() for each in kept["blocks"] if each.get("name") == "Skill"] == [{"changed"}]


async def test_a_slide_is_added_and_the_others_stay_as_they_were(deck):
    before = await deck.read_slides()
    new = {"kind": "bullets", "title": "What comes next", "bullets": [{"text": "Somebody has to say that."}]}
    adding = {"kind": "add", "places": [2], "quote": "one on what comes next after 2"}
    plan = hand_in({"added": [{"after": 2, "entries": [new]}]})
    await deck.revise("I miss one on what comes next after 2", wishing(adding), plan)
    after = await deck.read_slides(version=2)
    assert [after[0], after[1], after[3]] == before[:3]
    assert "What comes next" in after[2]


async def test_what_is_changed_next_starts_from_that_and_knows_what_was_asked(deck):
    await deck.revise(CALMER, wishing(TONE_DOWN), retitle(2))
    again = {"kind": "reword", "places": [3], "quote": "the third needs it too"}
    await deck.revise("the third needs it too", wishing(again), retitle(3))
    told = read_revision(deck.work.asked[1])
    assert f"- “{CALMER}”" in told
    assert "Put more calmly, 2" in told
    revisions = [found for each in _list_tickets(deck) for found in deck.rows.select("revisions", id=each["id"])]
    digests = [[one.digest for one in list_parts("pptx", each["earlier"]["content"])] for each in revisions]
    assert [no for no, each in enumerate(digests[1]) if each != digests[0][no]] == [1]


async def test_a_change_that_the_words_bear_out_by_rule_costs_nothing(deck):
    dropping = {"kind": "drop", "places": [3], "quote": "lose the coal one"}
    deck.claude.reads(lambda _: wishing(dropping))
    said = await deck.thread.say("lose the coal one")
    summary = words_of(await deck.thread.words("version 2", after=said))
    assert "Slide 3 is left out: “Coal is on its way out”." in summary
    assert "no language model was used for this version" in summary
    assert deck.work.asked == []


async def test_what_a_form_asks_to_be_written_is_briefed_as_if_it_had_been_said(deck, maya):
    deck.claude.reads(lambda _: wishing())
    deck.work.plans.append([retitle(1, 2)])
    await deck.thread.press("output.revise", await deck.thread.button("output.revise"))
    view = await maya.open_view()
    values = {"words": "sound more like us", "theme": "ember", "length": "shorter"}
    await maya.fill(view["id"], {f"revise:{name}": {"value": value} for name, value in values.items()})
    brief = await deck.thread.words("“sound more like us; shorter; the Ember theme”")
    assert "The theme is Ember now. Any slide may change." in words_of(brief)
    await deck.thread.press("brief.approve", brief)
    summary = words_of(await deck.thread.words("version 2"))
    assert "The theme is Ember now." in summary
    assert "The other 2 of 4 slides say what they said" in summary


async def test_a_form_waits_until_the_brief_before_it_is_decided(deck, maya):
    deck.claude.reads(lambda _: wishing(TONE_DOWN))
    said = await deck.thread.say(CALMER)
    await deck.thread.brief(after=said)
    await deck.thread.press("output.revise", await deck.thread.button("output.revise"))
    view = await maya.open_view()
    sent = await maya.fill(view["id"], {"revise:theme": {"value": "ember"}})
    assert "Approve it or withdraw it first" in sent["errors"]["revise:words"]
    await maya.close_view(view["id"])


async def test_what_the_words_do_not_bear_out_is_asked(deck):
    deck.claude.reads(lambda _: wishing({"kind": "drop", "places": [3], "quote": "the boring one"}))
    said = await deck.thread.say("lose the boring one")
    await deck.thread.words("Do you mean slide 3, “Coal is on its way out”", after=said)
    assert len(_list_tickets(deck)) == 1


@pytest.mark.parametrize(
    "reading",
    [wishing(), NO_READING, Refusal(401, "authentication_error"), Reply((saying("{"),), "end_turn")],
    ids=["chatter", "none", "key", "half"],
)
async def test_what_is_no_wish_or_cannot_be_read_changes_nothing(deck, reading):
    deck.claude.reads(lambda _: reading)
    await deck.thread.say("the coal one is my favourite by far")
    await deck.thread.settle()
    assert len(_list_tickets(deck)) == 1
    assert not [each for each in await deck.thread.read_answers() if key_of(each).startswith("reply:")][1:]


def _is_said(shape):
    return shape.has_text_frame and "Slide number" not in shape.name


def _list_tickets(deck):
    return sorted(deck.rows.select("work_tickets", thread_ts=deck.thread.ts), key=lambda each: each["id"])


def _list_turns(deck):
    return [each for one in _list_tickets(deck) for each in deck.rows.select("turns", ticket_id=one["id"])]
