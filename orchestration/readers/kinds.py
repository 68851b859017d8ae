"""Which kind a file is: by what its bytes say, its name only decides between kinds of plain text."""

from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from orchestration.readers.archives import list_parts
from recipes.source import FileRefused


class FileKind(StrEnum):
    """A kind that there is a reader for."""

    TEXT = "text"
    MARKDOWN = "markdown"
    DELIMITED = "delimited"
    WORKBOOK = "workbook"


READ_KINDS: Final = "txt, md, csv and xlsx"

_TEXT_KINDS: Final = {
    "": FileKind.TEXT,
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
    ".log": FileKind.TEXT,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".csv": FileKind.DELIMITED,
    ".tsv": FileKind.DELIMITED,
    ".tab": FileKind.DELIMITED,
}
_WEB_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
# first bytes of kinds that are not read, and what to call them
_OTHER_MAGIC: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a rich-text document"),
)
_ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
# a page of HTML says so within its first lines
_HEAD_BYTES: Final = 4_096


def sniff_kind(filename: str, content: bytes) -> FileKind:
    """Give the kind that these bytes are.

    Raises:
        FileRefused: no reader takes it; the clause says what it is.
    """
    if content.startswith(_ZIP_MAGIC):
        return _sniff_package(filename, content)
    if content.startswith(_OLD_OFFICE_MAGIC):
        raise FileRefused(filename, _old_office_problem(content))
    for magic, said in _OTHER_MAGIC:
        if content.startswith(magic):
            raise FileRefused(filename, f"is {said}; I read {READ_KINDS} files")
    return _sniff_text(filename, content)


def _sniff_package(filename: str, content: bytes) -> FileKind:
    parts = list_parts(filename, content)
    if any(part.endswith("vbaProject.bin") for part in parts):
        raise FileRefused(filename, "contains macros; save it as .xlsx without them")
    if "xl/workbook.xml" in parts:
        return FileKind.WORKBOOK
    if "xl/workbook.bin" in parts:
        raise FileRefused(filename, "is a binary workbook; save it as .xlsx")
    said = {"word": "a Word document", "ppt": "a presentation"}
    named = next((said[part.split("/")[0]] for part in sorted(parts) if part.split("/")[0] in said), "an archive")
    raise FileRefused(filename, f"is {named}; I read {READ_KINDS} files")


def _old_office_problem(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "is protected with a password"
    return "is in an old Office format; save it as .xlsx"


def _sniff_text(filename: str, content: bytes) -> FileKind:
    suffix = PurePosixPath(filename).suffix.casefold()
    if b"\x00" in content[:_HEAD_BYTES] and not content.startswith(_UTF16_MARKS):
        raise FileRefused(filename, f"is not a kind I can read; I read {READ_KINDS} files")
    if _is_web_page(content):
        said = "a web page" if suffix in _WEB_SUFFIXES else "a web page in place of the file, perhaps a sign-in page"
        raise FileRefused(filename, f"is {said}; I read {READ_KINDS} files")
    if suffix == ".xlsx":
        raise FileRefused(filename, "is not a workbook, although its name says so")
    if suffix not in _TEXT_KINDS:
        raise FileRefused(filename, f"is not a kind I can read; I read {READ_KINDS} files")
    return _TEXT_KINDS[suffix]


def _is_web_page(content: bytes) -> bool:
    head = content[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head)
