"""The workspace: its people, conversations, messages, files and views, and one log of all changes."""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.sandbox.changes import ChangeLog
from bot.sandbox.composer import rich_text_of
from bot.sandbox.conversations import Conversation, Conversations
from bot.sandbox.elements import with_ids
from bot.sandbox.faults import Fault, FaultBook
from bot.sandbox.files import FileShelf, Share, StoredFile
from bot.sandbox.identity import Clock, Identity, Ids, Stamps, new_secret
from bot.sandbox.messages import Message, MessageBook
from bot.sandbox.people import People
from bot.sandbox.seed import SlackRules, WorkspaceSeed
from bot.sandbox.statuses import Statuses
from bot.sandbox.streams import StreamBook
from bot.sandbox.triggers import TriggerBook
from bot.sandbox.views import View, ViewShelf
from bot.sandbox.wire import Json

# Errors a person who looks later can still read.
KEPT_TROUBLES: Final = 20


class Workspace:
    """Everything there is, in memory; `origin` is where the server answers, set when it has a port."""

    def __init__(
        self, seed: WorkspaceSeed, rules: SlackRules, *, now: Clock = time.time, faults: Sequence[Fault] = ()
    ) -> None:
        self.rules = rules
        self.origin = ""
        self.now = now
        self.identity = Identity.named(seed.team, seed.app)
        self.shortcuts = seed.shortcuts
        self.scopes = seed.scopes
        self.ids = Ids()
        self.stamps = Stamps(now)
        self.changes = ChangeLog()
        self.people = People(seed.people, self.identity)
        self.places = Conversations(seed.channels, self.people, self.identity, created=int(now()))
        self.messages = MessageBook()
        self.files = FileShelf(self.ids)
        self.views = ViewShelf(self.ids)
        self.triggers = TriggerBook(now, rules.trigger_life)
        self.statuses = Statuses(now, self.changes)
        self.streams = StreamBook(now)
        self.faults = FaultBook(faults, self.changes)
        self.troubles: deque[tuple[str | None, str]] = deque(maxlen=KEPT_TROUBLES)
        self.messages.watch(self._log_message)

    def post(
        self,
        place: Conversation,
        user: str,
        text: str,
        *,
        blocks: Sequence[Json] = (),
        attachments: Sequence[Json] = (),
        thread_ts: str | None = None,
        subtype: str | None = None,
        file_ids: Sequence[str] = (),
        metadata: Json | None = None,
        only_for: str | None = None,
    ) -> Message:
        """Put a new message into a conversation and give it.

        Args:
            place: where.
            user: who says it; the bot's own user makes it the app's message.
            text: in Slack's form.
            blocks: checked already; a person's words become a `rich_text` block.
            attachments: checked already.
            thread_ts: the message it replies to.
            subtype: such as `file_share`.
            file_ids: the files it shows.
            metadata: what only apps see.
            only_for: the one person who sees it.
        """
        is_bot = user == self.identity.bot_user_id
        words = [] if is_bot or not text else [rich_text_of(text)]
        root = self.messages.find(place.id, thread_ts or "")
        message = Message(
            channel=place.id,
            ts=self.stamps.next(),
            user=user,
            text=text,
            is_bot=is_bot,
            subtype=subtype,
            thread_ts=thread_ts,
            parent_user_id=root.user if root else None,
            blocks=tuple(with_ids(blocks or words, self.new_block_id)),
            attachments=tuple(attachments),
            file_ids=tuple(file_ids),
            metadata=metadata,
            client_msg_id=None if is_bot else new_secret(),
            only_for=only_for,
        )
        return self.messages.add(message)

    def edit(self, old: Message, new: Message) -> Message:
        """Put the new state of a message in the place of the old one and give it."""
        return self.messages.replace(old, replace(new, blocks=tuple(with_ids(new.blocks, self.new_block_id))))

    def admit(self, place: Conversation, user_id: str) -> Conversation:
        """Give the conversation with this member added."""
        return self._log_place(self.places.join(place, user_id))

    def dismiss(self, place: Conversation, user_id: str) -> Conversation:
        """Give the conversation without this member."""
        return self._log_place(self.places.leave(place, user_id))

    def new_block_id(self) -> str:
        """Give an id as Slack puts on blocks and elements without one."""
        return new_secret()[:5]

    def show_file(self, place: Conversation, message: Message) -> None:
        """Write into each file of this message that the message shows it."""
        for file_id in message.file_ids:
            file = self.files.find(file_id)
            if file is not None:
                share = Share(place.id, message.ts, message.thread_ts, is_public=place.kind == "public")
                self.log_file(self.files.save(replace(file, shares=(*file.shares, share), is_complete=True)))

    def message_json(self, message: Message, *, with_metadata: bool = False) -> Json:
        """Give Slack's message object as `conversations.history` shows it."""
        shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
        shown["team"] = self.identity.team_id
        if message.is_bot:
            shown |= {"bot_id": self.identity.bot_id, "app_id": self.identity.app_id}
            shown["bot_profile"] = self.identity.bot_profile()
        for key in ("subtype", "thread_ts", "parent_user_id", "client_msg_id"):
            value = getattr(message, key)
            shown |= {key: value} if value else {}
        if message.blocks:
            shown["blocks"] = list(message.blocks)
        if message.attachments:
            shown["attachments"] = list(message.attachments)
        if message.file_ids:
            shown |= {"files": [self.file_json(file_id) for file_id in message.file_ids], "upload": True}
        if message.edited_ts:
            shown["edited"] = {"user": message.user, "ts": message.edited_ts}
        if message.reactions:
            shown["reactions"] = [
                {"name": one.name, "users": list(one.users), "count": len(one.users)} for one in message.reactions
            ]
        if with_metadata and message.metadata:
            shown["metadata"] = message.metadata
        root = self.messages.find(message.channel, message.thread_ts or "")
        if message.subtype == "thread_broadcast" and root is not None:
            shown["root"] = self.message_json(root)
        return shown | self._thread_json(message)

    def file_json(self, file_id: str, *, with_shares: bool = False) -> Json:
        """Give Slack's file object; a deleted file is a tombstone."""
        file = self.files.find(file_id)
        if file is None:
            return {"id": file_id, "mode": "tombstone"}
        return file.to_json(origin=self.origin, team_id=self.identity.team_id, with_shares=with_shares)

    def view_json(self, view: View) -> Json:
        """Give Slack's view object."""
        return view.to_json(self.identity)

    def log_view(self, kind: str, view: View, **more: object) -> None:
        """Tell the person whose view this is."""
        self.changes.add(kind, user=view.user, view_id=view.id, view=self.view_json(view), **more)

    def tell_trouble(self, sentence: str, *, user: str | None = None) -> None:
        """Show an error to one person, or to everybody."""
        self.troubles.append((user, sentence))
        self.changes.add("trouble", user=user, sentence=sentence)

    def log_file(self, file: StoredFile) -> None:
        """Tell everybody that a file changed."""
        self.changes.add("file_changed", file=self.file_json(file.id, with_shares=True))

    def _log_place(self, place: Conversation) -> Conversation:
        self.changes.add("conversation_changed", channel=place.id, conversation=place.to_json(self.identity))
        return place

    def _thread_json(self, message: Message) -> Json:
        replies = [one for one in self.messages.list_replies(message.channel, message.ts) if one.only_for is None]
        if message.is_reply or not replies:
            return {}
        users = list(dict.fromkeys(reply.user for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users,
            "is_locked": False,
            "subscribed": False,
        }

    def shown_json(self, message: Message) -> Json:
        """Give the message as a person's screen shows it: Slack's object, and whether only they see it."""
        shown = self.message_json(message, with_metadata=True)
        return {**shown, "channel": message.channel, "is_ephemeral": message.only_for is not None}

    def may_see(self, user: str, change: Json) -> bool:
        """Tell whether a change is on this person's screen."""
        place = self.places.find(change.get("channel", ""))
        is_open = place is None or place.kind == "public" or user in place.members
        return is_open and change.get("user") in (None, user)

    def _log_message(self, before: Message | None, after: Message | None) -> None:
        message = after or before
        if message is None:
            return
        kind = "message_posted" if before is None else "message_deleted" if after is None else "message_changed"
        self._log(kind, message, self.shown_json(message) if after else None)
        root = self.messages.find(message.channel, message.thread_ts or "") if message.is_reply else None
        if root is not None and (before is None or after is None) and message.only_for is None:
            self._log("message_changed", root, self.shown_json(root))

    def _log(self, kind: str, message: Message, shown: Json | None) -> None:
        self.changes.add(
            kind,
            user=message.only_for,
            channel=message.channel,
            ts=message.ts,
            thread_ts=message.thread_ts,
            message=shown,
        )
