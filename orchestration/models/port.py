"""What the agent loop needs of a model, whichever it is: one turn at a time, from frozen inputs."""

from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from recipes.bundle import WorkBundle
from recipes.usage import Usage


class ToolSpec(BaseModel):
    """A tool as the model is told of it."""

    model_config = ConfigDict(frozen=True)

    name: str
    description: str
    input_schema: dict[str, Any]


class Prompt(BaseModel):
    """The part that is the same for each turn of a ticket."""

    model_config = ConfigDict(frozen=True)

    bundle: WorkBundle
    system: str
    tools: tuple[ToolSpec, ...]


class TextBlock(BaseModel):
    """Words of the model."""

    model_config = ConfigDict(frozen=True)

    type: Literal["text"] = "text"
    text: str


class ToolCall(BaseModel):
    """The model asks for a tool."""

    model_config = ConfigDict(frozen=True)

    type: Literal["tool_use"] = "tool_use"
    id: str
    name: str
    input: dict[str, Any]


class ToolResult(BaseModel):
    """What a tool answered: JSON as text, or the sentence that says what was wrong with the call."""

    model_config = ConfigDict(frozen=True)

    tool_use_id: str
    content: str
    is_error: bool = False


ModelBlock = Annotated[TextBlock | ToolCall, Field(discriminator="type")]


class TurnDelta(BaseModel):
    """What one turn adds: the model's blocks, then (filled in by the loop) what its tools answered."""

    model_config = ConfigDict(frozen=True)

    blocks: tuple[ModelBlock, ...]
    stop_reason: Literal["end_turn", "tool_use", "max_tokens", "refusal"]
    usage: Usage = Usage()
    results: tuple[ToolResult, ...] = ()

    def tool_calls(self) -> tuple[ToolCall, ...]:
        """Give the calls of this turn, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ToolCall))


class ModelPort(Protocol):
    """A model that works by tools.

    Idempotent? No: a real model answers differently each time and costs money, so a finished turn is stored and never
    asked for again. Raises: TransientError for what may pass, UserFixableError for what the person can mend.
    """

    name: str
    """What the bundle records as the model."""

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """Give the next turn after this history."""
        ...
