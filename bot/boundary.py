"""The boundary of listeners: whatever happens inside, Slack is acknowledged and the person reads one sentence."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.payload import Json, part, text
from bot.slack_errors import translating
from bot.views.failure import render_failure
from bot.views.limits import escape_words
from orchestration.incidents import explain
from orchestration.ports import Ids

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]
Respond = Callable[..., Awaitable[Any]]


class Boundary:
    """Turns errors of listeners into words, at the place where the person looks."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    @asynccontextmanager
    async def answering(self, ack: Ack, body: Json, client: AsyncWebClient) -> AsyncGenerator[None]:
        """Run the block, acknowledge, and tell the person if it failed."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 (the boundary)
            await ack()
            await self._tell(body, client, explain(error, ids=self._ids))
        else:
            await ack()

    async def refuse_form(self, ack: Ack, body: Json, error: Exception) -> None:
        """Show the sentence in the form's place; what was typed stays with Slack's form until then."""
        said = explain(error, ids=self._ids)
        await ack(response_action="update", view=render_failure(text(part(body, "view", "title"), "text"), said))

    async def explain_command(self, ack: Ack, respond: Respond, error: Exception) -> None:
        """Answer a command with the sentence, to its author only, also where it was acknowledged already."""
        await ack()
        await respond(text=escape_words(explain(error, ids=self._ids)), response_type="ephemeral")

    async def _tell(self, body: Json, client: AsyncWebClient, said: str) -> None:
        try:
            if view_id := text(part(body, "view"), "id"):
                title = text(part(body, "view", "title"), "text")
                async with translating("views.update"):
                    await client.views_update(view_id=view_id, view=render_failure(title, said))
                return
            message = part(body, "message")
            async with translating("chat.postEphemeral"):
                await client.chat_postEphemeral(
                    channel=text(part(body, "channel"), "id"),
                    user=text(part(body, "user"), "id"),
                    thread_ts=text(message, "thread_ts") or text(message, "ts") or None,
                    text=escape_words(said),
                )
        except Exception as silent:  # noqa: BLE001 (the boundary: there is nobody left to tell but the log)
            log.error("sentence_lost", error=str(silent))  # noqa: TRY400 (the first error is logged with its trace)
