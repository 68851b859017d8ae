import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.person import Refused


@pytest.fixture
def refused():
    """Run a control call that is refused and give its status and code."""

    async def run(call):
        with pytest.raises(Refused) as caught:
            await call
        assert caught.value.sentence.endswith((".", "!", "?")), caught.value.sentence
        return caught.value.status, caught.value.code

    return run


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "missing_argument")),
        ({"channel": "reports"}, (400, "no_text")),
        ({"channel": "reports", "text": 5}, (400, "invalid_argument")),
        ({"channel": "reports", "text": "x", "file_ids": "F1"}, (400, "invalid_argument")),
        ({"channel": "reports", "text": "x", "file_ids": ["F1"]}, (404, "file_not_found")),
        ({"channel": "nowhere", "text": "x"}, (404, "channel_not_found")),
        ({"channel": "reports", "text": "x", "thread_ts": "soon"}, (404, "thread_not_found")),
        ({"channel": "reports", "text": "x", "user": "Nobody"}, (404, "user_not_found")),
        ({"channel": "reports", "text": "x", "user": ""}, (400, "missing_argument")),
        ({"channel": "reports", "text": "x", "user": "Threadwork"}, (403, "not_a_person")),
        ({"channel": "board", "text": "x", "user": "Jonas"}, (404, "channel_not_found")),
    ],
)
async def test_a_message_that_nobody_could_send_is_refused(maya, refused, body, expected):
    assert await refused(maya._post("messages", body)) == expected


async def test_a_reply_to_a_reply_stands_in_the_same_thread(maya):
    root = await maya.say("reports", "root")
    reply = await maya.say("reports", "reply", thread_ts=root)
    await maya.say("reports", "again", thread_ts=reply)
    assert [message["text"] for message in await maya.thread("reports", root)] == ["root", "reply", "again"]


async def test_a_long_conversation_can_be_read_from_its_end(maya, refused):
    for number in range(4):
        await maya.say("reports", str(number))
    newest = (await maya._get("messages", channel="reports", limit="2"))["messages"]
    assert [message["text"] for message in newest] == ["2", "3"]
    assert await refused(maya._get("messages", channel="reports", limit="few")) == (400, "invalid_argument")


async def test_only_the_author_edits_and_deletes(maya, jonas, refused):
    ts = await maya.say("reports", "mine")
    assert await refused(jonas.edit("reports", ts, "yours")) == (403, "not_your_message")
    assert await refused(jonas.delete("reports", ts)) == (403, "not_your_message")
    assert await refused(maya.edit("reports", "1750000000.000099", "x")) == (404, "message_not_found")
    await maya.edit("reports", ts, "better")
    assert (await maya.messages("reports"))[0]["text"] == "better"
    await maya.delete("reports", ts)
    assert await maya.messages("reports") == []


async def test_an_empty_file_is_refused(maya, refused):
    assert await refused(maya.say("reports", "x", files=[("a.txt", b"")])) == (400, "missing_argument")
    assert await refused(maya.download("F9")) == (404, "file_not_found")


async def test_bytes_come_back_as_they_went_in(maya):
    ts = await maya.say("reports", "", files=[("ä b.bin", bytes(range(256)))])
    [file] = (await maya.thread("reports", ts))[0]["files"]
    assert await maya.download(file["id"]) == bytes(range(256))


async def test_a_body_that_is_no_json_is_refused(maya):
    for body in ("{", "[]"):
        async with maya._open().post(maya._url("messages"), data=body) as response:
            assert (response.status, (await response.json())["code"]) == (400, "invalid_json")


async def test_a_person_sees_only_their_conversations(maya, jonas, refused):
    assert [one["name"] for one in (await jonas.state())["conversations"]] == [
        "general",
        "reports",
        "lobby",
        "Threadwork",
    ]
    assert {"board", "secret"} <= {one["name"] for one in (await maya.state())["conversations"]}
    assert await refused(jonas.messages("board")) == (404, "channel_not_found")
    assert await refused(jonas.messages("D0MAYA")) == (404, "channel_not_found")


# commands


async def test_a_command_reaches_the_app_with_slacks_fields(maya, app, connect, journal):
    @app.command("/work")
    async def work(ack, body):
        await ack(f"{body['text']} from {body['user_name']} in {body['channel_name']}")

    async with connect(app):
        answer = await maya.command("reports", "/work", "deck for @Jonas in #general")
    expected = "deck for <@U0JONAS|jonas> in <#C0GENERAL|general> from maya in reports"
    assert answer == {"text": expected}
    [shown] = await maya.messages("reports")
    assert (shown["text"], shown["is_ephemeral"]) == (expected, True)
    [slash] = [line["args"] for line in journal() if line["method"] == "@in:slash"]
    assert "thread_ts" not in slash
    assert {"trigger_id", "response_url", "team_domain", "api_app_id"} <= slash.keys()


async def test_a_command_answered_in_the_channel_is_for_everybody(maya, jonas, app, connect):
    @app.command("/work")
    async def work(ack):
        await ack(text="for all", response_type="in_channel")

    async with connect(app):
        await maya.command("reports", "/work")
    assert [one["text"] for one in await jonas.messages("reports")] == ["for all"]


async def test_a_command_answer_slack_would_not_take_is_told(maya, app, connect, refused):
    @app.command("/work")
    async def work(ack):
        await ack(blocks=[{"type": "sing"}])

    async with connect(app):
        assert await refused(maya.command("reports", "/work")) == (502, "invalid_ack")


async def test_a_command_in_a_thread_or_without_a_slash_is_refused(maya, refused):
    in_thread = maya._post("commands", {"channel": "reports", "command": "/work", "thread_ts": "1.1"})
    assert await refused(in_thread) == (400, "not_in_threads")
    assert await refused(maya.command("reports", "work")) == (400, "invalid_command")


class TestWithLittlePatience:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, ack_timeout=timedelta(milliseconds=50))

    async def test_an_app_that_does_not_answer_is_an_error_for_the_person(self, maya, jonas, app, connect, refused):
        @app.command("/work")
        async def work():
            """Never acknowledges."""

        async with connect(app):
            assert await refused(maya.command("reports", "/work")) == (504, "operation_timeout")
        assert "operation_timeout" in (await maya.state())["troubles"][0]
        assert (await jonas.state())["troubles"] == []


# buttons and menus


async def press_target(client, *elements, **more):
    blocks = [{"type": "actions", "block_id": "row", "elements": list(elements)}]
    return (await client.chat_postMessage(channel="reports", text="press", blocks=blocks, **more))["ts"]


OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("One", "Two")]
CHOICES = [
    ({"type": "static_select", "options": OPTIONS}, "two", {"selected_option": OPTIONS[1]}),
    (
        {"type": "static_select", "option_groups": [{"label": OPTIONS[0]["text"], "options": OPTIONS}]},
        "Two",
        {"selected_option": OPTIONS[1]},
    ),
    ({"type": "overflow", "options": OPTIONS}, "one", {"selected_option": OPTIONS[0]}),
    ({"type": "radio_buttons", "options": OPTIONS}, "one", {"selected_option": OPTIONS[0]}),
    ({"type": "checkboxes", "options": OPTIONS}, ["one", "two"], {"selected_options": OPTIONS}),
    ({"type": "users_select"}, "U0JONAS", {"selected_user": "U0JONAS"}),
    ({"type": "conversations_select"}, "C0REPORTS", {"selected_conversation": "C0REPORTS"}),
    ({"type": "channels_select"}, "C0REPORTS", {"selected_channel": "C0REPORTS"}),
    ({"type": "datepicker"}, "2026-11-30", {"selected_date": "2026-11-30"}),
    ({"type": "timepicker"}, "08:30", {"selected_time": "08:30"}),
]


async def test_a_pressed_button_tells_the_app_where_it_stood(client, maya, app, connect, heard, kit):
    @app.action("go")
    async def go(ack, body):
        await ack()
        await heard.add(body)

    root = await maya.say("reports", "root")
    ts = await press_target(client, kit.button(value="42", style="primary"), thread_ts=root)
    async with connect(app):
        await maya.press("go", message_ts=ts)
        [body] = await heard.until(1)
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0REPORTS",
        "is_ephemeral": False,
        "thread_ts": root,
    }
    assert (body["channel"], body["message"]["ts"]) == ({"id": "C0REPORTS", "name": "reports"}, ts)
    [action] = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("go", "row", "42")
    assert action["text"]["text"] == "Go"
    assert {"trigger_id", "response_url", "user", "team"} <= body.keys()


@pytest.mark.parametrize(("element", "value", "expected"), CHOICES, ids=lambda part: str(part)[:30])
async def test_a_choice_arrives_as_slack_writes_it(client, maya, app, connect, heard, element, value, expected):
    @app.action("pick")
    async def pick(ack, body):
        await ack()
        await heard.add(body)

    ts = await press_target(client, {**element, "action_id": "pick"})
    async with connect(app):
        await maya.press("pick", message_ts=ts, value=value)
        [body] = await heard.until(1)
    assert body["actions"][0].items() >= {**expected, "type": element["type"]}.items()
    if element["type"] != "overflow":
        assert body["state"]["values"]["row"]["pick"].items() >= expected.items()


async def test_what_was_chosen_before_travels_with_a_button(client, maya, app, connect, heard, kit):
    @app.action("pick")
    @app.action("go")
    async def any_action(ack, body):
        await ack()
        await heard.add(body)

    ts = await press_target(client, {"type": "static_select", "action_id": "pick", "options": OPTIONS}, kit.button())
    async with connect(app):
        await maya.press("pick", message_ts=ts, value="two")
        await maya.press("go", message_ts=ts)
        body = (await heard.until(2))[1]
    assert body["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "two"


async def test_feedback_is_positive_or_negative(client, maya, app, connect, heard, refused):
    @app.action("feedback")
    async def feedback(ack, body):
        await ack()
        await heard.add(body["actions"][0]["value"])

    words = {"type": "plain_text", "text": "x"}
    element = {"type": "feedback_buttons", "action_id": "feedback"}
    element |= {"positive_button": {"text": words, "value": "up"}, "negative_button": {"text": words, "value": "down"}}
    blocks = [{"type": "context_actions", "elements": [element]}]
    ts = (await client.chat_postMessage(channel="reports", text="x", blocks=blocks))["ts"]
    async with connect(app):
        await maya.press("feedback", message_ts=ts, value="positive")
        await maya.press("feedback", message_ts=ts, value="down")
        assert await heard.until(2) == ["up", "down"]
        assert await refused(maya.press("feedback", message_ts=ts, value="sideways")) == (400, "invalid_value")


async def test_one_can_only_press_what_is_shown(client, maya, jonas, kit, refused):
    only_maya = kit.button("private", visible_to_user_ids=["U0MAYA"])
    ts = await press_target(client, kit.button(), only_maya)
    assert await refused(maya.press("stop", message_ts=ts)) == (404, "element_not_found")
    assert await refused(jonas.press("private", message_ts=ts)) == (404, "element_not_found")
    assert await refused(maya.press("go", message_ts=ts, block_id="other")) == (404, "element_not_found")
    assert await refused(maya.press("go", message_ts="1.1")) == (404, "message_not_found")
    assert await refused(maya.press("go")) == (400, "missing_argument")
    assert await refused(maya.press("go", view_id="V9")) == (404, "view_not_found")
    ephemeral = await client.chat_postEphemeral(
        channel="reports", user="U0MAYA", text="x", blocks=[kit.actions(kit.button())]
    )
    assert await refused(jonas.press("go", message_ts=ephemeral["message_ts"])) == (404, "message_not_found")
    await client.chat_update(channel="C0REPORTS", ts=ts, text="done")
    assert await refused(maya.press("go", message_ts=ts)) == (404, "element_not_found")


async def test_twins_are_told_apart_by_value_or_block(client, maya, app, connect, heard, kit, refused):
    @app.action("go")
    async def go(ack, body):
        await ack()
        await heard.add(body["actions"][0]["value"])

    blocks = [{**kit.actions(kit.button(value=name)), "block_id": name} for name in ("a", "b")]
    ts = (await client.chat_postMessage(channel="reports", text="x", blocks=blocks))["ts"]
    async with connect(app):
        assert await refused(maya.press("go", message_ts=ts)) == (409, "ambiguous_element")
        await maya.press("go", message_ts=ts, value="b")
        await maya.press("go", message_ts=ts, block_id="a")
        assert await heard.until(2) == ["b", "a"]


async def test_an_option_that_is_not_offered_is_refused(client, maya, refused):
    ts = await press_target(client, {"type": "static_select", "action_id": "pick", "options": OPTIONS})
    assert await refused(maya.press("pick", message_ts=ts, value="three")) == (400, "invalid_value")


async def test_a_button_in_an_ephemeral_message_has_no_message_in_its_payload(client, maya, app, connect, heard, kit):
    @app.action("go")
    async def go(ack, body):
        await ack()
        await heard.add(body)

    posted = await client.chat_postEphemeral(
        channel="reports", user="U0MAYA", text="x", blocks=[kit.actions(kit.button())]
    )
    async with connect(app):
        await maya.press("go", message_ts=posted["message_ts"])
        [body] = await heard.until(1)
    assert body["container"]["is_ephemeral"]
    assert "message" not in body


# shortcuts, home, suggestions


async def test_shortcuts_carry_a_trigger_and_the_message(maya, app, connect, heard):
    @app.shortcut("start_work")
    @app.shortcut("add_to_basket")
    async def shortcut(ack, body):
        await ack()
        await heard.add(body)

    ts = await maya.say("reports", "keep this")
    async with connect(app):
        await maya.shortcut("start_work")
        await maya.shortcut("add_to_basket", message_ts=ts)
        first, second = await heard.until(2)
    assert (first["type"], "message" in first) == ("shortcut", False)
    assert (second["type"], second["message"]["text"], second["message_ts"]) == ("message_action", "keep this", ts)
    assert first["trigger_id"] != second["trigger_id"]


async def test_a_home_has_two_tabs(maya, refused):
    assert await refused(maya.open_home("cellar")) == (400, "invalid_argument")
    await maya.open_home("messages")


async def test_suggestions_come_from_the_app(sandbox, client, maya, app, connect, kit, journal):
    @app.options("recipe")
    async def recipes(ack, body):
        await ack(options=[{"text": {"type": "plain_text", "text": body["value"]}, "value": "r1"}])

    select = {"type": "external_select", "action_id": "recipe", "min_query_length": 0}
    ts = await press_target(client, select)
    trigger_id = sandbox.workspace.triggers.give("U0MAYA")
    block = {"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "R"}, "element": select}
    view = (await client.views_open(trigger_id=trigger_id, view=kit.modal(block)))["view"]
    async with connect(app):
        for where in ({"message_ts": ts}, {"view_id": view["id"]}):
            answer = await maya._post("suggestions", {"action_id": "recipe", "value": "deck", **where})
            assert answer["options"][0]["text"]["text"] == "deck"
    methods = [line["method"] for line in journal()]
    assert methods.count("@in:block_suggestion") == methods.count("@ack:options") == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "either options or option_groups"),
        ({"options": [{"text": "bare", "value": "v"}]}, "option text must be a text object"),
        ({"options": [{"text": {"type": "plain_text", "text": "x"}, "value": "v"}] * 101}, "no more than 100"),
    ],
)
async def test_suggestions_slack_would_not_take_are_refused(client, maya, app, connect, refused, answer, said):
    @app.options("recipe")
    async def recipes(ack):
        await ack(**answer)

    ts = await press_target(client, {"type": "external_select", "action_id": "recipe"})
    async with connect(app):
        assert await refused(maya.suggestions("recipe", "deck", message_ts=ts)) == (502, "invalid_ack")
    assert said in (await maya.state())["troubles"][-1]


# the stream of changes


async def test_a_stream_continues_where_it_broke(maya):
    await maya.say("reports", "one")
    seen = (await maya.state())["change_id"]
    await maya.say("reports", "two")
    headers = {"Last-Event-ID": str(seen)}
    async with maya._open().get(maya._url("changes", user="Maya"), headers=headers) as response:
        async with asyncio.timeout(5):
            async for line in response.content:
                if line.startswith(b"data: "):
                    assert b'"two"' in line
                    break


async def test_a_stream_that_missed_too_much_says_so(maya):
    async with asyncio.timeout(5):
        assert [change async for change in _first(maya.changes(99))] == [{"kind": "reset"}]


async def test_a_stream_from_nonsense_is_refused(maya):
    async with maya._open().get(maya._url("changes", since="now")) as response:
        assert response.status == 400


async def test_a_stream_shows_nobody_elses_secrets(maya, jonas, client):
    seen = (await jonas.state())["change_id"]
    await maya.say("board", "private")
    await client.chat_postEphemeral(channel="reports", user="U0MAYA", text="psst")
    await maya.say("reports", "public")
    async with asyncio.timeout(5):
        [change] = [one async for one in _first(jonas.changes(seen))]
    assert change["message"]["text"] == "public"


async def _first(stream):
    try:
        async for change in stream:
            yield change
            return
    finally:
        await stream.aclose()
