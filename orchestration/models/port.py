"""What our side needs of a model, whichever it is: one turn at a time from frozen inputs, or one reading of a text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from recipes.bundle import WorkBundle
from recipes.errors import DefectError
from recipes.outside import Outside
from recipes.revision import Revision
from recipes.server_tool import ServerTool
from recipes.usage import Usage

M = TypeVar("M", bound=BaseModel)


class ToolSpec(BaseModel):
    """A tool as the model is told of it."""

    model_config = ConfigDict(frozen=True)

    name: str
    description: str
    input_schema: dict[str, Any]
    is_strict: bool = False
    """Whether a model may be held to the schema while it writes; where not, its calls are only checked afterwards."""


class Prompt(BaseModel):
    """The part that is the same for each turn of a ticket."""

    model_config = ConfigDict(frozen=True)

    bundle: WorkBundle
    system: str
    tools: tuple[ToolSpec, ...]
    server_tools: tuple[ServerTool, ...] = ()
    """What the provider may do itself while it answers."""
    revision: Revision | None = None
    """What the ticket changes of earlier work, where it does no work of its own."""


class TextBlock(BaseModel):
    """Words of the model."""

    model_config = ConfigDict(frozen=True)

    type: Literal["text"] = "text"
    text: str
    rest: dict[str, Any] = {}
    """What the provider said of it beside the words, to be given back."""


class ToolCall(BaseModel):
    """The model asks for a tool."""

    model_config = ConfigDict(frozen=True)

    type: Literal["tool_use"] = "tool_use"
    id: str
    name: str
    input: dict[str, Any]
    rest: dict[str, Any] = {}
    """What the provider said of it beside the call, to be given back."""


class OpaqueBlock(BaseModel):
    """A block that only its provider reads, such as signed thinking: it goes back as it came."""

    model_config = ConfigDict(frozen=True)

    type: Literal["opaque"] = "opaque"
    content: dict[str, Any]


class ToolResult(BaseModel):
    """What a tool answered: JSON as text, or the sentence that says what was wrong with the call."""

    model_config = ConfigDict(frozen=True)

    tool_use_id: str
    content: str
    is_error: bool = False
    is_misfit: bool = False
    """The call could not even run: there is no such tool, or its input does not fit."""


ModelBlock = Annotated[TextBlock | ToolCall | OpaqueBlock, Field(discriminator="type")]
StopReason = Literal["end_turn", "tool_use", "max_tokens", "refusal", "pause_turn", "model_context_window_exceeded"]


class TurnDelta(BaseModel):
    """What one turn adds: the model's blocks, then (filled in by the loop) what its tools answered, and our remarks.

    A call that was cut off is not among the blocks: there is nothing to run.
    """

    model_config = ConfigDict(frozen=True)

    blocks: tuple[ModelBlock, ...]
    stop_reason: StopReason
    usage: Usage = Usage()
    results: tuple[ToolResult, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the loop tells the model after this turn, as a user."""
    outside: Outside = Field(default=Outside(), exclude=True)
    """What it got from outside the bundle, until the loop has recorded that in the annex."""
    notes: tuple[str, ...] = ()
    """What the loop tells the model of what was recorded of it: the numbers by which that is cited."""
    is_pending: bool = False
    """The provider is still at something in it: before that is done, nobody may say anything to the model."""
    container: str | None = None
    """Where the provider runs code for this ticket."""
    left_files: tuple[str, ...] = ()
    """What its code left with the provider, by the provider's ids."""

    def is_open(self) -> bool:
        """Tell whether the model goes on with this turn in the next one."""
        return self.is_pending or self.stop_reason == "pause_turn"

    def went_outside(self) -> bool:
        """Tell whether it got anything new from outside the bundle."""
        return bool(self.notes)

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


@dataclass(frozen=True, kw_only=True)
class ProducedFile:
    """A file that a run of code left with the provider."""

    name: str
    content: bytes


class ProducedFiles(Protocol):
    """The files that runs of code left with the provider."""

    async def open_produced(self, file_id: str, *, most_bytes: int) -> ProducedFile:
        """Give a file; costs nothing, and may be asked again. Raises as `ModelPort` does, and:

        Raises:
            FileRefused: there is none, or it is larger than that.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """What a provider says of one of its models."""

    id: str
    name: str
    is_active: bool
    retires_at: datetime | None


class ModelCatalog(Protocol):
    """The models that a provider has."""

    async def describe_model(self, model: str) -> ModelCard:
        """Give what the provider says of a model; costs nothing. Raises as `ModelPort` does."""
        ...


@dataclass(frozen=True, kw_only=True)
class Read(Generic[M]):
    """What a model read out of a text, and what that took."""

    value: M
    usage: Usage


@dataclass(eq=False)
class ReadingRefused(DefectError):
    """The model's answer is no reading: it does not fit the schema, was cut, or the model declined."""

    reason: str
    """Which of these, for the log; nothing of the text."""
    input_tokens: int = 0
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0
    output_tokens: int = 0

    @property
    def usage(self) -> Usage:
        """Give what the refused answer took all the same."""
        return Usage.model_validate({name: taken for name, taken in self.to_fields().items() if name != "reason"})

    def advice(self) -> str:
        """Ask for other words."""
        return "I could not make out what that says. Please say it in other words, or use the form."


class StructuredReader(Protocol):
    """A model that fills a schema from one text.

    Idempotent? No: it costs money each time. Retries? No, that is its caller's. Raises: TransientError for what may
    pass, UserFixableError for what somebody can mend (key, model id), ReadingRefused where the answer is no reading.
    """

    name: str
    """Which model reads, as prices and records name it."""

    async def read(self, schema: type[M], *, instructions: str, text: str, most_output_tokens: int) -> Read[M]:
        """Give what the text says, as the schema has it.

        Args:
            schema: What to fill. The answer fits it; whether it is true to the text is for the caller to check.
            instructions: Our words: how to read. They stay the same from call to call where they can, and are cached.
            text: Somebody's words: material, never instructions.
            most_output_tokens: What the answer may take; a longer one is cut and refused.
        """
        ...
