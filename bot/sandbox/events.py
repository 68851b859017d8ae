"""Events: what happens in conversations where the app is a member, as the Events API tells it."""

from collections.abc import Callable

from bot.sandbox.conversations import Conversation
from bot.sandbox.messages import Message
from bot.sandbox.payloads import Payloads
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace


class Events:
    """Turns what changes and what people do into events; `send` brings each to the app."""

    def __init__(self, workspace: Workspace, payloads: Payloads, send: Callable[[Json], None]) -> None:
        self._workspace = workspace
        self._payloads = payloads
        self._send = send
        self._looking: dict[str, str | None] = {}
        workspace.messages.watch(self._message)

    def home_opened(self, user: str, tab: str) -> None:
        """Tell that a person opened the app's home or its messages."""
        place = self._workspace.places.find_direct(user)
        home = self._workspace.views.find_home(user) if tab == "home" else None
        context: Json = {"context": self._context(user)} if self._workspace.rules.agent_features else {}
        inner: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": place.id if place else "",
            "tab": tab,
            "event_ts": self._workspace.stamps.next(),
        }
        self._emit(inner | context | ({"view": self._workspace.view_json(home)} if home else {}))

    def looked_at(self, user: str, channel: str | None) -> None:
        """Tell that a person who talks to the agent now looks at this conversation, or at none."""
        self._looking[user] = channel
        place = self._workspace.places.find_direct(user)
        self._emit(
            {
                "type": "app_context_changed",
                "user": user,
                "channel": place.id if place else "",
                "context": self._context(user),
                "event_ts": self._workspace.stamps.next(),
            }
        )

    def stopped(self, user: str, channel: str, thread_ts: str, streaming_ts: list[str]) -> None:
        """Tell that a person pressed Stop while the agent worked in this thread."""
        self._emit(
            {
                "type": "agent_session_stopped",
                "channel": channel,
                "user": user,
                "thread_ts": thread_ts,
                "streaming_message_ts": streaming_ts,
                "event_ts": self._workspace.stamps.next(),
            }
        )

    def joined(self, place: Conversation, user: str) -> None:
        """Tell that somebody, maybe the app itself, joined a channel."""
        self._member("member_joined_channel", place, user)

    def left(self, place: Conversation, user: str) -> None:
        """Tell that somebody left a channel; the app is not told that it left itself."""
        self._member("member_left_channel", place, user)

    def _message(self, before: Message | None, after: Message | None) -> None:
        message = after or before
        place = self._workspace.places.find(message.channel) if message else None
        if message is None or place is None or message.only_for or not self._hears(place):
            return
        if before is None:
            self._posted(place, message)
        elif after is None:
            self._hidden(place, "message_deleted", {"deleted_ts": before.ts, "previous_message": self._json(before)})
        elif (before.text, before.blocks, before.attachments) != (after.text, after.blocks, after.attachments):
            shown: Json = {"message": self._json(after), "previous_message": self._json(before)}
            self._hidden(place, "message_changed", shown)
        elif before.reactions != after.reactions:
            self._reacted(before, after)

    def _posted(self, place: Conversation, message: Message) -> None:
        where: Json = {"channel": place.id, "event_ts": message.ts}
        shown = self._json(message)
        self._emit(shown | where | {"channel_type": place.channel_type})
        mention = f"<@{self._workspace.identity.bot_user_id}>"
        if not message.is_bot and place.kind != "im" and mention in message.text:
            self._emit({key: part for key, part in shown.items() if key != "subtype"} | where | {"type": "app_mention"})

    def _hidden(self, place: Conversation, subtype: str, what: Json) -> None:
        ts = self._workspace.stamps.next()
        self._emit(
            {
                "type": "message",
                "subtype": subtype,
                "hidden": True,
                "channel": place.id,
                "channel_type": place.channel_type,
                "ts": ts,
                "event_ts": ts,
                **what,
            }
        )

    def _reacted(self, before: Message, after: Message) -> None:
        pairs = [{(one.name, user) for one in message.reactions for user in one.users} for message in (before, after)]
        for kind, changed in (("reaction_added", pairs[1] - pairs[0]), ("reaction_removed", pairs[0] - pairs[1])):
            for name, user in sorted(changed):
                self._emit(
                    {
                        "type": kind,
                        "user": user,
                        "reaction": name,
                        "item_user": after.user,
                        "item": {"type": "message", "channel": after.channel, "ts": after.ts},
                        "event_ts": self._workspace.stamps.next(),
                    }
                )

    def _member(self, kind: str, place: Conversation, user: str) -> None:
        if not self._hears(place):
            return
        self._emit(
            {
                "type": kind,
                "user": user,
                "channel": place.id,
                "channel_type": "G" if place.kind == "private" else "C",
                "team": self._workspace.identity.team_id,
                "event_ts": self._workspace.stamps.next(),
            }
        )

    def _context(self, user: str) -> Json:
        channel = self._looking.get(user)
        if channel is None:
            return {}
        team_id = self._workspace.identity.team_id
        return {"entities": [{"type": "slack#/types/channel_id", "value": channel, "team_id": team_id}]}

    def _json(self, message: Message) -> Json:
        return self._workspace.message_json(message, with_metadata=False)

    def _hears(self, place: Conversation) -> bool:
        return self._workspace.identity.bot_user_id in place.members

    def _emit(self, inner: Json) -> None:
        self._send(self._payloads.event(inner))
