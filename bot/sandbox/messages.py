"""Messages and their threads: what stands in each conversation, and who is told when it changes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.sandbox.wire import Json


@dataclass(frozen=True)
class Reaction:
    """One emoji under a message and who gave it."""

    name: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Message:
    """One message; `only_for` makes it an ephemeral one that a single person sees."""

    channel: str
    ts: str
    user: str
    text: str
    is_bot: bool = False
    subtype: str | None = None
    thread_ts: str | None = None
    parent_user_id: str | None = None
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    file_ids: tuple[str, ...] = ()
    metadata: Json | None = None
    reactions: tuple[Reaction, ...] = ()
    edited_ts: str | None = None
    client_msg_id: str | None = None
    only_for: str | None = None
    is_gone: bool = field(default=False)

    @property
    def root_ts(self) -> str:
        """The timestamp a reply to this message uses."""
        return self.thread_ts or self.ts

    @property
    def is_reply(self) -> bool:
        """It stands inside a thread, not in the channel itself."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_in_channel(self) -> bool:
        """Somebody who reads the channel without opening threads sees it."""
        return not self.is_reply or self.subtype == "thread_broadcast"


Watcher = Callable[[Message | None, Message | None], None]


class MessageBook:
    """All messages, oldest first in each conversation; watchers get (before, after) of every change."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._replies: dict[tuple[str, str], list[str]] = {}
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Call this with every change: (None, new), (old, new) or (old, None)."""
        self._watchers.append(watcher)

    def find(self, channel: str, ts: str) -> Message | None:
        """Give the message at this timestamp, if there is one."""
        return self._by_channel.get(channel, {}).get(ts)

    def find_anywhere(self, ts: str) -> Message | None:
        """Give the message at this timestamp in whichever conversation; timestamps are unique in the workspace."""
        return next((held[ts] for held in self._by_channel.values() if ts in held), None)

    def list_all(self, channel: str) -> list[Message]:
        """Give the messages of a conversation, replies and ephemeral ones too."""
        return list(self._by_channel.get(channel, {}).values())

    def list_replies(self, channel: str, thread_ts: str) -> list[Message]:
        """Give the replies of a thread without its first message."""
        held = self._by_channel.get(channel, {})
        return [held[ts] for ts in self._replies.get((channel, thread_ts), ()) if ts in held]

    def add(self, message: Message) -> Message:
        """Put a new message at the end."""
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply and message.thread_ts:
            self._replies.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        self._tell(None, message)
        return message

    def replace(self, old: Message, new: Message) -> Message:
        """Put the new state of a message in the place of the old one."""
        self._by_channel[old.channel][old.ts] = new
        self._tell(old, new)
        return new

    def remove(self, message: Message) -> None:
        """Take a message away; the first message of a living thread stays as a tombstone."""
        if self.list_replies(message.channel, message.ts):
            stone = Message(
                channel=message.channel,
                ts=message.ts,
                user="USLACKBOT",
                text="This message was deleted.",
                subtype="tombstone",
                thread_ts=message.ts,
                is_gone=True,
            )
            self._by_channel[message.channel][message.ts] = stone
        else:
            del self._by_channel[message.channel][message.ts]
        self._tell(message, None)

    def _tell(self, before: Message | None, after: Message | None) -> None:
        for watcher in self._watchers:
            watcher(before, after)


def reacted(message: Message, name: str, user: str) -> Message:
    """Give the message with this person's reaction added."""
    others = tuple(reaction for reaction in message.reactions if reaction.name != name)
    users = next((reaction.users for reaction in message.reactions if reaction.name == name), ())
    return replace(message, reactions=(*others, Reaction(name, (*users, user))))


def unreacted(message: Message, name: str, user: str) -> Message:
    """Give the message with this person's reaction taken away."""
    kept = tuple(
        replace(reaction, users=tuple(one for one in reaction.users if one != user))
        if reaction.name == name
        else reaction
        for reaction in message.reactions
    )
    return replace(message, reactions=tuple(reaction for reaction in kept if reaction.users))


def has_reacted(message: Message, name: str, user: str) -> bool:
    """Tell whether this person gave this reaction."""
    return any(reaction.name == name and user in reaction.users for reaction in message.reactions)
