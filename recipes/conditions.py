"""Conditions: which parameters may depend on which, checked when a recipe is read."""

from collections.abc import Sequence

from recipes.parameters import Parameter, SelectParameter, Value, YesNoParameter


def check_conditions(parameters: Sequence[Parameter]) -> None:
    """Refuse a parameter that depends on what cannot be, or is asked later.

    Raises:
        ValueError: the sentence names the parameter.
    """
    earlier: dict[str, Parameter] = {}
    for parameter in parameters:
        for condition in parameter.when:
            if condition.name not in earlier:
                raise ValueError(f"{parameter.name}: depends on {condition.name}, which is no earlier parameter")
            for value in condition.values:
                _check_value(parameter.name, earlier[condition.name], value)
        earlier[parameter.name] = parameter


def _check_value(name: str, other: Parameter, value: Value) -> None:
    match other:
        case SelectParameter():
            fits = value in {choice.value for choice in other.choices}
        case YesNoParameter():
            fits = isinstance(value, bool)
        case _:
            raise ValueError(f"{name}: depends on {other.name}, which is no choice and no yes-or-no question")
    if not fits:
        raise ValueError(f"{name}: depends on {other.name} being {value!r}, which it cannot be")
