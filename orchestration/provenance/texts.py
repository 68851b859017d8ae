"""The places of a Markdown text: its title, headings, paragraphs, list items and cells of tables."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from orchestration.provenance.places import Citations, Delivered, Place, join_cited, take_citations
from orchestration.skills.text import SOURCES_HEADING

_PARAGRAPH: Final = "paragraph"
_KINDS: Final = {"heading_open": "heading", "list_item_open": "list item", "tr_open": "table row"}
_ENDS: Final = {name.replace("_open", "_close") for name in _KINDS}


@dataclass
class _Section:
    """The text from one heading to the next; its places lean on one another."""

    name: str = ""
    counts: Counter[str] = field(default_factory=Counter[str])
    places: list[Place] = field(default_factory=list[Place])

    def add(self, kind: str, words: str, cited: Citations) -> None:
        """Take one piece of text."""
        where = kind if kind == "heading" else f"{kind} {max(self.counts[kind], 1)}"
        self.places.append(Place(f"{self.name}{where}", words, (cited,), is_cell=kind == "table row"))

    def list_places(self) -> Iterator[Place]:
        """Give the places; what cites nothing leans on its section."""
        around = join_cited(cited for place in self.places for cited in place.scopes)
        return (replace(place, scopes=(*place.scopes, around)) for place in self.places)


def read_markdown(title: str, text: str, citations: Mapping[int, Citations]) -> Delivered:
    """Give what stands in a Markdown text that `write_text` wrote, without its list of sources.

    Args:
        title: Leans on all that the text cites, as it cannot carry a mark.
        text: With numbered citations.
        citations: What each number stands for.
    """
    body = text.rpartition(f"\n\n{SOURCES_HEADING}\n")[0] if citations else text
    places = [place for section in _list_sections(body, citations) for place in section.list_places()]
    whole = join_cited(cited for place in places for cited in place.scopes)
    return Delivered((Place("the title", title, (whole,)), *places))


def _list_sections(body: str, citations: Mapping[int, Citations]) -> Iterator[_Section]:
    section = _Section()
    kind = _PARAGRAPH
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        if token.type in _ENDS:
            kind = _PARAGRAPH
        elif token.type in _KINDS or (token.type == "paragraph_open" and kind == _PARAGRAPH):
            kind = _KINDS.get(token.type, _PARAGRAPH)
            section.counts[kind] += 1
        if token.type in {"inline", "code_block", "fence"}:
            words, numbers = take_citations(_show(token), frozenset(citations))
            if kind == "heading":
                yield section
                section = _Section(f"“{words}”, ")
            section.add(kind, words, join_cited(citations[number] for number in numbers))
    yield section


def _show(token: Token) -> str:
    """Give what is read of a piece of text."""
    if token.children is None:
        return token.content
    spaces = {"softbreak", "hardbreak"}
    return "".join(" " if each.type in spaces else each.content for each in token.children if each.type != "image")
