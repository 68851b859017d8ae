"""Accounts of model calls: a row before each call, what it took after it, and caps that hold."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from orchestration.spending import Spending, owner_of
from recipes.spend import (
    LONGEST_REST,
    RESERVED_FOR,
    Caps,
    DraftCallsUsedUp,
    ModelRests,
    MoneyUsedUp,
    SpendOwner,
    Spent,
    Taken,
    TicketTokensUsedUp,
)
from recipes.usage import Usage
from storage.prices import load_prices
from tests.fakes.moment import FakeIds
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, OTHER_TEAM, TEAM, make_draft, make_ticket

SONNET, UNPRICED = "claude-sonnet-5-5", "claude-next"
DOLLAR = Usage(output_tokens=100_000)
CENT = Usage(output_tokens=1_000)
TICKET = owner_of(make_ticket())
DRAFT = owner_of(make_draft())
GENEROUS = Caps(ticket_usd=Decimal(1_000), person_month_usd=Decimal(1_000), channel_month_usd=Decimal(1_000))


@pytest.fixture
def spend_with(store, clock, ids):
    def make(**caps) -> Spending:
        return Spending(store=store, prices=load_prices(), caps=Caps(**caps), clock=clock, ids=ids)

    return make


@pytest.fixture
def get_taken(store, clock):
    async def get(owner: SpendOwner = TICKET) -> Taken:
        async with store.for_team(owner.team_id).read() as work:
            month = clock.now().replace(day=1, hour=0, minute=0)
            return await work.calls.sum_taken(owner, since=month, now=clock.now())

    return get


async def _spend(spend: Spending, usage: Usage, owner: SpendOwner = TICKET, model: str = SONNET) -> None:
    await spend.settle(await spend.reserve(owner, model, usage), usage)


def test_an_account_says_who_asked_for_what_and_where():
    assert (TICKET.kind, TICKET.id, TICKET.user_id, TICKET.channel_id) == ("ticket", "tkt_1", MAYA, CHANNEL)
    assert (DRAFT.kind, DRAFT.id, DRAFT.user_id, DRAFT.team_id) == ("draft", "dra_1", MAYA, TEAM)


async def test_a_call_counts_as_the_most_it_can_take_until_it_is_known_what_it_took(spend_with, get_taken):
    spend = spend_with()
    reservation = await spend.reserve(TICKET, SONNET, DOLLAR)
    assert await get_taken() == Taken(calls=1, tokens=100_000, cost_usd=1, person_usd=1, channel_usd=1, workspace_usd=1)
    await spend.settle(reservation, CENT)
    taken = await get_taken()
    assert (taken.calls, taken.tokens, taken.cost_usd) == (1, 1_000, Decimal("0.01"))


async def test_what_the_provider_had_kept_is_no_new_token(spend_with, get_taken):
    spend = spend_with()
    await _spend(spend, Usage(cache_read_tokens=1_000_000, output_tokens=10))
    assert (await get_taken()).tokens == 10


async def test_the_first_word_about_a_call_stands(spend_with, get_taken):
    spend = spend_with()
    reservation = await spend.reserve(TICKET, SONNET, DOLLAR)
    await spend.settle(reservation, CENT)
    await spend.settle(reservation, DOLLAR)
    assert (await get_taken()).tokens == 1_000


async def test_a_call_of_which_nothing_was_heard_counts_until_it_expires(spend_with, get_taken, clock):
    spend = spend_with(ticket_usd=Decimal("1.50"))
    await spend.reserve(TICKET, SONNET, DOLLAR)
    with pytest.raises(MoneyUsedUp):
        await spend.reserve(TICKET, SONNET, DOLLAR)
    clock.advance(seconds=RESERVED_FOR.total_seconds() + 1)
    taken = await get_taken()
    assert (taken.calls, taken.cost_usd) == (1, 0)
    await spend.reserve(TICKET, SONNET, DOLLAR)


async def test_a_model_without_a_price_is_held_back_by_tokens_alone(spend_with, get_taken):
    spend = spend_with(ticket_usd=Decimal(0), ticket_tokens=150_000)
    await _spend(spend, DOLLAR, model=UNPRICED)
    assert (await get_taken()).cost_usd == 0
    with pytest.raises(TicketTokensUsedUp) as refused:
        await spend.reserve(TICKET, UNPRICED, DOLLAR)
    assert "100,000 of the 150,000 tokens" in refused.value.advice()
    assert "THREADWORK_TICKET_TOKENS" in refused.value.advice()


@pytest.mark.parametrize(
    ("cap", "setting"),
    [
        ("ticket_usd", "THREADWORK_TICKET_USD"),
        ("person_month_usd", "THREADWORK_PERSON_MONTH_USD"),
        ("channel_month_usd", "THREADWORK_CHANNEL_MONTH_USD"),
        ("month_usd", "THREADWORK_MONTH_USD"),
    ],
)
async def test_each_cap_stops_work_and_says_what_is_spent_and_who_can_raise_it(spend_with, get_taken, cap, setting):
    spend = spend_with(**{cap: Decimal("2.50")})
    await _spend(spend, DOLLAR)
    await _spend(spend, DOLLAR)
    with pytest.raises(MoneyUsedUp) as refused:
        await spend.reserve(TICKET, SONNET, DOLLAR)
    said = refused.value.advice()
    assert "$2.00 of the $2.50" in said
    assert f"whoever runs me can raise {setting}" in said
    assert (await get_taken()).calls == 2


async def test_accounts_are_apart(spend_with):
    spend = spend_with(ticket_usd=Decimal(1), person_month_usd=Decimal(2))
    await _spend(spend, DOLLAR)
    await _spend(spend, DOLLAR, owner_of(make_ticket("tkt_2", channel_id="C0OTHER")))
    with pytest.raises(MoneyUsedUp):
        await spend.reserve(owner_of(make_ticket("tkt_3")), SONNET, DOLLAR)
    await spend.reserve(owner_of(make_ticket("tkt_4", requester=JONAS)), SONNET, DOLLAR)
    await spend.reserve(owner_of(make_ticket("tkt_5", team_id=OTHER_TEAM)), SONNET, DOLLAR)


async def test_a_month_begins_anew(spend_with, clock):
    spend = spend_with(month_usd=Decimal(1))
    await _spend(spend, DOLLAR)
    clock.advance(days=14)
    await spend.reserve(owner_of(make_ticket("tkt_2")), SONNET, DOLLAR)


async def test_a_draft_asks_eight_times_however_long_it_takes(spend_with, clock):
    spend = spend_with()
    for _ in range(8):
        await spend.reserve(DRAFT, SONNET, CENT)
    clock.advance(days=40)
    with pytest.raises(DraftCallsUsedUp):
        await spend.reserve(DRAFT, SONNET, CENT)
    await spend.reserve(owner_of(make_draft("dra_2")), SONNET, CENT)


async def test_of_many_calls_at_once_no_more_leave_than_the_cap_takes(store, clock, spend_with):
    spends = [
        Spending(
            store=store, prices=load_prices(), caps=Caps(ticket_usd=Decimal(3)), clock=clock, ids=FakeIds([str(n)] * n)
        )
        for n in range(1, 9)
    ]
    tries = await asyncio.gather(*(each.reserve(TICKET, SONNET, DOLLAR) for each in spends), return_exceptions=True)
    assert len([each for each in tries if isinstance(each, MoneyUsedUp)]) == 5
    assert len([each for each in tries if not isinstance(each, Exception)]) == 3


async def test_what_work_cost_is_known_where_all_of_it_has_a_price(spend_with, store):
    spend, team = spend_with(), store.for_team(TEAM)

    async def find() -> Spent | None:
        async with team.read() as work:
            return await work.calls.find_spent("tkt_1")

    assert await find() is None
    await _spend(spend, DOLLAR)
    await spend.reserve(TICKET, SONNET, DOLLAR)
    assert await find() == Spent(tokens=100_000, cost_usd=Decimal(1))
    await _spend(spend, CENT, model=UNPRICED)
    assert await find() == Spent(tokens=101_000, cost_usd=None)


async def test_a_model_that_was_asked_for_patience_is_called_by_no_process_until_then(spend_with, clock, get_taken):
    one, another = spend_with(), spend_with()
    reservation = await one.reserve(TICKET, SONNET, CENT)
    await one.leave_alone(reservation, timedelta(seconds=30))
    await one.leave_alone(reservation, timedelta(seconds=10))
    clock.advance(seconds=20)
    with pytest.raises(ModelRests) as waiting:
        await another.reserve(owner_of(make_ticket("tkt_2", team_id=OTHER_TEAM)), SONNET, CENT)
    assert waiting.value.pause() == timedelta(seconds=10)
    await another.reserve(TICKET, "claude-haiku-5-5", CENT)
    clock.advance(seconds=10)
    await another.reserve(TICKET, SONNET, CENT)
    assert (await get_taken()).calls == 3


async def test_nobody_waits_longer_than_an_outage_may_last(spend_with):
    spend = spend_with()
    await spend.leave_alone(await spend.reserve(TICKET, SONNET, CENT), timedelta(days=1))
    with pytest.raises(ModelRests) as waiting:
        await spend.reserve(TICKET, SONNET, CENT)
    assert waiting.value.pause() == LONGEST_REST
