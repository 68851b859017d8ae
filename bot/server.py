"""The bot's own HTTP: whether it is well."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from recipes.errors import UserFixableError


@dataclass
class Health:
    """What `/healthz` tells."""

    is_ready: bool = False


@dataclass(eq=False)
class PortTaken(UserFixableError):
    """The address cannot be listened on."""

    bind: str
    reason: str

    def advice(self) -> str:
        """Name the setting."""
        return f"I cannot listen on {self.bind} ({self.reason}). Set THREADWORK_BIND to a free HOST:PORT."


@asynccontextmanager
async def serving_http(bind: str, health: Health) -> AsyncGenerator[None]:
    """Answer `/healthz` on this address for the length of the block.

    Raises:
        PortTaken: it cannot be listened on.
    """
    host, _, port = bind.rpartition(":")
    app = web.Application()

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ready": health.is_ready}, status=200 if health.is_ready else 503)

    app.router.add_get("/healthz", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, int(port)).start()
        yield
    except OSError as error:
        raise PortTaken(bind, error.strerror or type(error).__name__) from error
    finally:
        await runner.cleanup()
