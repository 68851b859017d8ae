"""A workspace in which one call, when it comes, is the last that its caller makes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from bot.sandbox.journal import Journal
from bot.sandbox.server import Sandbox

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Trap:
    """Which call, and whether Slack still takes it.

    Args:
        moment: `before` Slack sees the call, which then fails, or `after` it was taken and before the caller hears of
            it; `held` on its way: Slack takes it afterwards.
        path: the end of the call's address, such as a method.
        word: what its body holds.
    """

    moment: Literal["before", "after", "held"]
    path: str
    word: str = ""

    def __str__(self) -> str:
        """Give a name for a test."""
        return f"{self.moment}-{self.path.strip('/')}{'-' + self.word.strip(':') if self.word else ''}"


class TrappedSandbox(Sandbox):
    """A sandbox with at most one trap set; it springs once."""

    trap: Trap | None = None
    spring: Callable[[], Awaitable[None]] | None = None
    caller_host: str | None = None
    """The name of this machine by which the caller that was caught knows the workspace."""

    def set_trap(self, trap: Trap, spring: Callable[[], Awaitable[None]]) -> None:
        """Let `spring` happen at this call; nothing is answered before it is over."""
        self.trap, self.spring = trap, spring

    def _application(self, journal: Journal) -> web.Application:
        app = super()._application(journal)
        app.middlewares.append(self._watch)
        return app

    @web.middleware
    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        trap = self.trap
        if trap is None or self.spring is None or trap.path not in request.path or not await _holds(request, trap.word):
            return await handler(request)
        self.trap, self.caller_host = None, request.host
        if trap.moment == "before":
            await self.spring()
            raise web.HTTPServiceUnavailable
        if trap.moment == "held":
            await self.spring()
            return await handler(request)
        answer = await handler(request)
        await self.spring()
        return answer


async def _holds(request: web.Request, word: str) -> bool:
    return not word or word in await request.text()
