"""Templates: texts with named placeholders, filled in one pass."""

import re
from collections.abc import Mapping
from string import Formatter
from typing import Final

NOT_GIVEN: Final = "(not given)"


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
