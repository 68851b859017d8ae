"""An empty 16:9 presentation in one of the themes, as a file: parts, their types, and how they belong together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from orchestration.skills.deck.drawing import NAMESPACES
from orchestration.skills.deck.layouts import LAYOUTS, layout_xml
from orchestration.skills.deck.masters import LAYOUT_NUMBERS, MASTER_ID, master_xml, notes_master_xml
from orchestration.skills.design.drawingml import DRAWING_NAMESPACE, emu
from orchestration.skills.design.geometry import SLIDE_HEIGHT_PT, SLIDE_WIDTH_PT, Box
from orchestration.skills.design.palette import Palette
from orchestration.skills.design.theme import theme_xml
from orchestration.skills.package import zipped
from orchestration.skills.pictures import Picture


@dataclass(frozen=True)
class Logo:
    """A picture on each slide with content, and where."""

    picture: Picture
    box: Box


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.presentationml"


def template_bytes(
    name: str, palette: Palette, *, fonts: tuple[str, str] | None = None, logo: Logo | None = None
) -> bytes:
    """Give the empty presentation as a file.

    Args:
        name: Of its theme.
        palette: Its colours.
        fonts: For headings and for text, where they are others than the palette's.
        logo: Shown on each slide with content.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            {
                f"{_OFFICE}/officeDocument": "ppt/presentation.xml",
                f"{_PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
                f"{_OFFICE}/extended-properties": "docProps/app.xml",
            }.items()
        ),
        "docProps/core.xml": _core(),
        "docProps/app.xml": _app(),
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _relations(_presentation_targets()),
        "ppt/presProps.xml": f"<p:presentationPr {NAMESPACES}/>",
        "ppt/viewProps.xml": f"<p:viewPr {NAMESPACES}/>",
        "ppt/tableStyles.xml": f'<a:tblStyleLst {DRAWING_NAMESPACE} def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>',
        "ppt/slideMasters/slideMaster1.xml": master_xml(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(_master_targets()),
        "ppt/theme/theme1.xml": theme_xml(name, palette, fonts),
        "ppt/theme/theme2.xml": theme_xml(name, palette, fonts),
        "ppt/notesMasters/notesMaster1.xml": notes_master_xml(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _relations([(f"{_OFFICE}/theme", "../theme/theme2.xml")]),
    }
    for number, spec in enumerate(LAYOUTS, 1):
        shown = logo if not spec.threads else None
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout_xml(spec, shown.box if shown else None)
        targets = [(f"{_OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")]
        targets += [(f"{_OFFICE}/image", f"../media/logo.{shown.picture.kind}")] if shown else []
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = _relations(targets)
    media = {f"ppt/media/logo.{logo.picture.kind}": logo.picture.content} if logo else {}
    return zipped({**{name: (_XML + text).encode() for name, text in parts.items()}, **media})


def _content_types() -> str:
    kinds = {
        "ppt/presentation.xml": f"{_TYPES}.presentation.main+xml",
        "ppt/presProps.xml": f"{_TYPES}.presProps+xml",
        "ppt/viewProps.xml": f"{_TYPES}.viewProps+xml",
        "ppt/tableStyles.xml": f"{_TYPES}.tableStyles+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{_TYPES}.slideMaster+xml",
        "ppt/notesMasters/notesMaster1.xml": f"{_TYPES}.notesMaster+xml",
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "ppt/theme/theme2.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    layouts = {f"ppt/slideLayouts/slideLayout{number}.xml": f"{_TYPES}.slideLayout+xml" for number in LAYOUT_NUMBERS}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in {**kinds, **layouts}.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    """Give relationships numbered in the order of the targets, each a type and a path."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _presentation_targets() -> list[tuple[str, str]]:
    return [
        (f"{_OFFICE}/slideMaster", "slideMasters/slideMaster1.xml"),
        (f"{_OFFICE}/notesMaster", "notesMasters/notesMaster1.xml"),
        (f"{_OFFICE}/theme", "theme/theme1.xml"),
        (f"{_OFFICE}/tableStyles", "tableStyles.xml"),
        (f"{_OFFICE}/presProps", "presProps.xml"),
        (f"{_OFFICE}/viewProps", "viewProps.xml"),
    ]


def _master_targets() -> list[tuple[str, str]]:
    layouts = [(f"{_OFFICE}/slideLayout", f"../slideLayouts/slideLayout{number}.xml") for number in LAYOUT_NUMBERS]
    return [*layouts, (f"{_OFFICE}/theme", "../theme/theme1.xml")]


def _presentation() -> str:
    return (
        f'<p:presentation {NAMESPACES} saveSubsetFonts="1">'
        f'<p:sldMasterIdLst><p:sldMasterId id="{MASTER_ID}" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{emu(SLIDE_WIDTH_PT)}" cy="{emu(SLIDE_HEIGHT_PT)}"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>"
    )


def _core() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def _app() -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Threadwork</Application></Properties>"
    )
