"""Whether the bot's own address is free to listen on, or a running bot answers there."""

import socket
from typing import Final, cast

import aiohttp
from yarl import URL

from bot.payload import Json
from orchestration.checkup.patience import PATIENCE
from recipes.finding import Finding

SUBJECT: Final = "Address"
# What listens on every address of a machine is asked on its own.
EVERY_HOST: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (compared with, not bound)
ADVICE: Final = "Stop what listens there, or set THREADWORK_BIND to a free HOST:PORT."


async def examine_address(bind: str) -> Finding:
    """Say who answers at HOST:PORT, or whether nobody does and a bot could listen."""
    host, _, port = bind.rpartition(":")
    try:
        health = await _ask_health(EVERY_HOST.get(host, host), int(port))
    except aiohttp.ClientConnectorError:
        return _try_to_listen(bind, host, int(port))
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Finding.problem(SUBJECT, f"another program listens on {bind}", advice=ADVICE)
    if not isinstance(health.get("ready"), bool):
        return Finding.problem(SUBJECT, f"another program listens on {bind}", advice=ADVICE)
    if health["ready"]:
        return Finding.ok(SUBJECT, f"a bot runs on {bind} and hears Slack")
    advice = "Wait a moment and ask again; if it stays so, the bot's log says what it waits for."
    return Finding.warning(SUBJECT, f"a bot runs on {bind} and does not hear Slack yet", advice=advice)


async def _ask_health(host: str, port: int) -> Json:
    url = URL.build(scheme="http", host=host, port=port, path="/healthz")
    wait = aiohttp.ClientTimeout(total=PATIENCE.total_seconds())
    async with aiohttp.ClientSession(timeout=wait) as session, session.get(url) as answer:
        told: object = await answer.json()
        return cast("Json", told) if isinstance(told, dict) else {}


def _try_to_listen(bind: str, host: str, port: int) -> Finding:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        said = f"cannot listen on {bind}: {error.strerror or type(error).__name__}"
        return Finding.problem(SUBJECT, said, advice=ADVICE)
    return Finding.ok(SUBJECT, f"{bind} is free")
