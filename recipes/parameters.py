"""Parameters: the questions a recipe asks, and the one place where a raw answer becomes a value or a problem.

Chat, form and command all come through `read_answer`, so an answer that is good at one door is good at each.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from recipes.errors import UserFixableError

# docs.slack.dev, plain-text input element: max_length
TEXT_ANSWER_CHARS: Final = 3_000
# docs.slack.dev, select menu element: options; option object: text and value
SELECT_CHOICES: Final = 100
CHOICE_LABEL_CHARS: Final = 75
# docs.slack.dev, input block: label
LABEL_CHARS: Final = 2_000

Value = str | int | float
NOT_GIVEN: Final = "(not given)"


class ParameterSpec(BaseModel):
    """What every kind of parameter has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Annotated[str, Field(min_length=1, max_length=LABEL_CHARS)]
    question: Annotated[str, Field(min_length=1)]
    hint: str | None = None
    required: bool = False


class TextParameter(ParameterSpec):
    """A free text."""

    kind: Literal["text"] = "text"
    multiline: bool = False
    min_chars: int = 1
    max_chars: Annotated[int, Field(le=TEXT_ANSWER_CHARS)] = TEXT_ANSWER_CHARS
    default: str | None = None


class NumberParameter(ParameterSpec):
    """A whole number within bounds, both included."""

    kind: Literal["number"] = "number"
    minimum: int
    maximum: int
    default: int | None = None

    @model_validator(mode="after")
    def _check_bounds(self) -> "NumberParameter":
        if self.minimum > self.maximum:
            raise ValueError(f"{self.name}: minimum {self.minimum} is above maximum {self.maximum}")
        if self.default is not None and not self.minimum <= self.default <= self.maximum:
            raise ValueError(f"{self.name}: default {self.default} is not between {self.minimum} and {self.maximum}")
        return self


class Choice(BaseModel):
    """One thing to pick: the value that is stored, and the label that people read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Annotated[str, Field(min_length=1, max_length=CHOICE_LABEL_CHARS)]
    label: Annotated[str, Field(min_length=1, max_length=CHOICE_LABEL_CHARS)]
    synonyms: tuple[str, ...] = ()

    def is_named_by(self, said: str) -> bool:
        """Tell whether these words name this choice, in any case."""
        return said.casefold() in {name.casefold() for name in (self.value, self.label, *self.synonyms)}


class SelectParameter(ParameterSpec):
    """One of a fixed list."""

    kind: Literal["select"] = "select"
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=SELECT_CHOICES)]
    default: str | None = None

    @model_validator(mode="after")
    def _check_default(self) -> "SelectParameter":
        if self.default is not None and self.default not in {choice.value for choice in self.choices}:
            raise ValueError(f"{self.name}: default {self.default!r} is not one of the choices")
        return self


Parameter = Annotated[TextParameter | NumberParameter | SelectParameter, Field(discriminator="kind")]


@dataclass(eq=False)
class AnswerRefused(UserFixableError):
    """An answer does not fit its parameter."""

    parameter: str
    problem: str

    def advice(self) -> str:
        """Name the parameter and what fits it."""
        return self.problem


def read_answer(parameter: Parameter, raw: str) -> Value:
    """Give the value that this raw answer stands for.

    Raises:
        AnswerRefused: it does not fit; the advice says what does.
    """
    said = raw.strip()
    match parameter:
        case TextParameter():
            return _read_text(parameter, said)
        case NumberParameter():
            return _read_number(parameter, said)
        case SelectParameter():
            return _read_choice(parameter, said)


def list_defaults(parameters: Iterable[Parameter]) -> dict[str, Value]:
    """Give the value of each parameter that has one without being asked."""
    return {parameter.name: parameter.default for parameter in parameters if parameter.default is not None}


def list_missing(parameters: Iterable[Parameter], answers: Mapping[str, Value]) -> tuple[Parameter, ...]:
    """Give the required parameters that have neither answer nor default, in the recipe's order."""
    return tuple(
        parameter
        for parameter in parameters
        if parameter.required and parameter.default is None and parameter.name not in answers
    )


def show_value(parameter: Parameter, value: Value) -> str:
    """Give the words that people read for a value: a choice's label, else the value itself."""
    if isinstance(parameter, SelectParameter):
        return next((choice.label for choice in parameter.choices if choice.value == value), str(value))
    return str(value)


def list_placeholders(template: str) -> tuple[str, ...]:
    """Give the names between braces, in order.

    Raises:
        ValueError: the template has something other than a plain name between braces.
    """
    names: list[str] = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or spec or conversion:
            raise ValueError(f"a placeholder is a plain parameter name, not {{{name}}}")
        names.append(name)
    return tuple(names)


def interpolate(template: str, shown: Mapping[str, str]) -> str:
    """Put the shown values into the template in one pass: braces inside a value stay text."""
    return "".join(
        text + (shown.get(name, NOT_GIVEN) if name else "") for text, name, _, _ in Formatter().parse(template)
    )


def _read_text(parameter: TextParameter, said: str) -> str:
    if len(said) < parameter.min_chars:
        raise AnswerRefused(
            parameter.name, f"{parameter.label} needs at least {parameter.min_chars} characters; you gave {len(said)}."
        )
    if len(said) > parameter.max_chars:
        raise AnswerRefused(
            parameter.name, f"{parameter.label} takes at most {parameter.max_chars} characters; you gave {len(said)}."
        )
    return said


def _read_number(parameter: NumberParameter, said: str) -> int:
    fits = f"a whole number from {parameter.minimum} to {parameter.maximum}"
    if not re.fullmatch(r"[+-]?\d{1,9}", said, flags=re.ASCII):
        raise AnswerRefused(parameter.name, f"{parameter.label} is {fits}; “{said[:40]}” is not.")
    value = int(said)
    if not parameter.minimum <= value <= parameter.maximum:
        raise AnswerRefused(parameter.name, f"{parameter.label} is {fits}; {value} is outside.")
    return value


def _read_choice(parameter: SelectParameter, said: str) -> str:
    for choice in parameter.choices:
        if choice.is_named_by(said):
            return choice.value
    labels = ", ".join(choice.label for choice in parameter.choices)
    raise AnswerRefused(parameter.name, f"{parameter.label} is one of: {labels}.")
