"""From what a deck says to the slides of the file, measured and numbered."""

from collections.abc import Sequence
from typing import Final

from orchestration.skills.content import Deck, Slide, SlideContent, list_cited, list_cited_passages
from orchestration.skills.deck.frame import frame_blocks
from orchestration.skills.deck.page import Block, Page
from orchestration.skills.deck.setting import Setting, Sheet, framed
from orchestration.skills.deck.slides.charts import compose_chart
from orchestration.skills.deck.slides.comparison import compose_comparison
from orchestration.skills.deck.slides.figures import compose_big_number, compose_kpis, compose_quote
from orchestration.skills.deck.slides.images import compose_image
from orchestration.skills.deck.slides.lists import compose_bullets, compose_two_column
from orchestration.skills.deck.slides.openings import compose_section, compose_title
from orchestration.skills.deck.slides.process import compose_process
from orchestration.skills.deck.slides.tables import compose_agenda, compose_closing, compose_sources, compose_table
from orchestration.skills.deck.slides.timeline import compose_timeline
from orchestration.skills.deck.stage import Stage
from orchestration.skills.marks import plain_text, source_of
from orchestration.skills.pictures import Pictures
from orchestration.skills.problems import ContentTooLong

# Their frame is their own: they are dark and have no section, sources line or continuation.
_DARK: Final = {"title", "section", "closing"}


def compose_pages(deck: Deck, stage: Stage, pictures: Pictures) -> list[Page]:
    """Give the slides of the file in order; a slide that must continue gives several, titled `(1/2)`, `(2/2)`.

    Raises:
        ContentTooLong: with one sentence for each text that does not fit at a readable size.
    """
    setting = Setting.of(deck, stage, pictures)
    pages: list[Page] = []
    problems: list[str] = []
    for number, slide in enumerate(deck.slides, 1):
        try:
            pages += _pages(slide, setting, pages)
        except ContentTooLong as error:
            problems += [f"slide {number} ({slide.kind}): {problem}" for problem in error.problems]
    if problems:
        raise ContentTooLong(problems)
    return pages


def _pages(slide: Slide, setting: Setting, before: Sequence[Page]) -> list[Page]:
    first = len(before) + 1
    sheets = _compose(slide, setting, before)
    title = getattr(slide, "title", None) or setting.deck.title
    pages: list[Page] = []
    for at, sheet in enumerate(sheets):
        shown = title if len(sheets) == 1 else f"{title} ({at + 1}/{len(sheets)})"
        cited = list_cited(slide)
        frame = _frame(slide, setting, shown, cited=cited, slide_no=first + at)
        notes = _notes(slide, setting)
        pages.append(framed(sheet, frame, title=plain_text(shown), slide_no=first + at, notes=notes, cited=cited))
    return pages


def _compose(slide: Slide, setting: Setting, before: Sequence[Page]) -> list[Sheet]:  # noqa: C901, PLR0911, PLR0912 - one line a kind
    match slide.kind:
        case "title":
            return compose_title(slide, setting)
        case "agenda":
            return compose_agenda(slide, setting)
        case "section":
            return compose_section(slide, setting, slide_no=len(before) + 1)
        case "bullets":
            return compose_bullets(slide, setting)
        case "two_column":
            return compose_two_column(slide, setting)
        case "comparison":
            return compose_comparison(slide, setting)
        case "process":
            return compose_process(slide, setting)
        case "image":
            return compose_image(slide, setting)
        case "kpis":
            return compose_kpis(slide, setting)
        case "big_number":
            return compose_big_number(slide, setting)
        case "chart":
            return compose_chart(slide, setting)
        case "table":
            return compose_table(slide, setting)
        case "quote":
            return compose_quote(slide, setting)
        case "timeline":
            return compose_timeline(slide, setting)
        case "closing":
            return compose_closing(slide, setting, slide_no=len(before) + 1)
        case "sources":
            return compose_sources(slide, setting, used=_used(before))


def _frame(slide: SlideContent, setting: Setting, title: str, *, cited: tuple[str, ...], slide_no: int) -> list[Block]:
    if getattr(slide, "kind", "") in _DARK:
        return []
    return frame_blocks(setting, title, section=slide.section, cited=cited, slide_no=slide_no)


def _used(pages: Sequence[Page]) -> dict[str, list[int]]:
    used: dict[str, list[int]] = {}
    for page in pages:
        for source_id in page.cited:
            used.setdefault(source_id, []).append(page.slide_no)
    return used


def _notes(slide: Slide, setting: Setting) -> str:
    """Give the speaker notes, followed by the sources of the slide in full: number, passages, title, where.

    The check of a finished file reads from these lines what each number stands for.
    """
    said = "".join(span.text for span in setting.spans(slide.notes or ""))
    cited = tuple(setting.source_numbers) if slide.kind == "sources" else list_cited_passages(slide)
    listed: list[str] = []
    for source_id in dict.fromkeys(map(source_of, cited)):
        number = setting.source_numbers[source_id]
        source = setting.deck.sources[number - 1]
        passages = ", ".join(each for each in cited if source_of(each) == source_id)
        named = ", ".join(part for part in (source.title, source.locator, source.url) if part)
        listed.append(f"[{number}] {passages}: {named}")
    return "\n".join(
        part for part in (said, "\n".join([f"{setting.words.sources}:", *listed]) if listed else "") if part
    )
