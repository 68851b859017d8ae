"""What a message says about a draft: the port, what it is told, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from recipes.ids import RecipeSlug, UserId
from recipes.parameters import Value
from recipes.recipe import Recipe
from recipes.spend import SpendOwner


class Intent(StrEnum):
    """What a message is for."""

    WORK = "work"
    ANSWER = "answer"
    SKIP = "skip"
    USE_DEFAULT = "use_default"
    YOU_DECIDE = "you_decide"
    START_OVER = "start_over"
    SOMETHING_ELSE = "something_else"
    WHO_CAN_SEE = "who_can_see"
    ABOUT_BOT = "about_bot"
    SMALL_TALK = "small_talk"
    THANKS = "thanks"
    CHATTER = "chatter"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What somebody else said before; it counts only where the requester adopts it."""

    author: UserId
    text: str


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message, and where the talk stands when it comes."""

    text: str
    """With marks where it mentions somebody or a channel (`recipes.mentions`), without the bot's own mention."""
    today: date
    """Where its author is."""
    recipes: tuple[Recipe, ...]
    """On offer in this workspace."""
    author: UserId
    requester: UserId
    addressed: bool
    """The bot was mentioned, or it is a direct message."""
    recipe: RecipeSlug | None = None
    """Chosen so far."""
    offered: tuple[RecipeSlug, ...] = ()
    """What the bot offered last, in this order."""
    asked: str | None = None
    """The parameter that the bot asked for last."""
    answers: Mapping[str, Value] = field(default_factory=dict[str, Value])
    remarks: tuple[Remark, ...] = ()
    payer: SpendOwner | None = None
    """Whose budget a model may be asked on; None where there is no time to ask one."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A recipe that may be meant, and why, in a few words."""

    slug: RecipeSlug
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReadAnswer:
    """An answer as `recipes.answers.read_answer` takes it, and the words of the message that support it."""

    raw: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a message says."""

    intent: Intent
    recipe: RecipeSlug | None
    """In force after the message; None where there is none, or several may be meant."""
    candidates: tuple[Candidate, ...] = ()
    """The likeliest first: the recipe that was named, or all that may be meant."""
    answers: Mapping[str, ReadAnswer] = field(default_factory=dict[str, ReadAnswer])
    """By parameter, of the recipe in force; where there are candidates, of what they share."""
    doubts: Mapping[str, str] = field(default_factory=dict[str, str])
    """By parameter: one sentence that says why what was said gives no value."""


class Interpreter(Protocol):
    """Understands one message at a time.

    Idempotent? A lexical one is; one with a model need not be. Ordered? No: it keeps nothing between two messages.
    Every answer fits its parameter (`read_answer` takes it) and its quote stands in the message, or in the remark that
    the message adopts; what does not fit is a doubt. What nobody said is no answer.
    Raises: TransientError for what may pass, never for what somebody said.
    """

    async def read(self, heard: Heard) -> Reading:
        """Give what the message says."""
        ...
