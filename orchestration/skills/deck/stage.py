"""What slides are built on: an empty presentation, its colours and fonts, and where things stand in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from orchestration.skills.deck.layouts import LAYOUTS
from orchestration.skills.deck.page import LayoutName, Slot
from orchestration.skills.deck.places import Places
from orchestration.skills.deck.template import template_bytes
from orchestration.skills.design.drawingml import colour
from orchestration.skills.design.palette import PALETTES, Ink, Palette
from orchestration.skills.design.ruler import Ruler
from orchestration.skills.fonts.faces import FontName
from recipes.theme import Theme

_COLOUR: Final = re.compile('<a:schemeClr val="[^"]*">.*?</a:schemeClr>')
OWN_PLACES: Final = Places()
OWN_SLOTS: Final[Mapping[Slot, tuple[str, int]]] = {slot: slot.value for slot in Slot}


@dataclass(frozen=True)
class LayoutUse:
    """One of our layouts as the presentation has it."""

    index: int
    """Its place among the layouts of the presentation."""
    slots: Mapping[Slot, tuple[str, int]]
    """The placeholders it has for our slots: type and index; a slot that is not here becomes a text box."""
    colours: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stands in the file for one of our colours, where the theme does not hold them."""

    def coloured(self, xml: str) -> str:
        """Give shapes in the colours of this layout."""
        return _COLOUR.sub(lambda found: self.colours.get(found[0], found[0]), xml) if self.colours else xml


@dataclass(frozen=True)
class Stage:
    """A presentation without slides, and all that composing and writing slides on it needs to know."""

    template: bytes
    palette: Palette
    layouts: Mapping[LayoutName, LayoutUse]
    places: Places = OWN_PLACES
    heading_metrics: FontName = "Calibri"
    body_metrics: FontName = "Calibri"
    widening: float = 1.0
    """How much wider than in these metrics text may run in the fonts that are really shown."""

    @property
    def ruler(self) -> Ruler:
        """What measures text as it is shown here."""
        return Ruler(self.heading_metrics, self.body_metrics, self.widening)


@lru_cache
def theme_stage(theme: Theme) -> Stage:
    """Give the stage of one of our themes."""
    palette = PALETTES[theme]
    return Stage(
        template_bytes(theme, palette),
        palette,
        own_layouts(),
        heading_metrics=palette.heading_font,
        body_metrics=palette.body_font,
    )


def own_layouts() -> dict[LayoutName, LayoutUse]:
    """Give our layouts as our own presentations have them."""
    return {spec.name: LayoutUse(index, OWN_SLOTS) for index, spec in enumerate(LAYOUTS)}


def colours(palette: Palette, names: Mapping[str, str]) -> dict[str, str]:
    """Give for each of our colours the one that shows it: by its name in the theme, else by its digits.

    Args:
        palette: The colours that are meant.
        names: By six digits, the names under which the theme has them, with their shades as inks have them.
    """
    written: dict[str, str] = {}
    for ink in Ink:
        digits = palette.rgb(ink)
        written[colour(ink)] = colour(names[digits]) if digits in names else f'<a:srgbClr val="{digits}"/>'
    return written
