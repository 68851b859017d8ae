"""What people say: messages, their changes, and files."""

from dataclasses import replace
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.composer import compose, rich_text_of
from bot.sandbox.control.requests import (
    Body,
    ControlError,
    get_person,
    get_seen_message,
    get_visible_place,
    read_body,
)
from bot.sandbox.conversations import Conversation
from bot.sandbox.identity import TIMESTAMP
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.workspace import Workspace


class Talk:
    """The routes for messages and files."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def say(self, request: web.Request) -> web.Response:
        """POST /control/messages {user, channel, text, thread_ts?, file_ids?} -> {channel, ts, message}."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        place = get_visible_place(self._workspace, user, body.required("channel"))
        text, file_ids = body.text("text") or "", self._own_files(user, body)
        if not text.strip() and not file_ids:
            raise ControlError(400, "no_text", "A message needs words or a file.")
        message = self._workspace.post(
            place,
            user.id,
            compose(text, self._workspace.people, self._workspace.places),
            thread_ts=self._thread(place, body.text("thread_ts")),
            subtype="file_share" if file_ids else None,
            file_ids=file_ids,
        )
        self._workspace.show_file(place, message)
        return web.json_response(
            {"channel": place.id, "ts": message.ts, "message": self._workspace.shown_json(message)}
        )

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH /control/messages/{channel}/{ts} {user, text}: a person's own message gets other words."""
        body = await read_body(request)
        message = self._own_message(request, body.text("user"))
        text = compose(body.required("text"), self._workspace.people, self._workspace.places)
        ts = self._workspace.stamps.next()
        changed = replace(message, text=text, blocks=(rich_text_of(text),), edited_ts=ts)
        edited = self._workspace.edit(message, changed)
        return web.json_response({"message": self._workspace.shown_json(edited)})

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE /control/messages/{channel}/{ts}?user=: a person takes back an own message."""
        self._workspace.messages.remove(self._own_message(request, request.query.get("user")))
        return web.json_response({})

    async def hand_in(self, request: web.Request) -> web.Response:
        """POST /control/files?user=&filename= with the bytes as body -> {file_id}."""
        user = get_person(self._workspace, request.query.get("user"))
        name = request.query.get("filename")
        content = await request.read()
        if not name or not content:
            raise ControlError(
                400, "missing_argument", "A file needs a `filename` in the address and bytes in the body."
            )
        file = self._workspace.files.reserve(
            name, size_bytes=len(content), user=user.id, created=int(self._workspace.now())
        )
        self._workspace.files.fill(file, content)
        return web.json_response({"file_id": file.id, "file": self._workspace.file_json(file.id)})

    async def content(self, request: web.Request) -> web.Response:
        """GET /control/files/{file_id}/content -> the bytes."""
        file = self._workspace.files.find(request.match_info["file_id"])
        if file is None or file.content is None:
            raise ControlError(404, "file_not_found", "There is no such file.")
        shown = f"attachment; filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Disposition": shown, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)

    def _thread(self, place: Conversation, thread_ts: str | None) -> str | None:
        if thread_ts is None:
            return None
        root = self._workspace.messages.find(place.id, thread_ts) if TIMESTAMP.match(thread_ts) else None
        if root is None:
            raise ControlError(404, "thread_not_found", f"There is no message {thread_ts} to reply to.")
        return root.root_ts

    def _own_files(self, user: User, body: Body) -> tuple[str, ...]:
        for file_id in body.texts("file_ids"):
            file = self._workspace.files.find(file_id)
            if file is None or file.user != user.id:
                raise ControlError(404, "file_not_found", f"{user.real_name} has no file {file_id}.")
        return body.texts("file_ids")

    def _own_message(self, request: web.Request, name: str | None) -> Message:
        user = get_person(self._workspace, name)
        _, message = get_seen_message(self._workspace, user, request.match_info["channel"], request.match_info["ts"])
        if message.user != user.id:
            raise ControlError(403, "not_your_message", "Only the person who wrote a message can change it.")
        return message
