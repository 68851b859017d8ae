import pytest

from recipes.parameters import FilesParameter, NumberParameter, SelectParameter, TextParameter
from recipes.recipe import AgentType, OutputFormat, Recipe, RecipeRefused, read_recipe
from recipes.ticket import NO_LANGUAGE_MODEL
from storage.catalog import read_catalog
from tests.fakes.nouns import read_powerpoint_report

GOOD = """
slug = "short-report"
version = 2
name = "Short report"
description = "A short one."
task = "A report about {topic} with {count} slides."
instructions = "Report about {topic}."
[agent]
type = "reporting"
tools = ["TodoWrite"]
[output]
format = "pptx"
output_type = "report_draft"
slides_from = "count"
[[parameters]]
kind = "text"
name = "topic"
label = "Topic"
question = "What?"
required = true
[[parameters]]
kind = "number"
name = "count"
label = "Slides"
question = "How many?"
minimum = 1
maximum = 9
default = 3
"""


def _refuse(toml: str) -> str:
    with pytest.raises(RecipeRefused) as caught:
        read_recipe("short.toml", toml)
    return caught.value.advice()


def test_a_good_text_makes_a_recipe():
    recipe = read_recipe("short.toml", GOOD)
    assert (recipe.slug, recipe.version, recipe.agent.max_turns) == ("short-report", 2, 30)
    assert recipe.card().format == OutputFormat.PPTX
    assert recipe.find_parameter("count").default == 3
    assert recipe.find_parameter("nothing") is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("about {topic} with", "about {audience} with", "the template names {audience}, which is not a parameter"),
        (" with {count} slides", "", "the parameter count stands in no template, so its answer would be lost"),
        ('name = "count"', 'name = "topic"', "two parameters have the same name"),
        ('slides_from = "count"', 'slides_from = "topic"', "slides_from names topic, which is not a number parameter"),
        ('slides_from = "count"', 'slides_from = "pages"', "slides_from names pages, which is not a number parameter"),
        ("version = 2", 'version = "two"', "version: Input should be a valid integer"),
        ('name = "Short report"\n', "", "name: Field required"),
        ('kind = "text"', 'kind = "telepathy"', "parameters.0: Input tag 'telepathy'"),
        ('format = "pptx"', 'format = "gif"', "output.format: Input should be"),
        ("version = 2", "version = 2\nsurprise = 1", "surprise: Extra inputs are not permitted"),
        ('slug = "short-report"', 'slug = "Short Report"', "slug: String should match pattern"),
        ("[agent]", '[agent]\nserver_tools = ["web_search"]', "server_tools are for the research agent"),
        ("about {topic} with", "about {topic!r} with", "a placeholder is a plain parameter name, not {topic}"),
        ("about {topic} with", "about {topic with", "The recipe short.toml cannot be used: "),
        ("default = 3", "default = 30", "default 30 is not between 1 and 9"),
    ],
)  # fmt: skip
def test_a_wrong_recipe_is_refused_with_the_reason(old, new, sentence):
    assert old in GOOD
    said = _refuse(GOOD.replace(old, new, 1))
    assert said.startswith("The recipe short.toml cannot be used: ")
    assert sentence in said


@pytest.mark.parametrize("toml", ["slug = ", "[[[", "slug = 'a'\nslug = 'b'"])
def test_what_is_not_toml_is_refused_as_such(toml):
    assert "it is not TOML" in _refuse(toml)


def test_an_empty_file_is_refused_by_its_first_missing_field():
    assert _refuse("") == "The recipe short.toml cannot be used: slug: Field required."


def test_a_filled_recipe_shows_labels_and_keeps_values():
    filled = read_powerpoint_report().fill({"topic": "{slides_count} churn", "slides_count": 7})
    assert filled.task == "A presentation of 7 slides about {slides_count} churn, in the Slate style."
    assert filled.parameters == {"topic": "{slides_count} churn", "slides_count": 7, "template_style": "slate"}
    assert "{slides_count} churn" in filled.instructions


def test_the_shipped_catalogue_loads():
    recipes = read_catalog()
    assert "powerpoint-report" in {recipe.slug for recipe in recipes}
    assert len({recipe.slug for recipe in recipes}) == len(recipes)


def test_powerpoint_report_is_what_other_programs_rely_on():
    recipe = read_powerpoint_report()
    topic, count, style, template = recipe.parameters
    assert isinstance(topic, TextParameter)
    assert (topic.name, topic.required) == ("topic", True)
    assert isinstance(count, NumberParameter)
    assert (count.name, count.minimum, count.maximum, count.default) == ("slides_count", 3, 30, 5)
    assert isinstance(style, SelectParameter)
    assert (style.name, style.required) == ("template_style", False)
    assert isinstance(template, FilesParameter)
    assert (template.name, template.required) == ("template", False)
    assert (recipe.output.format, recipe.agent.type) == (OutputFormat.PPTX, AgentType.REPORTING)
    assert recipe.output.slides_from == "slides_count"


def test_a_recipe_may_name_its_model_and_how_many_tokens_it_may_take():
    agent = read_recipe("short.toml", GOOD.replace("[agent]", '[agent]\nmodel = "claude-x"\nmax_tokens = 50000')).agent
    assert agent.choose_model("claude-usual") == "claude-x"
    assert agent.list_caps("claude-x") == {"turns": 30, "tokens": 50_000}


def test_without_a_language_model_a_recipe_chooses_none_and_takes_no_tokens():
    agent = read_recipe("short.toml", GOOD.replace("[agent]", '[agent]\nmodel = "claude-x"')).agent
    assert agent.choose_model(NO_LANGUAGE_MODEL) == NO_LANGUAGE_MODEL
    assert agent.list_caps(NO_LANGUAGE_MODEL) == {"turns": 30}
    assert read_recipe("short.toml", GOOD).agent.choose_model("claude-usual") == "claude-usual"


def test_a_research_brief_is_made_as_the_file_that_is_asked_for():
    recipe = next(each for each in read_catalog() if each.slug == "research-brief")
    asked = recipe.fill({"topic": "wind", "file": "pdf", "length": "1-2", "questions": ("Who pays?",)})
    contract = recipe.output.chosen(asked.parameters)
    assert contract.format is OutputFormat.PDF
    assert contract.find_pages(asked.parameters) == range(1, 3)
    assert contract.list_sections(asked.parameters) == ("Who pays?",)
    assert recipe.output.chosen(recipe.fill({"topic": "wind"}).parameters).format is OutputFormat.DOCX


@pytest.mark.parametrize(
    ("field", "named", "problem"),
    [
        ("format_from", "topic", "output.format_from names topic, which is not a select parameter"),
        ("format_from", "length", "output.format_from cannot be '1-2', a choice of length"),
        ("pages_from", "file", "output.pages_from cannot be 'docx', a choice of file"),
        ("sections_from", "topic", "output.sections_from names topic, which is not a parameter of several texts"),
    ],
)
def test_an_output_cannot_depend_on_an_answer_that_does_not_say_it(field, named, problem):
    recipe = next(each for each in read_catalog() if each.slug == "research-brief")
    raw = recipe.model_dump()
    raw["output"][field] = named
    with pytest.raises(ValueError, match=problem):
        Recipe.model_validate(raw)
