"""A research brief without a key: sections for what was asked, charts, tables, every word with its passage."""

import json

import pytest

from orchestration.models.extractive import ExtractiveModel
from orchestration.models.port import ToolResult
from orchestration.provenance.report import report_on_file
from orchestration.skills.builder import build_file
from orchestration.skills.paper.checks import Wanted
from recipes.output import Claim
from tests.orchestration.models.bundles import BUILT, EXAMPLE, ScriptedHost, list_calls, make_paper_bundle, run_to_end
from tests.orchestration.models.transcripts import TRANSCRIPTS

IOWA = {"iowa-electricity.csv": EXAMPLE.read_bytes()}
TOPIC = "how electricity in Iowa moved to wind"
SAID = (
    ("Maya", "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."),
    ("Jonas", "Coal fell from 35,361 in 2001 to 26,409 in 2015, as old plants closed."),
    ("Maya", "We decided to show the board the whole course since 2001."),
)
FORMATS = ["docx", "pdf"]


async def work(**answers):
    bundle = make_paper_bundle(topic=TOPIC, messages=SAID, files=IOWA, **answers)
    return bundle, await run_to_end(ExtractiveModel(), bundle)


def content_of(history):
    return list_calls(history, "Skill")[-1]["content"]


def made_of(bundle, history):
    contract, call = bundle.recipe.contract, list_calls(history, "Skill")[-1]
    wanted = Wanted(pages=contract.find_pages(bundle.parameters), sections=contract.list_sections(bundle.parameters))
    return call["skill"], build_file(call["skill"], call["content"], permalinks={}, wanted=wanted)


@pytest.mark.parametrize("file", FORMATS)
async def test_the_brief_is_built_passes_its_checks_and_is_handed_in(file):
    bundle, history = await work(file=file)
    skill, made = made_of(bundle, history)
    assert skill == file
    assert [check.said for check in made.checks if not check.passed] == []
    output = list_calls(history, "emit_work_output")[-1]
    assert output["output_type"] == "research_brief"
    assert output["body"].startswith("Extractive draft: no language model was used")


@pytest.mark.parametrize("file", FORMATS)
async def test_every_figure_and_quotation_is_found_in_the_file_itself(file):
    bundle, history = await work(file=file)
    skill, made = made_of(bundle, history)
    claims = [Claim(**each) for each in list_calls(history, "emit_work_output")[-1]["claims"]]
    report = report_on_file(skill, made.content, bundle=bundle, claims=claims)
    assert report.figures.total > 40
    assert [(each.shown, each.where, each.why) for each in report.findings if each.ground == "nothing"] == []


async def test_each_question_has_a_section_and_what_is_silent_says_so():
    questions = ("What did wind produce?", "Who pays for nuclear fusion?")
    bundle, history = await work(questions=questions)
    sections = {section["heading"]: section["blocks"] for section in content_of(history)["sections"]}
    assert set(questions) <= set(sections)
    assert "21,933" in json.dumps(sections[questions[0]])
    assert sections[questions[1]] == [{"kind": "paragraph", "text": "The sources say nothing on this."}]
    output = list_calls(history, "emit_work_output")[-1]
    assert "The sources say nothing on: Who pays for nuclear fusion?" in output["body"]
    assert all(check.passed for check in made_of(bundle, history)[1].checks if check.name == "sections")


async def test_tables_become_charts_and_tables_with_their_passage():
    _, history = await work()
    blocks = [block for section in content_of(history)["sections"] for block in section["blocks"]]
    kinds = {block["kind"] for block in blocks}
    assert {"chart", "bullets"} <= kinds
    assert all(block["source_ids"] == ["S4.1"] for block in blocks if block["kind"] in {"chart", "table"})


async def test_a_longer_brief_says_more():
    sizes = [len(json.dumps(content_of((await work(length=length))[1]))) for length in ("1-2", "2-5", "4-12")]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


async def test_it_is_said_first_that_no_language_model_was_used():
    _, history = await work()
    assert content_of(history)["subtitle"].startswith("Extractive draft: no language model was used")


async def run(*answers):
    bundle = make_paper_bundle(topic=TOPIC, messages=SAID, files=IOWA)
    return await run_to_end(ExtractiveModel(), bundle, ScriptedHost(skill=answers))


def failing(name, said):
    return {**BUILT, "checks": [{"name": name, "passed": False, "said": said}]}


TOO_LONG = failing("page count", "the file has 9 pages, 2 to 5 were asked for")


async def test_a_file_with_too_many_pages_is_built_once_more_with_less():
    history = await run(TOO_LONG)
    first, second = [json.dumps(call["content"]) for call in list_calls(history, "Skill")]
    assert '"chart"' in first
    assert '"chart"' not in second
    assert len(second) < len(first)
    [output] = list_calls(history, "emit_work_output")
    assert "Shortened, since the first file was not as it should be: the file has 9 pages" in output["body"]


@pytest.mark.parametrize(
    "answer",
    [
        failing("page count", "the file has 1 page as LibreOffice sets it; 2 to 5 were asked for"),
        failing("sections", "'Who pays?' has no section"),
    ],
)
async def test_what_less_content_does_not_mend_is_said_at_once(answer):
    history = await run(answer)
    assert len(list_calls(history, "Skill")) == 1
    assert f"Not as it should be: {answer['checks'][0]['said']}" in list_calls(history, "emit_work_output")[0]["body"]


async def test_the_whole_file_is_handed_in_when_the_smaller_one_is_no_better():
    history = await run(TOO_LONG, TOO_LONG)
    [output] = list_calls(history, "emit_work_output")
    assert "Shortened" not in output["body"]
    assert "Not as it should be: the file has 9 pages" in output["body"]


async def test_a_refused_file_ends_the_work_in_a_sentence():
    bundle = make_paper_bundle(topic=TOPIC, messages=SAID)
    refusal = ToolResult(tool_use_id="", content="the content is too long", is_error=True)
    history = await run_to_end(ExtractiveModel(), bundle, ScriptedHost(skill=[refusal, refusal]))
    assert history[-1].blocks[0].text == "The file could not be built: the content is too long"


async def test_sources_that_hold_nothing_end_the_work_in_a_sentence():
    history = await run_to_end(ExtractiveModel(), make_paper_bundle(topic="wind", messages=[("Maya", "thanks!")]))
    assert "there is nothing to write" in history[-1].blocks[0].text


@pytest.mark.parametrize("name", sorted(TRANSCRIPTS))
async def test_every_kind_of_thread_makes_a_document_that_builds(name):
    topic, messages = TRANSCRIPTS[name].topic, TRANSCRIPTS[name].messages
    bundle = make_paper_bundle(topic=topic, messages=messages, length="4-12")
    history = await run_to_end(ExtractiveModel(), bundle)
    _, made = made_of(bundle, history)
    assert [check.said for check in made.checks if not check.passed and check.name != "page count"] == []
