"""Slides of words: findings, figures that people state, dates, decisions and tasks, somebody's voice."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, Final

from msgspec import structs

from orchestration.models.extractive.cues import is_decision, is_open_issue, is_planned
from orchestration.models.extractive.dates import Moment, find_due, find_moment
from orchestration.models.extractive.excerpts import clip_words, escape_marks, find_excerpt
from orchestration.models.extractive.figures import CARD_CHARS, Kpi, find_kpi
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import (
    LABEL_CHARS,
    Place,
    Room,
    Slide,
    cite,
    describe_source,
    find_headline,
    may_quote,
    quote,
)
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.tasks import find_step_owner, is_step

CARDS: Final = 4
MILESTONES: Final = 6
STEPS: Final = 5
# fewer dates are no course
_MILESTONES_LEAST: Final = 3
_MILESTONE_CHARS: Final = 80
# the best statements are findings, unless they begin with a date
_KEPT_FINDINGS: Final = 3
_STEP_CHARS: Final = 150
_POINT_CHARS: Final = 150
_POINTS: Final = 4
_VOICE_LEAST_CHARS: Final = 40
_VOICE_CHARS: Final = 320
_VOICE_TITLES: Final = ("What {name} says", "What {name} also says", "More from {name}", "Further words from {name}")
# a heading, and who belongs below it
_Side = tuple[str, Callable[[Statement], bool]]
# where a source does not know when it was said, dates without a year sort together
_UNKNOWN_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


def list_findings(pool: Pool, room: Room) -> Iterator[Slide]:
    """Give bullets: first the best of all sources, then those of one file or thread at a time.

    Where a slide may hold one bullet or none, a quotation says it better: then only the first slide is a list.
    """
    opening = replace(room, bullets=room.bullets if room.bullets > 1 else room.bullets + 1)
    if first := pool.take(opening.bullets + 1, lambda each: may_quote(each, room.bullet_chars)):
        yield _make_bullets(pool, first, opening, Place.FINDINGS)
    while room.bullets > 1 and (group := _find_group(pool, room)):
        members = pool.take(room.bullets + 1, lambda each, name=group: _is_quotable(each, name, room))
        yield _make_bullets(pool, members, room, Place.GROUP)


def list_stated_figures(pool: Pool, room: Room) -> Iterator[Slide]:
    """Give cards of figures that sentences state, or one large number where there is only one."""
    while stated := [(each, kpi) for each in pool.list_left() if (kpi := find_kpi(each.shown))][:CARDS]:
        headline = find_headline((statement for statement, _ in stated), room)
        is_alone = len(stated) == 1
        if headline is None or (is_alone and stated[0][0] not in pool.list_left()[:_KEPT_FINDINGS]):
            return
        pool.take_all(statement for statement, _ in stated)
        yield _make_number(headline[0], *stated[0]) if is_alone else _make_cards(headline[0], stated)


def list_timelines(pool: Pool, room: Room) -> Iterator[Slide]:
    """Give what happened or will, by its dates, in their order."""
    left = pool.list_left()
    best = left[:_KEPT_FINDINGS]
    dated = [
        (each, moment)
        for each in reversed(left)
        if (moment := _find_milestone(each)) and (moment.start <= 1 or each not in best)
    ]
    best_of = {moment.key: (each, moment) for each, moment in dated}
    chosen = sorted(best_of.values(), key=lambda pair: left.index(pair[0]))[:MILESTONES]
    headline = find_headline((statement for statement, _ in chosen), room)
    if len(chosen) < _MILESTONES_LEAST or headline is None:
        return
    pool.take_all(statement for statement, _ in chosen)
    newest = max((each.said_at for each in left if each.said_at), default=_UNKNOWN_TIME)
    ordered = sorted(chosen, key=lambda pair: pair[1].key)
    yield Slide(
        place=Place.TIMELINE,
        section="Dates",
        content={
            "kind": "timeline",
            "title": headline[0],
            "milestones": [_make_milestone(statement, moment, newest) for statement, moment in ordered],
        },
        statements=tuple(statement for statement, _ in ordered),
    )


def list_closings(pool: Pool, people: frozenset[str]) -> Iterator[Slide]:
    """Give who does what by when, filled up with decisions."""
    tasks = pool.take(STEPS, lambda each: is_step(each, people) and may_quote(each, _STEP_CHARS))
    decisions = pool.take(
        STEPS - len(tasks), lambda each: is_decision(each.shown) and may_quote(each, _STEP_CHARS)
    )  # fmt: skip
    steps = [*decisions, *tasks]
    if not steps:
        return
    title = "Decisions and next steps" if tasks and decisions else "Next steps" if tasks else "Decisions"
    yield Slide(
        place=Place.CLOSING,
        section="Next steps",
        content={"kind": "closing", "title": title, "steps": [_make_step(each, people) for each in steps]},
        statements=tuple(steps),
    )


def list_two_sides(pool: Pool, room: Room) -> Iterator[Slide]:
    """Give decisions beside open issues, then the two largest groups of what is left beside one another."""
    sides: tuple[_Side, _Side] = (
        ("Decided", lambda each: is_decision(each.shown)),
        ("Risks and open questions", lambda each: is_open_issue(each.shown)),
    )
    if slide := _make_sides(pool, sides, room):
        yield slide
    names = list(dict.fromkeys(_name_voice(each) for each in pool.list_left()))
    counts = {name: sum(_name_voice(each) == name for each in pool.list_left()) for name in names}
    voices = sorted((name for name in names if counts[name] > 1), key=lambda name: -counts[name])[:2]
    if len(voices) == 2:  # noqa: PLR2004 (two sides)
        groups = [(name, _speaks_for(name)) for name in voices]
        if slide := _make_sides(pool, groups, room):
            yield slide


def list_voices(pool: Pool, room: Room) -> Iterator[Slide]:
    """Give the words of one person at a time, then what single sentences are left."""
    heard: Counter[str] = Counter()

    def is_voice(statement: Statement) -> bool:
        is_long = _VOICE_LEAST_CHARS <= len(statement.shown) <= _VOICE_CHARS
        return is_long and statement.is_message and not heard[_name_voice(statement)]

    def is_left(statement: Statement) -> bool:
        is_long = _VOICE_LEAST_CHARS <= len(statement.shown) <= _VOICE_CHARS
        return is_long and heard[_name_voice(statement)] < len(_VOICE_TITLES)

    while taken := pool.take(1, is_voice) or pool.take(1, is_left):
        name = _name_voice(taken[0])
        yield _make_voice(taken[0], _VOICE_TITLES[heard[name]].format(name=name), room)
        heard[name] += 1


def _find_group(pool: Pool, room: Room) -> str | None:
    """Give the file or thread of the best statement that does not stand alone in it."""
    names = [_name_group(each) for each in pool.list_left() if may_quote(each, room.bullet_chars)]
    return next((name for name in names if names.count(name) > 1), None)


def _is_quotable(statement: Statement, group: str, room: Room) -> bool:
    return _name_group(statement) == group and may_quote(statement, room.bullet_chars)


def _make_bullets(pool: Pool, taken: Sequence[Statement], room: Room, place: Place) -> Slide:
    """Give a slide whose headline quotes one statement and whose bullets are the others, as far as there is room."""
    headline, opener = find_headline(taken, room) or (_name_plainly(taken[0], room), None)
    is_whole = opener is not None and escape_marks(opener.shown.rstrip(".")) == headline and len(taken) > 1
    listed = [each for each in taken if not (is_whole and each is opener)][: room.bullets]
    texts = [quote(each, room.bullet_chars) or "" for each in listed]
    count = max(1, sum(total <= room.slide_chars for total in accumulate(map(len, texts))))
    shown = [*([opener] if opener else []), *(each for each in listed[:count] if each is not opener)]
    pool.give_back(each for each in taken if each not in shown)
    return Slide(
        place=place,
        section="Findings" if place is Place.FINDINGS else _name_section(taken[0]),
        content={"kind": "bullets", "title": headline, "bullets": [{"text": text} for text in texts[:count]]},
        statements=tuple(shown),
    )


def _make_voice(statement: Statement, title: str, room: Room) -> Slide:
    where = structs.replace(statement.source, author=None) if statement.is_message else statement.source
    return Slide(
        place=Place.QUOTE,
        section="Voices",
        content={
            "kind": "quote",
            "title": escape_marks(clip_words(title, room.headline_chars)),
            "quote": cite(statement.shown, statement.passage_id),
            "attribution": escape_marks(clip_words(_name_voice(statement), LABEL_CHARS)),
            "role": escape_marks(describe_source(where)),
        },
        statements=(statement,),
    )


def _name_plainly(statement: Statement, room: Room) -> str:
    return escape_marks(clip_words(f"From {_name_group(statement)}", room.headline_chars))


def _name_group(statement: Statement) -> str:
    return statement.source.locator


def _name_section(statement: Statement) -> str:
    return "More findings" if statement.is_message else clip_words(escape_marks(statement.source.locator), LABEL_CHARS)


def _name_voice(statement: Statement) -> str:
    return (statement.source.author if statement.is_message else None) or statement.source.locator


def _speaks_for(name: str) -> Callable[[Statement], bool]:
    return lambda statement: _name_voice(statement) == name


def _make_cards(headline: str, stated: Sequence[tuple[Statement, Kpi]]) -> Slide:
    return Slide(
        place=Place.KPIS,
        section="Findings",
        content={"kind": "kpis", "title": headline, "kpis": [_make_card(each, kpi) for each, kpi in stated]},
        statements=tuple(statement for statement, _ in stated),
    )


def _make_card(statement: Statement, kpi: Kpi) -> dict[str, Any]:
    card: dict[str, Any] = {"label": cite(kpi.label, statement.passage_id), "value": escape_marks(kpi.value)}
    if kpi.change:
        card |= {"delta": escape_marks(kpi.change), "direction": kpi.direction}
    return card


def _make_number(headline: str, statement: Statement, kpi: Kpi) -> Slide:
    return Slide(
        place=Place.KPIS,
        section="Findings",
        content={
            "kind": "big_number",
            "title": headline,
            "value": escape_marks(kpi.value),
            "label": escape_marks(kpi.label),
            "context": cite(statement.shown, statement.passage_id),
        },
        statements=(statement,),
    )


def _find_milestone(statement: Statement) -> Moment | None:
    moment = find_moment(statement.shown, statement.said_at or _UNKNOWN_TIME)
    fits = moment is not None and len(moment.said) <= CARD_CHARS and _find_event(statement, moment) is not None
    return moment if fits else None


def _find_event(statement: Statement, moment: Moment) -> str | None:
    """Give what happened: the sentence, without the date where it begins with it."""
    rest = statement.shown[moment.end :].lstrip(" :,–—-)") if moment.start <= 1 else statement.shown
    return find_excerpt(rest or statement.shown, _MILESTONE_CHARS)


def _make_milestone(statement: Statement, moment: Moment, newest: datetime) -> dict[str, str]:
    is_past = moment.key[:3] <= (newest.year, newest.month, newest.day) and not is_planned(statement.shown)
    return {
        "date": moment.said,
        "label": cite(_find_event(statement, moment) or "", statement.passage_id),
        "status": "done" if is_past else "planned",
    }


def _make_step(statement: Statement, people: frozenset[str]) -> dict[str, str]:
    step = {"text": quote(statement, _STEP_CHARS) or ""}
    if owner := find_step_owner(statement, people):
        step["owner"] = clip_words(owner, CARD_CHARS)
    if due := find_due(statement.shown):
        step["due"] = due
    return step


def _make_sides(pool: Pool, sides: Sequence[_Side], room: Room) -> Slide | None:
    """Give the slide of two groups, or nothing where one is empty or both together say too little."""
    found = [
        [each for each in pool.list_left() if belongs(each) and may_quote(each, _POINT_CHARS)] for _, belongs in sides
    ]
    left = found[0][:_POINTS]
    right = [each for each in found[1] if each not in left][:_POINTS]
    headline = find_headline([*left, *right], room)
    if not left or not right or len(left) + len(right) < 3 or headline is None:  # noqa: PLR2004 (one each is no list)
        return None
    pool.take_all([*left, *right])
    columns = [
        {"heading": clip_words(name, LABEL_CHARS), "points": [quote(each, _POINT_CHARS) or "" for each in listed]}
        for (name, _), listed in zip(sides, (left, right), strict=True)
    ]
    return Slide(
        place=Place.TWO_SIDES,
        section="Two sides",
        content={"kind": "two_column", "title": headline[0], "left": columns[0], "right": columns[1]},
        statements=(*left, *right),
    )
