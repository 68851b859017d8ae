"""Shortcuts: work that starts from Slack's own menus, anywhere or at a message."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary, Respond
from bot.chat import Workspace
from bot.hearing import make_said
from bot.listeners.gallery import FORM_TITLE, GalleryDesk
from bot.listeners.membership import is_member
from bot.listeners.opening import Opening
from bot.payload import Json, part, text
from bot.views.form import render_form
from bot.views.gallery import Place, render_gallery
from orchestration.drafting.forms import Forms
from orchestration.drafting.gallery import Gallery
from recipes.conversation import Said
from recipes.form import Form
from recipes.ids import UserId

NOT_HERE: Final = "I am not in this conversation, so I cannot read it. Invite me here, then use the shortcut again."


class Shortcuts:
    """What the shortcuts do."""

    def __init__(
        self,
        forms: Forms,
        recipes: Gallery,
        *,
        galleries: GalleryDesk,
        opening: Opening,
        boundary: Boundary,
        workspace: Workspace,
    ) -> None:
        self._forms = forms
        self._recipes = recipes
        self._galleries = galleries
        self._opening = opening
        self._boundary = boundary
        self._workspace = workspace

    async def start_work(self, ack: Ack, shortcut: Json, client: AsyncWebClient) -> None:
        """Open the gallery; what is started there goes to the person's direct messages."""
        async with self._boundary.answering(ack, shortcut, client):
            await self._galleries.open(client, shortcut, ack, Place())

    async def start_from_message(self, ack: Ack, respond: Respond, shortcut: Json, client: AsyncWebClient) -> None:
        """Open the form of what this message asks for, or of what is under way in its thread; else the gallery."""
        async with self._boundary.answering(ack, shortcut, client):
            if not await is_member(client, text(part(shortcut, "channel"), "id")):
                await respond(text=NOT_HERE, response_type="ephemeral")
                return
            await self._opening.open(client, shortcut, ack, title=FORM_TITLE, view=self._render_start(shortcut))

    async def _render_start(self, shortcut: Json) -> Json:
        said = self._said(shortcut)
        started = await self._forms.start_from(said, _user(shortcut), pressed_ts=text(shortcut, "action_ts"))
        if isinstance(started, Form):
            return render_form(started)
        page = await self._recipes.show(self._workspace.team_id, _user(shortcut))
        place = Place(channel_id=said.thread.channel_id, draft_id=started.id, message_ts=said.ts)
        return render_gallery(page, place)

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
