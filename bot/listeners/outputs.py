"""The buttons of what was delivered."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.payload import Json, part, text
from bot.slack_errors import translating
from bot.views.sources import render_sources
from orchestration.tickets.outputs import Outputs
from orchestration.tickets.revisions import Revisions
from recipes.ids import ChannelId, TeamId, UserId


class OutputButtons:
    """Sources, and earlier versions."""

    def __init__(self, outputs: Outputs, revisions: Revisions, boundary: Boundary, team_id: TeamId) -> None:
        self._outputs = outputs
        self._revisions = revisions
        self._boundary = boundary
        self._team_id = team_id

    async def list_sources(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Show what an output stands on; pressed in the list itself, turn its page."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            view = part(body, "view")
            channel_id = ChannelId(text(view, "private_metadata") or text(part(body, "channel"), "id"))
            output_id, _, page = text(action, "value").partition(".")
            listed = await self._outputs.list_sources(
                self._team_id, output_id, channel_id=channel_id, user_id=UserId(text(part(body, "user"), "id"))
            )
            shown = render_sources(listed, channel_id=channel_id, page=int(page) if page.isdecimal() else 0)
            if view:
                async with translating("views.update"):
                    await client.views_update(view_id=text(view, "id"), hash=text(view, "hash"), view=shown)
            else:
                async with translating("views.open"):
                    await client.views_open(trigger_id=text(body, "trigger_id"), view=shown)

    async def restore(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Have an earlier version again."""
        async with self._boundary.answering(ack, body, client):
            await self._revisions.restore(
                self._team_id,
                text(action, "value"),
                UserId(text(part(body, "user"), "id")),
                channel_id=ChannelId(text(part(body, "channel"), "id")),
            )
