"""Shortcuts: work that starts from Slack's own menus, anywhere or at a message."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary, Respond
from bot.listeners.membership import is_member
from bot.payload import Json, part, text
from bot.slack_errors import opening_form
from bot.views.form import render_form
from bot.views.gallery import render_gallery
from orchestration.requests import Requests
from recipes.conversation import Thread
from recipes.ids import ChannelId, MessageTs, TeamId, UserId

NOT_HERE: Final = "I am not in this conversation, so I cannot read it. Invite me here, then use the shortcut again."
NOWHERE: Final = ""


class Shortcuts:
    """What the shortcuts do."""

    def __init__(self, requests: Requests, boundary: Boundary, team_id: TeamId) -> None:
        self._requests = requests
        self._boundary = boundary
        self._team_id = team_id

    async def start_work(self, ack: Ack, shortcut: Json, client: AsyncWebClient) -> None:
        """Open the gallery; what is started there goes to the person's direct messages."""
        async with self._boundary.answering(ack, shortcut, client):
            gallery = render_gallery(await self._requests.list_cards(self._team_id), NOWHERE)
            await ack()
            await _open(client, shortcut, gallery)

    async def start_from_message(self, ack: Ack, respond: Respond, shortcut: Json, client: AsyncWebClient) -> None:
        """Open the gallery, or the form of what is already under way, for the thread of this message."""
        async with self._boundary.answering(ack, shortcut, client):
            thread = self._thread_of(shortcut)
            if not await is_member(client, thread.channel_id):
                await respond(text=NOT_HERE, response_type="ephemeral")
                return
            view = await self._render_start(thread, shortcut)
            await ack()
            await _open(client, shortcut, view)

    async def _render_start(self, thread: Thread, shortcut: Json) -> Json:
        user_id = _user(shortcut)
        draft = await self._requests.start_in_thread(thread, user_id, pressed_ts=text(shortcut, "action_ts"))
        if draft.recipe_slug is not None:
            form = await self._requests.reopen_form(self._team_id, draft.id, user_id)
            return render_form(form.draft, form.recipe)
        cards = await self._requests.list_cards(self._team_id)
        return render_gallery(cards, thread.channel_id, draft_id=draft.id)

    def _thread_of(self, shortcut: Json) -> Thread:
        message = part(shortcut, "message")
        return Thread(
            team_id=self._team_id,
            channel_id=ChannelId(text(part(shortcut, "channel"), "id")),
            thread_ts=MessageTs(text(message, "thread_ts") or text(message, "ts")),
        )


async def _open(client: AsyncWebClient, shortcut: Json, view: Json) -> None:
    async with opening_form():
        await client.views_open(trigger_id=text(shortcut, "trigger_id"), view=view)


def _user(shortcut: Json) -> UserId:
    return UserId(text(part(shortcut, "user"), "id"))
