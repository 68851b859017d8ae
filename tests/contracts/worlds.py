"""Where a conversation takes place, for the contract of `ThreadPort`: in memory, and in the sandbox over the wire."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Chat, Workspace
from bot.files import FileDoor
from bot.sandbox.person import Person
from bot.sandbox.seed import ChannelSeed, SlackRules, WorkspaceSeed
from bot.sandbox.server import Sandbox
from orchestration.ports import ThreadPort
from recipes.conversation import SharedFile, Thread
from tests.fakes.nouns import CHANNEL, JONAS, MAYA
from tests.fakes.threads import FakeThreads, Place

CLOSED = "C0LOBBY"
PRIVATE = "C0BOARD"
SEED = WorkspaceSeed(
    channels=(
        ChannelSeed("reports", members=("Maya", "Jonas")),
        ChannelSeed("lobby", has_bot=False),
        ChannelSeed("board", members=("Maya",), is_private=True),
    )
)
RULES = SlackRules(share_delay=timedelta(milliseconds=5))


class World(Protocol):
    """A workspace with Maya and Jonas in #reports, Maya in a private #board, and a #lobby without the bot."""

    threads: ThreadPort
    team_id: str

    async def say(
        self,
        text: str,
        *,
        channel: str = CHANNEL,
        thread_ts: str | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> str:
        """Let Maya say something; give its `ts`."""
        ...

    async def see(self, thread: Thread) -> list[str]:
        """Give what a person sees of ours in the thread, each message as text."""
        ...

    async def see_session(self, thread: Thread) -> tuple[str, str] | None:
        """Give the status and the title of the thread's session."""
        ...

    async def overhear(self, user_id: str, channel: str) -> str:
        """Give, as text, what we said in a conversation that only this person reads."""
        ...


class FakeWorld:
    """In memory."""

    team_id = "T0SANDBOX"

    def __init__(self, *, has_sessions: bool = True) -> None:
        self.threads = FakeThreads(
            has_sessions=has_sessions,
            places={
                CHANNEL: Place([MAYA, JONAS, "U0BOT"]),
                CLOSED: Place([MAYA, JONAS], has_bot=False),
                PRIVATE: Place([MAYA, "U0BOT"], kind="private"),
                "D0MAYA": Place([MAYA, "U0BOT"], kind="direct"),
            },
        )

    async def say(
        self,
        text: str,
        *,
        channel: str = CHANNEL,
        thread_ts: str | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> str:
        shared: tuple[SharedFile, ...] = tuple(self.threads.put_file(*file) for file in files)
        # Slack sends what people type with its three entities escaped; mentions are Slack's own.
        wire = text.replace("&", "&amp;")
        return self.threads.hear(wire, channel_id=channel, thread_ts=thread_ts, files=shared).ts

    async def see(self, thread: Thread) -> list[str]:
        here = (post for post in self.threads.posts if thread.thread_ts in {post.ts, post.thread_ts})
        return [str(post.said) for post in here]

    async def see_session(self, thread: Thread) -> tuple[str, str] | None:
        return self.threads.sessions.get(thread.thread_ts)

    async def overhear(self, user_id: str, channel: str) -> str:
        return str([said for where, _, reader, said in self.threads.whispers if (where, reader) == (channel, user_id)])


class SandboxWorld:
    """In the sandbox, over the wire."""

    def __init__(self, threads: Chat, maya: Person, sandbox: Sandbox) -> None:
        self.threads = threads
        self.team_id = sandbox.workspace.identity.team_id
        self._maya = maya

    async def say(
        self,
        text: str,
        *,
        channel: str = CHANNEL,
        thread_ts: str | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> str:
        return await self._maya.say(channel, text, thread_ts=thread_ts, files=list(files))

    async def see(self, thread: Thread) -> list[str]:
        async for screen in self._maya.screens():
            messages = screen.thread(thread.channel_id, thread.thread_ts)
            return [str(each) for each in messages if each.get("user") == self._maya.app_user_id]
        raise AssertionError("no screen came")

    async def see_session(self, thread: Thread) -> tuple[str, str] | None:
        for each in (await self._maya.state())["statuses"]:
            if (each["channel"], each["thread_ts"]) == (thread.channel_id, thread.thread_ts):
                return each["session"], each["title"]
        return None

    async def overhear(self, user_id: str, channel: str) -> str:
        assert user_id == MAYA
        messages = await self._maya.messages(channel)
        return str([each for each in messages if each["is_ephemeral"] or channel.startswith("D")])


@asynccontextmanager
async def opening_sandbox_world(*, has_sessions: bool = True) -> AsyncIterator[SandboxWorld]:
    """Give a sandbox with somebody in it, and the real chat."""
    async with (
        Sandbox(seed=SEED, rules=replace(RULES, agent_features=has_sessions)) as sandbox,
        aiohttp.ClientSession() as session,
        Person(sandbox.page_url, "Maya") as maya,
    ):
        client = AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        who = await client.auth_test()
        workspace = Workspace(team_id=who["team_id"], bot_user_id=who["user_id"], url=who["url"])
        files = FileDoor(session, api_url=sandbox.api_url)
        yield SandboxWorld(Chat(client=client, workspace=workspace, files=files), maya, sandbox)
