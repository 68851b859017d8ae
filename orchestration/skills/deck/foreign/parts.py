"""Takes out of a presentation all but its look: slides, their notes, and whatever may lead or act outside."""

import datetime as dt
from typing import Any, Final

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Sections, custom shows and write protection name slides or people that are not there any more.
_OF_SLIDES: Final = ("sldIdLst", "extLst", "custShowLst", "custDataLst", "modifyVerifier", "photoAlbum", "smartTags")
_KEPT_BY_PRESENTATION: Final = {
    RELATIONSHIP_TYPE.SLIDE_MASTER, RELATIONSHIP_TYPE.NOTES_MASTER, RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.TABLE_STYLES, RELATIONSHIP_TYPE.PRES_PROPS, RELATIONSHIP_TYPE.FONT,
}  # fmt: skip
_KEPT_BY_LAYOUTS: Final = {
    RELATIONSHIP_TYPE.SLIDE_MASTER, RELATIONSHIP_TYPE.SLIDE_LAYOUT, RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.IMAGE,
}  # fmt: skip
_LINKS: Final = ("hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "wavAudioFile")
_ROOTS: Final = ("}spTree", "}sldLayout", "}sldMaster")
_LENGTHS: Final = (
    "x", "y", "cx", "cy", "w", "h", "sz", "marL", "marR", "marT", "marB", "indent", "lIns", "tIns", "rIns", "bIns",
)  # fmt: skip
_PROPERTIES: Final = ("category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "version")


def strip(file: Any) -> None:  # noqa: ANN401 - python-pptx's presentation is untyped
    """Leave masters, layouts, theme and their pictures; parts that nothing leads to are not saved."""
    part = file.part
    for name in _OF_SLIDES:
        for element in part._element.findall(f"{_P}{name}"):  # noqa: SLF001 - the only way to its XML
            part._element.remove(element)  # noqa: SLF001 - the only way to its XML
    _keep(part, _KEPT_BY_PRESENTATION)
    _keep(part.package, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES})
    for master in file.slide_masters:
        for each in (master, *master.slide_layouts):
            _strip_shapes(each)
            _keep(each.part, _KEPT_BY_LAYOUTS)
    _clear_properties(file.core_properties)
    _renew_view(part)


def resize(file: Any, width_emu: int) -> None:  # noqa: ANN401 - python-pptx's presentation is untyped
    """Make the slides so wide, and all on masters and layouts with them: what is seen stays the same."""
    factor = width_emu / file.slide_width
    if factor == 1:
        return
    file.slide_width, file.slide_height = width_emu, round(file.slide_height * factor)
    for master in file.slide_masters:
        for each in (master, *master.slide_layouts):
            for element in each.part._element.iter():  # noqa: SLF001 - the only way to its XML
                _scale(element, factor)


def _scale(element: Any, factor: float) -> None:  # noqa: ANN401 - an element of the file
    names = ("val",) if str(element.tag).endswith("}spcPts") else _LENGTHS
    for name in names:
        value = element.get(name, "")
        if value.lstrip("-").isdigit():
            element.set(name, str(round(int(value) * factor)))


def _renew_view(part: Any) -> None:  # noqa: ANN401 - python-pptx's parts are untyped
    """Give an empty view in place of one that opens slides by name; without one, PowerPoint offers a repair."""
    blob = f'<p:viewPr xmlns:p="{_P[1:-1]}"/>'.encode()
    view = Part(PackURI("/ppt/viewProps.xml"), CONTENT_TYPE.PML_VIEW_PROPS, part.package, blob)
    part.relate_to(view, RELATIONSHIP_TYPE.VIEW_PROPS)


def _keep(part: Any, kinds: set[str]) -> None:  # noqa: ANN401 - python-pptx's parts are untyped
    rels = part._rels  # noqa: SLF001 - a package has no other
    for relation_id, relation in list(rels.items()):
        if relation.is_external or relation.reltype not in kinds:
            rels.pop(relation_id)


def _strip_shapes(layout: Any) -> None:  # noqa: ANN401 - python-pptx's layouts are untyped
    """Take out what leans on parts that are taken out: embedded objects, charts, controls, films, links."""
    kept = {key for key, rel in layout.part.rels.items() if not rel.is_external and rel.reltype in _KEPT_BY_LAYOUTS}
    for element in list(layout.part._element.iter()):  # noqa: SLF001 - the only way to its XML
        named = [value for key, value in element.attrib.items() if str(key).startswith(_R)]
        if named and any(value and value not in kept for value in named):
            _take_out(element)


def _take_out(element: Any) -> None:  # noqa: ANN401 - an element of the file
    """Take out a link alone, and of anything else the whole shape."""
    if str(element.tag).endswith(_LINKS):
        element.getparent().remove(element)
        return
    shape = element
    while shape.getparent() is not None and not str(shape.getparent().tag).endswith(_ROOTS):
        shape = shape.getparent()
    if shape.getparent() is not None and not str(shape.tag).endswith(("}cSld", "}sldLayoutIdLst")):
        shape.getparent().remove(shape)


def _clear_properties(properties: Any) -> None:  # noqa: ANN401 - python-pptx's properties are untyped
    for name in _PROPERTIES:
        setattr(properties, name, "")
    properties.revision = 1
    properties.last_printed = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants no zone
