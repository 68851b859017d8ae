import io
from collections.abc import Callable
from typing import Any

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

from orchestration.skills.checks import check_deck, deck_text
from orchestration.skills.deck.reader import DeckUnreadable
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.problems import parse_deck
from tests.orchestration.skills.samples import review_deck

GOOD = build_deck(parse_deck(review_deck()))


def spoiled(spoil: Callable[[Any], None]) -> bytes:
    """The good deck with one thing made wrong by the library that wrote it."""
    file = Presentation(io.BytesIO(GOOD))
    spoil(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def shape_named(slide: Any, name: str) -> Any:
    return next(shape for shape in slide.shapes if shape.name.startswith(name))


def without_title(file: Any) -> None:
    shape_named(file.slides[2], "Title").text_frame.text = ""


def with_empty_placeholder(file: Any) -> None:
    shape_named(file.slides[3], "Takeaways").text_frame.clear()


def with_too_much_text(file: Any) -> None:
    runs = shape_named(file.slides[2], "Commentary").text_frame.paragraphs[0].runs
    runs[0].text = "far too many words " * 40


def with_a_crowded_cell(file: Any) -> None:
    cell = shape_named(file.slides[4], "Table").table.cell(1, 0)
    cell.text_frame.paragraphs[0].runs[0].text = "far too many words " * 9


def off_the_slide(file: Any) -> None:
    shape_named(file.slides[2], "Figure NPS").left = Pt(900)


def without_alt_text(file: Any) -> None:
    name = next(shape_named(file.slides[3], "Chart 4").element.iter("{*}cNvPr"))
    del name.attrib["descr"]


def without_notes(file: Any) -> None:
    file.slides[5].notes_slide.notes_text_frame.text = ""


def with_an_unlisted_source(file: Any) -> None:
    table = shape_named(file.slides[10], "Table").table
    table.cell(3, 0).text_frame.paragraphs[0].runs[0].text = "8"


def with_an_unsafe_link(file: Any) -> None:
    run = shape_named(file.slides[6], "Points").text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "file:///etc/passwd"


def with_text_on_text(file: Any) -> None:
    shapes = file.slides[2].shapes
    title = shapes.title
    other = next(shape for shape in shapes if shape.name.startswith("Commentary") and shape.text_frame.text)
    other.left, other.top = title.left, title.top


def with_faint_text(file: Any) -> None:
    other = next(shape for shape in file.slides[2].shapes if shape.name.startswith("Commentary"))
    other.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xDD, 0xDD, 0xDD)


def test_a_good_deck_passes_every_check() -> None:
    checks = check_deck(GOOD, slides=11)

    assert [check for check in checks if not check.passed] == []
    assert [check.name for check in checks] == [
        "opens", "slide count", "titles", "placeholders", "overflow", "overlap", "contrast", "bounds", "alt text",
        "notes", "sources", "links",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "name", "said"),
    [
        (without_title, "titles", "slide 3 has no title"),
        (with_empty_placeholder, "placeholders", "slide 4 has an empty placeholder 'Takeaways"),
        (with_too_much_text, "overflow", "slide 3: 'Commentary"),
        (with_a_crowded_cell, "overflow", "slide 5: 'Table"),
        (with_text_on_text, "overlap", "slide 3: 'Title"),
        (with_faint_text, "contrast", "slide 3: 'Enterprise expansion carried"),
        (off_the_slide, "bounds", "slide 3: 'Figure NPS"),
        (without_alt_text, "alt text", "slide 4: 'Chart 4' has no alt text"),
        (without_notes, "notes", "slide 6 has no speaker notes"),
        (with_an_unlisted_source, "sources", "slide 6 cites [3], which no list of sources has"),
        (with_an_unsafe_link, "links", "slide 7 links to 'file:///etc/passwd'"),
    ],
)
def test_a_spoiled_deck_fails_the_check_for_it(spoil: Callable[[Any], None], name: str, said: str) -> None:
    failed = [check for check in check_deck(spoiled(spoil)) if not check.passed]

    assert name in [check.name for check in failed]
    assert any(check.said.startswith(said) for check in failed), failed


@pytest.mark.parametrize(
    ("wanted", "passed", "said"),
    [
        (11, True, "the file has 11 slides, 11 were asked for"),
        (5, False, "the file has 11 slides, 5 were asked for"),
        (range(3, 31), True, "the file has 11 slides, 3 to 30 were asked for"),
        (range(3, 11), False, "the file has 11 slides, 3 to 10 were asked for"),
    ],
)
def test_the_slide_count_is_held_against_what_was_asked_for(wanted: int | range, *, passed: bool, said: str) -> None:
    check = next(check for check in check_deck(GOOD, slides=wanted) if check.name == "slide count")

    assert (check.passed, check.said) == (passed, said)


@pytest.mark.parametrize("content", [b"", b"not a zip", GOOD[: len(GOOD) // 2], b"PK\x05\x06" + b"\0" * 18])
def test_bytes_that_are_no_deck_fail_the_first_check_only(content: bytes) -> None:
    checks = check_deck(content)

    assert [(check.name, check.passed) for check in checks] == [("opens", False)]
    with pytest.raises(DeckUnreadable) as caught:
        deck_text(content)
    assert DeckUnreadable.from_fields(caught.value.to_fields()).advice() == caught.value.advice()


def test_all_that_can_be_read_on_a_slide_is_given() -> None:
    chart, table = deck_text(GOOD)[3], deck_text(GOOD)[4]

    assert chart.title == "Revenue grew 22% year on year, the fastest quarter since 2024"
    assert chart.charts[0].series[0] == ("Actual", (39.5, 41.2, 42.8, 44.9, 48.2))
    assert table.tables[0][2] == ("Mid-market", "11.3", "-3.8%", "+9%", "97%", "3.9%")
    assert "Quarterly revenue, $M" in chart.texts
