import json
from datetime import date

from bot.listeners.registry import COMMAND
from bot.manifest import make_manifest
from orchestration.conversation.thread_words import ThreadWord
from orchestration.partner.interpreter import Heard
from orchestration.partner.lexical.interpreter import LexicalInterpreter
from recipes.ids import UserId
from storage.catalog import read_catalog

# facts of the platform: which scope lets a bot hear which event
SCOPE_OF_EVENT = {
    "agent_session_stopped": "assistant:write",
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}
# What the code calls, and what it takes: chat.py, files.py, app.py.
NEEDED = {
    "assistant:write",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "users:read",
    "im:write",
    "channels:read",
    "groups:read",
}


def test_the_manifest_is_version_2_as_json():
    assert json.loads(json.dumps(make_manifest())) == make_manifest()
    assert make_manifest()["_metadata"] == {"major_version": 2}


def test_names_and_words_are_within_slacks_lengths():
    manifest = make_manifest()
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert 0 < len(command["description"]) <= 2_000


def test_the_app_is_an_agent_within_slacks_lengths():
    agent = make_manifest()["features"]["agent_view"]
    assert 0 < len(agent["agent_description"]) <= 300
    assert 0 < len(agent["suggested_prompts"]) <= 4
    for prompt in agent["suggested_prompts"]:
        assert set(prompt) == {"title", "message"}
        assert all(prompt.values())


async def test_each_suggested_prompt_is_understood():
    interpreter, recipes, maya = LexicalInterpreter(), tuple(read_catalog()), UserId("U0MAYA")
    for prompt in make_manifest()["features"]["agent_view"]["suggested_prompts"]:
        words = prompt["message"]
        today = date(2026, 11, 23)
        heard = Heard(text=words, today=today, recipes=recipes, author=maya, requester=maya, addressed=True)
        assert words in set(ThreadWord) or (await interpreter.read(heard)).recipe is not None


def test_each_event_has_the_scope_that_lets_it_through():
    scopes = set(make_manifest()["oauth_config"]["scopes"]["bot"])
    events = make_manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(SCOPE_OF_EVENT)
    assert {SCOPE_OF_EVENT[event] for event in events} <= scopes | {None}


def test_the_app_may_do_what_the_code_does_and_asks_for_nothing_twice():
    scopes = make_manifest()["oauth_config"]["scopes"]["bot"]
    assert set(scopes) >= NEEDED
    assert len(scopes) == len(set(scopes))
    assert "user" not in make_manifest()["oauth_config"]["scopes"]


def test_buttons_and_messages_reach_the_bot_over_a_socket():
    settings = make_manifest()["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"]["is_enabled"]
    assert not settings["token_rotation_enabled"]
    home = make_manifest()["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_over_http_everything_reaches_the_bot_at_one_address():
    manifest = make_manifest(public_url="https://bot.example.com/")
    address = "https://bot.example.com/slack/events"
    (command,) = manifest["features"]["slash_commands"]
    assert command["url"] == address
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["message_menu_options_url"] == address
    assert not manifest["settings"]["socket_mode_enabled"]


def test_shortcuts_are_within_slacks_lengths():
    shortcuts = make_manifest()["features"]["shortcuts"]
    assert {(each["type"], each["callback_id"]) for each in shortcuts} == {
        ("global", "start_work"),
        ("message", "start_from_message"),
        ("message", "add_to_basket"),
    }
    assert max(len(each["name"]) for each in shortcuts) <= 24
    assert max(len(each["description"]) for each in shortcuts) <= 150
