"""Pages with words that run from right to left, in the order they are read in.

PDFium gives such lines turned round, Latin words and joined letters among them; here they are put in order by
where each sign stands on the page.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (pypdfium2 ships no types; what it gives stays in this file)

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from unicodedata import bidirectional

import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.skills.characters import is_right_to_left
from orchestration.skills.scripts import split_directions

# Signs of one row stand on one line, raised ones a little above it.
ROW_SLACK_PT: Final = 3.0
# The least air between two words, as a share of the height of their row.
SPACE_SHARE: Final = 0.13
_LAM: Final = "\N{ARABIC LETTER LAM}"
_FIGURES: Final = "0123456789.,%"
# Brackets are seen the other way round than they are meant.
_MIRRORED: Final = str.maketrans("()[]{}", ")(][}{")


@dataclass(frozen=True)
class _Sign:
    text: str
    left: float
    right: float
    height: float
    y: float
    at: int


@dataclass(frozen=True)
class TurnedPage:
    """The signs of each marked stretch of a page."""

    stretches: dict[int, list[_Sign]]
    is_rtl: bool
    """The file as a whole is read from right to left."""

    def join(self, marked: Sequence[int]) -> str:
        """Give the words of these stretches as they are read."""
        return _read([sign for each in marked for sign in self.stretches.get(each, ())], is_rtl=self.is_rtl)


def read_turned(textpage: pdfium.PdfTextPage, *, is_rtl: bool) -> TurnedPage:
    """Give the page, its signs with where they stand."""
    stretches: dict[int, list[_Sign]] = {}
    for marked, sign in _list_signs(textpage):
        stretches.setdefault(marked, []).append(sign)
    return TurnedPage(stretches, is_rtl)


def _list_signs(textpage: pdfium.PdfTextPage) -> Iterator[tuple[int, _Sign]]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for at in range(raw.FPDFText_CountChars(textpage.raw)):
        drawn = raw.FPDFText_GetTextObject(textpage.raw, at)
        said = chr(raw.FPDFText_GetUnicode(textpage.raw, at))
        if drawn and said.isprintable() and not said.isspace() and not raw.FPDFText_IsGenerated(textpage.raw, at):
            raw.FPDFText_GetCharOrigin(textpage.raw, at, ctypes.byref(x), ctypes.byref(y))
            raw.FPDFText_GetLooseCharBox(textpage.raw, at, ctypes.byref(box))
            sign = _Sign(said, box.left, box.right, box.top - box.bottom, y.value, at)
            yield raw.FPDFPageObj_GetMarkedContentID(drawn), sign


def _read(signs: Sequence[_Sign], *, is_rtl: bool) -> str:
    rows: list[list[_Sign]] = []
    for sign in sorted(signs, key=lambda each: -each.y):
        if rows and rows[-1][0].y - sign.y <= ROW_SLACK_PT:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    seen = [_see(row) for row in rows]
    turned = _is_turned("".join(seen), is_rtl=is_rtl)
    return " ".join(_order(row, is_rtl=turned) for row in seen)


def _is_turned(seen: str, *, is_rtl: bool) -> bool:
    """Tell whether a text as it is seen is read from the right.

    Among others that are, it is as soon as one letter of it is; alone, where it does not begin with another.
    """
    strong = Counter(bidirectional(sign) for sign in seen)
    if is_rtl:
        return strong["R"] + strong["AL"] > 0
    return strong["R"] + strong["AL"] > strong["L"] and is_right_to_left(seen)


def _see(row: Sequence[_Sign]) -> str:
    """Give a row as it is seen from left to right; where there is air between two signs, a space."""
    # Lam and alef are drawn as one, in one place; lam is read first, and seen to the right.
    ordered = sorted(row, key=lambda sign: (round(sign.left, 1), sign.text == _LAM))
    seen, edge = "", ordered[0].left
    for sign in ordered:
        seen += f" {sign.text}" if sign.left - edge > SPACE_SHARE * sign.height else sign.text
        edge = max(edge, sign.right)
    return seen


def _order(seen: str, *, is_rtl: bool) -> str:
    """Give a row as it is read, from how it is seen from left to right."""
    parts = split_directions(seen, is_rtl=is_rtl)
    return "".join(_turn(part) if turned else part for part, turned in (parts[::-1] if is_rtl else parts))


def _turn(seen: str) -> str:
    """Give a stretch from right to left as it is read; figures in it are seen as they are read."""
    runs = [("".join(group), is_figure) for is_figure, group in groupby(seen, key=lambda sign: sign in _FIGURES)]
    return "".join(_trail(run) if is_figure else run[::-1].translate(_MIRRORED) for run, is_figure in reversed(runs))


def _trail(figure: str) -> str:
    """Give a figure with what is seen before its digits after them, where it is read."""
    digits = figure.lstrip(".,%")
    return digits + figure[: len(figure) - len(digits)][::-1]
