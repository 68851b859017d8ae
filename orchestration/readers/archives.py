"""The rules for ZIP packages, applied to their listing before any library opens them."""

import io
import zipfile
from pathlib import PurePosixPath
from typing import Final

from recipes.source import FileRefused

# measured with hostile uploads: beyond these, the libraries need more memory or time than a file is worth
ARCHIVE_ENTRIES: Final = 5_000
ARCHIVE_BYTES: Final = 300 * 1024 * 1024
PART_BYTES: Final = 50 * 1024 * 1024
PART_RATIO: Final = 200
# small parts compress well without being a threat
RATIO_FROM_BYTES: Final = 1024 * 1024

_ENCRYPTED_FLAG: Final = 0x1


def list_parts(filename: str, content: bytes) -> frozenset[str]:
    """Give the names of a package's parts, once its listing is found harmless.

    Raises:
        FileRefused: it is damaged, encrypted, or made to expand beyond all measure.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefused(filename, "is damaged: it starts like an Office file or archive but does not open") from error
    if problem := _find_problem(entries):
        raise FileRefused(filename, problem)
    return frozenset(entry.filename for entry in entries)


def _find_problem(entries: list[zipfile.ZipInfo]) -> str | None:
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        return "is protected with a password"
    if any(_leaves_its_folder(entry.filename) for entry in entries):
        return "is unsafe: it holds parts that point outside of it"
    if len(entries) > ARCHIVE_ENTRIES or sum(entry.file_size for entry in entries) > ARCHIVE_BYTES:
        return "expands to more than I may open"
    if any(_expands_too_far(entry) for entry in entries):
        return "expands to more than I may open"
    return None


def _leaves_its_folder(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts


def _expands_too_far(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > PART_BYTES:
        return True
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > PART_RATIO * max(entry.compress_size, 1)
