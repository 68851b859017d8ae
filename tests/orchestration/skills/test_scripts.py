"""Other scripts than Latin, Greek and Cyrillic: which way they run, which fonts they need, in Word and as PDF."""

import datetime as dt
import io
import re
import zipfile

import pytest

from orchestration.skills.builder import BuildRefused, build_file
from orchestration.skills.document.reader import read_docx
from orchestration.skills.paper.wording import say_day, wording_for
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.scripts import SCRIPTS, Tongue, find_package, list_scripts, split_directions
from tests.orchestration.skills.scripts import arabic_paper


@pytest.fixture(scope="module")
def word() -> bytes:
    return build_file("docx", arabic_paper(), permalinks={}).content


@pytest.fixture(scope="module")
def print_file() -> bytes:
    return build_file("pdf", arabic_paper(), permalinks={}).content


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("skill", ["docx", "pdf"])
def test_a_paper_from_right_to_left_passes_every_check(skill):
    made = build_file(skill, arabic_paper(), permalinks={})
    assert [check.said for check in made.checks if not check.passed] == []


def test_words_pages_paragraphs_and_tables_run_from_right_to_left(word):
    body = part(word, "word/document.xml")
    assert "<w:bidi/></w:sectPr>" in body
    assert body.count("<w:tbl>") == body.count("<w:bidiVisual/>") == 4
    assert "<w:bidi/>" in part(word, "word/styles.xml").partition("</w:pPrDefault>")[0]
    # the one English paragraph runs the other way
    assert body.count('<w:bidi w:val="0"/>') == 1


def test_each_stretch_of_arabic_is_a_run_of_its_own_direction(word):
    runs = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t[^>]*>(.*?)</w:t>", part(word, "word/document.xml"))
    turned = {text: "<w:rtl/>" in properties for properties, text in runs}
    assert turned["Enterprise"] is False
    assert turned[" قادت النمو"] is True
    assert turned["All in English."] is False


def test_bold_words_of_complex_scripts_are_bold(word):
    assert "<w:b/><w:bCs/><w:rtl/>" in part(word, "word/document.xml")


def test_programs_are_told_the_languages_of_a_document(word):
    assert '<w:lang w:val="ar-SA" w:eastAsia="ja-JP" w:bidi="ar-SA"/>' in part(word, "word/styles.xml")
    assert 'w:themeFontLang w:val="ar-SA"' in part(word, "word/settings.xml")


def test_a_pdf_is_read_back_in_the_order_it_is_read(print_file):
    read = read_pdf(print_file)
    assert [text for _, text in read.list_headings()] == [
        "النتائج الرئيسية", "קטע בעברית", "English part", "الخلاصة", "المصادر",
    ]  # fmt: skip
    said = " ".join(each.text for each in read.list_all())
    for words in ("ارتفعت الإيرادات إلى 48.2 مليون دولار", "Enterprise قادت النمو", "עלייה של 22%"):
        assert words in said


def test_both_files_say_the_same(word, print_file):
    both = [
        [re.sub(r"\W", "", each.text) for each in read.list_all()] for read in (read_docx(word), read_pdf(print_file))
    ]
    of_word, of_print = ("".join(sorted("".join(texts))) for texts in both)
    # the contents of a PDF have page numbers, its lists their marks
    assert set(of_word) - set(of_print) == set()


@pytest.mark.parametrize("place", ["label", "footer", "word"])
def test_a_sign_that_no_font_has_is_refused_wherever_it_stands(place):
    # a script that no font here and none of those on Debian's list of fonts has: Linear A
    sign = "\U00010600"
    label, footer, word = (f"x{sign}" if place == each else "x" for each in ("label", "footer", "word"))
    chart = {"type": "pie", "categories": [label, "y"], "series": [{"name": "A", "values": [1, 2]}]}
    blocks = [{"kind": "paragraph", "text": word}, {"kind": "chart", "caption": "C", "chart": chart}]
    content = {"title": "T", "footer": footer, "sections": [{"heading": "H", "blocks": blocks}]}
    with pytest.raises(BuildRefused, match=f"no font here has '{sign}'.*fonts-noto-core"):
        build_file("pdf", content, permalinks={})


def test_the_package_is_that_of_the_sign():
    assert [find_package(sign) for sign in "語एم🦑∮"] == [
        "fonts-noto-cjk", "fonts-noto-core", "fonts-noto-core", "fonts-noto-color-emoji", "fonts-noto-core",
    ]  # fmt: skip


def test_the_script_of_the_language_comes_first():
    assert [script.name for script in list_scripts("中文 カタカナ 한국", "ko-KR")] == ["Hang", "Jpan", "Hans"]
    assert list_scripts("Größe, Ελλάδα, Россия") == []


def test_no_two_scripts_are_called_the_same():
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS)


@pytest.mark.parametrize(
    ("text", "is_rtl", "parts"),
    [
        ("abc 12", False, [("abc 12", False)]),
        ("إلى 48.2 (Revenue, Q4) الخطة", True, [("إلى 48.2 (", True), ("Revenue, Q4", False), (") الخطة", True)]),
        ("An النمو 22% الآن end", False, [("An ", False), ("النمو 22% الآن", True), (" end", False)]),
    ],
)
def test_figures_go_with_the_words_around_them(text, is_rtl, parts):
    assert split_directions(text, is_rtl=is_rtl) == parts


def test_a_title_decides_the_direction_where_the_language_does_not():
    assert Tongue.of("en-US", "النتائج", "النتائج").is_rtl
    assert not Tongue.of("en-US", "Results", "النتائج").is_rtl
    assert Tongue.of("he-IL", "Results", "Results").is_rtl


@pytest.mark.parametrize(
    ("language", "day"), [("ar", "23 نوفمبر 2026"), ("zh-CN", "2026年11月23日"), ("it", "23 novembre 2026")]
)
def test_days_are_written_as_people_of_the_language_do(language, day):
    assert say_day(dt.date(2026, 11, 23), wording_for(language)) == day
