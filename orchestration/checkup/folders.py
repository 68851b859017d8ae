"""Whether the places for what is kept are well: home, and the files. Nothing is written to find out."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from orchestration.checkup.patience import PATIENCE
from recipes.errors import TransientError, UserFixableError
from recipes.finding import Finding
from recipes.ids import Digest
from storage.files import S3, ExtraMissing, make_vault
from storage.lock import find_holder
from storage.vault import FileLost

# One piece of work keeps some ten megabytes of sources and results: room for a hundred, and for hardly any.
LITTLE_BYTES: Final = 1_000_000_000
TOO_LITTLE_BYTES: Final = 100_000_000
# No file has this digest.
NO_FILE: Final = Digest("0" * 64)


def examine_home(home: Path) -> Finding:
    """Say whether home can be written, how much room it has, and whether a process works in it."""
    path = home.absolute()
    subject, advice = "Home", "Set THREADWORK_HOME to a folder that I may write in, on a disk with room."
    if (fault := find_fault(path)) is not None:
        return Finding.problem(subject, f"{path} {fault}", advice=advice)
    free_bytes = shutil.disk_usage(_find_existing(path)).free
    said = f"{path}, {_tell_use(path)}, {free_bytes / 1e9:.1f} GB free"
    if free_bytes < TOO_LITTLE_BYTES:
        return Finding.problem(subject, said, advice=advice)
    if free_bytes < LITTLE_BYTES:
        return Finding.warning(subject, said, advice="Make room on this disk: one piece of work may need some 10 MB.")
    return Finding.ok(subject, said)


async def examine_files(address: str, *, is_shared: bool) -> Finding:
    """Say whether files can be kept at this address.

    Args:
        address: A folder's path, or `s3://bucket/prefix`.
        is_shared: Several processes may keep files there.
    """
    if urlsplit(address).scheme == S3:
        return await _examine_bucket(address)
    return _examine_folder(Path(address), is_shared=is_shared)


def find_fault(folder: Path) -> str | None:
    """Give what keeps us from writing in a folder, or from making it where it is not there yet."""
    try:
        place = _find_existing(folder)
    except PermissionError:
        return "cannot be reached: this account may not look into a folder above it"
    if not place.is_dir():
        return f"cannot be a folder: {place} is a file"
    if os.access(place, os.W_OK | os.X_OK):
        return None
    return "cannot be written by this account" if place == folder else f"cannot be made: {place} does not allow it"


def _examine_folder(path: Path, *, is_shared: bool) -> Finding:
    folder = path.absolute()
    if (fault := find_fault(folder)) is not None:
        advice = "Set THREADWORK_FILES_URL to a folder that I may write in, or to s3://bucket/prefix."
        return Finding.problem("Files", f"{folder} {fault}", advice=advice)
    shared = "; every process must see this folder" if is_shared else ""
    return Finding.ok("Files", f"{folder}{shared}")


async def _examine_bucket(address: str) -> Finding:
    advice = "Check THREADWORK_FILES_URL, and the AWS_ settings for region, keys and endpoint."
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            await make_vault(address).open(NO_FILE)
    except FileLost:
        # It was asked, and says so.
        pass
    except ExtraMissing as error:
        return Finding.problem("Files", f"{address} needs one more library", advice=error.advice())
    except UserFixableError as error:
        reason = error.to_fields().get("reason")
        return Finding.problem("Files", f"{address} does not let us in ({reason})", advice=advice)
    except (TransientError, TimeoutError):
        return Finding.problem("Files", f"{address} does not answer", advice=advice)
    return Finding.ok("Files", f"{address} answers")


def _tell_use(home: Path) -> str:
    holder = find_holder(home)
    if holder is not None:
        return f"in use by a running Threadwork (process {holder})"
    return "writable" if home.exists() else "not made yet"


def _find_existing(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if each.exists())
