"""The model without a key: turn by turn through the same tools as any other, all it knows is the history."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.models.extractive.book.work import find_book_turn
from orchestration.models.extractive.excerpts import unescape_marks
from orchestration.models.extractive.handover import list_claims, list_steps, write_body
from orchestration.models.extractive.material import read_material
from orchestration.models.extractive.paper.work import find_paper_turn
from orchestration.models.extractive.plan import Attempt, Plan, plan_deck
from orchestration.models.extractive.slides import CLOSE
from orchestration.models.extractive.text.work import find_text_turn
from orchestration.models.extractive.turns import (
    close,
    end,
    hand_in,
    list_results,
    refuse_to_begin,
    step,
)
from orchestration.models.port import Prompt, ToolResult, TurnDelta
from recipes.output import Check
from recipes.recipe import OutputFormat

NEEDED_TOOLS: Final = ("TodoWrite", "Skill", "emit_work_output")
ATTEMPTS: Final = 2
NOTHING_FOUND: Final = "The sources hold no finding and no table that I could quote, so there is nothing to build."
_COUNT: Final = re.compile(r"\b(\d+) slides")
_SLIDE_NO: Final = re.compile(r"\bslide (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Build:
    """One call of the skill and what came of it."""

    content: dict[str, Any]
    result: ToolResult

    def list_failed(self) -> list[Check]:
        """Give the checks that the file did not pass."""
        if self.result.is_error:
            return []
        answer: dict[str, Any] = json.loads(self.result.content)
        return [check for each in answer.get("checks", ()) if not (check := Check.model_validate(each)).passed]

    def list_mendable(self) -> list[Check]:
        """Give those of them that another attempt may mend: slides that the sources do not fill are not among them."""
        return [check for check in self.list_failed() if not _is_count(check) or self.count_surplus()]

    def needs_mending(self) -> bool:
        """Tell whether the content was refused or the file is not what was asked for."""
        return self.result.is_error or bool(self.list_mendable())

    def list_named(self) -> frozenset[str]:
        """Give the headlines of the slides that the refusal or the failed checks name."""
        slides: list[dict[str, Any]] = self.content["slides"]
        said = self.result.content if self.result.is_error else " ".join(check.said for check in self.list_failed())
        places = {int(number) - 1 for number in _SLIDE_NO.findall(said)}
        return frozenset(str(slides[at].get("title")) for at in places if 0 < at < len(slides) - 1)

    def count_surplus(self) -> int:
        """Give how many slides the file has beyond those of its content, as far as a check says so."""
        planned = len(self.content["slides"])
        found = [
            int(number) for check in self.list_failed() if _is_count(check) for number in _COUNT.findall(check.said)
        ]
        return max([0, *(number - planned for number in found[:1])])


def _is_count(check: Check) -> bool:
    return "count" in check.name


class ExtractiveModel:
    """Makes a deck or a text of what the sources say: quoted, tabulated, charted. Deterministic, free, never online."""

    name: str = "extractive"

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """Give the next turn after this history: the same one each time it is asked for."""
        return await asyncio.to_thread(find_turn, prompt, history)


def find_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: of a text, a document, a workbook or a deck, as the contract asks."""
    match prompt.bundle.recipe.contract.format:
        case OutputFormat.MARKDOWN:
            return find_text_turn(prompt, history)
        case OutputFormat.DOCX | OutputFormat.PDF:
            return find_paper_turn(prompt, history)
        case OutputFormat.XLSX:
            return find_book_turn(prompt, history)
        case OutputFormat.PPTX:
            return _find_deck_turn(prompt, history)


def _find_deck_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: plan aloud, step through the todos, build, mend once, hand in, end."""
    if early := refuse_to_begin(prompt, NEEDED_TOOLS) or close(history):
        return early
    material = read_material(prompt.bundle)
    builds = [_Build(call.input["content"], result) for call, result in list_results(history, "Skill")]
    if not builds or (len(builds) < ATTEMPTS and builds[-1].needs_mending()):
        plan = plan_deck(material, _find_attempt(builds))
        return _step(history, prompt, plan) if plan.slides else end(NOTHING_FOUND)
    usable = [place for place, build in enumerate(builds) if not build.result.is_error]
    if not usable:
        return end(f"The file could not be built: {builds[-1].result.content}")
    plan = plan_deck(material, _find_attempt(builds[: usable[-1]]))
    return _hand_in(history, prompt, plan, builds[usable[-1]])


def _find_attempt(earlier: Sequence[_Build]) -> Attempt:
    """Give how the next deck is to be made, from what came of the earlier ones."""
    if not earlier:
        return Attempt()
    last = earlier[-1]
    return Attempt(room=CLOSE, banned=last.list_named(), fewer_slides=last.count_surplus())


def _step(history: Sequence[TurnDelta], prompt: Prompt, plan: Plan) -> TurnDelta:
    """Give the turn of the next todo; the one before the last builds the file."""
    return step(prompt, history, list_steps(plan), material=plan.material, content=plan.to_json)


def _hand_in(history: Sequence[TurnDelta], prompt: Prompt, plan: Plan, build: _Build) -> TurnDelta:
    """Give the turn in which the check is shown, then the one that hands in."""
    output = {
        "title": unescape_marks(plan.title),
        "body": write_body(plan, build.list_mendable()),
        "claims": list_claims(plan),
    }
    return hand_in(prompt, history, list_steps(plan), answer=json.loads(build.result.content), output=output)
