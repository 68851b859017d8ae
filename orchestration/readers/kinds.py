"""Which kind a file is: its bytes decide, and a name that says otherwise is a reason to refuse it."""

from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from orchestration.readers.packages.archives import open_archive
from recipes.source import FileRefused


class FileKind(StrEnum):
    """A kind that there is a reader for."""

    TEXT = "text"
    MARKDOWN = "markdown"
    WEB = "web"
    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    DOCUMENT = "document"
    PRESENTATION = "presentation"
    PDF = "pdf"
    PICTURE = "picture"


READ_KINDS: Final = "pdf, docx, pptx, xlsx, csv, html, md, txt, png and jpg"

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
# kinds told by their bytes: what people call them, and the names that they have
_SAID: Final = {
    FileKind.PDF: "a PDF",
    FileKind.WORKBOOK: "a workbook",
    FileKind.DOCUMENT: "a Word document",
    FileKind.PRESENTATION: "a presentation",
    FileKind.WEB: "a web page",
    FileKind.PICTURE: "a picture",
}
_SUFFIXES: Final = {
    FileKind.PDF: (".pdf",),
    FileKind.PICTURE: (".png", ".jpg", ".jpeg"),
    FileKind.WORKBOOK: (".xlsx", ".xltx"),
    FileKind.DOCUMENT: (".docx", ".dotx"),
    FileKind.PRESENTATION: (".pptx", ".potx", ".ppsx"),
    FileKind.WEB: tuple(_WEB_SUFFIXES),
}
_MAIN_PARTS: Final = {
    "xl/workbook.xml": FileKind.WORKBOOK,
    "word/document.xml": FileKind.DOCUMENT,
    "ppt/presentation.xml": FileKind.PRESENTATION,
}
# first bytes of kinds that are not read, and what to call them
_OTHER_MAGIC: Final = (
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a rich-text document"),
)
_PICTURE_MAGIC: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MODERN: Final = {
    ".doc": ".docx", ".dot": ".docx", ".docm": ".docx", ".ppt": ".pptx", ".pps": ".pptx", ".pptm": ".pptx",
    ".docx": ".docx", ".pptx": ".pptx",
}  # fmt: skip
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
# a page of HTML says so within its first lines
_HEAD_BYTES: Final = 4_096
# ISO 32000 lets a PDF begin within its first 1,024 bytes
_PDF_HEAD_BYTES: Final = 1_024
_MACRO_MARKS: Final = (b"macroenabled", b"vbaproject", b"intlmacrosheet", b"ms-excel.macrosheet")


def sniff_kind(filename: str, content: bytes) -> FileKind:
    """Give the kind that these bytes are.

    Raises:
        FileRefused: no reader takes it, or it is not what its name says; the clause says what it is.
    """
    if content.startswith(_ZIP_MAGIC):
        return _check_name(filename, _sniff_package(filename, content))
    if content.startswith(_OLD_OFFICE_MAGIC):
        raise FileRefused(filename, _old_office_problem(filename, content))
    if content.startswith(b"%PDF") or (_suffix(filename) == ".pdf" and b"%PDF-" in content[:_PDF_HEAD_BYTES]):
        return _check_name(filename, FileKind.PDF)
    if content.startswith(_PICTURE_MAGIC):
        return _check_name(filename, FileKind.PICTURE)
    for magic, said in _OTHER_MAGIC:
        if content.startswith(magic):
            raise FileRefused(filename, f"is {said}; I read {READ_KINDS} files")
    return _sniff_text(filename, content)


def _suffix(filename: str) -> str:
    return PurePosixPath(filename).suffix.casefold()


def _check_name(filename: str, kind: FileKind) -> FileKind:
    """Give the kind again if the name does not claim another one."""
    suffix = _suffix(filename)
    others = {each for suffixes in _SUFFIXES.values() for each in suffixes} | set(_TEXT_KINDS)
    if suffix and suffix in others - set(_SUFFIXES[kind]):
        fitting = _SUFFIXES[kind][0]
        raise FileRefused(filename, f"is {_SAID[kind]}, although its name says {suffix}; rename it to {fitting}")
    return kind


def _sniff_package(filename: str, content: bytes) -> FileKind:
    with open_archive(filename, content) as archive:
        parts = {name.casefold(): name for name in archive.namelist()}
        types = archive.read(parts["[content_types].xml"]).lower() if "[content_types].xml" in parts else b""
    if any(mark in types for mark in _MACRO_MARKS) or any(_holds_macros(part) for part in parts):
        modern = _MODERN.get(_suffix(filename), ".xlsx")
        raise FileRefused(filename, f"contains macros; save it as {modern} without them")
    for part, kind in _MAIN_PARTS.items():
        if part in parts:
            return kind
    if "xl/workbook.bin" in parts:
        raise FileRefused(filename, "is a binary workbook; save it as .xlsx")
    if "mimetype" in parts and "content.xml" in parts:
        raise FileRefused(filename, "is an OpenDocument file; save it as .docx, .xlsx, .pptx or .pdf")
    raise FileRefused(filename, f"is an archive; I read {READ_KINDS} files, so share what is in it")


def _holds_macros(part: str) -> bool:
    return part.endswith("vbaproject.bin") or "/macrosheets/" in part


def _old_office_problem(filename: str, content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "is protected with a password; share it without one"
    return f"is in an old Office format; save it as {_MODERN.get(_suffix(filename), '.xlsx')}"


def _sniff_text(filename: str, content: bytes) -> FileKind:
    suffix = _suffix(filename)
    if b"\x00" in content[:_HEAD_BYTES] and not content.startswith(_UTF16_MARKS):
        raise FileRefused(filename, f"is not a kind I can read; I read {READ_KINDS} files")
    if suffix in _WEB_SUFFIXES:
        return FileKind.WEB
    if _is_web_page(content):
        raise FileRefused(filename, "is a web page in place of the file, perhaps a sign-in page")
    for kind, suffixes in _SUFFIXES.items():
        if suffix in suffixes:
            raise FileRefused(filename, f"is not {_SAID[kind]}, although its name says so")
    if suffix not in _TEXT_KINDS:
        raise FileRefused(filename, f"is not a kind I can read; I read {READ_KINDS} files")
    return _TEXT_KINDS[suffix]


def _is_web_page(content: bytes) -> bool:
    head = content[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head)
