import re

import pytest

PAYLOAD = {"event_type": "run", "event_payload": {"run_id": "tkt_1"}}


async def test_a_posted_message_is_echoed_as_slack_does(client, sandbox):
    answer = await client.chat_postMessage(channel="#reports", text="hello")
    me = sandbox.workspace.identity
    assert re.fullmatch(r"\d{10}\.\d{6}", answer["ts"])
    assert answer["channel"] == "C0REPORTS"
    message = answer["message"]
    assert message["type"] == "message"
    assert (message["user"], message["bot_id"], message["app_id"]) == (me.bot_user_id, me.bot_id, me.app_id)
    assert (message["team"], message["ts"], message["text"]) == (me.team_id, answer["ts"], "hello")


async def test_timestamps_are_unique_and_increase(client):
    stamps = [(await client.chat_postMessage(channel="reports", text=str(number)))["ts"] for number in range(5)]
    assert stamps == sorted(set(stamps))


async def test_blocks_and_elements_get_ids(client, kit):
    blocks = [kit.section(), {"type": "actions", "elements": [kit.button(action_id="")]}]
    del blocks[1]["elements"][0]["action_id"]
    answer = await client.chat_postMessage(channel="reports", text="x", blocks=blocks)
    shown = answer["message"]["blocks"]
    assert all(block["block_id"] for block in shown)
    assert shown[1]["elements"][0]["action_id"]


async def test_a_user_id_posts_to_direct_messages(client):
    assert (await client.chat_postMessage(channel="U0MAYA", text="psst"))["channel"] == "D0MAYA"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "secret", "text": "x"}, "channel_not_found"),
        ({"channel": "lobby", "text": "x"}, "not_in_channel"),
        ({"channel": "reports"}, "no_text"),
        ({"channel": "reports", "text": "  "}, "no_text"),
        ({"channel": "reports", "text": "x", "thread_ts": ""}, "invalid_thread_ts"),
        ({"channel": "reports", "text": "x", "thread_ts": "1750000000.000099"}, "thread_not_found"),
        ({"channel": "reports", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "reports", "markdown_text": "y" * 12_001}, "msg_too_long"),
        ({"channel": "reports", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"channel": "reports", "text": "x", "metadata": {"event_type": "a", "event_payload": {"b": "c" * 20_000}}},
            "metadata_too_large",
        ),
        ({"channel": "reports", "text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"channel": "reports", "text": "x", "blocks": [{"type": "sing"}]}, "invalid_blocks"),
        ({"channel": "reports", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_wrong_post_has_slacks_error_code(client, refusal, arguments, error):
    assert (await refusal(client.api_call("chat.postMessage", json=arguments)))["error"] == error


async def test_a_missing_argument_is_named(client, refusal):
    answer = await refusal(client.api_call("chat.postMessage", json={"text": "x"}))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_too_long_a_post_is_truncated_with_a_warning(client):
    answer = await client.api_call("chat.postMessage", json={"channel": "reports", "text": "x" * 40_001})
    assert answer["warning"] == "message_truncated"
    assert len(answer["message"]["text"]) == 40_000


async def test_blocks_alone_make_slack_write_a_fallback_text(client, kit):
    answer = await client.api_call("chat.postMessage", json={"channel": "reports", "blocks": [kit.section()]})
    assert answer["message"]["text"] == "This content can't be displayed."


async def test_a_thread_counts_its_replies(client):
    root = (await client.chat_postMessage(channel="reports", text="root"))["ts"]
    last = [await client.chat_postMessage(channel="reports", text="r", thread_ts=root) for _ in range(2)][-1]
    assert last["message"]["parent_user_id"] == last["message"]["user"]
    shown = (await client.conversations_replies(channel="C0REPORTS", ts=root))["messages"][0]
    assert (shown["reply_count"], shown["latest_reply"], shown["thread_ts"]) == (2, last["ts"], root)
    assert shown["reply_users"] == [last["message"]["user"]]


async def test_a_broadcast_reply_stands_in_the_channel_too(client):
    root = (await client.chat_postMessage(channel="reports", text="root"))["ts"]
    await client.chat_postMessage(channel="reports", text="quiet", thread_ts=root)
    await client.chat_postMessage(channel="reports", text="loud", thread_ts=root, reply_broadcast=True)
    shown = (await client.conversations_history(channel="C0REPORTS"))["messages"]
    assert [message["text"] for message in shown] == ["loud", "root"]
    assert shown[0]["subtype"] == "thread_broadcast"


async def test_an_update_with_text_only_takes_the_blocks_away_and_marks_the_edit(client, kit):
    posted = await client.chat_postMessage(channel="reports", text="a", blocks=[kit.section()], metadata=PAYLOAD)
    changed = await client.chat_update(channel="C0REPORTS", ts=posted["ts"], text="b")
    assert changed["text"] == "b"
    assert "blocks" not in changed["message"]
    assert changed["message"]["edited"]["user"] == posted["message"]["user"]
    assert changed["message"]["metadata"] == PAYLOAD


async def test_an_update_with_blocks_is_not_marked(client, kit):
    posted = await client.chat_postMessage(channel="reports", text="a")
    changed = await client.chat_update(channel="C0REPORTS", ts=posted["ts"], text="b", blocks=[kit.section("new")])
    assert "edited" not in changed["message"]
    assert changed["message"]["blocks"][0]["text"]["text"] == "new"


async def test_an_update_with_empty_metadata_removes_it(client):
    posted = await client.chat_postMessage(channel="reports", text="a", metadata=PAYLOAD)
    await client.api_call("chat.update", json={"channel": "C0REPORTS", "ts": posted["ts"], "metadata": {}})
    shown = await client.conversations_history(channel="C0REPORTS", include_all_metadata=True)
    assert "metadata" not in shown["messages"][0]


async def test_an_update_may_attach_an_uploaded_file(client):
    upload = await client.files_upload_v2(content="abc", filename="a.txt")
    posted = await client.chat_postMessage(channel="reports", text="a")
    sent = {"channel": "C0REPORTS", "ts": posted["ts"], "file_ids": [upload["file"]["id"]]}
    changed = await client.api_call("chat.update", json=sent)
    assert changed["message"]["files"][0]["name"] == "a.txt"


async def test_only_own_messages_can_be_changed_or_deleted(client, maya, refusal):
    ts = await maya.say("reports", "mine")
    assert (await refusal(client.chat_update(channel="C0REPORTS", ts=ts, text="x")))["error"] == "cant_update_message"
    assert (await refusal(client.chat_delete(channel="C0REPORTS", ts=ts)))["error"] == "cant_delete_message"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"ts": "1750000000.000099", "text": "x"}, "message_not_found"),
        ({"ts": "yesterday", "text": "x"}, "message_not_found"),
        ({"text": "x" * 4_001}, "msg_too_long"),
        ({"text": ""}, "no_text"),
        ({"file_ids": "F999"}, "file_not_found"),
    ],
)
async def test_a_wrong_update_has_slacks_error_code(client, refusal, arguments, error):
    posted = await client.chat_postMessage(channel="reports", text="a")
    sent = {"channel": "C0REPORTS", "ts": posted["ts"], **arguments}
    assert (await refusal(client.api_call("chat.update", json=sent)))["error"] == error


async def test_a_deleted_root_stays_as_a_tombstone(client):
    root = (await client.chat_postMessage(channel="reports", text="root"))["ts"]
    reply = (await client.chat_postMessage(channel="reports", text="r", thread_ts=root))["ts"]
    await client.chat_delete(channel="C0REPORTS", ts=root)
    shown = (await client.conversations_replies(channel="C0REPORTS", ts=root))["messages"]
    assert [message.get("subtype") for message in shown] == ["tombstone", None]
    await client.chat_delete(channel="C0REPORTS", ts=reply)
    assert len((await client.conversations_replies(channel="C0REPORTS", ts=root))["messages"]) == 1


async def test_an_ephemeral_message_is_seen_by_one_person_and_cannot_be_updated(client, maya, jonas, refusal):
    ts = (await client.chat_postEphemeral(channel="reports", user="U0MAYA", text="psst"))["message_ts"]
    assert [message["is_ephemeral"] for message in await maya.messages("reports")] == [True]
    assert await jonas.messages("reports") == []
    assert (await client.conversations_history(channel="C0REPORTS"))["messages"] == []
    assert (await refusal(client.chat_update(channel="C0REPORTS", ts=ts, text="x")))["error"] == "message_not_found"


async def test_an_ephemeral_message_needs_a_member(client, refusal):
    answer = await refusal(client.chat_postEphemeral(channel="board", user="U0JONAS", text="psst"))
    assert answer["error"] == "user_not_in_channel"


async def test_a_permalink_leads_to_the_message_and_its_thread(client, refusal):
    root = (await client.chat_postMessage(channel="reports", text="root"))["ts"]
    reply = (await client.chat_postMessage(channel="reports", text="r", thread_ts=root))["ts"]
    link = (await client.chat_getPermalink(channel="C0REPORTS", message_ts=reply))["permalink"]
    assert link.endswith(f"/archives/C0REPORTS/p{reply.replace('.', '')}?thread_ts={root}&cid=C0REPORTS")
    missing = client.chat_getPermalink(channel="C0REPORTS", message_ts="1750000000.000099")
    assert (await refusal(missing))["error"] == "message_not_found"


async def test_reactions_are_added_once_and_removed_once(client, refusal):
    ts = (await client.chat_postMessage(channel="reports", text="a"))["ts"]
    where = {"channel": "C0REPORTS", "timestamp": ts, "name": "eyes"}
    await client.reactions_add(**where)
    assert (await refusal(client.reactions_add(**where)))["error"] == "already_reacted"
    shown = (await client.reactions_get(channel="C0REPORTS", timestamp=ts))["message"]["reactions"]
    assert [(one["name"], one["count"]) for one in shown] == [("eyes", 1)]
    await client.reactions_remove(**where)
    assert (await refusal(client.reactions_remove(**where)))["error"] == "no_reaction"
    assert (await refusal(client.reactions_add(**{**where, "name": "a b"})))["error"] == "invalid_name"
    assert (await refusal(client.reactions_add(**{**where, "timestamp": "1.1"})))["error"] == "message_not_found"
