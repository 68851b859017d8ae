"""The renderer: what a file looks like, made in a child process that is ended when it takes too long."""

import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from orchestration.office import EXPORTS, PATIENCE

log = structlog.get_logger()

PICTURE_BYTES: Final = 8 * 1024**2
# What a child takes to end the office program when it is asked to; measured: 20 ms.
ENDING: Final = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A file of which pages are to be seen."""

    file_format: str
    content: bytes
    pages: tuple[int, ...] | None = None
    """Their numbers, from 1; None: the first ones."""


class Renderer:
    """Makes pictures, one at a time: nobody waits for them."""

    def __init__(self, office: str | None, *, patience: timedelta = PATIENCE) -> None:
        """Take the program that makes PDFs of office files; without one only PDFs have a picture.

        Args:
            office: Its path.
            patience: How long a picture may take.
        """
        self._office = office
        self._patience = patience
        self._one_at_a_time = asyncio.Lock()

    def may_show(self, file_format: str | None) -> bool:
        """Tell whether there can be a picture of such a file."""
        return file_format == "pdf" or (file_format in EXPORTS and self._office is not None)

    async def draw(self, files: Sequence[Shown], *, labels: tuple[str, str] = ("", "")) -> bytes | None:
        """Give a PNG of one file, or of two: how pages were, above how they are. None where it cannot be made.

        Args:
            files: One or two.
            labels: What to write beside each of two.
        """
        order = {
            "labels": labels,
            "files": [
                {
                    "format": each.file_format,
                    "content": base64.b64encode(each.content).decode(),
                    "pages": each.pages,
                    "office": self._office,
                }
                for each in files
            ],
        }
        async with self._one_at_a_time:
            return await self._run(json.dumps(order).encode())

    async def _run(self, order: bytes) -> bytes | None:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "orchestration.previews.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                made, _ = await child.communicate(order)
        except TimeoutError:
            log.warning("preview_took_too_long", limit_s=self._patience.total_seconds())
            return None
        finally:
            await _end(child)
        if child.returncode != 0 or not 0 < len(made) <= PICTURE_BYTES:
            log.warning("preview_failed", code=child.returncode, size_bytes=len(made))
            return None
        return made


async def _end(child: asyncio.subprocess.Process) -> None:
    """End a child with all that it started: it is asked first, since an office program outlives whoever called it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, sign)
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDING.total_seconds()):
                await child.wait()
                return
