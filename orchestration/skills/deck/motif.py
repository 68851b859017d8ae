"""The woven threads on dark slides: bands that pass over and under each other, drawn once in the layouts."""

from typing import Final

from orchestration.skills.deck.page import Panel
from orchestration.skills.design.geometry import SLIDE_HEIGHT_PT, SLIDE_WIDTH_PT, Box
from orchestration.skills.design.palette import Ink

BAND_PT: Final = 30.0
PITCH_PT: Final = 45.0
# The gap that shows which band passes below.
GAP_PT: Final = 3.5
# Most threads are quiet, so that the few bright ones are seen.
_UPRIGHT: Final = (Ink.DUSK, Ink.ACCENT, Ink.DUSK, Ink.DUSK, Ink.SECOND, Ink.DUSK)
_ACROSS: Final = (
    Ink.DUSK,
    Ink.DUSK,
    Ink.ACCENT,
    Ink.DUSK,
    Ink.WARM,
    Ink.DUSK,
    Ink.DUSK,
    Ink.SECOND,
    Ink.DUSK,
    Ink.DUSK,
    Ink.WARM,
    Ink.DUSK,
)
# How far the threads across reach out to the left, in upright pitches.
_REACH: Final = (0.4, 1.1, 0.7, 1.5, 0.9, 0.3, 1.3, 0.6)


def woven(columns: int) -> list[Panel]:
    """Give the bands of a weave that fills the right edge of the slide, `columns` upright bands wide."""
    left = SLIDE_WIDTH_PT - columns * PITCH_PT + (PITCH_PT - BAND_PT) / 2
    rows = int(SLIDE_HEIGHT_PT // PITCH_PT)
    xs = [left + PITCH_PT * at for at in range(columns)]
    ys = [(PITCH_PT - BAND_PT) / 2 + PITCH_PT * at for at in range(rows)]
    return [*_uprights(xs, ys), *_acrosses(xs, ys)]


def _uprights(xs: list[float], ys: list[float]) -> list[Panel]:
    panels: list[Panel] = []
    for column, x in enumerate(xs):
        under = [y for row, y in enumerate(ys) if (row + column) % 2]
        pieces = _pieces(0.0, SLIDE_HEIGHT_PT, under)
        panels += [
            _band(Box(x, start, BAND_PT, end - start), _UPRIGHT[column % len(_UPRIGHT)]) for start, end in pieces
        ]
    return panels


def _acrosses(xs: list[float], ys: list[float]) -> list[Panel]:
    panels: list[Panel] = []
    for row, y in enumerate(ys):
        start = xs[0] - PITCH_PT * _REACH[row % len(_REACH)]
        under = [x for column, x in enumerate(xs) if not (row + column) % 2]
        pieces = _pieces(start, SLIDE_WIDTH_PT, under)
        panels += [_band(Box(begin, y, end - begin, BAND_PT), _ACROSS[row % len(_ACROSS)]) for begin, end in pieces]
    return panels


def _pieces(start: float, end: float, crossings: list[float]) -> list[tuple[float, float]]:
    """Give the visible pieces of a band that passes below others at these places."""
    pieces: list[tuple[float, float]] = []
    for crossing in crossings:
        if crossing - GAP_PT > start:
            pieces.append((start, crossing - GAP_PT))
        start = max(start, crossing + BAND_PT + GAP_PT)
    return [*pieces, (start, end)] if end > start else pieces


def _band(box: Box, ink: Ink) -> Panel:
    return Panel("Thread", box, ink)
