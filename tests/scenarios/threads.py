"""A thread as one person follows it: says things, waits for what the bot answers, presses what it shows."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.person import Person
from bot.sandbox.screen import buttons_of, words_of

Json = dict[str, Any]
Files = Sequence[tuple[str, bytes]]

# A noisy machine is slow; a wait ends as soon as what it waits for is there.
PATIENCE_S: Final = 30.0
BEGINNING: Final = "0"
DIRECT: Final = "Threadwork"
STATUS_WORDS: Final = ("I am still missing", "waits for your approval", "This work is", "There is no work in this")


@dataclass(frozen=True)
class WorkThread:
    """One thread and one person in it."""

    person: Person
    channel: str
    ts: str

    async def say(self, text: str, files: Files = ()) -> str:
        """Reply in the thread; gives the reply's timestamp."""
        return await self.person.say(self.channel, text, thread_ts=self.ts, files=files)

    async def read(self) -> list[Json]:
        """Give the thread as this person sees it now."""
        return await self.person.thread(self.channel, self.ts)

    async def read_answers(self) -> list[Json]:
        """Give what the bot has said in it, but for its answers to `settle`."""
        bot = self.person.app_user_id
        return [each for each in await self.read() if each["user"] == bot and not _tells_status(each)]

    async def wait_for(
        self, fits: Callable[[Json], object], what: str, *, after: str = BEGINNING, patience_s: float = PATIENCE_S
    ) -> Json:
        """Give the first message by the bot later than `after` that fits, as soon as there is one."""
        bot = self.person.app_user_id

        def find(screen: Any) -> Json | None:
            messages = (each for each in screen.thread(self.channel, self.ts) if each["user"] == bot)
            return next((each for each in messages if each["ts"] > after and fits(each)), None)

        found = await self.person.wait_for(find, patience_s, what)
        assert found is not None
        return found

    async def words(self, phrase: str, *, after: str = BEGINNING) -> Json:
        """Give the bot's message that holds this phrase."""
        return await self.wait_for(lambda each: phrase in words_of(each), f"“{phrase}”", after=after)

    async def button(self, action_id: str, *, after: str = BEGINNING) -> Json:
        """Give the bot's message that shows this button."""
        return await self.wait_for(lambda each: action_id in buttons_of(each), f"the button {action_id}", after=after)

    async def brief(self, *, after: str = BEGINNING) -> Json:
        """Give the brief that can be approved."""
        return await self.button("brief.approve", after=after)

    async def press(self, action_id: str, message: Json, *, by: Person | None = None) -> None:
        """Press a button of a message; gives back when the bot has acknowledged it."""
        await (by or self.person).press(action_id, message_ts=message["ts"], channel=message["channel"])

    async def approve(self) -> Json:
        """Wait for the brief and approve it; gives the brief as it was."""
        brief = await self.brief()
        await self.press("brief.approve", brief)
        return brief

    async def deck(self) -> Json:
        """Give the presentation that arrives in the thread."""
        message = await self.wait_for(lambda each: bool(list_decks(each)), "the presentation")
        return list_decks(message)[0]

    async def ending(self) -> Json:
        """Give the progress message when it says that the work is done, after the summary has come."""
        await self.words("is in this thread")
        return await self.wait_for(lambda each: each["text"].startswith("Done"), "the end")

    async def session(self, *shown: str) -> str:
        """Wait until Slack itself shows one of these of the work in this thread; gives which."""
        found = await self.person.wait_for(
            lambda screen: (now := screen.session(self.channel, self.ts)) in shown and now,
            PATIENCE_S,
            f"the session to be {' or '.join(shown)}",
        )
        return str(found)

    async def settle(self) -> None:
        """Wait until the bot has worked all that was said here before.

        Asked twice: Slack's events overtake one another, so the first answer only shows that the rest has arrived.
        """
        for _ in range(2):
            asked = await self.say("status")
            await self.wait_for(_tells_status, "an answer to status", after=asked)

    async def settle_until(self, is_so: Callable[[], object]) -> None:
        """Wait until the bot has come so far, where events that overtake one another are not the story."""
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                await self.settle()


def _tells_status(message: Json) -> bool:
    return any(words in message["text"] for words in STATUS_WORDS)


async def open_thread(person: Person, text: str, *, channel: str = "reports", files: Files = ()) -> WorkThread:
    """Say something in a channel and give its thread."""
    return WorkThread(person, channel, await person.say(channel, text, files=files))


def list_decks(message: Json) -> list[Json]:
    """Give the presentations that a message shows."""
    return list_files(message, "pptx")


def list_files(message: Json, ending: str) -> list[Json]:
    """Give the files of a kind that a message shows."""
    return [file for file in message.get("files") or [] if file["name"].endswith(f".{ending}")]


def list_private(messages: Sequence[Json]) -> list[str]:
    """Give the words of what only this person sees."""
    return [words_of(message) for message in messages if message["is_ephemeral"]]
