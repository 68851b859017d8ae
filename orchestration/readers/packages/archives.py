"""The rules for ZIP packages, applied to all of one before any library opens it."""

import io
import zipfile
import zlib
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
# PKWARE's APPNOTE, 4.3.7: the fixed part of a local header; the lengths of name and extra field stand at its end
_LOCAL_HEADER_BYTES: Final = 30
_LOCAL_LENGTHS: Final = slice(26, 30)
_STEP_BYTES: Final = 1024 * 1024

_TOO_MUCH: Final = "expands to more than I may open"
_DAMAGED: Final = "is damaged: it starts like an Office file or archive but does not open"


def open_archive(filename: str, content: bytes) -> zipfile.ZipFile:
    """Give an archive, once all of its listing is found harmless and true.

    Raises:
        FileRefused: it is damaged, encrypted, or made to expand beyond all measure.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefused(filename, _DAMAGED) from error
    entries = archive.infolist()
    problem = _find_problem(entries) or _find_lie(content, entries, archive.start_dir)
    if problem:
        raise FileRefused(filename, problem)
    return archive


def _find_problem(entries: list[zipfile.ZipInfo]) -> str | None:
    """Look at what the listing says."""
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        return "is protected with a password"
    if any(_leaves_its_folder(entry.filename) for entry in entries):
        return "is unsafe: it holds parts that point outside of it"
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        return "is unsafe: it holds two parts of the same name"
    if len(entries) > ARCHIVE_ENTRIES or sum(entry.file_size for entry in entries) > ARCHIVE_BYTES:
        return _TOO_MUCH
    if any(_expands_too_far(entry) for entry in entries):
        return _TOO_MUCH
    return None


def _leaves_its_folder(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


def _expands_too_far(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > PART_BYTES:
        return True
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > PART_RATIO * max(entry.compress_size, 1)


def _find_lie(content: bytes, entries: list[zipfile.ZipInfo], end: int) -> str | None:
    """Look whether the parts are as the listing says: libraries believe one or the other."""
    for entry in sorted(entries, key=lambda each: each.header_offset, reverse=True):
        name_bytes, extra_bytes = _read_lengths(
            content[entry.header_offset : entry.header_offset + _LOCAL_HEADER_BYTES]
        )
        start = entry.header_offset + _LOCAL_HEADER_BYTES + name_bytes + extra_bytes
        if entry.header_offset < 0 or start + entry.compress_size > end:
            return "is unsafe: its parts lie over one another"
        if not _is_true_size(content[start : start + entry.compress_size], entry):
            return "is unsafe: its parts are not of the sizes that it says"
        end = entry.header_offset
    return None


def _read_lengths(header: bytes) -> tuple[int, int]:
    lengths = header[_LOCAL_LENGTHS]
    return int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")


def _is_true_size(packed: bytes, entry: zipfile.ZipInfo) -> bool:
    if entry.compress_type == zipfile.ZIP_STORED:
        return len(packed) == entry.file_size
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        # Office writes no other; their lengths could only be found by opening them.
        return False
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size_bytes = 0
    try:
        while not inflater.eof and size_bytes <= entry.file_size:
            piece = inflater.decompress(packed, _STEP_BYTES)
            packed = inflater.unconsumed_tail
            size_bytes += len(piece)
            if not piece and not packed:
                return False
    except zlib.error:
        return False
    return inflater.eof and size_bytes == entry.file_size
