"""An empty document in one of the themes, as a file: parts, their types, and how they belong together."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from orchestration.skills.design.palette import PALETTES, Palette
from orchestration.skills.design.theme import theme_xml
from orchestration.skills.document.cover import band_png
from orchestration.skills.document.markup import NAMESPACES, paragraph_xml, twips
from orchestration.skills.document.styles import numbering_xml, styles_xml
from orchestration.skills.package import zipped
from orchestration.skills.paper.page import Paper
from orchestration.skills.scripts import Tongue
from recipes.theme import Theme

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Programs ask whether to refresh fields when they open the file: the contents then get their page numbers.
_SETTINGS: Final = (
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang {languages}/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
    'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
)
_FEET: Final = ("header1", "header2", "footer1", "footer2")


@lru_cache
def template_bytes(theme: Theme, paper: Paper, tongue: Tongue) -> bytes:
    """Give the empty document as a file."""
    palette = PALETTES[theme]
    section = _section(paper, is_rtl=tongue.is_rtl)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": _core(),
        "docProps/app.xml": _app(),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            [
                (f"{_OFFICE}/styles", "styles.xml"),
                (f"{_OFFICE}/numbering", "numbering.xml"),
                (f"{_OFFICE}/settings", "settings.xml"),
                (f"{_OFFICE}/theme", "theme/theme1.xml"),
                *((f"{_OFFICE}/{name[:-1]}", f"{name}.xml") for name in _FEET),
                (f"{_OFFICE}/fontTable", "fontTable.xml"),
            ]
        ),
        "word/styles.xml": styles_xml(palette, paper, tongue),
        "word/numbering.xml": numbering_xml(palette),
        "word/settings.xml": f"<w:settings {NAMESPACES}>{_settings(tongue)}</w:settings>",
        "word/fontTable.xml": _fonts(palette),
        "word/theme/theme1.xml": theme_xml(theme, palette),
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph_xml('', 'Header')}</w:hdr>",
        "word/_rels/header1.xml.rels": _relations([(f"{_OFFICE}/image", "media/image1.png")]),
        "word/header2.xml": f"<w:hdr {NAMESPACES}>{paragraph_xml('', 'Header')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{paragraph_xml('', 'Footer')}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {NAMESPACES}>{paragraph_xml('', 'Footer')}</w:ftr>",
    }
    written = {name: (_XML + text).encode() for name, text in parts.items()}
    return zipped({**written, "word/media/image1.png": band_png(theme, is_mirrored=tongue.is_rtl)})


def _settings(tongue: Tongue) -> str:
    languages = f'w:val="{tongue.language}" w:eastAsia="{tongue.east_asian}" w:bidi="{tongue.complex}"'
    return _SETTINGS.format(languages=languages)


def _section(paper: Paper, *, is_rtl: bool) -> str:
    """Give the page: its size and margins, and what stands above and below; the first page has its own."""
    feet = (("header", "first", 5), ("header", "default", 6), ("footer", "first", 7), ("footer", "default", 8))
    references = "".join(f'<w:{name}Reference w:type="{kind}" r:id="rId{number}"/>' for name, kind, number in feet)
    side = twips(paper.side_pt)
    bidi = "<w:bidi/>" if is_rtl else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{twips(paper.width_pt)}" w:h="{twips(paper.height_pt)}"/>'
        f'<w:pgMar w:top="{twips(paper.top_pt)}" w:right="{side}" w:bottom="{twips(paper.foot_pt)}" w:left="{side}" '
        f'w:header="{twips(36)}" w:footer="{twips(34)}" w:gutter="0"/><w:titlePg/>{bidi}</w:sectPr>'
    )


def _content_types() -> str:
    kinds = {
        "word/document.xml": f"{_TYPES}.document.main+xml",
        "word/styles.xml": f"{_TYPES}.styles+xml",
        "word/numbering.xml": f"{_TYPES}.numbering+xml",
        "word/settings.xml": f"{_TYPES}.settings+xml",
        "word/fontTable.xml": f"{_TYPES}.fontTable+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        **{f"word/{name}.xml": f"{_TYPES}.{name[:-1]}+xml" for name in _FEET},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    """Give relationships numbered in the order of the targets, each a type and a path."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _fonts(palette: Palette) -> str:
    names = dict.fromkeys((palette.heading_font, palette.body_font))
    fonts = "".join(f'<w:font w:name="{name}"/>' for name in names)
    return f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def _core() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def _app() -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Threadwork</Application></Properties>"
    )
