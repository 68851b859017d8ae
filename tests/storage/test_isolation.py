"""A repository is opened for one workspace and sees no row of another."""

import pytest

from orchestration.spending import owner_of
from recipes.audience import BasketAccess
from recipes.bundle import BundleMissing
from recipes.cap_raise import CapRaiseNotFound
from recipes.draft import DraftNotFound
from recipes.ids import BlockId
from recipes.session import SessionStatus
from recipes.source import AssetStatus, Basket, ReferenceAsset, SubstrateBlock
from recipes.spend import Taken
from recipes.ticket import TicketNotFound
from recipes.todo import TrackedTodo
from tests.fakes.moment import START
from tests.fakes.nouns import (
    CHANNEL,
    MAYA,
    ROOT,
    TEAM,
    THREAD,
    make_brief,
    make_call,
    make_cap_raise,
    make_draft,
    make_item,
    make_output,
    make_said,
    make_ticket,
    make_todo,
)
from tests.fakes.stores import add_ticket

ACCESS = BasketAccess(channel_id=CHANNEL, user_id=MAYA, checked_at=START)
BASKET = Basket(id="bsk_1", team_id=TEAM, channel_id=CHANNEL)
BLOCK = SubstrateBlock(id=BlockId("blk_1"), basket_id="bsk_1", text="x", author=None, permalink=None, created_at=START)
ASSET = ReferenceAsset(
    id="ast_1",
    basket_id="bsk_1",
    slack_file_id="F1",
    thread_ts=ROOT,
    shared_ts=ROOT,
    filename="a.csv",
    size_bytes=1,
    author=None,
    permalink=None,
    status=AssetStatus.READY,
    digest="ab" * 32,
)
CALL = make_call()
RAISE = make_cap_raise(raised_by=MAYA, raised_at=START)


@pytest.fixture
async def full(store, ours):
    """A workspace with a row in each table."""
    await add_ticket(store)
    async with ours.begin() as work:
        await work.transcript.save(make_said("secret"))
        await work.drafts.save_brief(make_brief())
        await work.baskets.add(BASKET)
        await work.baskets.add_block(BLOCK)
        await work.baskets.save_asset(ASSET)
        await work.inbox.add(make_item())
        await work.outputs.add(make_output())
        await work.effects.add_intended("summary:out_1", now=START)
        await work.calls.add(CALL)
        await work.cap_raises.add(RAISE)
        await work.sessions.save(THREAD, SessionStatus.PROCESSING)
        await work.turns.add("tkt_1", 1, "{}", turn_id="trn_1", now=START)
        await work.turns.add_result("tkt_1", "call_1", {}, now=START)
        await work.tickets.save_todos("tkt_1", [TrackedTodo(todo=make_todo())], before=())
    return store


async def test_another_workspace_sees_nothing(full, theirs):
    async with theirs.begin() as work:
        assert await work.drafts.find_newest(THREAD, MAYA) is None
        assert not await work.drafts.is_engaged(CHANNEL, ROOT)
        assert await work.drafts.find_brief("dra_1") is None
        assert await work.transcript.list(THREAD) == ()
        assert await work.transcript.find(CHANNEL, ROOT) is None
        assert await work.baskets.find(CHANNEL) is None
        assert await work.baskets.list_blocks(ACCESS, "bsk_1") == ()
        assert await work.baskets.find_asset(ACCESS, "bsk_1", "F1") is None
        assert await work.requests.find_by_draft("dra_1") is None
        assert await work.tickets.find_newest(THREAD) is None
        assert await work.tickets.list_newest_of(MAYA, most=5) == ()
        assert await work.tickets.list_runs("powerpoint-report", "scripted", most=9) == ()
        assert await work.tickets.list_todos("tkt_1") == ()
        assert await work.turns.list("tkt_1") == ()
        assert await work.turns.list_results("tkt_1") == {}
        assert await work.outputs.list("tkt_1") == ()
        assert await work.effects.find("summary:out_1") is None
        assert await work.calls.find_open(CALL.id) is None
        assert await work.cap_raises.list_taken("tkt_1") == ()
        assert await work.calls.find_spent("tkt_1") is None
        assert await work.calls.sum_taken(owner_of(make_ticket()), since=START, now=START) == Taken()


async def test_another_workspace_gets_nothing_by_id(full, theirs):
    async with theirs.begin() as work:
        with pytest.raises(DraftNotFound):
            await work.drafts.get("dra_1")
        with pytest.raises(TicketNotFound):
            await work.tickets.get("tkt_1")
        with pytest.raises(BundleMissing):
            await work.bundles.get("bun_1")
        with pytest.raises(BundleMissing):
            await work.bundles.get_with_permalinks("bun_1")
        with pytest.raises(CapRaiseNotFound):
            await work.cap_raises.get(RAISE.id)


async def test_another_workspace_changes_nothing(full, ours, theirs):
    async with theirs.begin() as work:
        for save in (
            work.drafts.save(make_draft()),
            work.tickets.save(make_ticket()),
            work.outputs.save(make_output()),
            work.calls.save(CALL),
            work.cap_raises.save(RAISE),
        ):
            with pytest.raises(LookupError, match="in this workspace"):
                await save
        await work.drafts.save_brief(make_brief(task="stolen"))
        await work.transcript.delete(CHANNEL, ROOT)
        await work.effects.save_done("summary:out_1", "1.2")
        await work.inbox.close("inb_1")
        await work.tickets.save_todos("tkt_1", [], before=[TrackedTodo(todo=make_todo())])
        await work.sessions.remove(THREAD)
    async with ours.begin() as work:
        assert (await work.drafts.find_brief("dra_1")).task != "stolen"
        assert await work.transcript.find(CHANNEL, ROOT) is not None
        assert (await work.effects.find("summary:out_1")).ref is None
        assert len(await work.tickets.list_todos("tkt_1")) == 1
    assert len(await full.list_waiting(most=9)) == 1
    assert len(await full.list_sessions()) == 1


async def test_the_same_key_in_two_workspaces_is_two_items(store, ours, theirs):
    async with ours.begin() as work:
        assert await work.inbox.add(make_item("inb_1", key="said:1"))
    async with theirs.begin() as work:
        assert await work.inbox.add(make_item("inb_2", key="said:1", team_id="T0ELSEWHERE"))


async def test_a_basket_opens_only_with_access_to_its_own_channel(full, ours):
    elsewhere = BasketAccess(channel_id="C0OTHER", user_id=MAYA, checked_at=START)
    async with ours.begin() as work:
        assert await work.baskets.list_blocks(elsewhere, "bsk_1") == ()
        assert await work.baskets.find_asset(elsewhere, "bsk_1", "F1") is None
        assert [block.id for block in await work.baskets.list_blocks(ACCESS, "bsk_1")] == [BLOCK.id]
        assert await work.baskets.find_asset(ACCESS, "bsk_1", "F1") == ASSET


async def test_archived_blocks_are_not_read(full, ours):
    async with ours.begin() as work:
        await work.baskets.add_block(BLOCK.model_copy(update={"id": "blk_2", "archived": True}))
        assert [block.id for block in await work.baskets.list_blocks(ACCESS, "bsk_1")] == [BLOCK.id]
