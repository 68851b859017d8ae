"""What a hostile file would reach for: a server and files on this machine that notice being touched."""

import asyncio
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

SECRET = "canary-secret-4711"
# Older than any write: file systems that note reads late note the first one after such a time.
LONG_AGO = 1_000_000_000


@dataclass
class Canary:
    """A listening server and a secret file; whoever asks the one or opens the other is seen."""

    folder: Path
    calls: int = 0
    url: str = ""
    _server: asyncio.Server | None = field(default=None, repr=False)

    async def __aenter__(self) -> Self:
        self.secret.write_text(SECRET)
        os.utime(self.secret, (LONG_AGO, self.secret.stat().st_mtime))
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    @property
    def secret(self) -> Path:
        return self.folder / "secret.txt"

    @property
    def planted(self) -> Path:
        """A file that nobody is to write."""
        return self.folder / "planted.txt"

    def list_touches(self) -> list[str]:
        touches = [f"{self.calls} calls of the server"] if self.calls else []
        if self.secret.stat().st_atime != LONG_AGO:
            touches.append("the secret was read")
        if self.planted.exists():
            touches.append("a file was written")
        return touches

    async def _answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        writer.close()
