"""Instructions and material: what a model is told, and what it is given to read.

The instructions are ours and the recipes', the same for each message of a workspace, so that a provider can keep them.
What people said is material: one JSON object, out of which no text can break.
"""

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

from orchestration.partner.interpreter import Heard
from recipes.parameters import (
    ChannelParameter,
    DateParameter,
    FilesParameter,
    MultitextParameter,
    NumberParameter,
    Parameter,
    RangeParameter,
    SelectParameter,
    TextParameter,
    UserParameter,
    YesNoParameter,
)
from recipes.recipe import Recipe

REMARK_CHARS: Final = 500
"""So much of what somebody else said is shown: what is adopted is short."""


@lru_cache(maxsize=32)
def write_instructions(recipes: tuple[Recipe, ...]) -> str:
    """Give how to read, with every recipe and its parameters."""
    cards = (json.dumps(_describe_recipe(each), ensure_ascii=False) for each in recipes)
    return _read_prompt() + "\n".join(cards)


def write_material(heard: Heard, *, message_chars: int) -> str:
    """Give the message and where the talk stands, as one JSON object.

    Args:
        heard: The message and the talk.
        message_chars: So much of the message is shown.
    """
    material = {
        "today": f"{heard.today:%A} {heard.today.isoformat()}",
        "author": heard.author,
        "addressed": heard.addressed,
        "recipe": heard.recipe,
        "offered": heard.offered,
        "asked": heard.asked,
        "answers": dict(heard.answers),
        "remarks": [{"author": each.author, "text": each.text[:REMARK_CHARS]} for each in heard.remarks],
        "message": heard.text[:message_chars],
    }
    return json.dumps(material, ensure_ascii=False, indent=1)


@cache
def _read_prompt() -> str:
    return (resources.files("orchestration.partner.model") / "reading.md").read_text(encoding="utf-8")


def _describe_recipe(recipe: Recipe) -> dict[str, Any]:
    return {
        "slug": recipe.slug,
        "name": recipe.name,
        "description": recipe.description,
        "also_called": recipe.phrases,
        "parameters": [_describe(each) for each in recipe.parameters],
    }


def _describe(parameter: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": parameter.name,
        "label": parameter.label,
        "question": parameter.question,
        "form": _describe_form(parameter),
    }
    if isinstance(parameter, SelectParameter):
        told["choices"] = [_list_names(each.value, each.label, each.synonyms) for each in parameter.choices]
    return told


def _describe_form(parameter: Parameter) -> str:
    match parameter:
        case TextParameter():
            return f"words of the message, at most {parameter.max_chars} characters"
        case NumberParameter():
            return f"digits, a whole number from {parameter.minimum} to {parameter.maximum}"
        case RangeParameter():
            step = f"in steps of {parameter.step} from {parameter.minimum}"
            return f"digits without the unit, {parameter.unit}, from {parameter.minimum} to {parameter.maximum}, {step}"
        case SelectParameter():
            return "the first name of one of the choices"
        case MultitextParameter():
            return f"words of the message, one a line, at most {parameter.max_items} lines"
        case _:
            return _describe_simple(parameter)


def _describe_simple(
    parameter: DateParameter | YesNoParameter | UserParameter | ChannelParameter | FilesParameter,
) -> str:
    match parameter:
        case DateParameter():
            bounds = (("not before", parameter.earliest), ("not after", parameter.latest))
            return ", ".join(["a day as YYYY-MM-DD", *(f"{word} {day}" for word, day in bounds if day is not None)])
        case YesNoParameter():
            return "yes or no"
        case UserParameter():
            return "the id in a mention, U…; `author` where they mean themselves"
        case ChannelParameter():
            return "the id in a mention of a channel, C…"
        case FilesParameter():
            return "files are shared, not written: never an answer"


def _list_names(value: str, label: str, synonyms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((value, label, *synonyms)))
