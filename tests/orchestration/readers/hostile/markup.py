"""Hostile Office markup: entities, depth, cycles, numbers beyond reason, references to elsewhere, hidden orders."""

from collections.abc import Mapping

from tests.orchestration.readers.hostile.canary import SECRET, Canary
from tests.orchestration.readers.hostile.packages import (
    change,
    open_parts,
    plain_document,
    plain_presentation,
    plain_workbook,
    relate,
    store,
)
from tests.orchestration.readers.workbooks import make_workbook

HIDDEN = "hidden-order-4712"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 12}">' for n in range(9)
)  # fmt: skip


def document(body: str, *, head: str = "", encoding: str = "utf-8") -> bytes:
    root = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    said = f'<?xml version="1.0" encoding="{encoding}"?>{head}{root}'
    return change(plain_document(), {"word/document.xml": said.encode(encoding)})


def say(words: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def slide(shapes: str, *, head: str = "") -> bytes:
    said = f"{head}<p:sld {SLIDE}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    return change(plain_presentation(), {"ppt/slides/slide1.xml": said.encode()})


def shape(words: str) -> str:
    return f"<p:sp><p:nvSpPr/><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"


def chart(series: str) -> bytes:
    area = f"<c:plotArea><c:barChart>{series}</c:barChart></c:plotArea>"
    said = f"<c:chartSpace {SLIDE}><c:chart>{area}</c:chart></c:chartSpace>"
    frame = '<p:graphicFrame><p:nvGraphicFramePr/><a:graphic><c:chart r:id="x0"/></a:graphic></p:graphicFrame>'
    related = relate(slide(shape("Readable.") + frame), "ppt/slides/slide1.xml", "chart ../charts/chart1.xml")
    return change(related, {"ppt/charts/chart1.xml": said.encode()})


def sheet(rows: str, *, head: str = "", dimension: str = "") -> bytes:
    said = f'{head}<worksheet xmlns="{SHEET}">{dimension}<sheetData>{rows}</sheetData></worksheet>'
    return change(plain_workbook(), {"xl/worksheets/sheet1.xml": said.encode()})


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def store_changed(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    return store(change(content, parts))


def entity(target: str, words: str = "&x;") -> tuple[str, str]:
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "{target}">]>', words


def list_markup(canary: Canary) -> dict[str, tuple[str, bytes]]:
    file, url = canary.secret.as_uri(), canary.url
    laughs = f"<!DOCTYPE x [{LAUGHS}]>"
    quadratic = f'<!DOCTYPE x [<!ENTITY x "{"x" * 50_000}">]>'
    return {
        "laughs in a document": ("a.docx", document(say("&j;"), head=laughs)),
        "laughs in a presentation": ("a.pptx", slide(shape("&j;"), head=laughs)),
        "laughs in a workbook": ("a.xlsx", sheet(f"<row>{cell('A1', '&j;')}</row>", head=laughs)),
        "quadratic entities": ("a.docx", document(say("&x;" * 50_000), head=quadratic)),
        "a file as entity of a document": ("a.docx", document(say("&x;"), head=entity(file)[0])),
        "a file as entity of a presentation": ("a.pptx", slide(shape("&x;"), head=entity(file)[0])),
        "a file as entity of a workbook": ("a.xlsx", sheet(f"<row>{cell('A1', '&x;')}</row>", head=entity(file)[0])),
        "an address as entity": ("a.docx", document(say("&x;"), head=entity(url)[0])),
        "an address as document type": ("a.docx", document(say("x"), head=f'<!DOCTYPE x SYSTEM "{url}/x.dtd">')),
        "a parameter entity": (
            "a.docx",
            document(say("x"), head=f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{url}/p.dtd"> %p;]>'),
        ),
        "entities in UTF-16": ("a.docx", document(say("&x;"), head=entity(file)[0], encoding="utf-16")),
        "entities in a listing of relationships": (
            "a.docx",
            change(
                plain_document(),
                {"word/_rels/document.xml.rels": f"{entity(file)[0]}<Relationships>&x;</Relationships>".encode()},
            ),
        ),
        "deep elements": ("a.docx", store(document("<w:x>" * 100_000 + "</w:x>" * 100_000))),
        "deep groups on a slide": ("a.pptx", slide("<p:grpSp>" * 240 + shape("x") + "</p:grpSp>" * 240)),
        "tables in tables": (
            "a.docx",
            document("<w:tbl><w:tr><w:tc>" * 80 + say("x") + "</w:tc></w:tr></w:tbl>" * 80),
        ),
        "one text of twelve megabytes": ("a.docx", document(say("".join(f"{n:x} " for n in range(1_700_000))))),
        "empty paragraphs without end": ("a.docx", store(document("<w:p/>" * 300_000))),
        "a cell that spans a billion columns": (
            "a.docx",
            document(
                ("<w:tr>" + f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{say("x")}</w:tc>' * 2 + "</w:tr>")
                .join(["<w:tbl>", "</w:tbl>"]) * 3
            ),
        ),
        "styles that stand on one another": (
            "a.docx",
            change(
                document('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Readable.</w:t></w:r></w:p>'),
                {
                    "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="A"><w:basedOn w:val="B"/>'
                    '</w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'.encode()
                },
            ),
        ),
        "notes that refer to one another": (
            "a.docx",
            change(
                relate(document(say("x") + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'),
                       "word/document.xml", "footnotes footnotes.xml"),
                {
                    "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p><w:r>'
                    '<w:t>note</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>'.encode()
                },
            ),
        ),
        "parts that point to one another": (
            "a.docx",
            relate(
                relate(plain_document(), "word/document.xml", "styles document.xml", "footnotes document.xml"),
                "word/styles.xml", "document document.xml",
            ),
        ),
        "a part that points out of the package": (
            "a.docx", relate(plain_document(), "word/document.xml", f"footnotes ../../../../../..{canary.secret}"),
        ),
        "a template elsewhere": (
            "a.docx", relate(plain_document(), "word/settings.xml", f"attachedTemplate {url}/t.dotm External"),
        ),
        "a template on a share": (
            "a.docx",
            relate(plain_document(), "word/settings.xml", "attachedTemplate file:////127.0.0.1/t.dotm External"),
        ),
        "a picture elsewhere in a document": (
            "a.docx", relate(plain_document(), "word/document.xml", f"image {url}/p.png External"),
        ),
        "a document inside from elsewhere": (
            "a.docx", relate(plain_document(), "word/document.xml", f"subDocument {url}/s.docx External",
                             f"aFChunk {url}/h.html External", f"frame {url}/f.html External"),
        ),
        "a picture elsewhere on a slide": (
            "a.pptx", relate(plain_presentation(), "ppt/slides/slide1.xml", f"image {url}/p.png External",
                             f"video {url}/v.mp4 External", f"oleObject {file} External"),
        ),
        "another workbook elsewhere": (
            "a.xlsx",
            relate(
                change(plain_workbook(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
                "xl/externalLinks/externalLink1.xml", f"externalLinkPath {url}/other.xlsx External",
            ),
        ),
        "a query of the web in a workbook": (
            "a.xlsx",
            change(plain_workbook(), {"xl/connections.xml": f'<connections><connection><webPr url="{url}"/>'
                                                            "</connection></connections>".encode()}),
        ),
        "an object of another program": (
            "a.docx",
            change(plain_document(), {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + b"cmd.exe" * 99}),
        ),
        "a control of a program": ("a.pptx", change(plain_presentation(), {"ppt/activeX/activeX1.xml": b"<x/>"})),
        "a field that starts a program": (
            "a.docx",
            document(say("Readable.") + f"<w:p><w:r><w:instrText>DDEAUTO cmd {HIDDEN}</w:instrText></w:r></w:p>"),
        ),
        "hidden orders in a document": ("a.docx", document(say("Readable.") + say(HIDDEN, "<w:vanish/>"))),
        "deleted orders in a document": (
            "a.docx",
            document(say("Readable.") + f"<w:p><w:del><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del></w:p>"),
        ),
        "hidden orders on a slide": (
            "a.pptx",
            slide(shape("Readable.") + shape(HIDDEN).replace(
                "<p:nvSpPr/>", '<p:nvSpPr><p:cNvPr id="1" name="n" hidden="1"/></p:nvSpPr>')),
        ),
        "hidden orders on a sheet": (
            "a.xlsx", make_workbook({"Seen": [["a"], ["x"]], "Unseen": [[HIDDEN], [SECRET]]}, hidden=["Unseen"]),
        ),
        "a slide shown a hundred thousand times": (
            "a.pptx",
            store_changed(
                plain_presentation(),
                {
                    "ppt/presentation.xml": open_parts(plain_presentation())["ppt/presentation.xml"].replace(
                        b"<p:sldId ", b'<p:sldId id="300" r:id="rId7"/>' * 100_000 + b"<p:sldId "
                    )
                },
            ),
        ),
        "slide and notes in a circle": (
            "a.pptx", relate(plain_presentation(), "ppt/slides/slide1.xml", "notesSlide slide1.xml"),
        ),
        "a chart that claims a billion points": (
            "a.pptx",
            chart('<c:ser><c:val><c:numRef><c:numCache><c:ptCount val="4000000000"/><c:pt idx="3999999999"><c:v>1</c:v>'
                  '</c:pt><c:pt idx="0"><c:v>1e999</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'),
        ),
        "formulas that start programs": (
            "a.xlsx",
            sheet(f"<row>{cell('A1', 'name')}{cell('B1', 'n')}</row>"
                  '<row><c r="A2" t="str"><f>cmd|\'/c calc\'!A1</f>'
                  f"<v>=cmd|'/c calc'!A1</v></c>{cell('B2', '@SUM(1)')}</row>"),
        ),
        "a cell at the far end": (
            "a.xlsx", sheet(f'<row r="1">{cell("A1", "x")}</row><row r="1048576">{cell("XFD1048576", "y")}</row>'),
        ),
        "a sheet that claims to be full": (
            "a.xlsx", sheet(f'<row r="1">{cell("A1", "x")}</row>', dimension='<dimension ref="A1:XFD1048576"/>'),
        ),
        "addresses beyond a sheet": (
            "a.xlsx", sheet(f'<row r="99999999999">{cell("ZZZZZZ99999999999", "y")}</row>'),
        ),
        "a shared text that is not there": (
            "a.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>999999999</v></c><c r="B1"><v>1e999</v></c></row>'),
        ),
        "rows of sixteen thousand columns": (
            "a.xlsx", store(sheet("".join("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>" for _ in range(20)))),
        ),
    }  # fmt: skip
