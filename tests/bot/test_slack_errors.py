from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack_errors import (
    BlocksRefused,
    ChannelShut,
    FilesForbidden,
    FormTooLate,
    SlackBusy,
    SlackRefused,
    SlackUnreachable,
    translating,
)
from recipes.draft import DraftNotFound


def _refusal(code: str | None, *, status: int = 200, headers: dict | None = None, data: object = None) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/x",
        req_args={},
        data=data if data is not None else {"ok": False, **({"error": code} if code else {})},
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("refused", answer)


async def _translate(error: BaseException) -> BaseException:
    with pytest.raises(type(error) if isinstance(error, DraftNotFound) else Exception) as caught:
        async with translating("chat.postMessage"):
            raise error
    return caught.value


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("ratelimited", SlackBusy),
        ("rate_limited", SlackBusy),
        ("internal_error", SlackBusy),
        ("fatal_error", SlackBusy),
        ("service_unavailable", SlackBusy),
        ("request_timeout", SlackBusy),
        ("not_in_channel", ChannelShut),
        ("channel_not_found", ChannelShut),
        ("is_archived", ChannelShut),
        ("restricted_action", ChannelShut),
        ("expired_trigger_id", FormTooLate),
        ("hash_conflict", FormTooLate),
        ("file_uploads_disabled", FilesForbidden),
        ("file_type_not_allowed", FilesForbidden),
        ("storage_limit_reached", FilesForbidden),
        ("invalid_blocks", BlocksRefused),
        ("msg_too_long", SlackRefused),
        ("something_new", SlackRefused),
        (None, SlackRefused),
    ],
)
async def test_a_code_of_slack_belongs_to_a_family(code, family):
    assert type(await _translate(_refusal(code))) is family


async def test_the_cause_is_kept():
    refusal = _refusal("invalid_blocks")
    assert (await _translate(refusal)).__cause__ is refusal


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "30"}, 30.0), ({}, 1.0)])
async def test_how_long_to_wait_is_what_slack_says(headers, seconds):
    error = await _translate(_refusal("ratelimited", status=429, headers=headers))
    assert error.retry_after_s == seconds


async def test_trouble_of_slacks_server_may_pass_whatever_it_answers():
    assert isinstance(await _translate(_refusal(None, status=503, data="<html>")), SlackBusy)


async def test_a_refusal_keeps_what_slack_says_is_wrong_for_the_log():
    data = {
        "ok": False,
        "error": "invalid_blocks",
        "response_metadata": {"messages": ["[ERROR] no more than 50 items"]},
    }
    error = await _translate(_refusal("invalid_blocks", data=data))
    assert error.method == "chat.postMessage"
    assert "no more than 50 items" in error.detail
    assert "50 items" not in error.advice()


@pytest.mark.parametrize(
    "error", [TimeoutError(), OSError("x"), aiohttp.ClientConnectionError(), SlackRequestError("x")]
)
async def test_no_answer_at_all_may_pass(error):
    assert isinstance(await _translate(error), SlackUnreachable)


async def test_our_own_errors_pass_through():
    error = DraftNotFound("dra_1")
    assert await _translate(error) is error


async def test_without_trouble_nothing_happens():
    async with translating("chat.postMessage"):
        pass


async def test_a_pause_is_as_long_as_slack_asked_for():
    error = await _translate(_refusal("ratelimited", headers={"Retry-After": "7"}))
    assert error.pause() == timedelta(seconds=7)
