"""Kills at chosen calls: the bot of a trapped workspace, gone and started again."""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.sandbox.person import Person
from tests.scenarios.processes import Bot
from tests.scenarios.traps import Trap, TrappedSandbox

# A start takes two seconds; whether a share was taken before the kill is looked up for another sixteen.
RESTART_S: Final = 40.0


def set_traps(workspace: TrappedSandbox, bot: Bot, maya: Person, traps: Sequence[Trap]) -> asyncio.Event:
    """Kill the bot and start it again at each of these calls, one after the other; tells when it is back for good."""
    left = list(traps)
    is_over = asyncio.Event()

    async def spring() -> None:
        await bot.kill()
        if not bot.way.over_http:
            await maya.wait_for(lambda screen: screen.connections == 0, RESTART_S, "the bot to be gone")
        if left:
            workspace.set_trap(left.pop(0), spring)
        await bot.start()
        if not left and workspace.trap is None:
            is_over.set()

    workspace.set_trap(left.pop(0), spring)
    return is_over


async def restarted(is_over: asyncio.Event) -> None:
    """Wait until the last trap was met and the bot works again."""
    async with asyncio.timeout(RESTART_S):
        await is_over.wait()


async def restart_killed(bot: Bot) -> None:
    """Kill a bot's process, and start another one in its place."""
    await bot.kill()
    await bot.start()
