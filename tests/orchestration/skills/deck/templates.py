"""Templates of other people, made for the tests: dark with a logo, light with a band, with odd colours, with few."""

import io
from collections.abc import Callable
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu

from tests.orchestration.skills.samples import sample_picture

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
COVERS = {"Title Slide", "Section Header"}


def dark_template() -> bytes:
    """Dark by its colour map, Georgia and Verdana, a logo on each slide, two example slides with notes."""
    file = _resized(12_192_000, 6_858_000)
    _retheme(file, {"dk1": "0B1020", "lt1": "F5F7FF", "dk2": "1B2540", "lt2": "C9D1EA", "accent1": "2F4B8F", "accent2": "E0457B", "accent3": "F2B705", "accent4": "3CCF91", "accent5": "8E5BD0", "accent6": "6FB1FC"}, "Georgia", "Verdana")  # fmt: skip # noqa: E501 - colours in a row
    mapping = file.slide_master.part._element.find(f"{P}clrMap")
    mapping.attrib.update({"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"})
    _ground(file.slide_master, "bg1")
    _picture(file.slide_master, Emu(10_900_000), Emu(220_000), Emu(1_000_000))
    for number in range(2):
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text = f"An example that must not stay, number {number}"
        slide.notes_slide.notes_text_frame.text = "Nor its notes"
        slide.shapes.add_picture(io.BytesIO(sample_picture(60 + number, 40)), 0, 0)
    return _saved(file)


def light_template() -> bytes:
    """Ten inches wide, a dark band behind each title, a yellow accent, fonts nobody has, one example slide."""
    file = _resized(9_144_000, 5_143_500)
    _retheme(file, {"dk1": "222222", "lt1": "FFFFFF", "dk2": "0F4C3A", "lt2": "EEF3EF", "accent1": "FFC000", "accent2": "7FB069", "accent3": "E6AA68", "accent4": "CA3C25", "accent5": "1D1A05", "accent6": "4C9F70"}, "Nordsjo Display", "Nordsjo Text")  # fmt: skip # noqa: E501 - colours in a row
    band = _shape(file.slide_master, Emu(0), Emu(0), Emu(9_144_000), Emu(900_000))
    band.fill.solid()
    band.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_2
    for layout in (file.slide_master, *(each for each in file.slide_layouts if each.name not in COVERS)):
        for place in layout.placeholders:
            if place.placeholder_format.idx == 0:
                place.left, place.top, place.width, place.height = map(Emu, (450_000, 120_000, 8_200_000, 700_000))
    for layout in (each for each in file.slide_layouts if each.name in COVERS):
        layout.part._element.set("showMasterSp", "0")
        _ground(layout, "tx2")
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.title.text = "An example that must not stay"
    return _saved(file)


def named_template() -> bytes:
    """Its colours are said by names of the system and of presets, some of which no program knows."""
    file = _resized(12_192_000, 6_858_000)
    _retheme(file, {"lt1": "FFFFFF", "accent1": "1F4E79", "accent2": "C55A11", "accent3": "548235"}, "Georgia", "Arial")
    _respell(file, {"dk1": ("sysClr", "windowText"), "lt2": ("prstClr", "ltGray"), "accent4": ("prstClr", "medPurple"), "accent5": ("sysClr", "unheardOf"), "accent6": ("prstClr", "orange")})  # fmt: skip # noqa: E501 - colours in a row
    return _saved(file)


def plain_template() -> bytes:
    """Of one colour: all its accents are the same."""
    file = _resized(12_192_000, 6_858_000)
    _retheme(file, {f"accent{number}": "1F4E79" for number in range(1, 7)}, "Calibri", "Calibri")
    return _saved(file)


def _resized(width: int, height: int) -> Any:
    """The library's own presentation, which is 4:3, on a slide of another size."""
    file = Presentation()
    across, down = width / file.slide_width, height / file.slide_height
    file.slide_width, file.slide_height = width, height
    for source in (file.slide_master, *file.slide_layouts):
        for off in source.part._element.iter(f"{A}off"):
            off.set("x", str(round(int(off.get("x")) * across)))
            off.set("y", str(round(int(off.get("y")) * down)))
        for size in source.part._element.iter(f"{A}ext"):
            if size.get("cx"):
                size.set("cx", str(round(int(size.get("cx")) * across)))
                size.set("cy", str(round(int(size.get("cy")) * down)))
    return file


def _retheme(file: Any, colours: dict[str, str], heading: str, body: str) -> None:
    _respell(file, {slot: ("srgbClr", digits) for slot, digits in colours.items()})
    part = file.slide_master.part.part_related_by(THEME)
    theme = etree.fromstring(part.blob)
    for kind, name in (("major", heading), ("minor", body)):
        theme.find(f".//{A}{kind}Font/{A}latin").set("typeface", name)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _respell(file: Any, colours: dict[str, tuple[str, str]]) -> None:
    part = file.slide_master.part.part_related_by(THEME)
    theme = etree.fromstring(part.blob)
    for slot, (form, value) in colours.items():
        place = theme.find(f".//{A}clrScheme/{A}{slot}")
        for child in list(place):
            place.remove(child)
        etree.SubElement(place, f"{A}{form}", val=value)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _ground(source: Any, name: str) -> None:
    slide = source.part._element.find(f"{P}cSld")
    for old in slide.findall(f"{P}bg"):
        slide.remove(old)
    ground = etree.fromstring(
        f'<p:bg xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}"><p:bgPr><a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
    )
    slide.insert(0, ground)


def _shape(master: Any, left: Emu, top: Emu, width: Emu, height: Emu) -> Any:
    """A rectangle on a master, behind its placeholders: made on a slide, which lends it."""
    lender = Presentation()
    slide = lender.slides.add_slide(lender.slide_layouts[6])
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    shape.line.fill.background()
    for style in shape._element.findall(f"{P}style"):
        shape._element.remove(style)
    shape._element.find(f".//{P}cNvPr").set("id", "80")
    master.shapes._spTree.insert(2, shape._element)
    return shape


def _picture(master: Any, left: Emu, top: Emu, width: Emu) -> None:
    _, relation_id = master.part.get_or_add_image_part(io.BytesIO(sample_picture(300, 120)))
    height = Emu(round(width * 0.4))
    xml = (
        f'<p:pic xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvPicPr>'
        '<p:cNvPr id="90" name="Logo" descr="Logo"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation_id}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    master.shapes._spTree.append(etree.fromstring(xml))


def _saved(file: Any) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "dark": dark_template,
    "light": light_template,
    "named": named_template,
    "plain": plain_template,
}
