"""Persist, then acknowledge: the middleware that keeps what is said before Slack hears that we have it.

Bolt acknowledges an event before its listener runs, so the row is written here. If that fails the answer is 500 (over
a socket: none) and Slack sends the event again. What is said outside engaged threads is dropped here, never kept or
logged.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat import Workspace
from bot.hearing import is_spoken, make_said
from bot.payload import Json, part, text
from orchestration.arrivals import lane_of
from orchestration.drafting.requests import Requests
from recipes.conversation import InboxKind, Said, Thread, arrival_key, deletion_key
from recipes.ids import ChannelId, MessageTs, UserId


class Inbox:
    """Keeps messages that concern us."""

    def __init__(self, requests: Requests, workspace: Workspace) -> None:
        self._requests = requests
        self._workspace = workspace

    async def keep(self, body: Json, next_: Callable[[], Awaitable[Any]]) -> None:
        """Keep the event if it concerns us, then let Bolt go on; an exception here is Slack's to repeat."""
        event = part(body, "event")
        if body.get("type") == "event_callback" and event.get("type") in {"message", "app_mention"}:
            await self._keep_message(event)
        if body.get("type") == "event_callback" and event.get("type") == "agent_session_stopped":
            await self._keep_stop(event)
        await next_()

    async def _keep_message(self, event: Json) -> None:
        match event.get("subtype"):
            case "message_changed":
                await self._keep_change(event)
            case "message_deleted":
                await self._keep_deletion(event)
            case _ if is_spoken(event):
                await self._keep_said(event)
            case _:
                return

    async def _keep_said(self, event: Json) -> None:
        said = self._said(event, text(event, "channel"), direct=event.get("channel_type") == "im")
        if said.mentions_bot or said.is_direct or await self._requests.is_engaged(said.thread):
            key = arrival_key(said.thread.channel_id, said.ts)
            await self._receive(InboxKind.MESSAGE, said.model_dump(mode="json"), said.thread, key, said.ts)

    async def _keep_stop(self, event: Json) -> None:
        thread = self._thread(text(event, "channel"), text(event, "thread_ts"))
        when = text(event, "event_ts")
        said = Said(thread=thread, ts=MessageTs(when), user_id=UserId(text(event, "user")), text="stop")
        key = f"stopped:{thread.channel_id}:{thread.thread_ts}:{when}"
        await self._receive(InboxKind.SESSION_STOPPED, said.model_dump(mode="json"), thread, key, when)

    async def _keep_change(self, event: Json) -> None:
        message = part(event, "message")
        if not is_spoken(message):
            return
        said = self._said(message, text(event, "channel"), direct=False)
        if await self._concerns_us(said.thread, said.ts):
            when = text(event, "event_ts") or text(event, "ts")
            key = f"changed:{_place(said)}:{when}"
            await self._receive(InboxKind.MESSAGE_CHANGED, said.model_dump(mode="json"), said.thread, key, when)

    async def _keep_deletion(self, event: Json) -> None:
        before = part(event, "previous_message")
        channel, ts = text(event, "channel"), text(event, "deleted_ts")
        thread = self._thread(channel, text(before, "thread_ts") or ts)
        if await self._concerns_us(thread, MessageTs(ts)):
            payload = {"channel_id": channel, "ts": ts}
            when = text(event, "event_ts") or text(event, "ts")
            await self._receive(InboxKind.MESSAGE_DELETED, payload, thread, deletion_key(channel, ts), when)

    async def _concerns_us(self, thread: Thread, ts: MessageTs) -> bool:
        if await self._requests.is_engaged(thread):
            return True
        return await self._requests.is_kept(thread.team_id, thread.channel_id, ts)

    async def _receive(self, kind: InboxKind, payload: Json, thread: Thread, key: str, when: str) -> None:
        await self._requests.receive(thread.team_id, kind, payload, key=key, lane=lane_of(thread), happened_ts=when)

    def _said(self, message: Json, channel: str, *, direct: bool) -> Said:
        said = make_said(
            message, team_id=self._workspace.team_id, channel_id=channel, bot_user_id=self._workspace.bot_user_id
        )
        return said.model_copy(update={"is_direct": said.is_direct or direct})

    def _thread(self, channel: str, thread_ts: str) -> Thread:
        return Thread(team_id=self._workspace.team_id, channel_id=ChannelId(channel), thread_ts=MessageTs(thread_ts))


def _place(said: Said) -> str:
    return f"{said.thread.channel_id}:{said.ts}"
