"""Raising the cap of one piece of work: who may, once, on record, and what it may spend then."""

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import select

from orchestration.spending import Spending, owner_of
from recipes.cap_raise import CapRaiseClosed, CapRaiseNotFound
from recipes.entitlement import NotAnAdmin, NotTheRequester
from recipes.errors import UserFixableError
from recipes.reply import CapQuestion
from recipes.spend import Caps, MoneyUsedUp, TicketTokensUsedUp
from recipes.ticket import TicketStatus
from recipes.usage import Usage
from storage.prices import load_prices
from storage.row_security import EVERY_TEAM
from storage.tables import ticket_events
from tests.fakes.nouns import JONAS, MAYA, TEAM
from tests.fakes.raises import make_cap_raises
from tests.fakes.stores import add_ticket

CAPS = Caps(ticket_usd=Decimal(5), ticket_tokens=2_000_000)
USED_UP = MoneyUsedUp("ticket", "$4.98", "$5.00")
# A hundred thousand of them cost a dollar.
DOLLARS = Usage(output_tokens=100_000)


@pytest.fixture
async def ticket(store):
    return await add_ticket(store, status=TicketStatus.FAILED, model="claude-sonnet-5-5")


@pytest.fixture
def make(store, effects, bell, clock, ids):
    return lambda **more: make_cap_raises(store, effects, bell, clock, ids, **{"caps": CAPS, **more})


@pytest.fixture
def offers(threads):
    return lambda: [post.said for post in threads.posts if isinstance(post.said, CapQuestion)]


@pytest.fixture
async def taken(team):
    async def read():
        async with team.read() as work:
            return await work.cap_raises.list_taken("tkt_1")

    return read


async def _offer(raises, ticket, offers, used_up=USED_UP):
    await raises.offer(ticket, used_up)
    return offers()[-1].raised


async def test_the_requester_is_asked_once_and_raises_it_where_no_admin_is_named(make, ticket, offers, taken, enqueue):
    raises = make()
    offered = await _offer(raises, ticket, offers)
    await raises.offer(ticket, USED_UP)
    assert len(offers()) == 1
    assert offers()[0].may == (MAYA,)
    resumed = await raises.accept(TEAM, offered.id, MAYA)
    assert (resumed.status, resumed.segment) == (TicketStatus.PENDING, ticket.segment + 1)
    (raised,) = await taken()
    assert (raised.raised_by, raised.amount, raised.raised_at is not None) == (MAYA, 5_000_000_000, True)
    assert [job.segment for job in enqueue.jobs] == [ticket.segment + 1]


async def test_only_admins_may_where_some_are_named_and_nothing_is_written_for_others(make, ticket, offers, taken):
    raises = make(admins={JONAS})
    offered = await _offer(raises, ticket, offers)
    assert offers()[0].may == (JONAS,)
    with pytest.raises(NotAnAdmin, match=JONAS):
        await raises.accept(TEAM, offered.id, MAYA)
    assert await taken() == ()
    await raises.accept(TEAM, offered.id, JONAS)
    assert [each.raised_by for each in await taken()] == [JONAS]


async def test_somebody_else_may_not_where_no_admin_is_named(make, ticket, offers):
    raises = make()
    offered = await _offer(raises, ticket, offers)
    with pytest.raises(NotTheRequester):
        await raises.accept(TEAM, offered.id, JONAS)


async def test_pressing_several_times_at_once_raises_once(make, ticket, offers, taken, enqueue):
    raises = make()
    offered = await _offer(raises, ticket, offers)
    tries = await asyncio.gather(*(raises.accept(TEAM, offered.id, MAYA) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(each, UserFixableError) for each in tries) == 4
    assert (len(await taken()), len(enqueue.jobs)) == (1, 1)


async def test_the_question_of_an_earlier_stop_is_closed(make, ticket, offers, team, taken):
    raises = make()
    offered = await _offer(raises, ticket, offers)
    async with team.begin() as work:
        await work.tickets.save(ticket.handed_on())
    with pytest.raises(CapRaiseClosed):
        await raises.accept(TEAM, offered.id, MAYA)
    assert await taken() == ()


async def test_a_button_of_another_place_is_a_sentence(make):
    with pytest.raises(CapRaiseNotFound):
        await make().accept(TEAM, "rse_9", MAYA)


async def test_who_pressed_is_in_the_timeline_and_on_the_message(make, ticket, offers, store):
    raises = make()
    offered = await _offer(raises, ticket, offers)
    await raises.accept(TEAM, offered.id, MAYA)
    async with store._database.read(EVERY_TEAM) as connection:
        query = select(ticket_events.c.detail).where(ticket_events.c.event == "cap_raised")
        assert [row.detail["by"] for row in await connection.execute(query)] == [MAYA]
    assert [item.payload for item in await store.list_waiting(most=9)] == [{"raise_id": offered.id}]


async def test_no_question_is_asked_where_nothing_would_be_added(make, ticket, offers):
    await make(caps=Caps(ticket_usd=Decimal(0))).offer(ticket, USED_UP)
    assert offers() == []


@pytest.mark.parametrize("used_up", [USED_UP, TicketTokensUsedUp(1, 2)], ids=["usd", "tokens"])
async def test_a_raised_cap_is_how_far_the_account_goes_and_no_further(
    make, ticket, offers, store, clock, ids, used_up
):
    caps = CAPS if used_up is USED_UP else Caps(ticket_tokens=500_000, ticket_usd=Decimal(1_000))
    spend = Spending(store=store, prices=load_prices(), caps=caps, clock=clock, ids=ids)

    async def spend_all():
        for calls in range(99):
            try:
                reservation = await spend.reserve(owner_of(ticket), ticket.model, DOLLARS)
            except type(used_up):
                return calls
            await spend.settle(reservation, DOLLARS)
        raise AssertionError("nothing stopped it")

    assert await spend_all() == 5
    raises = make(caps=caps)
    offered = await _offer(raises, ticket, offers, used_up)
    assert offered.taken == offered.cap
    await raises.accept(TEAM, offered.id, MAYA)
    assert await spend_all() == 5
