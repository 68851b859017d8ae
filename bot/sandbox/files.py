"""Files: bytes handed in by people and the app, and where each is shared."""

import mimetypes
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from bot.sandbox.identity import Ids, new_secret
from bot.sandbox.wire import Json

# Types that Python 3.11 does not know by itself.
OFFICE_TYPES: Final = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Share:
    """One message that shows the file."""

    channel: str
    ts: str
    thread_ts: str | None
    is_public: bool


@dataclass(frozen=True)
class StoredFile:
    """A file; `content` is None between asking for an upload address and sending the bytes there."""

    id: str
    name: str
    title: str
    user: str
    created: int
    size_bytes: int
    secret: str
    content: bytes | None = None
    is_complete: bool = False
    shares: tuple[Share, ...] = ()
    alt_text: str = ""

    @property
    def is_shareable(self) -> bool:
        """Its message will come: a document with an alternative text is never shared (reported, not documented)."""
        return not self.alt_text or self.mimetype.startswith("image/")

    @property
    def mimetype(self) -> str:
        """The type its name promises."""
        suffix = PurePath(self.name).suffix.lower()
        return OFFICE_TYPES.get(suffix) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def to_json(self, *, origin: str, team_id: str, with_shares: bool) -> Json:
        """Give Slack's file object; `shares` stand only in `files.info`."""
        suffix = PurePath(self.name).suffix.lower().removeprefix(".")
        where = f"{origin}/files-pri/{team_id}-{self.id}"
        channels = list(dict.fromkeys(share.channel for share in self.shares))
        shown: Json = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": {"md": "markdown", "txt": "text"}.get(suffix, suffix or "binary"),
            "pretty_type": suffix.upper() or "Binary",
            "user": self.user,
            "user_team": team_id,
            "editable": False,
            "size": self.size_bytes,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": any(share.is_public for share in self.shares),
            "public_url_shared": False,
            "display_as_bot": False,
            "is_starred": False,
            "media_display_type": "unknown",
            "channels": _ids(channels, "C"),
            "groups": [],
            "ims": _ids(channels, "D"),
            "username": "",
            "url_private": f"{where}/{self.name}",
            "url_private_download": f"{where}/download/{self.name}",
            "permalink": f"{origin}/files/{self.user}/{self.id}/{self.name}",
            "permalink_public": "",
            "has_rich_preview": False,
            "file_access": "visible",
        }
        if with_shares:
            shown["shares"] = _shares_json(self.shares)
        return shown


class FileShelf:
    """Every file by id."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._files: dict[str, StoredFile] = {}

    def reserve(self, name: str, *, size_bytes: int, user: str, created: int, alt_text: str = "") -> StoredFile:
        """Give a new file whose bytes are still to come."""
        file = StoredFile(
            id=self._ids.next("F"),
            name=PurePath(name).name or "file",
            title=PurePath(name).name or "file",
            user=user,
            created=created,
            size_bytes=size_bytes,
            secret=new_secret(),
            alt_text=alt_text,
        )
        return self.save(file)

    def find(self, file_id: str) -> StoredFile | None:
        """Give the file with this id, if there is one."""
        return self._files.get(file_id)

    def find_by_secret(self, secret: str) -> StoredFile | None:
        """Give the file whose upload address holds this secret."""
        return next((file for file in self._files.values() if file.secret == secret), None)

    def save(self, file: StoredFile) -> StoredFile:
        """Keep this state of the file."""
        self._files[file.id] = file
        return file

    def fill(self, file: StoredFile, content: bytes) -> StoredFile:
        """Keep the bytes that arrived."""
        return self.save(replace(file, content=content, size_bytes=len(content)))

    def remove(self, file_id: str) -> None:
        """Forget the file."""
        del self._files[file_id]


def _shares_json(shares: tuple[Share, ...]) -> Json:
    shown: Json = {}
    for share in shares:
        side = shown.setdefault("public" if share.is_public else "private", {})
        entry: Json = {"ts": share.ts, "reply_users": [], "reply_users_count": 0, "reply_count": 0}
        if share.thread_ts:
            entry["thread_ts"] = share.thread_ts
        side.setdefault(share.channel, []).append(entry)
    return shown


def _ids(channels: list[str], letter: str) -> list[str]:
    return [channel for channel in channels if channel.startswith(letter)]
