"""Pictures in documents: whole, described, numbered with the charts, cited; what is none is refused in a sentence."""

import io
import re

import docx
import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from orchestration.skills.builder import BuildRefused, Kit, build_file, list_images
from orchestration.skills.document.reader import read_docx
from orchestration.skills.document.writer import build_docx
from orchestration.skills.paper.checks import Wanted, check_paper
from orchestration.skills.paper.page import paper_for
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.pictures import HIGH_PIXELS, WIDE_PIXELS, read_picture
from tests.orchestration.skills.papers import parse_paper
from tests.orchestration.skills.pictures import list_refused, picture_files
from tests.orchestration.skills.samples import sample_picture

READERS = {"docx": read_docx, "pdf": read_pdf}
CHART = {
    "kind": "chart",
    "caption": "Output",
    "chart": {"type": "column", "categories": ["2024"], "series": [{"name": "Wind", "values": [3]}]},
}
each_paper = pytest.mark.parametrize("skill", READERS)


def image(source_id="S1", **more):
    return {"kind": "image", "image": source_id, "alt": "A dock with *two* bays", "caption": "The dock", **more}


def paper(*blocks, **more):
    sources = [{"id": source_id, "title": f"{source_id}.png", "kind": "file"} for source_id in picture_files()]
    return {"title": "Docks", "sources": sources, "sections": [{"heading": "All", "blocks": list(blocks)}], **more}


def build(skill, *blocks, files=None, **more):
    return build_file(skill, paper(*blocks, **more), permalinks={}, kit=Kit(files=files or picture_files()))


def list_failed(made):
    return [check.said for check in made.checks if not check.passed]


@each_paper
@pytest.mark.parametrize("source_id", picture_files())
def test_a_picture_of_any_form_is_shown_and_described_and_the_same_each_time(skill, source_id):
    made = build(skill, image(source_id))
    assert list_failed(made) == []
    assert [each.alt for each in READERS[skill](made.content).pictures] == ["A dock with two bays"]
    assert build(skill, image(source_id)).content == made.content


@each_paper
def test_pictures_and_charts_are_numbered_together_and_pictures_cited(skill):
    made = build(skill, image(), CHART, image("S4", caption="The plan [@S5]", source_ids=["S6.1"]))
    captions = [each for each in READERS[skill](made.content).paragraphs if each.style == "Caption"]
    assert [" ".join(each.text.split()) for each in captions] == [
        "Figure 1 The dock",
        "Figure 2 Output",
        "Figure 3 The plan",
    ]
    assert [each.cited for each in captions] == [(1,), (), (5, 6, 4)]
    assert made.cited[-2:] == ("S10", "S6.1")


@each_paper
def test_one_picture_may_be_shown_twice(skill):
    made = build(skill, image(), image(alt="The same again"))
    assert [each.alt for each in READERS[skill](made.content).pictures] == ["A dock with two bays", "The same again"]


@each_paper
@pytest.mark.parametrize("language", ["ar", "he-IL"])
def test_pictures_stand_in_documents_that_are_read_from_the_right(skill, language):
    arabic = image(alt="رصيف", caption="رصيف التحميل") if language == "ar" else image(alt="רציף", caption="רציף")
    assert list_failed(build(skill, arabic, language=language)) == []


@each_paper
@pytest.mark.parametrize(("content", "said"), list_refused())
def test_what_cannot_be_shown_is_refused_in_one_sentence(skill, content, said):
    with pytest.raises(BuildRefused, match=f"^The picture of S1 {re.escape(said)}\\.$"):
        build(skill, image(), files={"S1": content})


@each_paper
def test_a_source_that_is_no_picture_is_named_with_those_that_are(skill):
    with pytest.raises(BuildRefused, match=r"^'S2' is no picture; sources that are PNG or JPEG pictures: S1$"):
        build(skill, image(), image("S2"), files={"S1": sample_picture(), "S9": b"not shown"})


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (image("S77"), "section 1, block 1 (image) cites unknown source 'S77'; known: S1"),
        (image("dock.png"), "section 1, block 1 (image), image is 'dock.png'"),
        ({"kind": "image", "image": "S1", "caption": "The dock"}, "section 1, block 1 (image), alt is missing"),
        ({"kind": "image", "image": "S1", "alt": "A dock"}, "section 1, block 1 (image), caption is missing"),
        (image(width=300), "section 1, block 1 (image), width is not a field here; leave it out"),
    ],
)
def test_a_picture_that_is_named_wrongly_is_refused_with_its_place(block, said):
    with pytest.raises(BuildRefused) as refused:
        build("docx", block)
    assert said in str(refused.value)


@pytest.mark.parametrize("source_id", picture_files())
def test_a_picture_keeps_its_shape_within_the_page(source_id):
    made = build("docx", image(source_id)).content
    page = paper_for("en-US")
    [shown] = docx.Document(io.BytesIO(made)).inline_shapes
    picture = read_picture(picture_files()[source_id])
    assert shown.width.pt <= page.text_width_pt + 0.01
    assert shown.height.pt <= page.height_pt - page.top_pt - page.foot_pt
    assert shown.width / shown.height == pytest.approx(picture.width / picture.height, rel=0.01)


@pytest.mark.parametrize("source_id", picture_files())
def test_a_picture_in_a_pdf_stands_within_the_text_and_holds_its_pixels(source_id):
    file = pypdfium2.PdfDocument(build("pdf", image(source_id)).content)
    [shown] = [each for page in file for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    page = paper_for("en-US")
    left, bottom, right, top = shown.get_bounds()
    picture = read_picture(picture_files()[source_id])
    assert (left >= page.side_pt - 1, right <= page.width_pt - page.side_pt + 1) == (True, True)
    assert (bottom >= page.foot_pt - 1, top <= page.height_pt - page.top_pt + 1) == (True, True)
    assert shown.get_px_size() == (picture.width, picture.height)


def test_a_picture_is_no_larger_than_paper_shows_and_says_nothing_of_its_camera():
    for content in picture_files().values():
        picture = read_picture(content)
        assert (picture.width <= WIDE_PIXELS, picture.height <= HIGH_PIXELS) == (True, True)
        assert not Image.open(io.BytesIO(picture.content)).getexif()


def test_a_photo_that_was_taken_upright_stands_upright():
    picture = read_picture(picture_files()["S10"])
    assert (picture.width, picture.height) == (400, 600)


def test_greys_of_sixteen_bits_keep_their_shade():
    shade = Image.open(io.BytesIO(read_picture(picture_files()["S6"]).content)).getpixel((5, 5))
    assert shade == (156, 156, 156)


def test_a_photo_with_a_second_picture_behind_it_stays_a_photo():
    assert read_picture(picture_files()["S7"]).kind == "jpeg"


@each_paper
@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([], "the picture 'A dock with two bays' is missing"),
        ([image(alt="Another")], "the picture 'A dock with two bays' is missing"),
        ([image(), image()], "2 pictures are there, 1 should be, in another order"),
    ],
)
def test_a_file_with_other_pictures_than_were_wanted_is_found(skill, blocks, said):
    words = {"kind": "paragraph", "text": "Words"}
    read = READERS[skill](build(skill, words, *blocks).content)
    checks = check_paper(read, parse_paper(paper(words, image())), Wanted())
    assert [check.said for check in checks if check.name == "pictures"] == [said]


def test_a_picture_without_a_description_is_found():
    pictures = {"S1": read_picture(sample_picture())}
    bare = build_docx(parse_paper(paper(image())), pictures=pictures)
    document = docx.Document(io.BytesIO(bare))
    document.inline_shapes[0]._inline.docPr.attrib.pop("descr")
    buffer = io.BytesIO()
    document.save(buffer)
    checks = check_paper(read_docx(buffer.getvalue()), parse_paper(paper(image())), Wanted())
    assert "picture 1 has no description" in [check.said for check in checks if check.name == "alt text"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (paper(image("S3"), CHART, image("S1"), image("S3")), ["S3", "S1"]),
        ({"slides": [{"kind": "image", "image": "S2"}, {"kind": "image", "image": 5}, "words"]}, ["S2"]),
        ({"slides": "all", "sections": [{"blocks": None}, 7]}, []),
    ],
)
def test_what_a_content_shows_is_known_before_it_is_checked(content, named):
    assert list_images(content) == named
