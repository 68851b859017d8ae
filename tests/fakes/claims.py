"""Models that read one text into a schema, by script: fit `StructuredReader`."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from orchestration.models.port import Read, ReadingRefused
from orchestration.partner.interpreter import Heard, Reading
from orchestration.partner.lexical.interpreter import read_lexically
from orchestration.partner.model.interpreter import ModelInterpreter
from recipes.ids import ChannelId, TeamId
from recipes.spend import SpendOwner
from recipes.usage import Usage
from tests.fakes.moment import FakeClock

Script = dict[str, Any] | str | Exception
"""A reply, the text of one, or what is raised in its place."""

TOOK = Usage(input_tokens=2_000, output_tokens=150)
EMPTY = {"intent": "work", "recipe": None, "recipe_quote": "", "candidates": [], "answers": [], "doubts": []}


class ScriptedReader:
    """Gives the replies of its script, the last one again and again, and remembers what it was asked."""

    name = "claude-haiku-5-5"

    def __init__(self, script: Sequence[Script]) -> None:
        self.script = list(script)
        self.asked: list[tuple[str, str]] = []

    async def read(self, schema, *, instructions: str, text: str, most_output_tokens: int) -> Read[Any]:
        self.asked.append((instructions, text))
        reply = self.script[min(len(self.asked), len(self.script)) - 1]
        if isinstance(reply, Exception):
            raise reply
        try:
            value = schema.model_validate_json(reply) if isinstance(reply, str) else schema.model_validate(reply)
        except ValidationError as error:
            raise ReadingRefused(reason="schema", **TOOK.model_dump(exclude={"web_searches"})) from error
        return Read(value=value, usage=TOOK)


class DressedInterpreter:
    """The interpreter with a model, whose model replies what the rules read."""

    async def read(self, heard: Heard) -> Reading:
        reader = ScriptedReader([dress(read_lexically(heard), heard)])
        return await make_interpreter(reader).read(heard)


def make_interpreter(reader: ScriptedReader, **changes: Any) -> ModelInterpreter:
    """Give the interpreter with this model."""
    return ModelInterpreter(lambda _: reader, FakeClock(), **changes)


def make_payer(kind: str = "draft", owner_id: str = "dra_1") -> SpendOwner:
    return SpendOwner(kind=kind, id=owner_id, team_id=TeamId("T0"), user_id="U0ANNA", channel_id=ChannelId("C0"))


def dress(reading: Reading, heard: Heard) -> dict[str, Any]:
    """Give a reading as a model would reply it."""
    claimed = [{"parameter": name, "raw": each.raw, "quote": each.quote} for name, each in reading.answers.items()]
    return {
        "intent": reading.intent,
        "recipe": reading.recipe,
        "recipe_quote": heard.text if reading.recipe not in {None, heard.recipe} else "",
        "candidates": [each.slug for each in reading.candidates],
        "answers": claimed,
        "doubts": [{"parameter": name, "quote": heard.text} for name in reading.doubts],
    }
