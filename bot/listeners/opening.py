"""Opening modals: at once where they are ready at once, else empty first and filled when they are."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, Final, cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.payload import Json, part, text
from bot.slack_errors import FormTooLate, opening_form, translating
from bot.views.form import render_opening

# docs.slack.dev, interactivity: a trigger opens a modal within 3 seconds; people take longer than this for stuck
AT_ONCE: Final = timedelta(milliseconds=300)


class Opening:
    """Opens modals."""

    def __init__(self, boundary: Boundary) -> None:
        self._boundary = boundary

    async def open(
        self, client: AsyncWebClient, body: Json, ack: Ack, *, title: str, view: Coroutine[Any, Any, Json]
    ) -> None:
        """Acknowledge and open a modal with the press that `body` tells of.

        Args:
            client: Slack.
            body: The press; what cannot be shown is told where it was made.
            ack: Its acknowledgement.
            title: Of the modal that stands there while the view is made.
            view: Makes it. What it raises before the modal is open is raised here, afterwards told in the modal.
        """
        making = asyncio.ensure_future(view)
        try:
            await asyncio.wait({making}, timeout=AT_ONCE.total_seconds())
            if making.done():
                shown = making.result()
                await ack()
                await self._open(client, body, shown)
                return
            await ack()
            opened = await self._open(client, body, render_opening(title))
            async with self._boundary.explaining({"view": opened, "user": part(body, "user")}, client):
                await change_view(client, opened, await making)
        finally:
            making.cancel()

    async def _open(self, client: AsyncWebClient, body: Json, view: Json) -> Json:
        async with opening_form():
            opened = await client.views_open(trigger_id=text(body, "trigger_id"), view=view)
        return part(cast("Json", opened.data), "view")


async def change_view(client: AsyncWebClient, view: Json, shown: Json) -> bool:
    """Show something else in a modal, unless it was changed since; tell which."""
    try:
        async with translating("views.update"):
            await client.views_update(view_id=text(view, "id"), hash=text(view, "hash"), view=shown)
    except FormTooLate:
        return False
    return True


async def replace_view(client: AsyncWebClient, view: Json, shown: Json) -> None:
    """Show something else in a modal, whatever it shows now."""
    async with translating("views.update"):
        await client.views_update(view_id=text(view, "id"), view=shown)
