import pytest

from orchestration.skills.chart_content import Chart
from orchestration.skills.charts.looks import look_at
from orchestration.skills.design.geometry import BODY
from orchestration.skills.design.palette import PALETTES, Ink, contrast

# WCAG 2.2, 1.4.3: text below 18 pt, and large text or bold from 14 pt.
SMALL, LARGE = 4.5, 3.0


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        *((ink, Ink.PAPER, SMALL) for ink in (Ink.TEXT, Ink.MUTED, Ink.ACCENT, Ink.GOOD, Ink.BAD)),
        *((ink, Ink.PANEL, SMALL) for ink in (Ink.TEXT, Ink.MUTED, Ink.GOOD, Ink.BAD, Ink.ACCENT)),
        *((ink, Ink.NIGHT, SMALL) for ink in (Ink.PAPER, Ink.PANEL)),
        (Ink.WARM, Ink.NIGHT, LARGE),
    ],
)
def test_text_stands_out_from_its_ground(theme, text, ground, least) -> None:
    palette = PALETTES[theme]

    assert contrast(palette.rgb(text), palette.rgb(ground)) >= least


@pytest.mark.parametrize("theme", PALETTES)
def test_labels_stand_out_from_every_slice(theme) -> None:
    palette = PALETTES[theme]
    chart = Chart(type="doughnut", categories=tuple("abcdef"), series=({"name": "S", "values": (1,) * 6},))
    looks = look_at(chart, BODY, palette)

    for label, slice_ink in zip(looks.label_inks, looks.point_inks, strict=True):
        assert contrast(palette.rgb(label), palette.rgb(slice_ink)) >= SMALL


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)
