"""Answers: the one place where raw words become a value or a problem.

Chat, form and command all come through `read_answer`, so an answer that is good at one door is good at each.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from recipes.errors import UserFixableError
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
    Value,
    YesNoParameter,
)

# As many labels as a sentence holds.
LABELS: Final = 12
YES: Final = frozenset({"yes", "y", "true", "on"})
NO: Final = frozenset({"no", "n", "false", "off"})


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
        case NumberParameter() | RangeParameter():
            return _read_number(parameter, said)
        case SelectParameter():
            return _read_choice(parameter, said)
        case MultitextParameter():
            return _read_lines(parameter, said)
        case FilesParameter():
            return _read_files(parameter, said)
        case _:
            return _read_simple(parameter, said)


def list_defaults(parameters: Iterable[Parameter]) -> dict[str, Value]:
    """Give the value of each parameter that has one without being asked."""
    return {parameter.name: parameter.default for parameter in parameters if parameter.default is not None}


def list_missing(parameters: Iterable[Parameter], answers: Mapping[str, Value]) -> tuple[Parameter, ...]:
    """Give the required parameters that are asked and have neither answer nor default, in the recipe's order."""
    return tuple(
        parameter
        for parameter in list_asked(parameters, answers)
        if parameter.required and parameter.default is None and parameter.name not in answers
    )


def list_asked(parameters: Iterable[Parameter], answers: Mapping[str, Value]) -> tuple[Parameter, ...]:
    """Give the parameters that are asked with these answers, in the recipe's order.

    One that depends on another is asked where that one is asked too, and has such a value.
    """
    asked: list[Parameter] = []
    values: dict[str, Value] = {}
    for parameter in parameters:
        if not all(values.get(each.name) in each.values for each in parameter.when):
            continue
        asked.append(parameter)
        value = answers.get(parameter.name, parameter.default)
        if value is not None:
            values[parameter.name] = value
    return tuple(asked)


def show_value(parameter: Parameter, value: Value) -> str:
    """Give the words that people read for a value: a choice's label, else the value itself."""
    match parameter:
        case SelectParameter():
            return next((choice.label for choice in parameter.choices if choice.value == value), str(value))
        case RangeParameter():
            return f"{value} {parameter.unit}"
        case YesNoParameter():
            return "yes" if value else "no"
        case _:
            return "; ".join(value) if isinstance(value, tuple) else str(value)


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


def _read_number(parameter: NumberParameter | RangeParameter, said: str) -> int:
    fits = _describe_bounds(parameter)
    number = said.removesuffix(parameter.unit).strip() if isinstance(parameter, RangeParameter) else said
    if not re.fullmatch(r"[+-]?\d{1,9}", number, flags=re.ASCII):
        raise AnswerRefused(parameter.name, f"{parameter.label} is {fits}; “{said[:40]}” is not.")
    value = int(number)
    if not parameter.minimum <= value <= parameter.maximum:
        raise AnswerRefused(parameter.name, f"{parameter.label} is {fits}; {value} is outside.")
    if isinstance(parameter, RangeParameter) and (value - parameter.minimum) % parameter.step:
        raise AnswerRefused(parameter.name, f"{parameter.label} is {fits}; {value} is between two steps.")
    return value


def _describe_bounds(parameter: NumberParameter | RangeParameter) -> str:
    fits = f"a whole number from {parameter.minimum} to {parameter.maximum}"
    if isinstance(parameter, NumberParameter):
        return fits
    steps = f" in steps of {parameter.step}" if parameter.step > 1 else ""
    return f"{fits} {parameter.unit}{steps}"


def _read_choice(parameter: SelectParameter, said: str) -> str:
    for choice in parameter.choices:
        if choice.is_named_by(said):
            return choice.value
    labels = ", ".join(choice.label for choice in parameter.choices[:LABELS])
    more = len(parameter.choices) - LABELS
    rest = f", and {more:,} more" if more > 0 else ""
    raise AnswerRefused(parameter.name, f"{parameter.label} is one of: {labels}{rest}.")


def _read_lines(parameter: MultitextParameter, said: str) -> tuple[str, ...]:
    lines = tuple(line for each in re.split(r"[\n;]", said) if (line := each.strip(" \t•*-")))
    if not lines:
        raise AnswerRefused(parameter.name, f"{parameter.label} needs at least one line.")
    if len(lines) > parameter.max_items:
        raise AnswerRefused(
            parameter.name, f"{parameter.label} takes at most {parameter.max_items} lines; you gave {len(lines)}."
        )
    longest = max(lines, key=len)
    if len(longest) > parameter.max_chars:
        problem = f"A line of {parameter.label} takes at most {parameter.max_chars} characters; one has {len(longest)}."
        raise AnswerRefused(parameter.name, problem)
    return lines


def _read_files(parameter: FilesParameter, said: str) -> tuple[str, ...]:
    names = tuple(name for line in said.splitlines() if (name := line.strip()))
    if not names:
        raise AnswerRefused(parameter.name, f"{parameter.label} needs at least one file.")
    if len(names) > parameter.max_files:
        raise AnswerRefused(
            parameter.name, f"{parameter.label} takes at most {parameter.max_files} files; you gave {len(names)}."
        )
    for name in names:
        if parameter.file_types and name.rpartition(".")[2].casefold() not in parameter.file_types:
            fits = ", ".join(kind.upper() for kind in parameter.file_types)
            raise AnswerRefused(parameter.name, f"{parameter.label} takes {fits} files; “{name[:40]}” is none.")
    return names


def _read_simple(parameter: DateParameter | YesNoParameter | UserParameter | ChannelParameter, said: str) -> str | bool:
    match parameter:
        case DateParameter():
            return _read_date(parameter, said)
        case YesNoParameter():
            return _read_yes_no(parameter, said)
        case UserParameter():
            return _read_id(parameter, said, r"⟨?@?([UW][A-Z0-9]{2,})(?:\|[^⟩]*)?⟩?", "a person of this workspace")
        case ChannelParameter():
            return _read_id(parameter, said, r"⟨?#?([CG][A-Z0-9]{2,})(?:\|[^⟩]*)?⟩?", "a channel of this workspace")


def _read_date(parameter: DateParameter, said: str) -> str:
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        problem = f"{parameter.label} is a day, written like 2026-11-30; “{said[:40]}” is not."
        raise AnswerRefused(parameter.name, problem) from error
    if parameter.earliest is not None and day < parameter.earliest:
        raise AnswerRefused(parameter.name, f"{parameter.label} is not before {parameter.earliest}; {day} is.")
    if parameter.latest is not None and day > parameter.latest:
        raise AnswerRefused(parameter.name, f"{parameter.label} is not after {parameter.latest}; {day} is.")
    return day.isoformat()


def _read_yes_no(parameter: YesNoParameter, said: str) -> bool:
    if said.casefold() in YES:
        return True
    if said.casefold() in NO:
        return False
    raise AnswerRefused(parameter.name, f"{parameter.label} is yes or no; “{said[:40]}” is neither.")


def _read_id(parameter: UserParameter | ChannelParameter, said: str, pattern: str, what: str) -> str:
    found = re.fullmatch(pattern, said)
    if found is None:
        raise AnswerRefused(parameter.name, f"{parameter.label} is {what}; “{said[:40]}” is not.")
    return found[1]
