"""How wide text runs: the advance widths of the fonts documents use, measured on their free metric twins."""

import gzip
import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

FontName = Literal["Calibri", "Cambria", "Arial"]

# The twins have the same widths sign by sign; each is free to measure with.
_FILES: Final[dict[tuple[FontName, bool], str]] = {
    ("Calibri", False): "carlito-regular",
    ("Calibri", True): "carlito-bold",
    ("Cambria", True): "caladea-bold",
    ("Arial", False): "liberationsans-regular",
    ("Arial", True): "liberationsans-bold",
}
_TWINS: Final[dict[str, FontName]] = {
    "calibri": "Calibri", "carlito": "Calibri", "cambria": "Cambria", "caladea": "Cambria", "arial": "Arial",
    "helvetica": "Arial", "helvetica neue": "Arial", "liberation sans": "Arial", "arimo": "Arial",
}  # fmt: skip
# Mean width of English text beside Arial's. A font that is not known is not on every machine either: what stands in for
# it may be as wide as DejaVu Sans, whose bold figures take a quarter more than Arial's.
_WIDER: Final = {
    "verdana": 1.2, "georgia": 1.08, "tahoma": 1.04, "trebuchet ms": 1.02, "segoe ui": 1.04, "aptos": 1.03,
    "times new roman": 1.0, "garamond": 1.0, "gill sans mt": 1.0, "century gothic": 1.14, "roboto": 1.02,
    "open sans": 1.1, "montserrat": 1.2, "lato": 1.02, "poppins": 1.18, "inter": 1.1,
}  # fmt: skip
UNKNOWN_WIDENING: Final = 1.25
# East Asian signs fill the em; emoji are drawn wider by most fonts (Noto Color Emoji: 1.25).
EAST_ASIAN_EM: Final = 1.0
EMOJI_EM: Final = 1.3
# A sign the face does not have comes from a font we do not know: wider than the average Latin letter (0.51).
UNKNOWN_EM: Final = 0.7
# Fonts that stand in for such signs are taller (Noto Sans CJK: 1.45).
FOREIGN_LINE_HEIGHT: Final = 1.45
FIRST_EAST_ASIAN: Final = 0x2E80
FIRST_EMOJI: Final = 0x1F000
# Blocks of signs that fill the em, as a set for regular expressions: radicals to Yi, Hangul, compatibility and full
# width forms, and the ideographs beyond the basic plane.
EAST_ASIAN_SET: Final = (
    "\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_EAST_ASIAN: Final = re.compile(f"[{EAST_ASIAN_SET}]")


@dataclass(frozen=True)
class Face:
    """One weight of one font. Widths and heights are in ems: multiply by the size in points."""

    line_height_em: float
    advances_em: dict[str, float] = field(repr=False, hash=False, compare=False)

    def width_em(self, text: str) -> float:
        """Give the width of the text on one line, never less than it will be drawn."""
        return sum(map(self.advance_em, text))

    def advance_em(self, sign: str) -> float:
        """Give the width of one sign."""
        found = self.advances_em.get(sign)
        if found is None:
            found = self.advances_em[sign] = _foreign_em(sign)
        return found

    def line_em(self, text: str) -> float:
        """Give the height of a line holding this text."""
        return self.line_height_em if text.isascii() or not has_foreign(text) else FOREIGN_LINE_HEIGHT


@lru_cache
def load_face(font: FontName, *, bold: bool) -> Face:
    """Give the face, read from the files beside this module; Cambria is kept in bold only, for headings."""
    name = _FILES.get((font, bold)) or _FILES[font, True]
    content: dict[str, Any] = json.loads(
        gzip.decompress(files("orchestration.skills.fonts").joinpath(f"{name}.json.gz").read_bytes())
    )
    units: int = content["units_per_em"]
    runs: list[tuple[int, list[int]]] = content["advances"]
    advances = {chr(first + at): width / units for first, widths in runs for at, width in enumerate(widths)}
    return Face(content["line_height_units"] / units, advances)


@dataclass(frozen=True)
class Metrics:
    """Which face to measure a font with, and how much wider the font may run than it."""

    face: FontName
    widening: float


def nearest_metrics(font: str) -> Metrics:
    """Give what measures a font of this name: its metric twin, else the nearest face with a margin."""
    twin = _TWINS.get(font.casefold())
    if twin is not None:
        return Metrics(twin, 1.0)
    return Metrics("Arial", _WIDER.get(font.casefold(), UNKNOWN_WIDENING))


def is_east_asian(sign: str) -> bool:
    """True for signs between which a line may break, and which are as wide as high."""
    return bool(_EAST_ASIAN.match(sign))


@lru_cache(maxsize=4096)
def has_foreign(text: str) -> bool:
    """True if a sign of the text is drawn by another, taller font."""
    return any(ord(sign) >= FIRST_EAST_ASIAN or "\u0590" <= sign <= "\u1cff" for sign in text)


def _foreign_em(sign: str) -> float:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if is_east_asian(sign):
        return EAST_ASIAN_EM
    return EMOJI_EM if ord(sign) >= FIRST_EMOJI else UNKNOWN_EM
