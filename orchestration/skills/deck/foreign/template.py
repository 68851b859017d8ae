"""Somebody's .pptx template as what our slides are built on: its masters, layouts, colours and fonts."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from orchestration.skills.deck.foreign.colours import cover_palette, light_palette
from orchestration.skills.deck.foreign.digits import A
from orchestration.skills.deck.foreign.door import open_template
from orchestration.skills.deck.foreign.rooms import closed, find_places, inked
from orchestration.skills.deck.foreign.shapes import Layout, parse_theme, read_layouts
from orchestration.skills.deck.page import LayoutName, Slot
from orchestration.skills.deck.places import Places
from orchestration.skills.deck.stage import LayoutUse, Stage, colours
from orchestration.skills.design.geometry import EMU_PER_PT, Box
from orchestration.skills.fonts.faces import nearest_metrics
from orchestration.skills.package import zipped

_COVERS: Final = ("Opening", "Divider", "Closing")
_WITH_TEXT: Final = ("Text", "Text and figure", "Two columns")


@lru_cache(maxsize=4)
def read_template(filename: str, content: bytes) -> Stage:
    """Give the stage that a template makes. Blocking; what was read is remembered.

    Raises:
        FileRefused: it is no template that slides can be built on; the clause says why.
    """
    file = open_template(filename, content)
    chosen = _choose(read_layouts(file))
    canvas = chosen["Canvas"]
    places = find_places(chosen, file.slide_height / EMU_PER_PT, filename)
    palette = light_palette(canvas.scheme, canvas.behind(places.body)[0])
    heading, body = (nearest_metrics(_font(file, part)) for part in ("major", "minor"))
    uses: dict[LayoutName, LayoutUse] = {}
    for name, layout in chosen.items():
        names: Mapping[str, str] = {} if layout.is_mapped else layout.scheme.names()
        shown = palette
        if name in _COVERS:
            shown = cover_palette(layout.scheme, layout.behind(_main_box(places, name)), layout.title_colour)
            places = closed(places, layout, shown) if name == "Closing" else places
        uses[name] = LayoutUse(layout.index, _slots(name, layout), colours(shown, names))
    return Stage(
        template=_saved(file),
        palette=palette,
        layouts=uses,
        places=inked(places, canvas, palette),
        heading_metrics=heading.face,
        body_metrics=body.face,
        widening=max(heading.widening, body.widening),
    )


def _choose(layouts: Sequence[Layout]) -> Mapping[LayoutName, Layout]:
    """Give for each of our layouts the one of the template: by its type, else by what places it has."""
    titled = [layout for layout in layouts if layout.find("title", "ctrTitle")]
    opening = _first(titled, "title") or next((each for each in titled if each.find("ctrTitle")), titled[0])
    content = _first(titled, "obj", "tx") or next((each for each in titled if _is_content(each)), None)
    canvas = _first(titled, "titleOnly") or content or titled[-1]
    text = content or canvas
    return {
        "Opening": opening,
        "Divider": _first(titled, "secHead") or opening,
        "Text": text,
        "Text and figure": text,
        "Two columns": _first(titled, "twoObj", "twoTxTwoObj") or text,
        "Chart": text,
        "Table": text,
        "Picture": text,
        "Canvas": canvas,
        "Closing": canvas,
    }


def _first(layouts: Sequence[Layout], *kinds: str) -> Layout | None:
    return next((layout for kind in kinds for layout in layouts if layout.kind == kind), None)


def _is_content(layout: Layout) -> bool:
    return layout.find("title") is not None and len(layout.contents()) == 1


def _slots(name: LayoutName, layout: Layout) -> dict[Slot, tuple[str, int]]:
    """Give the placeholders that our slots go into: titles by type, content by type and from left to right."""
    found: dict[Slot, tuple[str, int]] = {}
    if title := layout.find("ctrTitle", "title"):
        found |= {Slot.TITLE: (title.kind, 0), Slot.CENTRED_TITLE: (title.kind, 0)}
    for slot, kind in ((Slot.FOOTER, "ftr"), (Slot.PAGE_NUMBER, "sldNum"), (Slot.SUBTITLE, "subTitle")):
        if spot := layout.find(kind):
            found[slot] = (spot.kind, spot.index)
    contents = layout.contents()
    if name in _WITH_TEXT:
        found |= {
            slot: (spot.kind, spot.index) for slot, spot in zip((Slot.TEXT, Slot.SECOND_TEXT), contents, strict=False)
        }
    elif contents and contents[0].kind == "obj":
        slot = {"Chart": Slot.CHART, "Table": Slot.TABLE}.get(name)
        found |= {slot: ("obj", contents[0].index)} if slot else {}
    elif name == "Divider" and contents:
        found[Slot.SUBTITLE] = (contents[0].kind, contents[0].index)
    return found


def _main_box(places: Places, name: LayoutName) -> Box:
    if name == "Closing":
        return places.closing_body
    return (places.opening if name == "Opening" else places.divider).title


def _font(file: Any, part: str) -> str:  # noqa: ANN401 - python-pptx's presentation is untyped
    latin = parse_theme(file.slide_masters[0]).find(f".//{A}{part}Font/{A}latin")
    return "" if latin is None else str(latin.get("typeface", ""))


def _saved(file: Any) -> bytes:  # noqa: ANN401 - python-pptx's presentation is untyped
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
