"""Word documents (DOCX): headings, paragraphs, lists, tables, notes and charts, in the order in which they are read.

The markup is walked here, not by python-docx: that leaves out text in content controls, text boxes and accepted
insertions, and opens every part of the package.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from orchestration.readers.blocks import LIST_MARK, Block, fold_blocks, join_lists
from orchestration.readers.documents.charts import read_chart
from orchestration.readers.documents.styles import Styles, find_child, read_styles
from orchestration.readers.omissions import Omissions
from orchestration.readers.packages.markup import Element, find_value, name_of
from orchestration.readers.packages.package import Package
from orchestration.readers.passages import ReadFile
from orchestration.readers.tables.grid import TABLE_COLUMNS
from orchestration.readers.texts.characters import drop_unseen
from recipes.source import Cell

_MARKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_DELETED: Final = frozenset({"del", "moveFrom"})
_SILENT: Final = frozenset({"pPr", "rPr", "instrText", "delText", "sdtPr", "tcPr", "trPr", "tblPr", "tblGrid", "rt"})
_PICTURES: Final = frozenset({"drawing", "pict", "object"})
_APART: Final = {"comments": "comments", "header": "page headers", "footer": "page footers"}


def read_document(filename: str, content: bytes) -> ReadFile:
    """Give a document's sections and tables; deleted and hidden text is not part of it.

    Raises:
        FileRefused: it is damaged, or declares what no document needs.
    """
    with Package.open(filename, content) as package:
        main = package.find_related("", "officeDocument") or "word/document.xml"
        walk = _Walk.begin(package, main)
        read = fold_blocks(filename, join_lists(walk.list_blocks(package.read(main))), unit="paragraph")
        for each in package.list_relationships(main):
            if each.kind in _APART:
                walk.omissions.add(_APART[each.kind])
        left_out = (*read.left_out, *walk.omissions.name(), *package.name_ignored())
    return ReadFile(passages=read.passages, left_out=left_out)


@dataclass
class _Walk:
    """A walk through a document's markup, and what it comes by."""

    package: Package
    styles: Styles
    charts: dict[str, str]
    notes: dict[tuple[str, str], Element]
    omissions: Omissions = field(default_factory=Omissions)
    paragraphs: int = 0
    _said_notes: list[str] = field(default_factory=list[str])
    _asides: list[Block] = field(default_factory=list[Block])

    @classmethod
    def begin(cls, package: Package, main: str) -> "_Walk":
        styles = package.find_related(main, "styles")
        charts = {each.id: each.target for each in package.list_relationships(main) if each.kind == "chart"}
        notes: dict[tuple[str, str], Element] = {}
        for kind in _NOTES.values():
            if part := package.find_related(main, kind):
                notes.update({(kind, find_value(note, "id") or ""): note for note in package.read(part)})
        return cls(package, read_styles(package.read(styles)) if styles else Styles(), charts, notes)

    def list_blocks(self, container: Element) -> Iterator[Block]:
        """Give the blocks in an element: the document's body, a content control, a cell."""
        for child in container:
            name = name_of(child)
            if name == "p":
                yield from self._read_paragraph(child)
            elif name == "tbl":
                yield from self._read_table(child)
            elif name in _DELETED:
                self.omissions.add("deleted passages that are still recorded")
            elif name == "AlternateContent":
                yield from self.list_blocks(_choose(child))
            elif name not in _SILENT:
                yield from self.list_blocks(child)

    def _read_paragraph(self, element: Element) -> Iterator[Block]:
        self.paragraphs += 1
        place = (self.paragraphs, self.paragraphs)
        said = drop_unseen(self._say(element)).strip()
        notes, self._said_notes = self._said_notes, []
        asides, self._asides = self._asides, []
        if said:
            level = self.styles.find_level(element)
            mark = LIST_MARK if level is None and self.styles.is_listed(element) else ""
            text = "\n".join([mark + said, *notes])
            yield Block(text=text, place=place, title=None if level is None else said, level=level or 0)
        yield from (replace(each, place=place) for each in asides)

    def _say(self, element: Element) -> str:
        """Give the text that is shown of an element inside a paragraph."""
        said: list[str] = []
        for child in element:
            name = name_of(child)
            if name == "t":
                said.append(child.text or "")
            elif name in _MARKS:
                said.append(_MARKS[name])
            elif name in _NOTES:
                self._note(_NOTES[name], find_value(child, "id") or "")
            elif name in _PICTURES:
                self._look_aside(child)
            elif name in _DELETED:
                self.omissions.add("deleted passages that are still recorded")
            elif name == "r" and self.styles.is_hidden(child):
                self.omissions.add("hidden passages")
            elif name == "AlternateContent":
                said.append(self._say(_choose(child)))
            elif name not in _SILENT:
                said.append(self._say(child))
        return "".join(said)

    def _note(self, kind: str, note_id: str) -> None:
        # Taken out: a note that refers to itself is said once.
        note = self.notes.pop((kind, note_id), None)
        if note is None:
            return
        said = " ".join(self._say(note).split())
        if said:
            self._said_notes.append(f"{kind.removesuffix('s').capitalize()} {note_id}: {said}")

    def _look_aside(self, drawing: Element) -> None:
        """Keep a drawing's text boxes and chart for after the paragraph; a picture is only counted."""
        for each in drawing.iter():
            match name_of(each):
                case "txbxContent":
                    self._asides.extend(self._read_box(each))
                    return
                case "chart":
                    part = self.charts.get(find_value(each, "id") or "")
                    chart = read_chart(self.package.read(part)) if part and self.package.has(part) else None
                    if chart is not None:
                        self._asides.append(Block(place=(0, 0), rows=chart.rows))
                    return
                case "pic" | "imagedata":
                    self.omissions.add("pictures")
                    return
                case _:
                    continue

    def _read_box(self, box: Element) -> list[Block]:
        inner = replace(self, _said_notes=[], _asides=[])
        return [replace(block, title=None) for block in inner.list_blocks(box)]

    def _read_table(self, element: Element) -> Iterator[Block]:
        first = self.paragraphs + 1
        rows: list[list[Cell]] = []
        for row in _list_named(element, "tr"):
            rows.append(self._read_row(row, rows[-1] if rows else []))
        place = (first, max(self.paragraphs, first))
        if len(rows) > 1 and max(len(row) for row in rows) > 1:
            yield Block(place=place, rows=rows)
        else:
            # A frame around text, not a table.
            yield from (Block(text=str(cell), place=place) for row in rows for cell in row if cell)

    def _read_row(self, row: Element, above: list[Cell]) -> list[Cell]:
        cells: list[Cell] = []
        for cell in _list_named(row, "tc"):
            properties = find_child(cell, "tcPr")
            stated = {name_of(each): find_value(each, "val") for each in properties} if properties is not None else {}
            said = "\n".join(_show(block) for block in self.list_blocks(cell))
            if "vMerge" in stated and stated["vMerge"] != "restart" and len(cells) < len(above):
                # What a person sees beside this row is the merged cell above it.
                cells.append(above[len(cells)])
            else:
                cells.append(said or None)
            span = stated.get("gridSpan") or "1"
            cells.extend([None] * (min(int(span), TABLE_COLUMNS) - 1 if span.isdecimal() else 0))
        return cells


def _choose(alternatives: Element) -> Element:
    """Give the first of several forms of the same thing."""
    return next(iter(alternatives), alternatives)


def _list_named(container: Element, name: str) -> Iterator[Element]:
    """Give the children of this name, also inside content controls; deleted ones are not there."""
    for child in container:
        if name_of(child) == name:
            yield child
        elif name_of(child) not in {"tbl", "tc", "p", *_DELETED, *_SILENT}:
            yield from _list_named(child, name)


def _show(block: Block) -> str:
    """Give a block in a cell: a table inside a table becomes lines."""
    if not block.rows:
        return block.text
    return "\n".join(" | ".join(str(cell) for cell in row if cell is not None) for row in block.rows)
