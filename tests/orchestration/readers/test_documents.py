"""Word documents and presentations: what is read of them, where it stands, what is left out."""

import io
import zipfile

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from orchestration.readers.reading import read_file
from recipes.source import FileRefused, Table
from tests.orchestration.readers.documents import make_document, make_presentation
from tests.orchestration.readers.workbooks import make_package

SMALL = (0, 0, Inches(4), Inches(3))


def list_passages(read):
    return [(each.locator, each.content) for each in read.passages]


def read_document(write):
    return read_file("report.docx", make_document(write))


def read_slides(write):
    return read_file("deck.pptx", make_presentation(write))


def find_tables(read):
    return [each.content for each in read.passages if isinstance(each.content, Table)]


def make_picture():
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    content.seek(0)
    return content


def fill(table, rows):
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            table.cell(number, place).text = cell


def test_a_document_is_read_by_its_headings():
    def write(document):
        document.add_paragraph("Written in May.")
        document.add_heading("Results", 1)
        document.add_heading("Churn", 2)
        document.add_paragraph("Churn fell to 3 percent.")
        document.add_heading("Costs", 1)
        document.add_paragraph("They rose.")

    assert list_passages(read_document(write)) == [
        ("paragraph 1", "Written in May."),
        ("Results > Churn", "Results\n\nChurn\n\nChurn fell to 3 percent."),
        ("Costs", "Costs\n\nThey rose."),
    ]


def test_items_of_a_list_stay_together_with_a_mark():
    def write(document):
        document.add_paragraph("Open:")
        document.add_paragraph("the price", style="List Bullet")
        document.add_paragraph("the date", style="List Number")

    assert list_passages(read_document(write)) == [("paragraphs 1-3", "Open:\n\n- the price\n- the date")]


def test_a_documents_table_keeps_its_numbers_and_repeats_what_was_merged_downwards():
    def write(document):
        document.add_heading("Churn", 1)
        table = document.add_table(3, 3)
        fill(table, [["region", "month", "rate"], ["North", "May", "3.5"], ["", "June", "3"]])
        table.cell(1, 0).merge(table.cell(2, 0)).text = "North"

    ((locator, table),) = list_passages(read_document(write))
    assert (locator, table.name) == ("Churn", "Churn")
    assert table.rows == (("North", "May", 3.5), ("North", "June", 3))
    assert [column.type for column in table.columns] == ["text", "text", "number"]


def test_a_frame_around_text_is_no_table():
    def write(document):
        document.add_table(1, 2)
        fill(document.tables[0], [["Left side.", "Right side."]])

    assert list_passages(read_document(write)) == [("paragraphs 1-2", "Left side.\n\nRight side.")]


def test_what_nobody_sees_in_a_document_is_not_read_but_named():
    def write(document):
        paragraph = document.add_paragraph("Seen. ")
        paragraph.add_run("Unseen.").font.hidden = True
        deleted = OxmlElement("w:del")
        deleted.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>Deleted.</w:delText></w:r>"))
        inserted = OxmlElement("w:ins")
        inserted.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>Inserted.</w:t></w:r>"))
        paragraph._p.extend([deleted, inserted])
        document.add_picture(make_picture())
        document.add_comment(paragraph.runs, text="Is that so?", author="Jonas")

    read = read_document(write)
    assert list_passages(read) == [("paragraph 1", "Seen. Inserted.")]
    (left_out,) = read.left_out
    assert left_out == "comments (1), deleted passages that are still recorded (1), hidden passages (1), pictures (1)"


def test_text_boxes_and_content_controls_are_read():
    box = (
        f"<w:r {nsdecls('w')}><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
        "<w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    def write(document):
        document.add_paragraph("Beside.")._p.append(parse_xml(box))
        document.element.body.insert(1, parse_xml(control))

    ((_, text),) = list_passages(read_document(write))
    assert text == "Beside.\n\nIn a box.\n\nIn a control."


def test_footnotes_stand_with_their_paragraph():
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = make_package(
        {
            "word/document.xml": f"<w:document {word}><w:body><w:p><w:r><w:t>Churn fell.</w:t></w:r><w:r>"
            f'<w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>'.encode(),
            "word/footnotes.xml": f'<w:footnotes {word}><w:footnote w:id="2"><w:p><w:r><w:t>Without trials.</w:t></w:r>'
            "</w:p></w:footnote></w:footnotes>".encode(),
            "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="r1" Type="{link}/footnotes" '
            'Target="footnotes.xml"/></Relationships>'.encode(),
        }
    )
    read = read_file("a.docx", content)
    assert list_passages(read) == [("paragraph 1", "Churn fell.\nFootnote 2: Without trials.")]


def test_a_presentation_is_read_slide_by_slide_with_notes():
    def write(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Churn fell"
        slide.placeholders[1].text = "In May\nIn June"
        slide.notes_slide.notes_text_frame.text = "Say why."
        presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "The end"

    assert list_passages(read_slides(write)) == [
        ("slide 1", "Churn fell\nIn May\nIn June"),
        ("slide 1, notes", "Say why."),
        ("slide 2", "The end"),
    ]


def test_a_slides_table_and_charts_become_tables():
    def write(presentation):
        shapes = presentation.slides.add_slide(presentation.slide_layouts[5]).shapes
        shapes.title.text = "Churn by month"
        fill(shapes.add_table(2, 2, *SMALL).table, [["region", "rate"], ["North", "3.5"]])
        bars = CategoryChartData()
        bars.categories = ["May", "June"]
        bars.add_series("2024", (3.5, 3))
        bars.add_series("2025", (None, 2.5))
        chart = shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *SMALL, bars).chart
        chart.has_title = True
        chart.chart_title.text_frame.text = "Rate in percent"
        points = XyChartData()
        points.add_series("trial").add_data_point(1, 2)
        shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *SMALL, points)

    read = read_slides(write)
    assert {each.locator for each in read.passages} == {"slide 1"}
    grid, bars, points = find_tables(read)
    assert (grid.name, grid.rows) == ("Churn by month", (("North", 3.5),))
    assert (bars.name, bars.rows) == ("Rate in percent", (("May", 3.5, None), ("June", 3, 2.5)))
    assert [column.name for column in bars.columns] == ["Category", "2024", "2025"]
    assert points.rows == ((1, 2),)
    assert read.left_out == ()


def test_hidden_slides_and_pictures_are_named():
    def write(presentation):
        layout = presentation.slide_layouts[5]
        for title in ("One", "Two", "Three"):
            presentation.slides.add_slide(layout).shapes.title.text = title
        presentation.slides[1]._element.set("show", "0")
        presentation.slides[2].shapes.add_picture(make_picture(), 0, 0)

    read = read_slides(write)
    assert list_passages(read) == [("slide 1", "One"), ("slide 3", "Three")]
    assert read.left_out == ("pictures (1)", "hidden slides: 2")


def test_linked_content_is_named_and_the_rest_is_read():
    content = make_document(lambda document: document.add_paragraph("Readable."))
    away = (
        '<Relationship Id="x1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="http://127.0.0.1:9/p.png" TargetMode="External"/></Relationships>'
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    listing = "word/_rels/document.xml.rels"
    parts[listing] = parts[listing].replace(b"</Relationships>", away.encode())
    parts["word/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0"
    read = read_file("a.docx", make_package(parts))
    assert list_passages(read) == [("paragraph 1", "Readable.")]
    assert read.left_out == (
        "linked content that lies elsewhere and is never fetched: pictures",
        "embedded objects of other programs (1)",
    )


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "is unsafe: it declares entities of its own"),
        (b"<a>" * 300 + b"</a>" * 300, "is damaged: a part of it is not well-formed"),
        (b"<a/>", "holds nothing to read"),
    ],
)
def test_markup_that_no_document_needs_is_refused(document, problem):
    with pytest.raises(FileRefused) as refused:
        read_file("a.docx", make_package({"word/document.xml": document}))
    assert refused.value.problem == problem
