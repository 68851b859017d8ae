"""The tags of a PDF page as a tree of elements, each with its words, read by PDFium."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (pypdfium2 ships no types; what it gives stays in this file)

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

# Where the next piece of text begins left of where the last one ended, a new row began.
ROW_SLACK_PT: Final = 1.0
_UTF16_END: Final = 2


@dataclass(frozen=True)
class Element:
    """One tagged element: its kind (`P`, `H1`, `TD`), its description, and what it holds in order."""

    kind: str
    alt: str
    content: "tuple[Element | str, ...]"

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


def read_structure(page: pdfium.PdfPage) -> tuple[Element, ...]:
    """Give the elements of a page; nothing of a page without tags."""
    tree: Any = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return ()
    try:
        texts = _list_texts(page)
        count: int = raw.FPDF_StructTree_CountChildren(tree)
        children = (raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(count))
        return tuple(_read(child, texts) for child in children if child)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _read(element: Any, texts: dict[int, str]) -> Element:  # noqa: ANN401 - PDFium's elements are untyped
    parts: list[Element | str] = []
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            parts.append(_read(child, texts))
        elif (marked := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            parts.append(texts.get(marked, ""))
    kind = _say(raw.FPDF_StructElement_GetType, element)
    return Element(kind, _say(raw.FPDF_StructElement_GetAltText, element), tuple(parts))


def _list_texts(page: pdfium.PdfPage) -> dict[int, str]:
    """Give the words of each marked stretch of the page; a space stands where a row ended."""
    textpage = page.get_textpage()
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
