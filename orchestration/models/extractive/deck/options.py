"""Options: what is said of each of several ways to go that people name, and which one was decided for."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from orchestration.models.extractive.cues import is_decision
from orchestration.models.extractive.excerpts import escape_marks, find_excerpt
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import Frame, Place, Slide, cite, find_headline, may_quote
from orchestration.models.extractive.statements import Statement

OPTIONS: Final = 4
POINTS: Final = 4
POINT_CHARS: Final = 150
_TWO: Final = 2
_OPTION: Final = re.compile(
    r"\b(?P<noun>[Oo]ption|[Vv]ariante?|[Aa]lternative|[Ss]cenario|[Ss]zenario|[Oo]pción|[Vv]orschlag)"
    r" (?P<mark>[A-E]|[1-5])\b"
)
_HEAD: Final = re.compile(rf"^{_OPTION.pattern}\s*[:–-]\s*")


def find_option(text: str) -> str | None:
    """Give the one option that a sentence names, "Option A"; None where it names none or several."""
    named = dict.fromkeys(f"{match['noun'].capitalize()} {match['mark']}" for match in _OPTION.finditer(text))
    return next(iter(named)) if len(named) == 1 else None


def list_options(pool: Pool, said: Sequence[Statement], frame: Frame) -> Iterator[Slide]:
    """Give the options that people name beside one another, each with what is said of it.

    Args:
        pool: What is left to quote.
        said: All statements, in the bundle's order: another slide may have taken the decision.
        frame: The file's.
    """
    options = _list_points(pool)
    if len(options) < _TWO:
        return
    decision = next((each for each in said if is_decision(each.shown) and find_option(each.shown) in options), None)
    headline = find_headline([decision] if decision else [], frame.room)
    chosen = find_option(decision.shown) if decision and headline else None
    points = tuple(each for members in options.values() for each in members)
    pool.take_all(points)
    yield Slide(
        place=Place.OPTIONS,
        section=frame.words.options,
        content={
            "kind": "comparison",
            "title": headline[0] if headline else ", ".join(options),
            "options": [_make_option(name, members, chosen, frame) for name, members in options.items()],
        },
        statements=(*([decision] if decision and headline else []), *points),
    )


def _list_points(pool: Pool) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for each in sorted(pool.list_left(), key=lambda each: each.place):
        name = find_option(each.shown)
        if name and not is_decision(each.shown) and may_quote(each, POINT_CHARS):
            found.setdefault(name, []).append(each)
    return {name: found[name][:POINTS] for name in sorted(found)[:OPTIONS]}


def _make_option(name: str, members: Sequence[Statement], chosen: str | None, frame: Frame) -> dict[str, Any]:
    option: dict[str, Any] = {"heading": escape_marks(name), "points": [_quote_point(each) for each in members]}
    return option | ({"recommended": True, "tag": frame.words.decided} if name == chosen else {})


def _quote_point(statement: Statement) -> str:
    """Give what is said of an option, without its name where the words begin with that."""
    rest = _HEAD.sub("", statement.shown)
    return cite(find_excerpt(rest, POINT_CHARS) or rest[:POINT_CHARS], statement.passage_id)
