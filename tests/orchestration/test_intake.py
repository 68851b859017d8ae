import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.slack_errors import SlackUnreachable
from orchestration import intake as intake_module
from orchestration.intake import ATTEMPTS, Intake
from orchestration.leases import LocalLeases
from recipes.draft import DraftNotFound
from tests.fakes.nouns import OTHER_TEAM, make_item
from tests.fakes.waiting import PATIENCE_S, until


class Work:
    """What items are worked with: remembers the order, and does what a test says."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.apologies: list[tuple[str, str]] = []
        self.errors: dict[str, list[Exception]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.apology_error: Exception | None = None
        self._news = asyncio.Event()

    async def work(self, item) -> None:
        self.began.append(item.id)
        self._news.set()
        if item.id in self.gates:
            await self.gates[item.id].wait()
        if self.errors.get(item.id):
            raise self.errors[item.id].pop(0)

    async def apologise(self, item, said: str) -> None:
        self.apologies.append((item.id, said))
        if self.apology_error:
            raise self.apology_error

    async def until(self, fits: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not fits():
                self._news.clear()
                await self._news.wait()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def put(store, bell):
    async def run(item_id: str, lane: str = "one", team_id: str = "T0SANDBOX") -> None:
        async with store.for_team(team_id).begin() as unit:
            await unit.inbox.add(make_item(item_id, lane=lane, team_id=team_id))
        bell.ring()

    return run


@pytest.fixture
async def intake(store, bell, ids, work, monkeypatch):
    monkeypatch.setattr(intake_module, "RETRY_AFTER", timedelta())
    made = Intake(store=store, bell=bell, leases=LocalLeases(), ids=ids, work=work.work, apologise=work.apologise)
    task = asyncio.create_task(made.run())
    yield made
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _until_empty(store) -> None:
    async def is_empty() -> bool:
        return not await store.list_waiting(most=1)

    await until(is_empty)


async def test_items_of_one_lane_are_worked_in_their_order_one_at_a_time(store, put, work, intake):
    work.gates["inb_1"] = asyncio.Event()
    for number in (1, 2, 3):
        await put(f"inb_{number}")
    await work.until(lambda: work.began == ["inb_1"])
    work.gates["inb_1"].set()
    await _until_empty(store)
    assert work.began == ["inb_1", "inb_2", "inb_3"]


async def test_what_happened_earlier_and_comes_while_its_lane_is_worked_is_worked_before_the_rest(
    store, put, work, intake
):
    work.gates["inb_1"] = asyncio.Event()
    for number in (1, 3):
        await put(f"inb_{number}")
    await work.until(lambda: work.began == ["inb_1"])
    await put("inb_2")
    work.gates["inb_1"].set()
    await _until_empty(store)
    assert work.began == ["inb_1", "inb_2", "inb_3"]


async def test_lanes_do_not_wait_for_one_another(store, put, work, intake):
    work.gates["inb_1"] = asyncio.Event()
    await put("inb_1", lane="slow")
    await work.until(lambda: "inb_1" in work.began)
    await put("inb_2", lane="quick")
    await put("inb_3", lane="slow", team_id=OTHER_TEAM)
    await work.until(lambda: {"inb_2", "inb_3"} <= set(work.began))
    work.gates["inb_1"].set()
    await _until_empty(store)


async def test_what_a_crash_left_behind_is_taken_at_the_start(store, put, work, bell, ids):
    await put("inb_1")
    again = Intake(store=store, bell=bell, leases=LocalLeases(), ids=ids, work=work.work, apologise=work.apologise)
    task = asyncio.create_task(again.run())
    await _until_empty(store)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert work.began == ["inb_1"]


async def test_what_may_pass_is_tried_again_before_the_rest_of_its_lane(store, put, work, intake):
    work.errors["inb_1"] = [SlackUnreachable("chat.postMessage", "test")] * 2
    work.gates["inb_1"] = asyncio.Event()
    await put("inb_1")
    await put("inb_2")
    work.gates["inb_1"].set()
    await _until_empty(store)
    assert work.began == ["inb_1", "inb_1", "inb_1", "inb_2"]
    assert work.apologies == []


async def test_what_does_not_pass_is_told_once_and_closed(store, put, work, intake):
    work.errors["inb_1"] = [SlackUnreachable("chat.postMessage", "test")] * 99
    await put("inb_1")
    await put("inb_2")
    await _until_empty(store)
    assert work.began == ["inb_1"] * ATTEMPTS + ["inb_2"]
    assert work.apologies == [
        ("inb_1", "I could not reach Slack just now. Nothing is lost; please try again in a minute.")
    ]


async def test_what_the_person_can_mend_is_told_at_once_without_an_incident(store, put, work, intake):
    work.errors["inb_1"] = [DraftNotFound("dra_9")] * 2
    await put("inb_1")
    await _until_empty(store)
    assert work.apologies == [("inb_1", "I no longer know that request. Mention me again and we will start anew.")]


async def test_a_defect_is_logged_once_with_the_incident_that_the_person_reads(store, put, work, intake):
    work.errors["inb_1"] = [KeyError("oops")] * 2
    with capture_logs() as logs:
        await put("inb_1")
        await put("inb_2")
        await _until_empty(store)
    ((item, said),) = work.apologies
    (line,) = [log for log in logs if log["log_level"] == "error"]
    assert item == "inb_1"
    assert said.startswith("Something broke on our side. Nothing you said is lost.")
    assert f"`{line['incident']}`" in said
    assert "oops" not in said
    assert work.began == ["inb_1", "inb_2"]


async def test_an_apology_that_fails_stops_nothing(store, put, work, intake):
    work.errors["inb_1"] = [KeyError("oops")]
    work.apology_error = SlackUnreachable("chat.postMessage", "test")
    await put("inb_1")
    await put("inb_2")
    await _until_empty(store)
    assert work.began == ["inb_1", "inb_2"]
    assert len(work.apologies) == 1
