"""The colours of somebody else's theme: what its names stand for, and a palette of ours made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from orchestration.skills.deck.foreign.digits import BLACK, WHITE, A, said_digits, shaded
from orchestration.skills.design.palette import TEXT_CONTRAST, Ink, Palette, changed, contrast, mended, mixed

# Colours that differ by no more than this in any channel of 256 do as well as one another.
SAME_COLOUR: Final = 32
# A theme's own green or red, which only has to be seen as one, may differ by more.
SAME_SIGNAL: Final = 52
# As finely as programs let people choose a shade, in percent.
SHADE_STEP: Final = 5
# WCAG 2.2, 1.4.11: the lines and marks of charts.
LINE_CONTRAST: Final = 3.0
# Large surfaces with their values beside them are told from the ground with less.
FILL_CONTRAST: Final = 1.5
GREEN: Final = "1A7A45"
RED: Final = "B93227"
# Each with the colour of Office's own theme, for where a file says none that can be read.
_SLOTS: Final = {
    "dk1": BLACK,
    "lt1": WHITE,
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
}
_FILLS: Final = ("accent1", "accent2", "accent3")
# For themes in which those are the same.
_MORE_FILLS: Final = ("accent4", "accent5", "accent6")


@dataclass(frozen=True)
class Scheme:
    """The colours of a theme by the names that slides use: `bg1`, `tx1`, `accent1`."""

    digits: Mapping[str, str]

    @classmethod
    def of(cls, theme: Any, colour_map: Any) -> "Scheme":  # noqa: ANN401 - elements of the file
        """Give the scheme of a theme, seen through the colour map of a master or layout."""
        found = {
            slot: _own_digits(theme.find(f".//{A}clrScheme/{A}{slot}")) or digits for slot, digits in _SLOTS.items()
        }
        mapped = {name: found[slot] for name, slot in colour_map.attrib.items() if slot in found}
        return cls({**found, **mapped})

    def read(self, fill: Any, base: str | None = None) -> str | None:  # noqa: ANN401 - an element of the file
        """Give the digits of the colour within an element; None where it names none that is known.

        Args:
            fill: Holds the colour, as `a:solidFill` does.
            base: What `phClr`, the colour of whoever uses a style, stands for.
        """
        for colour in () if fill is None else fill:
            value = str(colour.get("val", ""))
            named = base if value == "phClr" else self.digits.get(value)
            digits = named if colour.tag == f"{A}schemeClr" else said_digits(colour)
            if digits:
                return shaded(digits, colour)
        return None

    def names(self) -> Mapping[str, str]:
        """Give by six digits the name that slides may use for them: a colour's own, or a lighter or darker one's."""
        usable = [name for name in self.digits if not name.startswith(("dk", "lt", "hlink", "folHlink"))]
        return _list_shades(tuple((name, self.digits[name]) for name in sorted(usable, key=_rank, reverse=True)))

    def near(self, digits: str, grounds: Sequence[str] = (), least: float = 1.0, *, within: int = SAME_COLOUR) -> str:
        """Give the theme's own shade that is nearest to this colour and stands apart from all the grounds.

        Slides that name it follow when somebody changes the theme. Where none is near, it is the colour itself.
        """
        known = sorted((far, each) for each in self.names() if (far := _distance(digits, each)) <= within)
        return next((each for _, each in known if _stands_apart(each, grounds, least)), digits)

    def pick(self, names: Sequence[str], grounds: Sequence[str], least: float) -> str:
        """Give the first of these colours that stands apart from all the grounds; else the best, mended."""
        known = [self.digits[name] for name in names if name in self.digits]
        good = (digits for digits in known if _stands_apart(digits, grounds, least))
        return next(good, None) or self.near(mended(known[0], grounds, least), grounds, least)


def light_palette(scheme: Scheme, ground: str) -> Palette:
    """Give the palette of slides with content, whose paper is this ground, be it light or dark."""
    text = scheme.pick(("tx1", "bg1", "tx2", "bg2"), [ground], TEXT_CONTRAST * 1.5)
    panel = scheme.near(mixed(ground, text, 0.06 if contrast(ground, BLACK) > contrast(ground, WHITE) else 0.12))
    grounds = [ground, panel]
    accent = scheme.pick(("accent1", "tx2", *(f"accent{at}" for at in range(2, 7))), grounds, TEXT_CONTRAST)
    night = scheme.pick(("tx2", "accent1", "tx1"), [ground], TEXT_CONTRAST * 1.3)
    warm, second = _fills(scheme, ground, accent)
    return Palette(
        text=text,
        paper=ground,
        night=night,
        panel=panel,
        accent=accent,
        second=second,
        warm=warm,
        muted=scheme.near(mended(mixed(text, ground, 0.3), grounds, TEXT_CONTRAST), grounds, TEXT_CONTRAST),
        good=_signal(GREEN, scheme, grounds),
        bad=_signal(RED, scheme, grounds),
        variants={ink: scheme.near(digits) for ink, digits in _variants(text, ground, accent, (second, warm))},
    )


def cover_palette(scheme: Scheme, ground: Sequence[str], title: str | None) -> Palette:
    """Give the palette of opening, dividers and closing, whose text is what our `PAPER` and `PANEL` stand for.

    Args:
        scheme: Of the theme.
        ground: The colours that stand behind the text.
        title: The colour that the template itself gives titles there, if it says one.
    """
    keeps = title is not None and _stands_apart(title, ground, TEXT_CONTRAST)
    text = title if keeps and title else scheme.pick(("tx1", "bg1", "tx2", "bg2"), ground, TEXT_CONTRAST * 1.3)
    dim = scheme.near(mended(mixed(text, ground[0], 0.15), ground, TEXT_CONTRAST), ground, TEXT_CONTRAST)
    warm = scheme.pick(("accent1", "accent2", "accent3"), ground, TEXT_CONTRAST)
    base = light_palette(scheme, ground[0])
    quiet, line = (scheme.near(mixed(ground[0], text, share)) for share in (0.4, 0.25))
    return Palette(
        text, text, ground[0], dim, warm, warm, warm, quiet, base.good, base.bad, variants={Ink.HAIRLINE: line}
    )


def _fills(scheme: Scheme, ground: str, accent: str) -> tuple[str, str]:
    """Give two more colours beside the accent; it stands for those that a theme does not have."""
    # First those in which also a line can be seen.
    names = [
        name
        for slots in (_FILLS, _MORE_FILLS)
        for name in sorted(slots, key=lambda name: not _stands_apart(scheme.digits[name], [ground], LINE_CONTRAST))
    ]
    picked = [scheme.pick((name,), [ground], FILL_CONTRAST) for name in names]
    first, second, *_ = *dict.fromkeys(digits for digits in picked if digits != accent), accent, accent
    return first, second


def _variants(text: str, ground: str, accent: str, fills: Sequence[str]) -> Iterator[tuple[Ink, str]]:
    second, warm = fills
    yield from ((Ink.DUSK, mixed(ground, text, 0.2)), (Ink.HAIRLINE, mixed(ground, text, 0.18)))
    yield from ((Ink.PALE, mixed(ground, text, 0.42)), (Ink.PALER, mixed(ground, text, 0.26)))
    yield from ((Ink.SOFT_ACCENT, mixed(accent, ground, 0.4)), (Ink.DEEP_ACCENT, mixed(accent, text, 0.4)))
    yield from ((Ink.SOFT_SECOND, mixed(second, ground, 0.4)), (Ink.DEEP_SECOND, mixed(second, text, 0.4)))
    yield from ((Ink.SOFT_WARM, mixed(warm, ground, 0.4)), (Ink.DEEP_WARM, mixed(warm, text, 0.4)))


@lru_cache(maxsize=8)
def _list_shades(named: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Give colours and their shades by their digits; where two are the same, the one that is named last."""
    shades: dict[str, str] = {}
    for name, digits in named:
        for percent in range(SHADE_STEP, 100, SHADE_STEP):
            darker, left = changed(digits, 1 - percent / 100, 0.0), (100 - percent) * 1_000
            lighter = changed(digits, 1 - percent / 100, percent / 100)
            shades[darker] = f"{name}|lumMod={left}"
            shades[lighter] = f"{name}|lumMod={left}|lumOff={percent * 1_000}"
    return {**shades, **{digits: name for name, digits in named}}


def _signal(digits: str, scheme: Scheme, grounds: Sequence[str]) -> str:
    readable = mended(digits, grounds, TEXT_CONTRAST)
    return scheme.near(readable, grounds, TEXT_CONTRAST, within=SAME_SIGNAL)


def _stands_apart(digits: str, grounds: Sequence[str], least: float) -> bool:
    return all(contrast(digits, ground) >= least for ground in grounds)


def _distance(one: str, other: str) -> int:
    return max(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (0, 2, 4))


def _rank(name: str) -> tuple[bool, str]:
    return name.startswith("accent"), name


def _own_digits(slot: Any) -> str | None:  # noqa: ANN401 - an element of the file
    colour = slot[0] if slot is not None and len(slot) else None
    digits = None if colour is None else said_digits(colour)
    return digits and shaded(digits, colour)
