"""The places of a presentation, read back from its bytes: titles, bullets, cards, cells, chart values, notes.

Left aside, as the deck writer adds them: slide numbers, the line and the slides of sources, the numbers of agenda items
and steps, `(2/3)` after the title of a slide that continues, the date on the first slide. Descriptions for those who do
not see a chart are not read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.provenance.places import Citations, Delivered, Place, join_cited, take_citations
from orchestration.skills.deck.reader import ReadChart, ReadDeck, ReadSlide, ReadText, read_deck
from orchestration.skills.marks import Span

_OWN_TEXTS: Final = {"Slide number", "Sources", "Quotation mark"}
_BYLINE: Final = "Byline"
# texts whose long paragraphs the writer parts
_PARTED: Final = {"Points", "Context"}
_DAY: Final = re.compile(r"(?:\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d{2}-\d{2})$")
_CONTINUED: Final = re.compile(r" \((?P<part>\d+)/(?P<parts>\d+)\)$")
# the writer's own lines at the end of the notes: "[1] S3.1, S3.2: iowa.csv, table iowa"
_LISTED: Final = re.compile(r"^\[(?P<number>\d+)\] (?P<ids>[A-Za-z][\w-]*(?:\.\d+)?(?:, [A-Za-z][\w-]*(?:\.\d+)?)*): ")
_RAISED: Final = re.compile(r"\[(\d+)\]")
_SOURCES_COLUMNS: Final = 4


@dataclass(frozen=True)
class _Piece:
    """A paragraph without its citations, and their numbers."""

    words: str
    numbers: tuple[int, ...]


def read_presentation(content: bytes) -> Delivered:
    """Give what stands in a presentation.

    Raises:
        DeckUnreadable: it does not open.
    """
    deck = read_deck(content)
    slides = [_Slide(slide, _is_continued(slide, deck)) for slide in _list_own(deck)]
    whole = join_cited(slide.cited for slide in slides)
    places = [place for slide in slides for place in slide.list_places()]
    return Delivered(
        tuple(replace(place, scopes=(*place.scopes, whole)) if _is_first(place) else place for place in places),
        tuple(broken for slide in slides for broken in slide.list_broken()),
    )


def _list_own(deck: ReadDeck) -> Sequence[ReadSlide]:
    """Give the slides but for the list of sources at the end."""
    slides = list(deck.slides)
    while slides and any(_lists_sources(table) for table in slides[-1].tables):
        slides.pop()
    return slides


def _lists_sources(table: Sequence[Sequence[ReadText]]) -> bool:
    return len(table[0]) == _SOURCES_COLUMNS and table[0][0].text == "#"


def _is_first(place: Place) -> bool:
    """Tell whether it is the title of the whole, or the line below it: they sum up all that is cited."""
    return place.where in {"slide 1, title", "slide 1, subtitle"}


def _is_continued(slide: ReadSlide, deck: ReadDeck) -> bool:
    """Tell whether a slide's title says truly which of several parts it is."""
    match = _CONTINUED.search(slide.title)
    if match is None:
        return False
    head, first = slide.title[: match.start()], slide.number - int(match["part"])
    parts = deck.slides[max(first, 0) : first + int(match["parts"])]
    wanted = [f"{head} ({part}/{match['parts']})" for part in range(1, int(match["parts"]) + 1)]
    return [part.title for part in parts] == wanted


class _Slide:
    """One slide, with what each number of a citation stands for."""

    def __init__(self, slide: ReadSlide, is_continued: bool) -> None:  # noqa: FBT001 (a value beside its slide)
        self._slide = slide
        self._is_continued = is_continued
        self._notes, self._citations = _split_notes(slide.notes)
        self.cited: Citations = join_cited(self._citations.values())

    def list_places(self) -> Iterator[Place]:
        """Give the places of the slide, its notes last."""
        for text in self._slide.texts:
            if _name_shape(text) not in _OWN_TEXTS:
                yield from self._list_text(text)
        for table in self._slide.tables:
            yield from self._list_table(table)
        for chart in self._slide.charts:
            yield from self._list_chart(chart)
        for line in self._notes:
            words, numbers = take_citations(line, frozenset(self._citations))
            yield self._make("notes", words, (self._find(numbers),))

    def list_broken(self) -> Iterator[tuple[str, str]]:
        """Give the citations that the slide's notes do not name."""
        cells = [cell for table in self._slide.tables for row in table for cell in row]
        for text in (*self._slide.texts, *cells):
            for piece in _list_pieces(text):
                for number in piece.numbers:
                    if number not in self._citations:
                        yield f"[{number}]", f"slide {self._slide.number}"

    def _list_text(self, text: ReadText) -> Iterator[Place]:
        pieces = _list_pieces(text)
        around = join_cited(self._find(piece.numbers) for piece in pieces)
        for piece in pieces:
            words = piece.words
            if text.text == self._slide.title and self._is_continued:
                words = _CONTINUED.sub("", words)
            if _name_shape(text) == _BYLINE:
                words = _DAY.sub("", words)
            yield self._make(_name_text(text, self._slide), words, (self._find(piece.numbers), around))

    def _list_table(self, table: Sequence[Sequence[ReadText]]) -> Iterator[Place]:
        first = 1 if _is_numbered(table) else 0
        for at, row in enumerate(table, start=1):
            cells = [piece for cell in row[first:] for piece in _list_pieces(cell)]
            around = join_cited(self._find(piece.numbers) for piece in cells)
            for piece in cells:
                yield self._make(f"table, row {at}", piece.words, (self._find(piece.numbers), around), is_cell=True)

    def _list_chart(self, chart: ReadChart) -> Iterator[Place]:
        labels = (*chart.categories, *(name for name, _ in chart.series))
        yield from (self._make("chart, labels", label, ()) for label in labels)
        for name, values in chart.series:
            for category, value in zip(chart.categories, values, strict=False):
                if value is not None:
                    place = self._make(f"chart, {name}, {category}", "", (), is_cell=True)
                    yield replace(place, value=value)

    def _make(self, name: str, words: str, scopes: Sequence[Citations], *, is_cell: bool = False) -> Place:
        return Place(f"slide {self._slide.number}, {name}", words, (*scopes, self.cited), is_cell=is_cell)

    def _find(self, numbers: Sequence[int]) -> Citations:
        return join_cited(self._citations.get(number, ()) for number in numbers)


def _split_notes(notes: str) -> tuple[list[str], Mapping[int, Citations]]:
    """Give the lines of the speaker, and what each number of the writer's list at the end stands for."""
    lines = notes.splitlines()
    citations: dict[int, Citations] = {}
    while lines and (match := _LISTED.match(lines[-1])):
        citations[int(match["number"])] = tuple(match["ids"].split(", "))
        lines.pop()
    return (lines[:-1] if citations else lines), citations


def _list_pieces(text: ReadText) -> list[_Piece]:
    """Give the paragraphs; a citation is a number in brackets that is raised."""
    pieces: list[_Piece] = []
    for spans in _list_paragraphs(text):
        words = "".join(span.text for span in spans if not span.source_id)
        raised = "".join(span.text for span in spans if span.source_id)
        shown = words.replace("\v", "").replace("\N{NO-BREAK SPACE}", " ").strip()
        if shown or raised:
            pieces.append(
                _Piece(f"{shown} {_RAISED.sub('', raised)}".strip(), tuple(map(int, _RAISED.findall(raised))))
            )
    return pieces


def _list_paragraphs(text: ReadText) -> list[tuple[Span, ...]]:
    """Give the paragraphs as they were said: the writer parts long ones, and only the first part has a sign."""
    whole: list[tuple[Span, ...]] = []
    for line in text.lines:
        if whole and not line.bullet and _name_shape(text) in _PARTED:
            whole[-1] = (*whole[-1], Span(" "), *line.spans)
        else:
            whole.append(line.spans)
    return whole


def _is_numbered(table: Sequence[Sequence[ReadText]]) -> bool:
    """Tell whether the first column only numbers the rows of an agenda or of steps."""
    return len(table[0]) > 1 and [row[0].text for row in table] == [str(at) for at in range(1, len(table) + 1)]


def _name_text(text: ReadText, slide: ReadSlide) -> str:
    return "title" if text.text == slide.title else text.where.partition(" ")[0].lower()


def _name_shape(text: ReadText) -> str:
    """Give what the writer called it, without the number that it gives each shape of a slide."""
    return text.where.rpartition(" ")[0]
