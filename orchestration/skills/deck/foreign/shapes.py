"""What stands on a layout: its places for text, what else is drawn there, and the colours behind a place."""
# Without numpy, which it does not need, Pillow leaves the type of a size open:
# pyright: reportUnknownMemberType=false

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, UnidentifiedImageError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from orchestration.skills.deck.foreign.colours import Scheme
from orchestration.skills.deck.foreign.digits import A
from orchestration.skills.design.geometry import EMU_PER_PT, Box

P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# What covers this share of a place is its ground, and no thing that stands in its way.
GROUND_SHARE: Final = 0.6
# The air between a place and what stands beside it.
AIR_PT: Final = 6.0


@dataclass(frozen=True)
class Drawn:
    """Something drawn on a layout or master; without a colour it is a line, a picture we cannot read, or a group."""

    box: Box
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A placeholder of a layout."""

    kind: str
    index: int
    box: Box


@dataclass(frozen=True)
class Layout:
    """A layout with what a slide on it inherits."""

    index: int
    kind: str
    spots: tuple[Spot, ...]
    drawn: tuple[Drawn, ...]
    ground: tuple[str, ...]
    scheme: Scheme
    is_mapped: bool
    """The layout sees the theme through a colour map of its own."""
    title_colour: str | None

    def find(self, *kinds: str) -> Spot | None:
        """Give the first placeholder of one of these kinds."""
        return next((spot for spot in self.spots if spot.kind in kinds), None)

    def contents(self) -> list[Spot]:
        """Give the places for any content or text, from left to right."""
        found = [spot for spot in self.spots if spot.kind in {"obj", "body"}]
        return sorted(found, key=lambda spot: (spot.box.x, spot.box.y))

    def behind(self, box: Box) -> tuple[str, ...]:
        """Give the colours behind a place: of the last thing that covers most of it, else of the background."""
        covering = [each for each in self.drawn if each.colours and _share(box, each.box) >= GROUND_SHARE]
        return covering[-1].colours if covering else self.ground

    def free(self, box: Box) -> Box:
        """Give what is left of a place beside the things that stand in its way, cut where the least is lost."""
        for each in self.drawn:
            if 0 < _share(box, each.box) < GROUND_SHARE:
                box = max(_cuts(box, each.box), key=lambda left: left.width * left.height)
        return box


def read_layouts(file: Any) -> list[Layout]:  # noqa: ANN401 - python-pptx's presentation is untyped
    """Give the layouts of the first master."""
    master = file.slide_masters[0]
    theme = parse_theme(master)
    colour_map = master.part._element.find(f"{P}clrMap")  # noqa: SLF001 - the only way to its XML
    own = Scheme.of(theme, colour_map)
    return [_layout(index, layout, master, theme, own) for index, layout in enumerate(master.slide_layouts)]


def _layout(index: int, layout: Any, master: Any, theme: Any, own: Scheme) -> Layout:  # noqa: ANN401 - python-pptx's layouts are untyped
    element = layout.part._element  # noqa: SLF001 - the only way to its XML
    override = element.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    scheme = own if override is None else Scheme.of(theme, override)
    shown = [master, layout] if element.get("showMasterSp", "1") not in {"0", "false"} else [layout]
    drawn = [each for source in shown for each in _drawn(source, scheme)]
    spots = [_spot(place) for place in layout.placeholders]
    title = next((place for place in layout.placeholders if place.placeholder_format.idx == 0), None)
    return Layout(
        index,
        str(element.get("type", "cust")),
        tuple(spot for spot in spots if spot.box.width > 1),
        tuple(drawn),
        _ground(layout, master, scheme),
        scheme,
        override is not None,
        _title_colour(title, master, scheme),
    )


def _spot(place: Any) -> Spot:  # noqa: ANN401 - python-pptx's placeholders are untyped
    tie = next(place.element.iter(f"{P}ph"))
    sizes = [each or 0 for each in (place.left, place.top, place.width, place.height)]
    return Spot(str(tie.get("type", "obj")), int(tie.get("idx", "0")), Box(*(each / EMU_PER_PT for each in sizes)))


def _drawn(source: Any, scheme: Scheme) -> Iterator[Drawn]:  # noqa: ANN401 - python-pptx's layouts are untyped
    for shape in source.shapes:
        if shape.is_placeholder:
            continue
        sizes = [each or 0 for each in (shape.left, shape.top, shape.width, shape.height)]
        properties = shape.element.find(f"{P}spPr")
        fill = properties.find(f"{A}solidFill") if properties is not None else None
        gradient = properties.find(f"{A}gradFill") if properties is not None else None
        colours = [scheme.read(fill)] if fill is not None else _stops(gradient, scheme)
        picture = shape.element.find(f".//{A}blip")
        if picture is not None:
            colours = _mean(source.part, picture)
        yield Drawn(Box(*(each / EMU_PER_PT for each in sizes)), tuple(each for each in colours if each))


def _ground(layout: Any, master: Any, scheme: Scheme) -> tuple[str, ...]:  # noqa: ANN401 - python-pptx's layouts are untyped
    for source in (layout, master):
        ground = source.part._element.find(f"{P}cSld/{P}bg")  # noqa: SLF001 - the only way to its XML
        if ground is None:
            continue
        reference, properties = ground.find(f"{P}bgRef"), ground.find(f"{P}bgPr")
        found = [scheme.read(reference)] if reference is not None else _fill_colours(properties, scheme, source.part)
        if colours := tuple(each for each in found if each):
            return colours
    return (scheme.digits.get("bg1", "FFFFFF"),)


def _fill_colours(properties: Any, scheme: Scheme, part: Any) -> Sequence[str | None]:  # noqa: ANN401 - elements of the file
    if properties is None:
        return []
    picture = properties.find(f".//{A}blip")
    if picture is not None:
        return _mean(part, picture)
    return [scheme.read(properties.find(f"{A}solidFill")), *_stops(properties.find(f"{A}gradFill"), scheme)]


def _stops(gradient: Any, scheme: Scheme) -> list[str | None]:  # noqa: ANN401 - an element of the file
    return [] if gradient is None else [scheme.read(stop) for stop in gradient.iter(f"{A}gs")]


def _mean(part: Any, blip: Any) -> list[str | None]:  # noqa: ANN401 - elements of the file
    """Give the middle colour of a picture; none where it cannot be read."""
    relation = part.rels.get(blip.get(f"{R}embed"))
    if relation is None or relation.is_external:
        return []
    try:
        image = Image.open(io.BytesIO(relation.target_part.blob)).convert("RGB").resize((1, 1))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return []
    found: Any = image.getpixel((0, 0))
    return ["".join(f"{channel:02X}" for channel in found)]


def _title_colour(title: Any, master: Any, scheme: Scheme) -> str | None:  # noqa: ANN401 - python-pptx's placeholders are untyped
    styles = [] if title is None else [title.element.find(f".//{A}lvl1pPr/{A}defRPr/{A}solidFill")]
    of_master = master.part._element.find(f"{P}txStyles/{P}titleStyle/{A}lvl1pPr/{A}defRPr/{A}solidFill")  # noqa: SLF001 - the only way to its XML
    return next((found for style in (*styles, of_master) if (found := scheme.read(style))), None)


def parse_theme(master: Any) -> Any:  # noqa: ANN401 - python-pptx's masters are untyped
    """Give the theme of a master as an element."""
    return parse_xml(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)


def _share(box: Box, other: Box) -> float:
    """Give the share of a box that another one covers; what only touches it within its air counts a little."""
    width = min(box.right, other.right + AIR_PT) - max(box.x, other.x - AIR_PT)
    height = min(box.bottom, other.bottom + AIR_PT) - max(box.y, other.y - AIR_PT)
    return max(0.0, width) * max(0.0, height) / (box.width * box.height) if width > 0 and height > 0 else 0.0


def _cuts(box: Box, other: Box) -> list[Box]:
    left, right = other.x - AIR_PT, other.right + AIR_PT
    top, bottom = other.y - AIR_PT, other.bottom + AIR_PT
    return [
        Box(box.x, box.y, max(0.0, left - box.x), box.height),
        Box(right, box.y, max(0.0, box.right - right), box.height),
        Box(box.x, box.y, box.width, max(0.0, top - box.y)),
        Box(box.x, bottom, box.width, max(0.0, box.bottom - bottom)),
    ]
