"""The middleware: what concerns us is kept before Slack hears that we have it, the rest is dropped."""

from collections.abc import AsyncIterator

import pytest

from bot.chat import Workspace
from bot.inbox import Inbox
from orchestration.bell import Bell
from orchestration.drafting.requests import Requests
from recipes.conversation import InboxKind
from storage.unit_of_work import Store
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.nouns import CHANNEL, MAYA, ROOT, TEAM, make_draft
from tests.fakes.stores import opening_store
from tests.fakes.threads import FakeThreads


@pytest.fixture
async def store(database_url) -> AsyncIterator[Store]:
    async with opening_store(database_url) as opened:
        yield opened


@pytest.fixture
def inbox(store) -> Inbox:
    requests = Requests(
        store=store,
        threads=FakeThreads(),
        bell=Bell(),
        clock=FakeClock(),
        ids=FakeIds(),
    )
    workspace = Workspace(team_id=TEAM, bot_user_id="U0BOT", url="https://sandbox.slack.com/")
    return Inbox(requests, workspace)


@pytest.fixture
async def engaged(store):
    async with store.for_team(TEAM).begin() as work:
        await work.drafts.add(make_draft())


@pytest.fixture
def keep(inbox, store):
    """Let an event come in, and give what waits afterwards."""

    async def run(**event):
        went_on = []

        async def go_on():
            went_on.append(True)

        await inbox.keep({"type": "event_callback", "event": {"type": "message", "channel": CHANNEL, **event}}, go_on)
        assert went_on == [True]
        return await store.list_waiting(most=9)

    return run


SAID = {"user": MAYA, "ts": "1794906001.000100", "thread_ts": ROOT, "text": "hello"}


async def test_what_is_said_outside_engaged_threads_is_dropped(keep):
    assert await keep(**SAID) == ()


async def test_what_is_said_in_an_engaged_thread_is_kept(keep, engaged):
    (item,) = await keep(**SAID)
    assert (item.kind, item.payload["text"], item.lane) == (InboxKind.MESSAGE, "hello", f"{CHANNEL}:{ROOT}")


async def test_a_mention_that_comes_as_two_events_is_one_item(keep):
    mention = {**SAID, "text": "<@U0BOT> hello"}
    await keep(**mention)
    (item,) = await keep(**{**mention, "type": "app_mention"})
    assert item.payload["mentions_bot"]


async def test_a_direct_message_is_kept(keep):
    (item,) = await keep(**{**SAID, "channel": "D0MAYA", "channel_type": "im"})
    assert item.payload["is_direct"]


@pytest.mark.parametrize(
    "event", [{"bot_id": "B1"}, {"subtype": "channel_join"}, {"subtype": "message_replied"}, {"user": None}]
)
async def test_what_no_person_says_is_dropped(keep, engaged, event):
    assert await keep(**{**SAID, **event}) == ()


async def test_an_edit_in_an_engaged_thread_is_kept_once(keep, engaged):
    event = {"subtype": "message_changed", "message": {**SAID, "text": "hello again"}, "event_ts": "1.2"}
    await keep(**event)
    (item,) = await keep(**event)
    assert (item.kind, item.payload["text"]) == (InboxKind.MESSAGE_CHANGED, "hello again")
    assert len(await keep(**{**event, "event_ts": "1.3"})) == 2


async def test_a_deletion_in_an_engaged_thread_is_kept(keep, engaged):
    before = {"thread_ts": ROOT, "text": "hello"}
    (item,) = await keep(subtype="message_deleted", previous_message=before, deleted_ts="1794906001.000100")
    assert (item.kind, item.payload) == (InboxKind.MESSAGE_DELETED, {"channel_id": CHANNEL, "ts": "1794906001.000100"})


async def test_an_edit_and_a_deletion_elsewhere_are_dropped(keep):
    assert await keep(subtype="message_changed", message=SAID, event_ts="1.2") == ()
    assert await keep(subtype="message_deleted", previous_message={}, deleted_ts="1.2") == ()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "event_callback"},
        {"type": "block_actions"},
        {"type": "event_callback", "event": {"type": "reaction_added"}},
    ],
)
async def test_anything_else_goes_on_untouched(inbox, store, body):
    went_on = []

    async def go_on():
        went_on.append(True)

    await inbox.keep(body, go_on)
    assert went_on
    assert await store.list_waiting(most=9) == ()


async def test_a_message_that_cannot_be_kept_is_not_acknowledged(inbox, store):
    async with store._database.begin(TEAM) as connection:
        await connection.exec_driver_sql("DROP TABLE inbox")
    event = {"type": "message", "channel": "D0MAYA", "channel_type": "im", **SAID}

    async def go_on():
        raise AssertionError("Slack must send it again")

    with pytest.raises(Exception, match="no such table: inbox"):
        await inbox.keep({"type": "event_callback", "event": event}, go_on)
