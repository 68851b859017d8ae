"""Presentations (PPTX): each slide's title and text, its tables and the values of its charts, and the speaker's notes.

The markup is walked here, not by python-pptx: that opens every part of the package, and the decks that the product
writes have a door of their own to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from orchestration.readers.blocks import shorten
from orchestration.readers.documents.charts import read_chart
from orchestration.readers.documents.styles import find_child
from orchestration.readers.omissions import Omissions
from orchestration.readers.packages.markup import Element, find_value, name_of
from orchestration.readers.packages.package import Package
from orchestration.readers.passages import ReadFile, ReadPassage, join_reads
from orchestration.readers.tables.grid import read_grid
from orchestration.readers.texts.characters import drop_unseen
from orchestration.readers.texts.prose import split_long
from recipes.source import Cell

# the bot's own decks have 80 slides at most; people's have hundreds
SLIDES: Final = 1_000
# a table's name, where it is the title of its slide
NAME_CHARS: Final = 80

_TITLES: Final = frozenset({"title", "ctrTitle"})
_FURNITURE: Final = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
_OFF: Final = frozenset({"0", "false"})
_MARKS: Final = {"br": "\n", "tab": "\t"}


def read_slides(filename: str, content: bytes) -> ReadFile:
    """Give a presentation's slides in order; hidden ones are named and left out.

    Raises:
        FileRefused: it is damaged, or declares what no presentation needs.
    """
    with Package.open(filename, content) as package:
        main = package.find_related("", "officeDocument") or "ppt/presentation.xml"
        parts = _list_slides(package, main)
        omissions = Omissions()
        hidden: list[str] = []
        reads: list[ReadFile] = []
        for number, part in enumerate(parts[:SLIDES], start=1):
            root = package.read(part)
            if (find_value(root, "show") or "") in _OFF:
                hidden.append(str(number))
            else:
                reads.append(_Slide(package, part, number, omissions).read(root))
        read = join_reads(reads)
        left_out = [*read.left_out, *omissions.name(), *package.name_ignored()]
    if hidden:
        left_out.append(f"hidden slides: {', '.join(hidden)}")
    if len(parts) > SLIDES:
        left_out.append(f"slides after the first {SLIDES:,} ({len(parts):,} in all)")
    return ReadFile(passages=read.passages, left_out=tuple(left_out))


def _list_slides(package: Package, main: str) -> list[str]:
    """Give the slides' parts in the order in which they are shown, each once."""
    targets = {each.id: each.target for each in package.list_relationships(main) if each.kind == "slide"}
    listing = find_child(package.read(main), "sldIdLst")
    # An id of its own stands beside the relationship's, which is the one with a namespace.
    keys = [] if listing is None else [_find_relationship(each) for each in listing]
    return list(dict.fromkeys(targets[key] for key in keys if key in targets and package.has(targets[key])))


def _find_relationship(element: Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


@dataclass
class _Slide:
    """One slide, read shape by shape."""

    package: Package
    part: str
    number: int
    omissions: Omissions
    title: str = ""
    lines: list[str] = field(default_factory=list[str])
    tables: list[tuple[str, list[list[Cell]]]] = field(default_factory=list[tuple[str, list[list[Cell]]]])

    def read(self, root: Element) -> ReadFile:
        """Give the slide's passages."""
        for shape in (each for each in root.iter() if name_of(each) == "spTree"):
            self._take_shapes(shape)
        place = f"slide {self.number}"
        text = "\n".join(([self.title] if self.title else []) + self.lines)
        texts = ReadFile(passages=tuple(ReadPassage(locator=place, content=part) for part in split_long(text)))
        return join_reads([texts, *self._read_tables(place), self._read_notes(f"{place}, notes")])

    def _read_tables(self, place: str) -> Iterator[ReadFile]:
        for title, rows in self.tables:
            name = shorten(title or self.title, NAME_CHARS) or f"Slide {self.number}"
            yield read_grid(name, rows, is_comma_grouping=False, locate=lambda _: place)

    def _take_shapes(self, container: Element) -> None:
        for shape in container:
            if _is_hidden(shape):
                self.omissions.add("hidden shapes")
                continue
            match name_of(shape):
                case "grpSp" | "AlternateContent" | "Choice":
                    self._take_shapes(next(iter(shape)) if name_of(shape) == "AlternateContent" else shape)
                case "sp" | "cxnSp":
                    self._take_text(shape)
                case "graphicFrame":
                    self._take_graphic(shape)
                case "pic":
                    self.omissions.add("pictures")
                case _:
                    continue

    def _take_text(self, shape: Element) -> None:
        kind = _find_placeholder(shape)
        if kind in _FURNITURE:
            return
        lines = _list_lines(shape)
        if kind in _TITLES and not self.title:
            self.title = " ".join(" ".join(lines).split())
        else:
            self.lines.extend(lines)

    def _take_graphic(self, frame: Element) -> None:
        related = {each.id: each.target for each in self.package.list_relationships(self.part)}
        for each in frame.iter():
            match name_of(each):
                case "tbl":
                    self.tables.append(("", _read_rows(each)))
                case "chart":
                    self._take_chart(related.get(_find_relationship(each), ""))
                case "relIds":
                    diagram = related.get(find_value(each, "dm") or "", "")
                    if self.package.has(diagram):
                        self.lines.extend(_list_lines(self.package.read(diagram)))
                case "oleObj":
                    self.omissions.add("objects of other programs")
                case _:
                    continue

    def _take_chart(self, part: str) -> None:
        chart = read_chart(self.package.read(part)) if self.package.has(part) else None
        if chart is not None:
            self.tables.append((chart.title, [list(row) for row in chart.rows]))

    def _read_notes(self, locator: str) -> ReadFile:
        part = self.package.find_related(self.part, "notesSlide")
        lines: list[str] = []
        for shape in self.package.read(part).iter() if part else ():
            if name_of(shape) == "sp" and _find_placeholder(shape) == "body":
                lines.extend(_list_lines(shape))
        passages = (ReadPassage(locator=locator, content=each) for each in split_long("\n".join(lines)))
        return ReadFile(passages=tuple(passages))


def _is_hidden(shape: Element) -> bool:
    for each in shape:
        named = find_child(each, "cNvPr") if name_of(each).startswith("nv") else None
        if named is not None:
            return (find_value(named, "hidden") or "0") not in _OFF
    return False


def _find_placeholder(shape: Element) -> str:
    """Give what a placeholder is for: one without a kind is for any content; empty for other shapes."""
    found = next((each for each in shape.iter() if name_of(each) == "ph"), None)
    return "" if found is None else find_value(found, "type") or "obj"


def _list_lines(element: Element) -> list[str]:
    """Give the paragraphs of a text that are not empty."""
    lines = (_say(each).strip() for each in element.iter() if name_of(each) == "p")
    return [line for line in lines if line]


def _say(paragraph: Element) -> str:
    said = (_MARKS.get(name_of(each)) or (each.text if name_of(each) == "t" else "") for each in paragraph.iter())
    return drop_unseen("".join(part or "" for part in said))


def _read_rows(table: Element) -> list[list[Cell]]:
    """Give a table's rows; what a merged cell covers repeats it downwards and is empty to the right."""
    rows: list[list[Cell]] = []
    for row in (each for each in table if name_of(each) == "tr"):
        above = rows[-1] if rows else []
        cells: list[Cell] = []
        for cell in (each for each in row if name_of(each) == "tc"):
            is_below = (find_value(cell, "vMerge") or "0") not in _OFF and len(cells) < len(above)
            cells.append(above[len(cells)] if is_below else "\n".join(_list_lines(cell)) or None)
        rows.append(cells)
    return rows
