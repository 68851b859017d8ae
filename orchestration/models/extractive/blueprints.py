"""The work on a file, turn by turn, whatever its kind: step through the todos, build, mend once, hand in, end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.models.extractive.builds import Built, find_best, list_built, needs_another
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.turns import (
    call_tools,
    close,
    end,
    find_current,
    list_results,
    list_todos,
    read_files,
    refuse_to_begin,
    write_todos,
)
from orchestration.models.port import Prompt, TurnDelta

NEEDED_TOOLS: Final = ("TodoWrite", "Skill", "emit_work_output")


@dataclass(frozen=True)
class Blueprint:
    """A file before it is built, and the words around it."""

    material: Material
    steps: Sequence[tuple[str, str]]
    """The todos; the last two are to build and to hand in."""
    make_content: Callable[[], dict[str, Any]]
    """Gives what the skill takes."""
    make_output: Callable[[Built], dict[str, Any]]
    """Gives title, body and claims, from what came of building it."""


def find_file_turn(
    prompt: Prompt,
    history: Sequence[TurnDelta],
    plan: Callable[[Sequence[Built]], Blueprint | None],
    *,
    nothing_found: str,
) -> TurnDelta:
    """Give the next turn.

    Args:
        prompt: The bundle and the tools.
        history: The turns so far.
        plan: Gives the blueprint that follows after these builds; None where the sources hold nothing to build of.
        nothing_found: What is said then.
    """
    if early := refuse_to_begin(prompt, NEEDED_TOOLS) or close(history):
        return early
    builds = list_built(list_results(history, "Skill"))
    is_due = needs_another(builds)
    at = len(builds) if is_due else find_best(builds)
    if at is None:
        return end(f"The file could not be built: {builds[-1].result.content}")
    blueprint = plan(builds[:at])
    if blueprint is None:
        return end(nothing_found)
    return _step(prompt, history, blueprint) if is_due else _hand_in(prompt, history, blueprint, builds[at])


def _step(prompt: Prompt, history: Sequence[TurnDelta], blueprint: Blueprint) -> TurnDelta:
    """Give the turn of the next todo; the first reads the files, the one before the last builds."""
    build_at = len(blueprint.steps) - 2
    now = min(find_current(list_todos(history)) + 1, build_at)
    calls = [write_todos(blueprint.steps, now)]
    if now == 0:
        calls += read_files(prompt, blueprint.material)
    if now == build_at:
        skill = prompt.bundle.recipe.contract.format.value
        calls.append(("Skill", {"skill": skill, "content": blueprint.make_content()}))
    return call_tools(history, calls)


def _hand_in(prompt: Prompt, history: Sequence[TurnDelta], blueprint: Blueprint, build: Built) -> TurnDelta:
    """Give the turn in which the check is shown, then the one that hands in the file that the skill answered with."""
    last = len(blueprint.steps) - 1
    if find_current(list_todos(history)) < last:
        return call_tools(history, [write_todos(blueprint.steps, last)])
    handed_in = {
        "output_type": prompt.bundle.recipe.contract.output_type,
        "file_id": build.answer["file_id"],
        "file_format": build.answer["file_format"],
        **blueprint.make_output(build),
    }
    return call_tools(history, [write_todos(blueprint.steps, last + 1), ("emit_work_output", handed_in)])
