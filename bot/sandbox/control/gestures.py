"""What people do beside talking and pressing: reactions, the Stop button, looking around, joining and leaving."""

from typing import Final

from aiohttp import web

from bot.sandbox.control.requests import (
    Body,
    ControlError,
    get_person,
    get_seen_message,
    get_visible_place,
    read_body,
)
from bot.sandbox.conversations import Conversation
from bot.sandbox.events import Events
from bot.sandbox.messages import has_reacted, reacted, unreacted
from bot.sandbox.people import User
from bot.sandbox.web_api.reactions import EMOJI_NAME
from bot.sandbox.workspace import Workspace

MOVES: Final = ("join", "leave")


class Gestures:
    """The routes for them."""

    def __init__(self, workspace: Workspace, events: Events) -> None:
        self._workspace = workspace
        self._events = events

    async def react(self, request: web.Request) -> web.Response:
        """POST /control/reactions {user, channel?, message_ts, name, remove?} -> {message}."""
        body = await read_body(request)
        user, name = get_person(self._workspace, body.text("user")), body.required("name").strip(":")
        if not EMOJI_NAME.fullmatch(name):
            raise ControlError(400, "invalid_name", f"{name!r} is not the name of an emoji.")
        _, message = get_seen_message(self._workspace, user, body.text("channel"), body.required("message_ts"))
        change = unreacted if body.values.get("remove") else reacted
        if has_reacted(message, name, user.id) == (change is unreacted):
            message = self._workspace.messages.replace(message, change(message, name, user.id))
        return web.json_response({"message": self._workspace.shown_json(message)})

    async def stop(self, request: web.Request) -> web.Response:
        """POST /control/stop {user, channel, thread_ts}: presses the Stop button that an agent at work shows."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        place = get_visible_place(self._workspace, user, body.required("channel"))
        thread_ts = body.required("thread_ts")
        if not self._workspace.statuses.may_stop(place.id, thread_ts):
            raise ControlError(409, "nothing_to_stop", "No agent is at work in this thread.")
        streaming = self._workspace.streams.stop_by_user(place.id, thread_ts)
        self._events.stopped(user.id, place.id, thread_ts, streaming)
        return web.json_response({"streaming_message_ts": streaming})

    async def look(self, request: web.Request) -> web.Response:
        """POST /control/context {user, channel?}: the person looks at this conversation, or at none."""
        body = await read_body(request)
        user, name = get_person(self._workspace, body.text("user")), body.text("channel")
        if not self._workspace.rules.agent_features:
            raise ControlError(409, "no_agent_features", "This workspace has no agent features.")
        place = get_visible_place(self._workspace, user, name) if name else None
        self._events.looked_at(user.id, place.id if place else None)
        return web.json_response({})

    async def move(self, request: web.Request) -> web.Response:
        """POST /control/members {user, channel, action: join | leave, member?}: oneself, or another one or the app."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        place, member = self._moved(user, body)
        action = body.required("action")
        if action not in MOVES:
            raise ControlError(400, "invalid_argument", "`action` is join or leave.")
        is_inside = member.id in place.members
        if action == "join" and not is_inside:
            place = self._workspace.admit(place, member.id)
            self._events.joined(place, member.id)
        elif action == "leave" and is_inside:
            place = self._workspace.dismiss(place, member.id)
            self._events.left(place, member.id)
        return web.json_response({"members": list(place.members)})

    def _moved(self, user: User, body: Body) -> tuple[Conversation, User]:
        place = self._workspace.places.find(body.required("channel"))
        name = body.text("member")
        member = self._workspace.people.find_named(name) if name else user
        if member is None:
            raise ControlError(404, "user_not_found", f"Nobody here is called {name}.")
        if place is None or place.kind == "im" or (place.kind == "private" and user.id not in place.members):
            raise ControlError(404, "channel_not_found", f"{user.real_name} sees no such channel.")
        if member != user and user.id not in place.members:
            raise ControlError(403, "not_in_channel", f"{user.real_name} is not in #{place.name}.")
        return place, member
