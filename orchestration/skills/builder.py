"""The one way in for agents: a skill's name and content in, a checked file out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from orchestration.skills.checks import check_deck
from orchestration.skills.content import Deck, list_cited_passages
from orchestration.skills.deck.brand import NO_BRAND, Brand, brand_stage
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.document.reader import read_docx
from orchestration.skills.document.writer import build_docx
from orchestration.skills.page_count import check_word_pages
from orchestration.skills.paper import content as paper_content
from orchestration.skills.paper.checks import Wanted, check_paper
from orchestration.skills.paper.content import Document
from orchestration.skills.paper.measures import picture_size_pt
from orchestration.skills.paper.page import paper_for
from orchestration.skills.paper.reading import PaperUnreadable, ReadPaper
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.pdf.writer import build_pdf
from orchestration.skills.pictures import Picture, PictureRefused, check_seen, read_picture
from orchestration.skills.problems import ContentRefused, ContentTooLong, parse_content, parse_deck
from orchestration.skills.sheet.checks import check_workbook
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.rules import list_cited
from orchestration.skills.sheet.writer import build_workbook
from recipes.output import Check
from recipes.source import FileRefused, Table


@dataclass(frozen=True, kw_only=True)
class Kit:
    """What a file is made with beside its content: a look, for presentations, and the bytes of what it shows."""

    brand: Brand = NO_BRAND
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """By source id."""


NO_KIT: Final = Kit()


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A built file and what reading it back found."""

    content: bytes
    checks: tuple[Check, ...]
    cited: tuple[str, ...]
    """Every source that is listed, every passage that is cited."""


class BuildRefused(Exception):
    """The content does not make a file; the text says what to mend, in the agent's terms."""


def build_file(
    skill: str,
    content: Mapping[str, Any],
    *,
    permalinks: Mapping[str, str],
    kit: Kit = NO_KIT,
    wanted: Wanted = Wanted(),  # noqa: B008 - a frozen value
) -> MadeFile:
    """Build a file and read it back. Blocking.

    Args:
        skill: One of `SKILLS`.
        content: For a deck what `content.py` describes, for documents what `paper/content.py` does.
        permalinks: Where each source can be opened, by source id: put into the content's sources.
        kit: What it is made with beside its content.
        wanted: What was asked for beyond the content.

    Raises:
        BuildRefused: the content does not follow the schema, or does not fit.
    """
    linked = {**content, "sources": _link(content.get("sources"), permalinks)}
    try:
        return SKILLS[skill](linked, wanted, kit)
    except (ContentRefused, ContentTooLong) as refused:
        raise BuildRefused("; ".join(refused.problems)) from refused


def _build_pptx(content: Mapping[str, Any], wanted: Wanted, kit: Kit) -> MadeFile:
    deck = parse_deck(content)
    try:
        stage = brand_stage(deck.theme, kit.brand)
    except FileRefused as refused:
        raise BuildRefused(f"The template cannot be used: {refused.advice()}") from refused
    pictures = _read_pictures((slide.image for slide in deck.slides if slide.kind == "image"), kit)
    made = build_deck(deck, stage=stage, pictures=pictures)
    return MadeFile(content=made, checks=tuple(check_deck(made, slides=wanted.slides)), cited=_list_cited(deck))


def list_images(content: Mapping[str, Any]) -> list[str]:
    """Give the sources whose pictures a file's content shows, as far as it can be read before it is checked."""
    blocks = [block for section in _list_entries(content, "sections") for block in _list_entries(section, "blocks")]
    shown = [each.get("image") for each in (*_list_entries(content, "slides"), *blocks)]
    return list(dict.fromkeys(image for image in shown if isinstance(image, str)))


def _list_entries(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = content.get(name)
    listed: Sequence[object] = cast("Sequence[object]", entries) if isinstance(entries, list | tuple) else ()
    return [cast("Mapping[str, Any]", each) for each in listed if isinstance(each, dict)]


def _read_paper_pictures(document: Document, kit: Kit) -> dict[str, Picture]:
    width = paper_for(document.language).text_width_pt
    shown = paper_content.list_shown(document)
    return _read_pictures(shown, kit, size=lambda picture: picture_size_pt(picture, width))


def _read_pictures(
    shown: Iterable[str], kit: Kit, *, size: Callable[[Picture], tuple[float, float]] | None = None
) -> dict[str, Picture]:
    pictures: dict[str, Picture] = {}
    for source_id in dict.fromkeys(shown):
        if source_id not in kit.files:
            continue
        try:
            picture = pictures[source_id] = read_picture(kit.files[source_id])
            check_seen(picture, size(picture) if size else None)
        except PictureRefused as refused:
            raise BuildRefused(f"The picture of {source_id} {refused.problem}.") from refused
    return pictures


def _build_docx(content: Mapping[str, Any], wanted: Wanted, kit: Kit) -> MadeFile:
    document = parse_content(Document, content, "the document")
    pictures = _read_paper_pictures(document, kit)
    made = build_docx(document, pictures=pictures)
    checked = _checked(made, document, wanted, read_docx)
    if not checked.checks[0].passed:
        return checked
    pages = check_word_pages(made, document, wanted.pages, pictures=pictures)
    return replace(checked, checks=(*checked.checks, *pages))


def _build_pdf(content: Mapping[str, Any], wanted: Wanted, kit: Kit) -> MadeFile:
    document = parse_content(Document, content, "the document")
    made = build_pdf(document, pictures=_read_paper_pictures(document, kit))
    return _checked(made, document, wanted, read_pdf)


def _checked(made: bytes, document: Document, wanted: Wanted, read: Callable[[bytes], ReadPaper]) -> MadeFile:
    listed = [source.id for source in document.sources]
    cited = tuple(dict.fromkeys([*listed, *paper_content.list_cited_passages(document)]))
    try:
        paper = read(made)
    except PaperUnreadable as error:
        failed = Check(name="opens", passed=False, said=f"the file does not open: {error.reason}")
        return MadeFile(content=made, checks=(failed,), cited=cited)
    opens = Check(name="opens", passed=True, said="the file opens")
    return MadeFile(content=made, checks=(opens, *check_paper(paper, document, wanted)), cited=cited)


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


SKILLS: Final[Mapping[str, Callable[[Mapping[str, Any], Wanted, Kit], MadeFile]]] = {
    "pptx": _build_pptx,
    "docx": _build_docx,
    "pdf": _build_pdf,
}
