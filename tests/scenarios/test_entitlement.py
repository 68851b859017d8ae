"""Who may press what, when, and how often."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import WorkThread, list_private, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
REQUEST = "@Threadwork a presentation about wind power"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def old_message(workspace):
    """Let the app post a message with a button, as an earlier release or a stale screen shows it."""
    client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)

    async def post(thread: WorkThread, action_id: str, value: str) -> dict:
        text = {"type": "plain_text", "text": "Old"}
        button = {"type": "button", "text": text, "action_id": action_id, "value": value}
        posted = await client.chat_postMessage(
            channel=thread.channel,
            thread_ts=thread.ts,
            text="old",
            blocks=[{"type": "actions", "elements": [button]}],
        )
        return {"ts": posted["ts"], "channel": posted["channel"]}

    return post


async def ask(maya) -> WorkThread:
    thread = await open_thread(maya, NOTE)
    await thread.say(REQUEST)
    return thread


async def private_sentence(person, thread, phrase=""):
    """Give the sentence in this thread that only this person sees."""

    def find(screen):
        return [each for each in list_private(screen.thread("reports", thread.ts)) if phrase in each]

    return (await person.wait_for(find, what="a private sentence"))[0]


def approve_value(brief) -> str:
    """Give the opaque value of a brief's approve button."""
    elements = [element for block in brief["blocks"] for element in block.get("elements", [])]
    return next(element["value"] for element in elements if element.get("action_id") == "brief.approve")


@asynccontextmanager
async def same_tickets(rows, thread):
    """Nothing that happens in this block starts any work."""
    before = [row["id"] for row in rows.select("work_tickets", thread_ts=thread.ts)]
    yield
    assert [row["id"] for row in rows.select("work_tickets", thread_ts=thread.ts)] == before


async def test_somebody_elses_approval_is_answered_to_them_alone_and_starts_nothing(maya, jonas, rows):
    thread = await ask(maya)
    brief = await thread.brief()
    async with same_tickets(rows, thread):
        await thread.press("brief.approve", brief, by=jonas)
        said = await private_sentence(jonas, thread)
    assert "Only <@U0MAYA>, who asked for this, can do that." in said
    assert list_private(await thread.read()) == []
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "briefed"


async def test_somebody_else_cannot_withdraw_either(maya, jonas, rows):
    thread = await ask(maya)
    await thread.press("draft.withdraw", await thread.brief(), by=jonas)
    assert "Only <@U0MAYA>" in await private_sentence(jonas, thread)
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "briefed"


async def test_two_approvals_at_the_same_moment_make_one_ticket(maya, rows):
    thread = await ask(maya)
    brief = await thread.brief()
    await asyncio.gather(thread.press("brief.approve", brief), thread.press("brief.approve", brief))
    assert "This was already approved" in await private_sentence(maya, thread)
    await thread.ending()
    assert len(rows.select("work_tickets", thread_ts=thread.ts)) == 1
    assert len(rows.select("work_requests", thread_ts=thread.ts)) == 1


async def test_a_second_approval_is_answered_in_one_sentence(maya, rows, old_message):
    thread = await ask(maya)
    brief = await thread.approve()
    await thread.ending()
    async with same_tickets(rows, thread):
        await thread.press("brief.approve", await old_message(thread, "brief.approve", approve_value(brief)))
        assert "This was already approved" in await private_sentence(maya, thread)


async def test_a_card_loses_its_buttons_also_when_it_is_approved_at_once(maya):
    thread = await ask(maya)
    brief = await thread.approve()
    await thread.ending()
    [card] = [each for each in await thread.read() if each["ts"] == brief["ts"]]
    assert buttons_of(card) == {}


async def test_a_brief_whose_answers_were_edited_since_cannot_be_approved(maya, rows, old_message):
    thread = await ask(maya)
    first = await thread.brief()
    await thread.press("brief.edit", first)
    form = await maya.open_view()
    await maya.fill(form["id"], {"param:slides_count": {"value": "9"}})
    await thread.brief(after=first["ts"])
    async with same_tickets(rows, thread):
        await thread.press("brief.approve", await old_message(thread, "brief.approve", approve_value(first)))
        assert "This brief was replaced by a newer one below" in await private_sentence(maya, thread)
    await thread.press("brief.approve", await thread.brief(after=first["ts"]))
    await thread.ending()
    assert rows.get("work_tickets", thread_ts=thread.ts)["recipe_parameters"]["slides_count"] == 9


async def test_a_brief_is_not_approved_while_its_answers_are_being_changed(maya, rows, old_message):
    thread = await ask(maya)
    first = await thread.brief()
    stale = await old_message(thread, "brief.approve", approve_value(first))
    await thread.press("brief.edit", first)
    form = await maya.open_view()
    await asyncio.gather(
        maya.fill(form["id"], {"param:slides_count": {"value": "9"}}), thread.press("brief.approve", stale)
    )
    await thread.settle()
    tickets = rows.select("work_tickets", thread_ts=thread.ts)
    draft = rows.get("drafts", thread_ts=thread.ts)
    assert (draft["status"], len(tickets)) in {("approved", 1), ("briefed", 0)}
    assert all(ticket["recipe_parameters"]["slides_count"] == 5 for ticket in tickets)


@pytest.mark.parametrize("change", ["edit", "delete"])
async def test_approving_after_a_source_was_changed_shows_a_new_brief_instead(maya, jonas, rows, change):
    thread = await open_thread(jonas, NOTE)
    asked = WorkThread(maya, "reports", thread.ts)
    other = await thread.say("The share of wind was 37 percent.")
    await asked.say(REQUEST)
    first = await asked.brief()
    await (jonas.edit("reports", other, "It was 41 percent.") if change == "edit" else jonas.delete("reports", other))
    await asked.settle_until(
        lambda: not [row for row in rows.select("transcript", ts=other) if "37 percent" in row["said"]["text"]]
    )
    async with same_tickets(rows, asked):
        second = await asked.brief(after=first["ts"])
    [old] = [each for each in await asked.read() if each["ts"] == first["ts"]]
    assert buttons_of(old) == {}
    bundle = rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])
    assert b"37 percent" not in bundle["canonical"]
    assert approve_value(second) != approve_value(first)


async def test_withdrawing_closes_the_card_and_starts_nothing(maya, rows):
    thread = await ask(maya)
    brief = await thread.brief()
    await thread.press("draft.withdraw", brief)
    card = await thread.wait_for(lambda each: each["ts"] == brief["ts"] and not buttons_of(each), "the card to close")
    assert "Withdrawn by <@U0MAYA>. Nothing was started." in words_of(card)
    assert rows.select("work_tickets", thread_ts=thread.ts) == []


@pytest.mark.parametrize("action_id", ["brief.approve", "brief.edit", "draft.stage", "draft.withdraw", "draft.form"])
async def test_a_button_of_a_withdrawn_request_is_answered_in_one_sentence(maya, rows, old_message, action_id):
    thread = await ask(maya)
    brief = await thread.brief()
    await thread.press("draft.withdraw", brief)
    draft_id = rows.get("drafts", thread_ts=thread.ts)["id"]
    value = f"{draft_id}.1" if action_id in {"brief.approve", "draft.stage"} else draft_id
    async with same_tickets(rows, thread):
        await thread.press(action_id, await old_message(thread, action_id, value))
        assert "This request was withdrawn." in await private_sentence(maya, thread)


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("brief.approve", "dra_01ARZ3NDEKTSV4RRFFQ69G5FAV.1"),
        ("brief.approve", "nonsense"),
        ("draft.form", "dra_01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        ("output.of_another_release", "x"),
    ],
)
async def test_a_button_that_nobody_knows_is_answered_in_one_sentence(maya, old_message, action_id, value):
    thread = await open_thread(maya, NOTE)
    await thread.press(action_id, await old_message(thread, action_id, value))
    assert "I no longer know that request." in await private_sentence(maya, thread)


async def test_after_the_work_the_thread_takes_the_next_request(maya, rows):
    thread = await ask(maya)
    await thread.approve()
    await thread.ending()
    await thread.say("@Threadwork another presentation about coal with 4 slides")
    brief = await thread.wait_for(
        lambda each: "about coal" in words_of(each) and "brief.approve" in buttons_of(each), "a second brief"
    )
    await thread.press("brief.approve", brief)
    await thread.wait_for(lambda each: each["text"].startswith("Done") and "coal" in each["text"], "the second end")
    tickets = rows.select("work_tickets", thread_ts=thread.ts)
    assert [ticket["status"] for ticket in tickets] == ["completed", "completed"]


async def test_a_shortcut_or_a_form_that_nobody_knows_is_acknowledged(maya):
    await maya.shortcut("of_another_release")
