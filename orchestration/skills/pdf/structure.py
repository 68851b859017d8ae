"""The tags of a PDF page as a tree of elements, each with its words, read by PDFium."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (pypdfium2 ships no types; what it gives stays in this file)

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.skills.pdf.turned import read_turned
from orchestration.skills.scripts import holds_right_to_left

# Where the next piece of text begins left of where the last one ended, a new row began.
ROW_SLACK_PT: Final = 1.0
_UTF16_END: Final = 2
CITATION: Final = re.compile(r"\[(\d+)\]")
# What stands among the words of another element, and the elements whose words are one text.
_INLINE: Final = frozenset({"Span", "Strong", "Em", "Link", "Quote", "Code", "Reference"})
_FLOWING: Final = frozenset({"P", "H1", "H2", "H3", "LBody", "TD", "TH", "Caption", "Link"})


@dataclass(frozen=True)
class Element:
    """One tagged element: its kind (`P`, `H1`, `TD`), its description, and what it holds in order."""

    kind: str
    alt: str
    content: "tuple[Element | str, ...]"
    is_picture: bool = False
    """It shows pixels, not drawn lines."""

    @property
    def text(self) -> str:
        """All its words, those of the elements in it too."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def find_all(self, *kinds: str) -> "Iterator[Element]":
        """Give the elements of these kinds in it, itself too, none within another."""
        if self.kind in kinds:
            yield self
            return
        for part in self.content:
            if isinstance(part, Element):
                yield from part.find_all(*kinds)


def read_structure(page: pdfium.PdfPage, *, is_rtl: bool = False) -> tuple[Element, ...]:
    """Give the elements of a page; nothing of a page without tags.

    Args:
        page: Of an open file.
        is_rtl: Whether the file as a whole is read from right to left.
    """
    tree: Any = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return ()
    try:
        textpage = page.get_textpage()
        is_turned = holds_right_to_left(textpage.get_text_range())
        join = read_turned(textpage, is_rtl=is_rtl).join if is_turned else _Stretches(_list_texts(page, textpage)).join
        count: int = raw.FPDF_StructTree_CountChildren(tree)
        children = (raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(count))
        pictured = _list_pictured(page)
        return tuple(_fill(_read(child, pictured), join, is_turned=is_turned) for child in children if child)
    finally:
        raw.FPDF_StructTree_Close(tree)


@dataclass(frozen=True)
class _Node:
    """An element whose words are named by the numbers of their stretches."""

    kind: str
    alt: str
    parts: "tuple[_Node | int, ...]"
    is_picture: bool = False

    def list_marked(self) -> Iterator[int]:
        """Give the stretches in it, and in what stands among its words."""
        for part in self.parts:
            if isinstance(part, int):
                yield part
            elif part.kind in _INLINE:
                yield from part.list_marked()


@dataclass(frozen=True)
class _Stretches:
    """The words of each marked stretch."""

    texts: dict[int, str]

    def join(self, marked: Sequence[int]) -> str:
        """Give the words of these stretches."""
        return "".join(self.texts.get(each, "") for each in marked)


def _read(element: Any, pictured: AbstractSet[int]) -> _Node:  # noqa: ANN401 - PDFium's elements are untyped
    parts: list[_Node | int] = []
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            parts.append(_read(child, pictured))
        elif (marked := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            parts.append(marked)
    kind = _say(raw.FPDF_StructElement_GetType, element)
    shows = any(part in pictured for part in parts if isinstance(part, int))
    return _Node(kind, _say(raw.FPDF_StructElement_GetAltText, element), tuple(parts), shows)


def _fill(node: _Node, join: Callable[[Sequence[int]], str], *, is_turned: bool) -> Element:
    """Give the element with its words; those of a turned page are put in order as a whole, citations after them."""
    if is_turned and node.kind in _FLOWING:
        inner = [part for part in node.parts if isinstance(part, _Node)]
        kept = [part for part in inner if part.kind not in _INLINE or _is_citation(part, join)]
        cited = {marked for part in kept if part.kind in _INLINE for marked in part.list_marked()}
        words = join([marked for marked in node.list_marked() if marked not in cited])
        return Element(node.kind, node.alt, (words, *(_fill(part, join, is_turned=True) for part in kept)))
    parts = (join([part]) if isinstance(part, int) else _fill(part, join, is_turned=is_turned) for part in node.parts)
    return Element(node.kind, node.alt, tuple(parts), node.is_picture)


def _is_citation(node: _Node, join: Callable[[Sequence[int]], str]) -> bool:
    return CITATION.fullmatch(join(list(node.list_marked())).strip()) is not None


def _list_pictured(page: pdfium.PdfPage) -> set[int]:
    """Give the marked stretches of the page that are pictures."""
    found = (raw.FPDFPage_GetObject(page.raw, at) for at in range(raw.FPDFPage_CountObjects(page.raw)))
    pictures = (each for each in found if raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_IMAGE)
    return {raw.FPDFPageObj_GetMarkedContentID(each) for each in pictures}


def _list_texts(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> dict[int, str]:
    """Give the words of each marked stretch of the page; a space stands where a row ended."""
    texts: dict[int, str] = {}
    end = 0.0
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        each: Any = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(each) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        marked = raw.FPDFPageObj_GetMarkedContentID(each)
        said = _say_object(each, textpage)
        left, end_before = _find_sides(each), end
        end = left[1]
        is_new_row = left[0] < end_before - ROW_SLACK_PT
        before = texts.get(marked, "")
        space = " " if is_new_row else ""
        texts[marked] = f"{before}{space}{said}"
    return texts


def _find_sides(each: Any) -> tuple[float, float]:  # noqa: ANN401 - PDFium's objects are untyped
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(each, *(ctypes.byref(side) for side in sides))
    return sides[0].value, sides[2].value


def _say_object(each: Any, textpage: pdfium.PdfTextPage) -> str:  # noqa: ANN401 - PDFium's objects are untyped
    size: int = raw.FPDFTextObj_GetText(each, textpage.raw, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(each, textpage.raw, buffer, size)
    return bytes(buffer)[: max(size - _UTF16_END, 0)].decode("utf-16-le")


def _say(ask: Callable[..., int], element: Any) -> str:  # noqa: ANN401 - PDFium's elements are untyped
    size = ask(element, None, 0)
    if size <= _UTF16_END:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw[: size - _UTF16_END].decode("utf-16-le")
