"""The person who reads: what names stand for ids on their screen, and where links inside the workspace lead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Only these may become links: nothing that runs, nothing that reads local files.
SAFE_URL: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
PERMALINK: Final = re.compile(r"/archives/(?P<channel>\w+)/p(?P<ts>\d{16})(?:\?thread_ts=(?P<thread>\d{10}\.\d{6}))?")


@dataclass(frozen=True)
class Place:
    """Somewhere in the workspace: a conversation, a thread in it, a message."""

    channel: str
    thread_ts: str | None = None
    ts: str | None = None


@dataclass(frozen=True)
class Reader:
    """What is needed to show text to one person.

    Args:
        user_id: who reads.
        origin: the workspace's own address.
        now: unix seconds, for words such as "today".
        people: names by user id.
        channels: names by conversation id.
    """

    user_id: str
    origin: str
    now: float
    people: Mapping[str, str]
    channels: Mapping[str, str]

    def path_to(self, place: Place) -> str:
        """Give the address of a place on this person's page."""
        thread = f"/{place.thread_ts}" if place.thread_ts else ""
        anchor = f"#{'t' if place.thread_ts else 'c'}-{place.ts}" if place.ts else ""
        return f"/client/{self.user_id}/{place.channel}{thread}{anchor}"

    def permalink(self, place: Place) -> str:
        """Give the address of a message for everybody."""
        thread = f"?thread_ts={place.thread_ts}&cid={place.channel}" if place.thread_ts else ""
        return f"{self.origin}/archives/{place.channel}/p{(place.ts or '').replace('.', '')}{thread}"

    def find_own_path(self, url: str) -> str | None:
        """Give the address on this person's page if the link is a permalink of this workspace."""
        place = find_place(url.removeprefix(self.origin)) if url.startswith(f"{self.origin}/") else None
        return self.path_to(place) if place else None


def find_place(path: str) -> Place | None:
    """Give where a permalink leads, if it is one."""
    match = PERMALINK.match(path)
    if match is None:
        return None
    return Place(match["channel"], match["thread"], f"{match['ts'][:10]}.{match['ts'][10:]}")


def is_safe(url: str) -> bool:
    """Tell whether a message may link there."""
    return SAFE_URL.fullmatch(url) is not None
