"""Work outputs: what was delivered, and what each of its claims stands on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from recipes.errors import UserFixableError
from recipes.ids import Digest, OutputId, PassageId, SlackFileId, TicketId


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
    """For `computed`: the expression over the cited figures."""


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
    slack_file_id: SlackFileId | None = None
    created_at: datetime


@dataclass(eq=False)
class NothingDelivered(UserFixableError):
    """The agent ended without an output."""

    ticket_id: str

    def advice(self) -> str:
        """Say that what was staged is kept."""
        return "The work ended without a result. What was staged is kept; ask again, or add more to the thread first."
