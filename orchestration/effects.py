"""Outward effects, effectively once: each has a key, noted before it happens and looked up before it is repeated."""

from collections.abc import Awaitable, Callable

import structlog

from orchestration.leases import LeasesPort
from orchestration.ports import Clock, ThreadPort
from orchestration.retries import trying_again
from recipes.conversation import InboxItem, Thread
from recipes.effect import Effect, EffectStatus
from recipes.errors import TransientError
from recipes.fence import Fence
from recipes.ids import MessageTs
from recipes.reply import Reply
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()


class Effects:
    """The ledger, and the look-up that goes with it."""

    def __init__(self, *, store: Store, threads: ThreadPort, clock: Clock, leases: LeasesPort) -> None:
        self._store = store
        self._threads = threads
        self._clock = clock
        self._leases = leases

    async def say(self, thread: Thread, reply: Reply, *, key: str, fence: Fence | None = None) -> MessageTs:
        """Post a message unless one with this key stands in the thread already; give its `ts`."""

        async def post() -> str:
            return await self._threads.say(thread, reply, key=key)

        async def look() -> str | None:
            return await self._threads.find_effect(thread, key)

        return MessageTs(await self.once(thread, key, do=post, look=look, fence=fence))

    async def answer(self, item: InboxItem, thread: Thread, reply: Reply) -> MessageTs:
        """Say what an item of the inbox leads to, once however often the item is worked; give the message's `ts`."""
        return await self.say(thread, reply, key=f"reply:{item.id}")

    async def find_said(self, thread: Thread, key: str) -> MessageTs | None:
        """Give the `ts` of the message with this key, also where whoever posted it did not live to hear of it."""
        async with self._store.for_team(thread.team_id).read() as work:
            noted = await work.effects.find(key)
        if noted is None:
            return None
        if noted.ref is not None:
            return MessageTs(noted.ref)
        found = await self._threads.find_effect(thread, key)
        if found is not None:
            await self._save(thread, key, found, EffectStatus.DONE)
        return found

    async def once(
        self,
        thread: Thread,
        key: str,
        *,
        do: Callable[[], Awaitable[str]],
        look: Callable[[], Awaitable[str | None]],
        fence: Fence | None = None,
    ) -> str:
        """Do what this key stands for unless it was done; give what it is called outside.

        Args:
            thread: Where it happens.
            key: Its name, the same each time it is tried.
            do: Does it, and gives what it is called outside.
            look: Finds it, where an earlier try may have done it without our hearing of it.
            fence: The segment that does it, if one does.

        Where looking is refused for too long, it is done once more, come what may, and the ledger says *uncertain*.

        Raises:
            LeaseLost, SegmentSuperseded: it is no longer ours to do.
        """
        earlier = await self._intend(thread, key, fence)
        if earlier is None:
            return await self._do(thread, key, do, EffectStatus.DONE)
        if earlier.status is not EffectStatus.INTENDED and earlier.ref is not None:
            return earlier.ref
        try:
            found = await trying_again(look)
        except TransientError as error:
            log.warning("effect_uncertain", key=key, error=str(error))
            return await self._do(thread, key, do, EffectStatus.UNCERTAIN)
        if found is None:
            # Looking took its time: the work may have changed hands.
            await self._intend(thread, key, fence)
            return await self._do(thread, key, do, EffectStatus.DONE)
        await self._save(thread, key, found, EffectStatus.DONE)
        return found

    async def _intend(self, thread: Thread, key: str, fence: Fence | None) -> Effect | None:
        """Note that this is about to happen, if it is still ours to do; give what was noted before."""

        async def intend(work: UnitOfWork) -> Effect | None:
            process = self._leases.process
            if await work.effects.add_intended(key, now=self._clock.now(), fence=fence, process=process):
                return None
            await self._leases.check(work)
            if fence is not None:
                await work.tickets.check_segment(fence.ticket_id, fence.segment)
            return await work.effects.find(key)

        return await self._store.for_team(thread.team_id).run(intend)

    async def _do(self, thread: Thread, key: str, do: Callable[[], Awaitable[str]], status: EffectStatus) -> str:
        ref = await do()
        await self._save(thread, key, ref, status)
        return ref

    async def _save(self, thread: Thread, key: str, ref: str, status: EffectStatus) -> None:
        async def save(work: UnitOfWork) -> None:
            await work.effects.save_done(key, ref, status=status)

        await self._store.for_team(thread.team_id).run(save)
