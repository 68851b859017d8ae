"""What `threadwork doctor` tells of the language model: no key, a revoked one, a model that there is not."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.settings import SettingsRefused
from tests.claude.server import ClaudeServer
from tests.fakes.ports import find_free_port
from tests.scenarios.ways import AGENT_WAYS

# It shows nothing to anybody in Slack.
WAYS = AGENT_WAYS[:1]

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def provider() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        yield server


@pytest.fixture
def ask(ask_doctor, provider):
    async def run(**changed):
        told = await ask_doctor(**provider.environment | changed)
        assert provider.key not in told.words
        assert provider.bodies == [], "asking costs nothing"
        return told

    return run


async def test_without_a_key_all_is_well_and_said(ask_doctor):
    told = await ask_doctor()
    assert told.amiss == {}
    assert told.said["Model"] == "none: without ANTHROPIC_API_KEY, work selects and quotes what sources say"


async def test_a_model_without_a_key_is_worth_a_word(ask_doctor):
    told = await ask_doctor(THREADWORK_MODEL="claude-opus-5-5")
    assert told.amiss == {"Model": "warning"}
    assert "ANTHROPIC_API_KEY" in told.advice["Model"]


async def test_a_key_that_is_taken_and_models_that_there_are(ask):
    told = await ask()
    assert told.amiss == {}
    assert told.said["Model key"] == "the provider takes it"
    assert told.said["Model"] == "claude-haiku-5-5 for talk"
    assert told.said["Server tools"].startswith("web search and running code at the provider, for research")


async def test_what_the_settings_forbid_is_said(ask):
    told = await ask(THREADWORK_SERVER_TOOLS="none")
    assert told.said["Server tools"].startswith("none: THREADWORK_SERVER_TOOLS forbids them")


async def test_a_revoked_key_is_a_problem_in_one_sentence(ask):
    told = await ask(ANTHROPIC_API_KEY="sk-ant-revoked")
    assert told.amiss == {"Model key": "problem"}
    assert told.said["Model key"] == "the provider does not take ANTHROPIC_API_KEY: it is wrong or revoked"


async def test_a_model_that_there_is_not_is_a_problem_in_one_sentence(ask):
    told = await ask(THREADWORK_PARTNER_MODEL="claude-haiku-99")
    assert told.amiss == {"Model": "problem"}
    assert told.said["Model"] == "the provider knows no `claude-haiku-99`"
    assert "THREADWORK_PARTNER_MODEL" in told.advice["Model"]


async def test_a_model_that_will_go_is_a_warning_with_its_day(ask, provider):
    provider.models["claude-haiku-5-5"] = {"lifecycle": "deprecated", "retires_at": "2027-03-01T00:00:00Z"}
    told = await ask()
    assert told.amiss == {"Model": "warning"}
    assert "taken away on 01 March 2027" in told.said["Model"]


async def test_a_provider_that_is_away_is_a_warning(ask):
    told = await ask(ANTHROPIC_BASE_URL=f"http://127.0.0.1:{find_free_port()}")
    assert told.amiss == {"Model key": "warning"}


@pytest.mark.parametrize("setting", ["THREADWORK_MODEL", "THREADWORK_PARTNER_MODEL"])
async def test_a_model_that_is_taken_away_keeps_the_doctor_and_the_bot_from_starting_in_a_sentence(ask, setting):
    with pytest.raises(SettingsRefused) as met:
        await ask(**{setting: "claude-sonnet-4-5-20250929"})
    assert "which the provider takes away after 30 November 2026" in met.value.advice()
    assert met.value.advice().startswith(setting)


async def test_an_unknown_model_for_work_is_named_with_its_setting(ask):
    told = await ask(THREADWORK_MODEL="claude-sonnet-99")
    assert "knows no `claude-sonnet-99`" in " ".join(told.words.split())
