"""Processes: numbered steps that a line above them announces as a course."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orchestration.models.extractive.cues import tells_order
from orchestration.models.extractive.statements import Statement, show_text
from recipes.bundle import WorkBundle
from recipes.source import Passage, Source

STAGES: Final = 6
# fewer steps are told in a sentence
STAGES_LEAST: Final = 3
# what an arrow holds at a size that is read from a seat
STAGE_CHARS: Final = 60
_NUMBERED: Final = re.compile(r"^\s*(?P<number>\d{1,2})[.)]\s+(?P<words>\S.*?)\s*$")


@dataclass(frozen=True)
class Process:
    """Numbered steps, below the line that announces them."""

    source: Source
    passage_id: str
    announced: str
    """The line above them, as people saw it."""
    raw: tuple[str, ...]
    """The line above, then the steps, as the passage holds them."""

    def list_steps(self) -> list[Statement]:
        """Give its steps, to be quoted."""
        return [self._quote(raw) for raw in self.raw[1:]]

    def list_lines(self) -> list[Statement]:
        """Give the line above them and its steps, to be quoted."""
        return [self._quote(raw) for raw in self.raw]

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement is one of its lines."""
        return statement.passage_id == self.passage_id and any(statement.raw in line for line in self.raw)

    def _quote(self, raw: str) -> Statement:
        return Statement(-1, raw, show_text(raw), self.passage_id, self.source, "", (), is_first=False)


def list_processes(bundle: WorkBundle) -> list[Process]:
    """Give the steps that the sources number and announce, in the bundle's order."""
    return [
        process
        for source in bundle.sources
        for passage in source.passages
        for process in _read_passage(source, passage)
    ]


def _read_passage(source: Source, passage: Passage) -> Iterator[Process]:
    lines = [line for line in (passage.text or "").split("\n") if line.strip()]
    for at, line in enumerate(lines[:-1]):
        steps = _list_steps(lines[at + 1 :])
        announced = show_text(line.strip().lstrip("#")).rstrip(" :.")
        if STAGES_LEAST <= len(steps) <= STAGES and tells_order(announced) and not _NUMBERED.match(line):
            yield Process(source, passage.id, announced, (line.strip().lstrip("# "), *steps))


def _list_steps(lines: list[str]) -> list[str]:
    """Give the words of lines numbered from 1 on; none where one of them is too long for its arrow."""
    steps: list[str] = []
    for line in lines:
        match = _NUMBERED.match(line)
        if match is None or int(match["number"]) != len(steps) + 1:
            break
        steps.append(match["words"])
    return steps if all(len(show_text(step)) <= STAGE_CHARS for step in steps) else []
