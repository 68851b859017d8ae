"""Findings: the best of what sources say, as bullets under a headline that is quoted too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from orchestration.models.extractive.cues import has_cue, is_announcement
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.figures import find_kpi, has_figure
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import (
    LABEL_CHARS,
    Frame,
    Place,
    Slide,
    cite,
    find_headline,
    may_quote,
    quote,
)
from orchestration.models.extractive.statements import Statement


def list_findings(pool: Pool, frame: Frame, is_kept: Callable[[Statement], bool]) -> Iterator[Slide]:
    """Give bullets: first the best of all sources, then those of one file or thread at a time.

    Where a slide may hold one bullet or none, a quotation says it better: then only the first slide is a list.

    Args:
        pool: What is left to quote.
        frame: The file's.
        is_kept: Tells which statements are kept for slides of their own, as far as there are others.
    """
    room = frame.room
    opening = replace(frame, room=replace(room, bullets=room.bullets if room.bullets > 1 else room.bullets + 1))

    def fits(statement: Statement) -> bool:
        is_left = not is_kept(statement) and not is_announcement(statement.shown)
        return is_left and may_quote(statement, room.bullet_chars)

    most = opening.room.bullets + 1
    if first := pool.take(most, fits) or pool.take(most, lambda each: may_quote(each, room.bullet_chars)):
        yield _make_bullets(pool, first, opening, Place.FINDINGS)
    while room.bullets > 1 and (group := _find_group(pool, frame)):
        members = pool.take(room.bullets + 1, lambda each, name=group: _is_quotable(each, name, frame))
        yield _make_bullets(pool, members, frame, Place.GROUP)


def _find_group(pool: Pool, frame: Frame) -> str | None:
    """Give the file or thread of the best statement that does not stand alone in it."""
    names = [_name_group(each) for each in pool.list_left() if may_quote(each, frame.room.bullet_chars)]
    return next((name for name in names if names.count(name) > 1), None)


def _is_quotable(statement: Statement, group: str, frame: Frame) -> bool:
    return _name_group(statement) == group and may_quote(statement, frame.room.bullet_chars)


def _make_bullets(pool: Pool, taken: Sequence[Statement], frame: Frame, place: Place) -> Slide:
    """Give a slide whose headline quotes one statement and whose bullets are the others, as far as there is room.

    One statement alone stands under where it is from: it does not say twice what it says.
    """
    room = frame.room
    telling = sorted(taken, key=lambda each: (is_announcement(each.shown), not _tells(each)))
    found = find_headline(telling, room) if len(taken) > 1 else None
    headline, opener = found or (_name_plainly(taken[0], frame), None)
    is_whole = opener is not None and escape_marks(opener.shown.rstrip(".")) == headline
    listed = [each for each in taken if not (is_whole and each is opener)][: room.bullets]
    texts = [quote(each, room.bullet_chars) or "" for each in listed]
    count = max(1, sum(total <= room.slide_chars for total in accumulate(map(len, texts))))
    shown = [*([opener] if opener else []), *(each for each in listed[:count] if each is not opener)]
    pool.give_back(each for each in taken if each not in shown)
    content: dict[str, Any] = {
        "kind": "bullets",
        "title": headline,
        "bullets": [{"text": text} for text in texts[:count]],
    }
    return Slide(
        place=place,
        section=frame.words.findings if place is Place.FINDINGS else _name_section(taken[0], frame),
        content=content | _make_callout(shown),
        statements=tuple(shown),
    )


def _tells(statement: Statement) -> bool:
    """Tell whether a statement may head others: it holds a figure, or a word that findings have."""
    return has_figure(statement.shown) or has_cue(statement.shown)


def _make_callout(shown: Sequence[Statement]) -> dict[str, Any]:
    """Give the figure that the best of these statements states, to be set beside them."""
    for each in shown[:1]:
        if kpi := find_kpi(each.shown):
            return {"callout": {"value": escape_marks(kpi.value), "label": cite(kpi.label, each.passage_id)}}
    return {}


def _name_plainly(statement: Statement, frame: Frame) -> str:
    named = frame.words.from_group.format(name=_name_group(statement))
    return escape_marks(clip_words(named, frame.room.headline_chars))


def _name_group(statement: Statement) -> str:
    return statement.source.locator


def _name_section(statement: Statement, frame: Frame) -> str:
    if statement.is_message:
        return frame.words.more_findings
    return clip_words(escape_marks(statement.source.locator), LABEL_CHARS)
