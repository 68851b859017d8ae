"""Sent forms: all problems at once at their fields, or none and the draft goes on."""

from typing import Final

from bot.boundary import Ack, Boundary
from bot.payload import Json, part, text
from bot.views.form import ALSO_FROM, PARAM, PRIORITY, VALUE, block_id_of
from orchestration.requests import Requests
from recipes.ids import ChannelId, TeamId, UserId
from recipes.priority import HIGHEST, LOWEST

# Where an input's state holds what was entered, kind by kind.
PICKED: Final = ("value", "selected_date", "selected_user", "selected_channel")


class Forms:
    """What sending a form does."""

    def __init__(self, requests: Requests, boundary: Boundary, team_id: TeamId) -> None:
        self._requests = requests
        self._boundary = boundary
        self._team_id = team_id

    async def submit(self, ack: Ack, body: Json, view: Json) -> None:
        """Take a recipe's form."""
        try:
            problems = await self._requests.submit_form(
                self._team_id,
                text(view, "private_metadata"),
                UserId(text(part(body, "user"), "id")),
                read_state(view),
                priority=read_priority(view),
                also_from=read_also_from(view),
                submission=text(view, "id"),
            )
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.refuse_form(ack, body, error)
            return
        if problems:
            await ack(response_action="errors", errors={block_id_of(each.parameter): each.said for each in problems})
        else:
            await ack()


def read_state(view: Json) -> dict[str, str]:
    """Give what was entered, by parameter name; empty fields are left out."""
    values = part(view, "state", "values")
    raw = {
        name.removeprefix(PARAM): _read_element(part(values, name, VALUE)) for name in values if name.startswith(PARAM)
    }
    return {name: said for name, said in raw.items() if said}


def read_priority(view: Json) -> int | None:
    """Give the priority that was chosen, if one was."""
    chosen = _read_element(part(view, "state", "values", PRIORITY, VALUE))
    return int(chosen) if chosen.isdecimal() and HIGHEST <= int(chosen) <= LOWEST else None


def read_also_from(view: Json) -> ChannelId | None:
    """Give the other channel whose basket is to be read, if one was chosen."""
    chosen = text(part(view, "state", "values", ALSO_FROM, VALUE), "selected_conversation")
    return ChannelId(chosen) if chosen else None


def _read_element(element: Json) -> str:
    picked = next((text(element, field) for field in PICKED if text(element, field)), "")
    return picked or text(part(element, "selected_option"), "value")
