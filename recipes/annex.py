"""The annex: what work found outside its frozen bundle, recorded turn by turn beside it, with a digest of its own.

The bundle stays as it was approved. What the web or a run of code gave stands here: only added to, never changed, its
sources numbered on from the bundle's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict

from recipes.bundle import WorkBundle, find_digest
from recipes.canonical import dump_canonical
from recipes.conversation import make_ts
from recipes.errors import DefectError
from recipes.ids import BundleId, Digest, PassageId, SourceId, TicketId
from recipes.outside import CodeRun, Outside, WebPage, WebQuote
from recipes.source import Passage, Source, SourceKind

BEFORE: Final = 0
"""The turn of what was found by earlier work: turns are counted from 1."""
TITLE_CHARS: Final = 300
URL_CHARS: Final = 2_000
QUOTE_CHARS: Final = 4_000
# They end a link in Slack's words, in Markdown or in HTML.
_UNSAFE: Final = frozenset('<>|"`\\^{}')
# What a run printed is kept as a record of it; nothing can be cited from it.
PRINTED_CHARS: Final = 20_000


class FetchedFile(BaseModel):
    """A file that a run of code left, fetched and looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: str
    name: str
    size_bytes: int = 0
    file_format: str | None = None
    """What it really is, by its bytes; None for what no recipe delivers."""
    digest: Digest | None = None
    """Of its bytes, and the vault's key; None where it was not kept."""
    problem: str | None = None
    """Why it was not kept: a clause that follows its name."""


class FoundSource(BaseModel):
    """A page as a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: SourceId
    url: str
    title: str
    age: str | None


class FoundPassage(BaseModel):
    """Words of a page that can be cited."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: PassageId
    text: str


class RecordedSearch(BaseModel):
    """A search, and the sources that it led to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str
    sources: tuple[SourceId, ...]
    problem: str | None


class AnnexEntry(BaseModel):
    """What one turn added."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int
    at: str = ""
    """When it was kept: ISO 8601, in UTC."""
    searches: tuple[RecordedSearch, ...] = ()
    sources: tuple[FoundSource, ...] = ()
    passages: tuple[FoundPassage, ...] = ()
    runs: tuple[CodeRun, ...] = ()
    files: tuple[FetchedFile, ...] = ()

    def is_empty(self) -> bool:
        """Tell whether it adds nothing."""
        return not (self.searches or self.sources or self.passages or self.runs or self.files)

    def stamped(self, now: datetime) -> Self:
        """Give it as it is kept at this time."""
        return self.model_copy(update={"at": now.isoformat(timespec="seconds")})


class Annex(BaseModel):
    """All that a ticket found outside its bundle."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    bundle: BundleId
    ticket: TicketId
    entries: tuple[AnnexEntry, ...] = ()

    def find_digest(self) -> Digest | None:
        """Find the SHA-256 of its canonical JSON (RFC 8785); None while nothing is in it."""
        if not self.entries:
            return None
        plain = self.model_dump(mode="json", exclude={"schema_version"})
        return find_digest(dump_canonical({"schema": self.schema_version, **plain}))

    def with_entry(self, entry: AnnexEntry) -> Self:
        """Give it with one entry more."""
        return self.model_copy(update={"entries": (*self.entries, entry)})

    def hand_on(self) -> tuple[AnnexEntry, ...]:
        """Give what later work may cite that starts from this: sources and their words, as found before its turns."""
        found = (each for each in self.entries if each.sources or each.passages)
        return tuple(
            AnnexEntry(turn=BEFORE, at=each.at, sources=each.sources, passages=each.passages) for each in found
        )

    def until(self, turn: int) -> Self:
        """Give it as it was when this turn was kept."""
        return self.model_copy(update={"entries": tuple(each for each in self.entries if each.turn <= turn)})

    def list_files(self, *, of_turn: int | None = None) -> tuple[FetchedFile, ...]:
        """Give the files that runs of code left, oldest first; of all turns, or of one."""
        return tuple(file for entry in self.entries if of_turn in {None, entry.turn} for file in entry.files)

    def list_urls(self) -> dict[str, str]:
        """Give where each of its sources can be opened, by source id."""
        return {found.id: found.url for entry in self.entries for found in entry.sources}

    def list_sources(self) -> tuple[Source, ...]:
        """Give its sources as a bundle has its own."""
        return tuple(
            _make_source(found, entry, [each for each in self.list_passages() if each.id.startswith(f"{found.id}.")])
            for entry in self.entries
            for found in entry.sources
        )

    def extend(self, bundle: WorkBundle) -> WorkBundle:
        """Give the bundle with these sources behind its own: what work may stand on; kept is the bundle alone."""
        return (
            bundle.model_copy(update={"sources": (*bundle.sources, *self.list_sources())}) if self.entries else bundle
        )

    def make_entry(self, bundle: WorkBundle, turn: int, outside: Outside) -> AnnexEntry:
        """Give what a turn adds: pages that are new become sources, words that are new become passages of theirs.

        Args:
            bundle: Whose sources are numbered before these.
            turn: Which turn.
            outside: What it got.
        """
        numbering = _Numbering(self, bundle)
        searches = tuple(
            RecordedSearch(
                query=_clean(search.query, QUOTE_CHARS),
                sources=tuple(dict.fromkeys(numbering.number_pages(search.pages))),
                problem=search.problem,
            )
            for search in outside.searches
        )
        for quote in outside.quotes:
            numbering.number_quote(quote)
        return AnnexEntry(
            turn=turn,
            searches=searches,
            sources=tuple(numbering.sources),
            passages=tuple(numbering.passages),
            runs=tuple(map(_clean_run, outside.runs)),
        )

    def list_passages(self) -> Iterator[FoundPassage]:
        """Give the words that can be cited, oldest first."""
        return (passage for entry in self.entries for passage in entry.passages)


@dataclass(eq=False)
class AnnexTampered(DefectError):
    """A stored annex is not what was recorded."""

    ticket_id: str

    def advice(self) -> str:
        """Say that nothing stands on it."""
        return "What was recorded of the web is no longer what is stored, so I did not go on with it."


class _Numbering:
    """Gives new pages and words their numbers; those that are known keep theirs."""

    def __init__(self, annex: Annex, bundle: WorkBundle) -> None:
        self.sources: list[FoundSource] = []
        self.passages: list[FoundPassage] = []
        self._ids: dict[str, SourceId] = {url: SourceId(each) for each, url in annex.list_urls().items()}
        numbers = [_read_number(each.id) for each in bundle.sources]
        self._last = max([*numbers, *map(_read_number, annex.list_urls())], default=0)
        self._texts: dict[SourceId, list[str]] = {}
        for passage in annex.list_passages():
            self._texts.setdefault(SourceId(passage.id.partition(".")[0]), []).append(passage.text)

    def number_pages(self, pages: Iterable[WebPage]) -> Iterator[SourceId]:
        for page in pages:
            if (source_id := self._number(page)) is not None:
                yield source_id

    def number_quote(self, quote: WebQuote) -> None:
        source_id = self._number(WebPage(url=quote.url, title=quote.title))
        if source_id is not None:
            self._add(source_id, _clean(quote.text, QUOTE_CHARS))

    def _number(self, page: WebPage) -> SourceId | None:
        """Give a page's number; what is no address of the web has none."""
        url = _read_url(page.url)
        if url is None:
            return None
        if url not in self._ids:
            self._last += 1
            source_id = self._ids[url] = SourceId(f"S{self._last}")
            title = _clean(page.title, TITLE_CHARS) or url
            self.sources.append(FoundSource(id=source_id, url=url, title=title, age=page.age))
            self._add(source_id, title)
        return self._ids[url]

    def _add(self, source_id: SourceId, text: str) -> None:
        texts = self._texts.setdefault(source_id, [])
        if text and text not in texts:
            texts.append(text)
            self.passages.append(FoundPassage(id=PassageId(f"{source_id}.{len(texts)}"), text=text))


def _make_source(found: FoundSource, entry: AnnexEntry, passages: Iterable[FoundPassage]) -> Source:
    texts = tuple(Passage(id=each.id, text=each.text) for each in passages)
    return Source(
        id=found.id,
        kind=SourceKind.FETCH,
        locator=found.title,
        ts=make_ts(datetime.fromisoformat(entry.at)) if entry.at else None,
        digest=find_digest("\n".join(each.text or "" for each in texts).encode()),
        passages=texts,
    )


def _read_number(source_id: str) -> int:
    digits = source_id[1:]
    return int(digits) if digits.isdecimal() else 0


def _read_url(url: str) -> str | None:
    """Give a page's address as it can stand in a link of any kind; None for what is none, or would end the link."""
    if len(url) > URL_CHARS or any(each in _UNSAFE or each.isspace() or not each.isprintable() for each in url):
        return None
    if not url.startswith(("http://", "https://")) or not url.split("/", 3)[2]:
        return None
    return url.replace("(", "%28").replace(")", "%29").replace("[", "%5B").replace("]", "%5D")


def _clean(text: str, most_chars: int) -> str:
    """Give a text on one line, without half characters, no longer than this."""
    return " ".join(text.encode(errors="replace").decode().split())[:most_chars]


def _clean_run(run: CodeRun) -> CodeRun:
    """Give a run as it can be kept: its lines stay lines."""
    kept: Mapping[str, Any] = {
        name: getattr(run, name).encode(errors="replace").decode()[:PRINTED_CHARS] for name in ("code", "printed")
    }
    return run.model_copy(update=kept)
