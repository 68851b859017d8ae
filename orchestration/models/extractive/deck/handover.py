"""The words around the work: todos that say what this work is, claims, and the text that goes into the thread."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from orchestration.models.extractive.claims import make_claims
from orchestration.models.extractive.deck.plan import Plan
from orchestration.models.extractive.disclosure import DISCLOSURE
from orchestration.models.extractive.excerpts import clip_words, find_excerpt
from orchestration.models.extractive.material import name_sources
from orchestration.models.extractive.slides import Place
from orchestration.models.extractive.turns import make_steps
from recipes.output import Check

_TOPIC_CHARS: Final = 60
_BODY_FINDINGS: Final = 3
_BODY_FINDING_CHARS: Final = 280
_LEFT_OUT: Final = 5

_KIND_WORDS: Final = {
    "kpis": ("slide of key figures", "slides of key figures"),
    "big_number": ("slide of a key figure", "slides of a key figure"),
    "bullets": ("slide of findings", "slides of findings"),
    "chart": ("chart", "charts"),
    "table": ("table", "tables"),
    "quote": ("quotation", "quotations"),
    "two_column": ("comparison", "comparisons"),
    "comparison": ("comparison", "comparisons"),
    "process": ("process", "processes"),
    "timeline": ("timeline", "timelines"),
    "closing": ("slide of next steps", "slides of next steps"),
}


def list_steps(plan: Plan) -> list[tuple[str, str]]:
    """Give the todos of this work, each also as it is being done. The last two are to build and to hand in."""
    sources = name_sources(plan.material)
    topic = clip_words(" ".join(plan.material.topic.split()), _TOPIC_CHARS)
    style = plan.theme.capitalize()
    steps = [("Read", "Reading", sources), ("Pick", "Picking", f"the findings on {topic}")]
    if shown := _name_figures(plan):
        steps.append(("Chart" if shown[0] else "Tabulate", "Charting" if shown[0] else "Tabulating", shown[1]))
    steps.append(("Build", "Building", f"{plan.slide_count} slides in the {style} style"))
    steps.append(("Check and hand in", "Checking and handing in", "the file"))
    return make_steps(steps)


def list_claims(plan: Plan) -> list[dict[str, Any]]:
    """Give what the deck states."""
    statements = (each for slide in plan.slides for each in slide.statements)
    return make_claims(statements, (each for slide in plan.slides for each in slide.figures))


def write_body(plan: Plan, failed: Sequence[Check]) -> str:
    """Give the text for the thread: what this is, what it holds, what it lacks."""
    counts = Counter(str(slide.content["kind"]) for slide in plan.slides)
    held = ", ".join(f"{count} {_KIND_WORDS[kind][count > 1]}" for kind, count in counts.items())
    lines = [f"{DISCLOSURE}.", f"{plan.slide_count} slides in the {plan.theme.capitalize()} style: {held}."]
    lines += _list_first_findings(plan)
    if plan.slide_count < plan.wanted:
        lines.append(
            f"You asked for {plan.wanted} slides. The sources hold enough for {plan.slide_count}; "
            "nothing was invented to fill the rest."
        )
    lines += [f"Not as it should be: {check.said}" for check in failed]
    lines += [f"Not read: {each.source}: {each.reason}" for each in plan.material.bundle.left_out[:_LEFT_OUT]]
    return "\n".join(lines)


def _name_figures(plan: Plan) -> tuple[bool, str] | None:
    charts = [slide for slide in plan.slides if slide.place is Place.CHART]
    if charts:
        named = str(charts[0].content["chart"].get("subtitle") or charts[0].title)
        count = len(charts[0].content["chart"]["series"])
        return True, f"{named} for {count} series" if count > 1 else named
    tables = [slide for slide in plan.slides if slide.place is Place.TABLE]
    return (False, tables[0].title) if tables else None


def _list_first_findings(plan: Plan) -> list[str]:
    """Give the findings that the first slides quote, or what their headlines say of a table."""
    statements = [slide.statements[0] for slide in plan.slides if slide.statements]
    lines = [
        f"• “{excerpt}” ({each.voice})"
        for each in dict.fromkeys(statements)
        if (excerpt := find_excerpt(each.shown, _BODY_FINDING_CHARS))
    ]
    titles = [f"• {slide.title}" for slide in plan.slides if slide.place is Place.CHART]
    return [*titles[:1], *lines][:_BODY_FINDINGS]
