"""What a check of figures and quotations found, in words: no more than what was looked at."""

from collections.abc import Sequence
from typing import Final

from bot.views.limits import clip, escape
from recipes.provenance import Finding, Provenance, Tally

EXAMPLES: Final = 3
EXAMPLE_CHARS: Final = 60


def say_provenance(report: Provenance) -> str:
    """Give the one clause of a summary."""
    pairs = ((report.figures, "figure"), (report.quotations, "quotation"))
    found = [f"{tally.found} of {_count(tally.total, noun)}" for tally, noun in pairs if tally.total]
    if not found:
        return "no figure and no quotation to check"
    missing = [
        f"{tally.missing} of {_count(tally.total, noun)} {_have(tally.missing)} no source"
        for tally, noun in pairs
        if tally.missing
    ]
    if report.broken_citations:
        missing.append(
            f"{_count(report.broken_citations, 'citation')} lead{'s' * (report.broken_citations == 1)} nowhere"
        )
    if missing:
        return f"{' and '.join(missing)}: {_say_examples(report.list_missing())}"
    return ", ".join([f"{' and '.join(found)} found in their sources", *_say_others(pairs)])


def say_finding(finding: Finding) -> str:
    """Give one finding in a line: what stands where, and why it stands on nothing."""
    return f"“{escape(clip(finding.shown, EXAMPLE_CHARS))}”, {escape(finding.where)}: {escape(finding.why)}"


def _say_others(pairs: Sequence[tuple[Tally, str]]) -> list[str]:
    computed = sum(tally.computed for tally, _ in pairs)
    asked = sum(tally.asked for tally, _ in pairs)
    said = [f"{computed} worked out again from them"] if computed else []
    return [*said, *([f"{asked} {'repeats' if asked == 1 else 'repeat'} the request"] if asked else [])]


def _say_examples(missing: Sequence[Finding]) -> str:
    shown = [
        f"“{escape(clip(each.shown, EXAMPLE_CHARS))}” ({escape(clip(each.where, EXAMPLE_CHARS))})"
        for each in missing[:EXAMPLES]
    ]
    return ", ".join([*shown, *(["…"] if len(missing) > EXAMPLES else [])])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
