"""The opening of a document: the band with the title on it, and the contents."""

from dataclasses import dataclass
from typing import Final

from orchestration.skills.document.markup import Pen, emu, paragraph_xml, twips
from orchestration.skills.marks import Span, plain_text
from orchestration.skills.paper.band import Band, find_band
from orchestration.skills.paper.page import Paper
from orchestration.skills.paper.setting import Setting

BELOW_BAND_PT: Final = 20.0
CONTENTS_CODE: Final = ' TOC \\o "1-3" \\h \\z \\u '


@dataclass(frozen=True)
class Opening:
    """What stands above the first section."""

    setting: Setting
    pen: Pen
    paper: Paper

    @property
    def size(self) -> Band:
        """How deep the band is, and what stands on it."""
        return find_band(self.setting, self.paper)

    def title_block(self) -> str:
        """Give the title, the line below it, who wrote it and when; room follows up to the end of the band."""
        document = self.setting.document
        parts = [(self.setting.spans(document.title), "Title")]
        parts += [(self.setting.spans(document.subtitle), "Subtitle")] if document.subtitle else []
        band = self.size
        parts += [((Span(band.byline),), "Byline")] if band.byline else []
        room = band.height_pt - band.text_end_pt + BELOW_BAND_PT
        paragraphs = [self.pen.paragraph(spans, style) for spans, style in parts[:-1]]
        spans, style = parts[-1]
        spacing = f'<w:spacing w:after="{twips(room)}"/>'
        return "".join([*paragraphs, paragraph_xml(self.pen.runs(spans), style, more=spacing)])

    def contents(self) -> str:
        """Give the contents: a field that programs fill with page numbers, and until then the headings as links."""
        if not self.setting.has_contents:
            return ""
        headings = self.setting.list_headings()
        entries = [
            f'<w:hyperlink w:anchor="{each.anchor}" w:history="1">{self.pen.run(plain_text(each.text))}</w:hyperlink>'
            for each in headings
        ]
        styles = [f"TOC{each.level}" for each in headings]
        entries[0] = _field_start() + entries[0]
        entries[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        heading = paragraph_xml(self.pen.run(self.setting.words.contents), "TOCHeading")
        return heading + "".join(
            paragraph_xml(entry, style) for entry, style in zip(entries, styles, strict=True)
        )  # fmt: skip

    def band(self) -> str:
        """Give the run that shows the band behind the text, from edge to edge of the first page."""
        width, height = emu(self.paper.width_pt), emu(self.size.height_pt)
        picture = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        decorative = (
            '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
        return (
            '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
            'behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/><wp:docPr id="1" name="Band">{decorative}</wp:docPr>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{picture}"><pic:pic xmlns:pic="{picture}">'
            '<pic:nvPicPr><pic:cNvPr id="1" name="Band"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )


def _field_start() -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{CONTENTS_CODE}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
