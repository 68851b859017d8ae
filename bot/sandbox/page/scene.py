"""What one person sees of the workspace: their conversations, the lines of each, and who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.sandbox.conversations import Conversation
from bot.sandbox.messages import Message
from bot.sandbox.page.dates import clock_time, day_name, full_time
from bot.sandbox.page.previews import Preview, find_preview
from bot.sandbox.page.reader import Place, Reader
from bot.sandbox.people import User
from bot.sandbox.screen import readable
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

# As many messages as a page shows at once; older ones are one link away.
SHOWN_MESSAGES: Final = 200
# Messages of one author this close together share one name and picture.
TOGETHER: Final = timedelta(minutes=5)
# Colours of the pictures that stand for people, in the style sheet.
HUES: Final = 6
# As many faces as a reply count shows.
FACES: Final = 3


@dataclass(frozen=True)
class Author:
    """Somebody beside a message: a picture made of initials."""

    id: str
    name: str
    initials: str
    hue: int
    is_app: bool = False
    title: str = ""


@dataclass(frozen=True)
class Entry:
    """A conversation in the list of conversations."""

    id: str
    name: str
    kind: str
    topic: str
    has_app: bool
    path: str


@dataclass(frozen=True)
class Offer:
    """A public channel, for somebody who looks for one to join."""

    entry: Entry
    is_member: bool
    member_count: int


@dataclass(frozen=True)
class Replies:
    """What a channel shows of a thread under its first message."""

    count: int
    faces: tuple[Author, ...]
    latest: str
    path: str


@dataclass(frozen=True)
class Line:
    """One message as it stands in a list.

    Args:
        id: of its element on the page.
        message: Slack's message object, as this person's screen shows it.
        author: who wrote it.
        place: the message itself, for its permalink.
        day: the heading above it where it begins a day.
        time: hours and minutes.
        full_time: the same to the second, with the day.
        words: its text for somebody who edits it.
        is_own: this person wrote it.
        is_follow: it shares name and picture with the line above.
        is_root: it is the first message of the thread that is shown.
        replies: the thread under it, where it stands in a channel.
    """

    id: str
    message: Json
    author: Author
    place: Place
    day: str | None
    time: str
    full_time: str
    words: str
    is_own: bool
    is_follow: bool
    is_root: bool
    replies: Replies | None


class Scene:
    """The workspace with one person's eyes."""

    def __init__(self, workspace: Workspace, viewer: User) -> None:
        self._workspace = workspace
        self.viewer = viewer
        self.reader = Reader(
            user_id=viewer.id,
            origin=workspace.origin,
            now=workspace.now(),
            people={user.id: user.real_name for user in workspace.people.list_all()},
            channels={entry.id: entry.name for entry in self.list_entries()},
        )

    def list_entries(self) -> list[Entry]:
        """Give the conversations this person is in, channels first."""
        return [self.entry(place) for place in self._workspace.places.list_all() if self.viewer.id in place.members]

    def entry(self, place: Conversation) -> Entry:
        """Give a conversation as the list shows it; direct messages are called by the app's name."""
        me = self._workspace.identity
        name = me.app_name if place.kind == "im" else place.name
        path = f"/client/{self.viewer.id}/{place.id}"
        return Entry(place.id, name, place.kind, place.topic, me.bot_user_id in place.members, path)

    def path_as(self, user_id: str, entry: Entry | None, shows: str) -> str:
        """Give the address at which somebody else sees what this page shows."""
        if shows == "channels":
            return f"/client/{user_id}/channels"
        direct = self._workspace.places.find_direct(user_id)
        place_id = direct.id if entry and direct and entry.kind == "im" else entry.id if entry else ""
        return f"/client/{user_id}" + (f"/{place_id}" if place_id else "") + ("/home" if shows == "home" else "")

    def find_home_place(self) -> Conversation | None:
        """Give the conversation to show where none was asked for: the one with the latest message, or the first."""
        places = [place for place in self._workspace.places.list_all() if self.viewer.id in place.members]
        return max(places, key=self._latest_ts, default=None)

    def list_people(self) -> list[Author]:
        """Give the people of the workspace, without the app."""
        return [self.author(user.id) for user in self._workspace.people.list_humans()]

    def names_of(self, user_ids: Sequence[str]) -> str:
        """Give these people's names, in one line."""
        return ", ".join("you" if one == self.viewer.id else self.author(one).name for one in user_ids)

    def list_public(self) -> list[Offer]:
        """Give every public channel, by name."""
        places = [place for place in self._workspace.places.list_all() if place.kind == "public"]
        return [
            Offer(self.entry(place), self.viewer.id in place.members, len(place.members))
            for place in sorted(places, key=lambda place: place.name)
        ]

    def app(self) -> Author:
        """Give the app's own user."""
        return self.author(self._workspace.identity.bot_user_id)

    def author(self, user_id: str) -> Author:
        """Give how somebody is shown."""
        user = self._workspace.people.find(user_id)
        name = user.real_name if user else "Slackbot"
        initials = "".join(word[0] for word in name.split()[:2]).upper()
        numbers = [one.id for one in self._workspace.people.list_all()]
        hue = numbers.index(user_id) % HUES if user_id in numbers else 0
        return Author(user_id, name, initials, hue, bool(user and user.is_bot), user.title if user else "")

    def find_preview(self, file_id: str) -> Preview | None:
        """Give how a file begins, if it is one whose beginning can be shown."""
        file = self._workspace.files.find(file_id)
        return find_preview(file) if file else None

    def path_to_thread(self, place: Place) -> str:
        """Give the address of the thread under a message."""
        return self.reader.path_to(Place(place.channel, place.ts))

    def count_lines(self, place: Conversation) -> int:
        """Give how many messages the channel itself has for this person."""
        return len(self._seen(place, None))

    def list_lines(
        self, place: Conversation, thread_ts: str | None = None, *, most: int | None = SHOWN_MESSAGES
    ) -> list[Line]:
        """Give the latest messages of a channel, or those of a thread with its first one, oldest first."""
        seen = self._seen(place, thread_ts)
        start = max(len(seen) - (most or len(seen)), 0) if thread_ts is None else 0
        return [self._line(seen, number, thread_ts) for number in range(start, len(seen))]

    def find_line(self, place: Conversation, ts: str, thread_ts: str | None) -> Line | None:
        """Give the message as it stands in this list, if this person sees it there."""
        seen = self._seen(place, thread_ts)
        number = next((number for number, message in enumerate(seen) if message.ts == ts), None)
        return None if number is None else self._line(seen, number, thread_ts)

    def find_next_ts(self, place: Conversation, ts: str, thread_ts: str | None) -> str | None:
        """Give the message that stands after this moment in the list."""
        return next((message.ts for message in self._seen(place, thread_ts) if message.ts > ts), None)

    def _seen(self, place: Conversation, thread_ts: str | None) -> list[Message]:
        held = self._workspace.messages.list_all(place.id)
        mine = [message for message in held if message.only_for in (None, self.viewer.id)]
        if thread_ts is None:
            return [message for message in mine if message.is_in_channel]
        return [message for message in mine if message.root_ts == thread_ts]

    def _line(self, seen: Sequence[Message], number: int, thread_ts: str | None) -> Line:
        message = seen[number]
        before = seen[number - 1] if number else None
        day = day_name(float(message.ts), self.reader.now)
        begins_day = before is None or day_name(float(before.ts), self.reader.now) != day
        shown = self._workspace.shown_json(message)
        return Line(
            id=f"{'t' if thread_ts else 'c'}-{message.ts}",
            message=shown,
            author=self.author(message.user),
            place=Place(message.channel, message.thread_ts if message.is_reply else None, message.ts),
            day=day if begins_day and thread_ts is None else None,
            time=clock_time(float(message.ts)),
            full_time=full_time(float(message.ts)),
            words=readable(message.text, {**self.reader.people, **self.reader.channels}),
            is_own=message.user == self.viewer.id,
            is_follow=not begins_day and before is not None and _goes_on(before, message, thread_ts),
            is_root=message.ts == thread_ts,
            replies=None if thread_ts else self._replies(message, shown),
        )

    def _replies(self, message: Message, shown: Json) -> Replies | None:
        if message.is_reply or not shown.get("reply_count"):
            return None
        latest = float(shown["latest_reply"])
        day = day_name(latest, self.reader.now).lower()
        when = day if day in ("today", "yesterday") else f"on {day.capitalize()}"
        faces = tuple(self.author(user_id) for user_id in shown["reply_users"][:FACES])
        path = self.reader.path_to(Place(message.channel, message.ts))
        return Replies(shown["reply_count"], faces, f"{when} at {clock_time(latest)}", path)

    def _latest_ts(self, place: Conversation) -> str:
        held = self._workspace.messages.list_all(place.id)
        return held[-1].ts if held else ""


def _goes_on(before: Message, message: Message, thread_ts: str | None) -> bool:
    """Tell whether a message follows its author's last one so closely that it needs no name of its own."""
    is_same = before.user == message.user and before.only_for == message.only_for
    is_close = float(message.ts) - float(before.ts) < TOGETHER.total_seconds()
    is_apart = before.is_gone or before.ts == thread_ts
    is_broadcast = thread_ts is None and (message.is_reply or before.is_reply)
    return is_same and is_close and not is_apart and not is_broadcast
