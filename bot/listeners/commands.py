"""The slash command: `/work`, `/work RECIPE [words]`, and the reserved words."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary, Respond
from bot.hearing import to_words
from bot.listeners.baskets import BasketDesk
from bot.listeners.gallery import FORM_TITLE, GalleryDesk
from bot.listeners.membership import is_member
from bot.listeners.opening import Opening
from bot.payload import Json, text
from bot.views import basket, gallery
from bot.views.form import render_form
from bot.views.gallery import render_command_help, render_list, render_matches
from bot.views.limits import escape_words
from orchestration.conversation.thread_words import HELP
from orchestration.drafting.forms import Forms
from orchestration.drafting.gallery import Gallery
from orchestration.drafting.requests import Requests
from recipes.ids import ChannelId, RecipeSlug, TeamId, UserId
from recipes.mentions import map_channels, show_mentions
from recipes.recipe import RecipeNotFound

RESERVED: Final = frozenset({"list", "status", "help", "note", "basket", "schedule", "again"})

ELSEWHERE: Final = (
    "I am not in this channel, so the work goes to our direct messages. Invite me here to have it in a thread."
)


class Commands:
    """What `/work` does."""

    def __init__(
        self,
        requests: Requests,
        forms: Forms,
        recipes: Gallery,
        *,
        baskets: BasketDesk,
        galleries: GalleryDesk,
        opening: Opening,
        boundary: Boundary,
        team_id: TeamId,
    ) -> None:
        self._requests = requests
        self._forms = forms
        self._recipes = recipes
        self._baskets = baskets
        self._galleries = galleries
        self._opening = opening
        self._boundary = boundary
        self._team_id = team_id

    async def work(self, ack: Ack, respond: Respond, command: Json, client: AsyncWebClient) -> None:
        """Answer the command, or open the gallery or a form."""
        words = to_words(text(command, "text").strip())
        word, _, rest = show_mentions(words).strip().partition(" ")
        try:
            if word == "basket":
                await ack()
                place = basket.Place(channel_id=text(command, "channel_id"), words=rest.strip()[: basket.WORDS_CHARS])
                await self._baskets.open(client, text(command, "trigger_id"), place, UserId(text(command, "user_id")))
            elif word in RESERVED:
                await ack(response_type="ephemeral", text=await self._answer(word, rest.strip(), command))
            elif not word or await self._is_recipe(word):
                await self._open(word.lower(), rest.strip(), ack, command, client, map_channels(words))
                if not await is_member(client, text(command, "channel_id")):
                    await respond(text=ELSEWHERE, response_type="ephemeral")
            else:
                await self._suggest(word, rest.strip(), ack)
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.explain_command(ack, respond, error)

    async def _is_recipe(self, word: str) -> bool:
        return any(card.slug == word.lower() for card in await self._requests.list_cards(self._team_id))

    async def _open(
        self, slug: str, words: str, ack: Ack, command: Json, client: AsyncWebClient, channels: dict[str, ChannelId]
    ) -> None:
        channel, user_id = ChannelId(text(command, "channel_id")), UserId(text(command, "user_id"))
        press = {**command, "user": {"id": user_id}}
        if not slug:
            await self._galleries.open(client, press, ack, gallery.Place(channel_id=channel))
            return

        async def render() -> Json:
            form = await self._forms.open(self._team_id, channel, user_id, slug, words=words, channels=channels)
            return render_form(form)

        await self._opening.open(client, press, ack, title=FORM_TITLE, view=render())

    async def _suggest(self, word: str, rest: str, ack: Ack) -> None:
        """Show what may be meant by the beginning of a name, or by a name with a slip in it."""
        cards = await self._recipes.list_matching(self._team_id, word)
        cards = cards or await self._recipes.list_matching(self._team_id, f"{word} {rest}")
        if not cards:
            raise RecipeNotFound(RecipeSlug(word))
        await ack(response_type="ephemeral", text=render_list(cards), blocks=render_matches(word, rest, cards))

    async def _answer(self, word: str, rest: str, command: Json) -> str:
        match word:
            case "help":
                return f"{HELP}\n{render_command_help(await self._requests.list_cards(self._team_id))}"
            case "list":
                return render_list(await self._requests.list_cards(self._team_id))
            case "status":
                said = await self._requests.describe_work(self._team_id, UserId(text(command, "user_id")))
                return escape_words(said)
            case "note" if rest:
                await self._requests.add_note(
                    self._team_id,
                    ChannelId(text(command, "channel_id")),
                    text(command, "user_name"),
                    rest,
                    added_by=UserId(text(command, "user_id")),
                )
                return "Noted in this channel's basket. Work that starts here reads it; `/work basket` shows it."
            case "note":
                return "Write the note after the word: `/work note The launch moved to May`."
            case _:
                return (
                    f"`/work {word}` is reserved and does nothing in this release. `/work list` shows what I can make."
                )
