"""Edits and deletions reach baskets, and void the briefs that hold what they changed."""

import pytest

from orchestration.baskets.corrections import DELETED, EDITED
from recipes.conversation import InboxKind
from recipes.draft import DraftStatus
from recipes.ids import BlockId
from recipes.source import Basket, SubstrateBlock
from tests.fakes.moment import START
from tests.fakes.nouns import CHANNEL, TEAM, make_brief, make_brief_source, make_draft, make_said

TS = "1794906100.000100"
FINANCE = "C0FINANCE"


@pytest.fixture
async def kept(team):
    """A message in the basket of the channel."""
    async with team.begin() as work:
        await work.baskets.add(Basket(id="bsk_1", team_id=TEAM, channel_id=CHANNEL))
        block = SubstrateBlock(
            id=BlockId("blk_1"),
            basket_id="bsk_1",
            text="Churn fell.",
            author="Jonas",
            permalink=None,
            created_at=START,
            message_ts=TS,
        )
        assert await work.baskets.add_message_block(block)
        assert not await work.baskets.add_message_block(block.model_copy(update={"id": "blk_2"}))


@pytest.fixture
def brief(team):
    """Show a brief that holds an entry, and give how its draft stands."""

    async def run(draft_id, *, entry_id="blk_1", **more):
        async with team.begin() as work:
            draft = make_draft(draft_id, thread_ts=f"{draft_id[-1]}.1", status="briefed", brief_no=1, **more)
            await work.drafts.add(draft)
            await work.drafts.save_brief(make_brief(draft_id=draft_id, sources=(make_brief_source(entry_id=entry_id),)))

    return run


async def statuses(team, *ids):
    async with team.begin() as work:
        return [(await work.drafts.get(each)).status for each in ids]


async def list_again(store):
    return [
        (item.payload["draft_id"], item.payload["changed"])
        for item in await store.list_waiting(most=9)
        if item.kind is InboxKind.ADVANCE
    ]


async def test_an_edit_changes_the_block_and_voids_the_briefs_that_hold_it(kept, brief, team, store, corrections):
    await brief("dra_1")
    await brief("dra_2", entry_id="blk_9")
    await brief("dra_3", channel_id=FINANCE, also_from=CHANNEL)
    await corrections.edit(make_said("Churn rose.", ts=TS))
    assert await statuses(team, "dra_1", "dra_2", "dra_3") == [
        DraftStatus.OPEN,
        DraftStatus.BRIEFED,
        DraftStatus.OPEN,
    ]
    assert await list_again(store) == [("dra_1", EDITED), ("dra_3", EDITED)]
    async with team.begin() as work:
        assert await work.baskets.rewrite_message(CHANNEL, TS, text="Churn rose.", file_ids=()) == ()


async def test_an_edit_that_changes_no_word_voids_nothing(kept, brief, team, store, corrections):
    await brief("dra_1")
    await corrections.edit(make_said("Churn fell.", ts=TS))
    assert await statuses(team, "dra_1") == [DraftStatus.BRIEFED]
    assert await list_again(store) == []


async def test_a_deletion_leaves_no_words_and_cannot_be_undone(kept, brief, team, store, corrections, baskets):
    await brief("dra_1")
    await corrections.delete(TEAM, CHANNEL, TS)
    assert await list_again(store) == [("dra_1", DELETED)]
    assert (await baskets.show(TEAM, CHANNEL, "U0MAYA")).entries == ()
    assert (await baskets.show(TEAM, CHANNEL, "U0MAYA", is_archive=True)).entries == ()
    async with team.begin() as work:
        assert await work.baskets.has_message(CHANNEL, TS)


async def test_a_message_of_another_channel_with_the_same_time_is_another(kept, team, corrections):
    await corrections.delete(TEAM, FINANCE, TS)
    async with team.begin() as work:
        assert await work.baskets.remove_message(CHANNEL, TS) == ("blk_1",)
