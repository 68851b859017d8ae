"""The work on a deck: the first plan, then one without what the skill or the checks named."""

import re
from collections.abc import Sequence
from typing import Any, Final

from orchestration.models.extractive.blueprints import Blueprint, find_file_turn
from orchestration.models.extractive.builds import Built
from orchestration.models.extractive.deck.handover import list_claims, list_steps, write_body
from orchestration.models.extractive.deck.plan import Attempt, Plan, plan_deck
from orchestration.models.extractive.excerpts import unescape_marks
from orchestration.models.extractive.material import read_material
from orchestration.models.extractive.slides import CLOSE
from orchestration.models.port import Prompt, TurnDelta

NOTHING_FOUND: Final = "The sources hold no finding and no table that I could quote, so there is nothing to build."
_SLIDE_NO: Final = re.compile(r"\bslide (\d+)", re.IGNORECASE)


def find_deck_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: the deck as it was asked for first, a closer one where that was not as it should be."""

    def plan_after(builds: Sequence[Built]) -> Blueprint | None:
        plan = plan_deck(read_material(prompt.bundle), _find_attempt(builds))
        return _make_blueprint(plan) if plan.slides else None

    return find_file_turn(prompt, history, plan_after, nothing_found=NOTHING_FOUND)


def _make_blueprint(plan: Plan) -> Blueprint:
    return Blueprint(
        material=plan.material,
        steps=list_steps(plan),
        make_content=plan.to_json,
        make_output=lambda build: {
            "title": unescape_marks(plan.title),
            "body": write_body(plan, build.list_faults()),
            "claims": list_claims(plan),
        },
    )


def _find_attempt(earlier: Sequence[Built]) -> Attempt:
    """Give how the next deck is to be made, from what came of the earlier ones."""
    if not earlier:
        return Attempt()
    last = earlier[-1]
    slides: list[dict[str, Any]] = last.content["slides"]
    surplus = max(0, last.find_length() - len(slides))
    return Attempt(room=CLOSE, banned=_list_named(slides, last.say_why()), fewer_slides=surplus)


def _list_named(slides: Sequence[dict[str, Any]], said: str) -> frozenset[str]:
    """Give the headlines of the slides that a refusal or failed checks name; the first and the last must stay."""
    places = {int(number) - 1 for number in _SLIDE_NO.findall(said)}
    return frozenset(str(slides[at].get("title")) for at in places if 0 < at < len(slides) - 1)
