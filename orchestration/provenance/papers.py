"""The places of a document, read back from its bytes: headings, paragraphs, lists, captions, cells, chart values.

Left aside, as the writers add them: the contents, page headers and footers, the numbers of captions and lists, the list
of sources at the end, the day in the line below the title, pictures and their descriptions. Of a PDF, a chart's values
are read from its description.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from orchestration.provenance.places import Citations, Delivered, Place, join_cited
from orchestration.skills.paper.reading import ReadChart, ReadItem, ReadPaper, ReadParagraph, ReadPicture, ReadTable
from orchestration.skills.paper.wording import say_day, wording_for

_HEADING: Final = re.compile(r"Heading \d")
_OWN_STYLES: Final = ("toc ", "TOC Heading", "Source Entry")
_OPENING: Final = {"Title": "the title", "Subtitle": "the subtitle", "Byline": "the line below the title"}
# What belongs to the block before it, whatever that is.
_JOINING: Final = {"Note", "Attribution", "Callout", "List Bullet", "List Bullet 2", "List Number"}
_CAPTION: Final = re.compile(r"^\S+\s\d+\s+")
_KINDS: Final = {"List Bullet": "bullet", "List Bullet 2": "bullet", "List Number": "entry", "Caption": "caption"}


@dataclass
class _Group:
    """A block of the document: what it holds, and all that it cites."""

    section: str
    items: list[ReadItem] = field(default_factory=list[ReadItem])


def read_paper(paper: ReadPaper) -> Delivered:
    """Give what stands in a document."""
    groups = _list_groups(paper)
    reader = _Reader(paper)
    sections = {group.section for group in groups}
    around = {name: join_cited(reader.find_cited(each) for each in groups if each.section == name) for name in sections}
    places = [place for group in groups for place in reader.list_places(group, around[group.section])]
    whole = join_cited(around.values())
    opening = [replace(place, scopes=(*place.scopes, whole)) for place in reader.list_opening()]
    return Delivered((*opening, *places), tuple(reader.list_broken()))


def _list_groups(paper: ReadPaper) -> list[_Group]:
    groups: list[_Group] = []
    section = ""
    for item in paper.items:
        style = item.style if isinstance(item, ReadParagraph) else ""
        if style in _OPENING or style.startswith(_OWN_STYLES):
            continue
        if _HEADING.fullmatch(style) and isinstance(item, ReadParagraph):
            section = item.text
        if groups and groups[-1].section == section and _joins(groups[-1].items[-1], item):
            groups[-1].items.append(item)
        else:
            groups.append(_Group(section, [item]))
    return groups


def _joins(before: ReadItem, item: ReadItem) -> bool:
    """Tell whether an item belongs to the block before it: what follows a caption, the lines of a list, a note."""
    style = before.style if isinstance(before, ReadParagraph) else ""
    if not isinstance(item, ReadParagraph):
        return style == "Caption" or isinstance(before, ReadChart | ReadPicture)
    if item.style == "Chart":
        return True
    return item.style in _JOINING and not _HEADING.fullmatch(style) and style != "Normal"


class _Reader:
    """Reads the places of one document."""

    def __init__(self, paper: ReadPaper) -> None:
        self._paper = paper
        self._counts: Counter[tuple[str, str]] = Counter()

    def find_cited(self, group: _Group) -> Citations:
        """Give all that a block cites."""
        return join_cited(self._find(each.cited) for item in group.items for each in _list_paragraphs(item))

    def list_opening(self) -> Iterator[Place]:
        """Give the title block, without the day."""
        paper = self._paper
        day = say_day(paper.day, wording_for(paper.language)) if paper.day else ""
        for each in paper.paragraphs:
            if each.style in _OPENING:
                words = each.text.removesuffix(day) if each.style == "Byline" else each.text
                yield Place(_OPENING[each.style], words, (self._find(each.cited),))

    def list_places(self, group: _Group, section: Citations) -> Iterator[Place]:
        """Give the places of a block; what cites nothing leans on its block, then on its section."""
        around = (self.find_cited(group), section)
        for item in group.items:
            if isinstance(item, ReadTable):
                yield from self._list_table(group, item, around)
            elif isinstance(item, ReadChart):
                yield from self._list_chart(group, item, around)
            elif isinstance(item, ReadParagraph) and item.text:
                kind = "heading" if _HEADING.fullmatch(item.style) else _KINDS.get(item.style, "paragraph")
                words = _CAPTION.sub("", item.text) if item.style == "Caption" else item.text
                yield Place(self._name(group, kind), words, (self._find(item.cited), *around))

    def list_broken(self) -> Iterator[tuple[str, str]]:
        """Give the citations that nothing says the meaning of."""
        for each in self._paper.list_all():
            for number in each.cited:
                if number not in self._paper.citations:
                    yield f"[{number}]", f"“{each.text[:40]}”"

    def _list_table(self, group: _Group, table: ReadTable, around: Sequence[Citations]) -> Iterator[Place]:
        name = self._name(group, "table")
        for at, row in enumerate(table.rows, start=1):
            paragraphs = [each for cell in row for each in cell]
            cited = join_cited(self._find(each.cited) for each in paragraphs)
            for each in paragraphs:
                scopes = (self._find(each.cited), cited, *around)
                yield Place(f"{name}, row {at}", each.text, scopes, is_cell=True)

    def _list_chart(self, group: _Group, chart: ReadChart, around: Sequence[Citations]) -> Iterator[Place]:
        name = self._name(group, "chart")
        if not chart.series:
            yield Place(f"{name}, description", chart.alt, tuple(around))
        labels = (*chart.categories, *(series for series, _ in chart.series))
        yield from (Place(f"{name}, labels", label, tuple(around)) for label in labels)
        for series, values in chart.series:
            for category, value in zip(chart.categories, values, strict=False):
                if value is not None:
                    where = f"{name}, {series}, {category}"
                    yield Place(where, "", tuple(around), is_cell=True, value=value)

    def _name(self, group: _Group, kind: str) -> str:
        self._counts[group.section, kind] += 1
        number = "" if kind == "heading" else f" {self._counts[group.section, kind]}"
        return f"“{group.section[:60]}”, {kind}{number}" if group.section else f"{kind}{number}"

    def _find(self, numbers: Sequence[int]) -> Citations:
        return join_cited(self._paper.citations.get(number, ()) for number in numbers)


def _list_paragraphs(item: ReadItem) -> Iterator[ReadParagraph]:
    if isinstance(item, ReadParagraph):
        yield item
    elif isinstance(item, ReadTable):
        yield from (paragraph for row in item.rows for cell in row for paragraph in cell)
