"""Work outputs: what was delivered, and what each of its claims stands on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from recipes.errors import UserFixableError
from recipes.ids import Digest, OutputId, PassageId, SlackFileId, TicketId
from recipes.provenance import Provenance


class GenerationMethod(StrEnum):
    """How an output came to be."""

    SKILL = "skill"
    TEXT = "text"
    CODE_EXECUTION = "code_execution"


class Claim(BaseModel):
    """A statement of an output and the passages it stands on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["quote", "figure", "computed"]
    text: Annotated[str, Field(min_length=1)]
    """The words, or the figure as it is shown."""
    passages: Annotated[tuple[PassageId, ...], Field(min_length=1)]
    expression: str | None = None
    """For `computed`: over the cited figures, in the grammar of `orchestration/provenance/expressions.py`."""


class Check(BaseModel):
    """One comparison of the real file with its contract."""

    model_config = ConfigDict(frozen=True)

    name: str
    passed: bool
    said: str


class BuiltFile(BaseModel):
    """What a skill answers: a file in the vault."""

    model_config = ConfigDict(frozen=True)

    file_id: Digest
    """The vault's key: SHA-256 of the bytes."""
    file_format: str
    size_bytes: int
    generation_time_ms: int
    checks: tuple[Check, ...]
    method: GenerationMethod = Field(default=GenerationMethod.SKILL, exclude=True)


class WorkOutput(BaseModel):
    """One delivered thing."""

    model_config = ConfigDict(frozen=True)

    id: OutputId
    ticket_id: TicketId
    output_type: str
    title: str
    body: str
    file_id: Digest | None
    file_format: str | None
    filename: str | None
    generation_method: GenerationMethod
    digest: Digest
    """Of the file's bytes, else of the body."""
    version: int = 1
    supersedes: OutputId | None = None
    claims: tuple[Claim, ...] = ()
    checks: tuple[Check, ...] = ()
    provenance: Provenance | None = None
    """What was found of its figures and quotations in their sources; None for what is older than this check."""
    annex_digest: Digest | None = None
    """Of what the work had found outside its bundle by then; None where that was nothing."""
    slack_file_id: SlackFileId | None = None
    created_at: datetime


@dataclass(eq=False)
class OutputNotFound(UserFixableError):
    """No output of this workspace, in this conversation, has this id."""

    output_id: str

    def advice(self) -> str:
        """Say that the button leads nowhere."""
        return "I no longer know what this button belongs to. The file in the thread lists its sources itself."


@dataclass(eq=False)
class NothingDelivered(UserFixableError):
    """The agent ended without an output."""

    ticket_id: str

    def advice(self) -> str:
        """Say that what was staged is kept."""
        return "The work ended without a result. What was staged is kept; ask again, or add more to the thread first."
