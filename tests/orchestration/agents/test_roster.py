"""What each agent is told: its own words, the rules of all, and what it builds files from."""

import re

import pytest
from pydantic import BaseModel

from orchestration.agents.roster import make_prompt, read_system_prompt
from orchestration.agents.tools import TOOLS
from orchestration.skills import content
from orchestration.skills.chart_content import Chart
from recipes.bundle import BundleAgent
from recipes.recipe import AgentType, OutputFormat
from tests.fakes.nouns import make_bundle
from tests.orchestration.models.bundles import make_paper_bundle

SLIDES = [
    each
    for each in vars(content).values()
    if isinstance(each, type) and issubclass(each, content.SlideContent) and "kind" in each.model_fields
]


@pytest.mark.parametrize("agent", AgentType)
def test_each_agent_knows_the_rules_of_all(agent):
    told = read_system_prompt(agent, builds=None)
    assert told.startswith(f"You are a {agent} agent.")
    for rule in ("todo list comes before any other work", "Write in the language of the task", "[@S3.2]", "are silent"):
        assert rule in told


@pytest.mark.parametrize("agent", AgentType)
def test_an_agent_is_told_of_no_tool_that_there_is_not(agent):
    told = read_system_prompt(agent, builds=OutputFormat.PPTX)
    named = set(re.findall(r"`(\w+)`", told)) & {
        "TodoWrite",
        "Skill",
        "emit_work_output",
        "read_source",
        "ask_user",
        "Bash",
    }
    assert named <= TOOLS.keys()


@pytest.mark.parametrize(("tools", "knows"), [(("TodoWrite", "Skill"), True), (("TodoWrite",), False)])
def test_only_who_builds_decks_is_told_how(tools, knows):
    agent = BundleAgent(type="research", model="claude-x", effort="low", tools=tools, caps={"turns": 3})
    assert ("two_column" in make_prompt(make_bundle(agent=agent)).system) is knows


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide.__name__)
def test_an_agent_is_told_each_kind_of_slide_with_all_its_fields(slide):
    told = read_system_prompt("reporting", builds=OutputFormat.PPTX)
    [kind] = slide.model_fields["kind"].annotation.__args__
    entry = re.search(rf"^    {kind} .*\n(?:     {{8,}}.*\n)*", told, re.MULTILINE)
    assert entry is not None
    own = slide.model_fields.keys() - content.SlideContent.model_fields.keys() - {"kind"}
    assert [name for name in own if not re.search(rf"\b{name}\b", entry[0])] == []


def test_an_agent_is_told_each_field_of_a_deck_and_of_a_chart_but_the_address_that_it_does_not_know():
    told = read_system_prompt("reporting", builds=OutputFormat.PPTX)
    parts: list[type[BaseModel]] = [content.Deck, content.SlideContent, Chart]
    for part in parts:
        assert [name for name in part.model_fields if not re.search(rf"\b{name}\b", told)] == []


@pytest.mark.parametrize("file", ["docx", "pdf"])
def test_who_builds_a_document_is_told_the_content_of_documents(file):
    told = make_prompt(make_paper_bundle(topic="wind", file=file)).system
    assert "What `Skill` takes as `content` for a document" in told
    assert "for a presentation" not in told


def test_every_kind_of_block_is_told_of():
    told = read_system_prompt("research", builds=OutputFormat.DOCX)
    kinds = ("paragraph", "bullets", "numbered", "kpis", "chart", "table", "two_column", "quote", "timeline", "callout")
    assert [kind for kind in kinds if f"\n    {kind} " not in told] == []
