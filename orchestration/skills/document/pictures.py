"""Pictures in a document: the run that one is shown in."""

from typing import Final
from xml.sax.saxutils import quoteattr

from orchestration.skills.document.markup import emu

_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def picture_drawing(relation_id: str, number: int, alt: str, size_pt: tuple[float, float]) -> str:
    """Give the run that a picture is shown in, in line with the text.

    Args:
        relation_id: Of the picture's part.
        number: Of the drawing, which no other has.
        alt: What is to be seen.
        size_pt: How wide and how high it is.
    """
    size = f'cx="{emu(size_pt[0])}" cy="{emu(size_pt[1])}"'
    named = f'name="Picture {number}" descr={quoteattr(alt)}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" {named}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation_id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
