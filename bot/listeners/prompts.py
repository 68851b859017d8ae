"""Suggested prompts: what somebody may begin with who opens our direct messages, made of this workspace's recipes."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import Final

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.payload import Json, part, text
from bot.slack_errors import NO_SESSIONS, SlackRefused, translating
from orchestration.drafting.gallery import Gallery
from recipes.errors import ThreadworkError
from recipes.ids import TeamId

log = structlog.get_logger()

# docs.slack.dev, assistant.threads.setSuggestedPrompts: four prompts, of which one asks what there is
RECIPES: Final = 3
TITLE: Final = "What can I make for you?"
ABOUT: Final = {"title": "What can you make?", "message": "help"}


class Prompts:
    """Offers prompts; where a workspace has none, nothing is missing but them."""

    def __init__(self, gallery: Gallery, team_id: TeamId) -> None:
        self._gallery = gallery
        self._team_id = team_id
        self._has_prompts = True

    async def offer(self, event: Json, client: AsyncWebClient) -> None:
        """Pin prompts to the top of the messages that somebody opened."""
        if event.get("tab") == "messages":
            await self._set(client, text(event, "channel"), None)

    async def offer_in_thread(self, event: Json, client: AsyncWebClient) -> None:
        """Show prompts in a thread that somebody opened with us, where Slack still has such threads."""
        thread = part(event, "assistant_thread")
        await self._set(client, text(thread, "channel_id"), text(thread, "thread_ts") or None)

    async def _set(self, client: AsyncWebClient, channel_id: str, thread_ts: str | None) -> None:
        if not self._has_prompts or not channel_id:
            return
        cards = await self._gallery.list_popular(self._team_id, most=RECIPES)
        prompts = [{"title": card.name, "message": f"Please make me a new {card.name}"} for card in cards]
        try:
            async with translating("assistant.threads.setSuggestedPrompts"):
                await client.assistant_threads_setSuggestedPrompts(
                    channel_id=channel_id, thread_ts=thread_ts, prompts=[*prompts, ABOUT], title=TITLE
                )
        except SlackRefused as refused:
            self._has_prompts = refused.code not in NO_SESSIONS
            log.info("prompts_refused", code=refused.code)
        except ThreadworkError as error:
            log.info("prompts_missed", error=str(error))
