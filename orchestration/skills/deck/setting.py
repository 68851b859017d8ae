"""What every slide is composed with: the deck, its ruler, and the number of each source."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.skills.content import Deck
from orchestration.skills.deck.page import SOURCES_TARGET, Block, Insets, LayoutName, Page, Slot, TextBlock
from orchestration.skills.deck.paragraphs import paragraphs_of
from orchestration.skills.deck.places import Places
from orchestration.skills.deck.stage import Stage
from orchestration.skills.deck.wording import Wording, wording_for
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line, Ruler, fit
from orchestration.skills.marks import Span, parse_marks
from orchestration.skills.pictures import Pictures
from orchestration.skills.problems import ContentTooLong

# Below these sizes text is not read from a seat in the room: never shrunk further, but split or refused.
BODY_SIZES_PT: Final = (22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
SIDE_SIZES_PT: Final = (18.0, 17.0, 16.0, 15.0, 14.0)
CARD_SIZES_PT: Final = (16.0, 15.0, 14.0, 13.0, 12.0)
TABLE_SIZES_PT: Final = (16.0, 15.0, 14.0, 13.0, 12.0)
FIGURE_SIZES_PT: Final = (54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 18.0, 16.0)

# "34 days", "$48.2 M"
SHORT_FIGURE_CHARS: Final = 12

_SPACE_BEFORE_CITATION: Final = re.compile(r" (?=\[@)")


@dataclass(frozen=True)
class Sheet:
    """One slide before it gets its frame (title, section, sources, footer) and its number."""

    layout: LayoutName
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Setting:
    """The deck being composed; made once for each deck."""

    deck: Deck
    ruler: Ruler
    words: Wording
    source_numbers: dict[str, int]
    places: Places
    pictures: Pictures

    @classmethod
    def of(cls, deck: Deck, stage: Stage, pictures: Pictures) -> "Setting":
        """Give the setting of a deck: sources are numbered in the order they are listed."""
        numbers = {source.id: number for number, source in enumerate(deck.sources, 1)}
        return cls(deck, stage.ruler, wording_for(deck.language), numbers, stage.places, pictures)

    @property
    def body(self) -> Box:
        """Where the content of a light slide stands."""
        return self.places.body

    def spans(self, text: str) -> tuple[Span, ...]:
        """Give the styled spans of a text field, each citation as `[3]` with the place it leads to."""
        kept_together = _SPACE_BEFORE_CITATION.sub("\N{NO-BREAK SPACE}", text)
        return tuple(self._cited(span) if span.source_id else span for span in parse_marks(kept_together))

    def line(
        self, text: str, size_pt: float, ink: Ink = Ink.TEXT, *, bold: bool = False, heading: bool = False
    ) -> Line:
        """Give a text field as a paragraph."""
        return Line(self.spans(text), size_pt, ink, bold, heading)

    def figure(self, value: str, size_pt: float, ink: Ink = Ink.TEXT) -> Line:
        """Give a figure as a paragraph, a short one with its unit on one row."""
        said = value.replace(" ", "\N{NO-BREAK SPACE}") if len(value) <= SHORT_FIGURE_CHARS else value
        return self.line(said, size_pt, ink, bold=True, heading=True)

    def paragraphs(self, text: str, size_pt: float, ink: Ink = Ink.TEXT) -> list[Line]:
        """Give a text field as the paragraphs a long one is parted into."""
        first, *more = (Line(spans, size_pt, ink) for spans in paragraphs_of(self.spans(text)))
        return [first, *(replace(line, before_pt=size_pt * 0.4) for line in more)]

    def fitted(
        self,
        what: str,
        box: Box,
        *,
        sizes_pt: Sequence[float],
        make: Callable[[float], Sequence[Line]],
        insets: Insets = Insets(),  # noqa: B008 - a frozen value
    ) -> tuple[Line, ...]:
        """Give the lines at the largest size that fits the box.

        Raises:
            ContentTooLong: if not even the smallest size fits.
        """
        lines = fit(sizes_pt, insets.room(box), self.ruler, make)
        if lines is None:
            count = sum(len(line.text) for line in make(sizes_pt[-1]))
            raise ContentTooLong([f"{what} has {count} characters and does not fit its place at {sizes_pt[-1]:g} pt"])
        return lines

    def _cited(self, span: Span) -> Span:
        number = self.source_numbers[span.source_id or ""]
        url = self.deck.sources[number - 1].url or SOURCES_TARGET
        return replace(span, text=f"[{number}]", url=url)


def bulleted(line: Line, *, level: int = 0, before_pt: float = 0.0) -> Line:
    """Give the paragraph as a bullet of the first or second level."""
    sign, indent = ("•", 20.0) if level == 0 else ("–", 38.0)
    return replace(line, bullet=sign, level=level, indent_pt=indent, before_pt=before_pt)


def framed(
    sheet: Sheet, frame: Sequence[Block], *, title: str, slide_no: int, notes: str, cited: tuple[str, ...]
) -> Page:
    """Give the finished slide: the title is read first, then the content, then the frame's feet."""
    heads = [
        block for block in frame if isinstance(block, TextBlock) and block.slot in {Slot.TITLE, Slot.CENTRED_TITLE}
    ]
    feet = [block for block in frame if block not in heads]
    return Page(sheet.layout, title, (*heads, *sheet.blocks, *feet), slide_no, notes, cited)
