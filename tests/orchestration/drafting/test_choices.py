import asyncio

import pytest

from orchestration.drafting.choices import LEFT_OUT, Choices
from recipes.audience import Sharing
from recipes.brief import OfferedTool, OnlySource, SourceUnknown
from recipes.conversation import InboxKind
from recipes.draft import BriefOutdated, DraftStatus
from recipes.entitlement import NotTheRequester
from recipes.server_tool import ServerTool, ServerToolNotOffered
from tests.fakes.nouns import JONAS, MAYA, TEAM, make_brief, make_brief_source, make_draft

FINANCE = "C0FINANCE"
FILE, MESSAGE, NOTE = "F0PLAN", "1794906000.000100", "blk_1"
SOURCES = (
    make_brief_source("S1", key=MESSAGE),
    make_brief_source("S2", key=FILE),
    make_brief_source("S3", key=NOTE, origin=FINANCE),
)


@pytest.fixture
def choices(store, bell, clock, ids) -> Choices:
    return Choices(store=store, bell=bell, clock=clock, ids=ids)


@pytest.fixture
def add_briefed(team):
    """Keep a draft whose first brief, which holds these sources, waits for approval."""

    async def run(*, sources=SOURCES, closed=(FINANCE,), offered=(), **more):
        draft = make_draft(**{"status": "briefed", "brief_no": 1, "also_from": FINANCE, **more})
        async with team.begin() as work:
            await work.drafts.add(draft)
            await work.drafts.save_brief(
                make_brief(sources=sources, closed=closed, sharing=draft.sharing, offered=offered)
            )

    return run


@pytest.fixture
def get_draft(team):
    async def run():
        async with team.read() as work:
            return await work.drafts.get("dra_1")

    return run


async def test_what_is_left_out_is_kept_by_its_key_and_voids_the_brief(choices, add_briefed, get_draft, store):
    await add_briefed()
    await choices.leave_out(TEAM, "dra_1", 1, MAYA, key=FILE)
    draft = await get_draft()
    assert (draft.removed, draft.status) == ((FILE,), DraftStatus.OPEN)
    (item,) = await store.list_waiting(most=9)
    assert (item.kind, item.payload) == (
        InboxKind.ADVANCE,
        {"draft_id": "dra_1", "brief_no": 1, "changed": LEFT_OUT},
    )


async def test_what_was_left_out_is_put_back(choices, add_briefed, get_draft):
    await add_briefed(removed=(FILE, NOTE))
    await choices.put_back(TEAM, "dra_1", 1, MAYA, key=FILE)
    assert (await get_draft()).removed == (NOTE,)


async def test_of_two_choices_in_one_brief_the_second_is_told_that_it_was_replaced(choices, add_briefed, get_draft):
    await add_briefed()
    done = await asyncio.gather(
        *(choices.leave_out(TEAM, "dra_1", 1, MAYA, key=key) for key in (FILE, MESSAGE)), return_exceptions=True
    )
    assert sorted(type(each) for each in done if each is not None) == [BriefOutdated]
    assert len((await get_draft()).removed) == 1


@pytest.mark.parametrize("key", ["F0NOBODY", "S2", ""])
async def test_what_the_brief_does_not_hold_cannot_be_left_out(choices, add_briefed, get_draft, key):
    await add_briefed()
    with pytest.raises(SourceUnknown):
        await choices.leave_out(TEAM, "dra_1", 1, MAYA, key=key)
    assert (await get_draft()).status is DraftStatus.BRIEFED


async def test_what_was_not_left_out_cannot_be_put_back(choices, add_briefed):
    await add_briefed()
    with pytest.raises(SourceUnknown):
        await choices.put_back(TEAM, "dra_1", 1, MAYA, key=FILE)


async def test_the_only_source_stays_also_where_it_was_shared_twice(choices, add_briefed, get_draft):
    await add_briefed(sources=(make_brief_source("S1", key=FILE), make_brief_source("S2", key=FILE)))
    with pytest.raises(OnlySource):
        await choices.leave_out(TEAM, "dra_1", 1, MAYA, key=FILE)
    assert (await get_draft()).status is DraftStatus.BRIEFED


async def test_all_of_a_channel_is_left_out_by_the_channels_id(choices, add_briefed, get_draft):
    await add_briefed(sharing=Sharing.EVERYBODY)
    await choices.leave_closed_out(TEAM, "dra_1", 1, MAYA)
    draft = await get_draft()
    assert (draft.removed, draft.reads_also, draft.also_from) == ((FINANCE,), None, FINANCE)
    assert draft.sharing is Sharing.UNSAID, "put back, it is asked about anew"


async def test_all_there_is_cannot_be_left_out_for_its_readers_either(choices, add_briefed):
    await add_briefed(sources=SOURCES[2:])
    with pytest.raises(OnlySource):
        await choices.leave_closed_out(TEAM, "dra_1", 1, MAYA)


@pytest.mark.parametrize("sharing", [Sharing.EVERYBODY, Sharing.REQUESTER])
async def test_who_may_read_the_result_is_kept_for_the_next_brief(choices, add_briefed, get_draft, sharing):
    await add_briefed()
    await choices.share(TEAM, "dra_1", 1, MAYA, sharing=sharing)
    draft = await get_draft()
    assert (draft.sharing, draft.status) == (sharing, DraftStatus.OPEN)


async def test_where_everybody_can_read_everything_there_is_nothing_to_say_about_it(choices, add_briefed):
    await add_briefed(closed=())
    with pytest.raises(SourceUnknown):
        await choices.share(TEAM, "dra_1", 1, MAYA, sharing=Sharing.REQUESTER)


PRESSES = {
    "leave_out": lambda choices, no, user: choices.leave_out(TEAM, "dra_1", no, user, key=FILE),
    "put_back": lambda choices, no, user: choices.put_back(TEAM, "dra_1", no, user, key=FILE),
    "leave_closed_out": lambda choices, no, user: choices.leave_closed_out(TEAM, "dra_1", no, user),
    "share": lambda choices, no, user: choices.share(TEAM, "dra_1", no, user, sharing=Sharing.EVERYBODY),
    "get_brief": lambda choices, no, user: choices.get_brief(TEAM, "dra_1", no, user),
}


@pytest.mark.parametrize("verb", PRESSES)
async def test_only_the_requester_chooses_and_only_in_the_newest_brief(choices, add_briefed, get_draft, verb):
    await add_briefed()
    before = await get_draft()
    with pytest.raises(NotTheRequester):
        await PRESSES[verb](choices, 1, JONAS)
    with pytest.raises(BriefOutdated):
        await PRESSES[verb](choices, 2, MAYA)
    assert await get_draft() == before


async def test_what_is_ticked_is_kept_and_voids_the_brief_until_another_basket_is_read(choices, add_briefed, get_draft):
    await add_briefed(offered=(OfferedTool(tool=ServerTool.WEB_SEARCH, is_on=False),))
    await choices.use(TEAM, "dra_1", 1, MAYA, tools={ServerTool.WEB_SEARCH})
    draft = await get_draft()
    assert (draft.server_tools, draft.status) == ((ServerTool.WEB_SEARCH,), DraftStatus.OPEN)
    assert draft.reading_also("C0BOARD").server_tools == ()
    assert draft.without_recipe().server_tools == ()


async def test_what_is_not_offered_cannot_be_ticked_nor_by_anybody_else(choices, add_briefed, get_draft):
    await add_briefed(offered=(OfferedTool(tool=ServerTool.WEB_SEARCH, is_on=False),))
    with pytest.raises(ServerToolNotOffered):
        await choices.use(TEAM, "dra_1", 1, MAYA, tools={ServerTool.CODE_EXECUTION})
    with pytest.raises(NotTheRequester):
        await choices.use(TEAM, "dra_1", 1, JONAS, tools={ServerTool.WEB_SEARCH})
    assert (await get_draft()).server_tools == ()
