"""A conversation in memory, with switches for what can go wrong outside: fits `ThreadPort`."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot.hearing import to_words
from bot.slack_errors import ChannelShut, SlackUnreachable
from recipes.audience import Audience
from recipes.conversation import Said, SharedFile, Thread
from recipes.ids import ChannelId, MessageTs, SlackFileId, TeamId, UserId
from recipes.mentions import map_channels, name_people, show_mentions
from recipes.progress import Progress
from recipes.reply import Reply
from recipes.session import SessionStatus
from recipes.source import FileRefused
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM

FIRST_TS = 1_794_906_000


def word(text: str) -> dict[str, Any]:
    """Give what a message that Slack sends with this text has of it."""
    words = to_words(text)
    return {"text": show_mentions(words), "words": words, "channels": map_channels(words)}


@dataclass
class Post:
    """One message of ours."""

    channel_id: str
    thread_ts: str | None
    ts: str
    key: str | None
    said: Any
    """A reply, a progress, or the text of a root."""
    edits: int = 0


@dataclass
class Place:
    """A conversation and who is in it."""

    members: list[str]
    kind: str = "public"
    has_bot: bool = True
    name: str | None = None


@dataclass
class FakeThreads:
    """One workspace."""

    places: dict[str, Place] = field(default_factory=lambda: {CHANNEL: Place([MAYA, JONAS, "U0BOT"])})
    names: dict[str, str] = field(default_factory=lambda: {MAYA: "Maya", JONAS: "Jonas"})
    zones: dict[str, str] = field(default_factory=lambda: {MAYA: "Etc/UTC", JONAS: "Etc/UTC"})
    posts: list[Post] = field(default_factory=list)
    heard: list[Said] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    """Bytes of files, of people's and of ours, by file id."""
    shares: list[tuple[str, str]] = field(default_factory=list)
    """(thread, file) of what was shared, visible after `looks_until_visible` looks."""
    looks_until_visible: int = 0
    sessions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """(status, title) of what the workspace itself shows of a thread, by the thread's root."""
    has_sessions: bool = True
    whispers: list[tuple[str, str | None, str, str]] = field(default_factory=list)
    """(conversation, root if beside replies, who reads it, what)."""
    calls: list[str] = field(default_factory=list)
    _before: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    _after: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    _clock: int = 0

    # Switches and looks for tests

    def fail(self, verb: str, error: Exception | None = None, *, times: int = 1) -> None:
        """Let the next calls of a verb fail before anything happens."""
        self._before[verb].extend([error or SlackUnreachable(verb, "test")] * times)

    def lose_answer(self, verb: str, error: Exception | None = None) -> None:
        """Let the next call of a verb happen, and its answer get lost."""
        self._after[verb].append(error or SlackUnreachable(verb, "test"))

    def hear(
        self, text: str, *, user_id: str = MAYA, channel_id: str = CHANNEL, thread_ts: str | None = None, **more: Any
    ) -> Said:
        """Let a person say something; give it as the inbox gets it."""
        ts = self._tick()
        thread = Thread(team_id=TEAM, channel_id=channel_id, thread_ts=thread_ts or ts)
        said = Said(**{"thread": thread, "ts": ts, "user_id": user_id, **word(text), **more})
        self.heard.append(said)
        return said

    def put_file(self, name: str, content: bytes) -> SharedFile:
        """Let a person upload a file."""
        file_id = SlackFileId(f"F{len(self.contents) + 1:04d}")
        self.contents[file_id] = content
        return SharedFile(id=file_id, name=name, size_bytes=len(content), url=f"https://files.slack.com/{file_id}")

    def list_said(self, thread: Thread) -> list[Any]:
        """Give what we said in a thread, as it stands."""
        return [post.said for post in self.posts if post.thread_ts == thread.thread_ts]

    # The port

    async def open_thread(
        self, team_id: TeamId, channel_id: ChannelId | None, user_id: UserId, *, text: str, key: str
    ) -> Thread:
        self._begin("open_thread")
        place = self.places.get(channel_id) if channel_id else None
        where = channel_id if channel_id and place is not None and place.has_bot else ChannelId(f"D0{user_id[2:]}")
        self.places.setdefault(where, Place([user_id, "U0BOT"], kind="direct"))
        known = next((post for post in self.posts if post.channel_id == where and post.key == key), None)
        ts = known.ts if known else self._post(where, None, text, key)
        self._end("open_thread")
        return Thread(team_id=team_id, channel_id=where, thread_ts=MessageTs(ts))

    async def say(self, thread: Thread, reply: Reply, *, key: str) -> MessageTs:
        self._begin("say", thread)
        ts = self._post(thread.channel_id, thread.thread_ts, reply, key)
        self._end("say")
        return MessageTs(ts)

    async def amend(self, thread: Thread, ts: MessageTs, reply: Reply) -> None:
        self._begin("amend", thread)
        self._edit(ts, reply)
        self._end("amend")

    async def whisper(self, thread: Thread, user_id: UserId, *, text: str, in_thread: bool) -> None:
        self._begin("whisper")
        place = self.places.get(thread.channel_id)
        is_there = place is not None and place.has_bot and user_id in place.members
        where = thread.channel_id if is_there else ChannelId(f"D0{user_id[2:]}")
        self.whispers.append((where, thread.thread_ts if in_thread and is_there else None, user_id, text))
        self._end("whisper")

    async def show_progress(self, thread: Thread, ts: MessageTs | None, progress: Progress, *, key: str) -> MessageTs:
        self._begin("show_progress", thread)
        if ts is None:
            ts = MessageTs(self._post(thread.channel_id, thread.thread_ts, progress, key))
        else:
            self._edit(ts, progress)
        self._end("show_progress")
        return ts

    async def show_session(self, thread: Thread, status: SessionStatus, *, title: str) -> bool:
        self._begin("show_session", thread)
        if self.has_sessions:
            _, first = self.sessions.get(thread.thread_ts, (None, title))
            self.sessions[thread.thread_ts] = (status.value, first)
        self._end("show_session")
        return self.has_sessions

    async def find_effect(self, thread: Thread, key: str) -> MessageTs | None:
        self._begin("find_effect", thread)
        found = (post.ts for post in self.posts if post.thread_ts == thread.thread_ts and post.key == key)
        return MessageTs(ts) if (ts := next(found, None)) else None

    async def upload(self, team_id: TeamId, filename: str, content: bytes, *, title: str) -> SlackFileId:
        self._begin("upload")
        file = self.put_file(filename, content)
        self._end("upload")
        return file.id

    async def share(self, thread: Thread, file_id: SlackFileId, *, title: str) -> None:
        self._begin("share", thread)
        self.shares.append((thread.thread_ts, file_id))
        self._end("share")

    async def is_shared(self, thread: Thread, file_id: SlackFileId) -> bool:
        self._begin("is_shared", thread)
        if (thread.thread_ts, file_id) not in self.shares:
            return False
        self.looks_until_visible -= 1
        return self.looks_until_visible < 0

    async def read_messages(self, thread: Thread) -> tuple[Said, ...]:
        self._begin("read_messages", thread)
        return tuple([await self.describe(said) for said in self.heard if said.thread == thread])

    async def find_zone(self, team_id: TeamId, user_id: UserId) -> str | None:
        self._begin("find_zone")
        return self.zones.get(user_id)

    async def describe(self, said: Said) -> Said:
        self._begin("describe")
        link = f"https://sandbox.slack.com/archives/{said.thread.channel_id}/p{said.ts.replace('.', '')}"
        if said.ts != said.thread.thread_ts:
            link += f"?thread_ts={said.thread.thread_ts}&cid={said.thread.channel_id}"
        names = {UserId(user_id): name for user_id, name in self.names.items()}
        author = self.names.get(said.user_id, said.user_id)
        words = name_people(said.words, names)
        shown = {"words": words, "text": show_mentions(words) or said.text, "zone": self.zones.get(said.user_id)}
        return said.model_copy(update={"author": author, "permalink": link, **shown})

    async def open_file(self, team_id: TeamId, file: SharedFile, *, most_bytes: int) -> bytes:
        self._begin("open_file")
        if file.url is None:
            raise FileRefused(file.name, "does not lie with Slack, so I cannot read it")
        content = self.contents[file.id]
        if len(content) > most_bytes:
            raise FileRefused(file.name, "is too large")
        return content

    async def members(self, team_id: TeamId, channel_id: ChannelId) -> tuple[UserId, ...]:
        self._begin("members")
        if channel_id not in self.places:
            raise ChannelShut("conversations.members", "channel_not_found")
        return tuple(UserId(each) for each in self.places[channel_id].members)

    async def audience(self, team_id: TeamId, channel_id: ChannelId) -> Audience:
        self._begin("audience")
        place = self.places[channel_id]
        return Audience(channel_id=channel_id, kind=place.kind, members=len(place.members), name=place.name)

    def _begin(self, verb: str, thread: Thread | None = None) -> None:
        self.calls.append(verb)
        if self._before[verb]:
            raise self._before[verb].pop(0)
        if thread is not None and not self.places[thread.channel_id].has_bot:
            raise ChannelShut(verb, "not_in_channel")

    def _end(self, verb: str) -> None:
        if self._after[verb]:
            raise self._after[verb].pop(0)

    def _post(self, channel_id: str, thread_ts: str | None, said: object, key: str | None) -> str:
        post = Post(channel_id=channel_id, thread_ts=thread_ts, ts=self._tick(), key=key, said=said)
        self.posts.append(post)
        return post.ts

    def _edit(self, ts: str, said: object) -> None:
        post = next(post for post in self.posts if post.ts == ts)
        post.said = said
        post.edits += 1

    def _tick(self) -> str:
        self._clock += 1
        return f"{FIRST_TS + self._clock}.000100"
