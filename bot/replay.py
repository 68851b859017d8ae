"""A replay as lines for a terminal: what was run again, on what, and whether it made the same."""

import html
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.terminal import WIDTH
from bot.views.provenance_words import say_finding, say_provenance
from recipes.replay import Match, Replay, ReplayedOutput
from recipes.ticket import NO_LANGUAGE_MODEL

SUBJECT_CHARS: Final = 10
FINDINGS: Final = 20
SAID: Final = {
    Match.SAME: "same digest as the delivered one",
    Match.DIFFERS: "differs from the delivered one",
    Match.NEW: "the ticket itself handed in nothing to compare it with",
    Match.MISSING: "was handed in by the ticket, and not made again",
}


def draw_replay(replay: Replay, folder: Path) -> str:
    """Give everything that somebody wants to know who was not there."""
    lines = [line for subject, said in _tell(replay, folder) for line in _draw(subject, said)]
    return "\n".join([*lines, "", _sum_up(replay)])


def _tell(replay: Replay, folder: Path) -> Iterator[tuple[str, str]]:
    yield "Ticket", f"{replay.ticket_id}, {replay.status}"
    yield "Recipe", f"{replay.recipe_slug}, version {replay.recipe_version}"
    yield "Bundle", replay.bundle_digest
    read = f"{_count(replay.sources, 'source')}, {replay.left_out} left out, {replay.bundle_bytes:,} bytes"
    yield "", f"checked against its bytes (SHA-256): {read}"
    yield "Model", _name_model(replay)
    for refusal in replay.refusals:
        yield "Refused", f"what was taken then is not taken today: {refusal}"
    if replay.is_waiting:
        yield "Waits", "for the answer to a question: what comes after it has not happened"
    for output in replay.outputs:
        yield from _tell_output(output, folder)


def _name_model(replay: Replay) -> str:
    name = "none: the sources are selected and quoted" if replay.model == NO_LANGUAGE_MODEL else replay.model
    if not replay.kept_turns:
        return f"{name}; no turn was kept, so each was taken anew"
    return f"{name}; {_count(replay.kept_turns, 'kept turn')}, so no model was asked"


def _tell_output(output: ReplayedOutput, folder: Path) -> Iterator[tuple[str, str]]:
    name = output.title if output.filename is None else str(folder / output.filename)
    yield "File", name if output.digest is None else f"{name}  {output.size_bytes:,} bytes"
    if output.digest is not None:
        yield "", f"sha256 {output.digest}"
    yield "", SAID[output.match]
    if output.match in {Match.DIFFERS, Match.MISSING}:
        yield "", f"sha256 {output.delivered_digest} was delivered"
    for difference in output.differences:
        yield "", difference
    if output.digest is not None:
        yield from _tell_findings(output)


def _tell_findings(output: ReplayedOutput) -> Iterator[tuple[str, str]]:
    if output.provenance is None:
        yield "Sources", "its figures and quotations could not be looked at"
        return
    yield "Sources", html.unescape(say_provenance(output.provenance))
    missing = output.provenance.list_missing()
    for finding in missing[:FINDINGS]:
        yield "", html.unescape(say_finding(finding))
    if len(missing) > FINDINGS:
        yield "", f"and {len(missing) - FINDINGS} more"
    if output.match is not Match.NEW:
        yield "", "the same findings as then" if output.has_same_findings else "then, other findings were made"


def _draw(subject: str, said: str) -> list[str]:
    hang = " " * (SUBJECT_CHARS + 2)
    # What a source says may hold what moves a terminal's cursor.
    plain = "".join(each if each.isprintable() else " " for each in said)
    wrapped = textwrap.wrap(
        plain, WIDTH, initial_indent=hang, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
    first = (wrapped or [hang])[0].removeprefix(hang)
    return [f"{subject.ljust(SUBJECT_CHARS)}  {first}".rstrip(), *wrapped[1:]]


def _sum_up(replay: Replay) -> str:
    if not replay.outputs:
        return "Nothing was handed in, then or now."
    if not replay.is_faithful():
        return "Not all of it is the same as what was handed in."
    if any(each.match is Match.NEW for each in replay.outputs):
        return "It made what the ticket itself did not hand in."
    return "The same, byte for byte."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
