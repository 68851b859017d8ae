"""Closings: who does what by when, with the decisions that no other slide shows."""

from collections.abc import Iterator
from typing import Final

from orchestration.models.extractive.cues import is_decision
from orchestration.models.extractive.dates import find_due
from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.figures import CARD_CHARS
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import Frame, Place, Slide, may_quote, quote
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.tasks import find_step_owner, is_step

STEPS: Final = 5
_STEP_CHARS: Final = 150


def list_closings(pool: Pool, people: frozenset[str], frame: Frame) -> Iterator[Slide]:
    """Give who does what by when, filled up with decisions."""
    tasks = pool.take(STEPS, lambda each: is_step(each, people) and may_quote(each, _STEP_CHARS))
    decisions = pool.take(
        STEPS - len(tasks), lambda each: is_decision(each.shown) and may_quote(each, _STEP_CHARS)
    )  # fmt: skip
    steps = [*decisions, *sorted(tasks, key=lambda each: each.place)]
    if not steps:
        return
    words = frame.words
    title = words.decisions_and_steps if tasks and decisions else words.next_steps if tasks else words.decisions
    yield Slide(
        place=Place.CLOSING,
        section=words.next_steps if tasks else words.decisions,
        content={"kind": "closing", "title": title, "steps": [_make_step(each, people) for each in steps]},
        statements=tuple(steps),
    )


def _make_step(statement: Statement, people: frozenset[str]) -> dict[str, str]:
    step = {"text": quote(statement, _STEP_CHARS) or ""}
    if owner := find_step_owner(statement, people):
        step["owner"] = clip_words(owner, CARD_CHARS)
    if due := find_due(statement.shown):
        step["due"] = due
    return step
