"""The app's manifest: what to paste into Slack to create the app that this bot is."""

from typing import Any, Final

from bot.listeners.registry import COMMAND

NAME: Final = "Threadwork"
DESCRIPTION: Final = "Turns a conversation into finished work: a deck from this thread and its files."

SCOPES: Final = (
    "app_mentions:read",
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
EVENTS: Final = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "message.mpim")


def make_manifest() -> dict[str, Any]:
    """Give the manifest for Socket Mode, version 2 of Slack's schema."""
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": NAME, "description": DESCRIPTION},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Start work, or see what I can make",
                    "usage_hint": "[recipe] [what it is about]",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
