from dataclasses import replace

import pytest

from bot.sandbox.person import Refused


@pytest.fixture
async def hear(app, heard, connect):
    """The events of these types that reach a real app, in the order in which they happened."""

    async def note(event):
        await heard.add(event)

    for kind in (
        "reaction_added",
        "reaction_removed",
        "agent_session_stopped",
        "app_context_changed",
        "app_home_opened",
        "member_joined_channel",
        "member_left_channel",
    ):
        app.event(kind)(note)

    @app.event("message")
    async def ignore():
        pass

    async with connect(app):

        async def until(count):
            return sorted(await heard.until(count), key=lambda event: event["event_ts"])

        yield until


@pytest.fixture
async def thread(maya):
    return {"channel_id": "C0REPORTS", "thread_ts": await maya.say("reports", "root")}


# reactions


async def test_a_persons_reaction_is_seen_and_told(maya, jonas, hear, thread):
    ts = thread["thread_ts"]
    await maya.react(ts, ":eyes:")
    await jonas.react(ts, "eyes")
    await maya.react(ts, "eyes", remove=True)
    events = await hear(3)
    assert [(one["type"], one["user"]) for one in events] == [
        ("reaction_added", "U0MAYA"),
        ("reaction_added", "U0JONAS"),
        ("reaction_removed", "U0MAYA"),
    ]
    assert events[0]["reaction"] == "eyes"
    assert events[0]["item"] == {"type": "message", "channel": "C0REPORTS", "ts": ts}
    assert events[0]["item_user"] == "U0MAYA"
    [message] = await maya.messages("reports")
    assert message["reactions"] == [{"name": "eyes", "users": ["U0JONAS"], "count": 1}]


async def test_reacting_twice_changes_nothing(maya, hear, thread):
    for _ in range(2):
        await maya.react(thread["thread_ts"], "eyes")
    await maya.react(thread["thread_ts"], "tada")
    assert [one["reaction"] for one in await hear(2)] == ["eyes", "tada"]


async def test_the_apps_own_reaction_is_seen(maya, client, thread):
    await client.reactions_add(channel="C0REPORTS", timestamp=thread["thread_ts"], name="eyes")
    [message] = await maya.messages("reports")
    assert message["reactions"][0]["users"] == ["U0THREADWORK"]


# the native Stop button


async def test_stop_is_told_with_the_streams_it_ended(client, maya, hear, thread):
    recipient = {"recipient_user_id": "U0MAYA", "recipient_team_id": "T0SANDBOX"}
    place = {"channel": "C0REPORTS", "thread_ts": thread["thread_ts"], **recipient}
    streamed = (await client.chat_startStream(markdown_text="x", **place))["ts"]
    await maya.stop("reports", thread["thread_ts"])
    [event] = await hear(1)
    assert (event["type"], event["user"], event["channel"]) == ("agent_session_stopped", "U0MAYA", "C0REPORTS")
    assert (event["thread_ts"], event["streaming_message_ts"]) == (thread["thread_ts"], [streamed])


async def test_slack_does_not_end_the_session_for_the_app(client, maya, hear, thread):
    await client.agents_sessions_setStatus(status="processing", **thread)
    await maya.stop("reports", thread["thread_ts"])
    assert (await hear(1))[0]["streaming_message_ts"] == []
    assert (await maya.state())["statuses"][0]["session"] == "processing"


@pytest.mark.parametrize("status", [None, "active", "suspended", "closed"])
async def test_without_an_agent_at_work_there_is_no_stop_button(client, maya, thread, status):
    if status:
        await client.agents_sessions_setStatus(status=status, **thread)
    with pytest.raises(Refused, match="nothing_to_stop"):
        await maya.stop("reports", thread["thread_ts"])


async def test_words_in_the_status_take_the_stop_button_away(client, maya, thread):
    await client.agents_sessions_setStatus(status="processing", **thread)
    await client.assistant_threads_setStatus(status="is reading", **thread)
    with pytest.raises(Refused, match="nothing_to_stop"):
        await maya.stop("reports", thread["thread_ts"])


async def test_a_title_counts_when_the_session_begins_and_can_be_changed(client, maya, thread, refusal):
    async def title():
        return (await maya.state())["statuses"][0]["title"]

    unknown = client.agents_sessions_rename(title="Deck", **thread)
    assert (await refusal(unknown))["error"] == "session_not_found"
    await client.agents_sessions_setStatus(status="processing", title="Deck", **thread)
    await client.agents_sessions_setStatus(status="active", title="Other", **thread)
    assert await title() == "Deck"
    await client.agents_sessions_rename(title="Deck on Iowa", **thread)
    assert await title() == "Deck on Iowa"
    for wrong in ("", "x" * 201):
        call = client.agents_sessions_rename(title=wrong, **thread)
        assert (await refusal(call))["error"] == "invalid_arguments"


# looking around


async def test_an_agent_is_told_what_a_person_looks_at(maya, hear):
    await maya.look_at("reports")
    await maya.open_home("messages")
    await maya.look_at(None)
    changed, opened, closed = await hear(3)
    entity = {"type": "slack#/types/channel_id", "value": "C0REPORTS", "team_id": "T0SANDBOX"}
    assert (changed["type"], changed["context"]) == ("app_context_changed", {"entities": [entity]})
    assert (opened["tab"], opened["context"]) == ("messages", {"entities": [entity]})
    assert closed["context"] == {}


async def test_opened_messages_get_prompts_pinned(maya, app, client, heard, connect):
    prompts = [{"title": "Make a deck", "message": "Help me"}]

    @app.event("app_home_opened")
    async def opened(event):
        await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts, title="Hello")
        await heard.add(event["tab"])

    async with connect(app):
        await maya.open_home("messages")
        assert await heard.until(1) == ["messages"]
    assert (await maya.state())["prompts"]["D0MAYA"]["prompts"] == prompts


# members


async def test_people_and_the_app_come_and_go(maya, jonas, hear):
    await jonas.leave("reports")
    await maya.join("reports", "Jonas")
    await maya.join("lobby", "Threadwork")
    events = await hear(3)
    assert [(one["type"], one["user"], one["channel"]) for one in events] == [
        ("member_left_channel", "U0JONAS", "C0REPORTS"),
        ("member_joined_channel", "U0JONAS", "C0REPORTS"),
        ("member_joined_channel", "U0THREADWORK", "C0LOBBY"),
    ]


async def test_who_left_sees_and_says_nothing_there(maya, jonas, client):
    await jonas.leave("reports")
    with pytest.raises(Refused, match="not_in_channel"):
        await jonas.say("reports", "hello")
    assert "U0JONAS" not in (await client.conversations_members(channel="C0REPORTS"))["members"]
    await jonas.join("reports")
    assert await jonas.say("reports", "hello")


async def test_who_is_already_there_does_not_come_again(maya, sandbox):
    before = sandbox.workspace.changes.last_id
    await maya.join("reports")
    assert sandbox.workspace.changes.last_id == before


async def test_a_removed_app_hears_nothing(maya, client, refusal):
    await maya.leave("reports", "Threadwork")
    assert (await refusal(client.chat_postMessage(channel="C0REPORTS", text="x")))["error"] == "not_in_channel"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"channel": "nowhere", "action": "join"}, "channel_not_found"),
        ({"channel": "board", "action": "join"}, "channel_not_found"),
        ({"channel": "D0JONAS", "action": "leave"}, "channel_not_found"),
        ({"channel": "reports", "action": "dance"}, "invalid_argument"),
        ({"channel": "reports", "action": "join", "member": "Nobody"}, "user_not_found"),
    ],
)
async def test_a_move_that_nobody_could_make_is_refused(jonas, body, expected):
    with pytest.raises(Refused, match=expected):
        await jonas._post("members", body)


async def test_only_members_bring_others_in(maya, jonas):
    await jonas.leave("reports")
    with pytest.raises(Refused, match="not_in_channel"):
        await jonas.join("reports", "Priya")


class TestWithoutAgentFeatures:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, agent_features=False)

    async def test_nobody_is_told_what_people_look_at(self, maya, hear):
        with pytest.raises(Refused, match="no_agent_features"):
            await maya.look_at("reports")
        await maya.open_home("messages")
        assert "context" not in (await hear(1))[0]

    async def test_sessions_have_no_titles_and_no_stop_button(self, client, maya, refusal, thread):
        assert (await refusal(client.agents_sessions_rename(title="x", **thread)))["error"] == "not_authorized"
        with pytest.raises(Refused, match="nothing_to_stop"):
            await maya.stop("reports", thread["thread_ts"])
