"""Language models by way of a cloud, by settings: what is refused at the start, and what `threadwork doctor` says."""

import sys

import pytest

from bot.doctor.model import examine_model
from bot.provider import opening_door
from bot.settings import SettingsRefused, read_settings
from orchestration.models.claude.errors import CloudExtraMissing
from recipes.finding import Mark

BEDROCK = {"THREADWORK_MODEL_HOST": "bedrock", "THREADWORK_MODEL_REGION": "eu-central-1"}
VERTEX = {
    "THREADWORK_MODEL_HOST": "vertex",
    "THREADWORK_MODEL_REGION": "global",
    "THREADWORK_MODEL_PROJECT": "acme-1",
}
TOKEN = {"AWS_BEARER_TOKEN_BEDROCK": "bedrock-api-key-secret"}


@pytest.fixture
def read(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def go(**given):
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return read_settings(given)

    return go


@pytest.fixture
def no_libraries(monkeypatch):
    for name in ("boto3", "google", "google.auth"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"THREADWORK_MODEL_HOST": "azure"}, "'anthropic', 'bedrock' or 'vertex'"),
        ({"THREADWORK_MODEL_HOST": "bedrock"}, "THREADWORK_MODEL_REGION is not set"),
        ({**VERTEX, "THREADWORK_MODEL_PROJECT": ""}, "THREADWORK_MODEL_PROJECT is not set"),
        ({**BEDROCK, "THREADWORK_MODEL_REGION": "eu/../x"}, "is no name of a region"),
    ],
)
def test_settings_that_do_not_make_a_host_are_refused_in_a_sentence(read, given, said):
    with pytest.raises(SettingsRefused) as met:
        read(**given)
    assert said in met.value.advice()


@pytest.mark.parametrize("given", [BEDROCK, VERTEX])
async def test_a_missing_library_keeps_the_bot_from_starting_in_a_sentence(read, no_libraries, given):
    with pytest.raises(CloudExtraMissing) as met:
        async with opening_door(read(**given)):
            pass
    assert met.value.advice().endswith(f"`pip install 'threadwork[{given['THREADWORK_MODEL_HOST']}]'`.")


@pytest.mark.parametrize("given", [BEDROCK, VERTEX])
async def test_the_doctor_says_which_library_is_missing(read, no_libraries, given):
    (found,) = await examine_model(read(**given))
    assert (found.subject, found.mark) == ("Model host", Mark.PROBLEM)
    assert "pip install" in found.advice


async def test_the_doctor_says_where_models_are_asked_and_that_prices_are_wanted(read):
    found = await examine_model(read(**BEDROCK, **TOKEN))
    assert [(each.subject, each.mark) for each in found] == [
        ("Model host", Mark.OK),
        ("Model", Mark.OK),
        ("Model", Mark.OK),
        ("Prices", Mark.WARNING),
    ]
    said = " ".join(each.said for each in found)
    assert "anthropic.claude-sonnet-5-5 for work" in said
    assert TOKEN["AWS_BEARER_TOKEN_BEDROCK"] not in said


def test_the_providers_own_key_is_not_taken_to_a_cloud(read):
    settings = read(**BEDROCK, ANTHROPIC_API_KEY="sk-ant-secret")
    assert settings.model_key is None
    assert read(**BEDROCK, **TOKEN).model_key == TOKEN["AWS_BEARER_TOKEN_BEDROCK"]
