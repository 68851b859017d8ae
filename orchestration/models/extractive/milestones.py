"""Milestones: what statements say of points in time, each with the words that say when and the words that say what."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from orchestration.models.extractive.cues import is_planned
from orchestration.models.extractive.dates import Moment, list_moments
from orchestration.models.extractive.statements import Statement

_I: Final = re.IGNORECASE
# where a source does not know when it was said, dates without a year sort together
UNKNOWN_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
# said of a date these add nothing to it; "from", "by" and "until" do
_PLAIN: Final = r"(?:on|in|am|im|le|en|el)"
_TELLING: Final = (
    r"(?:from|by|until|since|after|before|as of|ab|bis(?: zum)?|seit|nach|vor|dès le|avant le|à partir du|jusqu'au"
    r"|desde el|hasta el|antes del)"
)
_AND: Final = r"(?:and|but|und|aber|et|mais|y|pero)"
_BEFORE: Final = rf"(?:(?P<plain>{_PLAIN}\s)|(?P<telling>{_TELLING}\s))?(?:the\s)?$"
_LEAD: Final = re.compile(rf"^\W?{_BEFORE}", _I)
_CLAUSE: Final = re.compile(rf"(?:[,;]\s+(?:{_AND}\s)?|\s{_AND}\s){_BEFORE}", _I)


@dataclass(frozen=True)
class Milestone:
    """A point in time that a statement speaks of."""

    statement: Statement
    moment: Moment
    date: str
    """As it is said."""
    event: str
    """What happens then, word for word: without the date where the words begin with it."""
    is_lead: bool
    """The statement, or a clause of it that stands alone, begins with the date."""


def list_milestones(statement: Statement) -> list[Milestone]:
    """Give the points in time that a statement speaks of: each clause that begins with one, else the first."""
    text = statement.shown
    moments = list_moments(text, statement.said_at or UNKNOWN_TIME)
    if not moments:
        return []
    first = _LEAD.match(text[: moments[0].start])
    if first is None:
        return [Milestone(statement, moments[0], moments[0].said, text, is_lead=False)]
    starts = [(moments[0], first), *_list_clauses(text, moments[1:])]
    ends = [clause.start() for _, clause in starts[1:]]
    parts = [
        _cut(statement, moment, before, end) for (moment, before), end in zip(starts, [*ends, len(text)], strict=True)
    ]
    return [each for each in parts if each.event]


def order_milestones(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Give milestones in the order of time."""
    return sorted(milestones, key=lambda each: (each.moment.key, each.statement.place))


def list_states(ordered: Sequence[Milestone], newest: datetime | None) -> list[str]:
    """Give of each milestone in order whether it is done, the next one or further off, seen from the newest source."""
    day = newest or UNKNOWN_TIME
    today = (day.year, day.month, day.day)
    states = [
        "done" if each.moment.key[:3] <= today and not is_planned(each.statement.shown) else "planned"
        for each in ordered
    ]
    ahead = [at for at, each in enumerate(ordered) if states[at] == "planned" and each.moment.key[:3] > today]
    return ["next" if at in ahead[:1] else state for at, state in enumerate(states)]


def _list_clauses(text: str, moments: Sequence[Moment]) -> Iterator[tuple[Moment, re.Match[str]]]:
    for moment in moments:
        if clause := _CLAUSE.search(text[: moment.start]):
            yield moment, clause


def _cut(statement: Statement, moment: Moment, before: re.Match[str], end: int) -> Milestone:
    telling = before["telling"] or ""
    event = statement.shown[moment.end : end].strip(" :,–—-)")
    date = f"{telling}{moment.said}"
    return Milestone(statement, moment, f"{date[:1].upper()}{date[1:]}" if telling else date, event, is_lead=True)
