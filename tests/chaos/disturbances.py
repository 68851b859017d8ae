"""What is done to the processes, to the database and to Slack while people's work is under way."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.chaos.services import Service
from tests.chaos.stage import Stage
from tests.postgres.server import PostgresServer
from tests.scenarios.traps import Trap

# How long a process lives, counted from when it was ready; for one in four from its start, so that some never are.
LONGEST_LIFE_S: Final = 5.0
EARLY_SHARE: Final = 0.25
# Longer than a lease (4 s) and the round of whoever looks.
FREEZE_S: Final = 7.0
LONGEST_OUTAGE_S: Final = 5.0
LONGEST_TAKEOVER_S: Final = 60.0
LOOK_S: Final = 0.05

Disturbance = Callable[[Stage, int], Awaitable[None]]


def killing(*roles: str) -> Disturbance:
    """Kill, at random instants, one process of each of these roles, all at the same instant."""

    async def disturb(stage: Stage, times: int) -> None:
        chance = random.Random()
        for _ in range(times):
            is_early = chance.random() < EARLY_SHARE
            victims = [await _choose(stage, role, chance, is_ready=not is_early) for role in roles]
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE_S))
            for victim in victims:
                victim.kill()

    return disturb


async def freeze(stage: Stage, times: int) -> None:
    """Let a worker stand still for longer than its lease, and go on."""
    chance = random.Random()
    for _ in range(times):
        await asyncio.sleep(chance.uniform(1.0, LONGEST_LIFE_S))
        victim = await _choose(stage, "work", chance, is_ready=True)
        victim.freeze()
        await asyncio.sleep(FREEZE_S)
        victim.wake()


async def freeze_in_post(stage: Stage, times: int) -> None:
    """Let the only worker stand still while a summary is on its way to Slack, until another worker has posted it.

    Nobody but Slack could keep the held message back, and Slack has no means for it: what comes twice here is counted
    apart.
    """
    for _ in range(times):
        sprung = asyncio.Event()

        async def spring(sprung: asyncio.Event = sprung) -> None:
            frozen = stage.find("work")
            for worker in frozen:
                worker.freeze()
            stage.add("work")
            await _see_another_post(stage)
            for worker in frozen:
                worker.wake()
            sprung.set()

        stage.sandbox.set_trap(Trap("held", "chat.postMessage", "summary:"), spring)
        await sprung.wait()


def losing_database(server: PostgresServer) -> Disturbance:
    """Crash the database, and start it again after a while."""

    async def disturb(stage: Stage, times: int) -> None:
        chance = random.Random()
        for _ in range(times):
            for role in ("talk", "work"):
                await _choose(stage, role, chance, is_ready=True)
            await asyncio.sleep(chance.uniform(1.0, LONGEST_LIFE_S))
            await asyncio.to_thread(server.kill)
            await asyncio.sleep(chance.uniform(0.0, LONGEST_OUTAGE_S))
            await asyncio.to_thread(server.start)

    return disturb


@dataclass(frozen=True)
class SlackTrouble:
    """Every call to Slack meets this fault for so long."""

    fault: str
    seconds: float

    async def __call__(self, stage: Stage, times: int) -> None:
        """Begin in the middle of work, and mend it after a while."""
        for _ in range(times):
            await asyncio.sleep(LONGEST_LIFE_S)
            await stage.someone.cause(self.fault, times=None)
            await asyncio.sleep(self.seconds)
            await stage.someone.mend()


async def _see_another_post(stage: Stage) -> None:
    before = len(stage.journal.list_posts("summary:"))
    async with asyncio.timeout(LONGEST_TAKEOVER_S):
        while len(stage.journal.list_posts("summary:")) == before:  # noqa: ASYNC110 (it comes over the wire)
            await asyncio.sleep(LOOK_S)


async def _choose(stage: Stage, role: str, chance: random.Random, *, is_ready: bool) -> Service:
    """Give a process of this role that runs, or is ready, as soon as there is one."""
    while True:
        fit = [each for each in stage.find(role) if (each.is_ready if is_ready else each.is_alive)]
        if fit:
            return chance.choice(fit)
        await asyncio.sleep(LOOK_S)
