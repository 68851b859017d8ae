import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.slack_errors import ChannelShut, SlackBusy
from orchestration.leases import LocalLeases
from orchestration.tickets import sessions as sessions_module
from orchestration.tickets.sessions import PAUSE_AFTER_TROUBLE, Sessions
from recipes.errors import DefectError
from recipes.ticket import WorkTicket
from tests.fakes.moment import Monotonic
from tests.fakes.nouns import ROOT, make_ticket
from tests.fakes.stores import add_ticket
from tests.fakes.waiting import until

OTHER_ROOT = "1794900000.000999"
TITLE = make_ticket().task_description


@pytest.fixture
def monotonic(monkeypatch) -> Monotonic:
    made = Monotonic()
    monkeypatch.setattr(sessions_module, "time", made)
    return made


@pytest.fixture
def make_sessions(store, threads, bell, monotonic):
    """Give what a process has that took over."""
    return lambda: Sessions(store=store, threads=threads, bell=bell, leases=LocalLeases())


@pytest.fixture
def sessions(make_sessions) -> Sessions:
    return make_sessions()


@pytest.fixture
def change(team):
    """Change a ticket."""

    async def run(ticket_id: str = "tkt_1", **changes: object) -> None:
        async with team.begin() as work:
            ticket = await work.tickets.get(ticket_id)
            await work.tickets.save(WorkTicket.model_validate(ticket.model_dump() | changes))

    return run


def list_calls(threads) -> int:
    return threads.calls.count("show_session")


async def test_a_thread_is_shown_at_work_waiting_and_over(store, threads, sessions, change):
    await add_ticket(store)
    await sessions._look_once()
    assert threads.sessions == {}
    for status, shown in [("running", "processing"), ("waiting", "suspended"), ("completed", "active")]:
        await change(status=status)
        await sessions._look_once()
        assert threads.sessions == {ROOT: (shown, TITLE)}
    assert await store.list_sessions() == ()


async def test_what_is_shown_is_not_said_again(store, threads, sessions):
    await add_ticket(store, status="running")
    for _ in range(3):
        await sessions._look_once()
    assert list_calls(threads) == 1


async def test_work_that_goes_on_after_a_stop_is_shown_at_work_again(store, threads, sessions, change):
    await add_ticket(store, status="running")
    seen = []
    stopping = {"status": "running", "closing": True}
    for changes in (
        {},
        stopping,
        {"status": "cancelled", "closing": False},
        {"status": "pending"},
        {"status": "running"},
    ):
        await change(**changes)
        await sessions._look_once()
        seen.append(threads.sessions[ROOT][0])
    assert seen == ["processing", "active", "active", "active", "processing"]
    assert list_calls(threads) == 3


async def test_a_thread_stays_at_work_while_any_of_its_work_is(store, threads, sessions, change):
    await add_ticket(store, number=1, status="running")
    await add_ticket(store, number=2, status="running")
    await sessions._look_once()
    await change("tkt_2", status="completed")
    await sessions._look_once()
    assert threads.sessions[ROOT][0] == "processing"
    await change("tkt_1", status="failed")
    await sessions._look_once()
    assert threads.sessions[ROOT][0] == "active"
    assert list_calls(threads) == 2


@pytest.mark.parametrize("trouble", ["fail", "lose_answer"])
async def test_what_a_killed_process_left_behind_is_taken_away_by_the_next(
    store, threads, make_sessions, change, trouble
):
    await add_ticket(store, status="running")
    getattr(threads, trouble)("show_session")
    await make_sessions()._look_once()
    await change(status="completed")
    await make_sessions()._look_once()
    assert threads.sessions[ROOT][0] == "active"
    assert await store.list_sessions() == ()


async def test_a_rate_limit_is_respected_without_waiting_and_the_newest_state_shown_after_it(
    store, threads, sessions, change, monotonic
):
    await add_ticket(store, status="running")
    threads.fail("show_session", SlackBusy("agents.sessions.setStatus", "ratelimited", 30.0))
    await sessions._look_once()
    await change(status="waiting")
    monotonic.seconds += 29
    await sessions._look_once()
    assert list_calls(threads) == 1
    monotonic.seconds += 1
    await sessions._look_once()
    assert threads.sessions[ROOT][0] == "suspended"


async def test_other_trouble_that_may_pass_is_given_a_pause(store, threads, sessions, monotonic):
    await add_ticket(store, status="running")
    threads.fail("show_session")
    await sessions._look_once()
    await sessions._look_once()
    assert list_calls(threads) == 1
    monotonic.seconds += PAUSE_AFTER_TROUBLE.total_seconds()
    await sessions._look_once()
    assert threads.sessions[ROOT][0] == "processing"


async def test_a_workspace_without_sessions_is_asked_once(store, threads, sessions, change):
    threads.has_sessions = False
    await add_ticket(store, number=1, status="running")
    await add_ticket(store, number=2, status="running", thread_ts=OTHER_ROOT)
    with capture_logs() as logs:
        await sessions._look_once()
        await change(status="completed")
        await sessions._look_once()
    assert list_calls(threads) == 1
    assert [log["event"] for log in logs] == ["sessions_off"]
    assert await store.list_sessions() == ()


@pytest.mark.parametrize("error", [ChannelShut("agents.sessions.setStatus", "not_in_channel"), DefectError()])
async def test_a_thread_that_is_refused_is_asked_again_at_its_next_change_and_stops_no_other(
    store, threads, sessions, change, error
):
    threads.fail("show_session", error)
    await add_ticket(store, number=1, status="running")
    await add_ticket(store, number=2, status="running", thread_ts=OTHER_ROOT)
    with capture_logs() as logs:
        await sessions._look_once()
        await sessions._look_once()
    assert [log["event"] for log in logs] == ["session_refused"]
    assert threads.sessions == {OTHER_ROOT: ("processing", TITLE)}
    await change("tkt_1", status="waiting")
    await sessions._look_once()
    assert threads.sessions[ROOT][0] == "suspended"


async def test_where_there_is_no_budget_left_nothing_waits_and_what_is_over_goes_first(
    store, threads, sessions, change, monkeypatch
):
    monkeypatch.setattr(sessions_module, "CALLS_AT_ONCE", 2)
    for number in (1, 2, 3):
        await add_ticket(store, number=number, status="running", thread_ts=f"1794900000.00010{number}")
    await sessions._look_once()
    assert list_calls(threads) == 2
    sessions._budgets.clear()
    monkeypatch.setattr(sessions_module, "CALLS_AT_ONCE", 1)
    await change("tkt_2", status="completed")
    await sessions._look_once()
    assert {root: shown for root, (shown, _) in threads.sessions.items()} == {
        "1794900000.000101": "processing",
        "1794900000.000102": "active",
    }


async def test_a_ring_wakes_it(store, threads, sessions, bell, change):
    await add_ticket(store, status="running")
    task = asyncio.create_task(sessions.run())

    async def is_shown(status: str) -> bool:
        return threads.sessions.get(ROOT, ("", ""))[0] == status

    await until(lambda: is_shown("processing"))
    await change(status="completed")
    bell.ring()
    async with asyncio.timeout(timedelta(seconds=5).total_seconds()):
        await until(lambda: is_shown("active"))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
