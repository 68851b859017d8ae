"""The work on a text, turn by turn: read, pick, tabulate, order, hand in."""

from collections.abc import Sequence
from typing import Final

from orchestration.models.extractive.claims import make_claims
from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.material import name_sources
from orchestration.models.extractive.text.body import write_body
from orchestration.models.extractive.text.plan import TextPlan, plan_text
from orchestration.models.extractive.turns import (
    call_tools,
    close,
    end,
    find_current,
    list_todos,
    make_steps,
    read_files,
    refuse_to_begin,
    write_todos,
)
from orchestration.models.port import Prompt, TurnDelta

NEEDED_TOOLS: Final = ("TodoWrite", "emit_work_output")
NOTHING_FOUND: Final = "The sources hold no finding and no table that I could quote, so there is nothing to write."
_TOPIC_CHARS: Final = 60


def find_text_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: plan aloud, step through the todos, hand the text in, end."""
    if early := refuse_to_begin(prompt, NEEDED_TOOLS) or close(history):
        return early
    plan = plan_text(prompt.bundle)
    if not plan.sections:
        return end(NOTHING_FOUND)
    steps = _list_steps(plan)
    now = find_current(list_todos(history)) + 1
    calls = [write_todos(steps, now)]
    if now == 0:
        calls += read_files(prompt, plan.material)
    if now == len(steps):
        output = {
            "output_type": prompt.bundle.recipe.contract.output_type,
            "title": plan.title,
            "body": write_body(plan),
            "claims": make_claims(plan.statements, plan.figures),
        }
        calls.append(("emit_work_output", output))
    return call_tools(history, calls)


def _list_steps(plan: TextPlan) -> list[tuple[str, str]]:
    topic = clip_words(" ".join(plan.material.topic.split()), _TOPIC_CHARS)
    asked = sum(section.is_asked for section in plan.sections)
    on_points = f"what the sources say on {_count(asked, 'point')}"
    steps = [("Read", "Reading", name_sources(plan.material))]
    steps.append(("Pick", "Picking", on_points if asked else f"the findings on {topic}"))
    if plan.tables:
        steps.append(("Tabulate", "Tabulating", plan.tables[0].shown.name))
    headed = sum(section.heading is not None for section in plan.sections)
    if plan.statements:
        under = f" under {_count(headed, 'heading')}" if headed else ""
        steps.append(("Order", "Ordering", f"{_count(len(plan.statements), 'sentence')}{under}"))
    steps.append(
        ("Hand in", "Handing in", f"the text with {'its claims' if plan.statements or plan.figures else 'no claim'}")
    )
    return make_steps(steps)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
