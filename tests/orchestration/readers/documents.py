"""Documents for tests, written by libraries that the product does not use for reading."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from pptx import Presentation
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

STYLES = getSampleStyleSheet()


def make_document(write: Callable[[Any], None]) -> bytes:
    document = Document()
    write(document)
    return _save(document)


def make_presentation(write: Callable[[Any], None]) -> bytes:
    presentation = Presentation()
    write(presentation)
    return _save(presentation)


def make_pdf(*pages: Sequence[str | Sequence[Sequence[str]]], **options: Any) -> bytes:
    """Write a page for each sequence of parts: a text is a paragraph ("# " before it: a heading), rows a table."""
    story: list[Any] = []
    for page in pages:
        story += [_draw(part) for part in page]
        story.append(PageBreak())
    content = io.BytesIO()
    SimpleDocTemplate(content, **options).build(story)
    return content.getvalue()


def _draw(part: str | Sequence[Sequence[str]]) -> Any:
    if not isinstance(part, str):
        return Table(part)
    return Paragraph(part.removeprefix("# "), STYLES["Heading1" if part.startswith("# ") else "BodyText"])


def _save(written: Any) -> bytes:
    content = io.BytesIO()
    written.save(content)
    return content.getvalue()
