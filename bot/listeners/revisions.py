"""The form of a revision: opened by its button, and taken when it is sent."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.listeners.opening import Opening
from bot.payload import Json, part, parts, text
from bot.views.fields import VALUE
from bot.views.revision_form import FIELD, KEEP, render_revision_form
from orchestration.tickets.revision_forms import RevisionForms
from recipes.ids import ChannelId, TeamId, UserId
from recipes.revision_form import RevisionEntries

TITLE = "What to change"
WORDS = f"{FIELD}words"
"""There in every form: it says what has no field of its own there."""

LENGTH = f"{FIELD}length"
"""There where a language model works on it, and nowhere else."""


class RevisionDesk:
    """What people do with forms of revisions."""

    def __init__(self, forms: RevisionForms, opening: Opening, boundary: Boundary, team_id: TeamId) -> None:
        self._forms = forms
        self._opening = opening
        self._boundary = boundary
        self._team_id = team_id

    async def open(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the form of what the button stands under."""

        async def render() -> Json:
            channel_id = ChannelId(text(part(body, "channel"), "id"))
            output_id = text(action, "value")
            return render_revision_form(
                await self._forms.open(self._team_id, output_id, _user(body), channel_id=channel_id)
            )

        async with self._boundary.answering(ack, body, client):
            await self._opening.open(client, body, ack, title=TITLE, view=render())

    async def send(self, ack: Ack, body: Json, view: Json) -> None:
        """Take the form; what is wrong is said at its fields, all of it at once."""
        entries, submission = read_revision(view), text(view, "id")
        try:
            problems = await self._forms.send(self._team_id, entries, _user(body), submission=submission)
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.refuse_form(ack, body, error)
            return
        if not problems:
            await ack()
            return
        shown = _list_shown(view)
        said = {f"{FIELD}{name}": sentence for name, sentence in problems.items()}
        await ack(
            response_action="errors",
            errors={name if name in shown else WORDS: sentence for name, sentence in said.items()},
        )


def read_revision(view: Json) -> RevisionEntries:
    """Give what stands in the form."""
    version = _choice(view, "version")
    length = _choice(view, "length")
    return RevisionEntries(
        output_id=text(view, "private_metadata"),
        words=text(_state(view, "words"), "value"),
        may_write=LENGTH in _list_shown(view),
        theme=_choice(view, "theme"),
        count=text(_state(view, "count"), "value").strip(),
        length="shorter" if length == "shorter" else "longer" if length == "longer" else None,
        version=int(version) if version and version.isdecimal() else None,
    )


def _choice(view: Json, name: str) -> str | None:
    chosen = text(part(_state(view, name), "selected_option"), "value")
    return None if chosen in {"", KEEP} else chosen


def _list_shown(view: Json) -> set[str]:
    """Give the ids of the form's fields."""
    return {text(block, "block_id") for block in parts(view, "blocks")}


def _state(view: Json, name: str) -> Json:
    return part(view, "state", "values", f"{FIELD}{name}", VALUE)


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
