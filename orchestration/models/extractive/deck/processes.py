"""Processes: numbered steps of which somebody says that they follow one another."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from orchestration.models.extractive.cues import tells_order
from orchestration.models.extractive.excerpts import clip_words, escape_marks, find_excerpt
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import Frame, Place, Slide, cite
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

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement is one of its lines."""
        return statement.passage_id == self.passage_id and any(statement.raw in line for line in self.raw)


def list_processes(bundle: WorkBundle) -> list[Process]:
    """Give the steps that the sources number and announce, in the bundle's order."""
    return [
        process
        for source in bundle.sources
        for passage in source.passages
        for process in _read_passage(source, passage)
    ]


def list_process_slides(processes: list[Process], pool: Pool, frame: Frame) -> Iterator[Slide]:
    """Give each process as a row of arrows; none of its lines is quoted again."""
    for process in processes:
        pool.take_all(each for each in pool.list_left() if process.holds(each))
        title = find_excerpt(process.announced, frame.room.headline_chars) or clip_words(
            process.announced, frame.room.headline_chars
        )
        yield Slide(
            place=Place.PROCESS,
            section=frame.words.process,
            content={
                "kind": "process",
                "title": escape_marks(title),
                "stages": [{"label": cite(show_text(raw), process.passage_id)} for raw in process.raw[1:]],
            },
            statements=tuple(_make_statement(process, raw) for raw in process.raw),
        )


def are_held(processes: list[Process]) -> Callable[[Statement], bool]:
    """Give what tells whether a statement is a line of one of these processes."""
    return lambda statement: any(process.holds(statement) for process in processes)


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


def _make_statement(process: Process, raw: str) -> Statement:
    return Statement(-1, raw, show_text(raw), process.passage_id, process.source, "", (), is_first=False)
