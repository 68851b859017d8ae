"""What was found, as lines for a terminal and as JSON for a program."""

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import click

from bot.terminal import WIDTH
from recipes.finding import Finding, Mark

COLOURS: Final = {Mark.OK: "green", Mark.WARNING: "yellow", Mark.PROBLEM: "red"}
MARK_CHARS: Final = max(len(mark) for mark in Mark)
GAP: Final = "  "


def draw_report(findings: Sequence[Finding]) -> str:
    """Give a line for each finding, its advice under it, and how many want one; styled, for whoever strips it."""
    subject_chars = max(len(each.subject) for each in findings)
    lines = [line for each in findings for line in _draw(each, subject_chars)]
    return "\n".join([*lines, "", _sum_up(findings)])


def make_report(findings: Sequence[Finding]) -> dict[str, Any]:
    """Give the same as JSON."""
    return {
        "problems": _count(findings, Mark.PROBLEM),
        "warnings": _count(findings, Mark.WARNING),
        "findings": [each.model_dump(mode="json") for each in findings],
    }


def _draw(finding: Finding, subject_chars: int) -> list[str]:
    hang = " " * (MARK_CHARS + len(GAP) + subject_chars + len(GAP))
    said = _wrap(finding.said, hang)
    mark = click.style(finding.mark.ljust(MARK_CHARS), fg=COLOURS[finding.mark])
    first = f"{mark}{GAP}{finding.subject.ljust(subject_chars)}{GAP}{said[0].removeprefix(hang)}"
    return [first, *said[1:], *_wrap(finding.advice or "", hang)]


def _wrap(words: str, hang: str) -> list[str]:
    # A path or an address stays whole, to be copied.
    return textwrap.wrap(
        words, WIDTH, initial_indent=hang, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )


def _sum_up(findings: Sequence[Finding]) -> str:
    counts = [(Mark.PROBLEM, _count(findings, Mark.PROBLEM)), (Mark.WARNING, _count(findings, Mark.WARNING))]
    told = [f"{number} {mark}{'s' if number > 1 else ''}" for mark, number in counts if number]
    return f"{' and '.join(told)}." if told else "All is well."


def _count(findings: Sequence[Finding], mark: Mark) -> int:
    return sum(each.mark is mark for each in findings)
