import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from orchestration.leases import LocalLeases
from orchestration.tickets import progress as progress_module
from orchestration.tickets.progress import ProgressPump
from recipes.errors import DefectError
from recipes.ticket import TicketStatus
from tests.fakes.moment import START, Monotonic
from tests.fakes.stores import add_ticket
from tests.fakes.waiting import until


@pytest.fixture
def monotonic(monkeypatch) -> Monotonic:
    made = Monotonic()
    monkeypatch.setattr(progress_module, "time", made)
    monkeypatch.setattr(progress_module, "PAUSE_AFTER_TROUBLE", timedelta())
    return made


@pytest.fixture
def make_pump(store, threads, effects, bell, leases, monotonic):
    def make(hold: LocalLeases = leases) -> ProgressPump:
        return ProgressPump(store=store, threads=threads, effects=effects, bell=bell, leases=hold)

    return make


@pytest.fixture
def pump(make_pump) -> ProgressPump:
    return make_pump()


@pytest.fixture
def bump(team):
    """Change a ticket, so that there is something newer to show."""

    async def run(ticket_id: str = "tkt_1", status: TicketStatus | None = None, times: int = 1) -> None:
        async with team.begin() as work:
            ticket = await work.tickets.get(ticket_id)
            for _ in range(times):
                ticket = ticket.moved_to(status, now=START) if status else ticket.bumped()
            await work.tickets.save(ticket)

    return run


async def _get(team, ticket_id: str = "tkt_1"):
    async with team.begin() as work:
        return await work.tickets.get(ticket_id)


async def test_a_ticket_has_one_message_that_moves(store, team, threads, pump, bump, monotonic):
    ticket = await add_ticket(store)
    await pump._pump_once()
    await bump(status=TicketStatus.RUNNING)
    monotonic.seconds += 1
    await pump._pump_once()
    (post,) = threads.posts
    assert (post.said.status, post.said.version, post.edits) == (TicketStatus.RUNNING, 2, 1)
    assert post.key == "progress:tkt_1"
    kept = await _get(team)
    assert (kept.shown_version, kept.progress_ts) == (2, post.ts)
    assert threads.list_said(ticket.thread) == [post.said]


async def test_nothing_is_shown_where_nothing_is_new(store, threads, pump):
    await add_ticket(store)
    await pump._pump_once()
    await pump._pump_once()
    assert threads.calls == ["show_progress"]


async def test_the_newest_state_wins_over_those_that_waited(store, threads, pump, bump, monotonic):
    await add_ticket(store)
    await pump._pump_once()
    await bump(times=5)
    monotonic.seconds += 1
    await pump._pump_once()
    assert threads.calls == ["show_progress", "show_progress"]
    assert threads.posts[0].said.version == 6


async def test_two_edits_of_one_message_keep_a_gap(store, threads, pump, bump, monotonic):
    await add_ticket(store)
    await pump._pump_once()
    await bump()
    monotonic.seconds += 0.05
    waiting = await pump._pump_once()
    assert threads.calls == ["show_progress"]
    assert waiting.total_seconds() == pytest.approx(0.15)
    monotonic.seconds += 0.2
    await pump._pump_once()
    assert threads.posts[0].said.version == 2


async def test_the_gap_grows_with_the_number_of_edits(store, threads, pump, bump, monotonic):
    await add_ticket(store)
    for _ in range(10):
        await pump._pump_once()
        await bump()
        monotonic.seconds += 1
    monotonic.seconds += 0.5
    waiting = await pump._pump_once()
    assert len(threads.calls) == 10
    assert waiting.total_seconds() == pytest.approx(0.5)


@pytest.mark.parametrize("status", [TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED])
async def test_the_last_state_waits_for_no_gap(store, threads, pump, bump, status):
    await add_ticket(store, status="running")
    await pump._pump_once()
    await bump(status=status)
    await pump._pump_once()
    assert threads.posts[0].said.status is status


async def test_the_last_state_is_shown_when_the_budget_is_spent(store, threads, pump, bump, monkeypatch):
    monkeypatch.setattr(progress_module, "EDITS_AT_ONCE", 2)
    for number in (1, 2, 3):
        await add_ticket(store, number=number, status="running")
    await pump._pump_once()
    assert len(threads.posts) == 2
    await bump("tkt_3", status=TicketStatus.COMPLETED)
    pump._budgets.clear()
    await pump._pump_once()
    assert [post.said.status for post in threads.posts] == ["running", "running", "completed"]


async def test_last_states_go_first(store, threads, pump):
    await add_ticket(store, number=1, status="running")
    await add_ticket(store, number=2, status="completed")
    await pump._pump_once()
    assert [post.said.status for post in threads.posts] == ["completed", "running"]


async def test_after_a_crash_between_posting_and_keeping_the_message_is_found(
    store, team, threads, make_pump, bump, monotonic
):
    await add_ticket(store)
    threads.lose_answer("show_progress")
    await make_pump(LocalLeases())._pump_once()
    assert (await _get(team)).progress_ts is None
    await bump(status=TicketStatus.RUNNING)
    await make_pump(LocalLeases())._pump_once()
    (post,) = threads.posts
    assert post.said.status is TicketStatus.RUNNING
    assert (await _get(team)).progress_ts == post.ts


async def test_trouble_that_may_pass_is_shown_at_the_next_round(store, team, threads, pump):
    await add_ticket(store)
    threads.fail("show_progress")
    await pump._pump_once()
    assert (await _get(team)).shown_version == 0
    await pump._pump_once()
    assert (await _get(team)).shown_version == 1


async def test_a_ticket_that_cannot_be_shown_stops_no_other(store, team, threads, pump):
    await add_ticket(store, number=1)
    await add_ticket(store, number=2)
    threads.fail("show_progress", DefectError())
    with capture_logs() as logs:
        await pump._pump_once()
        await pump._pump_once()
    assert len(threads.posts) == 1
    assert [log["event"] for log in logs] == ["progress_failed"]


async def test_a_ring_wakes_the_pump(store, threads, pump, bell, bump):
    await add_ticket(store)
    task = asyncio.create_task(pump.run())

    async def is_posted() -> bool:
        return bool(threads.posts)

    async def is_cancelled() -> bool:
        return threads.posts[0].said.status is TicketStatus.CANCELLED

    await until(is_posted)
    await bump(status=TicketStatus.CANCELLED)
    bell.ring()
    await until(is_cancelled)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
