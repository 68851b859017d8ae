"""One file read: sniffed, taken by the reader of its kind, cut to the limits."""

from collections.abc import Callable
from typing import Final

from orchestration.readers.documents.pdf import read_pdf
from orchestration.readers.documents.pictures import read_picture_file
from orchestration.readers.documents.slides import read_slides
from orchestration.readers.documents.word import read_document
from orchestration.readers.kinds import FileKind, sniff_kind
from orchestration.readers.passages import FILE_BYTES, ReadFile, cut_to_limit
from orchestration.readers.tables.delimited import read_delimited
from orchestration.readers.tables.workbook import read_workbook
from orchestration.readers.texts.markdown import read_markdown
from orchestration.readers.texts.prose import read_prose
from orchestration.readers.texts.web import read_web
from recipes.source import FileRefused

READERS: Final[dict[FileKind, Callable[[str, bytes], ReadFile]]] = {
    FileKind.TEXT: read_prose,
    FileKind.MARKDOWN: read_markdown,
    FileKind.DELIMITED: read_delimited,
    FileKind.WORKBOOK: read_workbook,
    FileKind.WEB: read_web,
    FileKind.DOCUMENT: read_document,
    FileKind.PRESENTATION: read_slides,
    FileKind.PDF: read_pdf,
    FileKind.PICTURE: read_picture_file,
}


def read_file(filename: str, content: bytes) -> ReadFile:
    """Give the passages of a file. Blocking, and as dangerous as the file: `Readers` runs it in a child process.

    Args:
        filename: As the person named it; its suffix only decides between kinds of plain text.
        content: The whole file.

    Raises:
        FileRefused: it cannot become a source; the clause says why.
    """
    if not content:
        raise FileRefused(filename, "is empty")
    if len(content) > FILE_BYTES:
        raise FileRefused(filename, f"is larger than {FILE_BYTES // 1024**2} MB")
    return cut_to_limit(filename, READERS[sniff_kind(filename, content)](filename, content))
