"""Outward effects, effectively once: each has a key, noted before it happens and looked up before it is repeated."""

from collections.abc import Awaitable, Callable

from orchestration.ports import Clock, ThreadPort
from recipes.conversation import Thread
from recipes.effect import EffectStatus
from recipes.ids import MessageTs
from recipes.reply import Reply
from storage.unit_of_work import Store


class Effects:
    """The ledger, and the look-up that goes with it."""

    def __init__(self, *, store: Store, threads: ThreadPort, clock: Clock) -> None:
        self._store = store
        self._threads = threads
        self._clock = clock

    async def say(self, thread: Thread, reply: Reply, *, key: str) -> MessageTs:
        """Post a message unless one with this key stands in the thread already; give its `ts`."""

        async def post() -> str:
            return await self._threads.say(thread, reply, key=key)

        async def look() -> str | None:
            return await self._threads.find_effect(thread, key)

        return MessageTs(await self.once(thread, key, do=post, look=look))

    async def once(
        self, thread: Thread, key: str, *, do: Callable[[], Awaitable[str]], look: Callable[[], Awaitable[str | None]]
    ) -> str:
        """Do what this key stands for unless it was done; give what it is called outside.

        Args:
            thread: Where it happens.
            key: Its name, the same each time it is tried.
            do: Does it, and gives what it is called outside.
            look: Finds it, where an earlier try may have done it without our hearing of it.
        """
        team = self._store.for_team(thread.team_id)
        async with team.begin() as work:
            earlier = await work.effects.find(key)
            if earlier is None:
                await work.effects.add_intended(key, now=self._clock.now())
        if earlier is not None and earlier.status is EffectStatus.DONE and earlier.ref is not None:
            return earlier.ref
        found = None if earlier is None else await look()
        ref = found if found is not None else await do()
        async with team.begin() as work:
            await work.effects.save_done(key, ref)
        return ref
