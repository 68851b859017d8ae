"""The model of revisions that follow rules: turn by turn through the same tools as any other, at no cost."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from orchestration.models.extractive.turns import call_tools, close, list_results, make_steps, write_todos
from orchestration.models.port import Prompt, TurnDelta
from orchestration.revising.changes import Revised, revise
from orchestration.revising.difference import say_same
from orchestration.revising.standing import list_standing
from recipes.errors import UserFixableError
from recipes.revision import Restore, Revision
from recipes.ticket import NO_LANGUAGE_MODEL

_COUNTED: Final = re.compile(r"has (\d+) slides")


@dataclass(eq=False)
class RevisionUnbuilt(UserFixableError):
    """What was asked for makes no file."""

    reason: str

    def advice(self) -> str:
        """Say why, and that nothing is lost."""
        return f"That change cannot be built: {self.reason.rstrip('.')}. The version before it stays as it is."


class Reviser:
    """Does what a revision asks for; fits `ModelPort`. Deterministic, free, never online."""

    name: str = NO_LANGUAGE_MODEL

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """Give the next turn after this history.

        Raises:
            RevisionUnbuilt: the file could not be built.
        """
        if prompt.revision is None:
            raise ValueError("this model revises, and there is nothing to start from")
        return find_turn(prompt.revision, history)


def find_turn(revision: Revision, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: change and build, hand in, end."""
    if closing := close(history):
        return closing
    revised = _revise(revision)
    if revised is None:
        return call_tools(history, [*_show(revision, 2), ("emit_work_output", _restate(revision))])
    builds = list_results(history, "Skill")
    if not builds:
        call = {"skill": revised.file_format, "content": revised.content}
        return call_tools(history, [*_show(revision, 0), ("Skill", call)])
    built = builds[-1][1]
    if built.is_error:
        raise RevisionUnbuilt(built.content)
    return call_tools(history, [*_show(revision, 2), ("emit_work_output", _hand_in(revision, revised, built.content))])


def _revise(revision: Revision) -> Revised | None:
    """Give the content as it is to be; None where it is a text, which is handed in as it was."""
    earlier = revision.earlier
    if earlier.content is None or earlier.file_format is None:
        return None
    by_rule = [each for each in revision.changes if not isinstance(each, Restore)]
    if not by_rule:
        return Revised(earlier.file_format, earlier.content, (_say_restored(revision),))
    revised = revise(earlier.file_format, earlier.content, by_rule, pages=earlier.pages)
    if revision.restored is None:
        return revised
    return replace(revised, said=(f"It starts from version {revision.restored}.", *revised.said))


def _show(revision: Revision, now: int) -> list[tuple[str, dict[str, Any]]]:
    steps = make_steps(
        [
            ("Change", "Changing", f"version {revision.earlier.version}: {revision.words}"),
            ("Hand in", "Handing in", "it"),
        ]
    )
    return [write_todos(steps, now)]


def _hand_in(revision: Revision, revised: Revised, built: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(built)
    earlier = revision.earlier
    said = list(revised.said)
    if revised.pages and earlier.content is not None and earlier.file_format is not None:
        said.append(say_same(earlier.file_format, earlier.content, revised.content))
        said += _say_longer(revised, answer["checks"])
    return {
        "output_type": earlier.output_type,
        "title": earlier.title,
        "body": "\n".join(f"• {each}" for each in said),
        "file_id": answer["file_id"],
        "file_format": answer["file_format"],
        "claims": [each.model_dump(mode="json") for each in list_standing(earlier, revised.content)],
    }


def _say_longer(revised: Revised, checks: Sequence[dict[str, Any]]) -> list[str]:
    """Say of a deck that it is longer: what does not fit one slide goes on on the next."""
    found = next((int(said[1]) for each in checks if (said := _COUNTED.search(str(each["said"])))), 0)
    if revised.file_format != "pptx" or not revised.pages or found <= revised.pages:
        return []
    return [f"The file has {found} slides now: what does not fit on one goes on on the next."]


def _restate(revision: Revision) -> dict[str, Any]:
    earlier = revision.earlier
    return {
        "output_type": earlier.output_type,
        "title": earlier.title,
        "body": earlier.body,
        "claims": [each.model_dump(mode="json") for each in earlier.claims],
    }


def _say_restored(revision: Revision) -> str:
    return f"This is version {revision.restored} again, built anew from what it said."
