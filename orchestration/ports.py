"""What the hands need from outside, in their own words."""

from datetime import datetime, timedelta
from typing import Protocol

from recipes.audience import Audience
from recipes.conversation import Said, SharedFile, Thread
from recipes.ids import ChannelId, MessageTs, SlackFileId, TeamId, UserId
from recipes.progress import Progress
from recipes.reply import Reply
from recipes.session import SessionStatus
from recipes.spend import Reservation, SpendOwner
from recipes.usage import Usage


class ThreadPort(Protocol):
    """The conversation, seen from the work's side.

    Each verb is one outward call (or a few) for one workspace. None of them retries by itself. Raises, all of them:
    `TransientError` when it may pass (rate limit, connection, Slack's own trouble), `UserFixableError` when somebody
    can mend it (not in the channel, uploads forbidden); anything else is a defect.
    """

    async def open_thread(
        self, team_id: TeamId, channel_id: ChannelId | None, user_id: UserId, *, text: str, key: str
    ) -> Thread:
        """Give the thread under a root message that carries this key, posting it if none is there yet.

        Without a channel, or where the bot is no member of it, the thread is in the person's direct messages.
        """
        ...

    async def say(self, thread: Thread, reply: Reply, *, key: str) -> MessageTs:
        """Post a message that carries this key; not idempotent: look the key up first (`find_effect`)."""
        ...

    async def amend(self, thread: Thread, ts: MessageTs, reply: Reply) -> None:
        """Replace an earlier message of ours; idempotent."""
        ...

    async def whisper(self, thread: Thread, user_id: UserId, *, text: str, in_thread: bool) -> None:
        """Say something that only this person reads, in the conversation, or where they are not in it in their DMs.

        Not idempotent, and gone when they reload: never the only copy of anything.

        Args:
            thread: Where they are looking.
            user_id: Who reads it.
            text: Plain words.
            in_thread: They look at a reply: say it under the thread's root, not beside it.
        """
        ...

    async def show_progress(self, thread: Thread, ts: MessageTs | None, progress: Progress, *, key: str) -> MessageTs:
        """Show this state in the ticket's one message and give its `ts`; without a `ts` it is posted, carrying the key.

        The newest call wins, so calls may be coalesced, and the last one is always shown. Posting is not idempotent.
        """
        ...

    async def show_session(self, thread: Thread, status: SessionStatus, *, title: str) -> bool:
        """Let Slack itself show this of the work in the thread; False where the workspace can show no such thing.

        Idempotent; the newest call wins. The title counts where the thread shows something for the first time.
        """
        ...

    async def find_effect(self, thread: Thread, key: str) -> MessageTs | None:
        """Find our message in the thread that carries this key."""
        ...

    async def upload(self, team_id: TeamId, filename: str, content: bytes, *, title: str) -> SlackFileId:
        """Hand a file over; nobody sees it before `share`, so repeating it costs only space."""
        ...

    async def share(self, thread: Thread, file_id: SlackFileId, *, title: str) -> None:
        """Make an uploaded file appear in the thread; not idempotent: ask `is_shared` first."""
        ...

    async def is_shared(self, thread: Thread, file_id: SlackFileId) -> bool:
        """Tell whether the file is visible in the thread; Slack shares with a delay."""
        ...

    async def read_messages(self, thread: Thread) -> tuple[Said, ...]:
        """Give what people (not bots) said in the thread so far, oldest first, with names and permalinks."""
        ...

    async def describe(self, said: Said) -> Said:
        """Give the message with its author's name and time zone, the names in it, and its permalink looked up."""
        ...

    async def find_zone(self, team_id: TeamId, user_id: UserId) -> str | None:
        """Find the time zone that a person lives in, an IANA name; None where nobody knows."""
        ...

    async def open_file(self, team_id: TeamId, file: SharedFile, *, most_bytes: int) -> bytes:
        """Give a shared file's bytes.

        Raises:
            FileRefused: it does not lie with Slack, is larger than `most_bytes`, or Slack answered something else.
        """
        ...

    async def members(self, team_id: TeamId, channel_id: ChannelId) -> tuple[UserId, ...]:
        """Give everybody who is in the conversation now."""
        ...

    async def audience(self, team_id: TeamId, channel_id: ChannelId) -> Audience:
        """Tell who can read what lands in this conversation."""
        ...


class SpendPort(Protocol):
    """The accounts that model calls are on.

    Each call is reserved before it leaves and settled when it is over; what is reserved counts as the most that the
    call can take, until it is settled or long over. Shared by all processes. Raises: TransientError where it cannot be
    kept.
    """

    async def reserve(self, owner: SpendOwner, model: str, most: Usage) -> Reservation:
        """Keep a call that is about to leave; not idempotent: each call is one.

        Raises:
            DraftCallsUsedUp, TicketTokensUsedUp, MoneyUsedUp: it could go over what an account may spend.
            ModelRests: its provider asked, of any process, to be left alone; the error says for how long.
        """
        ...

    async def leave_alone(self, reservation: Reservation, pause: timedelta) -> None:
        """Let no process call this model for so long, because its provider asked for it; idempotent."""
        ...

    async def settle(self, reservation: Reservation, usage: Usage) -> None:
        """Keep what a call took; idempotent: the first word about a call stands."""
        ...


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Give the time as aware UTC."""
        ...


class Ids(Protocol):
    """New ids."""

    def make(self, prefix: str) -> str:
        """Give a new id: the prefix, an underscore and a ULID, so that ids sort by the time they were made."""
        ...
