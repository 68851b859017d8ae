"""A model provider on this machine: answers a turn after a while, and remembers each turn that it was asked for."""

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self

from aiohttp import ClientSession, ClientTimeout, web
from pydantic import TypeAdapter

from orchestration.models.port import Prompt, TurnDelta
from tests.fakes.models import take_turn

ADDRESS: Final = "CHAOS_MODEL_URL"
# Words of a topic that let the agent ask somebody in the middle of its work.
ASKING: Final = "debated"
QUESTION: Final = {"question": "Which region is it about?", "options": ["North", "South"]}
# A turn of a real model takes longer; a run here is to be hit by several kills, and by each in another place.
SHORTEST_TURN_S: Final = 0.05
LONGEST_TURN_S: Final = 0.8
# Longer than any answer of this desk, shorter than a person's patience.
ANSWER_S: Final = 30.0

TURNS: Final = TypeAdapter(tuple[TurnDelta, ...])


@dataclass(frozen=True)
class AskedTurn:
    """One turn that was asked for, and so has to be paid."""

    topic: str
    number: int
    at: datetime
    asked_by: int
    """The process that asked."""


class ModelDesk:
    """The provider's server; an async context manager."""

    def __init__(self) -> None:
        self.asked: list[AskedTurn] = []
        self.on_asked: Callable[[AskedTurn], None] = lambda _: None
        self._chance = random.Random()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/{pid}/turn/{topic}", self._take_turn)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take_turn(self, request: web.Request) -> web.Response:
        history = TURNS.validate_json(await request.read())
        asked = AskedTurn(
            topic=request.match_info["topic"],
            number=len(history) + 1,
            at=datetime.now(UTC),
            asked_by=int(request.match_info["pid"]),
        )
        self.asked.append(asked)
        self.on_asked(asked)
        await asyncio.sleep(self._chance.uniform(SHORTEST_TURN_S, LONGEST_TURN_S))
        turn = take_turn(history, question=QUESTION if ASKING in asked.topic else None)
        return web.Response(body=turn.model_dump_json(), content_type="application/json")


class DeskModel:
    """The model that asks the desk; fits `ModelPort`."""

    name = "scripted"

    def __init__(self, url: str) -> None:
        self._url = url

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """See `ModelPort.turn`."""
        topic = prompt.bundle.parameters["topic"]
        async with (
            ClientSession(timeout=ClientTimeout(total=ANSWER_S)) as session,
            session.post(f"{self._url}/{os.getpid()}/turn/{topic}", data=TURNS.dump_json(history)) as answer,
        ):
            answer.raise_for_status()
            return TurnDelta.model_validate_json(await answer.read())
