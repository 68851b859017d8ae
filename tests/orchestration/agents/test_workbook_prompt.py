"""What an agent is told that builds workbooks: every field of their content."""

import re

import pytest

from orchestration.agents.roster import make_prompt
from orchestration.skills.sheet import content
from recipes.bundle import BundleAgent
from recipes.recipe import OutputContract
from tests.fakes.nouns import make_bundle

PARTS = [
    content.Workbook,
    content.Sheet,
    content.SheetFigure,
    content.SheetTable,
    content.SheetColumn,
    content.SheetChart,
    content.RowsFrom,
    content.Filter,
    content.SortKey,
    content.Formula,
    content.Measure,
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_an_agent_is_told_each_field_of_a_workbook(part):
    agent = BundleAgent(type="reporting", model="claude-x", effort="low", tools=("Skill",), caps={"turns": 3})
    bundle = make_bundle(agent=agent)
    contract = OutputContract(format="xlsx", output_type="data_workbook")
    told = make_prompt(
        bundle.model_copy(update={"recipe": bundle.recipe.model_copy(update={"contract": contract})})
    ).system
    assert [name for name in part.model_fields if not re.search(rf"\b{name}\b", told)] == []
    assert "two_column" not in told
