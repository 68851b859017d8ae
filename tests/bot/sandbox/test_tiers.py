from dataclasses import replace

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

TIER_2, TIER_3 = 20, 50


@pytest.fixture
async def ts(client):
    return (await client.chat_postMessage(channel="reports", text="x"))["ts"]


@pytest.fixture
def edit(client, ts):
    async def run(number=0):
        return await client.chat_update(channel="C0REPORTS", ts=ts, text=f"state {number}")

    return run


async def test_a_tier_is_a_budget_for_one_minute(edit, clock):
    for number in range(TIER_3):
        await edit(number)
        clock.advance(1)
    with pytest.raises(SlackApiError) as caught:
        await edit()
    answer = caught.value.response
    assert (answer.status_code, answer.data) == (429, {"ok": False, "error": "ratelimited"})
    assert answer.headers["Retry-After"] == "10"


async def test_after_the_time_it_names_the_call_is_taken(edit, clock):
    for _ in range(TIER_3):
        await edit()
    with pytest.raises(SlackApiError) as caught:
        await edit()
    wait_s = int(caught.value.response.headers["Retry-After"])
    clock.advance(wait_s - 1)
    with pytest.raises(SlackApiError):
        await edit()
    clock.advance(1)
    assert (await edit())["ok"]


async def test_the_sdks_own_handler_waits_as_long_as_it_is_told(edit, client, ts, clock):
    class Waiting(AsyncRateLimitErrorRetryHandler):
        async def prepare_for_next_attempt_async(self, *, state, request, response=None, error=None):
            clock.advance(int(response.headers["Retry-After"][0]))
            state.next_attempt_requested = True
            state.increment_current_attempt()

    for _ in range(TIER_3):
        await edit()
    client.retry_handlers.append(Waiting(max_retry_count=1))
    assert (await client.chat_update(channel="C0REPORTS", ts=ts, text="after"))["text"] == "after"


async def test_forty_edits_a_minute_fit_for_as_long_as_they_last(edit, clock):
    for _ in range(120):
        assert (await edit())["ok"]
        clock.advance(60 / 40)


async def test_methods_have_budgets_of_their_own(client, edit):
    for _ in range(TIER_2):
        await client.users_list()
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.users_list()
    assert (await edit())["ok"]
    assert (await client.auth_test())["ok"]


async def test_posts_are_counted_for_each_channel(client, clock):
    for number in range(60):
        await client.chat_postMessage(channel=("reports", "C0REPORTS")[number % 2], text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel="#reports", text="x")
    assert (await client.chat_postMessage(channel="general", text="x"))["ok"]
    clock.advance(60)
    assert (await client.chat_postMessage(channel="reports", text="x"))["ok"]


async def test_a_refused_call_is_not_counted_and_changes_nothing(client, maya, clock):
    for _ in range(60):
        await client.chat_postMessage(channel="reports", text="x")
    for _ in range(10):
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.chat_postMessage(channel="reports", text="too much")
    assert len(await maya.messages("reports")) == 60
    clock.advance(60)
    for _ in range(60):
        await client.chat_postMessage(channel="reports", text="x")


class TestWithoutTiers:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, enforces_tiers=False)

    async def test_an_app_may_call_as_often_as_it_likes(self, edit):
        for _ in range(2 * TIER_3):
            assert (await edit())["ok"]
