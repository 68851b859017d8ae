"""The sheet of paper a document is set on."""

from dataclasses import dataclass
from typing import Final

# Countries that print on Letter (Unicode CLDR, paper size).
_LETTER_REGIONS: Final = {"US", "CA", "MX", "PH", "CL", "CO", "VE", "PR"}


@dataclass(frozen=True)
class Paper:
    """A sheet with its margins, in points."""

    name: str
    width_pt: float
    height_pt: float
    side_pt: float = 68.0
    top_pt: float = 76.0
    foot_pt: float = 72.0

    @property
    def text_width_pt(self) -> float:
        """The width of a line of text."""
        return self.width_pt - 2 * self.side_pt


_LETTER: Final = Paper("us-letter", 612.0, 792.0)
_A4: Final = Paper("a4", 595.3, 841.9)


def paper_for(language: str) -> Paper:
    """Give the paper that people of this language tag print on: `en-US` on Letter, `de` on A4."""
    return _LETTER if language.rpartition("-")[2] in _LETTER_REGIONS else _A4
