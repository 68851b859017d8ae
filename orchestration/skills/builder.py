"""The one way in for agents: a skill's name and content in, a checked file out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from orchestration.skills.checks import check_deck
from orchestration.skills.content import Deck, list_cited_passages
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.problems import ContentRefused, ContentTooLong, parse_content, parse_deck
from orchestration.skills.sheet.checks import check_workbook
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.rules import list_cited
from orchestration.skills.sheet.writer import build_workbook
from recipes.output import Check
from recipes.source import Table


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A built file and what reading it back found."""

    content: bytes
    checks: tuple[Check, ...]
    cited: tuple[str, ...]
    """Every source that is listed, every passage that is cited."""


class BuildRefused(Exception):
    """The content does not make a file; the text says what to mend, in the agent's terms."""


def build_pptx(content: Mapping[str, Any], *, permalinks: Mapping[str, str], slides: int | None) -> MadeFile:
    """Build a deck and read it back. Blocking.

    Args:
        content: What `orchestration/skills/content.py` describes.
        permalinks: Where each source can be opened, by source id: put into the content's sources.
        slides: How many slides were asked for, all of them counted.

    Raises:
        BuildRefused: the content does not follow the schema, or does not fit.
    """
    try:
        deck = parse_deck({**content, "sources": _link(content.get("sources"), permalinks)})
        made = build_deck(deck)
    except (ContentRefused, ContentTooLong) as refused:
        raise BuildRefused("; ".join(refused.problems)) from refused
    return MadeFile(content=made, checks=tuple(check_deck(made, slides=slides)), cited=_list_cited(deck))


def build_xlsx(content: Mapping[str, Any], *, permalinks: Mapping[str, str], tables: Mapping[str, Table]) -> MadeFile:
    """Build a workbook and read it back. Blocking.

    Args:
        content: What `orchestration/skills/sheet/content.py` describes.
        permalinks: Where each source can be opened, by source id: put into the content's sources.
        tables: Of the sources, by passage: what `rows_from` may name.

    Raises:
        BuildRefused: the content does not follow the schema, or asks for rows that are not there.
    """
    try:
        linked = {**content, "sources": _link(content.get("sources"), permalinks)}
        book = parse_content(Workbook, linked, "the workbook")
        made = build_workbook(book, tables)
    except ContentRefused as refused:
        raise BuildRefused("; ".join(refused.problems)) from refused
    cited = tuple(dict.fromkeys([*(source.id for source in book.sources), *list_cited(book)]))
    return MadeFile(content=made, checks=tuple(check_workbook(made, book)), cited=cited)


def _list_cited(deck: Deck) -> tuple[str, ...]:
    listed = [source.id for source in deck.sources]
    return tuple(dict.fromkeys([*listed, *(each for slide in deck.slides for each in list_cited_passages(slide))]))


def _link(sources: object, permalinks: Mapping[str, str]) -> Sequence[Any]:
    """Give the sources with the addresses that the host knows; the agent never saw them."""
    if not isinstance(sources, list | tuple):
        return []
    listed = cast("Sequence[Any]", sources)
    return [_with_url(cast("dict[str, Any]", each), permalinks) if isinstance(each, dict) else each for each in listed]


def _with_url(source: dict[str, Any], permalinks: Mapping[str, str]) -> dict[str, Any]:
    url = permalinks.get(str(source.get("id")))
    return {**source, "url": url} if url else source
