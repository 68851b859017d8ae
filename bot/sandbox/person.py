"""Somebody who uses the workspace: a small client of the control API, for the demo and for scenario tests.

async with Person(sandbox.page_url, "Maya") as maya:
    ts = await maya.say("reports", "@Threadwork make a deck of this", files=[("numbers.csv", data)])
    offer = await maya.wait_for(lambda screen: screen.thread("reports", ts)[1:], what="an answer")
    await maya.press("draft.form", message_ts=offer[0]["ts"])
    form = await maya.open_view()
    await maya.fill(form["id"], {"param:topic": {"value": "Iowa"}})
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Any, Final, Self, TypeVar

from bot.sandbox.control_client import ControlClient, Refused
from bot.sandbox.screen import Screen, draw_message
from bot.sandbox.wire import Json

__all__ = ["Person", "Refused"]

WAIT_SECONDS: Final = 30.0
# As much of each conversation as a screen holds.
SCREEN_MESSAGES: Final = 300

Found = TypeVar("Found")


class Person(ControlClient):
    """One person of a running sandbox; an async context manager.

    Args:
        page_url: `Sandbox.page_url`, or the address printed at start: origin and token.
        name: who this is, by name or id.
    """

    def __init__(self, page_url: str, name: str) -> None:
        super().__init__(page_url, name)
        self.user_id = ""
        self.app_user_id = ""

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        try:
            state = await self.state()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        self.user_id, self.app_user_id = state["me"]["id"], state["app"]["user_id"]
        return self

    async def say(
        self, channel: str, text: str, thread_ts: str | None = None, files: Sequence[tuple[str, bytes]] = ()
    ) -> str:
        """Post a message, with files if there are any, and give its timestamp."""
        file_ids = [(await self.hand_in(name, content))["id"] for name, content in files]
        body = {"channel": channel, "text": text, "thread_ts": thread_ts, "file_ids": file_ids}
        return (await self._post("messages", body))["ts"]

    async def edit(self, channel: str, ts: str, text: str) -> None:
        """Give an own message other words."""
        await self._send("PATCH", f"messages/{channel}/{ts}", {"user": self.name, "text": text})

    async def delete(self, channel: str, ts: str) -> None:
        """Take back an own message."""
        await self._send("DELETE", f"messages/{channel}/{ts}", None, user=self.name)

    async def command(self, channel: str, command: str, text: str = "") -> Json:
        """Type a slash command and give what the app acknowledged with."""
        return (await self._post("commands", {"channel": channel, "command": command, "text": text}))["ack"]

    async def press(self, action_id: str, **where: Any) -> Json:  # noqa: ANN401 -- fields of the control API
        """Press a button or choose in a menu that is shown.

        Args:
            action_id: which element.
            where: `message_ts` (and `channel`) or `view_id`; `block_id` or `value` where several fit; for menus and
                inputs the new value as `value`.
        """
        return await self._post("actions", {"action_id": action_id, **where})

    async def fill(self, view_id: str, values: dict[str, dict[str, Any]]) -> Json:
        """Submit a form with these values, by block id and action id; the rest stays as it is shown.

        Returns:
            `response_action` (None when the form was taken) and `errors` by block id; `code` is `client_validation`
            where Slack itself refused.
        """
        return await self._post(f"views/{view_id}/submit", {"values": values})

    async def close_view(self, view_id: str, *, clear: bool = False) -> None:
        """Close a form without submitting it, or with `clear` all forms."""
        await self._post(f"views/{view_id}/close", {"clear": clear})

    async def shortcut(self, callback_id: str, *, message_ts: str | None = None) -> None:
        """Use a shortcut: of a message's menu, or a global one."""
        await self._post("shortcuts", {"callback_id": callback_id, "message_ts": message_ts})

    async def suggestions(self, action_id: str, typed: str = "", **where: Any) -> list[Json]:  # noqa: ANN401 -- as `press`
        """Type into a menu whose options the app gives, and give those options (or groups of options)."""
        answer = await self._post("suggestions", {"action_id": action_id, "value": typed, **where})
        return answer.get("options") or answer.get("option_groups") or []

    async def react(self, message_ts: str, name: str, *, remove: bool = False) -> None:
        """Put an emoji under a message, or take it away."""
        await self._post("reactions", {"message_ts": message_ts, "name": name, "remove": remove})

    async def stop(self, channel: str, thread_ts: str) -> None:
        """Press Slack's own Stop button in a thread where an agent is at work."""
        await self._post("stop", {"channel": channel, "thread_ts": thread_ts})

    async def look_at(self, channel: str | None) -> None:
        """Look at a conversation (or at none) while the app's messages are open beside it."""
        await self._post("context", {"channel": channel})

    async def join(self, channel: str, member: str | None = None) -> None:
        """Join a channel, or bring somebody in: a person or the app."""
        await self._post("members", {"channel": channel, "action": "join", "member": member})

    async def leave(self, channel: str, member: str | None = None) -> None:
        """Leave a channel, or send somebody out of it."""
        await self._post("members", {"channel": channel, "action": "leave", "member": member})

    async def open_home(self, tab: str = "home") -> None:
        """Open the app's home, or its messages."""
        await self._post("home", {"tab": tab})

    async def disturb_connection(self, action: str) -> None:
        """Let the workspace ask the app to reconnect (`disconnect`), or cut its connections (`close`)."""
        await self._post("socket", {"action": action})

    async def cause(self, fault: str, **details: str | int | None) -> None:
        """Let something go wrong: see `Fault` for the names and for `method`, `times`, `ms` and `retry_after`."""
        await self._post("faults", {"fault": fault, **details})

    async def mend(self) -> None:
        """Take back every fault that has not happened yet."""
        await self._send("DELETE", "faults", None)

    async def deliver_to(self, request_url: str | None) -> None:
        """Let the app be reached over signed HTTP at this address on this machine, or with None over Socket Mode."""
        mode = "http" if request_url else "socket"
        await self._post("delivery", {"mode": mode, "request_url": request_url})

    async def count_unacknowledged(self) -> int:
        """Give how many events the app has not acknowledged yet."""
        return (await self._get("delivery"))["unacknowledged"]

    async def open_view(self, timeout: float = WAIT_SECONDS) -> Json:  # noqa: ASYNC109 -- it says more on time-out
        """Give the form that is open for this person, as soon as there is one."""
        views = await self.wait_for(lambda screen: screen.views, timeout, "a form to open")
        return views[-1]

    async def wait_for(
        self,
        predicate: Callable[[Screen], Found],
        timeout: float = WAIT_SECONDS,  # noqa: ASYNC109 -- it says more on time-out
        what: str = "something to happen",
    ) -> Found:
        """Give the first truthy thing the predicate finds on this person's screen, now or after some change.

        Raises:
            TimeoutError: with a picture of the screen.
        """
        screen = Screen({}, {})
        try:
            async with asyncio.timeout(timeout), aclosing(self.screens()) as screens:
                async for screen in screens:
                    found = predicate(screen)
                    if found:
                        return found
        except TimeoutError as error:
            sentence = f"{self.name} waited {timeout:g} s for {what}. On the screen:"
            raise TimeoutError(f"{sentence}\n{screen.draw()}") from error
        raise ConnectionError(f"The workspace closed while {self.name} waited for {what}.")

    async def screens(self) -> AsyncGenerator[Screen]:
        """Yield the screen as it is, then again after each change; it is one object that keeps changing."""
        is_whole = False
        while not is_whole:
            screen, seen_id = await self._look()
            yield screen
            is_whole = True
            async with aclosing(self.changes(seen_id)) as changes:
                async for change in changes:
                    is_whole = change["kind"] != "reset"
                    if not is_whole:
                        break
                    screen.apply(change)
                    yield screen

    async def thread(self, channel: str, ts: str) -> list[Json]:
        """Give a thread's messages as this person sees them, oldest first."""
        return (await self._get("messages", channel=channel, thread_ts=ts))["messages"]

    async def messages(self, channel: str) -> list[Json]:
        """Give every message of a conversation, oldest first."""
        return (await self._get("messages", channel=channel))["messages"]

    async def state(self) -> Json:
        """Give the workspace as this person sees it: people, conversations, open forms, home."""
        return await self._get("state")

    async def draw(self, channel: str, ts: str) -> str:
        """Give a thread as text, for the terminal."""
        names = _names(await self.state())
        return "\n".join(draw_message(message, names) for message in await self.thread(channel, ts))

    async def _look(self) -> tuple[Screen, int]:
        state = await self.state()
        by_name = {place["name"]: place["id"] for place in state["conversations"]}
        screen = Screen(_names(state), by_name, views=state["views"], home=state["home"])
        screen.connections, screen.troubles = state["connections"], state["troubles"]
        for status in state["statuses"]:
            screen.note_status(status)
        for place in state["conversations"]:
            if place["message_count"] and place["is_member"]:
                shown = (await self._get("messages", channel=place["id"], limit=str(SCREEN_MESSAGES)))["messages"]
                screen.messages[place["id"]] = {message["ts"]: message for message in shown}
        return screen, state["change_id"]


def _names(state: Json) -> dict[str, str]:
    return {person["id"]: person["real_name"] for person in state["people"]}
