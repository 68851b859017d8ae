"""What other people say: in a thread where the bot works it is material, anywhere else it is nobody's business."""

from dataclasses import replace

import pytest

from bot.sandbox.messages import Message
from bot.sandbox.screen import words_of
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

REQUEST = "@Threadwork please make a presentation"


def find_bundle(rows, thread) -> bytes:
    """Give the canonical text of the bundle that the thread's brief shows."""
    draft = rows.get("drafts", thread_ts=thread.ts)
    return rows.get("work_bundles", id=draft["bundle_id"])["canonical"]


def told(rows, ts) -> str | None:
    """Give what the bot has kept of the message at `ts`, if anything."""
    return next((row["said"]["text"] for row in rows.select("transcript", ts=ts)), None)


def say_as_another_app(workspace, thread, text) -> None:
    """Post what another app of the workspace says, with that app's own bot id."""
    place = workspace.places.find(thread.channel)
    ours = workspace.identity
    workspace.identity = replace(ours, bot_id="B0WEATHER", app_id="A0WEATHER", app_name="Weather")
    message = Message(place.id, workspace.stamps.next(), "U0WEATHER", text, is_bot=True, thread_ts=thread.ts)
    workspace.messages.add(message)
    workspace.identity = ours


async def test_what_others_say_in_the_thread_is_not_answered_and_becomes_a_source(maya, jonas, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    ts = await WorkThread(jonas, "reports", thread.ts).say("Wind reached 37 percent in 2017.")
    await thread.settle_until(lambda: told(rows, ts))
    await thread.say("the rise of wind power")
    said = words_of(await thread.brief())
    assert "by Jonas" in said
    assert b"Wind reached 37 percent in 2017." in find_bundle(rows, thread)
    assert len(await thread.read_answers()) == 2, "the question and the brief"


async def test_what_others_say_answers_no_question(maya, jonas, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    ts = await WorkThread(jonas, "reports", thread.ts).say("about coal, 12 slides")
    await thread.settle_until(lambda: told(rows, ts))
    assert rows.get("drafts", thread_ts=thread.ts)["answers"] == {}


async def test_two_people_may_ask_for_their_own_in_one_thread(maya, jonas, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    other = WorkThread(jonas, "reports", thread.ts)
    await thread.say("@Threadwork a presentation about wind")
    first = await thread.brief()
    await other.say("@Threadwork a presentation about coal")
    second = await other.brief(after=first["ts"])
    assert "asked by <@U0JONAS>" in words_of(second)
    assert {row["user_id"] for row in rows.select("drafts", thread_ts=thread.ts)} == {"U0MAYA", "U0JONAS"}


async def test_what_was_said_in_the_thread_before_the_bot_came_is_read_too(maya, jonas, rows):
    thread = await open_thread(maya, "Wind: 21,933 in 2017.")
    await WorkThread(jonas, "reports", thread.ts).say("Coal: 26,000 in 2017.")
    await thread.say("@Threadwork a presentation about energy")
    await thread.brief()
    bundle = find_bundle(rows, thread)
    assert b"Wind: 21,933 in 2017." in bundle
    assert b"Coal: 26,000 in 2017." in bundle


async def test_what_is_said_elsewhere_leaves_no_trace(maya, jonas, priya, rows):
    aside = await open_thread(jonas, "the quillwort merger", files=[("quillwort.csv", b"quillwort,1\n")])
    reply = await aside.say("nobody knows about quillwort")
    await jonas.edit("reports", reply, "quillwort is off")
    await jonas.delete("reports", reply)
    await priya.say("general", "quillwort again")
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say("@Threadwork a presentation about wind")
    await thread.brief()
    await thread.settle()
    assert rows.find_word("The board wants numbers.")
    assert rows.find_word("quillwort") == []


async def test_what_is_said_elsewhere_is_not_logged(maya, jonas, capfd):
    await jonas.say("general", "the bogbean takeover")
    thread = await open_thread(maya, "Marshwort sold 21,933 units in 2017, up from 1,437 in 2001.")
    await thread.say("@Threadwork a presentation about wind")
    await thread.approve()
    await thread.ending()
    written = "".join(capfd.readouterr())
    assert "bogbean" not in written
    assert "arshwort" not in written


async def test_an_edit_before_the_brief_is_what_the_brief_reads(maya, jonas, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    other = WorkThread(jonas, "reports", thread.ts)
    ts = await other.say("Wind reached 73 percent.")
    await thread.settle_until(lambda: told(rows, ts))
    await jonas.edit("reports", ts, "Wind reached 37 percent.")
    await thread.settle_until(lambda: told(rows, ts) == "Wind reached 37 percent.")
    await thread.say("the rise of wind power")
    await thread.brief()
    bundle = find_bundle(rows, thread)
    assert b"37 percent" in bundle
    assert b"73 percent" not in bundle


async def test_the_thread_root_may_be_edited_too(maya, rows):
    thread = await open_thread(maya, "Wind reached 73 percent.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    await maya.edit("reports", thread.ts, "Wind reached 37 percent.")
    await thread.settle_until(lambda: told(rows, thread.ts) == "Wind reached 37 percent.")
    await thread.say("the rise of wind power")
    await thread.brief()
    assert b"37 percent" in find_bundle(rows, thread)


async def test_a_deletion_before_the_brief_is_respected_and_kept_nowhere_in_the_brief(maya, jonas, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    ts = await WorkThread(jonas, "reports", thread.ts).say("Our margin is 61 percent.")
    await thread.settle_until(lambda: told(rows, ts))
    await jonas.delete("reports", ts)
    await thread.settle_until(lambda: not told(rows, ts))
    await thread.say("the rise of wind power")
    await thread.brief()
    assert b"61 percent" not in find_bundle(rows, thread)


async def test_a_deleted_file_message_is_not_read(maya, jonas, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    ts = await WorkThread(jonas, "reports", thread.ts).say("see", files=[("margin.csv", b"margin\n61\n")])
    await thread.settle_until(lambda: told(rows, ts))
    await jonas.delete("reports", ts)
    await thread.settle_until(lambda: not told(rows, ts))
    await thread.say("the rise of wind power")
    assert "margin.csv" not in words_of(await thread.brief())


async def test_another_app_in_the_thread_is_neither_answered_nor_read(maya, workspace, rows):
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    say_as_another_app(workspace.workspace, thread, "<@U0THREADWORK> a presentation about rain")
    await thread.say("the rise of wind power")
    assert "the rise of wind power" in words_of(await thread.brief())
    assert b"rain" not in find_bundle(rows, thread)
    assert len(rows.select("drafts", thread_ts=thread.ts)) == 1


async def test_mentions_and_links_are_read_as_people_see_them(maya, rows):
    thread = await open_thread(maya, "Jonas says 5 < 7 & see https://example.org/wind in #general")
    await thread.say("@Threadwork a presentation about wind, ask @Jonas")
    await thread.brief()
    bundle = find_bundle(rows, thread).decode()
    assert "5 < 7 & see" in bundle
    assert "<@U0JONAS>" not in bundle
