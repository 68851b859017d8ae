"""The work on a document, turn by turn: read, pick, chart, build, check and hand in."""

from collections.abc import Sequence
from typing import Final

from orchestration.models.extractive.blueprints import Blueprint, find_file_turn
from orchestration.models.extractive.builds import Built
from orchestration.models.extractive.claims import make_claims
from orchestration.models.extractive.disclosure import DISCLOSURE
from orchestration.models.extractive.excerpts import clip_words, find_excerpt
from orchestration.models.extractive.material import name_sources
from orchestration.models.extractive.paper.plan import PaperPlan, plan_paper
from orchestration.models.extractive.turns import make_steps
from orchestration.models.port import Prompt, TurnDelta
from recipes.output import Check
from recipes.recipe import OutputFormat

NOTHING_FOUND: Final = "The sources hold no finding and no table that I could quote, so there is nothing to write."
_TOPIC_CHARS: Final = 60
_BODY_FINDINGS: Final = 3
_BODY_FINDING_CHARS: Final = 280
_LEFT_OUT: Final = 5
_NAMES: Final = {OutputFormat.DOCX: "Word document", OutputFormat.PDF: "PDF"}


def find_paper_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: the whole document first, a part of it where that was not as it should be."""

    def plan_after(builds: Sequence[Built]) -> Blueprint | None:
        plan = plan_paper(prompt.bundle)
        is_empty = not plan.text.sections and not plan.charts
        return None if is_empty else _make_blueprint(plan.cut(builds[0].say_why()) if builds else plan)

    return find_file_turn(prompt, history, plan_after, nothing_found=NOTHING_FOUND)


def _make_blueprint(plan: PaperPlan) -> Blueprint:
    return Blueprint(
        material=plan.material,
        steps=_list_steps(plan),
        make_content=plan.to_json,
        make_output=lambda build: {
            "title": plan.text.title,
            "body": _write_body(plan, build.list_failed()),
            "claims": make_claims(plan.quoted, plan.figures),
        },
    )


def _list_steps(plan: PaperPlan) -> list[tuple[str, str]]:
    topic = clip_words(" ".join(plan.material.topic.split()), _TOPIC_CHARS)
    asked = sum(section.is_asked for section in plan.text.sections)
    found = f"what the sources say on {_count(asked, 'question')}" if asked else f"the findings on {topic}"
    steps = [("Read", "Reading", name_sources(plan.material)), ("Pick", "Picking", found)]
    if plan.charts:
        steps.append(("Chart", "Charting", plan.charts[0].title))
    sections = _count(len(plan.list_sections()), "section")
    steps.append(("Build", "Building", f"the {_NAMES[plan.material.bundle.recipe.contract.format]} with {sections}"))
    steps.append(("Check and hand in", "Checking and handing in", "the file"))
    return make_steps(steps)


def _write_body(plan: PaperPlan, failed: Sequence[Check]) -> str:
    """Give the text for the thread: what this is, what it holds, what it lacks."""
    tables = sum(bool(table.shown.rows) for table in plan.text.tables)
    counts = ((len(plan.list_sections()), "section"), (len(plan.charts), "chart"), (tables, "table"))
    lines = [f"{DISCLOSURE}.", f"It has {', '.join(_count(number, noun) for number, noun in counts if number)}."]
    lines += [
        f"• “{excerpt}” ({each.voice})"
        for each in plan.opening[:_BODY_FINDINGS]
        if (excerpt := find_excerpt(each.shown, _BODY_FINDING_CHARS))
    ]
    lines += [
        f"The sources say nothing on: {section.heading}"
        for section in plan.text.sections
        if section.is_asked and not section.statements and not section.tables
    ]
    lines += [f"Shortened, since the first file was not as it should be: {plan.why_cut}"] if plan.why_cut else []
    lines += [f"Not as it should be: {check.said}" for check in failed]
    lines += [f"Not read: {each.source}: {each.reason}" for each in plan.material.bundle.left_out[:_LEFT_OUT]]
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
