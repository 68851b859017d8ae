"""Where the parts of a slide stand: in our own layouts, or in those of a template."""

from dataclasses import dataclass

from orchestration.skills.design import geometry
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink


@dataclass(frozen=True)
class Heading:
    """Where a dark slide has its title and the line below it."""

    title: Box
    subtitle: Box


@dataclass(frozen=True)
class Feet:
    """Where footer and page number stand."""

    footer: Box = geometry.FOOTER
    page_number: Box = geometry.PAGE_NUMBER


@dataclass(frozen=True)
class Places:
    """The boxes that slides are composed in, in points of a slide 960 points wide."""

    title: Box = geometry.TITLE
    kicker: Box = geometry.KICKER
    body: Box = geometry.BODY
    sources_line: Box = geometry.SOURCES_LINE
    feet: Feet = Feet()
    opening: Heading = Heading(geometry.OPENING_TITLE, geometry.OPENING_SUBTITLE)
    byline: Box = geometry.OPENING_BYLINE
    divider: Heading = Heading(geometry.OPENING_TITLE, geometry.OPENING_SUBTITLE)
    divider_feet: Feet = Feet(geometry.DARK_FOOTER, geometry.DARK_PAGE_NUMBER)
    closing: Heading = Heading(geometry.CLOSING_TITLE, geometry.CLOSING_MESSAGE)
    closing_body: Box = geometry.CLOSING_BODY
    closing_feet: Feet = Feet(geometry.DARK_FOOTER, geometry.DARK_PAGE_NUMBER)
    closing_ink: Ink = Ink.PAPER
    title_ink: Ink = Ink.TEXT
    kicker_ink: Ink = Ink.ACCENT
    feet_ink: Ink = Ink.MUTED
