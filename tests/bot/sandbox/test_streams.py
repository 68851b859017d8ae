from dataclasses import replace

import pytest


@pytest.fixture
async def thread_ts(maya):
    return await maya.say("reports", "root")


@pytest.fixture
def place(thread_ts):
    return {
        "channel": "C0REPORTS",
        "thread_ts": thread_ts,
        "recipient_user_id": "U0MAYA",
        "recipient_team_id": "T0SANDBOX",
    }


@pytest.fixture
def start(client, place):
    async def run(**more):
        answer = await client.chat_startStream(**{**place, **more})
        return {"channel": answer["channel"], "ts": answer["ts"]}

    return run


@pytest.fixture
def shown(maya):
    async def run(at):
        return next(one for one in await maya.messages("reports") if one["ts"] == at["ts"])

    return run


def task(status, task_id="1", **more):
    return {"type": "task_update", "id": task_id, "title": "Read", "status": status, **more}


def words_in(rich_text):
    return rich_text["elements"][0]["elements"][0]["text"]


async def test_words_add_up_to_one_message(client, start, shown):
    at = await start(markdown_text="**Iowa** ")
    await client.chat_appendStream(markdown_text="has wind.", **at)
    assert (await shown(at))["text"] == "**Iowa** has wind."
    answer = await client.chat_stopStream(markdown_text=" Much.", **at)
    [block] = answer["message"]["blocks"]
    assert (block["type"], block["text"]) == ("markdown", "**Iowa** has wind. Much.")


async def test_the_sdks_own_helper_streams(client, place, shown):
    stream = await client.chat_stream(**place, buffer_size=1)
    await stream.append(markdown_text="one ")
    await stream.append(markdown_text="two")
    await stream.stop(markdown_text=" three")
    assert (await shown({"ts": stream.ts}))["text"] == "one two three"


async def test_tasks_of_a_plan_stand_together_and_grow(client, start, shown, kit):
    at = await start(task_display_mode="plan", chunks=[{"type": "plan_update", "title": "Work"}, task("in_progress")])
    source = {"type": "url", "url": "https://x.org", "text": "x"}
    await client.chat_appendStream(chunks=[task("in_progress", details="two ", sources=[source])], **at)
    await client.chat_appendStream(chunks=[task("complete", details="files"), task("pending", "2")], **at)
    await client.chat_appendStream(chunks=[{"type": "markdown_text", "text": "Done"}], **at)
    await client.chat_stopStream(blocks=[kit.section("last")], **at)
    plan, words, last = (await shown(at))["blocks"]
    assert (plan["type"], plan["title"]) == ("plan", "Work")
    assert [(one["task_id"], one["status"]) for one in plan["tasks"]] == [("1", "complete"), ("2", "pending")]
    assert words_in(plan["tasks"][0]["details"]) == "two files"
    assert plan["tasks"][0]["sources"] == [source]
    assert (words["text"], last["text"]["text"]) == ("Done", "last")


async def test_tasks_of_a_timeline_stand_where_they_came(client, start, shown, kit):
    words = {"type": "markdown_text", "text": "First"}
    at = await start(chunks=[words, task("complete"), {"type": "blocks", "blocks": [kit.section()]}])
    await client.chat_appendStream(chunks=[{"type": "plan_update", "title": "unseen"}], **at)
    assert [one["type"] for one in (await shown(at))["blocks"]] == ["markdown", "task_card", "section"]


@pytest.mark.parametrize("display", ["plan", "timeline"])
async def test_a_task_left_in_progress_ends_as_an_error(client, start, shown, display):
    at = await start(task_display_mode=display, chunks=[task("in_progress")])
    await client.chat_stopStream(**at)
    [block] = (await shown(at))["blocks"]
    assert (block["tasks"][0] if display == "plan" else block)["status"] == "error"


async def test_a_stopped_stream_takes_nothing_more(client, start, refusal):
    at = await start(markdown_text="x")
    await client.chat_stopStream(**at)
    for call in (client.chat_appendStream(markdown_text="y", **at), client.chat_stopStream(**at)):
        assert (await refusal(call))["error"] == "message_not_in_streaming_state"


async def test_a_stream_ends_by_itself_after_five_minutes(client, start, refusal, clock):
    at = await start(markdown_text="x")
    clock.advance(299)
    await client.chat_appendStream(markdown_text="y", **at)
    clock.advance(1)
    for call in (client.chat_appendStream(markdown_text="z", **at), client.chat_stopStream(**at)):
        assert (await refusal(call))["error"] == "message_not_in_streaming_state"
    assert (await client.chat_update(text="rescued", **at))["text"] == "rescued"


async def test_a_message_cannot_be_edited_while_it_streams(client, start, refusal):
    at = await start(markdown_text="x")
    assert (await refusal(client.chat_update(text="y", **at)))["error"] == "streaming_state_conflict"
    await client.chat_stopStream(**at)
    assert (await client.chat_update(text="y", **at))["ok"]


async def test_a_stream_makes_a_session_that_ends_with_it(client, maya, start):
    at = await start(markdown_text="x")
    assert (await maya.state())["statuses"][0]["session"] == "processing"
    await client.chat_stopStream(session_status="suspended", **at)
    assert (await maya.state())["statuses"][0]["session"] == "suspended"


async def test_after_a_person_stopped_it_nothing_is_appended_but_it_can_be_closed(client, maya, start, refusal):
    at = await start(markdown_text="x")
    root = (await maya.messages("reports"))[0]["ts"]
    await maya.stop("reports", root)
    appending = client.chat_appendStream(markdown_text="y", **at)
    assert (await refusal(appending))["error"] == "stopped_by_user"
    assert (await client.chat_stopStream(markdown_text=" Stopped.", **at))["message"]["text"] == "x Stopped."


async def test_direct_messages_need_no_recipient(client, maya):
    root = await maya.say("@Threadwork", "hello")
    assert (await client.chat_startStream(channel="D0MAYA", thread_ts=root, markdown_text="hi"))["ok"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"recipient_user_id": ""}, "missing_recipient_user_id"),
        ({"recipient_team_id": ""}, "missing_recipient_team_id"),
        ({"recipient_user_id": "U9"}, "user_not_found"),
        ({"channel": "C9"}, "channel_not_found"),
        ({"channel": "C0LOBBY"}, "not_in_channel"),
        ({"thread_ts": "soon"}, "invalid_thread_ts"),
        ({"task_display_mode": "dense"}, "invalid_arguments"),
        ({"markdown_text": "x", "chunks": [task("complete")]}, "cannot_provide_both_markdown_text_and_chunks"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"chunks": "x"}, "invalid_chunks"),
        ({"chunks": [{"type": "song"}]}, "invalid_chunks"),
        ({"chunks": [task("asleep")]}, "invalid_chunks"),
        ({"chunks": [{"type": "task_update", "id": "1", "status": "complete"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "blocks", "blocks": "x"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "blocks", "blocks": [{"type": "divider"}] * 51}]}, "msg_blocks_too_many"),
        ({"chunks": [{"type": "blocks", "blocks": [{"type": "song"}]}]}, "invalid_blocks"),
    ],
)
async def test_a_wrong_start_has_slacks_error_code(client, place, refusal, change, error):
    call = client.api_call("chat.startStream", json={**place, **change})
    assert (await refusal(call))["error"] == error


async def test_a_wrong_append_has_slacks_error_code(client, maya, start, refusal):
    at = await start(markdown_text="x")
    own = (await client.chat_postMessage(channel="reports", text="no stream"))["ts"]
    theirs = await maya.say("reports", "not yours")
    cases = [
        ({}, "markdown_text_or_chunks_required"),
        ({"chunks": [task("complete")]}, "streaming_mode_mismatch"),
        ({"ts": "1750000000.000099", "markdown_text": "y"}, "message_not_found"),
        ({"ts": own, "markdown_text": "y"}, "message_not_in_streaming_state"),
        ({"ts": theirs, "markdown_text": "y"}, "message_not_owned_by_app"),
    ]
    for change, error in cases:
        call = client.api_call("chat.appendStream", json={**at, **change})
        assert (await refusal(call))["error"] == error


async def test_a_wrong_stop_leaves_the_stream_open(client, start, refusal):
    at = await start(markdown_text="x")
    for change, error in [
        ({"session_status": "tired"}, "invalid_arguments"),
        ({"metadata": {"x": 1}}, "invalid_metadata_format"),
        ({"blocks": [{"type": "song"}]}, "invalid_blocks"),
    ]:
        assert (await refusal(client.api_call("chat.stopStream", json={**at, **change})))["error"] == error
    assert (await client.chat_stopStream(**at))["ok"]


async def test_words_and_tasks_together_have_a_ceiling(client, start, refusal):
    at = await start(chunks=[{"type": "markdown_text", "text": "x" * 10_000}])
    answer = await refusal(client.chat_appendStream(chunks=[task("complete", output="y" * 1_000)], **at))
    assert answer["error"] == "msg_too_long"


class TestWithoutAgentFeatures:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, agent_features=False)

    @pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
    async def test_there_is_no_streaming(self, client, place, refusal, method):
        assert (await refusal(client.api_call(method, json=place)))["error"] == "unknown_method"
