"""What the bot says in a thread, in nouns: views turn each into blocks."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from recipes.brief import Brief
from recipes.cap_raise import CapRaise
from recipes.ending import Ending
from recipes.estimate import Estimate
from recipes.ids import DraftId, UserId
from recipes.output import WorkOutput
from recipes.parameters import Parameter, Value
from recipes.prompt import AnsweredPrompt
from recipes.question import Question
from recipes.recipe import RecipeCard
from recipes.revision import Version
from recipes.spend import Spent


class PlainReply(BaseModel):
    """A sentence or two."""

    model_config = ConfigDict(frozen=True)

    text: str


class RecipeOffer(BaseModel):
    """What can be made, each with the button that opens its form."""

    model_config = ConfigDict(frozen=True)

    draft_id: DraftId
    lead: str
    cards: tuple[RecipeCard, ...]


class CandidateOffer(BaseModel):
    """The recipes that may be meant, each with its reason and a button that picks it."""

    model_config = ConfigDict(frozen=True)

    draft_id: DraftId
    lead: str
    candidates: tuple[tuple[RecipeCard, str], ...]
    """With the reason."""
    others: tuple[RecipeCard, ...] = ()
    """What else there is."""


class ParameterQuestion(BaseModel):
    """One question, answered by words or in the form."""

    model_config = ConfigDict(frozen=True)

    draft_id: DraftId
    recipe_name: str
    parameter: Parameter
    lead: str | None = None
    """What was wrong with the last answer, as a sentence that may quote it."""
    notes: tuple[str, ...] = ()
    """What was taken, in sentences of ours: they come first."""
    answered: Value | None = None
    """What stands for it, where it was said before and a doubt came up since."""


class ReadAgainOffer(BaseModel):
    """The thread moved on after its brief: offer to read it again."""

    model_config = ConfigDict(frozen=True)

    draft_id: DraftId
    brief_no: int


class BriefFate(StrEnum):
    """What became of a brief."""

    SHOWN = "shown"
    APPROVED = "approved"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class BriefCard(BaseModel):
    """A brief, with buttons while it can be approved."""

    model_config = ConfigDict(frozen=True)

    brief: Brief
    fate: BriefFate = BriefFate.SHOWN


class DeliverySummary(BaseModel):
    """The words beside the delivered file."""

    model_config = ConfigDict(frozen=True)

    requester: UserId
    output: WorkOutput
    uses_language_model: bool
    is_revision: bool = False
    """It takes the place of an earlier version."""
    partial: bool = False
    """Stopped work delivers what there was."""
    cut_short: Ending | None = None
    """Why it had to stop, where nobody stopped it."""
    spent: Spent | None = None
    """What the whole work took of a language model so far, if it called one."""
    estimate: Estimate | None = None
    """What was promised."""
    left_files: tuple[str, ...] = ()
    """The names of files that code left and that go no further."""
    raises: tuple[CapRaise, ...] = ()
    """What was added to its cap meanwhile."""


class VersionList(BaseModel):
    """The versions of what was delivered, each but the newest with the button that restores it."""

    model_config = ConfigDict(frozen=True)

    title: str
    versions: tuple[Version, ...]
    """Newest first."""


class TicketQuestion(BaseModel):
    """A question of the agent to the requester; `answered` it keeps its words and loses its buttons."""

    model_config = ConfigDict(frozen=True)

    requester: UserId
    question: Question


class CapQuestion(BaseModel):
    """Work stopped at its own cap: ask whether it may spend more; `raised` by somebody it loses its button."""

    model_config = ConfigDict(frozen=True)

    requester: UserId
    raised: CapRaise
    may: tuple[UserId, ...] = ()
    """Who may press."""


Reply = (
    PlainReply
    | RecipeOffer
    | CandidateOffer
    | ParameterQuestion
    | AnsweredPrompt
    | ReadAgainOffer
    | BriefCard
    | DeliverySummary
    | TicketQuestion
    | VersionList
    | CapQuestion
)
