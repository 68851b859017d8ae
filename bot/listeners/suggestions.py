"""The buttons that suggest what could be said."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.payload import Json, part, text
from orchestration.conversation.suggestions import Suggestions
from recipes.ids import TeamId, UserId


class SuggestionButtons:
    """What pressing one does: the same as saying it."""

    def __init__(self, suggestions: Suggestions, boundary: Boundary, team_id: TeamId) -> None:
        self._suggestions = suggestions
        self._boundary = boundary
        self._team_id = team_id

    async def choose(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Keep what was pressed."""
        async with self._boundary.answering(ack, body, client):
            draft_id, _, pressed = text(action, "value").partition(".")
            user_id, press = UserId(text(part(body, "user"), "id")), text(body, "trigger_id")
            await self._suggestions.press(self._team_id, draft_id, user_id, pressed, press=press)
