"""The vault: files by the SHA-256 of their bytes."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from recipes.bundle import find_digest
from recipes.errors import DefectError
from recipes.ids import Digest


class Vault:
    """Files by digest. Saving the same bytes twice keeps one file; what is read is checked against its digest.

    This one keeps them in a local folder; `storage.bucket` in a bucket, by another way to write and to read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def save(self, content: bytes) -> Digest:
        """Keep these bytes, durably, and give their digest; idempotent.

        Raises:
            BucketAway, BucketRefused: where a bucket keeps them.
        """
        digest = await asyncio.to_thread(find_digest, content)
        await self._write(digest, content)
        return digest

    async def open(self, digest: Digest) -> bytes:
        """Give the bytes of this digest.

        Raises:
            FileLost: there is no such file, or its bytes are not those that were saved.
            BucketAway, BucketRefused: where a bucket keeps them.
        """
        content = await self._read(digest)
        if content is None or await asyncio.to_thread(find_digest, content) != digest:
            raise FileLost(digest)
        return content

    async def _write(self, digest: Digest, content: bytes) -> None:
        """Keep the bytes so that under their digest they are whole, or not there."""
        await asyncio.to_thread(self._write_file, digest, content)

    async def _read(self, digest: Digest) -> bytes | None:
        """Give what is kept under a digest, if anything is, whatever it is."""
        return await asyncio.to_thread(self._read_file, digest)

    def _write_file(self, digest: Digest, content: bytes) -> None:
        if self._read_file(digest) == content:
            return
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written aside and renamed, so that a file under its digest is always whole.
        aside = path.with_name(f"{digest}.{uuid4().hex}")
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)

    def _read_file(self, digest: Digest) -> bytes | None:
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def _path(self, digest: Digest) -> Path:
        return self._folder / digest[:2] / digest


@dataclass(eq=False)
class FileLost(DefectError):
    """The vault does not hold what it should."""

    digest: str

    def advice(self) -> str:
        """Say that the file is gone."""
        return "A file that I had kept is no longer there or was changed, so I stopped. Please share it again."
