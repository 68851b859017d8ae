"""Files that code left with the provider: fetched, looked at as a stranger's, kept where the contract asks for one.

Whoever wrote the code read sources that anybody may have written: such a file is trusted no more than one that somebody
shares. What it is follows from its bytes; macros, bombs and links to addresses that no source holds refuse it.
"""

import asyncio
import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from lxml import etree

from orchestration.models.port import ProducedFiles
from orchestration.provenance.report import READERS
from orchestration.readers.kinds import FileKind, sniff_kind
from orchestration.readers.packages.archives import open_archive
from orchestration.skills.checks import check_deck
from orchestration.skills.paper.checks import Wanted, check_pages, check_sections
from orchestration.skills.paper.reading import PaperUnreadable
from orchestration.skills.sheet.reader import WorkbookUnreadable, read_book
from recipes.annex import FetchedFile
from recipes.errors import TransientError
from recipes.output import Check
from recipes.recipe import OutputFormat
from recipes.source import FileRefused
from storage.vault import Vault

# As much as people may share themselves
FILE_BYTES: Final = 20_000_000
NAME_CHARS: Final = 120
FORMATS: Final[Mapping[FileKind, OutputFormat]] = {
    FileKind.PRESENTATION: OutputFormat.PPTX,
    FileKind.DOCUMENT: OutputFormat.DOCX,
    FileKind.WORKBOOK: OutputFormat.XLSX,
    FileKind.PDF: OutputFormat.PDF,
}


class CodeFiles:
    """Fetches what code left, for one ticket."""

    def __init__(
        self, files: ProducedFiles | None, vault: Vault, *, wanted_format: OutputFormat, wanted: Wanted
    ) -> None:
        """Take where files lie and are kept, and what the recipe's contract asks of one."""
        self._files = files
        self._vault = vault
        self._format = wanted_format
        self._wanted = wanted

    async def fetch(self, file_id: str, *, known_urls: Collection[str]) -> FetchedFile:
        """Give what became of a file; only one that keeps the contract is kept.

        Raises:
            TransientError: the provider cannot be asked at the moment.
        """
        if self._files is None:
            return FetchedFile(provider_id=file_id, name=file_id, problem="cannot be fetched: no key is set")
        try:
            produced = await self._files.open_produced(file_id, most_bytes=FILE_BYTES)
        except TransientError:
            raise
        except FileRefused as refused:
            return FetchedFile(provider_id=file_id, name=refused.filename[:NAME_CHARS], problem=refused.problem)
        name, content = _clean_name(produced.name), produced.content
        record = FetchedFile(provider_id=file_id, name=name, size_bytes=len(content))
        try:
            await asyncio.to_thread(self._check, name, content, known_urls)
        except FileRefused as refused:
            return record.model_copy(update={"problem": refused.problem})
        digest = await self._vault.save(content)
        return record.model_copy(update={"file_format": self._format.value, "digest": digest})

    def _check(self, name: str, content: bytes, known_urls: Collection[str]) -> None:
        """Refuse a file that is not what the contract asks for. Blocking.

        Raises:
            FileRefused: the clause says why.
        """
        kind = FORMATS.get(sniff_kind(name, content))
        if kind is None or kind is not self._format:
            raise FileRefused(name, f"is not the {self._format.upper()} file that the recipe asks for")
        failed = [each for each in self._list_checks(content) if not each.passed]
        if failed:
            raise FileRefused(name, f"does not keep the contract: {failed[0].said}")
        strange = [each for each in _list_links(name, content, kind) if each not in known_urls]
        if strange:
            raise FileRefused(name, "leads to addresses that no source holds")

    def _list_checks(self, content: bytes) -> Iterator[Check]:
        if self._format is OutputFormat.PPTX:
            yield from (each for each in check_deck(content, slides=self._wanted.slides) if each.name in _OF_CONTRACT)
            return
        try:
            if self._format is OutputFormat.XLSX:
                read_book(content)
                return
            paper = READERS[self._format](content)
        except (PaperUnreadable, WorkbookUnreadable):
            yield Check(name="opens", passed=False, said="the file does not open")
            return
        yield from check_sections(paper, self._wanted.sections)
        yield from check_pages(paper.pages, self._wanted.pages) if paper.pages else ()


_OF_CONTRACT: Final = frozenset({"opens", "slide count"})


def _list_links(name: str, content: bytes, kind: OutputFormat) -> Iterator[str]:
    """Give where a file leads, or loads something from."""
    if kind is OutputFormat.PDF:
        yield from READERS[kind](content).links
        return
    with open_archive(name, content) as archive:
        yield from _list_targets(archive)


def _list_targets(archive: zipfile.ZipFile) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in archive.namelist():
        if part.endswith(".rels"):
            for relation in etree.parse(io.BytesIO(archive.read(part)), parser).getroot():
                if relation.get("TargetMode") == "External":
                    yield str(relation.get("Target"))


def _clean_name(name: str) -> str:
    """Give a file's name without a path, on one line."""
    return " ".join(name.replace("\\", "/").rpartition("/")[2].split())[:NAME_CHARS] or "file"
