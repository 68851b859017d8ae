"""Response addresses: five answers within thirty minutes to what a person did."""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.conversations import Conversation
from bot.sandbox.identity import new_secret
from bot.sandbox.journal import Journal
from bot.sandbox.messages import Message
from bot.sandbox.wire import Json, SlackError, is_object
from bot.sandbox.workspace import Workspace

# docs.slack.dev, interactivity/handling-user-interaction: "up to 5 times within 30 minutes"
USES: Final = 5
LIFE_SECONDS: Final = 30 * 60


@dataclass(frozen=True)
class Origin:
    """What a person did, and where: `message_ts` is the message that held the element, if there was one."""

    user: str
    channel: str
    given_at: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    """The addresses given so far, and what arrives at them."""

    def __init__(self, workspace: Workspace, journal: Journal) -> None:
        self._workspace = workspace
        self._journal = journal
        self._given: dict[str, Origin] = {}

    def give(self, kind: str, user: str, channel: str, message: Message | None = None) -> str:
        """Give a new address; `kind` is `actions` or `commands`, as in Slack's own addresses."""
        secret = new_secret()
        ts, thread_ts = (message.ts, message.thread_ts) if message else (None, None)
        self._given[secret] = Origin(user, channel, self._workspace.now(), ts, thread_ts)
        return f"{self._workspace.origin}/{kind}/{self._workspace.identity.team_id}/{secret}"

    async def answer(self, request: web.Request) -> web.Response:
        """Take one POST to an address."""
        try:
            body: Any = json.loads(await request.read())
        except ValueError:
            body = None
        if not is_object(body):
            return web.Response(status=400, text="invalid_payload")
        try:
            self._take(request.match_info["secret"], body)
        except SlackError as error:
            self._journal.write("@response_url", body, error.to_json())
            return web.json_response(error.to_json(), status=404 if error.code.endswith("_url") else 400)
        self._journal.write("@response_url", body, {"ok": True})
        return web.Response(text="ok")

    def _take(self, secret: str, body: Json) -> None:
        origin = self._given.get(secret)
        if origin is None or self._workspace.now() - origin.given_at > LIFE_SECONDS:
            raise SlackError("expired_url")
        if origin.uses >= USES:
            raise SlackError("used_url")
        message = self._workspace.messages.find(origin.channel, origin.message_ts or "")
        if body.get("delete_original"):
            self._delete(message)
        else:
            self._say(origin, message, body)
        self._given[secret] = replace(origin, uses=origin.uses + 1)

    def _delete(self, message: Message | None) -> None:
        if message is not None and message.is_bot:
            self._workspace.messages.remove(message)

    def _say(self, origin: Origin, message: Message | None, body: Json) -> None:
        place = self._workspace.places.find(origin.channel)
        if place is None:
            raise SlackError("channel_not_found")
        if body.get("replace_original") and message is not None and message.is_bot:
            text, blocks = _checked(self._workspace, body)
            self._workspace.edit(message, replace(message, text=text, blocks=blocks))
        else:
            post_answer(self._workspace, place, origin.user, body, thread_ts=origin.thread_ts)


def post_answer(workspace: Workspace, place: Conversation, user: str, body: Json, *, thread_ts: str | None) -> Message:
    """Give the message an app answered with: ephemeral unless its `response_type` is `in_channel`.

    Raises:
        SlackError: `no_text`, `invalid_blocks` and the like.
    """
    text, blocks = _checked(workspace, body)
    return workspace.post(
        place,
        workspace.identity.bot_user_id,
        text,
        blocks=blocks,
        thread_ts=body.get("thread_ts") or thread_ts,
        only_for=None if body.get("response_type") == "in_channel" else user,
    )


def _checked(workspace: Workspace, body: Json) -> tuple[str, tuple[Json, ...]]:
    text = str(body.get("text") or "")
    blocks = check_message_blocks(body.get("blocks"), has_agent_features=workspace.rules.agent_features)
    if not text and not blocks and not body.get("attachments"):
        raise SlackError("no_text")
    return text, blocks
