"""What a person takes out of a brief before it is approved, and puts back."""

import asyncio

import pytest

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import WorkThread, list_private, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
OTHER = "Coal produced 26,000 thousand megawatthours in 2017."
REQUEST = "@Threadwork a presentation about wind power"
PLAN = b"plant,mw\nAdair,38\nRolfe,41\n"
REMOVE, RESTORE = "brief.source_remove", "brief.source_restore"


def find_bundle(rows, thread) -> bytes:
    return rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])["canonical"]


async def private_sentence(person, thread):
    """Give the newest sentence in this thread that only this person sees."""

    def find(screen):
        return list_private(screen.thread(thread.channel, thread.ts))

    return (await person.wait_for(find, what="a private sentence"))[-1]


async def offered(person, action_id, brief, typed=""):
    """Open a menu of a brief, and give what it offers."""
    return await person.suggestions(action_id, typed, message_ts=brief["ts"], channel=brief["channel"])


async def choose(person, action_id, brief, words):
    """Choose the one thing in a menu that goes by these words."""
    (option,) = await offered(person, action_id, brief, words)
    await person.press(action_id, message_ts=brief["ts"], channel=brief["channel"], value=option)


async def ask(maya, *said) -> WorkThread:
    thread = await open_thread(maya, NOTE, files=[("plan.csv", PLAN)])
    for each in said:
        await thread.say(each)
    await thread.say(REQUEST)
    return thread


async def test_a_file_is_left_out_and_named_and_put_back(maya, rows):
    thread = await ask(maya)
    first = await thread.brief()
    assert b"Adair" in find_bundle(rows, thread)
    await choose(maya, REMOVE, first, "plan.csv")
    second = await thread.brief(after=first["ts"])
    assert "What changed" in words_of(second)
    assert "plan.csv: you left it out" in words_of(second)
    assert b"Adair" not in find_bundle(rows, thread)
    assert b"plan.csv" not in find_bundle(rows, thread), "the bundle travels as far as the result"
    [old] = [each for each in await thread.read() if each["ts"] == first["ts"]]
    assert "Replaced by the newer brief below." in words_of(old)
    assert buttons_of(old) == {}
    await choose(maya, RESTORE, second, "plan.csv")
    third = await thread.brief(after=second["ts"])
    assert "you left it out" not in words_of(third)
    assert RESTORE not in buttons_of(third)
    assert b"Adair" in find_bundle(rows, thread)


async def test_a_message_is_told_from_the_others_by_how_it_begins_and_stays_out_when_all_is_read_again(maya, rows):
    thread = await ask(maya, OTHER)
    first = await thread.brief()
    names = [option["text"]["text"] for option in await offered(maya, REMOVE, first)]
    assert f"S1 thread message by Maya: {NOTE}"[:50] in {name[:50] for name in names}
    assert len(names) == 3
    await choose(maya, REMOVE, first, "coal")
    second = await thread.brief(after=first["ts"])
    await thread.press("draft.stage", second)
    third = await thread.brief(after=second["ts"])
    assert "“Coal produced" in words_of(third)
    assert b"Coal" not in find_bundle(rows, thread)
    await thread.press("brief.approve", third)
    await thread.ending()
    assert b"Coal" not in find_bundle(rows, thread)


async def test_a_note_of_the_basket_is_left_out_by_its_own_name_also_after_an_edit_of_the_form(maya, rows):
    await maya.command("general", "/work", "note The park at Rolfe was sold.")
    thread = await open_thread(maya, NOTE, channel="general")
    await thread.say(REQUEST)
    first = await thread.brief()
    await choose(maya, REMOVE, first, "rolfe")
    second = await thread.brief(after=first["ts"])
    await thread.press("brief.edit", second)
    form = await maya.open_view()
    await maya.fill(form["id"], {"param:slides_count": {"value": "7"}})
    third = await thread.brief(after=second["ts"])
    assert "The park at Rolfe was sold.”: you left it out" in words_of(third)
    assert b"Rolfe" not in find_bundle(rows, thread)


async def test_the_only_source_stays_and_the_person_reads_why(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say(REQUEST)
    # Whatever other stories put into this channel's basket is taken out first.
    brief = await thread.brief()
    while len(options := await offered(maya, REMOVE, brief)) > 1:
        await maya.press(REMOVE, message_ts=brief["ts"], channel=brief["channel"], value=options[-1])
        brief = await thread.brief(after=brief["ts"])
    await maya.press(REMOVE, message_ts=brief["ts"], channel=brief["channel"], value=options[0])
    assert "That is all there is to read" in await private_sentence(maya, thread)
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "briefed"


async def test_two_choices_at_the_same_moment_make_one_new_brief(maya, rows):
    thread = await ask(maya)
    first = await thread.brief()
    options = (await offered(maya, REMOVE, first))[:2]
    where = {"message_ts": first["ts"], "channel": first["channel"]}
    await asyncio.gather(*(maya.press(REMOVE, **where, value=option) for option in options))
    assert "This brief was replaced by a newer one below" in await private_sentence(maya, thread)
    await thread.brief(after=first["ts"])
    draft = rows.get("drafts", thread_ts=thread.ts)
    assert (draft["brief_no"], len(draft["removed"])) == (2, 1)


async def test_somebody_else_is_offered_nothing_and_changes_nothing(maya, jonas, rows):
    thread = await ask(maya)
    brief = await thread.brief()
    assert await offered(jonas, REMOVE, brief) == []
    option = (await offered(maya, REMOVE, brief))[0]
    await jonas.press(REMOVE, message_ts=brief["ts"], channel=brief["channel"], value=option)
    assert "Only <@U0MAYA>, who asked for this, can do that." in await private_sentence(jonas, thread)
    assert rows.get("drafts", thread_ts=thread.ts)["removed"] == []


async def test_a_choice_that_the_brief_does_not_offer_changes_nothing(maya, rows):
    thread = await ask(maya)
    brief = await thread.brief()
    forged = {"text": {"type": "plain_text", "text": "x"}, "value": "F0NOBODY"}
    await maya.press(REMOVE, message_ts=brief["ts"], channel=brief["channel"], value=forged)
    assert "does not hold that" in await private_sentence(maya, thread)
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "briefed"
