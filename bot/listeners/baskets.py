"""Baskets in Slack: the modal that shows one, its buttons, and the menu of a message."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

import asyncio
from datetime import timedelta
from typing import Final, cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary, Respond
from bot.chat import Workspace
from bot.hearing import is_spoken, make_said
from bot.listeners.membership import is_member
from bot.payload import Json, part, text
from bot.slack_errors import SlackUnreachable, opening_form, translating
from bot.views.basket import Place, read_words, render_basket, render_loading
from orchestration.baskets.baskets import Baskets
from orchestration.baskets.keeping import Wish
from recipes.basket import BasketEntry, BasketPage, EntryNotFound
from recipes.ids import ChannelId, TeamId, UserId

NOT_HERE: Final = (
    "I am not in this conversation, so it has no basket with me. Invite me here, then use the shortcut again."
)
# docs.slack.dev, interactivity: an acknowledgement within 3 seconds
ANSWER: Final = timedelta(seconds=2)


class BasketDesk:
    """What people see and press of baskets."""

    def __init__(self, baskets: Baskets, boundary: Boundary, workspace: Workspace) -> None:
        self._baskets = baskets
        self._boundary = boundary
        self._workspace = workspace

    async def open(self, client: AsyncWebClient, trigger_id: str, place: Place, user_id: UserId) -> None:
        """Open the modal at once, and fill it when it is known that this person may look."""
        async with opening_form():
            opened = await client.views_open(trigger_id=trigger_id, view=render_loading(place))
        body: Json = {"view": part(cast("Json", opened.data), "view"), "user": {"id": user_id}}
        async with self._boundary.explaining(body, client):
            await self._show(client, body, place)

    async def pick(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the basket of the conversation that was chosen in the home."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            place = Place(channel_id=text(action, "selected_conversation"))
            await self.open(client, text(body, "trigger_id"), place, _user(body))

    async def search(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        """Look for the words in the field."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            place = _place_of(body)
            found = read_words(part(body, "view", "state", "values"))
            await self._show(client, body, _at(place, words=found, number=0))

    async def submit(self, ack: Ack, body: Json, view: Json) -> None:
        """Look for the words in the field; the modal stays open.

        The page goes with the acknowledgement: an update sent after it may come before it.
        """
        try:
            async with asyncio.timeout(ANSWER.total_seconds()):
                found = read_words(part(view, "state", "values"))
                page = await self._read(body, _at(_place_of(body), words=found, number=0))
        except TimeoutError:
            await self._boundary.refuse_form(ack, body, SlackUnreachable("conversations.members", "slow"))
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.refuse_form(ack, body, error)
        else:
            await ack(response_action="update", view=render_basket(page))

    async def turn(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Turn to an older or newer page."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            place = _place_of(body)
            number = text(action, "value")
            await self._show(client, body, _at(place, number=int(number) if number.isdecimal() else 0))

    async def switch(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Show what was archived, or what was not."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            place = _place_of(body)
            is_archive = text(action, "value") == "archived"
            await self._show(client, body, _at(place, number=0, is_archive=is_archive))

    async def archive(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Take an entry out, and offer to undo it."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            place = _place_of(body)
            where = (self._team_id, ChannelId(place.channel_id), _user(body))
            entry = await self._baskets.archive(*where, text(action, "value"))
            await self._show(client, body, place, undo=entry)

    async def restore(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Put an entry back."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            place = _place_of(body)
            where = (self._team_id, ChannelId(place.channel_id), _user(body))
            await self._baskets.put_back(*where, text(action, "value"))
            await self._show(client, body, place)

    async def keep(self, ack: Ack, respond: Respond, shortcut: Json, client: AsyncWebClient) -> None:
        """Put a message into its conversation's basket; the answer comes when it is there."""
        async with self._boundary.answering(ack, shortcut, client):
            wish = self._wish(shortcut)
            if not await is_member(client, wish.said.thread.channel_id):
                await respond(text=NOT_HERE, response_type="ephemeral")
                return
            await self._baskets.ask_to_keep(wish, pressed_ts=text(shortcut, "action_ts"))

    @property
    def _team_id(self) -> TeamId:
        return self._workspace.team_id

    async def _read(self, body: Json, place: Place) -> BasketPage:
        return await self._baskets.show(
            self._team_id,
            ChannelId(place.channel_id),
            _user(body),
            words=place.words,
            number=place.number,
            is_archive=place.is_archive,
        )

    async def _show(self, client: AsyncWebClient, body: Json, place: Place, *, undo: BasketEntry | None = None) -> None:
        page = await self._read(body, place)
        async with translating("views.update"):
            shown = render_basket(page.model_copy(update={"undo": undo}))
            await client.views_update(view_id=text(part(body, "view"), "id"), view=shown)

    def _wish(self, shortcut: Json) -> Wish:
        message, user_id = part(shortcut, "message"), _user(shortcut)
        speaker = "person" if is_spoken(message) else "us" if self._is_ours(message) else "app"
        # What an app says has no person; of those we only look at our own results, which we know by their place.
        spoken = {**message, "user": text(message, "user") or user_id}
        said = make_said(
            spoken,
            team_id=self._team_id,
            channel_id=text(part(shortcut, "channel"), "id"),
            bot_user_id=self._workspace.bot_user_id,
        )
        wordless = said.model_copy(update={"text": "", "words": ""})
        return Wish(said=said if speaker == "person" else wordless, by=user_id, speaker=speaker)

    def _is_ours(self, message: Json) -> bool:
        return text(message, "user") == self._workspace.bot_user_id


def _at(place: Place, **changed: str | int) -> Place:
    return place.model_copy(update=changed)


def _place_of(body: Json) -> Place:
    place = Place.read(text(part(body, "view"), "private_metadata"))
    if place is None:
        raise EntryNotFound("")
    return place


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
