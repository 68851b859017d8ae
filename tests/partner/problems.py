"""What is wrong with a label, or with the set of them, in sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recipes.answers import AnswerRefused, read_answer
from recipes.parameters import DateParameter, MultitextParameter, Parameter, TextParameter, Value
from recipes.recipe import Recipe
from tests.partner.utterance import Halves, Intent, Utterance

HALF_LABELS: Final = 130
"""At least so many labels a half: the bars are shares of a hundredth."""
NEEDS_QUESTION: Final = frozenset({Intent.ANSWER, Intent.SKIP, Intent.USE_DEFAULT, Intent.YOU_DECIDE})
GIVES_VALUES: Final = frozenset({Intent.WORK, Intent.ANSWER})
LEAVES_RECIPE: Final = frozenset({Intent.START_OVER, Intent.SOMETHING_ELSE})


def list_split_problems(halves: Halves) -> list[str]:
    """Give what is wrong with the set as a whole: sizes, repeated ids and texts, labels in the wrong half."""
    problems = [f"the id {id_} is there twice" for id_ in _list_repeated(label.id for label in halves.labels)]
    texts = (label.text.casefold() for label in halves.labels)
    problems += [f"{text!r} is there twice" for text in _list_repeated(texts)]
    for name, half in (("tune", halves.tune), ("sealed", halves.sealed), ("fresh", halves.fresh)):
        if len(half) < HALF_LABELS:
            problems.append(f"{name} has {len(half)} labels, fewer than {HALF_LABELS}")
    shared = {label.category for label in halves.sealed}
    for half, odd in ((halves.tune, 1), (halves.sealed, 0)):
        wrong = (label.id for label in half if label.category in shared and int(label.id.rpartition("-")[2]) % 2 != odd)
        problems += [f"{id_} is in the wrong half" for id_ in wrong]
    return [*problems, *_list_numbering_problems(halves)]


def list_problems(label: Utterance, recipes: Mapping[str, Recipe]) -> list[str]:
    """Give what is wrong with one label, each problem with its id."""
    named = [label.recipe, label.context.recipe, *label.candidates, *label.context.offered]
    unknown = [slug for slug in named if slug is not None and slug not in recipes]
    if unknown:
        return [f"{label.id}: unknown recipe {slug}" for slug in unknown]
    found = (
        *_list_intent_problems(label),
        *_list_recipe_problems(label),
        *_list_answer_problems(label, recipes),
        *_list_context_problems(label, recipes),
    )
    return [f"{label.id}: {problem}" for problem in found]


def _list_repeated(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _list_numbering_problems(halves: Halves) -> Iterator[str]:
    shared = {label.category for label in halves.sealed}
    both = [label for label in (*halves.tune, *halves.sealed) if label.category in shared]
    own = [label for label in halves.tune if label.category not in shared]
    for labels, step, end in ((both, 2, "to an even number"), (own, 1, "up"), (halves.fresh, 1, "up")):
        for category, count in Counter(label.category for label in labels).items():
            expected = {f"{category}-{number:02d}" for number in range(1, count + 1)}
            if count % step or {label.id for label in labels if label.category == category} != expected:
                yield f"the ids of {category} do not count from 01 {end}"


def _list_intent_problems(label: Utterance) -> Iterator[str]:
    context = label.context
    if label.intent in NEEDS_QUESTION and not (context.asked or (label.intent is Intent.ANSWER and context.offered)):
        yield f"{label.intent} without a question"
    if label.intent not in GIVES_VALUES and label.answers:
        yield f"{label.intent} gives no values"
    if context.author != context.requester and label.intent is not Intent.CHATTER:
        yield "the words of others are chatter"
    if label.intent is Intent.CHATTER and context.addressed:
        yield "what is said to the bot is not chatter"


def _list_recipe_problems(label: Utterance) -> Iterator[str]:
    if label.candidates and (label.recipe is not None or len(set(label.candidates)) < 2):
        yield "candidates are two or more, and then there is no recipe"
    if label.intent in LEAVES_RECIPE and label.recipe is not None:
        yield f"after {label.intent} there is no recipe"
    if label.intent not in GIVES_VALUES | LEAVES_RECIPE and label.recipe != label.context.recipe:
        yield f"{label.intent} leaves the recipe as it is"
    if not label.id.startswith(f"{label.category}-"):
        yield "the id does not begin with the category"


def _list_answer_problems(label: Utterance, recipes: Mapping[str, Recipe]) -> Iterator[str]:
    slugs = label.candidates or ((label.recipe,) if label.recipe else ())
    for name, value in label.answers.items():
        parameters = [found for slug in slugs if (found := recipes[slug].find_parameter(name)) is not None]
        if not slugs or len(parameters) < len(slugs):
            yield f"unknown parameter {name}"
        for parameter in parameters:
            yield from _list_value_problems(parameter, value)
            yield from _list_wording_problems(label, parameter, value)
            if isinstance(parameter, DateParameter) and label.today is None:
                yield f"{name} is a date, and today is missing"
        if label.recipe == label.context.recipe and label.context.answers.get(name) == value:
            yield f"{name} was answered so before"


def _list_context_problems(label: Utterance, recipes: Mapping[str, Recipe]) -> Iterator[str]:
    context = label.context
    for name in (*context.answers, *((context.asked,) if context.asked else ())):
        parameter = recipes[context.recipe].find_parameter(name) if context.recipe else None
        if parameter is None:
            yield f"the context names the unknown parameter {name}"
        elif name in context.answers:
            yield from _list_value_problems(parameter, context.answers[name])
        elif isinstance(parameter, DateParameter) and label.today is None:
            yield f"{name} is a date, and today is missing"


def _list_value_problems(parameter: Parameter, value: Value) -> Iterator[str]:
    try:
        read = read_answer(parameter, _write_raw(value))
    except AnswerRefused as refused:
        yield f"{parameter.name}: {refused.problem}"
        return
    if (type(read), read) != (type(value), value):
        yield f"{parameter.name}: {value!r} is read as {read!r}"


def _list_wording_problems(label: Utterance, parameter: Parameter, value: Value) -> Iterator[str]:
    # Texts stand as written: who copies them cannot tidy them up.
    if not isinstance(parameter, TextParameter | MultitextParameter):
        return
    before = label.context.answers.get(parameter.name)
    kept = before if isinstance(before, tuple) else ()
    heard = (label.text, *(said.text for said in label.context.said))
    for line in value if isinstance(value, tuple) else (str(value),):
        if line not in kept and not any(line in text for text in heard):
            yield f"{parameter.name}: {line!r} does not stand in the message"


def _write_raw(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(value) if isinstance(value, tuple) else str(value)
