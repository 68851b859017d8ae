"""The boundary of listeners: whatever happens inside, Slack is acknowledged and the person reads one sentence."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final, cast

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.payload import Json, part, text
from bot.slack_errors import SlackBusy, translating
from bot.views.failure import render_failure
from bot.views.limits import escape_words
from orchestration.incidents import explain
from orchestration.ports import Ids
from orchestration.retries import trying_again

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]
Respond = Callable[..., Awaitable[Any]]


# How long a sentence is worth saying after the press that it answers.
PATIENCE: Final = timedelta(seconds=30)


class Boundary:
    """Turns errors of listeners into words, at the place where the person looks."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    @asynccontextmanager
    async def answering(self, ack: Ack, body: Json, client: AsyncWebClient) -> AsyncGenerator[None]:
        """Run the block, acknowledge unless it did, and tell the person if it failed."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 (the boundary)
            await ack()
            await self._tell(body, client, explain(error, ids=self._ids))
        else:
            await ack()

    @asynccontextmanager
    async def explaining(self, body: Json, client: AsyncWebClient) -> AsyncGenerator[None]:
        """Run what comes after the acknowledgement, and tell the person if it failed."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 (the boundary)
            await self._tell(body, client, explain(error, ids=self._ids))

    async def refuse_form(self, ack: Ack, body: Json, error: Exception) -> None:
        """Show the sentence in the form's place; what was typed stays with Slack's form until then."""
        said = explain(error, ids=self._ids)
        await ack(response_action="update", view=render_failure(text(part(body, "view", "title"), "text"), said))

    async def explain_command(self, ack: Ack, respond: Respond, error: Exception) -> None:
        """Answer a command with the sentence, to its author only, also where it was acknowledged already."""
        await ack()
        await respond(text=escape_words(explain(error, ids=self._ids)), response_type="ephemeral")

    async def _tell(self, body: Json, client: AsyncWebClient, said: str) -> None:
        async def show() -> None:
            await _show(body, client, said)

        try:
            # Only what Slack refused for certain is said again: nobody should read a sentence twice.
            await trying_again(show, on=SlackBusy, for_long=PATIENCE)
        except Exception as silent:  # noqa: BLE001 (the boundary: there is nobody left to tell but the log)
            log.error("sentence_lost", error=str(silent))  # noqa: TRY400 (the first error is logged with its trace)


async def _show(body: Json, client: AsyncWebClient, said: str) -> None:
    """Show a sentence where the person looks: in the form, under the message, or, from the home, in direct messages."""
    view = part(body, "view")
    match view.get("type"):
        case "modal":
            async with translating("views.update"):
                failure = render_failure(text(part(view, "title"), "text"), said)
                await client.views_update(view_id=text(view, "id"), view=failure)
        case "home":
            async with translating("conversations.open"):
                opened = await client.conversations_open(users=[text(part(body, "user"), "id")])
            async with translating("chat.postMessage"):
                direct = text(part(cast("Json", opened.data), "channel"), "id")
                await client.chat_postMessage(channel=direct, text=escape_words(said))
        case _:
            message = part(body, "message")
            async with translating("chat.postEphemeral"):
                await client.chat_postEphemeral(
                    channel=text(part(body, "channel"), "id"),
                    user=text(part(body, "user"), "id"),
                    thread_ts=text(message, "thread_ts") or text(message, "ts") or None,
                    text=escape_words(said),
                )
