"""Buttons: each listener is one call."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.listeners.choices import read_brief_value
from bot.payload import Json, part, text
from bot.slack_errors import opening_form, translating
from bot.views.form import render_form
from orchestration.requests import Form, Requests
from recipes.draft import DraftNotFound
from recipes.ids import ChannelId, TeamId, UserId


class Actions:
    """What the buttons do; their values are opaque ids."""

    def __init__(self, requests: Requests, boundary: Boundary, team_id: TeamId) -> None:
        self._requests = requests
        self._boundary = boundary
        self._team_id = team_id

    async def pick_recipe(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the form of the chosen recipe; the gallery turns into it, elsewhere it is a new modal."""
        async with self._boundary.answering(ack, body, client):
            form = await self._choose(body, action, client)
            await ack()
            if part(body, "view").get("type") == "modal":
                await _turn_into_form(client, body, form)
            else:
                await _open_form(client, body, form)

    async def _choose(self, body: Json, action: Json, client: AsyncWebClient) -> Form:
        """Give the form of the chosen recipe: of the draft that the button names, else of a new one."""
        draft_id, _, slug = text(action, "value").rpartition(".")
        if draft_id:
            return await self._requests.choose_recipe(self._team_id, draft_id, _user(body), slug)
        opened_from = ChannelId(text(part(body, "view"), "private_metadata"))
        channel = opened_from or await _open_direct(client, _user(body))
        return await self._requests.open_form(self._team_id, channel, _user(body), slug, words="")

    async def open_form(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the form of a draft as it stands."""
        async with self._boundary.answering(ack, body, client):
            form = await self._requests.reopen_form(self._team_id, text(action, "value"), _user(body))
            await ack()
            await _open_form(client, body, form)

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


async def _open_form(client: AsyncWebClient, body: Json, form: Form) -> None:
    shown = render_form(form.draft, form.recipe)
    async with opening_form():
        await client.views_open(trigger_id=text(body, "trigger_id"), view=shown)


async def _turn_into_form(client: AsyncWebClient, body: Json, form: Form) -> None:
    view = part(body, "view")
    shown = render_form(form.draft, form.recipe)
    async with translating("views.update"):
        await client.views_update(view_id=text(view, "id"), hash=text(view, "hash"), view=shown)


async def _open_direct(client: AsyncWebClient, user_id: UserId) -> ChannelId:
    """Give the person's direct messages with us: where work from the home lands."""
    async with translating("conversations.open"):
        opened = await client.conversations_open(users=[user_id])
    return ChannelId(text(part(cast("Json", opened.data), "channel"), "id"))


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
