"""Provenance: what an exact check of a delivered thing found, figure by figure, quotation by quotation."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from recipes.ids import OutputId, PassageId, SourceId


class FindingKind(StrEnum):
    """What was looked at."""

    FIGURE = "figure"
    QUOTATION = "quotation"
    CITATION = "citation"
    """A mark that leads to no source; those that lead to one are not listed."""


class Ground(StrEnum):
    """What a figure or quotation stands on."""

    PASSAGE = "passage"
    """It stands in a passage that is cited."""
    COMPUTED = "computed"
    """Worked out again from figures of passages that are cited."""
    REQUEST = "request"
    """It repeats the request that was approved."""
    NOTHING = "nothing"


class Finding(BaseModel):
    """One figure, quotation or broken citation of the delivered thing."""

    model_config = ConfigDict(frozen=True)

    kind: FindingKind
    shown: str
    """As it stands there."""
    where: str
    """The place, in people's words: "slide 4, table, row 2"."""
    ground: Ground
    why: str = ""
    """Where it stands on nothing: the reason."""
    passages: tuple[PassageId, ...] = ()
    """Where it was found."""


class Tally(BaseModel):
    """How many there are, and what they stand on."""

    model_config = ConfigDict(frozen=True)

    total: int = 0
    found: int = 0
    computed: int = 0
    asked: int = 0

    @property
    def missing(self) -> int:
        """How many stand on nothing."""
        return self.total - self.found - self.computed - self.asked


class Provenance(BaseModel):
    """The report on one output: exact counts, and the findings, those without a source first."""

    model_config = ConfigDict(frozen=True)

    figures: Tally = Tally()
    quotations: Tally = Tally()
    broken_citations: int = 0
    standing: dict[SourceId, int] = {}
    """How many figures and quotations were found in each source."""
    findings: tuple[Finding, ...] = ()

    def count_missing(self) -> int:
        """Give how many findings stand on nothing, listed or not."""
        return self.figures.missing + self.quotations.missing + self.broken_citations

    def list_missing(self) -> tuple[Finding, ...]:
        """Give what stands on nothing, as far as it is listed."""
        return tuple(each for each in self.findings if each.ground is Ground.NOTHING)


class ListedSource(BaseModel):
    """A source as the list behind an output shows it; one that the reader may not open has its name only."""

    model_config = ConfigDict(frozen=True)

    id: SourceId
    name: str
    is_open: bool = True
    author: str | None = None
    ts: str | None = None
    permalink: str | None = None
    locators: tuple[str, ...] = ()
    """The places in it that are cited, as far as they are known."""
    standing: int = 0


class SourceList(BaseModel):
    """What an output stands on, for one reader."""

    model_config = ConfigDict(frozen=True)

    output_id: OutputId
    title: str
    provenance: Provenance | None
    """None for what was delivered before there was a check."""
    sources: tuple[ListedSource, ...]
    """Those that are cited, the ones with most on them first."""
