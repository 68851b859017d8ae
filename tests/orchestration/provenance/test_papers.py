"""Documents read back for their figures: what stands in the cited passage is found, what does not is named."""

import pytest

from orchestration.provenance.report import report_on_file
from orchestration.skills.builder import Kit, build_file
from recipes.output import Claim
from tests.orchestration.models.bundles import make_paper_bundle
from tests.orchestration.skills.samples import sample_picture

SAID = (("Maya", "Wind produced 21,933 thousand megawatthours in 2017."), ("Jonas", "Coal fell to 26,409 in 2015."))


def report(skill, *blocks, claims=()):
    sources = [{"id": "S1", "title": "Maya", "kind": "message"}, {"id": "S2", "title": "Jonas", "kind": "message"}]
    content = {"title": "Wind", "sources": sources, "sections": [{"heading": "Findings", "blocks": list(blocks)}]}
    made = build_file(skill, content, permalinks={}, kit=Kit(files={"S1": sample_picture()}))
    found = report_on_file(skill, made.content, bundle=make_paper_bundle(topic="wind", messages=SAID), claims=claims)
    return {each.shown: each.why for each in found.findings if each.ground == "nothing"}


def paragraph(text):
    return {"kind": "paragraph", "text": text}


pytestmark = pytest.mark.parametrize("skill", ["docx", "pdf"])


def test_a_figure_of_the_cited_passage_is_found(skill):
    assert report(skill, paragraph("Wind produced 21,933 in 2017 [@S1.1].")) == {}


def test_a_figure_that_the_cited_passage_does_not_hold_is_named(skill):
    missing = report(skill, paragraph("Wind produced 29,133 in 2017 [@S1.1]."))
    assert list(missing) == ["29,133"]
    assert "not in what is cited here: S1.1" in missing["29,133"]


def test_a_figure_of_another_source_is_not_found(skill):
    assert list(report(skill, paragraph("Coal fell to 26,409 [@S1.1]."))) == ["26,409"]


def test_cells_and_chart_values_lean_on_their_caption(skill):
    chart = {"type": "column", "categories": ["2017"], "series": [{"name": "Wind", "values": [21_933]}]}
    table = {"columns": [{"header": "Source"}, {"header": "Output"}], "rows": [["Coal", "26,409"], ["Wind", "1,111"]]}
    blocks = (
        {"kind": "chart", "caption": "Wind", "source_ids": ["S1.1"], "chart": chart},
        {"kind": "table", "caption": "Coal", "source_ids": ["S2.1"], **table},
    )
    assert list(report(skill, *blocks)) == ["1,111"]


def test_a_quotation_that_nobody_said_is_named(skill):
    said = report(skill, paragraph("Maya said “wind is finished for good” [@S1.1]."))
    assert list(said) == ["wind is finished for good"]


def test_a_claimed_quotation_stands_in_the_file_as_in_its_passage(skill):
    claim = Claim(kind="quote", text="Coal fell to 26,409 in 2015.", passages=("S2.1",))
    assert report(skill, paragraph("Coal fell to 26,409 in 2015. [@S2.1]"), claims=[claim]) == {}


def test_what_a_caption_says_of_a_picture_stands_in_its_source_and_its_description_is_left_aside(skill):
    picture = {"kind": "image", "image": "S1", "alt": "A curve that ends at 30,000"}
    assert report(skill, {**picture, "caption": "Wind, 21,933 in 2017"}) == {}
    assert list(report(skill, {**picture, "caption": "Coal, 26,409 in 2015", "source_ids": ["S1.1"]})) == [
        "26,409",
        "2015",
    ]
