"""The same messages by way of a cloud: named its way, with its credentials, or a sentence that says what is missing."""

import sys

import pytest

from orchestration.models.claude.cloud import Cloud
from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.errors import (
    CloudAccessMissing,
    CloudExtraMissing,
    KeyRefused,
    ModelBusy,
    ReplyBroken,
)
from orchestration.models.claude.model import ClaudeModel
from orchestration.models.claude.models import find_last_day, takes_effort
from tests.claude.faults import WHOLE
from tests.claude.replies import Broken, Refusal, ending
from tests.claude.samples import MODEL, make_claude_prompt

BEDROCK = Cloud(name="bedrock", region="eu-central-1")
VERTEX = Cloud(name="vertex", region="europe-west1", project="acme-1")
NAMES = {"bedrock": f"anthropic.{MODEL}", "vertex": MODEL}


@pytest.fixture(params=[BEDROCK, VERTEX], ids=lambda cloud: cloud.name)
def cloud(request) -> Cloud:
    return request.param


@pytest.fixture
async def claude(provider, cloud):
    async with ClaudeDoor(key=provider.key, base_url=provider.url, cloud=cloud) as door:
        yield ClaudeModel(door, name=MODEL)


@pytest.fixture
def no_libraries(monkeypatch):
    for name in ("boto3", "google", "google.auth"):
        monkeypatch.setitem(sys.modules, name, None)


async def test_a_turn_is_the_same_request_with_the_clouds_name_for_the_model(claude, provider, cloud):
    provider.plays([ending("Done.")])
    turn = await claude.turn(make_claude_prompt(), ())
    assert turn.stop_reason == "end_turn"
    assert turn.usage.output_tokens > 0
    (body,) = provider.bodies
    assert body["model"] == NAMES[cloud.name]
    assert body["stream"]


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (Refusal(429, "rate_limit_error", {"retry-after": "7"}), ModelBusy),
        (Refusal(503, "api_error"), ModelBusy),
        (Broken(WHOLE, 9, "end"), ReplyBroken),
        (Broken(WHOLE, 9, "drop"), ReplyBroken),
    ],
)
async def test_what_may_pass_is_the_callers_to_try_again(claude, provider, answer, becomes):
    provider.plays([answer])
    with pytest.raises(becomes):
        await claude.turn(make_claude_prompt(), ())
    assert len(provider.bodies) == 1


async def test_credentials_that_a_cloud_does_not_take_are_named_as_its_own(provider, cloud):
    async with ClaudeDoor(key="revoked", base_url=provider.url, cloud=cloud) as door:
        with pytest.raises(KeyRefused) as met:
            await ClaudeModel(door, name=MODEL).turn(make_claude_prompt(), ())
    assert "ANTHROPIC_API_KEY" not in met.value.advice()
    assert {"bedrock": "AWS_", "vertex": "GOOGLE_"}[cloud.name] in met.value.advice()


def test_a_library_that_is_missing_is_said_before_anything_is_asked(cloud, no_libraries):
    with pytest.raises(CloudExtraMissing) as met:
        ClaudeDoor(key=None, base_url=None, cloud=cloud)
    assert f"pip install 'threadwork[{cloud.name}]'" in met.value.advice()


class NoCredentialsError(Exception):
    """As the cloud's library says it."""

    __module__ = "botocore.exceptions"


@pytest.mark.parametrize("trouble", [NoCredentialsError(), RuntimeError("Could not resolve AWS credentials")])
async def test_credentials_that_are_missing_are_no_broken_reply(claude, cloud, monkeypatch, trouble):
    async def refuse(_request):
        raise trouble

    monkeypatch.setattr(claude._door._client, "_prepare_request", refuse)
    with pytest.raises(CloudAccessMissing) as met:
        await claude.turn(make_claude_prompt(), ())
    assert met.value.advice().startswith("I have no credentials for the language model on")


async def test_nothing_is_asked_of_a_cloud_to_know_its_models(claude, provider):
    card = await claude._door.describe_model(MODEL)
    assert (card.id, card.is_active, provider.bodies) == (MODEL, True, [])


@pytest.mark.parametrize(
    ("cloud", "model", "name"),
    [
        (BEDROCK, "claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
        (BEDROCK, "eu.anthropic.claude-sonnet-5-5-v1:0", "eu.anthropic.claude-sonnet-5-5-v1:0"),
        (VERTEX, "claude-sonnet-5-5", "claude-sonnet-5-5"),
        (VERTEX, "claude-haiku-4-5-20251001", "claude-haiku-4-5@20251001"),
        (VERTEX, "claude-haiku-4-5@20251001", "claude-haiku-4-5@20251001"),
    ],
)
def test_models_have_a_clouds_names(cloud, model, name):
    assert cloud.name_model(model) == name


def test_what_is_known_of_a_model_is_known_of_it_under_a_clouds_name_too():
    assert find_last_day("us.anthropic.claude-sonnet-4-5-20250929-v1:0") is not None
    assert find_last_day("claude-sonnet-4-5@20250929") is not None
    assert not takes_effort("anthropic.claude-haiku-4-5")
    assert takes_effort("anthropic.claude-sonnet-5-5")
