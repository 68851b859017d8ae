"""What the model without a key makes stands on its sources, each figure and each quotation of it."""

import pytest

from orchestration.models.extractive.model import ExtractiveModel
from orchestration.provenance.numerals import list_numerals
from orchestration.provenance.report import report_on_deck, report_on_file, report_on_text
from orchestration.skills.builder import build_file
from orchestration.skills.checks import deck_text
from orchestration.skills.text import TextSource, list_urls, write_text
from recipes.bundle import WorkBundle
from recipes.output import Claim
from recipes.provenance import Provenance
from tests.orchestration.models.bundles import (
    EXAMPLE,
    list_calls,
    make_bundle,
    make_paper_bundle,
    make_text_bundle,
    run_to_end,
)
from tests.orchestration.models.transcripts import TRANSCRIPTS

IOWA = {"iowa-electricity.csv": EXAMPLE.read_bytes()}
TOPIC = "how electricity in Iowa moved to wind"


async def make_deck(bundle: WorkBundle) -> tuple[bytes, list[Claim]]:
    history = await run_to_end(ExtractiveModel(), bundle)
    made = build_file("pptx", list_calls(history, "Skill")[-1]["content"], permalinks={})
    return made.content, [Claim(**each) for each in list_calls(history, "emit_work_output")[-1]["claims"]]


async def report_deck(bundle: WorkBundle) -> Provenance:
    content, claims = await make_deck(bundle)
    report = report_on_deck(content, bundle=bundle, claims=claims)
    assert report is not None
    return report


async def report_text(bundle: WorkBundle) -> Provenance:
    output = list_calls(await run_to_end(ExtractiveModel(), bundle), "emit_work_output")[-1]
    texts = (passage.text for passage in bundle.list_passages() if passage.text)
    sources = [
        TextSource(id=each.id, title=each.locator, url=f"https://x.example/{each.id}") for each in bundle.sources
    ]
    written = write_text(output["body"], sources=sources, known_urls=list_urls(texts))
    return report_on_text(output["title"], written, bundle=bundle, claims=[Claim(**each) for each in output["claims"]])


def check_supported(report: Provenance) -> None:
    assert report.list_missing() == ()
    assert (report.figures.missing, report.quotations.missing, report.broken_citations) == (0, 0, 0)
    assert report.figures.total > 0


@pytest.mark.parametrize("slides", [3, 6, 14, 30])
async def test_every_figure_of_a_deck_on_the_examples_data_has_its_source(slides):
    check_supported(await report_deck(make_bundle(topic=TOPIC, files=IOWA, slides=slides)))


@pytest.mark.parametrize("words", [100, 300, 2_000])
async def test_every_figure_of_a_text_on_the_examples_data_has_its_source(words):
    check_supported(await report_text(make_text_bundle(topic=TOPIC, files=IOWA, words=words)))


@pytest.mark.parametrize("slides", [5, 14])
@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_every_figure_and_quotation_of_a_deck_on_a_thread_has_its_source(name, slides):
    said = TRANSCRIPTS[name]
    bundle = make_bundle(topic=said.topic, messages=said.messages, files=said.files, slides=slides)
    check_supported(await report_deck(bundle))


@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_every_figure_and_quotation_of_a_text_on_a_thread_has_its_source(name):
    said = TRANSCRIPTS[name]
    check_supported(
        await report_text(make_text_bundle(topic=said.topic, messages=said.messages, files=said.files, words=600))
    )


@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_every_figure_and_quotation_of_a_document_on_a_thread_has_its_source(name):
    said = TRANSCRIPTS[name]
    bundle = make_paper_bundle(topic=said.topic, messages=said.messages, files=said.files)
    history = await run_to_end(ExtractiveModel(), bundle)
    made = build_file("docx", list_calls(history, "Skill")[-1]["content"], permalinks={})
    claims = [Claim(**each) for each in list_calls(history, "emit_work_output")[-1]["claims"]]
    check_supported(report_on_file("docx", made.content, bundle=bundle, claims=claims))


@pytest.mark.parametrize("slides", [6, 14])
async def test_every_value_of_a_chart_is_a_claim(slides):
    content, claims = await make_deck(make_bundle(topic=TOPIC, files=IOWA, slides=slides))
    claimed = {each.readings[0].value for claim in claims for each in list_numerals(claim.text) if each.readings}
    drawn = [
        value
        for slide in deck_text(content)
        for chart in slide.charts
        for _, values in chart.series
        for value in values
    ]
    assert drawn
    assert {value for value in drawn if value is not None} <= {float(each) for each in claimed}
