"""The conversation over Slack's Web API: fits `ThreadPort`."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.files import FileDoor
from bot.hearing import is_spoken, make_said
from bot.payload import Json, part, parts, text
from bot.slack_errors import NO_SESSIONS, BlocksRefused, ChannelShut, SlackRefused, translating
from bot.views.limits import SESSION_TITLE_CHARS, Block, clip, escape_words
from bot.views.message import Message
from bot.views.progress import render_progress
from bot.views.reply import render_reply
from orchestration.readers.texts.characters import drop_unseen
from recipes.audience import Audience
from recipes.conversation import Said, SharedFile, Thread
from recipes.ids import ChannelId, MessageTs, SlackFileId, TeamId, UserId
from recipes.mentions import list_people, name_people, show_mentions
from recipes.progress import Progress
from recipes.reply import Reply
from recipes.session import SessionStatus

Shown = TypeVar("Shown")

# Under this event type our messages carry the key of the effect that they are.
EFFECT: Final = "threadwork_effect"
# docs.slack.dev, conversations.replies and conversations.history: limit
PAGE: Final = 200
# Roots are looked up among this many newest messages of a channel.
ROOTS_SEEN: Final = 100


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """The workspace that the token belongs to, as `auth.test` says."""

    team_id: TeamId
    bot_user_id: UserId
    url: str


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What people are called, and the time zone that they live in."""

    name: str
    zone: str | None


class Chat:
    """One workspace's conversations."""

    def __init__(self, *, client: AsyncWebClient, workspace: Workspace, files: FileDoor) -> None:
        """Take a client without retries of its own: a repeated post is a second message.

        Args:
            client: With the bot's token.
            workspace: Whose it is.
            files: The way to files' bytes.
        """
        self._client = client
        self._workspace = workspace
        self._files = files
        self._profiles: dict[UserId, Profile] = {}
        self._takes_newer_blocks = True

    async def open_thread(
        self, team_id: TeamId, channel_id: ChannelId | None, user_id: UserId, *, text: str, key: str
    ) -> Thread:
        """See `ThreadPort.open_thread`."""
        if channel_id is not None:
            with suppress(ChannelShut):
                return await self._open_root(team_id, channel_id, text=text, key=key)
        direct = await self._open_direct(user_id)
        return await self._open_root(team_id, direct, text=text, key=key)

    async def say(self, thread: Thread, reply: Reply, *, key: str) -> MessageTs:
        """See `ThreadPort.say`."""
        return await self._post(thread.channel_id, render_reply(reply), key=key, thread_ts=thread.thread_ts)

    async def amend(self, thread: Thread, ts: MessageTs, reply: Reply) -> None:
        """See `ThreadPort.amend`."""
        await self._edit(thread.channel_id, ts, render_reply(reply))

    async def whisper(self, thread: Thread, user_id: UserId, *, text: str, in_thread: bool) -> None:
        """See `ThreadPort.whisper`."""
        said, under = escape_words(text), thread.thread_ts if in_thread else None
        try:
            async with translating("chat.postEphemeral"):
                await self._client.chat_postEphemeral(
                    channel=thread.channel_id, user=user_id, thread_ts=under, text=said
                )
        except ChannelShut:
            direct = await self._open_direct(user_id)
            async with translating("chat.postMessage"):
                await self._client.chat_postMessage(channel=direct, text=said, unfurl_links=False, unfurl_media=False)

    async def show_progress(self, thread: Thread, ts: MessageTs | None, progress: Progress, *, key: str) -> MessageTs:
        """See `ThreadPort.show_progress`."""
        message = render_progress(progress)
        if ts is None:
            return await self._post(thread.channel_id, message, key=key, thread_ts=thread.thread_ts)
        await self._edit(thread.channel_id, ts, message)
        return ts

    async def show_session(self, thread: Thread, status: SessionStatus, *, title: str) -> bool:
        """See `ThreadPort.show_session`."""
        try:
            async with translating("agents.sessions.setStatus"):
                await self._client.agents_sessions_setStatus(
                    channel_id=thread.channel_id,
                    thread_ts=thread.thread_ts,
                    status=status.value,
                    title=clip(title, SESSION_TITLE_CHARS) or None,
                )
        except SlackRefused as refused:
            if refused.code not in NO_SESSIONS:
                raise
            return False
        return True

    async def find_effect(self, thread: Thread, key: str) -> MessageTs | None:
        """See `ThreadPort.find_effect`."""
        async for message in self._list_replies(thread):
            if _key_of(message) == key:
                return MessageTs(message["ts"])
        return None

    async def upload(self, team_id: TeamId, filename: str, content: bytes, *, title: str) -> SlackFileId:  # noqa: ARG002 (one workspace so far; the title goes with the share)
        """See `ThreadPort.upload`."""
        async with translating("files.getUploadURLExternal"):
            given = await self._client.files_getUploadURLExternal(filename=filename, length=len(content))
        await self._files.put(cast("str", given["upload_url"]), content)
        return SlackFileId(cast("str", given["file_id"]))

    async def share(self, thread: Thread, file_id: SlackFileId, *, title: str) -> None:
        """See `ThreadPort.share`."""
        async with translating("files.completeUploadExternal"):
            await self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}], channel_id=thread.channel_id, thread_ts=thread.thread_ts
            )

    async def is_shared(self, thread: Thread, file_id: SlackFileId) -> bool:
        """See `ThreadPort.is_shared`."""
        async with translating("files.info"):
            answer = await self._client.files_info(file=file_id)
        shares = part(_data(answer), "file", "shares")
        places = [place for kind in shares for place in parts(part(shares, kind), thread.channel_id)]
        return any(place.get("thread_ts") == thread.thread_ts for place in places)

    async def read_messages(self, thread: Thread) -> tuple[Said, ...]:
        """See `ThreadPort.read_messages`."""
        found = [message async for message in self._list_replies(thread) if is_spoken(message)]
        return tuple([await self.describe(self._said(thread, message)) for message in found])

    async def describe(self, said: Said) -> Said:
        """See `ThreadPort.describe`."""
        people = {each: await self._find_profile(each) for each in list_people(said.words)}
        named = name_people(said.words, {each: profile.name for each, profile in people.items()})
        author = await self._find_profile(said.user_id)
        return said.model_copy(
            update={
                "author": author.name,
                "zone": author.zone,
                "words": named,
                "text": show_mentions(named) or said.text,
                "permalink": self._permalink(said),
            }
        )

    async def find_zone(self, team_id: TeamId, user_id: UserId) -> str | None:  # noqa: ARG002 (one workspace so far)
        """See `ThreadPort.find_zone`."""
        return (await self._find_profile(user_id)).zone

    async def open_file(self, team_id: TeamId, file: SharedFile, *, most_bytes: int) -> bytes:  # noqa: ARG002 (one workspace so far)
        """See `ThreadPort.open_file`."""
        return await self._files.get(file, token=self._client.token or "", most_bytes=most_bytes)

    async def members(self, team_id: TeamId, channel_id: ChannelId) -> tuple[UserId, ...]:  # noqa: ARG002 (one workspace so far)
        """See `ThreadPort.members`."""
        found: list[UserId] = []
        cursor: str | None = None
        while cursor != "":
            async with translating("conversations.members"):
                page = await self._client.conversations_members(channel=channel_id, cursor=cursor, limit=PAGE)
            found.extend(UserId(each) for each in cast("list[str]", page["members"]))
            cursor = _next_cursor(_data(page))
        return tuple(found)

    async def audience(self, team_id: TeamId, channel_id: ChannelId) -> Audience:  # noqa: ARG002 (one workspace so far)
        """See `ThreadPort.audience`."""
        async with translating("conversations.info"):
            answer = await self._client.conversations_info(channel=channel_id, include_num_members=True)
        channel = part(_data(answer), "channel")
        if channel.get("is_im"):
            return Audience(channel_id=channel_id, kind="direct", members=2)
        kind = "private" if channel.get("is_private") or channel.get("is_mpim") else "public"
        members, name = int(channel.get("num_members") or 0), text(channel, "name") or None
        return Audience(channel_id=channel_id, kind=kind, members=members, name=name)

    async def _open_root(self, team_id: TeamId, channel_id: ChannelId, *, text: str, key: str) -> Thread:
        async with translating("conversations.history"):
            page = await self._client.conversations_history(
                channel=channel_id, limit=ROOTS_SEEN, include_all_metadata=True
            )
        messages = parts(_data(page), "messages")
        found = next((message["ts"] for message in messages if _key_of(message) == key), None)
        ts = found or await self._post(channel_id, Message(text=escape_words(text), blocks=()), key=key, thread_ts=None)
        return Thread(team_id=team_id, channel_id=channel_id, thread_ts=MessageTs(ts))

    async def _open_direct(self, user_id: UserId) -> ChannelId:
        async with translating("conversations.open"):
            opened = await self._client.conversations_open(users=[user_id])
        return ChannelId(text(part(_data(opened), "channel"), "id"))

    async def _post(
        self, channel_id: ChannelId, message: Message, *, key: str, thread_ts: MessageTs | None
    ) -> MessageTs:
        async def post(blocks: list[Block]) -> str:
            async with translating("chat.postMessage"):
                answer = await self._client.chat_postMessage(
                    channel=channel_id,
                    thread_ts=thread_ts,
                    text=message.text,
                    blocks=blocks or None,
                    metadata={"event_type": EFFECT, "event_payload": {"key": key}},
                    unfurl_links=False,
                    unfurl_media=False,
                )
            return cast("str", answer["ts"])

        return MessageTs(await self._on_ladder(message, post))

    async def _edit(self, channel_id: ChannelId, ts: MessageTs, message: Message) -> None:
        async def edit(blocks: list[Block]) -> None:
            async with translating("chat.update"):
                await self._client.chat_update(channel=channel_id, ts=ts, text=message.text, blocks=blocks)

        await self._on_ladder(message, edit)

    async def _on_ladder(self, message: Message, show: Callable[[list[Block]], Awaitable[Shown]]) -> Shown:
        """Show a message on the highest rung that the workspace takes; it is found out once."""
        if message.lower is None:
            return await show(list(message.blocks))
        if self._takes_newer_blocks:
            try:
                return await show(list(message.blocks))
            except BlocksRefused:
                # An older workspace, or one without agent features: from now on it gets the lower rung.
                self._takes_newer_blocks = False
        return await show(list(message.lower))

    async def _list_replies(self, thread: Thread) -> AsyncGenerator[Json]:
        cursor: str | None = None
        while cursor != "":
            async with translating("conversations.replies"):
                page = await self._client.conversations_replies(
                    channel=thread.channel_id, ts=thread.thread_ts, limit=PAGE, cursor=cursor, include_all_metadata=True
                )
            for message in parts(_data(page), "messages"):
                yield message
            cursor = _next_cursor(_data(page))

    async def _find_profile(self, user_id: UserId) -> Profile:
        if user_id not in self._profiles:
            async with translating("users.info"):
                answer = await self._client.users_info(user=user_id)
            user = part(_data(answer), "user")
            profile = part(user, "profile")
            shown = text(profile, "display_name") or text(profile, "real_name") or text(user, "name")
            self._profiles[user_id] = Profile(name=drop_unseen(shown) or user_id, zone=text(user, "tz") or None)
        return self._profiles[user_id]

    def _said(self, thread: Thread, message: Json) -> Said:
        return make_said(
            message,
            team_id=thread.team_id,
            channel_id=thread.channel_id,
            bot_user_id=self._workspace.bot_user_id,
        )

    def _permalink(self, said: Said) -> str:
        # The form that chat.getPermalink answers; asking for each message would cost a call each.
        place = f"{self._workspace.url}archives/{said.thread.channel_id}/p{said.ts.replace('.', '')}"
        if said.ts == said.thread.thread_ts:
            return place
        return f"{place}?thread_ts={said.thread.thread_ts}&cid={said.thread.channel_id}"


def _data(answer: AsyncSlackResponse) -> Json:
    return cast("Json", answer.data)


def _key_of(message: Json) -> str | None:
    metadata = part(message, "metadata")
    return text(part(metadata, "event_payload"), "key") if metadata.get("event_type") == EFFECT else None


def _next_cursor(page: Json) -> str:
    return text(part(page, "response_metadata"), "next_cursor")
