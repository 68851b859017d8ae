"""The work on a workbook, turn by turn: read, take the tables, sum them up, build, check and hand in."""

from collections.abc import Iterator, Sequence
from typing import Final

from orchestration.models.extractive.blueprints import Blueprint, find_file_turn
from orchestration.models.extractive.book.plan import DISCLOSURE, BookPlan, Summed, plan_book
from orchestration.models.extractive.builds import Built
from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.figure_words import ENGLISH
from orchestration.models.extractive.material import name_sources
from orchestration.models.extractive.turns import make_steps
from orchestration.models.port import Prompt, TurnDelta
from recipes.output import Check

NOTHING_FOUND: Final = "The sources hold no table, so there is nothing to put into a workbook."
_NAMES: Final = 3
_LEFT_OUT: Final = 5
_LEADERS: Final = 3


def find_book_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: the whole workbook first, the rows alone where that was not as it should be."""

    def plan_after(builds: Sequence[Built]) -> Blueprint | None:
        plan = plan_book(prompt.bundle)
        return None if plan.is_empty else _make_blueprint(plan.cut(builds[0].say_why()) if builds else plan)

    return find_file_turn(prompt, history, plan_after, nothing_found=NOTHING_FOUND)


def _make_blueprint(plan: BookPlan) -> Blueprint:
    return Blueprint(
        material=plan.material,
        steps=_list_steps(plan),
        make_content=plan.to_json,
        make_output=lambda build: {"title": plan.title, "body": _write_body(plan, build.list_failed())},
    )


def _list_steps(plan: BookPlan) -> list[tuple[str, str]]:
    names = [name for name, _ in plan.tables]
    shown = ", ".join(names[:_NAMES]) + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")
    steps = [("Read", "Reading", name_sources(plan.material)), ("Take", "Taking", f"the tables {shown}")]
    if plan.summed:
        steps.append(("Sum up", "Summing up", clip_words("; ".join(each.name for each in plan.summed), 80)))
    steps.append(("Build", "Building", f"the workbook of {_count(_count_rows(plan), 'row')}"))
    steps.append(("Check and hand in", "Checking and handing in", "the file"))
    return make_steps(steps)


def _write_body(plan: BookPlan, failed: Sequence[Check]) -> str:
    """Give the text for the thread: what this is, what it holds, what it lacks."""
    lines = [
        f"{DISCLOSURE}.",
        f"It holds {_count(len(plan.tables), 'table')} of {_count(_count_rows(plan), 'row')} in all.",
    ]
    lines += [f"• {said}" for each in plan.summed[:_LEADERS] if (said := _say_leader(each))]
    lines += plan.missed
    if plan.why_cut:
        lines.append(f"Without sums and charts, since the first file was not as it should be: {plan.why_cut}")
    lines += [f"Not as it should be: {check.said}" for check in failed]
    lines += [f"Not read: {each.source}: {each.reason}" for each in plan.material.bundle.left_out[:_LEFT_OUT]]
    return "\n".join(lines)


def _say_leader(each: Summed) -> str | None:
    """Say which group has the most of the first measure; None for rates, and for points in time."""
    measure = each.taken.measures[0]
    if measure.take != "sum" or each.grouping.is_ordered:
        return None
    sums = dict[str, float]()
    for group, number in _list_pairs(each, measure.name):
        sums[group] = sums.get(group, 0) + number
    if not sums:
        return None
    top = max(sums, key=lambda group: sums[group])
    value = round(sums[top], 6)
    shown = ENGLISH.show(int(value) if value == int(value) else value)
    return f"{measure.name} by {each.grouping.name}: most for {top}, {shown} in all"


def _list_pairs(each: Summed, measure: str) -> Iterator[tuple[str, float]]:
    groups, numbers = each.taken.list_cells(each.grouping.name), each.taken.list_cells(measure)
    for group, number in zip(groups, numbers, strict=True):
        if group is not None and isinstance(number, int | float):
            yield str(group), number


def _count_rows(plan: BookPlan) -> int:
    return sum(len(taken.table.rows) for _, taken in plan.tables)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
