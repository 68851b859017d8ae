"""What stands out too little from what is behind it, read from the file: text on shapes, bands and backgrounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.skills.deck.foreign.colours import A, Scheme
from orchestration.skills.deck.foreign.shapes import Layout, read_layouts
from orchestration.skills.design.geometry import EMU_PER_PT, Box
from orchestration.skills.design.palette import LARGE_TEXT_CONTRAST, TEXT_CONTRAST, contrast

# From these sizes on text is large (WCAG 2.2, 1.4.3), in hundredths of a point.
LARGE: Final = 1800
LARGE_BOLD: Final = 1400
COVERED_SHARE: Final = 0.6
_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True)
class Faint:
    """Words that stand out too little."""

    where: str
    text: str
    ratio: float


def list_faint(file: Any) -> list[list[Faint]]:  # noqa: ANN401 - python-pptx's presentation is untyped
    """Give for each slide its words that are hard to tell from their ground."""
    layouts = read_layouts(file)
    own = list(file.slide_layouts)
    return [list(_Slide(layouts[own.index(slide.slide_layout)]).read(slide)) for slide in file.slides]


class _Slide:
    """One slide, whose filled shapes are laid over one another in their order."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._filled: list[tuple[Box, str]] = []

    def read(self, slide: Any) -> Iterator[Faint]:  # noqa: ANN401 - python-pptx's slides are untyped
        for shape in slide.shapes:
            box = Box(*(each / EMU_PER_PT for each in (shape.left, shape.top, shape.width, shape.height)))
            fill = self._scheme.read(shape.element.find(f"{_P}spPr/{A}solidFill"))
            if fill:
                self._filled.append((box, fill))
            if not any(True for _ in shape.element.iter(_DECORATIVE)):
                yield from self._look(shape, self._find_ground(box))

    @property
    def _scheme(self) -> Scheme:
        return self._layout.scheme

    def _find_ground(self, box: Box) -> Sequence[str]:
        covering = [colour for shape, colour in self._filled if _covers(shape, box)]
        return covering[-1:] or self._layout.behind(box)

    def _look(self, shape: Any, ground: Sequence[str]) -> Iterator[Faint]:  # noqa: ANN401 - python-pptx's shapes are untyped
        for body in shape.element.iter(f"{_P}txBody", f"{A}txBody"):
            cell = body.getparent().find(f"{A}tcPr/{A}solidFill")
            own = self._scheme.read(cell)
            for run in body.iter(f"{A}r", f"{A}fld"):
                yield from self._judge(shape.name, run, [own] if own else ground)

    def _judge(self, where: str, run: Any, ground: Sequence[str]) -> Iterator[Faint]:  # noqa: ANN401 - an element of the file
        style, text = run.find(f"{A}rPr"), run.findtext(f"{A}t") or ""
        if style is None or not text.strip():
            return
        ink = self._scheme.read(style.find(f"{A}solidFill"))
        if ink is None:
            return
        size, bold = int(style.get("sz", "1800")), style.get("b") == "1"
        least = LARGE_TEXT_CONTRAST if size >= (LARGE_BOLD if bold else LARGE) else TEXT_CONTRAST
        ratio = min(contrast(ink, each) for each in ground)
        if ratio < least:
            yield Faint(where, text, ratio)


def _covers(shape: Box, box: Box) -> bool:
    width = min(shape.right, box.right) - max(shape.x, box.x)
    height = min(shape.bottom, box.bottom) - max(shape.y, box.y)
    return width > 0 and height > 0 and width * height >= COVERED_SHARE * box.width * box.height
