"""Faults of a recipe: each is said, where it stands."""

import pytest

from recipes.faults import list_faults

GOOD = """slug = "memo"
version = 1
name = "Memo"
description = "A memo."
task = "A memo on {topic}."
instructions = '''
Write on {topic}.
name = "not a key"
'''

[agent]
type = "content"
tools = ["emit_work_output"]

[output]
format = "md"
output_type = "content_draft"

[[parameters]]
kind = "text"
name = "topic"
label = "Topic"
question = "On what?"
"""
TONE = """
[[parameters]]
kind = "select"
name = "tone"
label = "Tone"
question = "How?"

[[parameters.choices]]
value = "warm"
label = "Warm"

[[parameters.choices]]
value = "cool"
"""


def tell(toml: str) -> list[str]:
    return [fault.tell("memo.toml") for fault in list_faults(toml)]


def test_a_good_recipe_has_none():
    assert tell(GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("version = 1", "version = 0", "memo.toml, line 2: version should be greater than or equal to 1."),
        ("version = 1", "version = ", "memo.toml, line 2: it is not TOML: Invalid value."),
        ('name = "Memo"\n', "", "memo.toml: name is missing."),
        ('type = "content"\n', "", "memo.toml, line 11: agent.type is missing."),
        ('format = "md"', 'format = "md"\nsize = 3', "memo.toml, line 17: output.size is no field here."),
        ('label = "Topic"\n', "", "memo.toml, line 19: parameters.topic.label is missing."),
        ('kind = "text"', 'kind = "song"', "memo.toml, line 19: parameters.topic "),
        ("A memo on {topic}", "A memo on {theme}", "memo.toml: the template names {theme}, which is not a parameter."),
    ],
)
def test_a_fault_is_said_with_its_line_and_field(before, after, said):
    (told,) = tell(GOOD.replace(before, after, 1))
    assert told.startswith(said)


def test_all_faults_are_said_in_the_order_of_their_lines():
    told = tell(GOOD.replace("version = 1", "version = 0").replace('"On what?"', "7") + TONE)
    assert told == [
        "memo.toml, line 2: version should be greater than or equal to 1.",
        "memo.toml, line 23: parameters.topic.question should be a valid string.",
        "memo.toml, line 35: parameters.tone.choices.cool.label is missing.",
    ]
