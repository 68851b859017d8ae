"""Standing: what a talk about a draft must remember between two messages, beside the answers."""

from collections.abc import Iterable
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from recipes.ids import MessageTs, RecipeSlug
from recipes.prompt import OpenPrompt


class RecipeCandidate(BaseModel):
    """A recipe that may be meant, and why, in a few words."""

    model_config = ConfigDict(frozen=True)

    slug: RecipeSlug
    reason: str


class Standing(BaseModel):
    """Where the talk about a draft stands."""

    model_config = ConfigDict(frozen=True)

    candidates: tuple[RecipeCandidate, ...] = ()
    """What may be meant while no recipe is chosen, the likeliest first."""
    offered: tuple[RecipeSlug, ...] = ()
    """What was offered last, in the order in which it was shown."""
    refused: tuple[RecipeSlug, ...] = ()
    """What their requester wants something else than."""
    doubts: dict[str, str] = {}
    """By parameter: the sentence that says why what was said gives no value."""
    spoken: tuple[MessageTs, ...] = ()
    """The messages that were part of the talk: they say what to make, and are nothing to quote."""
    skipped: tuple[str, ...] = ()
    """Parameters that are not asked for any more: their requester leaves them as they are."""
    prompts: tuple[OpenPrompt, ...] = ()
    """What we asked and offered and what still has its buttons."""

    def afresh(self, **changes: Any) -> Self:  # noqa: ANN401 (the fields of this noun)
        """Give the standing of a talk in which all is forgotten but what was part of it and what has buttons."""
        return self.model_validate({"spoken": self.spoken, "prompts": self.prompts, **changes})

    def hearing(self, ts: MessageTs) -> Self:
        """Give the standing with a message that is part of the talk."""
        return self if ts in self.spoken else self.model_copy(update={"spoken": (*self.spoken, ts)})

    def prompting(self, prompt: OpenPrompt) -> Self:
        """Give the standing with a question or an offer that waits for an answer."""
        others = (each for each in self.prompts if each.ts != prompt.ts)
        return self.model_copy(update={"prompts": (*others, prompt)})

    def without_prompts(self, closed: Iterable[MessageTs]) -> Self:
        """Give the standing without those that have lost their buttons."""
        gone = frozenset(closed)
        return self.model_copy(update={"prompts": tuple(each for each in self.prompts if each.ts not in gone)})

    def doubting(self, doubts: dict[str, str]) -> Self:
        """Give the standing with these doubts too."""
        return self.model_copy(update={"doubts": {**self.doubts, **doubts}})

    def answering(self, names: Iterable[str]) -> Self:
        """Give the standing after these parameters were answered."""
        answered = frozenset(names)
        return self.model_copy(
            update={
                "doubts": {name: doubt for name, doubt in self.doubts.items() if name not in answered},
                "skipped": tuple(name for name in self.skipped if name not in answered),
            }
        )

    def skipping(self, *names: str) -> Self:
        """Give the standing in which these are not asked for any more."""
        left = self.answering(names)
        return left.model_copy(update={"skipped": (*left.skipped, *names)})

    def may_mean(self, slug: RecipeSlug) -> bool:
        """Tell whether this recipe is one of those that may be meant."""
        return any(each.slug == slug for each in self.candidates)
