"""The intake: works what the inbox holds, lane by lane, each lane in order and one item at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

from orchestration.bell import Bell
from orchestration.incidents import explain
from orchestration.leases import LeasesPort
from orchestration.ports import Ids
from recipes.conversation import InboxItem
from recipes.errors import TransientError
from storage.unit_of_work import Store

log = structlog.get_logger()

ROUND: Final = timedelta(seconds=1)
# Slack delivers in no certain order: an item waits this long for one that happened before it and comes after it.
GRACE: Final = timedelta(milliseconds=60)
ITEMS_READ: Final = 200
# Slack may be in trouble for minutes: 1, 2, 4 seconds and so on, then a minute each time, nine minutes in all.
ATTEMPTS: Final = 15
RETRY_AFTER: Final = timedelta(seconds=1)
LONGEST_RETRY: Final = timedelta(minutes=1)


class Intake:
    """Takes waiting items from the inbox; what a crash left behind is taken again."""

    def __init__(
        self,
        *,
        store: Store,
        bell: Bell,
        leases: LeasesPort,
        ids: Ids,
        work: Callable[[InboxItem], Awaitable[None]],
        apologise: Callable[[InboxItem, str], Awaitable[None]],
    ) -> None:
        """Take what is needed; nothing runs yet.

        Args:
            store: Where the inbox is.
            bell: Rung when something came in.
            leases: So that a lane is worked by one process.
            ids: For incidents.
            work: Works one item. May run twice for the same item, so what it does outside has keys.
            apologise: Tells the item's author what went wrong.
        """
        self._store = store
        self._bell = bell
        self._ear = bell.listen()
        self._leases = leases
        self._ids = ids
        self._work = work
        self._apologise = apologise
        self._busy: set[str] = set()

    async def run(self) -> None:
        """Work for as long as the process lives."""
        async with asyncio.TaskGroup() as lanes:
            while True:
                for lane, newest in (await self._list_lanes()).items():
                    self._busy.add(lane)
                    lanes.create_task(self._work_lane(lane, newest))
                await self._ear.wait(at_most=ROUND)

    async def _list_lanes(self) -> dict[str, InboxItem]:
        """Give the lanes in which something waits, with the newest item of each that has waited long enough."""
        await asyncio.sleep(GRACE.total_seconds())
        # Taken before reading: a lane that ends while we read has closed items that we still see as waiting.
        busy = frozenset(self._busy)
        waiting = {f"{item.team_id}:{item.lane}": item for item in await self._read_waiting()}
        return {lane: newest for lane, newest in waiting.items() if lane not in busy}

    async def _read_waiting(self) -> tuple[InboxItem, ...]:
        try:
            return await self._store.list_waiting(most=ITEMS_READ)
        except TransientError as error:
            log.warning("intake_waits", error=str(error))
            return ()

    async def _work_lane(self, lane: str, newest: InboxItem) -> None:
        """Work a lane; what could not be finished is taken again. Another process's is looked at in the next round."""
        name = f"lane:{lane}"
        is_mine = False
        try:
            if is_mine := await self._leases.take(name):
                await self._work_items(newest)
        except TransientError as error:
            log.warning("lane_waits", error=str(error))
            await asyncio.sleep(RETRY_AFTER.total_seconds())
        finally:
            if is_mine:
                await self._let_go(name)
            self._busy.discard(lane)
            if is_mine:
                self._bell.ring()

    async def _let_go(self, name: str) -> None:
        try:
            await self._leases.release(name)
        except TransientError as error:
            log.warning("lease_stays", name=name, error=str(error))

    async def _work_items(self, newest: InboxItem) -> None:
        """Work up to the newest item, looking anew each time: an earlier one may come late, through any process."""
        team = self._store.for_team(newest.team_id)
        while True:
            async with team.read() as unit:
                item = await unit.inbox.find_next(upto=newest)
            if item is None:
                return
            if (pause := await self._work_item(item)) is not None:
                await asyncio.sleep(pause.total_seconds())
                return

    async def _work_item(self, item: InboxItem) -> timedelta | None:
        """Work one item; where it needs another try, give how long to wait first."""
        team = self._store.for_team(item.team_id)
        async with team.begin() as unit:
            await self._leases.check(unit)
            if not await unit.inbox.save_attempt(item):
                return None
        failed = False
        try:
            await self._work(item)
        except TransientError as error:
            log.warning("inbox_item_waits", kind=item.kind, attempts=item.attempts + 1, error=str(error))
            if item.attempts + 1 < ATTEMPTS:
                return _find_pause(error, item.attempts)
            failed = True
            await self._tell(item, error)
        except Exception as error:  # noqa: BLE001 (a boundary: one bad item must not stop the others)
            failed = True
            await self._tell(item, error)
        async with team.begin() as unit:
            await unit.inbox.close(item.id, failed=failed)
        return None

    async def _tell(self, item: InboxItem, error: Exception) -> None:
        said = explain(error, ids=self._ids)
        try:
            await self._apologise(item, said)
        except Exception as silent:  # noqa: BLE001 (a boundary: there is nobody left to tell but the log)
            log.error("apology_failed", kind=item.kind, error=str(silent))  # noqa: TRY400 (told once; the first error is logged with its trace)


def _find_pause(error: TransientError, attempts: int) -> timedelta:
    """Give how long to wait after so many earlier attempts: longer each time, and never less than was asked for."""
    return max(error.pause() or timedelta(), min(RETRY_AFTER * 2**attempts, LONGEST_RETRY))
