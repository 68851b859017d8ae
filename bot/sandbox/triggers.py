"""Trigger ids: the right to open one view, once, for three seconds after a person did something."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.sandbox.identity import Clock, new_secret
from bot.sandbox.wire import SlackError


@dataclass(frozen=True)
class Trigger:
    """Who did something, in which view, and when."""

    user: str
    view_id: str | None
    given_at: float
    is_spent: bool = False


class TriggerBook:
    """The trigger ids given so far."""

    def __init__(self, now: Clock, life: timedelta) -> None:
        self._now = now
        self._life = life
        self._given: dict[str, Trigger] = {}

    def give(self, user: str, view_id: str | None = None) -> str:
        """Give a new trigger id to this person's action."""
        trigger_id = f"{len(self._given) + 1}.{int(self._now())}.{new_secret()}"
        self._given[trigger_id] = Trigger(user, view_id, self._now())
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """Give the trigger if it may still open a view.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_spent:
            raise SlackError("exchanged_trigger_id")
        if self._now() - trigger.given_at > self._life.total_seconds():
            raise SlackError("expired_trigger_id")
        return trigger

    def spend(self, trigger_id: str) -> None:
        """Let the trigger open nothing more."""
        self._given[trigger_id] = replace(self._given[trigger_id], is_spent=True)
