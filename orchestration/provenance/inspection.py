"""The inspection: each figure and quotation of a delivered thing, and what it stands on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.provenance.evidence import Archive
from orchestration.provenance.expressions import Computed, ExpressionUnclear, compute
from orchestration.provenance.numerals import Numeral, fits, list_numerals, make_numeral
from orchestration.provenance.places import Citations, Delivered, Place
from orchestration.provenance.wording import holds_words, list_quoted, read_plainly
from recipes.bundle import WorkBundle, source_of
from recipes.ids import PassageId
from recipes.output import Claim
from recipes.provenance import Finding, FindingKind, Ground, Provenance, Tally

# What is kept of a report; its counts are of everything.
FINDINGS: Final = 1_000
SHOWN_CHARS: Final = 120
# where a figure stands in many passages, the first few say enough
PASSAGES: Final = 3
# an excerpt of fewer characters may be anybody's words
EXCERPT_CHARS: Final = 20

_UNCITED: Final = "nothing is cited here"


@dataclass(frozen=True)
class _Verdict:
    """What something stands on."""

    ground: Ground
    passages: tuple[PassageId, ...] = ()
    why: str = ""


def inspect(delivered: Delivered, bundle: WorkBundle, claims: Sequence[Claim]) -> Provenance:
    """Give the report on what was delivered: pure, the same each time, without a look outside.

    Args:
        delivered: What really stands in the file or text.
        bundle: All that may be stood on.
        claims: What the agent says each figure and quotation stands on.
    """
    inspector = _Inspector(bundle, claims)
    findings = [*inspector.list_broken(delivered), *inspector.list_figures(delivered)]
    findings += inspector.list_quotations(delivered)
    ordered = sorted(findings, key=lambda each: each.ground is not Ground.NOTHING)
    return Provenance(
        figures=_count(findings, FindingKind.FIGURE),
        quotations=_count(findings, FindingKind.QUOTATION),
        broken_citations=sum(each.kind is FindingKind.CITATION for each in findings),
        standing=dict(Counter(source for each in findings for source in dict.fromkeys(map(source_of, each.passages)))),
        findings=tuple(ordered[:FINDINGS]),
    )


class _Inspector:
    """One inspection of one output."""

    def __init__(self, bundle: WorkBundle, claims: Sequence[Claim]) -> None:
        self._archive = Archive(bundle)
        self._quotes = [claim for claim in claims if claim.kind == "quote"]
        self._figures = [(list_numerals(claim.text), claim) for claim in claims if claim.kind == "figure"]
        self._computed = [(list_numerals(claim.text), claim) for claim in claims if claim.kind == "computed"]

    def list_broken(self, delivered: Delivered) -> Iterator[Finding]:
        """Give the citations that lead nowhere."""
        broken = [(shown, where, "no list of sources has this number") for shown, where in delivered.broken]
        for place in delivered.places:
            unknown = (cited for scope in place.scopes for cited in scope if not self._archive.knows(cited))
            broken += [
                (each, place.where.partition(", ")[0], "no source of this work has this name") for each in unknown
            ]
        for shown, where, why in dict.fromkeys(broken):
            yield _find(FindingKind.CITATION, shown, where, _Verdict(Ground.NOTHING, why=why))

    def list_figures(self, delivered: Delivered) -> Iterator[Finding]:
        """Give each number, place by place."""
        for place in delivered.places:
            numerals = list_numerals(place.text) if place.value is None else [make_numeral(place.value)]
            for numeral in numerals:
                yield _find(FindingKind.FIGURE, numeral.text, place.where, self._weigh(numeral, place))

    def list_quotations(self, delivered: Delivered) -> Iterator[Finding]:
        """Give what stands in quotation marks, then what the claims say is quoted, each once."""
        seen: set[str] = set()
        for place in delivered.places:
            for quoted in list_quoted(place.text):
                if (plain := read_plainly(quoted)) not in seen:
                    seen.add(plain)
                    yield _find(FindingKind.QUOTATION, quoted, place.where, self._weigh_quoted(quoted, place))
        texts = [read_plainly(place.text) for place in delivered.places]
        for claim in self._quotes:
            if (plain := read_plainly(claim.text)) not in seen:
                seen.add(plain)
                yield _find(FindingKind.QUOTATION, claim.text, "the claims", self._weigh_claim(claim, plain, texts))

    def _weigh(self, numeral: Numeral, place: Place) -> _Verdict:
        """Give what a number stands on: a citation, a claim, a computation, the request, in this order."""
        if held := self._find_holding(place.cited, numeral, place):
            return _Verdict(Ground.PASSAGE, held)
        if not place.cited and (held := self._find_claimed(numeral, place)):
            return _Verdict(Ground.PASSAGE, held)
        computed = [self._work_out(numeral, claim) for said, claim in self._computed if _is_said(numeral, said)]
        if good := next((each for each in computed if each.ground is Ground.COMPUTED), None):
            return good
        if self._archive.request.holds(numeral):
            return _Verdict(Ground.REQUEST)
        return computed[0] if computed else _Verdict(Ground.NOTHING, why=_say_cited(place.cited))

    def _find_holding(self, cited: Citations, numeral: Numeral, place: Place) -> tuple[PassageId, ...]:
        holding = (
            each for each, evidence in self._archive.open(cited) if evidence.holds(numeral, has_sign=place.is_cell)
        )
        return tuple(each for _, each in zip(range(PASSAGES), holding, strict=False))

    def _find_claimed(self, numeral: Numeral, place: Place) -> tuple[PassageId, ...]:
        """Give where a number stands that its place cannot cite, but a claim does."""
        cited = [passage for said, claim in self._figures if _is_said(numeral, said) for passage in claim.passages]
        return self._find_holding(tuple(cited), numeral, place)

    def _work_out(self, numeral: Numeral, claim: Claim) -> _Verdict:
        """Give whether a claim's expression comes to this number, on figures that its passages hold."""
        known = {str(passage) for passage in claim.passages}
        try:
            computed = compute(
                claim.expression or "", lambda name: self._archive.find_passage(name) if name in known else None
            )
        except ExpressionUnclear as unclear:
            return _Verdict(Ground.NOTHING, why=f"its computation is unclear: {unclear}")
        evidence = [each for _, each in self._archive.open(claim.passages)]
        unheld = [value for value in computed.copied if not any(each.holds_exactly(value) for each in evidence)]
        if unheld:
            return _Verdict(Ground.NOTHING, why=f"it is computed from {unheld[0]:f}, which no cited passage holds")
        if not _comes_to(numeral, computed):
            return _Verdict(Ground.NOTHING, why=f"worked out again it is {_show(computed)}")
        return _Verdict(Ground.COMPUTED, claim.passages)

    def _weigh_quoted(self, quoted: str, place: Place) -> _Verdict:
        claimed = (
            passage
            for claim in self._quotes
            if holds_words(read_plainly(claim.text), quoted)
            for passage in claim.passages
        )
        cited = (*place.cited, *claimed)
        if held := self._find_quoting(cited, quoted):
            return _Verdict(Ground.PASSAGE, held)
        if self._archive.request.quotes(quoted):
            return _Verdict(Ground.REQUEST)
        return _Verdict(Ground.NOTHING, why=_say_cited(cited))

    def _weigh_claim(self, claim: Claim, plain: str, texts: Sequence[str]) -> _Verdict:
        held = self._find_quoting(tuple(claim.passages), claim.text)
        if not held:
            return _Verdict(Ground.NOTHING, why=_say_cited(claim.passages))
        if not any(_shows(text, plain) for text in texts):
            return _Verdict(Ground.NOTHING, why="it is claimed, and does not stand there like this")
        return _Verdict(Ground.PASSAGE, held)

    def _find_quoting(self, cited: Citations, quoted: str) -> tuple[PassageId, ...]:
        holding = (each for each, evidence in self._archive.open(cited) if evidence.quotes(quoted))
        return tuple(each for _, each in zip(range(PASSAGES), holding, strict=False))


def _find(kind: FindingKind, shown: str, where: str, verdict: _Verdict) -> Finding:
    return Finding(
        kind=kind,
        shown=shown if len(shown) <= SHOWN_CHARS else f"{shown[: SHOWN_CHARS - 1]}…",
        where=where,
        ground=verdict.ground,
        why=verdict.why,
        passages=verdict.passages,
    )


def _count(findings: Iterable[Finding], kind: FindingKind) -> Tally:
    grounds = Counter(each.ground for each in findings if each.kind is kind)
    return Tally(
        total=grounds.total(),
        found=grounds[Ground.PASSAGE],
        computed=grounds[Ground.COMPUTED],
        asked=grounds[Ground.REQUEST],
    )


def _is_said(numeral: Numeral, said: Iterable[Numeral]) -> bool:
    """Tell whether a claim speaks of this number."""
    values = {(each.value, each.is_percent) for each in numeral.readings}
    return any((each.value, each.is_percent) in values for other in said for each in other.readings)


def _comes_to(numeral: Numeral, computed: Computed) -> bool:
    """Tell whether a result is the number that is shown; a share of one is shown in percent as well."""
    return any(
        fits(reading, computed.value) or (reading.is_percent and fits(reading, computed.value * 100))
        for reading in numeral.readings
    )


def _say_cited(cited: Sequence[str]) -> str:
    if not cited:
        return _UNCITED
    named = list(dict.fromkeys(cited))
    more = f" and {len(named) - PASSAGES} more" if len(named) > PASSAGES else ""
    return f"not in what is cited here: {', '.join(named[:PASSAGES])}{more}"


def _show(computed: Computed) -> str:
    return f"{computed.value:.6g}"


def _shows(text: str, plain: str) -> bool:
    """Tell whether a text holds these words, or their beginning up to an ellipsis."""
    words = plain.rstrip(" .")
    if words in text:
        return True
    head = words[:EXCERPT_CHARS]
    cuts = (piece[piece.rfind(head) :].strip() for piece in text.split("…")[:-1] if head in piece)
    return any(len(cut) >= EXCERPT_CHARS and words.startswith(cut) for cut in cuts)
