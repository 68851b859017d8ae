"""A workspace's own look: colours, fonts and logo on our themes, or a template of its own."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from orchestration.skills.deck.foreign.template import read_template
from orchestration.skills.deck.places import Places
from orchestration.skills.deck.stage import Stage, own_layouts, theme_stage
from orchestration.skills.deck.template import Logo, template_bytes
from orchestration.skills.design.geometry import MARGIN_PT, SLIDE_WIDTH_PT, Box
from orchestration.skills.design.palette import PALETTES, TEXT_CONTRAST, Palette, contrast, mended, mixed
from orchestration.skills.fonts.faces import nearest_metrics
from orchestration.skills.pictures import Picture
from recipes.theme import Theme

LOGO_WIDTH_PT: Final = 128.0
LOGO_HEIGHT_PT: Final = 36.0
LOGO_TOP_PT: Final = 30.0
# Dark slides stand out by being dark: their ground is the first colour, as deep as this against white.
NIGHT_CONTRAST: Final = 11.0


@dataclass(frozen=True)
class TemplateFile:
    """A .pptx file whose look decks take."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Brand:
    """What is set; the rest is the theme's. A template stands above colours, fonts and logo."""

    primary: str | None = None
    """Six digits."""
    secondary: str | None = None
    heading_font: str | None = None
    body_font: str | None = None
    logo: Picture | None = None
    template: TemplateFile | None = None


NO_BRAND: Final = Brand()


@lru_cache(maxsize=8)
def brand_stage(theme: Theme, brand: Brand) -> Stage:
    """Give what decks of this theme are built on in this brand. Blocking.

    Raises:
        FileRefused: the brand's template is none.
    """
    if brand.template is not None:
        return read_template(brand.template.filename, brand.template.content)
    if brand == NO_BRAND:
        return theme_stage(theme)
    palette = _coloured(PALETTES[theme], brand)
    fonts = (brand.heading_font or palette.heading_font, brand.body_font or palette.body_font)
    heading, body = (nearest_metrics(font) for font in fonts)
    logo = _placed(brand.logo) if brand.logo else None
    return Stage(
        template_bytes("brand", palette, fonts=fonts, logo=logo),
        palette,
        own_layouts(),
        places=_beside(logo),
        heading_metrics=heading.face,
        body_metrics=body.face,
        widening=max(heading.widening, body.widening),
    )


def _coloured(palette: Palette, brand: Brand) -> Palette:
    """Give the palette in the brand's colours, moved towards black where text in them could not be read."""
    grounds = [palette.paper, palette.panel]
    if brand.primary:
        accent, night = mended(brand.primary, grounds, TEXT_CONTRAST), brand.primary
        while contrast(night, palette.paper) < NIGHT_CONTRAST:
            night = mixed(night, "000000", 0.12)
        palette = replace(palette, accent=accent, night=night)
    if brand.secondary:
        palette = replace(palette, second=brand.secondary, warm=mended(brand.secondary, [palette.night], TEXT_CONTRAST))
    return palette


def _placed(picture: Picture) -> Logo:
    scale = min(LOGO_WIDTH_PT / picture.width, LOGO_HEIGHT_PT / picture.height)
    width, height = picture.width * scale, picture.height * scale
    return Logo(picture, Box(SLIDE_WIDTH_PT - MARGIN_PT - width, LOGO_TOP_PT, width, height))


def _beside(logo: Logo | None) -> Places:
    """Give the places with titles that end before the logo."""
    places = Places()
    if logo is None:
        return places
    taken = logo.box.width + 20
    title, kicker = places.title, places.kicker
    return replace(
        places,
        title=title.from_left(title.width - taken),
        kicker=kicker.from_left(kicker.width - taken),
    )
