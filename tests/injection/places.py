"""Where words can hide in what people share: each place gives what is said and shared to have them there."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

import openpyxl
from docx import Document
from openpyxl.comments import Comment
from pptx import Presentation
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas

AUTHOR: Final = "Jonas"
CHANNEL: Final = "reports"
ROWS: Final = (("region", "units"), ("north", 480), ("south", 120))
PLAIN: Final = "Sales of May rose by 12 percent to 480 units, mostly in the north of the country."
# A small picture of one point.
PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
PDF_LINE_CHARS: Final = 90


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What somebody says and shares."""

    sayings: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    author: str = AUTHOR
    channel: str = CHANNEL


def hide(place: str, words: str) -> Parcel:
    """Give a parcel with these words in this place."""
    return PLACES[place](words)


def _in_message(words: str) -> Parcel:
    return Parcel(sayings=(words,))


def _in_text(words: str) -> Parcel:
    return Parcel(files=(("notes.txt", f"{PLAIN}\n\n{words}\n".encode()),))


def _in_markdown(words: str) -> Parcel:
    return Parcel(files=(("notes.md", f"# Sales\n\n{PLAIN}\n\n{words}\n".encode()),))


def _in_file_name(words: str) -> Parcel:
    return Parcel(files=((f"{words}.txt", PLAIN.encode()),))


def _in_web(words: str) -> Parcel:
    return _share_page(f"<p>{words}</p>")


def _in_alt_text(words: str) -> Parcel:
    return _share_page(f'<img src="x.png" alt="{escape(words)}">')


def _in_html_comment(words: str) -> Parcel:
    return _share_page(f"<!-- {words} -->")


def _in_hidden_html(words: str) -> Parcel:
    return _share_page(f'<p hidden>{words}</p><p style="display:none">{words}</p><template>{words}</template>')


def _share_page(markup: str) -> Parcel:
    page = f"<!doctype html><title>Sales</title><h1>Sales</h1><p>{PLAIN}</p>{markup}"
    return Parcel(files=(("page.html", page.encode()),))


def _in_cell(words: str) -> Parcel:
    return _share_table([*ROWS, (words, 240)])


def _in_header(words: str) -> Parcel:
    return _share_table([("region", words), *ROWS[1:]])


def _share_table(rows: list[tuple[object, ...]]) -> Parcel:
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return Parcel(files=(("regions.csv", content.getvalue().encode()),))


def _in_formula(words: str) -> Parcel:
    return _share_workbook(formula=words)


def _in_cell_comment(words: str) -> Parcel:
    return _share_workbook(comment=words)


def _in_sheet_name(words: str) -> Parcel:
    return _share_workbook(sheet=re.sub(r"[\\/*?:\[\]]", " ", words)[:31])


def _share_workbook(*, sheet: str = "Regions", formula: str = "", comment: str = "") -> Parcel:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in ROWS:
        page.append(row)
    if formula:
        page["A4"], page["B4"] = formula, 240
    if comment:
        page["B2"].comment = Comment(comment, AUTHOR)
    content = io.BytesIO()
    book.save(content)
    book.close()
    return Parcel(files=(("regions.xlsx", content.getvalue()),))


def _in_document(words: str) -> Parcel:
    return _share_document(said=words)


def _in_document_comment(words: str) -> Parcel:
    return _share_document(comment=words)


def _in_hidden_document(words: str) -> Parcel:
    return _share_document(hidden=words)


def _share_document(*, said: str = "", comment: str = "", hidden: str = "") -> Parcel:
    document = Document()
    document.add_heading("Sales", 1)
    plain = document.add_paragraph(PLAIN)
    if said:
        document.add_paragraph(said)
    if comment:
        document.add_comment(plain.runs, text=comment, author=AUTHOR)
    if hidden:
        document.add_paragraph().add_run(hidden).font.hidden = True
    content = io.BytesIO()
    document.save(content)
    return Parcel(files=(("plan.docx", content.getvalue()),))


def _in_slide(words: str) -> Parcel:
    return _share_slides(said=words)


def _in_notes(words: str) -> Parcel:
    return _share_slides(notes=words)


def _share_slides(*, said: str = "", notes: str = "") -> Parcel:
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = "Sales"
    slide.placeholders[1].text = "\n".join(filter(None, (PLAIN, said)))
    slide.shapes.add_picture(io.BytesIO(PICTURE), 0, 0, Inches(1))
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    content = io.BytesIO()
    file.save(content)
    return Parcel(files=(("review.pptx", content.getvalue()),))


def _in_pdf(words: str) -> Parcel:
    return _share_pdf(said=words)


def _in_white_pdf(words: str) -> Parcel:
    return _share_pdf(white=words)


def _in_pdf_title(words: str) -> Parcel:
    return _share_pdf(title=words)


def _share_pdf(*, said: str = "", white: str = "", title: str = "") -> Parcel:
    content = io.BytesIO()
    canvas = Canvas(content, invariant=1)
    canvas.setTitle(title or "Sales")
    canvas.drawString(50, 780, PLAIN)
    for number, line in enumerate(re.findall(rf".{{1,{PDF_LINE_CHARS}}}", said)):
        canvas.drawString(50, 740 - 15 * number, line)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 700, white)
    canvas.save()
    return Parcel(files=(("report.pdf", content.getvalue()),))


def _in_channel_name(words: str) -> Parcel:
    return Parcel(sayings=(PLAIN,), channel=words)


def _in_author_name(words: str) -> Parcel:
    return Parcel(sayings=(PLAIN,), author=words)


PLACES: Final[dict[str, Callable[[str], Parcel]]] = {
    "message": _in_message,
    "text": _in_text,
    "markdown": _in_markdown,
    "file name": _in_file_name,
    "web": _in_web,
    "alt text": _in_alt_text,
    "html comment": _in_html_comment,
    "hidden html": _in_hidden_html,
    "cell": _in_cell,
    "header": _in_header,
    "formula": _in_formula,
    "cell comment": _in_cell_comment,
    "sheet name": _in_sheet_name,
    "document": _in_document,
    "document comment": _in_document_comment,
    "hidden document": _in_hidden_document,
    "slide": _in_slide,
    "notes": _in_notes,
    "pdf": _in_pdf,
    "white pdf": _in_white_pdf,
    "pdf title": _in_pdf_title,
    "channel name": _in_channel_name,
    "author name": _in_author_name,
}
