"""What people see: the workspace as one person knows it, its messages, and every change as it happens."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.sandbox.control.requests import ControlError, get_person, get_visible_place, read_body
from bot.sandbox.conversations import Conversation
from bot.sandbox.delivery import Delivery
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

# A comment line in a quiet stream, so that a reader notices a dead connection.
HEARTBEAT: Final = timedelta(seconds=15)


class News:
    """The routes for reading, and the one that pulls plugs."""

    def __init__(self, workspace: Workspace, socket: SocketMode, delivery: Delivery) -> None:
        self._workspace = workspace
        self._socket = socket
        self._delivery = delivery

    async def state(self, request: web.Request) -> web.Response:
        """GET /control/state?user= -> the workspace as this person sees it, and the id of the latest change."""
        user = get_person(self._workspace, request.query.get("user"))
        me = self._workspace.identity
        home = self._workspace.views.find_home(user.id)
        return web.json_response(
            {
                "change_id": self._workspace.changes.last_id,
                "team": {"id": me.team_id, "name": me.team_name},
                "app": {"id": me.app_id, "name": me.app_name, "user_id": me.bot_user_id, "bot_id": me.bot_id},
                "agent_features": self._workspace.rules.agent_features,
                "connections": self._delivery.connection_count,
                "delivery": self._delivery.to_json(),
                "me": user.to_json(me),
                "people": [one.to_json(me) for one in self._workspace.people.list_all()],
                "conversations": self._conversations(user),
                "views": [self._workspace.view_json(view) for view in self._workspace.views.list_stack(user.id)],
                "home": self._workspace.view_json(home) if home else None,
                "statuses": self._workspace.statuses.to_json(),
                "prompts": self._workspace.statuses.prompts_json(),
                "troubles": [text for who, text in self._workspace.troubles if who in (None, user.id)],
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        """GET /control/messages?channel=&user=&thread_ts=&limit= -> the newest messages there, in order."""
        user = get_person(self._workspace, request.query.get("user"))
        place = get_visible_place(self._workspace, user, request.query.get("channel", ""))
        found = [
            message
            for message in self._listed(place, request.query.get("thread_ts"))
            if message.only_for in (None, user.id)
        ]
        shown = [self._workspace.shown_json(message) for message in found[-_limit(request) :]]
        return web.json_response({"messages": shown, "change_id": self._workspace.changes.last_id})

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """GET /control/changes?user=&since= -> server-sent events; `Last-Event-ID` continues a broken stream."""
        name = request.query.get("user")
        user = get_person(self._workspace, name) if name else None
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        seen_id = self._seen_id(request)
        await response.prepare(request)
        try:
            async for lines in self._lines(user, seen_id):
                await response.write(lines)
        except ConnectionError:
            return response
        return response

    async def socket(self, request: web.Request) -> web.Response:
        """POST /control/socket {action}: `disconnect` asks the app to reconnect, `close` cuts its connections."""
        action = (await read_body(request)).required("action")
        if action == "disconnect":
            self._socket.ask_to_leave()
        elif action == "close":
            self._socket.cut()
        else:
            raise ControlError(400, "invalid_argument", "`action` is disconnect or close.")
        return web.json_response({"connections": self._socket.connection_count})

    def _listed(self, place: Conversation, thread_ts: str | None) -> list[Message]:
        if thread_ts is None:
            return self._workspace.messages.list_all(place.id)
        root = self._workspace.messages.find(place.id, thread_ts)
        return [*([root] if root else []), *self._workspace.messages.list_replies(place.id, thread_ts)]

    def _conversations(self, user: User) -> list[Json]:
        shown: list[Json] = []
        for place in self._workspace.places.list_all():
            if place.kind != "public" and user.id not in place.members:
                continue
            latest = [one for one in self._workspace.messages.list_all(place.id) if one.only_for in (None, user.id)]
            shown.append(
                {
                    "id": place.id,
                    "name": self._workspace.identity.app_name if place.kind == "im" else place.name,
                    "kind": place.kind,
                    "topic": place.topic,
                    "members": list(place.members),
                    "is_member": user.id in place.members,
                    "has_app": self._workspace.identity.bot_user_id in place.members,
                    "message_count": len(latest),
                    "latest_ts": latest[-1].ts if latest else None,
                }
            )
        return shown

    def _seen_id(self, request: web.Request) -> int:
        asked = request.headers.get("Last-Event-ID") or request.query.get("since")
        if asked is None:
            return self._workspace.changes.last_id
        if not asked.isdecimal():
            raise ControlError(400, "invalid_argument", "`since` is the id of a change.")
        return int(asked)

    async def _lines(self, user: User | None, seen_id: int) -> AsyncIterator[bytes]:
        yield b": open\n\n"
        async for batch in self._workspace.changes.follow(seen_id, idle=HEARTBEAT):
            yield self._rendered(user, batch)

    def _rendered(self, user: User | None, batch: list[Json] | None) -> bytes:
        if batch is None:
            return f"id: {self._workspace.changes.last_id}\nevent: reset\ndata: {{}}\n\n".encode()
        seen = [change for change in batch if user is None or self._workspace.may_see(user.id, change)]
        text = "".join(f"id: {change['id']}\ndata: {json.dumps(change)}\n\n" for change in seen)
        return text.encode() or b": still here\n\n"


def _limit(request: web.Request) -> int:
    """Give how many messages were asked for; 0 means all."""
    asked = request.query.get("limit", "0")
    if not asked.isdecimal():
        raise ControlError(400, "invalid_argument", "`limit` is a number of messages.")
    return int(asked)
