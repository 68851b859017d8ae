"""Text with its size, and how much room it takes: rows break where programs that show slides break them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from orchestration.skills.design.palette import Ink
from orchestration.skills.fonts.faces import EAST_ASIAN_SET, Face, FontName, is_east_asian, load_face
from orchestration.skills.marks import Span

# A raised citation is drawn at two thirds of its size.
RAISED_SCALE: Final = 2 / 3
# Programs differ by a fraction of a percent in where a row breaks; we measure against a little less room than there is.
ROOM_SHARE: Final = 0.995

# A row breaks at white space, after a dash or slash that ends a word, and between East Asian signs.
_GAP: Final = r"[^\S\u00a0\u2007\u202f]"
_JOINT: Final = r"[\-–—/]"
_LETTER: Final = rf"(?:[^\s\-–—/{EAST_ASIAN_SET}]|[\u00a0\u2007\u202f])"
_PIECE: Final = re.compile(rf"{_GAP}+|[{EAST_ASIAN_SET}]|{_JOINT}?{_LETTER}+{_JOINT}*|{_JOINT}+")
_GAP_PIECE: Final = re.compile(rf"{_GAP}+")


@dataclass(frozen=True)
class Line:
    """One paragraph. `indent_pt` is where its text stands; a bullet hangs to the left of it."""

    spans: tuple[Span, ...]
    size_pt: float
    ink: Ink = Ink.TEXT
    bold: bool = False
    heading: bool = False
    align: Literal["l", "ctr", "r"] = "l"
    bullet: str | None = None
    level: int = 0
    indent_pt: float = 0.0
    before_pt: float = 0.0
    capitals: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Ruler:
    """Measures text in the two fonts of a deck."""

    heading_font: FontName
    body_font: FontName
    widening: float = 1.0
    """How much wider than these fonts the ones that are shown may run."""

    def height_pt(self, lines: Sequence[Line], width_pt: float) -> float:
        """Give the height of paragraphs set in this width."""
        room = width_pt * ROOM_SHARE
        heights = (self._paragraph_pt(line, room) + (line.before_pt if at else 0) for at, line in enumerate(lines))
        return sum(heights)

    def count_rows(self, line: Line, width_pt: float) -> int:
        """Give the number of rows a paragraph takes in this width."""
        return self._rows(line, width_pt * ROOM_SHARE)

    def width_pt(self, line: Line) -> float:
        """Give the width of a paragraph set on one row."""
        return line.indent_pt + sum(width for _, width in self._pieces(line)) / ROOM_SHARE

    def longest_word_pt(self, lines: Sequence[Line]) -> float:
        """Give the width below which a word would have to break."""
        words = (line.indent_pt + word.ink_pt for line in lines for word in self._words(line))
        return max(words, default=0.0) / ROOM_SHARE

    def face(self, line: Line, *, bold: bool = False) -> Face:
        """Give the face a paragraph is set in."""
        font = self.heading_font if line.heading else self.body_font
        return load_face(font, bold=bold or line.bold)

    def with_breaks(self, line: Line, width_pt: float) -> Line:
        """Give the paragraph with line breaks inside the words that are wider than the room there is."""
        room = (width_pt - line.indent_pt) * ROOM_SHARE
        while self.longest_word_pt([line]) > width_pt:
            broken = replace(line, spans=tuple(self._with_breaks(line, span, room) for span in line.spans))
            if broken == line:
                break
            line = broken
        return line

    def _with_breaks(self, line: Line, span: Span, room: float) -> Span:
        face, broken, filled = self.face(line, bold=span.bold), "", 0.0
        for piece in _PIECE.findall(span.text):
            width = face.width_em(piece) * line.size_pt * self.widening
            if width <= room or "\v" in piece:
                broken, filled = broken + piece, 0.0 if "\v" in piece else filled + width
                continue
            for sign in piece:
                step = face.advance_em(sign) * line.size_pt * self.widening
                if filled and filled + step > room:
                    broken, filled = broken + "\v", 0.0
                broken, filled = broken + sign, filled + step
        return replace(span, text=broken)

    def _paragraph_pt(self, line: Line, room: float) -> float:
        face = self.face(line, bold=any(span.bold for span in line.spans))
        return self._rows(line, room) * line.size_pt * face.line_em(line.text)

    def _rows(self, line: Line, room: float) -> int:
        left = room - line.indent_pt
        rows, filled = 1, 0.0
        for word in self._words(line):
            if filled and filled + word.ink_pt > left:
                rows, filled = rows + 1, 0.0
            if word.ink_pt > left > 0:
                rows += int(word.ink_pt // left)
            filled += word.ink_pt + word.space_pt
            if word.ends_row:
                rows, filled = rows + 1, 0.0
        return rows

    def _words(self, line: Line) -> Iterator["_Word"]:
        said, ink, space = "", 0.0, 0.0
        for piece, width in self._pieces(line):
            if piece == "\v":
                yield _Word(ink, space, ends_row=True)
                said, ink, space = "", 0.0, 0.0
            elif _GAP_PIECE.fullmatch(piece):
                space += width
            else:
                if said and (space or _may_break(said, piece[0])):
                    yield _Word(ink, space)
                    said, ink, space = "", 0.0, 0.0
                said, ink = said + piece, ink + width
        if said:
            yield _Word(ink, space)

    def _pieces(self, line: Line) -> Iterator[tuple[str, float]]:
        for span in line.spans:
            face = self.face(line, bold=span.bold)
            size = line.size_pt * (RAISED_SCALE if span.source_id else 1.0)
            text = span.text.upper() if line.capitals else span.text
            for piece in _PIECE.findall(text):
                for part in piece if "\v" in piece else (piece,):
                    yield part, face.width_em(part) * size * self.widening


def fit(
    sizes_pt: Sequence[float], room: tuple[float, float], ruler: Ruler, make: Callable[[float], Sequence[Line]]
) -> tuple[Line, ...] | None:
    """Give the lines at the largest size that fits the room (width, height), or None if not even the smallest does.

    A size at which a word would break is passed over, unless it is the smallest.
    """
    width, height = room
    for size in sizes_pt:
        lines = tuple(make(size))
        if ruler.height_pt(lines, width) > height:
            continue
        if ruler.longest_word_pt(lines) <= width:
            return lines
        if size == sizes_pt[-1]:
            broken = tuple(ruler.with_breaks(line, width) for line in lines)
            return broken if ruler.height_pt(broken, width) <= height else None
    return None


@dataclass(frozen=True)
class _Word:
    """A stretch that does not break, and the white space after it, which may hang over the edge."""

    ink_pt: float
    space_pt: float
    ends_row: bool = False


def _may_break(before: str, after: str) -> bool:
    joint = before[-1]
    return (joint in "-–—/" and len(before) > 1) or is_east_asian(joint) or is_east_asian(after)
