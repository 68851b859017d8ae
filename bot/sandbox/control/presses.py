"""What people press: commands, buttons and menus, shortcuts, and the app's home."""

from typing import Any, Final

from aiohttp import web

from bot.sandbox.composer import compose
from bot.sandbox.control.desk import Desk
from bot.sandbox.control.requests import (
    Body,
    ControlError,
    get_person,
    get_seen_message,
    get_visible_place,
    read_body,
)
from bot.sandbox.control.targets import Pressed, entered, find_target, press
from bot.sandbox.conversations import Conversation
from bot.sandbox.elements import find_block, walk_inputs
from bot.sandbox.events import Events
from bot.sandbox.inputs import initial_value
from bot.sandbox.messages import Message
from bot.sandbox.payloads import Payloads
from bot.sandbox.people import User
from bot.sandbox.response_urls import ResponseUrls, post_answer
from bot.sandbox.shapes import find_suggestion_problems
from bot.sandbox.views import State, View
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

NOT_SENT: Final = "This did not reach the app."


class Presses:
    """The routes for commands, actions, shortcuts and the home."""

    def __init__(
        self, workspace: Workspace, payloads: Payloads, events: Events, desk: Desk, response_urls: ResponseUrls
    ) -> None:
        self._workspace = workspace
        self._payloads = payloads
        self._events = events
        self._desk = desk
        self._response_urls = response_urls
        self._chosen: dict[tuple[str, str, str], State] = {}

    async def command(self, request: web.Request) -> web.Response:
        """POST /control/commands {user, channel, command, text?} -> {ack}."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        place = get_visible_place(self._workspace, user, body.required("channel"))
        name = body.required("command")
        if not name.startswith("/"):
            raise ControlError(400, "invalid_command", "A command starts with a slash.")
        if body.text("thread_ts"):
            raise ControlError(400, "not_in_threads", f"{name} is not supported in threads. Sorry!")
        url = self._response_urls.give("commands", user.id, place.id)
        payload = self._payloads.slash(user, place, name, self._words(body), response_url=url)
        failed = f"{name} failed with the error “operation_timeout”."
        answer = await self._desk.ask(user, payload, failed=failed)
        self._show_answer(user, place, answer)
        return web.json_response({"ack": answer})

    async def action(self, request: web.Request) -> web.Response:
        """POST /control/actions {user, message_ts, channel? | view_id, block_id?, action_id, value?...} -> {sent}."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        if body.text("view_id"):
            return await self._press_in_view(user, body)
        place, message = self._message(user, body)
        return await self._press_in_message(user, place, message, body)

    async def shortcut(self, request: web.Request) -> web.Response:
        """POST /control/shortcuts {user, callback_id, channel?, message_ts?}: with a message, one of its menu."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        callback_id = self._shortcut_id(body)
        if body.text("message_ts"):
            place, message = self._message(user, body)
            url = self._response_urls.give("actions", user.id, place.id, message)
            payload = self._payloads.message_shortcut(user, place, message, callback_id, response_url=url)
        else:
            payload = self._payloads.shortcut(user, callback_id)
        await self._desk.ask(user, payload, failed=NOT_SENT)
        return web.json_response({"sent": True})

    async def home(self, request: web.Request) -> web.Response:
        """POST /control/home {user, tab?}: the person opens the app's home (or its messages)."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        tab = body.text("tab") or "home"
        if tab not in {"home", "messages"}:
            raise ControlError(400, "invalid_argument", "`tab` is home or messages.")
        self._events.home_opened(user.id, tab)
        view = self._workspace.views.find_home(user.id)
        return web.json_response({"view": self._workspace.view_json(view) if view else None})

    async def suggestions(self, request: web.Request) -> web.Response:
        """POST /control/suggestions {user, view_id | channel+message_ts, action_id, block_id?, value} -> options."""
        body = await read_body(request)
        user = get_person(self._workspace, body.text("user"))
        view = self._workspace.views.find(body.text("view_id") or "")
        if view is not None and view.user == user.id:
            blocks, where = view.content["blocks"], self._view_place(view)
        else:
            place, message = self._message(user, body)
            blocks = list(message.blocks)
            container = {"type": "message", "message_ts": message.ts, "channel_id": place.id, "is_ephemeral": False}
            where = {"container": container, "channel": {"id": place.id, "name": place.name}}
        block_id, element = find_target(user, blocks, body)
        payload = self._payloads.suggestion(user, element, block_id, body.text("value") or "", where)
        answer = await self._desk.ask(user, payload, failed=NOT_SENT)
        problems = list(find_suggestion_problems(answer))
        if problems:
            raise self._desk.refuse(user, SlackError("invalid_options", problems))
        return web.json_response(answer)

    def _shortcut_id(self, body: Body) -> str:
        """Give the shortcut's callback id; where the workspace knows its app's shortcuts, only one of those."""
        callback_id, declared = body.required("callback_id"), self._workspace.shortcuts
        kind = "message" if body.text("message_ts") else "global"
        if declared and not any((one.callback_id, one.kind) == (callback_id, kind) for one in declared):
            sentence = f"{self._workspace.identity.app_name} has no {kind} shortcut `{callback_id}`."
            raise ControlError(404, "shortcut_not_found", sentence)
        return callback_id

    def _message(self, user: User, body: Body) -> tuple[Conversation, Message]:
        if not body.text("message_ts"):
            raise ControlError(400, "missing_argument", "`message_ts` or `view_id` is needed.")
        return get_seen_message(self._workspace, user, body.text("channel"), body.required("message_ts"))

    def _words(self, body: Body) -> str:
        text = (body.text("text") or "").strip()
        if not self._workspace.rules.escapes_commands:
            return text
        return compose(text, self._workspace.people, self._workspace.places, labels=True)

    def _show_answer(self, user: User, place: Conversation, answer: Json) -> None:
        if not answer.get("text") and not answer.get("blocks"):
            return
        try:
            post_answer(self._workspace, place, user.id, answer, thread_ts=None)
        except SlackError as error:
            raise self._desk.refuse(user, error) from error

    async def _press_in_message(self, user: User, place: Conversation, message: Message, body: Body) -> web.Response:
        block_id, element = find_target(user, list(message.blocks), body)
        pressed = press(element, block_id, body, action_ts=self._workspace.stamps.next())
        key = (message.channel, message.ts, user.id)
        state = self._chosen.setdefault(key, {})
        for place_id, held in walk_inputs(message.blocks):
            state.setdefault(place_id, {}).setdefault(held["action_id"], initial_value(held))
        _remember(state, block_id, element, pressed)
        url = self._response_urls.give("actions", user.id, place.id, message)
        payload = self._payloads.message_actions(user, place, message, [pressed.action], state, response_url=url)
        await self._desk.ask(user, payload, failed=NOT_SENT)
        return web.json_response({"sent": True})

    async def _press_in_view(self, user: User, body: Body) -> web.Response:
        view = self._workspace.views.find(body.required("view_id"))
        if view is None or view.user != user.id:
            raise ControlError(404, "view_not_found", f"{user.real_name} has no such view open.")
        block_id, element = find_target(user, view.content["blocks"], body)
        pressed = press(element, block_id, body, action_ts=self._workspace.stamps.next())
        if pressed.value is not None:
            view = self._workspace.views.save(entered(view, block_id, element, pressed.value))
        if not _dispatches(view.content["blocks"], block_id):
            return web.json_response({"sent": False})
        await self._desk.ask(user, self._payloads.view_actions(user, view, [pressed.action]), failed=NOT_SENT)
        return web.json_response({"sent": True})

    def _view_place(self, view: View) -> Json:
        return {"container": {"type": "view", "view_id": view.id}, "view": self._workspace.view_json(view)}


def _remember(state: State, block_id: str, element: Json, pressed: Pressed) -> None:
    if pressed.value is not None and element["type"] != "overflow":
        state.setdefault(block_id, {})[element["action_id"]] = pressed.value


def _dispatches(blocks: list[Any], block_id: str) -> bool:
    block = find_block(blocks, block_id)
    return block is None or block["type"] != "input" or bool(block.get("dispatch_action"))
