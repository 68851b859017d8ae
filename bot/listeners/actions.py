"""Buttons: each listener is one call."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.listeners.choices import read_brief_value
from bot.listeners.opening import Opening, change_view
from bot.payload import Json, part, text
from bot.slack_errors import FormTooLate, translating
from bot.views.form import render_form
from orchestration.forms import Forms
from orchestration.requests import Requests
from recipes.draft import DraftNotFound
from recipes.ids import ChannelId, TeamId, UserId


class Actions:
    """What the buttons do; their values are opaque ids."""

    def __init__(self, requests: Requests, forms: Forms, opening: Opening, boundary: Boundary, team_id: TeamId) -> None:
        self._requests = requests
        self._forms = forms
        self._opening = opening
        self._boundary = boundary
        self._team_id = team_id

    async def pick_recipe(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the form of the chosen recipe; the gallery turns into it, elsewhere it is a new modal."""
        async with self._boundary.answering(ack, body, client):
            view = part(body, "view")
            if view.get("type") == "modal":
                shown = await self._render_choice(body, action, client)
                await ack()
                if not await change_view(client, view, shown):
                    raise FormTooLate("hash_conflict")
            else:
                title = "Your request"
                making = self._render_choice(body, action, client)
                await self._opening.open(client, body, ack, title=title, view=making)

    async def _render_choice(self, body: Json, action: Json, client: AsyncWebClient) -> Json:
        """Give the form of the chosen recipe: of the draft that the button names, else of a new one."""
        draft_id, _, slug = text(action, "value").rpartition(".")
        if draft_id:
            return render_form(await self._forms.choose(self._team_id, draft_id, _user(body), slug))
        opened_from = ChannelId(text(part(body, "view"), "private_metadata"))
        channel = opened_from or await _open_direct(client, _user(body))
        return render_form(await self._forms.open(self._team_id, channel, _user(body), slug, words=""))

    async def stage(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Ask for a new brief."""
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(text(action, "value"))
            await self._requests.stage_again(
                self._team_id, draft_id, brief_no, _user(body), press=text(body, "trigger_id")
            )

    async def withdraw(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """End a draft without work."""
        async with self._boundary.answering(ack, body, client):
            await self._requests.withdraw(self._team_id, text(action, "value"), _user(body))

    async def approve(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Approve exactly the brief that carries the button."""
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(text(action, "value"))
            await self._requests.approve(self._team_id, draft_id, brief_no, _user(body))

    async def refuse_unknown(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Answer a button of another release."""
        async with self._boundary.answering(ack, body, client):
            raise DraftNotFound(text(action, "action_id"))


async def _open_direct(client: AsyncWebClient, user_id: UserId) -> ChannelId:
    """Give the person's direct messages with us: where work from the home lands."""
    async with translating("conversations.open"):
        opened = await client.conversations_open(users=[user_id])
    return ChannelId(text(part(cast("Json", opened.data), "channel"), "id"))


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
