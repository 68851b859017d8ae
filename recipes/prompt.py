"""Prompts: our questions and offers, which have buttons as long as they wait for an answer."""

from pydantic import BaseModel, ConfigDict

from recipes.ids import MessageTs


class AnsweredPrompt(BaseModel):
    """A question or an offer that waits for nothing any more: its words, and nothing to press."""

    model_config = ConfigDict(frozen=True)

    notes: tuple[str, ...] = ()
    """What came first, in sentences of ours."""
    doubt: str | None = None
    """What was wrong with the answer before, as a sentence that may quote it."""
    question: str | None = None
    offered: tuple[str, ...] = ()
    """The names that were offered, in their order."""


class OpenPrompt(BaseModel):
    """A question or an offer that stands in the thread with its buttons."""

    model_config = ConfigDict(frozen=True)

    ts: MessageTs
    answered: AnsweredPrompt
    """What it is to show when it waits for nothing any more."""
