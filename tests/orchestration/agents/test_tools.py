import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.agents.roster import make_prompt, read_system_prompt
from orchestration.agents.tools import TOOLS, ToolInputRefused, list_tools, read_tool_input
from storage.catalog import read_catalog
from tests.fakes.nouns import make_bundle

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def _list_objects(schema: object) -> list[dict]:
    if isinstance(schema, list):
        return [each for item in schema for each in _list_objects(item)]
    if not isinstance(schema, dict):
        return []
    inner = [each for value in schema.values() for each in _list_objects(value)]
    return [schema, *inner] if "properties" in schema else inner


@pytest.mark.parametrize("name", TOOLS)
def test_a_schema_takes_no_field_that_it_does_not_name(name):
    (spec,) = list_tools((name,))
    objects = _list_objects(spec.input_schema)
    assert objects
    assert all(each.get("additionalProperties") is False for each in objects)
    assert json.dumps(spec.input_schema)


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_tells_the_model_what_it_is_for(name):
    (spec,) = list_tools((name,))
    assert spec.description.endswith(".")


def test_the_tools_and_their_fields_are_those_that_were_agreed():
    fields = {name: set(tool.model_fields) for name, tool in TOOLS.items()}
    assert fields == {
        "TodoWrite": {"todos"},
        "Skill": {"skill", "content"},
        "emit_work_output": {"output_type", "title", "body", "file_id", "file_format", "claims"},
        "read_source": {"source_id", "offset"},
        "ask_user": {"question", "options"},
    }


@given(st.sampled_from(sorted(TOOLS)), st.dictionaries(st.text(), json_values, max_size=4))
def test_no_input_of_a_model_crashes_a_tool(name, raw):
    with pytest.raises(ToolInputRefused, match="did not run"):
        read_tool_input(name, {**raw, "surprise": 1})


def test_every_agent_of_the_catalogue_has_a_prompt():
    for recipe in read_catalog():
        assert len(read_system_prompt(recipe.agent.type, builds=None)) > 200
        assert [spec.name for spec in list_tools(recipe.agent.tools)] == list(recipe.agent.tools)


def test_a_prompt_holds_the_bundle_the_agents_words_and_the_tools_of_the_bundle_only():
    bundle = make_bundle()
    bundle = bundle.model_copy(update={"agent": bundle.agent.model_copy(update={"tools": ("read_source",)})})
    prompt = make_prompt(bundle)
    assert prompt.bundle == bundle
    assert prompt.system == read_system_prompt("reporting", builds=None)
    assert [tool.name for tool in prompt.tools] == ["read_source"]
