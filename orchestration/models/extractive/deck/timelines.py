"""Timelines: what happened or will, by its dates, in their order."""

from collections.abc import Iterator
from typing import Final

from orchestration.models.extractive.excerpts import clip_words, escape_marks, find_excerpt
from orchestration.models.extractive.figures import CARD_CHARS
from orchestration.models.extractive.milestones import Milestone, list_milestones, list_states, order_milestones
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import Frame, Place, Slide, cite

MILESTONES: Final = 6
# fewer dates are no course
MILESTONES_LEAST: Final = 3
EVENT_CHARS: Final = 80
# the best statements are findings, unless they begin with a date
_KEPT_FINDINGS: Final = 3


def list_timelines(pool: Pool, frame: Frame) -> Iterator[Slide]:
    """Give what happened or will, by its dates, in their order."""
    left = pool.list_left()
    best = left[:_KEPT_FINDINGS]
    dated = [
        milestone
        for statement in reversed(left)
        for milestone in list_milestones(statement)
        if _fits(milestone) and (milestone.is_lead or statement not in best)
    ]
    best_of = {milestone.moment.key: milestone for milestone in dated}
    chosen = sorted(best_of.values(), key=lambda each: (not each.is_lead, left.index(each.statement)))[:MILESTONES]
    if len(chosen) < MILESTONES_LEAST:
        return
    pool.take_all(milestone.statement for milestone in chosen)
    ordered = order_milestones(chosen)
    newest = max((each.said_at for each in left if each.said_at), default=None)
    yield Slide(
        place=Place.TIMELINE,
        section=frame.words.dates,
        content={
            "kind": "timeline",
            "title": escape_marks(clip_words(f"{ordered[0].moment.said} – {ordered[-1].moment.said}", 90)),
            "milestones": [
                _make_milestone(each, state) for each, state in zip(ordered, list_states(ordered, newest), strict=True)
            ],
        },
        statements=tuple(dict.fromkeys(each.statement for each in ordered)),
    )


def _fits(milestone: Milestone) -> bool:
    return len(milestone.date) <= CARD_CHARS and find_excerpt(milestone.event, EVENT_CHARS) is not None


def _make_milestone(milestone: Milestone, state: str) -> dict[str, str]:
    event = find_excerpt(milestone.event, EVENT_CHARS) or ""
    return {
        "date": escape_marks(milestone.date),
        "label": cite(event, milestone.statement.passage_id),
        "status": state,
    }
