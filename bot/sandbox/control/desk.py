"""Asks the app on a person's behalf, and shows that person the error Slack would show when no answer comes."""

from bot.sandbox.control.requests import ControlError
from bot.sandbox.delivery import Delivery
from bot.sandbox.journal import Journal
from bot.sandbox.people import User
from bot.sandbox.transport import NoAnswer, Question
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

ACK_NAMES = {"slash": "@ack:command", "view_submission": "@ack:view", "block_suggestion": "@ack:options"}


class Desk:
    """One question to the app at a time, journalled with its acknowledgement."""

    def __init__(self, workspace: Workspace, delivery: Delivery, journal: Journal) -> None:
        self._workspace = workspace
        self._delivery = delivery
        self._journal = journal

    async def ask(self, user: User, payload: Json, *, failed: str) -> Json:
        """Give what the app acknowledged with.

        Args:
            user: who did something.
            payload: what the app is told.
            failed: the sentence this person reads when the app does not answer.

        Raises:
            ControlError: 504 when it does not answer.
        """
        kind = "slash" if "command" in payload else str(payload["type"])
        envelope: Question = "slash_commands" if kind == "slash" else "interactive"
        try:
            answer = await self._delivery.ask(envelope, payload, expects_payload=kind in ACK_NAMES)
        except NoAnswer as error:
            self._workspace.tell_trouble(failed, user=user.id)
            raise ControlError(504, "operation_timeout", f"{failed} {error}") from error
        if kind in ACK_NAMES:
            self._journal.write(ACK_NAMES[kind], answer, {})
        return answer

    def refuse(self, user: User, error: SlackError) -> ControlError:
        """Give the error for an acknowledgement that Slack would not take, and tell the person."""
        details = "; ".join([error.code, *error.messages])
        sentence = f"The app answered with something Slack does not accept: {details}."
        self._workspace.tell_trouble(sentence, user=user.id)
        return ControlError(502, "invalid_ack", sentence)
