"""One request as a person at a screen sees it through: whoever is not heard tries again."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from bot.sandbox.control_client import Refused
from bot.sandbox.person import Person
from bot.sandbox.screen import buttons_of, words_of
from tests.chaos.desk import ASKING
from tests.scenarios.threads import WorkThread, list_decks, open_thread

Json = dict[str, Any]

NOTE: Final = b"Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
# What the bot says of a press that it could not take.
TRY_AGAIN: Final = "try this again"
LOOK_S: Final = 0.25


class Plot(StrEnum):
    """What happens between approval and end."""

    PLAIN = "plain"
    ASKED = ASKING
    """The agent asks, the person replies."""
    STOPPED = "halted"
    """The person stops the work, then lets it go on."""


@dataclass
class Story:
    """A person's request, from the first word to its end."""

    person: Person
    channel: str
    topic: str
    plot: Plot
    thread: WorkThread = field(init=False)
    shown: list[Json] = field(default_factory=list[Json])
    is_over: bool = False
    _said: set[str] = field(default_factory=set[str])
    _pressed: dict[str, int] = field(default_factory=dict[str, int])

    async def play(self) -> None:
        """Ask, and do what the screen asks for, until the work is done."""
        request = f"@Threadwork a presentation about {self.topic}"
        self.thread = await open_thread(self.person, request, channel=self.channel, files=[("wind.txt", NOTE)])
        while not self.is_over:
            await self.look()
            await self._react()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """See what stands in the thread now."""
        self.shown = await self.thread.read_answers()
        is_done = any(each["text"].startswith("Done") for each in self.shown)
        self.is_over = is_done and any(list_decks(each) for each in self.shown)

    async def _react(self) -> None:
        for message in self.shown:
            buttons, words = buttons_of(message), words_of(message)
            if "brief.approve" in buttons:
                await self._press("brief.approve", message)
            elif "ticket.answer" in buttons and self.plot is Plot.ASKED:
                await self._say("the north")
            elif "ticket.stop" in buttons and words.startswith("Working") and self.plot is Plot.STOPPED:
                await self._say("stop")
            elif "ticket.retry" in buttons:
                await self._press("ticket.retry", message)

    async def _say(self, text: str) -> None:
        """Say it once: Slack keeps what was said."""
        if text not in self._said:
            self._said.add(text)
            await self.thread.say(text)

    async def _press(self, action_id: str, message: Json) -> None:
        """Press until it was taken, and again where we are told to try again."""
        asked_again = sum(TRY_AGAIN in words_of(each) for each in self.shown)
        if self._pressed.get(action_id) == asked_again:
            return
        try:
            await self.thread.press(action_id, message)
        except Refused:
            return
        self._pressed[action_id] = asked_again
