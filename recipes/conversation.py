"""The conversation, in nouns: a thread, what was said in it, and what came in and waits to be worked."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from recipes.days import find_day
from recipes.ids import ChannelId, InboxId, MessageTs, SlackFileId, TeamId, UserId


class Thread(BaseModel):
    """Where a conversation takes place: `thread_ts` is the root message's `ts`."""

    model_config = ConfigDict(frozen=True)

    team_id: TeamId
    channel_id: ChannelId
    thread_ts: MessageTs


class SharedFile(BaseModel):
    """A file as a message names it; nothing in it is trusted before the bytes are read."""

    model_config = ConfigDict(frozen=True)

    id: SlackFileId
    name: str
    size_bytes: int
    url: str | None
    """None where the file does not lie with Slack: an external link, a removed file."""
    permalink: str | None = None


class Said(BaseModel):
    """One message of a thread."""

    model_config = ConfigDict(frozen=True)

    thread: Thread
    ts: MessageTs
    user_id: UserId
    author: str | None = None
    """The name people know this person by; None until it was looked up."""
    zone: str | None = None
    """Its author's time zone, an IANA name; None until it was looked up."""
    text: str
    """As people read it, without the bot's own mention."""
    words: str = ""
    """The same, with marks where it mentions somebody or a channel: `recipes.mentions`."""
    channels: dict[str, ChannelId] = {}
    """The channels that the text names, by the name that stands after the # in plain text."""
    files: tuple[SharedFile, ...] = ()
    mentions_bot: bool = False
    is_direct: bool = False
    permalink: str | None = None

    @property
    def is_reply(self) -> bool:
        """Tell whether it stands under another message."""
        return self.ts != self.thread.thread_ts

    @property
    def day(self) -> date:
        """Give the day on which it was said, where its author is."""
        return find_day(datetime.fromtimestamp(float(self.ts), tz=UTC), self.zone)


class InboxKind(StrEnum):
    """What waits to be worked."""

    MESSAGE = "message"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_DELETED = "message_deleted"
    ADVANCE = "advance"
    """A draft was changed by a form or a button: take its next step."""
    BRIEF_CLOSED = "brief_closed"
    """A brief was approved or withdrawn: show it on its card."""
    QUESTION_CLOSED = "question_closed"
    """A question of an agent was answered, or needs no answer any more: show it on its message."""
    CAP_RAISED = "cap_raised"
    """The cap of a piece of work was raised: show it on the message that asked."""
    SESSION_STOPPED = "session_stopped"
    """Somebody pressed Slack's own Stop button."""
    BASKET_ADD = "basket_add"
    """Somebody wants a message in the basket of its conversation."""
    CHOICE = "choice"
    """A suggestion of ours was pressed: it is taken as if it had been said."""
    REVISION = "revision"
    """The form was sent that says what to change of what was delivered."""
    APPROVAL = "approval"
    """A brief was approved while Slack could not say whether its requester may still read its sources."""


class InboxItem(BaseModel):
    """One thing that came in: stored before Slack is answered, worked afterwards, in the order of its lane."""

    model_config = ConfigDict(frozen=True)

    id: InboxId
    team_id: TeamId
    key: str
    """Unique in a workspace: the same event delivered twice is one item."""
    lane: str
    """Items of one lane are worked in order, one at a time: the thread, else the draft."""
    kind: InboxKind
    payload: dict[str, Any]
    attempts: int = 0
    happened_ts: str
    """When it happened, as Slack's `ts`: Slack delivers in no certain order, a lane is worked in this one."""
    received_at: datetime


def arrival_key(channel_id: str, ts: str) -> str:
    """Give the key of a message's arrival: a mention arrives twice, so the post is the key, not the event."""
    return f"said:{channel_id}:{ts}"


def deletion_key(channel_id: str, ts: str) -> str:
    """Give the key of a message's deletion, by which a message that comes after it is known as gone."""
    return f"deleted:{channel_id}:{ts}"


def make_ts(moment: datetime) -> MessageTs:
    """Give a moment as Slack's `ts` has it: seconds since 1970 with six places, in UTC."""
    return MessageTs(f"{moment.timestamp():.6f}")
