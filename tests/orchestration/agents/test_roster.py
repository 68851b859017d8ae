"""What each agent is told: its own words, the rules of all, and what it builds files from."""

import re

import pytest
from pydantic import BaseModel

from orchestration.agents.roster import make_prompt, read_system_prompt
from orchestration.agents.tools import TOOLS
from orchestration.skills import content
from orchestration.skills.chart_content import Chart
from recipes.bundle import BundleAgent
from recipes.recipe import AgentType
from tests.fakes.nouns import make_bundle

SLIDES = [
    each
    for each in vars(content).values()
    if isinstance(each, type) and issubclass(each, content.SlideContent) and "kind" in each.model_fields
]


@pytest.mark.parametrize("agent", AgentType)
def test_each_agent_knows_the_rules_of_all(agent):
    told = read_system_prompt(agent, builds_decks=False)
    assert told.startswith(f"You are a {agent} agent.")
    for rule in ("todo list comes before any other work", "Write in the language of the task", "[@S3.2]", "are silent"):
        assert rule in told


@pytest.mark.parametrize("agent", AgentType)
def test_an_agent_is_told_of_no_tool_that_there_is_not(agent):
    told = read_system_prompt(agent, builds_decks=True)
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
    told = read_system_prompt("reporting", builds_decks=True)
    [kind] = slide.model_fields["kind"].annotation.__args__
    entry = re.search(rf"^    {kind} .*\n(?:     {{8,}}.*\n)*", told, re.MULTILINE)
    assert entry is not None
    own = slide.model_fields.keys() - content.SlideContent.model_fields.keys() - {"kind"}
    assert [name for name in own if not re.search(rf"\b{name}\b", entry[0])] == []


def test_an_agent_is_told_each_field_of_a_deck_and_of_a_chart_but_the_address_that_it_does_not_know():
    told = read_system_prompt("reporting", builds_decks=True)
    parts: list[type[BaseModel]] = [content.Deck, content.SlideContent, Chart]
    for part in parts:
        assert [name for name in part.model_fields if not re.search(rf"\b{name}\b", told)] == []
