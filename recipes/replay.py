"""A replay: what came of running a ticket's bundle again, offline, beside what was delivered."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from recipes.errors import UserFixableError
from recipes.ids import Digest, RecipeSlug, TicketId
from recipes.output import WorkOutput
from recipes.provenance import Provenance
from recipes.ticket import TicketStatus

TICKET_PREFIX: Final = "tkt_"


class Match(StrEnum):
    """How an output of the replay compares with the delivered one, by the digest of its bytes."""

    SAME = "same"
    DIFFERS = "differs"
    NEW = "new"
    """The ticket handed in no such output."""
    MISSING = "missing"
    """The ticket handed in one that the replay did not make."""


class ReplayedOutput(BaseModel):
    """One output, made again."""

    model_config = ConfigDict(frozen=True)

    title: str
    filename: str | None = None
    """In the replay's folder; None where it was not made again."""
    size_bytes: int = 0
    digest: Digest | None = None
    delivered_digest: Digest | None
    match: Match
    differences: tuple[str, ...] = ()
    """What differs inside the file, in people's words, as far as the delivered one can still be opened."""
    provenance: Provenance | None
    has_same_findings: bool = False
    """The check of figures and quotations found what it found when the output was delivered."""


class Replay(BaseModel):
    """One ticket, run again."""

    model_config = ConfigDict(frozen=True)

    ticket_id: TicketId
    status: TicketStatus
    recipe_slug: RecipeSlug
    recipe_version: int
    bundle_digest: Digest
    bundle_bytes: int
    sources: int
    left_out: int
    model: str
    kept_turns: int
    """How many turns were taken from the records; 0: the model was asked, which is possible without a network only."""
    is_waiting: bool = False
    """It ends at a question that nobody has answered."""
    refusals: tuple[str, ...] = ()
    """What a tool refuses today that it did when the ticket ran."""
    outputs: tuple[ReplayedOutput, ...]

    def is_faithful(self) -> bool:
        """Tell whether it made all that was handed in, byte for byte."""
        return all(each.match in {Match.SAME, Match.NEW} for each in self.outputs)


def compare(made: WorkOutput, delivered: WorkOutput | None) -> Match:
    """Tell how an output that was made again compares with the delivered one, if there is one."""
    if delivered is None:
        return Match.NEW
    return Match.SAME if made.digest == delivered.digest else Match.DIFFERS


@dataclass(eq=False)
class NoTicketId(UserFixableError):
    """What was given is not a ticket's id."""

    given: str

    def advice(self) -> str:
        """Say how ids of tickets look."""
        return f"`{self.given}` is not the id of a ticket: those begin with `{TICKET_PREFIX}`."


@dataclass(eq=False)
class TicketUnknown(UserFixableError):
    """No ticket of any workspace has this id."""

    ticket_id: str
    newest: list[str]

    def advice(self) -> str:
        """Say which there are."""
        there_are = f"The newest are {', '.join(self.newest)}" if self.newest else "There are none yet"
        return f"There is no ticket `{self.ticket_id}` in this database. {there_are}."


@dataclass(eq=False)
class TurnsNotKept(UserFixableError):
    """A ticket of a model that cannot be asked offline has no finished turn."""

    ticket_id: str
    model: str

    def advice(self) -> str:
        """Say why there is nothing to run again."""
        return (
            f"No finished turn of `{self.ticket_id}` is kept, and a replay asks no {self.model}, which is outside: "
            "there is nothing to run again."
        )


@dataclass(eq=False)
class FolderRefused(UserFixableError):
    """The files of a replay cannot be written where they were wanted."""

    folder: str
    problem: str
    """A clause that follows the folder's name: "is not empty"."""

    def advice(self) -> str:
        """Say what is wrong with the folder."""
        return f"{self.folder} {self.problem}. Name another folder with --folder."
