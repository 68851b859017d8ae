"""Themes: the colours and fonts of what is made, by their names."""

from typing import Final, Literal, get_args

Theme = Literal["slate", "ember", "forest", "mono"]
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)
"""The first is of what names none."""
