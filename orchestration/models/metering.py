"""Metering: models whose every call is on somebody's account. No call leaves before its row is kept."""

from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from typing import Final

import structlog

from orchestration.models.port import M, ModelPort, Prompt, Read, ReadingRefused, StructuredReader, TurnDelta
from orchestration.models.sizes import READ_OVERHEAD_TOKENS, count_tokens, measure_most
from orchestration.ports import SpendPort
from recipes.errors import TransientError, UserFixableError
from recipes.spend import Reservation, SpendOwner
from recipes.ticket import NO_LANGUAGE_MODEL
from recipes.usage import Usage

log = structlog.get_logger()

NOTHING: Final = Usage()


class MeteredReader:
    """A reader on an account; fits `StructuredReader`. Raises also what `SpendPort.reserve` does."""

    def __init__(self, reader: StructuredReader, spend: SpendPort, owner: SpendOwner) -> None:
        self._reader = reader
        self._spend = spend
        self._owner = owner
        self.name = reader.name

    async def read(self, schema: type[M], *, instructions: str, text: str, most_output_tokens: int) -> Read[M]:
        """See `StructuredReader.read`."""
        prompt = count_tokens(instructions) + count_tokens(text) + READ_OVERHEAD_TOKENS
        most = Usage(input_tokens=prompt, output_tokens=most_output_tokens)
        async with _reserved(self._spend, self._owner, self.name, most) as meter:
            try:
                read = await self._reader.read(
                    schema, instructions=instructions, text=text, most_output_tokens=most_output_tokens
                )
            except ReadingRefused as refused:
                meter.usage = refused.usage
                raise
            meter.usage = read.usage
            return read


class MeteredModel:
    """A model on an account; fits `ModelPort`. Raises also what `SpendPort.reserve` does."""

    def __init__(self, model: ModelPort, spend: SpendPort, owner: SpendOwner) -> None:
        self._model = model
        self._spend = spend
        self._owner = owner
        self.name = model.name

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """See `ModelPort.turn`; a bundle for no language model is worked on nobody's account."""
        if prompt.bundle.agent.model == NO_LANGUAGE_MODEL:
            return await self._model.turn(prompt, history)
        most = measure_most(prompt, history)
        async with _reserved(self._spend, self._owner, prompt.bundle.agent.model, most) as meter:
            delta = await self._model.turn(prompt, history)
            meter.usage = delta.usage
            return delta


class _Meter:
    """What a call took, once it is known."""

    usage: Usage | None = None


@asynccontextmanager
async def _reserved(spend: SpendPort, owner: SpendOwner, model: str, most: Usage) -> AsyncGenerator[_Meter]:
    """Keep a call for the length of the block; what nobody knows the usage of stays reserved until it expires."""
    reservation = await spend.reserve(owner, model, most)
    meter = _Meter()
    try:
        yield meter
    except TransientError as error:
        # Turned away, it took nothing. Where each try costs something, an answer began: its prompt was paid for.
        meter.usage = (
            NOTHING if error.most_tries() is None else most.model_copy(update={"output_tokens": 0, "web_searches": 0})
        )
        if (pause := error.pause()) is not None:
            await _note(spend.leave_alone(reservation, pause), reservation)
        raise
    except UserFixableError:
        meter.usage = NOTHING
        raise
    finally:
        if meter.usage is not None:
            await _note(spend.settle(reservation, meter.usage), reservation)


async def _note(noting: Awaitable[None], reservation: Reservation) -> None:
    try:
        await noting
    except TransientError as error:
        # What the model said was paid for: it is not thrown away because this could not be noted. It stays reserved.
        log.warning("call_unsettled", call=reservation.id, error=str(error))
