"""Points on cards: one card or two side by side, in one size of text, on as many slides as they need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.skills.blocks import Bullet
from orchestration.skills.deck.page import Block, Insets, Panel, Slot, TextBlock
from orchestration.skills.deck.setting import BODY_SIZES_PT, SIDE_SIZES_PT, Setting, bulleted
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line, fit

# A row of more than some 90 letters is hard to follow back to its start.
READING_WIDTH_PT: Final = 780.0
CARD_HEIGHT_PT: Final = 256.0
# Short lists are spread until they take this share of the height they may have.
SPREAD_SHARE: Final = 0.72
# Points without points below them may be larger, and a point alone is set as a statement.
POINTS_ALONE_PT: Final = 24.0
STATEMENT_SIZES_PT: Final = (40.0, 36.0, 32.0, 28.0, 26.0, POINTS_ALONE_PT, *BODY_SIZES_PT)
COLUMN_SIZES_PT: Final = (20.0, *SIDE_SIZES_PT)
# More paragraphs on one card, or more words on one slide, are read by nobody: they continue beside it or on the next.
CARD_PARAGRAPHS: Final = 9
SLIDE_WORDS: Final = 150
EDGE_PT: Final = 4.0
_INSETS: Final = Insets(28, 24, 28, 20)


@dataclass(frozen=True)
class Points:
    """The points of one card, and the room they have."""

    bullets: tuple[Bullet, ...]
    box: Box
    setting: Setting
    is_statement: bool = False
    is_bare: bool = False
    """Stands on no card and is not parted, so that the longest points have all the room."""

    @property
    def insets(self) -> Insets:
        """The air around the text; beside wide text more, so that its rows can be followed."""
        if self.is_bare:
            return Insets(right=max(0.0, self.box.width - READING_WIDTH_PT))
        return replace(_INSETS, right=max(_INSETS.right, self.box.width - _INSETS.left - READING_WIDTH_PT))

    def fitted(self, sizes_pt: Sequence[float]) -> float | None:
        """Give the largest of these sizes at which the points fit; None where none does, or they are too many."""
        smallest = self.lines(sizes_pt[-1])
        if len(self.bullets) > 1 and len(smallest) > CARD_PARAGRAPHS:
            return None
        lines = fit(sizes_pt, self._room, self.setting.ruler, self.lines)
        return lines[0].size_pt if lines else None

    def lines(self, size_pt: float) -> list[Line]:
        """Give the paragraphs: each point with a sign, what continues it and what stands below it indented."""
        lines: list[Line] = []
        small = max(BODY_SIZES_PT[-1], size_pt - 2)
        for bullet in self.bullets:
            lines += self._point(bullet.text, size_pt, before_pt=size_pt * 0.6 if lines else 0.0)
            subs = [self.setting.line(text, small, Ink.MUTED) for text in bullet.sub]
            lines += [bulleted(line, level=1, before_pt=small * 0.25) for line in subs]
        return lines

    def text(self, size_pt: float, slot: Slot) -> TextBlock:
        """Give the card, no higher than its text needs, the space between short points widened."""
        _, height = self._room
        lines = self.lines(size_pt)
        free = height * SPREAD_SHARE - self._height(lines)
        gaps = sum(1 for line in lines[1:] if line.bullet and not line.level)
        extra = max(0.0, min(free / gaps, size_pt)) if gaps else 0.0
        spread = [
            replace(line, before_pt=line.before_pt + extra) if at and line.bullet and not line.level else line
            for at, line in enumerate(lines)
        ]
        width, _ = self._room
        broken = tuple(self.setting.ruler.with_breaks(line, width) for line in spread)
        needed = self._height(broken) + self.insets.top + self.insets.bottom + EDGE_PT
        card = self.box.from_top(min(self.box.height, max(CARD_HEIGHT_PT, needed)))
        return TextBlock("Points", card, broken, slot, "ctr", None if self.is_bare else Ink.PANEL, self.insets)

    @property
    def _room(self) -> tuple[float, float]:
        return self.insets.room(self.box)

    def _height(self, lines: Sequence[Line]) -> float:
        width, _ = self._room
        return self.setting.ruler.height_pt(lines, width)

    def _point(self, text: str, size_pt: float, *, before_pt: float) -> list[Line]:
        first, *more = [self.setting.line(text, size_pt)] if self.is_bare else self.setting.paragraphs(text, size_pt)
        if self.is_statement:
            return [first, *more]
        hung = [replace(bulleted(line), bullet=None, before_pt=line.before_pt) for line in more]
        return [bulleted(first, before_pt=before_pt), *hung]


def in_runs(bullets: Sequence[Bullet], count: int) -> list[tuple[Bullet, ...]]:
    """Give the bullets in `count` runs of about equal length of text."""
    weights = [len(bullet.text) + sum(map(len, bullet.sub)) + 40 for bullet in bullets]
    groups: list[list[Bullet]] = [[]]
    filled = 0.0
    for at, (bullet, weight) in enumerate(zip(bullets, weights, strict=True)):
        share = sum(weights) / count * len(groups)
        must = len(bullets) - at == count - len(groups)
        if groups[-1] and len(groups) < count and (must or filled + weight / 2 > share):
            groups.append([])
        groups[-1].append(bullet)
        filled += weight
    return [tuple(group) for group in groups]


def is_crowded(bullets: Sequence[Bullet]) -> bool:
    """Tell whether these are more words than one slide should hold; a single point cannot be parted."""
    words = sum(len(text.split()) for bullet in bullets for text in (bullet.text, *bullet.sub))
    return len(bullets) > 1 and words > SLIDE_WORDS


def edge(card: Box, ink: Ink = Ink.ACCENT) -> Block:
    """Give the coloured edge along the top of a card."""
    return Panel("Card edge", card.from_top(EDGE_PT), ink)
