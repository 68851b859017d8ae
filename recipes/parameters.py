"""Parameters: the questions that a recipe asks, one model a kind."""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

# docs.slack.dev, plain-text input element: max_length
TEXT_ANSWER_CHARS: Final = 3_000
# docs.slack.dev, select menu element: options; option object: text and value
SELECT_CHOICES: Final = 100
CHOICE_LABEL_CHARS: Final = 75
# docs.slack.dev, input block: label
LABEL_CHARS: Final = 2_000

Value = bool | int | float | str | tuple[str, ...]


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


class BoundedSpec(ParameterSpec):
    """A whole number within bounds, both included."""

    minimum: int
    maximum: int
    default: int | None = None

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        if self.minimum > self.maximum:
            raise ValueError(f"{self.name}: minimum {self.minimum} is above maximum {self.maximum}")
        if self.default is not None and not self.minimum <= self.default <= self.maximum:
            raise ValueError(f"{self.name}: default {self.default} is not between {self.minimum} and {self.maximum}")
        return self


class NumberParameter(BoundedSpec):
    """A whole number."""

    kind: Literal["number"] = "number"


class RangeParameter(BoundedSpec):
    """A size that people give roughly: a whole number of some unit, in steps from the minimum."""

    kind: Literal["range"] = "range"
    step: Annotated[int, Field(ge=1)] = 1
    unit: Annotated[str, Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _check_steps(self) -> Self:
        for name, value in (("maximum", self.maximum), ("default", self.default)):
            if value is not None and (value - self.minimum) % self.step:
                raise ValueError(f"{self.name}: {name} {value} is no whole number of steps above {self.minimum}")
        return self


class MultitextParameter(ParameterSpec):
    """Several short texts, one a line."""

    kind: Literal["multitext"] = "multitext"
    max_items: Annotated[int, Field(ge=1, le=50)] = 10
    max_chars: Annotated[int, Field(ge=1, le=500)] = 200
    default: tuple[str, ...] | None = None


class DateParameter(ParameterSpec):
    """A day."""

    kind: Literal["date"] = "date"
    earliest: date | None = None
    latest: date | None = None
    default: str | None = None


class YesNoParameter(ParameterSpec):
    """Yes or no."""

    kind: Literal["yes_no"] = "yes_no"
    default: bool | None = None


class UserParameter(ParameterSpec):
    """Somebody of the workspace; the value is Slack's id."""

    kind: Literal["user"] = "user"
    default: str | None = None


class ChannelParameter(ParameterSpec):
    """A channel; the value is Slack's id."""

    kind: Literal["channel"] = "channel"
    default: str | None = None


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
    def _check_default(self) -> Self:
        if self.default is not None and self.default not in {choice.value for choice in self.choices}:
            raise ValueError(f"{self.name}: default {self.default!r} is not one of the choices")
        return self


Parameter = Annotated[
    TextParameter
    | NumberParameter
    | SelectParameter
    | MultitextParameter
    | RangeParameter
    | DateParameter
    | YesNoParameter
    | UserParameter
    | ChannelParameter,
    Field(discriminator="kind"),
]
