"""Steps: a long form in parts that each fit on a screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from recipes.parameters import Parameter, SelectParameter

# As many fields as one looks over. Slack's own bounds are wider: 100 blocks and 250 KB a view.
FIELDS: Final = 10
# docs.slack.dev, select menu element: options. A longer list is looked through while one types.
LISTED_CHOICES: Final = 100
# So many listed choices weigh as much as a field: a hundred of the longest are some 70 KB.
CHOICES_A_FIELD: Final = 25


@dataclass(frozen=True)
class Group:
    """Neighbours under one heading."""

    heading: str | None
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Step:
    """A part of a form."""

    groups: tuple[Group, ...]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Give its parameters, in the recipe's order."""
        return tuple(each for group in self.groups for each in group.parameters)


def list_steps(parameters: Sequence[Parameter]) -> tuple[Step, ...]:
    """Give the steps of a form, the same whatever is answered; there is at least one.

    A group stays together where it fits into a step.
    """
    steps: list[Step] = []
    room = 0
    for group in _list_groups(parameters):
        weight = sum(_weigh(each) for each in group.parameters)
        if weight > room:
            steps.append(Step(()))
            room = FIELDS
        steps[-1] = Step((*steps[-1].groups, group))
        room -= weight
    return tuple(steps) or (Step(()),)


def is_searched(parameter: SelectParameter) -> bool:
    """Tell whether its choices are too many for a list."""
    return len(parameter.choices) > LISTED_CHOICES


def _list_groups(parameters: Iterable[Parameter]) -> list[Group]:
    return [
        Group(heading, part)
        for heading, neighbours in groupby(parameters, key=lambda each: each.group)
        for part in _cut(tuple(neighbours))
    ]


def _cut(parameters: Sequence[Parameter]) -> list[tuple[Parameter, ...]]:
    """Give the parameters in parts that each fit into a step."""
    parts: list[tuple[Parameter, ...]] = []
    room = 0
    for each in parameters:
        if _weigh(each) > room:
            parts.append(())
            room = FIELDS
        parts[-1] = (*parts[-1], each)
        room -= _weigh(each)
    return parts


def _weigh(parameter: Parameter) -> int:
    if isinstance(parameter, SelectParameter) and not is_searched(parameter):
        return 1 + len(parameter.choices) // CHOICES_A_FIELD
    return 1
