"""Forms: opened, looked at while they are filled, turned step by step, and taken when they are sent."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.listeners.form_entries import list_fields, read_entries, read_place
from bot.listeners.opening import Opening, change_view, replace_view
from bot.payload import Json, part, parts, text
from bot.views.fields import CHECK, PARAM, block_id_of, render_option
from bot.views.form import render_form
from orchestration.drafting.catalogue import Catalogue
from orchestration.drafting.forms import Forms
from recipes.errors import ThreadworkError
from recipes.form import Form
from recipes.ids import TeamId, UserId

log = structlog.get_logger()

TITLE = "Your request"


class FormDesk:
    """What people do with forms."""

    def __init__(
        self, forms: Forms, catalogue: Catalogue, opening: Opening, boundary: Boundary, team_id: TeamId
    ) -> None:
        self._forms = forms
        self._catalogue = catalogue
        self._opening = opening
        self._boundary = boundary
        self._team_id = team_id

    async def open(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Open the form of a draft as it stands."""

        async def render() -> Json:
            return render_form(await self._forms.reopen(self._team_id, text(action, "value"), _user(body)))

        async with self._boundary.answering(ack, body, client):
            await self._opening.open(client, body, ack, title=TITLE, view=render())

    async def look(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Look at a field that was touched: what depends on it appears or goes, and a mistake is named at once."""
        async with self._boundary.answering(ack, body, client):
            step = read_place(part(body, "view"))[1]
            touched = text(action, "block_id").removeprefix(PARAM)
            form = await self._keep(body, step=step, touched=touched)
            await ack()
            shown = render_form(form)
            if _outline(shown) != _outline(part(body, "view")):
                await self._show(client, body, shown, step=step)

    async def turn_back(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Show an earlier step."""
        async with self._boundary.answering(ack, body, client):
            value = text(action, "value")
            step = int(value) if value.isdecimal() else 0
            form = await self._keep(body, step=step)
            await ack()
            await self._show(client, body, render_form(form), step=step)

    async def offer(self, ack: Ack, body: Json) -> None:
        """Fill a field with the choices that fit what is typed; there are more than Slack takes at once."""
        try:
            slug, _ = read_place(part(body, "view"))
            name = text(body, "block_id").removeprefix(PARAM)
            found = await self._catalogue.search_choices(self._team_id, slug, name, text(body, "value"))
        except ThreadworkError as error:
            log.info("choices_empty", error=str(error))
            await ack(options=[])
        else:
            await ack(options=[render_option(choice) for choice in found])

    async def send(self, ack: Ack, body: Json, view: Json) -> None:
        """Take a step, or the form; what is wrong is said at its fields, all of it at once."""
        try:
            form = await self._forms.send(
                self._team_id,
                text(view, "private_metadata"),
                _user(body),
                read_entries(view),
                submission=text(view, "id"),
            )
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.refuse_form(ack, body, error)
            return
        if form is None:
            await ack()
        elif errors := _errors(form, view):
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="update", view=render_form(form))

    async def close(self, ack: Ack, body: Json, view: Json) -> None:
        """Keep what stands in a form that was closed: it stands there when the form is opened again."""
        await ack()
        try:
            step = read_place(view)[1]
            await self._keep({**body, "view": view}, step=step)
        except ThreadworkError as error:
            # Nobody looks at this form any more, and its request went on without it.
            log.info("closed_form_dropped", error=str(error))

    async def _keep(self, body: Json, *, step: int, touched: str | None = None) -> Form:
        view = part(body, "view")
        draft_id = text(view, "private_metadata")
        return await self._forms.keep(
            self._team_id, draft_id, _user(body), read_entries(view), step=step, touched=touched
        )

    async def _show(self, client: AsyncWebClient, body: Json, shown: Json, *, step: int) -> None:
        """Show the form; where another press changed it meanwhile, what both of them kept."""
        view = part(body, "view")
        if await change_view(client, view, shown):
            return
        form = await self._forms.reopen(self._team_id, text(view, "private_metadata"), _user(body), step=step)
        await replace_view(client, view, render_form(form))


def _errors(form: Form, view: Json) -> dict[str, str]:
    """Give what Slack shows at the fields; nothing where the form has to be drawn anew for it."""
    errors = {block_id_of(each.parameter): each.said for each in form.problems}
    is_here = read_place(view) == (form.recipe.slug, form.step)
    return errors if is_here and set(errors) <= set(list_fields(view)) else {}


def _outline(view: Json) -> list[tuple[str, str]]:
    """Give what of a form may change under somebody's hands: which fields it has, and what is said below them."""
    blocks = parts(view, "blocks")
    ours = (PARAM, CHECK)
    return [
        (text(block, "block_id"), str([text(said, "text") for said in parts(block, "elements")]))
        for block in blocks
        if text(block, "block_id").startswith(ours)
    ] + [("submit", text(part(view, "submit"), "text"))]


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
