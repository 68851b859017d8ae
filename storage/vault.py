"""The vault: files by the SHA-256 of their bytes, in a local folder."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from recipes.bundle import find_digest
from recipes.errors import DefectError
from recipes.ids import Digest


class Vault:
    """Files by digest. Saving the same bytes twice keeps one file; what is read is checked against its digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def save(self, content: bytes) -> Digest:
        """Keep these bytes, durably, and give their digest; idempotent."""
        return await asyncio.to_thread(self._save, content)

    async def open(self, digest: Digest) -> bytes:
        """Give the bytes of this digest.

        Raises:
            FileLost: there is no such file, or its bytes are not those that were saved.
        """
        return await asyncio.to_thread(self._open, digest)

    def _save(self, content: bytes) -> Digest:
        digest = find_digest(content)
        path = self._path(digest)
        if path.exists() and find_digest(path.read_bytes()) == digest:
            return digest
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written aside and renamed, so that a file under its digest is always whole.
        aside = path.with_name(f"{digest}.{uuid4().hex}")
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        return digest

    def _open(self, digest: Digest) -> bytes:
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise FileLost(digest) from error
        if find_digest(content) != digest:
            raise FileLost(digest)
        return content

    def _path(self, digest: Digest) -> Path:
        return self._folder / digest[:2] / digest


@dataclass(eq=False)
class FileLost(DefectError):
    """The vault does not hold what it should."""

    digest: str

    def advice(self) -> str:
        """Say that the file is gone."""
        return "A file that I had kept is no longer there or was changed, so I stopped. Please share it again."
