"""Faults: all that keeps a text from being a recipe, each with its line and its field."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from recipes.recipe import Recipe

Place = tuple[str | int, ...]

HEADER: Final = re.compile(r"^\s*(\[\[|\[)\s*([\w.-]+)\s*\]")
KEY: Final = re.compile(r"^\s*([\w-]+)\s*=")
# How the library for TOML ends its message.
TOML_PLACE: Final = re.compile(r"(?P<said>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)
TRIPLE: Final = ('"""', "'''")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong."""

    problem: str
    field: str = ""
    """Its path; empty where it is about the whole text."""
    line: int | None = None
    """Where it stands, from 1 on; None where it stands nowhere."""

    def tell(self, name: str) -> str:
        """Give it as one sentence about the file of this name."""
        where = name if self.line is None else f"{name}, line {self.line}"
        return f"{where}: {self.field} {self.problem}." if self.field else f"{where}: {self.problem}."


def list_faults(toml: str) -> list[Fault]:
    """Give what is wrong with a recipe's text, in the order of its lines; nothing where it makes a recipe."""
    try:
        raw = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        return [_tell_toml(str(error), toml)]
    try:
        Recipe.model_validate(raw)
    except ValidationError as error:
        lines = _find_lines(toml)
        faults = [_tell_field(each, raw, lines) for each in error.errors(include_url=False)]
        return sorted(faults, key=lambda each: each.line or 0)
    return []


def _tell_toml(said: str, toml: str) -> Fault:
    found = TOML_PLACE.match(said)
    if found is None:
        return Fault(f"it is not TOML: {said}")
    line = int(found["line"]) if found["line"] else max(len(toml.splitlines()), 1)
    return Fault(f"it is not TOML: {found['said']}", line=line)


def _tell_field(error: ErrorDetails, raw: Mapping[str, Any], lines: Mapping[Place, int]) -> Fault:
    place = _without_kinds(error["loc"])
    match error["type"]:
        case "missing":
            problem = "is missing"
        case "extra_forbidden":
            problem = "is no field here"
        case _:
            said = error["msg"].removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
            problem = said if said.startswith("should") or not place else f"cannot be used: {said}"
    # Where a field is missing, the table that it is missing from has a line.
    line = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), None)
    return Fault(problem, field=_name_field(place, raw), line=line)


def _without_kinds(loc: Sequence[str | int]) -> Place:
    """Give the path without the kind of each parameter, which is no key in the text."""
    place = list(loc)
    if len(place) > 2 and place[0] == "parameters" and isinstance(place[1], int):  # noqa: PLR2004 (table, number, kind)
        del place[2]
    return tuple(place)


def _name_field(place: Place, raw: Mapping[str, Any]) -> str:
    """Give a path as people say it: a parameter by its name, or by its number where it has none."""
    names: list[str] = []
    here: Any = raw
    for part in place:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
        names.append(part if isinstance(part, str) else _name_table(here) or str(part + 1))
    return ".".join(names)


def _name_table(table: object) -> str:
    if not isinstance(table, dict):
        return ""
    told = cast("dict[str, object]", table)
    return str(told.get("name") or told.get("value") or "")


def _find_lines(toml: str) -> dict[Place, int]:
    """Give the line of each table and each key of a text that is TOML."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    closing: str | None = None
    for number, line in enumerate(toml.splitlines(), start=1):
        if closing is not None:
            closing = None if closing in line else closing
            continue
        if header := HEADER.match(line):
            table = _open_table(header[2].split("."), counts, is_list=header[1] == "[[")
            lines.setdefault(table, number)
        elif key := KEY.match(line):
            lines.setdefault((*table, key[1]), number)
            closing = next((mark for mark in TRIPLE if line.count(mark) == 1), None)
    return lines


def _open_table(names: list[str], counts: dict[Place, int], *, is_list: bool) -> Place:
    """Give the path of a table: in a list of tables, with its number, and below one, with the number of that one."""
    place: Place = ()
    for name in names[:-1]:
        place = (*place, name)
        place = (*place, counts[place] - 1) if place in counts else place
    place = (*place, names[-1])
    if not is_list:
        return place
    counts[place] = counts.get(place, 0) + 1
    return (*place, counts[place] - 1)
