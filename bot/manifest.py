"""The app's manifest: what to paste into Slack to create the app that this bot is."""

from typing import Any, Final

from bot.listeners.registry import COMMAND

NAME: Final = "Threadwork"
DESCRIPTION: Final = "Turns a conversation into finished work: a deck from this thread and its files."
AGENT_DESCRIPTION: Final = (
    "Say what you need. I ask for what is missing, show you what I will read, what it costs and who can see it, and "
    "start when you approve. The file comes into the thread, each figure traceable to where it came from."
)
# Sent as they are when they are pressed: I ask for the rest.
SUGGESTED_PROMPTS: Final = (
    {"title": "Make a presentation", "message": "Make a presentation"},
    {"title": "Draft a text", "message": "Draft a text"},
    {"title": "What can you make?", "message": "help"},
)
EVENTS_PATH: Final = "/slack/events"

SCOPES: Final = (
    "app_mentions:read",
    # What declares the app an agent: without it Slack shows no Stop of its own.
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "users:read",
)
EVENTS: Final = (
    "agent_session_stopped",
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
)
SHORTCUTS: Final = (
    {
        "name": "Start work",
        "type": "global",
        "callback_id": "start_work",
        "description": "See what I can make, and start it",
    },
    {
        "name": "Start work from here",
        "type": "message",
        "callback_id": "start_from_message",
        "description": "Make something of this message and its thread",
    },
    {
        "name": "Add to basket",
        "type": "message",
        "callback_id": "add_to_basket",
        "description": "Let work in this channel read this message and its files",
    },
)


def make_manifest(*, public_url: str | None = None) -> dict[str, Any]:
    """Give the manifest, version 2 of Slack's schema.

    Args:
        public_url: Where Slack reaches the bot over https; without one, the bot connects to Slack by Socket Mode.
    """
    where = {"url": public_url.rstrip("/") + EVENTS_PATH} if public_url else {}
    request = {"request_url": where["url"]} if where else {}
    options = {"message_menu_options_url": where["url"]} if where else {}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": NAME, "description": DESCRIPTION},
        "features": {
            "agent_view": {
                "agent_description": AGENT_DESCRIPTION,
                "suggested_prompts": [dict(prompt) for prompt in SUGGESTED_PROMPTS],
            },
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "shortcuts": [dict(shortcut) for shortcut in SHORTCUTS],
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Start work, or see what I can make",
                    "usage_hint": "[recipe] [what it is about] | basket | note | list | status | help",
                    "should_escape": True,
                    **where,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **request},
            "interactivity": {"is_enabled": True, **request, **options},
            "org_deploy_enabled": False,
            "socket_mode_enabled": public_url is None,
            "token_rotation_enabled": False,
        },
    }
