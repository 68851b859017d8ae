"""Scores: how much of what people said a reader takes from it, and how much it makes up.

Pure functions on pairs of a label and what a reader made of it. A share over nothing is None, not 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from recipes.parameters import FilesParameter, Value
from recipes.recipe import Recipe
from tests.partner.utterance import Intent, Utterance


@dataclass(frozen=True)
class Read:
    """What a reader takes from one utterance in its context."""

    intent: Intent
    recipe: str | None
    """The recipe in force after the message."""
    candidates: tuple[str, ...] = ()
    """The recipes that it would offer: in place of the recipe, or beside it."""
    answers: Mapping[str, Value] = field(default_factory=dict[str, Value])
    """What the message gives; repeating an answer that stood before is neither right nor wrong."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def rate(self) -> float | None:
        """Give the share as a number from 0 to 1, if there was anything to count."""
        return self.count / self.of if self.of else None


Pair = tuple[Utterance, Read]
Score = Callable[[Sequence[Pair]], Share]


def score_intents(pairs: Sequence[Pair]) -> Share:
    """Give the share of utterances whose intent is read."""
    return Share(sum(read.intent is label.intent for label, read in pairs), len(pairs))


def score_recipes(pairs: Sequence[Pair]) -> Share:
    """Give the share of right recipes, over the labels with one recipe or none."""
    decided = [(label, read) for label, read in pairs if not label.candidates]
    return Share(sum(read.recipe == label.recipe for label, read in decided), len(decided))


def score_chosen_recipes(pairs: Sequence[Pair]) -> Share:
    """Give the same over those labels whose recipe is to be found: none was chosen yet, or another is to be."""
    return score_recipes([(label, read) for label, read in pairs if _is_to_be_found(label)])


def score_offers(pairs: Sequence[Pair]) -> Share:
    """Give the share of ambiguous labels at which all acceptable candidates are offered."""
    ambiguous = [(label, read) for label, read in pairs if label.candidates]
    return Share(
        sum({*label.candidates} <= {read.recipe, *read.candidates} for label, read in ambiguous), len(ambiguous)
    )


def score_values(pairs: Sequence[Pair]) -> Share:
    """Give the share of expected values that are read exactly, type included."""
    expected = [(value, read.answers.get(name)) for label, read in pairs for name, value in label.answers.items()]
    return Share(sum(_is_same(value, given) for value, given in expected), len(expected))


def score_false_fills(pairs: Sequence[Pair], recipes: Mapping[str, Recipe]) -> Share:
    """Give the share of made-up values, over all parameters that should have stayed as they were."""
    made_up = [_list_made_up(label, read) for label, read in pairs]
    silent = [_list_parameters(label, recipes) | read.answers.keys() for label, read in pairs]
    slots = [len(names - label.answers.keys()) for names, (label, _) in zip(silent, pairs, strict=True)]
    return Share(sum(map(len, made_up)), sum(slots))


def score_by_category(score: Score, pairs: Sequence[Pair]) -> dict[str, Share]:
    """Give a score for each category by itself, in the order of the labels."""
    categories = dict.fromkeys(label.category for label, _ in pairs)
    return {each: score([(label, read) for label, read in pairs if label.category == each]) for each in categories}


def score_all(pairs: Sequence[Pair], recipes: Mapping[str, Recipe]) -> dict[str, Share]:
    """Give every score by its name."""
    return {**{name: score(pairs) for name, score in SCORES.items()}, "false_fill": score_false_fills(pairs, recipes)}


SCORES: Final[Mapping[str, Score]] = {
    "intent_accuracy": score_intents,
    "recipe_accuracy": score_recipes,
    "chosen_recipe_accuracy": score_chosen_recipes,
    "offer_accuracy": score_offers,
    "value_accuracy": score_values,
}


def _is_to_be_found(label: Utterance) -> bool:
    return label.context.recipe is None or label.context.recipe != label.recipe


def _is_same(value: Value, given: Value | None) -> bool:
    # True == 1 in Python; as an answer it is not.
    return type(value) is type(given) and value == given


def _list_made_up(label: Utterance, read: Read) -> list[str]:
    before = label.context.answers if read.recipe == label.context.recipe else {}
    return [
        name
        for name, value in read.answers.items()
        if name not in label.answers and not (name in before and _is_same(before[name], value))
    ]


def _list_parameters(label: Utterance, recipes: Mapping[str, Recipe]) -> set[str]:
    """Give what words could fill: nobody says a file."""
    slugs = label.candidates or ((label.recipe,) if label.recipe else ())
    every = (parameter for slug in slugs for parameter in recipes[slug].parameters)
    return {parameter.name for parameter in every if not isinstance(parameter, FilesParameter)}
