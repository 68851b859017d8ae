"""Buttons and the form of work that is under way: each listener is one call."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from slack_sdk.web.async_client import AsyncWebClient

from bot.boundary import Ack, Boundary
from bot.payload import Json, part, text
from bot.slack_errors import translating
from bot.views.ticket_question import ANSWER, VALUE, render_answer_form
from orchestration.tickets.cap_raises import CapRaises
from orchestration.tickets.tickets import Tickets
from recipes.ids import TeamId, UserId
from recipes.question import QuestionNotFound


class TicketButtons:
    """Stop, go on, answer, raise the cap."""

    def __init__(self, tickets: Tickets, cap_raises: CapRaises, boundary: Boundary, team_id: TeamId) -> None:
        self._tickets = tickets
        self._cap_raises = cap_raises
        self._boundary = boundary
        self._team_id = team_id

    async def stop(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Stop the work."""
        async with self._boundary.answering(ack, body, client):
            await self._tickets.stop(self._team_id, text(action, "value"), _user(body))

    async def go_on(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Let stopped or failed work go on."""
        async with self._boundary.answering(ack, body, client):
            await self._tickets.go_on(self._team_id, text(action, "value"), _user(body))

    async def raise_cap(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Let work spend more that stopped at its cap."""
        async with self._boundary.answering(ack, body, client):
            await self._cap_raises.accept(self._team_id, text(action, "value"), _user(body))

    async def answer(self, ack: Ack, body: Json, action: Json, client: AsyncWebClient) -> None:
        """Take the option that was chosen, or open the form for an answer in words."""
        async with self._boundary.answering(ack, body, client):
            question_id, _, place = text(action, "value").partition(".")
            question = await self._tickets.get_question(self._team_id, question_id, _user(body))
            if not place:
                async with translating("views.open"):
                    await client.views_open(trigger_id=text(body, "trigger_id"), view=render_answer_form(question))
                return
            if not place.isdecimal() or int(place) >= len(question.options):
                raise QuestionNotFound(question_id)
            await self._tickets.answer(self._team_id, question_id, _user(body), question.options[int(place)])

    async def submit_answer(self, ack: Ack, body: Json, view: Json) -> None:
        """Take the form."""
        said = text(part(view, "state", "values", ANSWER, VALUE), "value").strip()
        if not said:
            await ack(response_action="errors", errors={ANSWER: "Write an answer, or close the form."})
            return
        try:
            await self._tickets.answer(self._team_id, text(view, "private_metadata"), _user(body), said)
        except Exception as error:  # noqa: BLE001 (the boundary's)
            await self._boundary.refuse_form(ack, body, error)
        else:
            await ack()


def _user(body: Json) -> UserId:
    return UserId(text(part(body, "user"), "id"))
