"""The composer: parts a text's words among opening, points, tables, tasks and the rest, and picks what each quotes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orchestration.models.extractive.cues import is_announcement, is_decision, is_open_issue, is_question
from orchestration.models.extractive.dates import Moment, find_moment
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.milestones import UNKNOWN_TIME, list_milestones
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.tasks import is_step
from orchestration.models.extractive.text.markdown import count_read
from orchestration.models.extractive.text.picks import Fits, Picks
from orchestration.models.extractive.text.points import Point
from orchestration.models.extractive.text.tables import TextTable, choose_tables
from orchestration.models.extractive.text.themes import group_statements

# how much of the text each part may take; what they leave goes to the sections
OPENING_SHARE: Final = 0.25
TABLES_SHARE: Final = 0.35
TASKS_SHARE: Final = 0.3
DATES_SHARE: Final = 0.2
STEPS_SHARE: Final = 0.15
# by this share a text may be longer, for an opening or a table of its own
SPARE_SHARE: Final = 0.2
OPENING_STATEMENTS: Final = 5
# one finding of this length may open even the shortest text
OPENING_WORDS: Final = 40
LISTED: Final = 8
# fewer dates are no course, and a shorter text has no room for one
DATES_LEAST: Final = 3
DATES_FROM_WORDS: Final = 200
# disclosure, and headings that are not known yet
FRAME_WORDS: Final = 20
# where points are asked for, the rest is theirs
OPENING_BESIDE_POINTS: Final = 3
# a speaker's name
NAME_WORDS: Final = 2


class Shape(StrEnum):
    """What a section's statements are: prose, what happens when, what is decided and who does what, or numbered."""

    PROSE = "prose"
    COURSE = "course"
    TASKS = "tasks"
    STEPS = "steps"


@dataclass(frozen=True)
class Section:
    """A part of the text under one heading; the opening has none."""

    heading: str | None
    statements: tuple[Statement, ...] = ()
    tables: tuple[TextTable, ...] = ()
    shape: Shape = Shape.PROSE
    is_asked: bool = False
    """It is there also when the sources say nothing on it."""


class Composer:
    """Composes one text. Used once."""

    def __init__(self, material: Material, points: Sequence[Point], *, words: int, has_names: bool) -> None:
        self._material = material
        self._points = points
        self._words = words
        self._has_names = has_names
        self._picks = Picks(material, self._measure)
        self._asked: list[list[Statement]] = [[] for _ in points]
        self._room = words - FRAME_WORDS - sum(count_read(point.said) for point in points)

    def compose(self) -> tuple[Section, ...]:
        """Give the sections in their order: the opening, what was asked for, what else there is, figures, tasks."""
        self._reserve()
        words = self._material.words
        tables = self._take_tables(min(round(self._words * TABLES_SHARE), self._room))
        dates = self._take_dates()
        steps = self._take_steps()
        opening = self._take_opening()
        tasks = self._take_tasks()
        self._fill_points()
        rest = self._take(self._room, lambda _: True)
        tables = tables or self._take_tables(self._count_spare())
        sections = [
            Section(None, tuple(opening)),
            *self._make_points(tables),
            *self._make_rest(rest),
            *steps,
            Section(words.figures, tables=tuple(tables)),
            Section(words.dates, tuple(dates), shape=Shape.COURSE),
            Section(_name_tasks(tasks, self._material), tuple(tasks), shape=Shape.TASKS),
        ]
        return tuple(each for each in sections if each.statements or each.tables or each.is_asked)

    def _reserve(self) -> None:
        """Take the statement that fits best for each point, for those first that have few."""
        share = self._room // max(len(self._points), 1)
        for at in sorted(range(len(self._points)), key=lambda at: len(self._points[at].fits)):
            fits = self._points[at].fits
            taken = self._picks.take_for(fits, share) or self._picks.take_for(fits, self._words, is_needed=True)
            if taken:
                self._asked[at].append(taken)
                self._spend([taken])

    def _take_tables(self, words: int) -> list[TextTable]:
        first = (passage for point in self._points for passage in point.tables)
        tables = choose_tables(self._material, first, words)
        self._room -= sum(table.count_words() for table in tables)
        return tables

    def _take_dates(self) -> list[Statement]:
        """Take what begins with its date, where that tells a course of events, in its order."""
        has_place = not self._points and self._words >= DATES_FROM_WORDS
        if not has_place or self._picks.count_fitting(_begins_with_date) < DATES_LEAST:
            return []
        return _order_dates(self._take(round(self._words * DATES_SHARE), _begins_with_date, most=LISTED))

    def _take_steps(self) -> list[Section]:
        """Take what sources number, as far as it fits, unless something else is asked for."""
        sections: list[Section] = []
        for process in self._material.processes if not self._points else ():
            steps = process.list_steps()
            words = count_read(process.announced) + sum(map(self._measure, steps))
            if words <= self._words * STEPS_SHARE:
                self._spend(steps)
                sections.append(Section(process.announced, tuple(steps), shape=Shape.STEPS))
        return sections

    def _take_opening(self) -> list[Statement]:
        """Take the top findings, the best first; what has a place of its own only where there is nothing else."""
        words = min(max(round(self._words * OPENING_SHARE), OPENING_WORDS), self._count_spare())
        most = OPENING_BESIDE_POINTS if self._points else OPENING_STATEMENTS
        found = self._take(words, self._may_open, most=most) or self._take(words, lambda _: True, most=1)
        return [*found[:1], *_order_said(found[1:])]

    def _take_tasks(self) -> list[Statement]:
        """Take decisions and tasks, unless a point asks for them."""
        if any(point.asks_tasks for point in self._points):
            return []
        words = min(round(self._words * TASKS_SHARE), self._room)
        return _order_tasks(self._take(words, self._is_task, most=LISTED))

    def _fill_points(self) -> None:
        """Take one more statement for each point in turn, as long as there are some and room for them."""
        nearest = _find_nearest(self._points)
        waiting = list(range(len(self._points)))
        while waiting:
            for at in tuple(waiting):
                taken = self._picks.take_for(nearest[at], self._room)
                if taken is None:
                    waiting.remove(at)
                else:
                    self._asked[at].append(taken)
                    self._spend([taken])

    def _make_points(self, tables: list[TextTable]) -> Iterator[Section]:
        """Give a section for each point; it takes the tables that speak of it."""
        for point, asked in zip(self._points, self._asked, strict=True):
            own = [table for table in tables if table.shown.passage_id in point.tables]
            tables[:] = [table for table in tables if table not in own]
            order = _order_dates if point.asks_dates else _order_tasks if point.asks_tasks else _order_said
            shape = Shape.COURSE if point.asks_dates else Shape.TASKS if point.asks_tasks else Shape.PROSE
            yield Section(point.said, tuple(order(asked)), tuple(own), shape=shape, is_asked=True)

    def _make_rest(self, rest: Sequence[Statement]) -> list[Section]:
        """Give sections of what there was still room for."""
        if self._points:
            return [Section(self._material.words.more_findings, tuple(_order_said(rest)))]
        groups = group_statements(_order_said(rest), self._material)
        return [Section(heading, tuple(members)) for heading, members in groups]

    def _take(self, words: int, fits: Fits, *, most: int | None = None) -> list[Statement]:
        taken = self._picks.take(words, fits, most=most)
        self._spend(taken)
        return taken

    def _spend(self, taken: Iterable[Statement]) -> None:
        self._room -= sum(self._measure(each) for each in taken)

    def _count_spare(self) -> int:
        return self._room + round(self._words * SPARE_SHARE)

    def _measure(self, statement: Statement) -> int:
        is_named = self._has_names and statement.is_message
        return count_read(statement.shown) + NAME_WORDS * is_named

    def _may_open(self, statement: Statement) -> bool:
        said = statement.shown
        return not (self._is_task(statement) or is_open_issue(said) or is_announcement(said) or is_question(said))

    def _is_task(self, statement: Statement) -> bool:
        return is_decision(statement.shown) or is_step(statement, self._material.people)


def _find_nearest(points: Sequence[Point]) -> list[dict[int, float]]:
    """Give what fits each point best of all points."""
    best: dict[int, float] = {}
    for point in points:
        for place, fit in point.fits.items():
            best[place] = max(fit, best.get(place, 0.0))
    return [{place: fit for place, fit in point.fits.items() if fit == best[place]} for point in points]


def _find_moment(statement: Statement) -> Moment | None:
    return find_moment(statement.shown, statement.said_at or UNKNOWN_TIME)


def _begins_with_date(statement: Statement) -> bool:
    return any(each.is_lead for each in list_milestones(statement))


def _order_said(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda each: each.place)


def _order_dates(statements: Iterable[Statement]) -> list[Statement]:
    def find_key(statement: Statement) -> tuple[tuple[int, ...], int]:
        moment = _find_moment(statement)
        return (moment.key if moment else (), statement.place)

    return sorted(statements, key=find_key)


def _order_tasks(statements: Iterable[Statement]) -> list[Statement]:
    """Give decisions first, then tasks, each in the bundle's order."""
    return sorted(statements, key=lambda each: (not is_decision(each.shown), each.place))


def _name_tasks(tasks: Sequence[Statement], material: Material) -> str:
    words = material.words
    has_decisions = any(is_decision(each.shown) for each in tasks)
    has_steps = any(is_step(each, material.people) for each in tasks)
    if has_decisions and has_steps:
        return words.decisions_and_steps
    return words.decisions if has_decisions else words.next_steps
