"""Styles: the looks of cells, in the colours of the theme; each is made once for a workbook."""

from collections.abc import Mapping
from typing import Any, Final

from orchestration.skills.design.palette import PALETTES, Ink, Palette
from orchestration.skills.sheet.forms import TEXT_CODE, Shape
from orchestration.skills.sheet.xlsx import CellFormat, XlsxBook
from recipes.theme import Theme

# ECMA-376 part 1, 18.8.30: the number under which every program knows the format of text
_TEXT_FORMAT: Final = 49
# how far a bar behind figures is on its way to white
_LIGHT: Final = 0.65
# hairlines between rows: a tint of the panel's colour
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": 18, "font_color": Ink.NIGHT},
    "subtitle": {"font_size": 12, "font_color": Ink.MUTED},
    "heading": {"bold": True, "font_size": 13, "font_color": Ink.ACCENT},
    "line": {"font_color": Ink.MUTED},
    "label": {"bold": True, "font_color": Ink.NIGHT, "valign": "top"},
    "body": {"text_wrap": True, "valign": "top"},
    "head": {
        "bold": True,
        "font_color": Ink.PAPER,
        "bg_color": Ink.NIGHT,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "cell": {"bottom": 1, "bottom_color": Ink.HAIRLINE, "valign": "top"},
    "long": {"bottom": 1, "bottom_color": Ink.HAIRLINE, "valign": "top", "text_wrap": True},
    "total": {"bold": True, "bg_color": Ink.PANEL, "top": 1, "top_color": Ink.NIGHT},
    "figure": {"bold": True, "font_size": 13, "font_color": Ink.ACCENT, "align": "right"},
    "link": {"font_color": Ink.ACCENT, "underline": 1, "valign": "top"},
    "cell link": {
        "font_color": Ink.ACCENT, "underline": 1, "valign": "top", "bottom": 1, "bottom_color": Ink.HAIRLINE,
    },
}  # fmt: skip


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: XlsxBook, theme: Theme) -> None:
        """Take the workbook that formats are added to, and its theme."""
        self._book = book
        self._made: dict[tuple[str, str, str | None], CellFormat] = {}
        self.palette: Palette = PALETTES[theme]

    def get(self, look: str, *, code: str = TEXT_CODE, align: str | None = None) -> CellFormat:
        """Give the format of a look, with a format code: text unless another one is said."""
        key = (look, code, align)
        if key not in self._made:
            said = {name: self._color(value) for name, value in _LOOKS[look].items()}
            more = {"align": align} if align else {}
            font = {"font_name": "Calibri", "font_size": 11, "font_color": f"#{self.palette.text}"}
            self._made[key] = self._book.add_format(
                {**font, **said, **more, "num_format": _TEXT_FORMAT if code == TEXT_CODE else code}
            )
        return self._made[key]

    def get_shaped(self, look: str, shape: Shape) -> CellFormat:
        """Give the format of a look for a column's values, numbers set to the right."""
        return self.get(look, code=shape.code, align="right" if shape.is_number else "left")

    @property
    def soft_accent(self) -> str:
        """Give the accent so light that figures on it are read."""
        parts = (int(self.palette.accent[at : at + 2], 16) for at in (0, 2, 4))
        return "#" + "".join(f"{round(part + (255 - part) * _LIGHT):02X}" for part in parts)

    def _color(self, value: object) -> object:
        return f"#{self.palette.rgb(value)}" if isinstance(value, Ink) else value
