"""Shortcuts: work that starts from Slack's own menus, anywhere or at a message."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary, Respond
from bot.chat import Workspace
from bot.hearing import make_said
from bot.listeners.membership import is_member
from bot.listeners.opening import Opening
from bot.payload import Json, part, text
from bot.views.form import render_form
from bot.views.gallery import render_gallery
from orchestration.forms import Forms
from orchestration.requests import Requests
from recipes.conversation import Said
from recipes.form import Form
from recipes.ids import UserId

NOT_HERE: Final = "I am not in this conversation, so I cannot read it. Invite me here, then use the shortcut again."
NOWHERE: Final = ""


class Shortcuts:
    """What the shortcuts do."""

    def __init__(
        self, requests: Requests, forms: Forms, opening: Opening, boundary: Boundary, workspace: Workspace
    ) -> None:
        self._requests = requests
        self._forms = forms
        self._opening = opening
        self._boundary = boundary
        self._workspace = workspace

    async def start_work(self, ack: Ack, shortcut: Json, client: AsyncWebClient) -> None:
        """Open the gallery; what is started there goes to the person's direct messages."""

        async def render() -> Json:
            return render_gallery(await self._requests.list_cards(self._workspace.team_id), NOWHERE)

        async with self._boundary.answering(ack, shortcut, client):
            await self._opening.open(client, shortcut, ack, title="What I can make", view=render())

    async def start_from_message(self, ack: Ack, respond: Respond, shortcut: Json, client: AsyncWebClient) -> None:
        """Open the form of what this message asks for, or of what is under way in its thread; else the gallery."""
        async with self._boundary.answering(ack, shortcut, client):
            if not await is_member(client, text(part(shortcut, "channel"), "id")):
                await respond(text=NOT_HERE, response_type="ephemeral")
                return
            await self._opening.open(client, shortcut, ack, title="Your request", view=self._render_start(shortcut))

    async def _render_start(self, shortcut: Json) -> Json:
        said = self._said(shortcut)
        started = await self._forms.start_from(said, _user(shortcut), pressed_ts=text(shortcut, "action_ts"))
        if isinstance(started, Form):
            return render_form(started)
        cards = await self._requests.list_cards(self._workspace.team_id)
        return render_gallery(cards, said.thread.channel_id, draft_id=started.id)

    def _said(self, shortcut: Json) -> Said:
        """Give the message, whoever wrote it; what an app wrote counts as its presser's."""
        message = part(shortcut, "message")
        return make_said(
            {**message, "user": text(message, "user") or _user(shortcut)},
            team_id=self._workspace.team_id,
            channel_id=text(part(shortcut, "channel"), "id"),
            bot_user_id=self._workspace.bot_user_id,
        )


def _user(shortcut: Json) -> UserId:
    return UserId(text(part(shortcut, "user"), "id"))
