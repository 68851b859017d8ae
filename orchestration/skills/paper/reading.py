"""A document read back from its file, the same whether it was written for Word or as PDF."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from recipes.errors import DefectError


@dataclass(eq=False)
class PaperUnreadable(DefectError):
    """The bytes are no document that opens."""

    reason: str

    def advice(self) -> str:
        """Say that it is our fault."""
        return "The document that was built does not open. Nothing was sent; the incident was recorded."


@dataclass(frozen=True)
class ReadParagraph:
    """One paragraph: what it is by the name of Word's style, its words without citations, the numbers that it cites."""

    style: str
    text: str
    cited: tuple[int, ...] = ()
    bookmarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadTable:
    """One table, row by row."""

    rows: tuple[tuple[tuple[ReadParagraph, ...], ...], ...]
    has_header: bool
    """Its first row comes again on each page."""
    style: str
    alt: str


@dataclass(frozen=True)
class ReadChart:
    """A chart's values as the file holds them."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    alt: str


@dataclass(frozen=True)
class ReadPicture:
    """A picture, by what it says of itself."""

    alt: str


ReadItem = ReadParagraph | ReadTable | ReadChart | ReadPicture


@dataclass(frozen=True)
class ReadPaper:
    """A whole document."""

    title: str
    language: str
    items: tuple[ReadItem, ...]
    links: tuple[str, ...]
    citations: dict[int, tuple[str, ...]]
    has_page_numbers: bool
    day: dt.date | None = None
    """When it says that it was made."""
    pages: int = 0
    """Where the file has fixed pages."""
    bookmarks: tuple[str, ...] = ()
    loose_fonts: tuple[str, ...] = ()
    """Fonts that the file names and does not hold."""

    @property
    def paragraphs(self) -> tuple[ReadParagraph, ...]:
        """Those outside of tables."""
        return tuple(item for item in self.items if isinstance(item, ReadParagraph))

    @property
    def tables(self) -> tuple[ReadTable, ...]:
        """All tables."""
        return tuple(item for item in self.items if isinstance(item, ReadTable))

    @property
    def charts(self) -> tuple[ReadChart, ...]:
        """All charts."""
        return tuple(item for item in self.items if isinstance(item, ReadChart))

    @property
    def pictures(self) -> tuple[ReadPicture, ...]:
        """All pictures, those of the pages' own frame apart."""
        return tuple(item for item in self.items if isinstance(item, ReadPicture))

    def list_headings(self) -> list[tuple[int, str]]:
        """Give the headings with their levels."""
        named = re.compile(r"Heading (\d)")
        return [(int(match[1]), each.text) for each in self.paragraphs if (match := named.fullmatch(each.style))]

    def list_all(self) -> Iterator[ReadParagraph]:
        """Give every paragraph, those in tables too."""
        for item in self.items:
            if isinstance(item, ReadParagraph):
                yield item
            elif isinstance(item, ReadTable):
                yield from (paragraph for row in item.rows for cell in row for paragraph in cell)
