from dataclasses import replace

import pytest


@pytest.fixture
async def thread(maya):
    return {"channel_id": "C0REPORTS", "thread_ts": await maya.say("reports", "root")}


async def statuses(person):
    return [(one["text"], one["session"]) for one in (await person.state())["statuses"]]


async def test_a_status_is_shown_until_the_app_replies(client, maya, thread):
    await client.assistant_threads_setStatus(status="is reading", **thread)
    assert await statuses(maya) == [("is reading", None)]
    await client.chat_postMessage(channel="reports", text="done", thread_ts=thread["thread_ts"])
    assert await statuses(maya) == []


async def test_a_status_vanishes_after_two_minutes(client, maya, thread, clock):
    await client.assistant_threads_setStatus(status="is reading", **thread)
    clock.advance(121)
    assert await statuses(maya) == []


async def test_statuses_and_sessions_share_one_slot(client, maya, thread):
    await client.agents_sessions_setStatus(status="processing", title="Deck", **thread)
    assert await statuses(maya) == [("", "processing")]
    await client.assistant_threads_setStatus(status="is reading", **thread)
    assert await statuses(maya) == [("is reading", None)]


async def test_a_session_outlives_a_reply(client, maya, thread):
    await client.agents_sessions_setStatus(status="processing", **thread)
    await client.chat_postMessage(channel="reports", text="on it", thread_ts=thread["thread_ts"])
    assert await statuses(maya) == [("", "processing")]


async def test_prompts_are_pinned_in_a_conversation(client, maya, refusal):
    prompts = [{"title": "Make a deck", "message": "Help me"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D0MAYA", prompts=prompts, title="Hello")
    assert (await maya.state())["prompts"]["D0MAYA"] == {"title": "Hello", "prompts": prompts}
    for wrong in (prompts * 5, [{"title": "no message"}]):
        call = client.assistant_threads_setSuggestedPrompts(channel_id="D0MAYA", prompts=wrong)
        assert (await refusal(call))["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"status": "thinking hard"}, "invalid_arguments"),
        ({"status": "active", "title": "x" * 201}, "invalid_arguments"),
        ({"status": "active", "thread_ts": "1750000000.000099"}, "invalid_thread_ts"),
        ({"status": "active", "channel_id": "C9"}, "channel_not_found"),
    ],
)
async def test_a_wrong_session_status_has_slacks_error_code(client, thread, refusal, arguments, error):
    call = client.api_call("agents.sessions.setStatus", json={**thread, **arguments})
    assert (await refusal(call))["error"] == error


async def test_too_many_loading_messages_are_refused(client, thread, refusal):
    call = client.assistant_threads_setStatus(status="x", loading_messages=["a"] * 11, **thread)
    assert (await refusal(call))["error"] == "invalid_arguments"


class TestWithoutAgentFeatures:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, agent_features=False)

    async def test_sessions_and_prompts_are_not_there(self, client, thread, refusal):
        session = client.agents_sessions_setStatus(status="processing", **thread)
        assert (await refusal(session))["error"] == "not_authorized"
        prompts = client.assistant_threads_setSuggestedPrompts(channel_id="D0MAYA", prompts=[])
        assert (await refusal(prompts))["error"] == "unknown_method"

    async def test_a_plain_status_still_works(self, client, maya, thread):
        await client.assistant_threads_setStatus(status="is reading", **thread)
        assert await statuses(maya) == [("is reading", None)]

    async def test_newer_blocks_are_refused(self, client, refusal):
        plan = {"type": "plan", "title": "Plan", "tasks": []}
        answer = await refusal(client.chat_postMessage(channel="reports", text="x", blocks=[plan]))
        assert (answer["error"], answer["errors"]) == (
            "invalid_blocks",
            ["unsupported type: plan [json-pointer:/blocks/0/type]"],
        )
