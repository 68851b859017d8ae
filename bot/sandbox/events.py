"""Events: what happens in conversations where the app is a member, as the Events API tells it."""

from collections.abc import Callable

from bot.sandbox.conversations import Conversation
from bot.sandbox.messages import Message
from bot.sandbox.payloads import Payloads
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace


class Events:
    """Turns changes of messages and visits to the home into events; `send` brings each to the app."""

    def __init__(self, workspace: Workspace, payloads: Payloads, send: Callable[[Json], None]) -> None:
        self._workspace = workspace
        self._payloads = payloads
        self._send = send
        workspace.messages.watch(self._message)

    def home_opened(self, user: str, tab: str) -> None:
        """Tell that a person opened the app's home or its messages."""
        place = self._workspace.places.find_direct(user)
        home = self._workspace.views.find_home(user) if tab == "home" else None
        inner: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": place.id if place else "",
            "tab": tab,
            "event_ts": self._workspace.stamps.next(),
        }
        self._emit(inner | ({"view": self._workspace.view_json(home)} if home else {}))

    def joined(self, place: Conversation, user: str) -> None:
        """Tell that somebody, maybe the app itself, joined a channel."""
        self._emit(
            {
                "type": "member_joined_channel",
                "user": user,
                "channel": place.id,
                "channel_type": "G" if place.kind == "private" else "C",
                "team": self._workspace.identity.team_id,
                "event_ts": self._workspace.stamps.next(),
            }
        )

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

    def _json(self, message: Message) -> Json:
        return self._workspace.message_json(message, with_metadata=False)

    def _hears(self, place: Conversation) -> bool:
        return self._workspace.identity.bot_user_id in place.members

    def _emit(self, inner: Json) -> None:
        self._send(self._payloads.event(inner))
