"""The bot's own HTTP: whether it is well, and in HTTP mode what Slack sends."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from orchestration.ports import Ids
from recipes.errors import UserFixableError

log = structlog.get_logger()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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
async def serving_http(bind: str, health: Health, *, ids: Ids, slack: AsyncApp | None) -> AsyncGenerator[None]:
    """Answer on this address for the length of the block.

    Args:
        bind: HOST:PORT.
        health: Told by `/healthz`.
        ids: For incidents.
        slack: In HTTP mode, what answers `/slack/events`: it checks Slack's signature itself.

    Raises:
        PortTaken: it cannot be listened on.
    """
    host, _, port = bind.rpartition(":")
    runner = web.AppRunner(_make_application(health, ids=ids, slack=slack), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, int(port)).start()
        except OSError as error:
            raise PortTaken(bind, error.strerror or type(error).__name__) from error
        yield
    finally:
        await runner.cleanup()


def _make_application(health: Health, *, ids: Ids, slack: AsyncApp | None) -> web.Application:
    @web.middleware
    async def tell_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refused:
            return _refuse(refused.status, code=refused.reason, sentence=f"{request.path} answered: {refused.reason}.")
        except Exception:
            incident = ids.make("inc")
            log.exception("request_failed", incident=incident, path=request.path)
            return _refuse(500, code="internal_error", sentence="Something broke on our side.", incident=incident)

    async def tell_health(_: web.Request) -> web.Response:
        return web.json_response({"ready": health.is_ready}, status=200 if health.is_ready else 503)

    app = web.Application(middlewares=[tell_errors])
    app.router.add_get("/healthz", tell_health)
    if slack is not None:
        app.router.add_post("/slack/events", _answering_slack(slack))
    return app


def _answering_slack(slack: AsyncApp) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await slack.async_dispatch(await to_bolt_request(request)))

    return answer


def _refuse(status: int, *, code: str, sentence: str, incident: str | None = None) -> web.Response:
    advice = (
        "Check the address and the method." if incident is None else "Try again, and report the incident if it stays."
    )
    body = {"error": sentence, "code": code.lower().replace(" ", "_"), "advice": advice, "incident": incident}
    return web.json_response(body, status=status)
