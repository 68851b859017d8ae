"""The colours and fonts of the four themes. Slides name colours of the theme only, so a deck can be re-themed."""

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from orchestration.skills.fonts.faces import FontName
from recipes.theme import Theme

# Below it sRGB is linear (WCAG 2.2, relative luminance).
SRGB_KNEE: Final = 0.04045
# How well text stands apart from what is behind it, at least (WCAG 2.2, 1.4.3).
TEXT_CONTRAST: Final = 4.5
# From 18 points on, or from 14 bold.
LARGE_TEXT_CONTRAST: Final = 3.0


class Ink(StrEnum):
    """A colour by its part in the design; the value is its name in the theme."""

    TEXT = "tx1"
    PAPER = "bg1"
    NIGHT = "tx2"
    PANEL = "bg2"
    ACCENT = "accent1"
    SECOND = "accent2"
    WARM = "accent3"
    MUTED = "accent4"
    GOOD = "accent5"
    BAD = "accent6"
    # After the bar stand the theme's own ways to lighten or darken, in thousandths of a percent.
    DUSK = "tx2|lumMod=90000|lumOff=10000"
    HAIRLINE = "bg2|lumMod=85000"
    PALE = "accent4|lumMod=50000|lumOff=50000"
    PALER = "accent4|lumMod=25000|lumOff=75000"
    SOFT_ACCENT = "accent1|lumMod=60000|lumOff=40000"
    DEEP_WARM = "accent3|lumMod=60000"
    SOFT_SECOND = "accent2|lumMod=50000|lumOff=50000"
    DEEP_ACCENT = "accent1|lumMod=60000"
    SOFT_WARM = "accent3|lumMod=50000|lumOff=50000"
    DEEP_SECOND = "accent2|lumMod=60000"


@dataclass(frozen=True)
class Palette:
    """One theme: six-digit colours and two fonts."""

    text: str
    paper: str
    night: str
    panel: str
    accent: str
    second: str
    warm: str
    muted: str
    good: str
    bad: str
    heading_font: FontName = "Calibri"
    body_font: FontName = "Calibri"
    variants: Mapping[Ink, str] = field(default_factory=dict[Ink, str], hash=False, compare=False)
    """The lighter and darker colours, where the theme's own way to make them would not do: on dark paper."""

    def rgb(self, ink: Ink) -> str:
        """Give the six digits of a colour."""
        if ink in self.variants:
            return self.variants[ink]
        scheme, *changes = ink.value.split("|")
        digits: str = getattr(self, Ink(scheme).name.lower())
        amounts = {name: int(amount) / 100_000 for name, _, amount in (change.partition("=") for change in changes)}
        return changed(digits, amounts.get("lumMod", 1.0), amounts.get("lumOff", 0.0)) if amounts else digits


PALETTES: Final[dict[Theme, Palette]] = {
    "slate": Palette(
        "14233B", "FFFFFF", "12233F", "F1F4F9", "1D5FAA", "0C7C7E", "E3A02F", "566579", "1A7A45", "B93227"
    ),
    "ember": Palette(
        "2B1B15", "FFFFFF", "3B1C1A", "FAF3ED", "AF3F1D", "7A3E5C", "E8A33D", "6F5D54", "3B7A2F", "B3261E", "Cambria"
    ),
    "forest": Palette(
        "15261E", "FFFFFF", "12332A", "EFF5F1", "1B7148", "12708A", "DDB138", "55675E", "2A7D33", "B23A2A"
    ),
    "mono": Palette(
        "161616",
        "FFFFFF",
        "161616",
        "F3F3F3",
        "2E2E2E",
        "8A8A8A",
        "E5482D",
        "606060",
        "1F7A3D",
        "C2281B",
        "Arial",
        "Arial",
    ),
}


def contrast(one: str, other: str) -> float:
    """Give how well two colours stand apart, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Give the colour between two, this share of the way from the one to the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "".join(f"{round((a + (b - a) * share) * 255):02X}" for a, b in pairs)


def mended(digits: str, grounds: Sequence[str], least: float) -> str:
    """Give the colour, moved towards black or white as far as it needs to stand apart from all these grounds."""
    ends = sorted(("000000", "FFFFFF"), key=lambda end: -min(contrast(end, ground) for ground in grounds))
    for step in range(21):
        moved = mixed(digits, ends[0], step / 20)
        if min(contrast(moved, ground) for ground in grounds) >= least:
            return moved
    return ends[0]


def _luminance(digits: str) -> float:
    """Give the relative luminance, from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= SRGB_KNEE else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(digits)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def changed(digits: str, scale: float, offset: float) -> str:
    """Give the colour with its lightness scaled and moved, as lumMod and lumOff say."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(digits))
    parts = colorsys.hls_to_rgb(hue, min(1.0, lightness * scale + offset), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _parts(digits: str) -> tuple[float, float, float]:
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
