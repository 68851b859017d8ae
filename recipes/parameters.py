"""Parameters: the questions that a recipe asks, one model a kind."""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

# docs.slack.dev, plain-text input element: max_length
TEXT_ANSWER_CHARS: Final = 3_000
# docs.slack.dev, option object: text and value
CHOICE_LABEL_CHARS: Final = 75
# A list that is looked through as a whole while somebody types: a few milliseconds for so many.
CHOICES: Final = 5_000
# docs.slack.dev, file input element: max_files
FILES: Final = 10
# docs.slack.dev, header block: text
GROUP_CHARS: Final = 150
# docs.slack.dev, input block: label
LABEL_CHARS: Final = 2_000

Value = bool | int | float | str | tuple[str, ...]


class Condition(BaseModel):
    """Another parameter, and the values with which a question is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    values: Annotated[tuple[bool | str, ...], Field(min_length=1)]


def _list_conditions(given: Any) -> Any:  # noqa: ANN401 (as a recipe's file has it)
    """Give a table of names and values, or of names and lists of values, as conditions."""
    if not isinstance(given, dict):
        return given
    table = cast("dict[Any, Any]", given)
    return [
        {"name": name, "values": value if isinstance(value, list | tuple) else [value]} for name, value in table.items()
    ]


class ParameterSpec(BaseModel):
    """What every kind of parameter has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Annotated[str, Field(min_length=1, max_length=LABEL_CHARS)]
    question: Annotated[str, Field(min_length=1)]
    hint: str | None = None
    required: bool = False
    group: Annotated[str, Field(min_length=1, max_length=GROUP_CHARS)] | None = None
    """The heading under which it stands in the form, with its neighbours of the same group."""
    when: Annotated[tuple[Condition, ...], BeforeValidator(_list_conditions)] = ()
    """Asked only where all of these hold; in a file a table, as in `when = { style = "brand" }`."""


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
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=CHOICES)]
    default: str | None = None

    @model_validator(mode="after")
    def _check_default(self) -> Self:
        if self.default is not None and self.default not in {choice.value for choice in self.choices}:
            raise ValueError(f"{self.name}: default {self.default!r} is not one of the choices")
        return self

    @model_validator(mode="after")
    def _check_values(self) -> Self:
        values = [choice.value for choice in self.choices]
        if len(values) != len(set(values)):
            raise ValueError(f"{self.name}: two choices have the same value")
        return self


class FilesParameter(ParameterSpec):
    """Files that are handed in with the form, or shared in the thread; the value is their names."""

    kind: Literal["files"] = "files"
    max_files: Annotated[int, Field(ge=1, le=FILES)] = FILES
    file_types: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$")], ...] = ()
    """Endings without the dot; empty for all that can be read."""
    default: None = None


Parameter = Annotated[
    TextParameter
    | NumberParameter
    | SelectParameter
    | MultitextParameter
    | RangeParameter
    | DateParameter
    | YesNoParameter
    | UserParameter
    | ChannelParameter
    | FilesParameter,
    Field(discriminator="kind"),
]
