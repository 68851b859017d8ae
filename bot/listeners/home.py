"""The App Home, published each time somebody opens it."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from datetime import timedelta
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.payload import Json, text
from bot.slack_errors import translating
from bot.views.home import render_home
from orchestration.requests import Requests
from orchestration.retries import trying_again
from recipes.ids import TeamId, UserId

# How long somebody who opened the home may still look at it empty.
PATIENCE: Final = timedelta(seconds=30)


class Home:
    """What opening the home does."""

    def __init__(self, requests: Requests, team_id: TeamId) -> None:
        self._requests = requests
        self._team_id = team_id

    async def open(self, event: Json, client: AsyncWebClient) -> None:
        """Publish the home of whoever opened it; the messages tab needs nothing."""
        if event.get("tab") != "home":
            return
        user_id = UserId(text(event, "user"))

        async def publish() -> None:
            home = await self._requests.describe_home(self._team_id, user_id)
            async with translating("views.publish"):
                await client.views_publish(user_id=user_id, view=render_home(home))

        await trying_again(publish, for_long=PATIENCE)
