"""What one person sees of the workspace, kept up to date by changes, and drawn as plain text."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.composer import TOKEN
from bot.sandbox.elements import walk_elements
from bot.sandbox.wire import Json, is_list, is_object, is_object_list, objects_in

# As many lines of a conversation as help somebody who reads why a wait failed.
DRAWN_MESSAGES: Final = 25


@dataclass
class Screen:
    """The conversations, forms and home of one person; `messages` is by conversation id, then timestamp.

    `sessions` is what an agent does in a thread, by conversation id and the root's timestamp.
    """

    names: Mapping[str, str]
    channels: Mapping[str, str]
    messages: dict[str, dict[str, Json]] = field(default_factory=dict[str, dict[str, Json]])
    views: list[Json] = field(default_factory=list[Json])
    home: Json | None = None
    sessions: dict[tuple[str, str], str | None] = field(default_factory=dict[tuple[str, str], "str | None"])
    form_errors: dict[str, str] = field(default_factory=dict[str, str])
    troubles: list[str] = field(default_factory=list[str])
    connections: int = 0

    def channel(self, name: str) -> list[Json]:
        """Give every message of a conversation, by name (`reports`, `#reports`) or id, replies too, oldest first."""
        return list(self.messages.get(self.channels.get(name.removeprefix("#"), name), {}).values())

    def thread(self, channel: str, ts: str) -> list[Json]:
        """Give the message at this timestamp and its replies, oldest first."""
        return [message for message in self.channel(channel) if ts in (message["ts"], message.get("thread_ts"))]

    def session(self, channel: str, ts: str) -> str | None:
        """Give what the agent says of itself in this thread: `processing`, `suspended` or `active`."""
        return self.sessions.get((self.channels.get(channel.removeprefix("#"), channel), ts))

    def note_status(self, status: Json) -> None:
        """Keep what an agent does in a thread."""
        self.sessions[status["channel"], status["thread_ts"]] = status["session"]

    def apply(self, change: Json) -> None:
        """Bring one change onto the screen."""
        kind: str = change["kind"]
        if kind == "message_deleted":
            self.messages.get(change["channel"], {}).pop(change["ts"], None)
        elif kind.startswith("message_"):
            self.messages.setdefault(change["channel"], {})[change["ts"]] = change["message"]
        elif kind == "home_published":
            self.home = change["view"]
        elif kind == "status_changed":
            self.note_status({**change, **change["status"]})
        elif kind.startswith("view_"):
            self._apply_view(kind, change)
        elif kind == "trouble":
            self.troubles.append(change["sentence"])
        elif kind == "socket_changed":
            self.connections = change["connections"]

    def draw(self) -> str:
        """Give the screen as text: each conversation's latest messages, then the open forms."""
        lines: list[str] = []
        shown_names = {channel_id: name for name, channel_id in self.channels.items() if name != channel_id}
        for channel_id, messages in self.messages.items():
            lines.append(f"# {shown_names.get(channel_id, channel_id)}")
            lines += [draw_message(message, self.names) for message in list(messages.values())[-DRAWN_MESSAGES:]]
        lines += [f"[form {view['title']['text']}: {words_of(view)}]" for view in self.views]
        lines += [f"[error {block_id}: {text}]" for block_id, text in self.form_errors.items()]
        return "\n".join([*lines, *(f"[trouble: {sentence}]" for sentence in self.troubles)]) or "(nothing)"

    def _apply_view(self, kind: str, change: Json) -> None:
        self.form_errors = dict(change.get("errors") or {})
        if kind == "view_opened":
            is_pushed = bool(change["view"]["previous_view_id"])
            self.views = [*(self.views if is_pushed else []), change["view"]]
        elif kind == "view_closed":
            self.views = [view for view in self.views if view["id"] != change["view_id"]]
        else:
            self.views = [change["view"] if view["id"] == change["view_id"] else view for view in self.views]


def words_of(shown: Json) -> str:
    """Give every word of a message or a view: its text, and what its blocks say."""
    texts = [str(shown.get("text") or "")] if isinstance(shown.get("text"), str) else []
    blocks = [block for block in objects_in(shown.get("blocks")) if block.get("type") != "rich_text" or not texts[:1]]
    return "\n".join(dict.fromkeys(text for text in [*texts, *_texts(blocks)] if text))


def buttons_of(shown: Json) -> dict[str, str]:
    """Give what can be pressed in a message or a view: the action id and the words on it."""
    found = ((element["action_id"], _label(element)) for _, element in walk_elements(shown.get("blocks") or []))
    return dict(found)


def draw_message(message: Json, names: Mapping[str, str]) -> str:
    """Give a message as one or more lines: who, what, which buttons, which files."""
    who = names.get(message["user"], message["user"])
    indent = "    " if message.get("thread_ts") not in (None, message["ts"]) else ""
    private = " (only you see this)" if message.get("is_ephemeral") else ""
    words = readable(words_of(message), names).replace("\n", f"\n{indent}  ")
    buttons = "".join(f" [{label}]" for label in buttons_of(message).values())
    files = "".join(f" ({file.get('name', file['id'])})" for file in objects_in(message.get("files")))
    return f"{indent}{who}{private}: {words}{buttons}{files}"


def readable(text: str, names: Mapping[str, str]) -> str:
    """Give Slack's text as a person reads it: names for ids, labels for links, no escapes."""

    def show(match: re.Match[str]) -> str:
        sigil, target, label = match["sigil"], match["target"], match["label"]
        if sigil == "@":
            return f"@{names.get(target, label or target)}"
        return f"{sigil.replace('!', '@')}{label or target}"

    return html.unescape(TOKEN.sub(show, text))


def _label(element: Json) -> str:
    text: Json = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text") or element["action_id"])


def _texts(value: object) -> Iterable[str]:
    if is_list(value):
        for part in value:
            yield from _texts(part)
    elif is_object(value):
        for key, part in value.items():
            if key in ("text", "title", "alt_text") and isinstance(part, str):
                yield part
            elif key not in ("accessory", "options", "confirm") and not _is_pressable(part):
                yield from _texts(part)


def _is_pressable(part: object) -> bool:
    return is_object_list(part) and any(one.get("type") == "button" for one in part)
