"""Tasks: which statements say who does what by when."""

from orchestration.models.extractive.cues import find_owner, is_planned, is_task
from orchestration.models.extractive.dates import find_due
from orchestration.models.extractive.statements import Statement


def is_step(statement: Statement, people: frozenset[str]) -> bool:
    """Tell whether a statement is a task: it begins as one, or somebody takes it on for some time to come.

    Args:
        statement: What was said.
        people: Full and first names of those who speak in the thread.
    """
    if is_task(statement.shown):
        return True
    is_timed = find_due(statement.shown) is not None or is_planned(statement.shown)
    return is_timed and find_step_owner(statement, people) is not None


def find_step_owner(statement: Statement, people: frozenset[str]) -> str | None:
    """Give who takes a task on, if the statement says so."""
    return find_owner(statement.shown, people, statement.source.author if statement.is_message else None)
