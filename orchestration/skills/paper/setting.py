"""What both writers of a document need before they write: numbers for sources and captions, and the spans of texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.skills.blocks import Source
from orchestration.skills.design.palette import PALETTES, Palette
from orchestration.skills.marks import Span, parse_marks, plain_text, source_of
from orchestration.skills.paper.content import Document, Section, list_cited_passages
from orchestration.skills.paper.wording import Wording, region_tag, wording_for
from orchestration.skills.pictures import NO_PICTURES, Picture, Pictures, say_no_picture
from orchestration.skills.problems import ContentRefused
from orchestration.skills.scripts import Tongue

# A document with fewer headings is seen at a glance.
CONTENTS_FROM_HEADINGS: Final = 4

_BEFORE_CITATION: Final = re.compile(r" (?=\[@)")


@dataclass(frozen=True)
class Heading:
    """A heading and the name that links lead to."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True)
class Setting:
    """The document being written; made once for each file."""

    document: Document
    palette: Palette
    words: Wording
    source_numbers: dict[str, int]
    tongue: Tongue
    pictures: Pictures

    @classmethod
    def of(cls, document: Document, pictures: Pictures = NO_PICTURES) -> "Setting":
        """Give the setting of a document: sources are numbered in the order they are listed."""
        numbers = {source.id: number for number, source in enumerate(document.sources, 1)}
        language = region_tag(document.language)
        tongue = Tongue.of(language, plain_text(document.title), document.model_dump_json())
        return cls(document, PALETTES[document.theme], wording_for(document.language), numbers, tongue, pictures)

    def spans(self, text: str, source_ids: Sequence[str] = ()) -> tuple[Span, ...]:
        """Give the styled spans of a text field, each citation as `[3]`; those of the block as a whole come last."""
        marks = "".join(f"[@{each}]" for each in self._list_uncited(text, source_ids)) if source_ids else ""
        return tuple(self._numbered(parse_marks(_BEFORE_CITATION.sub("", text) + marks)))

    def find_picture(self, source_id: str) -> Picture:
        """Give the picture of a source.

        Raises:
            ContentRefused: it is none.
        """
        if source_id not in self.pictures:
            raise ContentRefused([say_no_picture(source_id, self.pictures)])
        return self.pictures[source_id]

    def list_headings(self) -> list[Heading]:
        """Give all headings in order, the list of sources last."""
        headings = [
            Heading(section.heading, section.level, f"section_{at}")
            for at, section in enumerate(self.document.sections, 1)
        ]
        sources = [Heading(self.words.sources, 1, "sources")] if self.document.sources else []
        return [*headings, *sources]

    @property
    def has_contents(self) -> bool:
        """True where a reader needs a list of the headings."""
        return len(self.list_headings()) >= CONTENTS_FROM_HEADINGS

    def list_sections(self) -> Iterator[tuple[Heading, Section]]:
        """Give the sections, each with its heading."""
        return zip(self.list_headings(), self.document.sections, strict=False)

    def list_sources(self) -> Iterator[tuple[int, Source]]:
        """Give the sources with their numbers."""
        return ((number, source) for number, source in enumerate(self.document.sources, 1))

    def list_citations(self) -> dict[int, tuple[str, ...]]:
        """Give the passages, or the source as a whole, that each number stands for."""
        cited = list_cited_passages(self.document)
        return {
            number: tuple(each for each in cited if source_of(each) == source_id) or (source_id,)
            for source_id, number in self.source_numbers.items()
        }

    def _list_uncited(self, text: str, source_ids: Sequence[str]) -> list[str]:
        cited = {span.source_id for span in parse_marks(text)}
        return [each for each in dict.fromkeys(map(source_of, source_ids)) if each not in cited]

    def _numbered(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Give the spans with citations as numbers; the same number is not said twice in a row."""
        before = 0
        for span in spans:
            if not span.source_id:
                before = 0
                yield span
                continue
            number = self.source_numbers[span.source_id]
            if number != before:
                yield replace(span, text=f"[{number}]")
            before = number
