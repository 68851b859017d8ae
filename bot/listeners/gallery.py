"""The gallery and the home: searched, turned page by page, and a recipe chosen."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from datetime import timedelta
from typing import Final, cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.listeners.opening import Opening, change_view, replace_view
from bot.payload import Json, part, text
from bot.slack_errors import FormTooLate, translating
from bot.views.form import render_form
from bot.views.gallery import TITLE, Place, read_words, render_gallery
from bot.views.home import render_home
from orchestration.drafting.forms import Forms
from orchestration.drafting.gallery import Gallery
from orchestration.retries import trying_again
from recipes.ids import ChannelId, TeamId, UserId

# How long somebody who opened the home may still look at it empty.
PATIENCE: Final = timedelta(seconds=30)
FORM_TITLE: Final = "Your request"


class GalleryDesk:
    """What people see and press of the gallery, in its modal and in the home."""

    def __init__(self, gallery: Gallery, forms: Forms, opening: Opening, boundary: Boundary, team_id: TeamId) -> None:
        self._gallery = gallery
        self._forms = forms
        self._opening = opening
        self._boundary = boundary
        self._team_id = team_id

    async def open(self, client: AsyncWebClient, press: Json, ack: Ack, place: Place) -> None:
        """Open the modal with this press."""

        async def render() -> Json:
            return render_gallery(await self._gallery.show(self._team_id, _user(press)), place)

        await self._opening.open(client, press, ack, title=TITLE, view=render())

    async def open_home(self, event: Json, client: AsyncWebClient) -> None:
        """Publish the home of whoever opened it; the messages tab has none."""
        if event.get("tab") != "home":
            return
        user_id = UserId(text(event, "user"))

        async def publish() -> None:
            await self._publish(client, user_id, words="", number=0)

        await trying_again(publish, for_long=PATIENCE)

    async def search(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        """Show what fits the words in the field."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            await self._show(client, body, number=0)

    async def turn(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Show another page."""
        async with self._boundary.answering(ack, body, client):
            await ack()
            value = text(action, "value")
            await self._show(client, body, number=int(value) if value.isdecimal() else 0)

    async def submit(self, ack: Ack, body: Json, view: Json) -> None:
        """Show what fits the words in the field; the modal stays open."""
        try:
            page = await self._gallery.show(self._team_id, _user(body), words=_words(view))
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.refuse_form(ack, body, error)
        else:
            shown = render_gallery(page, Place.read(text(view, "private_metadata")))
            await ack(response_action="update", view=shown)

    async def pick(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the form of the chosen recipe; the gallery turns into it, elsewhere it is a new modal."""
        async with self._boundary.answering(ack, body, client):
            view = part(body, "view")
            making = self._render_choice(body, action, client)
            if view.get("type") != "modal":
                await self._opening.open(client, body, ack, title=FORM_TITLE, view=making)
                return
            shown = await making
            await ack()
            if not await change_view(client, view, shown):
                raise FormTooLate("hash_conflict")

    async def _render_choice(self, body: Json, action: Json, client: AsyncWebClient) -> Json:
        """Give the form of the chosen recipe: of the draft that the button names, else of a new one."""
        draft_id, _, slug = text(action, "value").rpartition(".")
        place = Place.read(text(part(body, "view"), "private_metadata"))
        who = (self._team_id, draft_id, _user(body))
        if draft_id:
            return render_form(await self._forms.choose(*who, slug, message_ts=place.message_ts))
        chosen_in = place.channel_id or text(part(body, "channel"), "id")
        channel = ChannelId(chosen_in) if chosen_in else await _open_direct(client, _user(body))
        return render_form(await self._forms.open(self._team_id, channel, _user(body), slug, words=""))

    async def _show(self, client: AsyncWebClient, body: Json, *, number: int) -> None:
        view = part(body, "view")
        if view.get("type") == "home":
            await self._publish(client, _user(body), words=_words(view), number=number)
            return
        page = await self._gallery.show(self._team_id, _user(body), words=_words(view), number=number)
        shown = render_gallery(page, Place.read(text(view, "private_metadata")))
        # Of two searches in a row the later one counts, though the first changed the modal meanwhile.
        if not await change_view(client, view, shown):
            await replace_view(client, view, shown)

    async def _publish(self, client: AsyncWebClient, user_id: UserId, *, words: str, number: int) -> None:
        home = await self._gallery.show_home(self._team_id, user_id, words=words, number=number)
        async with translating("views.publish"):
            await client.views_publish(user_id=user_id, view=render_home(home))


async def _open_direct(client: AsyncWebClient, user_id: UserId) -> ChannelId:
    """Give the person's direct messages with us: where work from the home lands."""
    async with translating("conversations.open"):
        opened = await client.conversations_open(users=[user_id])
    return ChannelId(text(part(cast("Json", opened.data), "channel"), "id"))


def _words(view: Json) -> str:
    return read_words(part(view, "state", "values"))


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
