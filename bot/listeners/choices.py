"""What is chosen in a brief before it is approved: each listener is one call."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.payload import Json, part, parts, text
from bot.views.brief_choices import read_block_id, render_options
from orchestration.drafting.choices import Choices
from recipes.audience import Sharing
from recipes.draft import DraftNotFound
from recipes.errors import ThreadworkError
from recipes.ids import SourceKey, TeamId, UserId
from recipes.server_tool import ServerTool, ServerToolNotOffered

log = structlog.get_logger()


class BriefChoices:
    """Leave out, put back, say who may read the result, and what may be used beyond it."""

    def __init__(self, choices: Choices, boundary: Boundary, team_id: TeamId) -> None:
        self._choices = choices
        self._boundary = boundary
        self._team_id = team_id

    async def offer(self, ack: Ack, body: Json) -> None:
        """Fill a menu that is being opened; one that is not this person's, or no longer stands, is empty."""
        try:
            draft_id, brief_no = read_brief_value(read_block_id(text(body, "block_id")))
            brief = await self._choices.get_brief(self._team_id, draft_id, brief_no, _user(body))
        except ThreadworkError as error:
            log.info("menu_empty", error=str(error))
            await ack(options=[])
        else:
            await ack(options=render_options(brief, text(body, "action_id"), text(body, "value")))

    async def leave_out(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Leave the chosen source out."""
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(read_block_id(text(action, "block_id")))
            await self._choices.leave_out(self._team_id, draft_id, brief_no, _user(body), key=_chosen(action))

    async def put_back(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Read the chosen source again."""
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(read_block_id(text(action, "block_id")))
            await self._choices.put_back(self._team_id, draft_id, brief_no, _user(body), key=_chosen(action))

    async def drop(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Leave out what not everybody in the conversation can read."""
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(text(action, "value"))
            await self._choices.leave_closed_out(self._team_id, draft_id, brief_no, _user(body))

    async def go_on(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Let the result stand in the thread all the same."""
        await self._share(ack, body, action, client, Sharing.EVERYBODY)

    async def keep_private(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Let the result go to the requester alone."""
        await self._share(ack, body, action, client, Sharing.REQUESTER)

    async def tick(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Let the work use what is ticked, beyond its sources."""
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(read_block_id(text(action, "block_id")))
            tools = read_ticks(draft_id, action)
            await self._choices.use(self._team_id, draft_id, brief_no, _user(body), tools=tools)

    async def _share(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient, sharing: Sharing) -> None:
        async with self._boundary.answering(ack, body, client):
            draft_id, brief_no = read_brief_value(text(action, "value"))
            await self._choices.share(self._team_id, draft_id, brief_no, _user(body), sharing=sharing)


def read_brief_value(value: str) -> tuple[str, int]:
    """Give the draft and the number of its brief that a button carries.

    Raises:
        DraftNotFound: it carries something else.
    """
    draft_id, _, number = value.rpartition(".")
    if not draft_id or not number.isdecimal():
        raise DraftNotFound(value)
    return draft_id, int(number)


def read_ticks(draft_id: str, action: Json) -> frozenset[ServerTool]:
    """Give the server tools that are ticked.

    Raises:
        ServerToolNotOffered: there is no such tool.
    """
    try:
        return frozenset(ServerTool(text(each, "value")) for each in parts(action, "selected_options"))
    except ValueError as error:
        raise ServerToolNotOffered(draft_id) from error


def _chosen(action: Json) -> SourceKey:
    return SourceKey(text(part(action, "selected_option"), "value"))


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
