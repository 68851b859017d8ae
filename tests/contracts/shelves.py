"""Where a vault keeps its files, seen past the vault: in a folder, and in a bucket."""

from pathlib import Path
from typing import Protocol

from obstore.store import S3Store

from storage.files import make_vault
from storage.vault import Vault


class Shelf(Protocol):
    """A place with a vault on it."""

    vault: Vault

    def list_names(self) -> list[str]:
        """Give the names of all that is kept."""
        ...

    def put(self, digest: str, content: bytes) -> None:
        """Put other bytes under a digest."""
        ...

    def lose(self, digest: str) -> None:
        """Leave a place as if what is kept under a digest had never been finished."""
        ...


class FolderShelf:
    """A folder."""

    def __init__(self, folder: Path) -> None:
        self.vault = make_vault(str(folder))
        self._folder = folder

    def list_names(self) -> list[str]:
        """See `Shelf.list_names`."""
        return [path.name for path in self._folder.rglob("*") if path.is_file()]

    def put(self, digest: str, content: bytes) -> None:
        """See `Shelf.put`."""
        self._path(digest).write_bytes(content)

    def lose(self, digest: str) -> None:
        """See `Shelf.lose`."""
        self._path(digest).rename(self._path(f"{digest}.0123"))

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


class BucketShelf:
    """A part of a bucket."""

    def __init__(self, bucket: str, prefix: str) -> None:
        self.vault = make_vault(f"s3://{bucket}/{prefix}")
        self._store = S3Store(bucket, prefix=prefix, client_options={"allow_http": True})

    def list_names(self) -> list[str]:
        """See `Shelf.list_names`."""
        return [found["path"].rpartition("/")[2] for page in self._store.list() for found in page]

    def put(self, digest: str, content: bytes) -> None:
        """See `Shelf.put`."""
        self._store.put(f"{digest[:2]}/{digest}", content)

    def lose(self, digest: str) -> None:
        """See `Shelf.lose`."""
        self._store.delete(f"{digest[:2]}/{digest}")
