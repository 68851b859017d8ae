"""Sides: decisions beside what is open, and what two people say beside one another."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from orchestration.models.extractive.cues import is_decision, is_risk, is_unsettled
from orchestration.models.extractive.deck.options import find_option
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import LABEL_CHARS, Frame, Place, Slide, may_quote, quote
from orchestration.models.extractive.statements import Statement

POINT_CHARS: Final = 150
POINTS: Final = 4
# one each is no list
_STATEMENTS_LEAST: Final = 3
_TWO: Final = 2
# a heading, and what stands below it
_Side = tuple[str, list[Statement]]


def list_standings(pool: Pool, frame: Frame) -> Iterator[Slide]:
    """Give what is decided beside what is not, open questions and risks apart where there are both."""
    words = frame.words
    decided = _list_fitting(pool, lambda each: is_decision(each.shown))
    unsettled = _list_fitting(pool, lambda each: is_unsettled(each.shown) and each not in decided)
    risky = _list_fitting(pool, lambda each: is_risk(each.shown) and each not in (*decided, *unsettled))
    sides = [(words.decided, decided), (words.open_questions, unsettled), (words.risks, risky)]
    filled = [(heading, members) for heading, members in sides if members]
    if len(filled) >= _TWO and sum(len(members) for _, members in filled) >= _STATEMENTS_LEAST:
        title = words.decided_and_open if decided else words.open_issues
        yield _make_sides(pool, filled, title, words.decisions if decided else words.open_questions)


def list_voices_beside(pool: Pool, frame: Frame) -> Iterator[Slide]:
    """Give the words of the two people, or files, of whom the most is left."""
    left = [each for each in pool.list_left() if may_quote(each, POINT_CHARS)]
    counts = Counter(each.voice for each in left)
    names = [name for name, count in counts.most_common(_TWO) if count > 1]
    if len(names) < _TWO:
        return
    sides = [(name, [each for each in left if each.voice == name][:POINTS]) for name in names]
    title = frame.words.two_voices.format(one=names[0], other=names[1])
    shown = escape_marks(clip_words(title, frame.room.headline_chars))
    yield _make_sides(pool, sides, shown, frame.words.voices)


def _list_fitting(pool: Pool, belongs: Callable[[Statement], bool]) -> list[Statement]:
    def fits(statement: Statement) -> bool:
        is_elsewhere = find_option(statement.shown) is not None and not is_decision(statement.shown)
        return not is_elsewhere and may_quote(statement, POINT_CHARS) and belongs(statement)

    return [each for each in pool.list_left() if fits(each)][:POINTS]


def _make_sides(pool: Pool, sides: Sequence[_Side], title: str, section: str) -> Slide:
    """Give two lists beside one another, or a card for each of three."""
    statements = tuple(each for _, members in sides for each in members)
    pool.take_all(statements)
    columns = [
        {
            "heading": clip_words(escape_marks(heading), LABEL_CHARS),
            "points": [quote(each, POINT_CHARS) or "" for each in members],
        }
        for heading, members in sides
    ]
    content: dict[str, Any] = (
        {"kind": "two_column", "left": columns[0], "right": columns[1]}
        if len(columns) == _TWO
        else {"kind": "comparison", "options": columns}
    )
    return Slide(place=Place.TWO_SIDES, section=section, content={**content, "title": title}, statements=statements)
