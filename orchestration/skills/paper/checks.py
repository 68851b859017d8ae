"""What is true of a finished document: the real file, read back, beside what it was to say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.skills.marks import LINK_SCHEMES, plain_text
from orchestration.skills.paper.completeness import list_missing
from orchestration.skills.paper.content import Block, Document
from orchestration.skills.paper.reading import ReadPaper
from orchestration.skills.paper.setting import Setting
from orchestration.skills.paper.wording import region_tag
from recipes.output import Check

# More examples than this make a sentence nobody reads.
EXAMPLES: Final = 5
_SHOWN_CHARS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the request asks of a file beyond its content."""

    slides: int | None = None
    pages: range | None = None
    sections: tuple[str, ...] = ()
    """Headings that must be there."""


def check_paper(paper: ReadPaper, document: Document, wanted: Wanted) -> list[Check]:
    """Give the checks of a document that opens, the failed ones among them."""
    setting = Setting.of(document)
    blocks = [block for section in document.sections for block in section.blocks]
    checks = [
        verdict("headings", "every heading is there at its level, in order", _misplaced(paper, setting)),
        verdict("tables", "every table is native and repeats its header", _bare_tables(paper, blocks)),
        verdict("charts", "every chart is there with its values", _missing_charts(paper, blocks)),
        verdict("words", "every text of the content is in the file", list_missing(paper, document)),
        verdict("alt text", "every chart, picture and table is described", _undescribed(paper)),
        verdict("sources", "every cited source is listed", _unlisted(paper)),
        verdict("links", "links lead to http, https or mailto addresses", _unsafe(paper)),
        verdict("language", f"the file says its language, {paper.language}", _foreign(paper, document)),
        verdict("page numbers", "pages are numbered", [] if paper.has_page_numbers else ["pages carry no number"]),
    ]
    fixed = [*check_pages(paper.pages, wanted.pages), *_check_print(paper, setting)] if paper.pages else []
    return [*checks, *_check_pictures(paper, blocks), *check_sections(paper, wanted.sections), *fixed]


def check_sections(paper: ReadPaper, wanted: Sequence[str]) -> list[Check]:
    """Give the check of the headings, where some were asked for."""
    found = verdict("sections", "every question has a section of its own", _unanswered(paper, wanted))
    return [found] if wanted else []


def check_pages(count: int, wanted: range | None) -> list[Check]:
    """Give the check of the number of pages, where one was asked for."""
    if wanted is None:
        return []
    said = f"the file has {count} pages, {wanted.start} to {wanted.stop - 1} were asked for"
    return [Check(name="page count", passed=count in wanted, said=said)]


def verdict(name: str, good: str, findings: Iterable[str]) -> Check:
    """Give the check that found these things, or nothing."""
    found = list(findings)
    if not found:
        return Check(name=name, passed=True, said=good)
    more = f"; and {len(found) - EXAMPLES} more" if len(found) > EXAMPLES else ""
    return Check(name=name, passed=False, said="; ".join(found[:EXAMPLES]) + more)


def _check_print(paper: ReadPaper, setting: Setting) -> list[Check]:
    """Give the checks that a file with fixed pages has beside the others."""
    wanted = [_letters(plain_text(heading.text)) for heading in setting.list_headings()]
    found = {_letters(each) for each in paper.bookmarks}
    lost = (f"no bookmark leads to heading {at}" for at, each in enumerate(wanted, 1) if each not in found)
    loose = (f"the font {name} is not in the file" for name in paper.loose_fonts)
    return [
        verdict("bookmarks", "every heading has its bookmark", lost),
        verdict("fonts", "all fonts are in the file", loose),
    ]


def _misplaced(paper: ReadPaper, setting: Setting) -> Iterator[str]:
    found = [(level, _letters(text)) for level, text in paper.list_headings()]
    for heading in setting.list_headings():
        wanted = (heading.level, _letters(plain_text(heading.text)))
        if wanted not in found:
            yield f"the heading '{plain_text(heading.text)[:_SHOWN_CHARS]}' is missing at level {heading.level}"
            continue
        found = found[found.index(wanted) + 1 :]


def _bare_tables(paper: ReadPaper, blocks: Sequence[Block]) -> Iterator[str]:
    headed = [table for table in paper.tables if table.has_header]
    wanted = [block for block in blocks if block.kind in {"table", "timeline"}]
    if len(headed) < len(wanted):
        yield f"{len(wanted)} tables should repeat their header, {len(headed)} do"
    cells = {_letters(paragraph.text) for paragraph in paper.list_all()}
    for block in blocks:
        if block.kind == "table":
            texts = [plain_text(cell) for row in block.rows for cell in row]
            if lost := next((text for text in texts if _letters(text) and _letters(text) not in cells), None):
                yield f"the cell '{lost[:_SHOWN_CHARS]}' is missing"


def _missing_charts(paper: ReadPaper, blocks: Sequence[Block]) -> Iterator[str]:
    charts = [block for block in blocks if block.kind == "chart"]
    if len(charts) != len(paper.charts):
        yield f"{len(paper.charts)} charts are there, {len(charts)} should be"
        return
    for block, chart in zip(charts, paper.charts, strict=True):
        wanted = [value for series in block.chart.series for value in series.values if value is not None]
        found = [value for _, values in chart.series for value in values if value is not None]
        if chart.series and wanted != found:
            yield f"the chart '{plain_text(block.caption)[:_SHOWN_CHARS]}' has other values"


def _check_pictures(paper: ReadPaper, blocks: Sequence[Block]) -> list[Check]:
    """Give the check of the pictures, where there are or should be some."""
    wanted = [plain_text(block.alt) for block in blocks if block.kind == "image"]
    found = [picture.alt for picture in paper.pictures]
    lost = [f"the picture '{alt[:_SHOWN_CHARS]}' is missing" for alt in wanted if alt not in found]
    if not lost and wanted != found:
        lost.append(f"{len(found)} pictures are there, {len(wanted)} should be, in another order")
    return [verdict("pictures", "every picture is there, in order", lost)] if wanted or found else []


def _undescribed(paper: ReadPaper) -> Iterator[str]:
    yield from (f"chart {at} has no description" for at, chart in enumerate(paper.charts, 1) if not chart.alt)
    yield from (f"picture {at} has no description" for at, each in enumerate(paper.pictures, 1) if not each.alt)
    yield from (f"table {at} has no description" for at, table in enumerate(paper.tables, 1) if not table.alt)


def _unlisted(paper: ReadPaper) -> Iterator[str]:
    listed = {each.text.partition("]")[0].strip("[ ") for each in paper.paragraphs if each.style == "Source Entry"}
    cited = dict.fromkeys(number for each in paper.list_all() for number in each.cited)
    yield from (f"[{number}] is cited, and no list of sources has it" for number in cited if str(number) not in listed)
    yield from (f"nothing says what [{number}] stands for" for number in cited if number not in paper.citations)


def _unsafe(paper: ReadPaper) -> Iterator[str]:
    return (f"a link leads to '{link[:_SHOWN_CHARS]}'" for link in paper.links if not link.startswith(LINK_SCHEMES))


def _foreign(paper: ReadPaper, document: Document) -> Iterator[str]:
    wanted = region_tag(document.language)
    if paper.language.casefold() != wanted.casefold():
        yield f"the file says that its language is '{paper.language}', it should be {wanted}"


def _unanswered(paper: ReadPaper, wanted: Sequence[str]) -> Iterator[str]:
    headings = [_letters(text) for _, text in paper.list_headings()]
    for each in wanted:
        if not any(_letters(each) in heading for heading in headings):
            yield f"'{each[:_SHOWN_CHARS]}' has no section"


def _letters(text: str) -> str:
    """Give what is left of a text however its spaces and signs are set."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
