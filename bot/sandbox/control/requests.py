"""What people's tools send to the control API, and the sentence they get when it cannot be done."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.conversations import Conversation
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.wire import Json, is_list, is_object
from bot.sandbox.workspace import Workspace


class ControlError(Exception):
    """A request that is refused: status, code, and a sentence for whoever sent it."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence

    def to_response(self) -> web.Response:
        """Give the answer."""
        return web.json_response({"error": self.sentence, "code": self.code}, status=self.status)


class Body:
    """The JSON object of a control request."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def required(self, name: str) -> str:
        """Give a text that must be there.

        Raises:
            ControlError: 400 if it is missing or not a text.
        """
        value = self.values.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ControlError(400, "missing_argument", f"`{name}` is needed, as text.")
        return value

    def text(self, name: str) -> str | None:
        """Give a text, or None if it is not there.

        Raises:
            ControlError: 400 if it is something else than text.
        """
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise ControlError(400, "invalid_argument", f"`{name}` must be text.")
        return value or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of texts; missing is empty.

        Raises:
            ControlError: 400 if it is something else.
        """
        value: Any = self.values.get(name) or []
        if not is_list(value) or not all(isinstance(one, str) for one in value):
            raise ControlError(400, "invalid_argument", f"`{name}` must be a list of texts.")
        return tuple(value)


async def read_body(request: web.Request) -> Body:
    """Give the JSON object of this request.

    Raises:
        ControlError: 400 if it is none.
    """
    try:
        values: Any = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise ControlError(400, "invalid_json", "The body is not JSON.") from error
    if not is_object(values):
        raise ControlError(400, "invalid_json", "The body must be a JSON object.")
    return Body(values)


def get_person(workspace: Workspace, name: str | None) -> User:
    """Give the person with this id or name.

    Raises:
        ControlError: 400 without a name, 404 for a stranger, 403 for the bot.
    """
    if not name:
        raise ControlError(400, "missing_argument", "`user` is needed: an id or a name.")
    user = workspace.people.find_named(name)
    if user is None:
        raise ControlError(404, "user_not_found", f"Nobody here is called {name}.")
    if user.is_bot:
        raise ControlError(403, "not_a_person", f"{user.real_name} is the app; it speaks through the Web API.")
    return user


def get_visible_place(workspace: Workspace, user: User, name: str) -> Conversation:
    """Give the conversation with this id or name, or the direct messages with the app, if this person is in it.

    Raises:
        ControlError: 404 for an unknown one, 403 where the person is no member.
    """
    partner = workspace.people.find_named(name)
    is_direct = partner is not None and partner.is_bot
    place = workspace.places.find_direct(user.id) if is_direct else workspace.places.find(name)
    if place is None or (place.kind != "public" and user.id not in place.members):
        raise ControlError(404, "channel_not_found", f"{user.real_name} sees no conversation called {name}.")
    if user.id not in place.members:
        raise ControlError(403, "not_in_channel", f"{user.real_name} is not in #{place.name}.")
    return place


def get_seen_message(workspace: Workspace, user: User, channel: str | None, ts: str) -> tuple[Conversation, Message]:
    """Give the message at this timestamp and its conversation, if this person can see it.

    Args:
        workspace: where to look.
        user: who looks.
        channel: the conversation's id or name; None looks everywhere.
        ts: the message's timestamp.

    Raises:
        ControlError: 404, or as `get_visible_place`.
    """
    anywhere = workspace.messages.find_anywhere(ts)
    if channel is None and anywhere is None:
        raise ControlError(404, "message_not_found", f"There is no message {ts} here.")
    place = get_visible_place(workspace, user, channel or (anywhere.channel if anywhere else ""))
    message = workspace.messages.find(place.id, ts)
    if message is None or message.is_gone or message.only_for not in (None, user.id):
        raise ControlError(404, "message_not_found", f"There is no message {ts} here.")
    return place, message
