"""Buttons: each listener is one call."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.listeners.choices import read_brief_value
from bot.payload import Json, part, text
from orchestration.drafting.requests import Requests
from recipes.draft import DraftNotFound
from recipes.ids import TeamId, UserId


class Actions:
    """What the buttons do; their values are opaque ids."""

    def __init__(self, requests: Requests, boundary: Boundary, team_id: TeamId) -> None:
        self._requests = requests
        self._boundary = boundary
        self._team_id = team_id

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


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
