import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from orchestration.skills.checks import check_deck, deck_text
from orchestration.skills.content import Deck
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.pictures import read_picture
from orchestration.skills.problems import ContentTooLong, parse_deck
from tests.orchestration.skills.samples import every_kind_deck, review_deck, sample_picture, stress_deck

THEMES = ("slate", "ember", "forest", "mono")
PICTURES = {"S2": read_picture(sample_picture())}
SAMPLES = (review_deck, every_kind_deck, stress_deck)


@cache
def built(sample: Callable[[str], dict[str, Any]], theme: str = "slate") -> bytes:
    return build_deck(parse_deck(sample(theme)), pictures=PICTURES)


def deck_of(*slides: dict[str, Any], **fields: Any) -> Deck:
    return parse_deck({"title": "A deck", "slides": list(slides), **fields})


def chart_slide(**chart: Any) -> dict[str, Any]:
    return {"kind": "chart", "title": "T", "chart": {"type": "column", "categories": ["a", "b"], **chart}}


def all_text(content: bytes) -> str:
    slides = deck_text(content)
    cells = [cell for slide in slides for table in slide.tables for row in table for cell in row]
    return " ".join([*cells, *(text for slide in slides for text in slide.texts)])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_theme_passes_every_check_with_every_content(sample: Callable[[str], dict[str, Any]], theme: str) -> None:
    failed = [check for check in check_deck(built(sample, theme)) if not check.passed and check.name != "notes"]

    assert failed == []


@pytest.mark.parametrize("sample", [review_deck, every_kind_deck])
def test_one_slide_of_content_is_one_slide_of_the_file(sample: Callable[[str], dict[str, Any]]) -> None:
    assert len(deck_text(built(sample))) == len(sample("slate")["slides"])


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_content_gives_the_same_bytes(sample: Callable[[str], dict[str, Any]]) -> None:
    assert build_deck(parse_deck(sample("slate")), pictures=PICTURES) == built(sample)


def test_no_part_of_the_file_tells_when_it_was_built() -> None:
    with zipfile.ZipFile(io.BytesIO(built(review_deck))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-23T00:00:00Z" in archive.read("docProps/core.xml")


def test_title_author_and_language_are_properties_of_the_file() -> None:
    properties = Presentation(io.BytesIO(built(review_deck))).core_properties

    assert properties.title == "Q4 FY2026 business review"
    assert (properties.author, properties.language) == ("Revenue Operations", "en-US")


def test_the_slide_is_exactly_wide_screen() -> None:
    file = Presentation(io.BytesIO(built(review_deck)))

    assert (file.slide_width, file.slide_height) == (12_192_000, 6_858_000)


def test_shape_ids_are_unique_on_each_slide() -> None:
    for slide in Presentation(io.BytesIO(built(stress_deck))).slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_colours_are_colours_of_the_theme() -> None:
    with zipfile.ZipFile(io.BytesIO(built(every_kind_deck))) as archive:
        slides = [
            archive.read(name) for name in archive.namelist() if re.match(r"ppt/(slides|charts)/[^/]+\.xml", name)
        ]

    assert not any(b"srgbClr" in slide for slide in slides)


@pytest.mark.parametrize(
    ("kind", "native"),
    [
        ("column", XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("bar", XL_CHART_TYPE.BAR_CLUSTERED),
        ("stacked_column", XL_CHART_TYPE.COLUMN_STACKED),
        ("stacked_bar", XL_CHART_TYPE.BAR_STACKED),
        ("line", XL_CHART_TYPE.LINE),
        ("area", XL_CHART_TYPE.AREA),
        ("stacked_area", XL_CHART_TYPE.AREA_STACKED),
        ("pie", XL_CHART_TYPE.PIE),
        ("doughnut", XL_CHART_TYPE.DOUGHNUT),
    ],
)
def test_a_chart_is_native_and_holds_its_values(kind: str, native: XL_CHART_TYPE) -> None:
    content = build_deck(deck_of(chart_slide(type=kind, series=[{"name": "One", "values": [1.25, 3]}])))
    chart = next(shape for shape in Presentation(io.BytesIO(content)).slides[0].shapes if shape.has_chart).chart
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))

    assert chart.chart_type == native
    assert list(book.active.values) == [(None, "One"), ("a", 1.25), ("b", 3)]
    read = deck_text(content)[0].charts[0]
    assert (read.categories, read.series) == (("a", "b"), (("One", (1.25, 3.0)),))


def test_a_combination_is_columns_and_a_line_with_an_axis_of_its_own_where_it_needs_one() -> None:
    orders = {"name": "Orders", "values": [1200, 2400]}
    apart, together = (
        build_deck(deck_of(chart_slide(type="combination", series=[orders, {"name": "Line", "values": values}])))
        for values in ([4.1, 1.9], [1300, 2000])
    )
    charts = [Presentation(io.BytesIO(content)).slides[0].shapes[-2].chart for content in (apart, together)]

    assert [[type(plot).__name__ for plot in chart.plots] for chart in charts] == [["BarPlot", "LinePlot"]] * 2
    assert [len(chart.element.findall(".//{*}valAx")) for chart in charts] == [2, 1]
    assert deck_text(apart)[0].charts[0].series == (("Orders", (1200.0, 2400.0)), ("Line", (4.1, 1.9)))


def test_a_scatter_keeps_the_names_of_its_points() -> None:
    series = [{"name": "Visits", "values": [120, 340]}, {"name": "Renewals", "values": [71, 88.5]}]
    content = build_deck(deck_of(chart_slide(type="scatter", categories=["Lisbon", "Turin"], series=series)))
    read = deck_text(content)[0].charts[0]

    assert read.categories == ("Lisbon", "Turin")
    assert read.series == (("Visits", (120.0, 340.0)), ("Renewals", (71.0, 88.5)))


def test_a_missing_value_stays_missing() -> None:
    content = build_deck(deck_of(chart_slide(series=[{"name": "One", "values": [None, 3]}])))

    assert deck_text(content)[0].charts[0].series == (("One", (None, 3.0)),)


def test_text_in_a_charts_workbook_never_becomes_a_formula() -> None:
    content = build_deck(deck_of(chart_slide(categories=["=1+1", "@x"], series=[{"name": "=cmd", "values": [1, 2]}])))
    chart = next(shape for shape in Presentation(io.BytesIO(content)).slides[0].shapes if shape.has_chart).chart
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active

    assert {cell.data_type for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}


def test_the_axis_ids_of_a_chart_are_positive() -> None:
    with zipfile.ZipFile(io.BytesIO(built(every_kind_deck))) as archive:
        charts = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("ppt/charts/chart"))

    assert all(int(found) > 0 for found in re.findall(rb'c:axId val="([^"]+)"', charts))


def test_links_survive_only_to_web_and_mail_addresses() -> None:
    bullets = [{"text": "[a](https://example.com/a) [b](javascript:alert) [c](file:///c) [d](mailto:d@example.com)"}]
    content = build_deck(deck_of({"kind": "bullets", "title": "T", "bullets": bullets}))
    slide = Presentation(io.BytesIO(content)).slides[0]

    links = {relation.target_ref for relation in slide.part.rels.values() if relation.is_external}
    assert links == {"https://example.com/a", "mailto:d@example.com"}
    assert "a b c d" in all_text(content)


def test_a_citation_leads_to_its_source_or_else_to_the_list_of_sources() -> None:
    sources = [
        {"id": "S1", "title": "Thread", "url": "https://example.com/p1", "kind": "message"},
        {"id": "S2", "title": "File", "kind": "file"},
    ]
    slide = {"kind": "bullets", "title": "T", "bullets": [{"text": "One [@S1.3] and two [@S2]"}]}
    content = build_deck(deck_of(slide, {"kind": "sources"}, sources=sources))
    first, last = Presentation(io.BytesIO(content)).slides

    relations = list(first.part.rels.values())
    assert "https://example.com/p1" in [relation.target_ref for relation in relations if relation.is_external]
    assert last.part in [relation.target_part for relation in relations if not relation.is_external]
    assert "One [1] and two [2]" in all_text(content)


def test_the_sources_slide_says_where_and_on_which_slides() -> None:
    table = deck_text(built(review_deck))[-1].tables[0]

    assert table[0] == ("#", "Source", "Where", "Used on slide")
    assert table[1] == ("1", "Q4 close workbook, sheet 'P&L'", "P&L!B4:H31", "3, 4, 5")
    assert table[4] == ("4", "NPS survey Q4, 1,204 responses", "p. 3-5", "3, 7")


def test_a_name_of_a_source_is_no_markup() -> None:
    sources = [{"id": "S1", "title": "*sales*_[draft](2).csv", "kind": "file"}]
    content = build_deck(deck_of({"kind": "title"}, {"kind": "sources"}, sources=sources))

    assert deck_text(content)[1].tables[0][1][1] == "*sales*_[draft](2).csv"


def test_notes_carry_what_was_said_and_the_sources_in_full() -> None:
    notes = deck_text(built(review_deck))[3].notes

    assert notes.startswith(
        "Actual against plan.\nSources:\n[1] S1.3: Q4 close workbook, sheet 'P&L', P&L!B4:H31, https://"
    )


def test_a_long_table_goes_on_with_its_header_and_loses_no_row() -> None:
    slides = [slide for slide in deck_text(built(stress_deck)) if slide.title.startswith("Thirty rows")]
    rows = [row for slide in slides for row in slide.tables[0][1:]]

    assert [slide.title for slide in slides] == [f"Thirty rows ({n}/{len(slides)})" for n in range(1, len(slides) + 1)]
    assert {slide.tables[0][0] for slide in slides} == {("Account", "Revenue", "Share", "Remark", "State")}
    assert [row[0] for row in rows] == [*(f"Account {n}" for n in range(1, 31)), "Total"]


def test_bullets_go_on_and_lose_no_point() -> None:
    slides = [slide for slide in deck_text(built(stress_deck)) if slide.title.startswith("Fourteen points")]
    text = "\n".join(text for slide in slides for text in slide.texts)

    assert len(slides) > 1
    assert [n for n in range(1, 15) if f"Point {n}:" not in text or f"Detail {n}," not in text] == []


def test_nothing_of_the_content_is_dropped() -> None:
    text = all_text(built(review_deck))
    raw = review_deck()
    said = [kpi[field] for kpi in raw["slides"][2]["kpis"] for field in ("label", "value", "delta")]
    said += [raw["slides"][2]["commentary"], raw["slides"][4]["note"], raw["footer"], raw["author"], "23 November 2026"]
    said += [step[field] for step in raw["slides"][9]["steps"] for field in ("text", "owner", "due")]

    assert [words for words in said if clean(words) not in text] == []


def clean(text: str) -> str:
    return " ".join(text.split())


def test_text_that_no_size_makes_fit_is_refused_with_a_sentence() -> None:
    cell = "word " * 59
    slide = {"kind": "table", "title": "T", "columns": [{"header": str(n)} for n in range(9)], "rows": [[cell] * 9]}
    column = {"heading": "H", "points": ["many words " * 36] * 8}

    with pytest.raises(ContentTooLong) as caught:
        build_deck(
            deck_of({"kind": "title"}, slide, {"kind": "two_column", "title": "T", "left": column, "right": column})
        )

    assert caught.value.problems == [
        "slide 2 (table): a table row does not fit a slide at 12 pt; use fewer columns or shorter cells",
        "slide 3 (two_column): the left column has 3161 characters and does not fit its place at 14 pt",
    ]


def test_parallel_cards_have_one_size_of_text() -> None:
    kpis = [{"label": "A", "value": "1"}, {"label": "B", "value": "1,234,567,890"}]
    slide = Presentation(io.BytesIO(build_deck(deck_of({"kind": "kpis", "title": "T", "kpis": kpis})))).slides[0]
    cards = [shape for shape in slide.shapes if shape.name.startswith("Figure ") and shape.text_frame.text]

    assert len({card.text_frame.paragraphs[1].runs[0].font.size for card in cards}) == 1


def test_scripts_written_from_the_right_start_at_the_right() -> None:
    content = build_deck(
        deck_of({"kind": "bullets", "title": "T", "bullets": [{"text": "שלום"}, {"text": "Hello שלום"}]})
    )
    slide = Presentation(io.BytesIO(content)).slides[0]
    points = next(shape for shape in slide.shapes if shape.name.startswith("Points"))

    assert [p._p.pPr.get("rtl") for p in points.text_frame.paragraphs] == ["1", "0"]


def test_characters_xml_cannot_hold_do_not_reach_the_file() -> None:
    content = build_deck(
        deck_of({"kind": "bullets", "title": "A\x0btitle\ud800", "bullets": [{"text": "a\x00b\x1b[0m & <c>"}]})
    )

    assert deck_text(content)[0].title == "A title"
    assert "ab[0m & <c>" in all_text(content)


def test_words_the_deck_adds_are_in_its_language() -> None:
    sources = [{"id": "S1", "title": "Datei", "kind": "file"}]
    slide = {"kind": "bullets", "title": "T", "bullets": [{"text": "Satz [@S1]"}]}
    content = build_deck(deck_of(slide, {"kind": "sources", "title": "Quellen"}, sources=sources, language="de"))

    assert deck_text(content)[1].tables[0][0] == ("#", "Quelle", "Stelle", "Auf Folie")
    assert Presentation(io.BytesIO(content)).core_properties.language == "de-DE"


def test_a_title_that_takes_more_than_two_rows_is_refused() -> None:
    with pytest.raises(ContentTooLong) as caught:
        build_deck(deck_of({"kind": "bullets", "title": "WIDE WORDS " * 14, "bullets": [{"text": "a"}]}, theme="mono"))

    assert caught.value.problems == ["slide 1 (bullets): the title has 153 characters and takes more than 2 rows"]


def test_a_title_gives_up_a_size_to_save_a_row_with_one_word() -> None:
    title = "Two ways to mend mid-market retention; we recommend the pooled success"
    content = build_deck(deck_of({"kind": "bullets", "title": title, "bullets": [{"text": "a"}]}))
    heading = Presentation(io.BytesIO(content)).slides[0].shapes.title

    assert heading.text_frame.paragraphs[0].runs[0].font.size.pt == 26


def points_slide(*texts: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "bullets", "title": "T", "bullets": [{"text": text} for text in texts], **fields}


def list_cards(content: bytes) -> list[list[int]]:
    """The paragraphs of each card of points, slide by slide."""
    return [
        [len(shape.text_frame.paragraphs) for shape in slide.shapes if shape.name.startswith("Points")]
        for slide in Presentation(io.BytesIO(content)).slides
    ]


def test_a_point_alone_is_a_statement_without_a_sign_in_large_type() -> None:
    slide = Presentation(io.BytesIO(build_deck(deck_of(points_slide("Churn fell"))))).slides[0]
    words = next(shape for shape in slide.shapes if shape.name.startswith("Points")).text_frame.paragraphs[0]

    assert words.runs[0].font.size.pt == 40
    assert words._p.pPr.find("{*}buChar") is None


def test_more_points_than_one_card_holds_stand_on_two_side_by_side() -> None:
    content = build_deck(deck_of(points_slide(*(f"Point {n}" for n in range(12)))))

    assert list_cards(content) == [[6, 6]]


def test_more_words_than_a_slide_should_hold_go_on_on_the_next() -> None:
    content = build_deck(deck_of(points_slide(*("word " * 90 for _ in range(2)))))

    assert list_cards(content) == [[3], [3]]


def test_a_figure_is_as_high_as_the_card_of_points_beside_it() -> None:
    slide = points_slide("One", "Two", callout={"value": "34", "label": "days"})
    shapes = Presentation(io.BytesIO(build_deck(deck_of(slide)))).slides[0].shapes
    cards = [shape for shape in shapes if shape.name.rpartition(" ")[0] in {"Points", "Callout"}]

    assert len(cards) == 2
    assert cards[0].height == cards[1].height


def test_a_divider_shows_which_of_the_sections_it_opens() -> None:
    sections = [{"kind": "section", "title": title} for title in ("One", "Two", "Three")]
    second = Presentation(io.BytesIO(build_deck(deck_of(*sections)))).slides[1]
    steps = [shape for shape in second.shapes if shape.name.startswith("Section step")]

    assert [shape.fill.fore_color.theme_color.name for shape in steps] == ["ACCENT_4", "ACCENT_3", "ACCENT_4"]


def test_a_figure_too_long_for_its_card_stands_above_its_story_unbroken() -> None:
    slide = {"kind": "big_number", "title": "T", "value": "€1,234,567,890,123.45", "label": "L", "context": "Story"}
    shapes = Presentation(io.BytesIO(build_deck(deck_of(slide)))).slides[0].shapes
    figure, story = (next(each for each in shapes if each.name.startswith(name)) for name in ("Figure", "Context"))

    assert "\v" not in figure.text_frame.text
    assert figure.top + figure.height == story.top


def test_long_figures_of_four_cards_are_larger_in_two_rows() -> None:
    kpis = [{"label": "L", "value": "€1,234,567,890,123.45"}] * 4
    shapes = (
        Presentation(io.BytesIO(build_deck(deck_of({"kind": "kpis", "title": "T", "kpis": kpis})))).slides[0].shapes
    )

    assert len({shape.top for shape in shapes if shape.name.startswith("Figure L")}) == 2


@pytest.mark.parametrize(("words", "delta"), [(14, None), (18, "a delta")], ids=["smaller in two", "too long for two"])
def test_four_cards_stay_in_the_row_they_fit_where_two_rows_make_nothing_larger(words: int, delta: str | None) -> None:
    kpi = {"label": "words " * words, "value": "€1,234,567,890", "delta": delta and delta * 3}
    slide = {"kind": "kpis", "title": "T", "kpis": [kpi] * 4, "commentary": "word " * 39}
    shapes = Presentation(io.BytesIO(build_deck(deck_of(slide)))).slides[0].shapes

    assert len({shape.top for shape in shapes if shape.name.startswith("Figure words")}) == 1


def cut(words: str, chars: int) -> str:
    return (words * chars)[:chars].strip()


LONG = cut("wordss ", 900)
DEEP = {"text": LONG, "sub": [cut("wordss ", 150)] * 3}
FULL = {
    "a point with three below it": points_slide() | {"bullets": [DEEP]},
    "a point beside a figure": points_slide(callout={"value": "34", "label": "days"}) | {"bullets": [DEEP]},
    "a figure with its story": {"kind": "big_number", "title": "T", "value": "34", "label": "L", "context": LONG},
    "a long figure above its story": {
        "kind": "big_number", "title": "T", "value": "€1,234,567,890,123.45", "label": "L", "context": LONG
    },
    "stages of long labels": {"kind": "process", "title": "T", "stages": [{"label": cut("wordss ", 118)}] * 6},
    "stages of long details": {
        "kind": "process", "title": "T", "stages": [{"label": cut("wordss ", 60), "detail": cut("wordss ", 199)}] * 6
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FULL)
def test_what_is_as_long_as_it_may_be_fits_its_slide(name: str) -> None:
    content = build_deck(deck_of(FULL[name], theme="mono"))

    assert [check.said for check in check_deck(content) if not check.passed and check.name != "notes"] == []
