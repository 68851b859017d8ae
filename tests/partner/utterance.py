"""An utterance with its label: what somebody says, where the talk stands, and what is to be taken from it."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from orchestration.partner.interpreter import Intent
from recipes.parameters import Value


class Said(BaseModel):
    """What another person said in the thread before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    author: str
    text: str


class Context(BaseModel):
    """Where the talk stands when the message comes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipe: str | None = None
    offered: tuple[str, ...] = ()
    """The recipes that the bot offered last, in this order."""
    asked: str | None = None
    """The parameter that the bot asked for last."""
    answers: dict[str, Value] = {}
    requester: str = "U0ANNA"
    author: str = "U0ANNA"
    addressed: bool = False
    said: tuple[Said, ...] = ()


class Utterance(BaseModel):
    """One message, where it comes in, and what is to be taken from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    category: str
    text: str
    today: date | None = None
    context: Context = Context(addressed=True)
    intent: Intent
    recipe: str | None = None
    candidates: tuple[str, ...] = ()
    answers: dict[str, Value] = {}


class Halves(BaseModel):
    """The labelled set, split for good, and a third half that came later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tune: tuple[Utterance, ...]
    sealed: tuple[Utterance, ...]
    fresh: tuple[Utterance, ...]

    @property
    def labels(self) -> tuple[Utterance, ...]:
        """Give all of them."""
        return (*self.tune, *self.sealed, *self.fresh)
