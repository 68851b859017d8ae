import pytest

from orchestration.skills.fonts.extract import extract_metrics
from orchestration.skills.fonts.faces import FontName, load_face


@pytest.mark.parametrize(
    ("font", "bold", "text", "width_em"),
    [
        # Advance widths of the fonts themselves, in ems: Calibri A 1185/2048, Arial A 1366/2048.
        ("Calibri", False, "A", 1185 / 2048),
        ("Arial", False, "A", 1366 / 2048),
        ("Arial", True, "AA", 2 * 1479 / 2048),
        ("Calibri", False, "日本", 2.0),
        ("Calibri", False, "e\N{COMBINING ACUTE ACCENT}", 1019 / 2048),
    ],
)
def test_text_is_as_wide_as_the_font_says(font: FontName, *, bold: bool, text: str, width_em: float) -> None:
    assert load_face(font, bold=bold).width_em(text) == pytest.approx(width_em, abs=0.002)


def test_rows_in_scripts_of_other_fonts_are_higher() -> None:
    face = load_face("Calibri", bold=False)

    assert face.line_em("Latin – ž") == pytest.approx(1.2207, abs=0.0001)
    assert face.line_em("日本") == face.line_em("🚀") == 1.45


def test_metrics_are_made_from_a_font_file(tmp_path) -> None:
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415 - a slow import for one test

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "a", "b", "d"])
    builder.setupCharacterMap({97: "a", 98: "b", 100: "d"})
    builder.setupGlyf({name: _empty_glyph() for name in (".notdef", "a", "b", "d")})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (510, 0), "b": (520, 0), "d": (540, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    builder.save(tmp_path / "tiny.ttf")

    metrics = extract_metrics(tmp_path / "tiny.ttf")

    assert metrics == {"units_per_em": 1000, "line_height_units": 1000, "advances": [(97, [510, 520]), (100, [540])]}


def _empty_glyph():
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415 - a slow import for one test

    return TTGlyphPen(None).glyph()
