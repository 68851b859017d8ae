"""What the app receives: events, commands, interactions and shortcuts in exactly Slack's shapes."""

from typing import Any

from bot.sandbox.conversations import Conversation
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.views import State, View
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

# The legacy verification token; apps that speak Socket Mode do not look at it.
VERIFICATION_TOKEN = "sandbox-verification"  # noqa: S105 -- a fixed word of the payload, no secret


class Payloads:
    """Builds the payloads of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._identity = workspace.identity

    def event(self, inner: Json) -> Json:
        """Wrap an event as the Events API does."""
        event_id = self._workspace.ids.next("Ev")
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": self._identity.team_id,
            "context_team_id": self._identity.team_id,
            "context_enterprise_id": None,
            "api_app_id": self._identity.app_id,
            "event": inner,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(self._workspace.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._identity.team_id,
                    "user_id": self._identity.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
        }

    def slash(self, user: User, place: Conversation, command: str, text: str, *, response_url: str) -> Json:
        """Give the form fields of a slash command."""
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": self._identity.team_id,
            "team_domain": self._identity.domain,
            "channel_id": place.id,
            "channel_name": "directmessage" if place.kind == "im" else place.name,
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text,
            "api_app_id": self._identity.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": self._workspace.triggers.give(user.id),
        }

    def message_actions(
        self, user: User, place: Conversation, message: Message, actions: list[Json], state: State, *, response_url: str
    ) -> Json:
        """Give the `block_actions` of an element in a message."""
        is_ephemeral = message.only_for is not None
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": place.id,
            "is_ephemeral": is_ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload = self._interaction("block_actions", user) | {
            "container": container,
            "trigger_id": self._workspace.triggers.give(user.id),
            "channel": _channel_json(place),
            "state": {"values": state},
            "response_url": response_url,
            "actions": actions,
        }
        return payload if is_ephemeral else payload | {"message": self._workspace.message_json(message)}

    def view_actions(self, user: User, view: View, actions: list[Json]) -> Json:
        """Give the `block_actions` of an element in a modal or a home."""
        return self._interaction("block_actions", user) | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._workspace.triggers.give(user.id, view.id),
            "view": self._workspace.view_json(view),
            "actions": actions,
        }

    def view_submission(self, user: User, view: View) -> Json:
        """Give the `view_submission` of a modal with what is filled in."""
        return self._interaction("view_submission", user) | {
            "trigger_id": self._workspace.triggers.give(user.id, view.id),
            "view": self._workspace.view_json(view),
            "response_urls": [],
        }

    def view_closed(self, user: User, view: View, *, is_cleared: bool) -> Json:
        """Give the `view_closed` of a modal that asked to be told."""
        shown = self._workspace.view_json(view)
        return self._interaction("view_closed", user) | {"view": shown, "is_cleared": is_cleared}

    def shortcut(self, user: User, callback_id: str) -> Json:
        """Give a global `shortcut`."""
        person: Json = {"id": user.id, "username": user.name, "team_id": self._identity.team_id}
        return {
            "type": "shortcut",
            "token": VERIFICATION_TOKEN,
            "action_ts": self._workspace.stamps.next(),
            "team": self._team(),
            "user": person,
            "is_enterprise_install": False,
            "enterprise": None,
            "callback_id": callback_id,
            "trigger_id": self._workspace.triggers.give(user.id),
        }

    def message_shortcut(
        self, user: User, place: Conversation, message: Message, callback_id: str, *, response_url: str
    ) -> Json:
        """Give the `message_action` of a message's menu."""
        person: Json = {"id": user.id, "name": user.name, "username": user.name, "team_id": self._identity.team_id}
        return {
            "type": "message_action",
            "token": VERIFICATION_TOKEN,
            "action_ts": self._workspace.stamps.next(),
            "team": self._team(),
            "user": person,
            "channel": _channel_json(place),
            "is_enterprise_install": False,
            "enterprise": None,
            "callback_id": callback_id,
            "trigger_id": self._workspace.triggers.give(user.id),
            "response_url": response_url,
            "message_ts": message.ts,
            "message": self._workspace.message_json(message),
        }

    def suggestion(self, user: User, element: Json, block_id: str, typed: str, where: Json) -> Json:
        """Give the `block_suggestion` of an external select; `where` holds container and view or message."""
        asked: Json = {"action_id": element["action_id"], "block_id": block_id, "value": typed}
        return self._interaction("block_suggestion", user) | asked | where

    def _interaction(self, kind: str, user: User) -> Json:
        person: Json = {"id": user.id, "username": user.name, "name": user.name, "team_id": self._identity.team_id}
        return {
            "type": kind,
            "user": person,
            "api_app_id": self._identity.app_id,
            "token": VERIFICATION_TOKEN,
            "team": self._team(),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _team(self) -> Json:
        return {"id": self._identity.team_id, "domain": self._identity.domain}


def kind_of(payload: Json) -> str:
    """Give the journal's name for a payload that goes to the app."""
    if "command" in payload:
        return "@in:slash"
    if payload["type"] == "event_callback":
        return "@in:event"
    return f"@in:{payload['type']}"


def _channel_json(place: Conversation) -> dict[str, Any]:
    return {"id": place.id, "name": "directmessage" if place.kind == "im" else place.name}
