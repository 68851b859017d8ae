"""A brief that holds what not everybody in its thread can read: left out, gone on with, or delivered privately."""

import asyncio

import pytest
import pytest_asyncio

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import DIRECT, WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("bot", "dividend", "nothing_refused"),
]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
REQUEST = "@Threadwork a presentation about wind power"
RESTORE = "brief.source_restore"


def find_bundle(rows, thread) -> bytes:
    return rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])["canonical"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def dividend(bot, maya):
    """The board's basket holds something that is not for everybody."""
    await maya.command("board", "/work", "note The dividend is 4 crowns.")


async def ask_for_dividend(person) -> tuple[WorkThread, dict]:
    """Ask in public for something from the board's basket; give the brief that wants a decision."""
    thread = await open_thread(person, NOTE, channel="general")
    await thread.say(f"{REQUEST} from #board")
    return thread, await thread.button("brief.private")


async def test_what_not_everybody_here_can_read_is_named_and_nothing_can_be_approved_before_a_word_about_it(maya, rows):
    thread, brief = await ask_for_dividend(maya)
    assert "Not everybody here can read all of it" in words_of(brief)
    assert "From <#C0BOARD>:" in words_of(brief)
    assert {"brief.drop", "brief.go_on", "brief.private"} <= set(buttons_of(brief))
    assert "brief.approve" not in buttons_of(brief)
    assert rows.select("work_tickets", thread_ts=thread.ts) == []


async def test_it_is_left_out_and_can_be_put_back_which_asks_again(maya, rows):
    thread, asked = await ask_for_dividend(maya)
    await thread.press("brief.drop", asked)
    brief = await thread.brief(after=asked["ts"])
    assert "all of the basket of #board: you left it out" in words_of(brief)
    assert "Not everybody here" not in words_of(brief)
    assert b"dividend" not in find_bundle(rows, thread)
    (option,) = await maya.suggestions(RESTORE, "board", message_ts=brief["ts"], channel=brief["channel"])
    await maya.press(RESTORE, message_ts=brief["ts"], channel=brief["channel"], value=option)
    again = await thread.button("brief.private", after=brief["ts"])
    assert "brief.approve" not in buttons_of(again)


async def test_one_source_of_it_is_left_out_and_none_of_its_words_are_shown_to_the_thread(maya, journal):
    thread, asked = await ask_for_dividend(maya)
    before = journal.count()
    where = {"message_ts": asked["ts"], "channel": asked["channel"]}
    (option,) = await maya.suggestions("brief.source_remove", "dividend", **where)
    await maya.press("brief.source_remove", **where, value=option)
    brief = await thread.brief(after=asked["ts"])
    assert "note in the basket of #board by maya: you left it out" in words_of(brief)
    posted = [str(call) for call in journal.list_calls(since=before) if call["method"].startswith("chat.")]
    assert posted
    assert not [each for each in posted if "dividend" in each]


async def test_going_on_is_said_in_the_brief_and_kept_in_the_records(maya, rows):
    thread, asked = await ask_for_dividend(maya)
    await thread.press("brief.go_on", asked)
    brief = await thread.brief(after=asked["ts"])
    assert "You go on all the same" in words_of(brief)
    await thread.press("brief.approve", brief)
    await thread.ending()
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    events = {row["event"]: row["detail"] for row in rows.select("ticket_events", ticket_id=ticket["id"])}
    assert events["approved"] == {"by": maya.user_id, "sharing": "everybody"}


async def test_where_everybody_here_is_in_the_other_channel_too_nothing_is_asked(maya):
    await maya.command("general", "/work", "note Everybody knows this.")
    thread = await open_thread(maya, NOTE, channel="board")
    await thread.say(f"{REQUEST} from #general")
    assert "Not everybody here" not in words_of(await thread.brief())


async def test_it_is_delivered_to_the_requester_alone_and_the_thread_hears_only_that(maya, rows):
    thread, asked = await ask_for_dividend(maya)
    await thread.press("brief.private", asked)
    brief = await thread.brief(after=asked["ts"])
    assert "a PPTX file in our direct messages" in words_of(brief)
    assert "only you" in words_of(brief)
    await thread.press("brief.approve", brief)
    told = await thread.words("was delivered to them in direct messages")
    root = await find_root(maya, rows, thread)
    direct = WorkThread(maya, DIRECT, root)
    await direct.deck()
    await direct.ending()
    after = [words_of(each) for each in await thread.read() if each["ts"] > brief["ts"]]
    assert after == [f"What <@{maya.user_id}> asked for here was delivered to them in direct messages."]
    assert words_of(told) == after[0]
    card = next(each for each in await thread.read() if each["ts"] == brief["ts"])
    assert "progress and result go to them alone" in words_of(card)
    assert not any(each.get("files") for each in (await thread.read())[1:])


async def test_two_approvals_of_private_work_open_one_thread_and_make_one_ticket(maya, rows):
    thread, asked = await ask_for_dividend(maya)
    await thread.press("brief.private", asked)
    brief = await thread.brief(after=asked["ts"])
    before = len(await maya.messages(DIRECT))
    await asyncio.gather(thread.press("brief.approve", brief), thread.press("brief.approve", brief))
    await thread.words("was delivered to them in direct messages")
    roots = [each for each in (await maya.messages(DIRECT))[before:] if not each.get("thread_ts") or is_root(each)]
    assert len(roots) == 1
    request = rows.get("work_requests", thread_ts=thread.ts)
    assert len(rows.select("work_tickets", request_id=request["id"])) == 1


async def test_private_work_is_known_by_status_where_it_was_asked_for(maya):
    thread, asked = await ask_for_dividend(maya)
    await thread.press("brief.private", asked)
    await thread.press("brief.approve", await thread.brief(after=asked["ts"]))
    await thread.words("was delivered to them in direct messages")
    said = await thread.say("status")
    await thread.words("This work is completed", after=said)


def is_root(message) -> bool:
    return message.get("thread_ts") == message["ts"]


async def find_root(maya, rows, thread) -> str:
    request = rows.get("work_requests", thread_ts=thread.ts)
    return rows.get("work_tickets", request_id=request["id"])["thread_ts"]
