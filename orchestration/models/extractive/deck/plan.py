"""The plan of a deck: as many slides as were asked for, if the material allows; of as many kinds as it has."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from orchestration.models.extractive.charts.slides import list_charts
from orchestration.models.extractive.deck.closings import list_closings
from orchestration.models.extractive.deck.findings import list_findings
from orchestration.models.extractive.deck.options import find_option, list_options
from orchestration.models.extractive.deck.process_slides import list_process_slides
from orchestration.models.extractive.deck.sides import list_standings, list_voices_beside
from orchestration.models.extractive.deck.stated import list_stated_figures
from orchestration.models.extractive.deck.table_slides import list_cards, list_tables
from orchestration.models.extractive.deck.timelines import list_timelines
from orchestration.models.extractive.deck.voices import Voices
from orchestration.models.extractive.entries import describe_entry, find_locale
from orchestration.models.extractive.excerpts import escape_marks, make_title
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import AMPLE, LABEL_CHARS, Frame, Room, Slide
from orchestration.models.extractive.statements import Statement
from recipes.bundle import source_of
from recipes.source import Source
from recipes.theme import THEMES

DEFAULT_SLIDES: Final = 5
# shorter decks need no list of what is to come
AGENDA_FROM_SLIDES: Final = 8
AGENDA_ITEMS: Final = 8
# what one slide of the deck's content may cite
SOURCE_IDS: Final = 60
# with this many slides for material, tasks and stated figures get slides of their own
FORMS_FROM_SLIDES: Final = 4
# with this many, what is decided stands beside what is open, and options, steps and voices have theirs
STANDINGS_FROM_SLIDES: Final = 5
_BULLETS_LEAST: Final = 0


@dataclass(frozen=True)
class Attempt:
    """How a deck is to be made: anew, or after the skill said what was wrong."""

    room: Room = AMPLE
    banned: frozenset[str] = frozenset()
    """Headlines that may not come again."""
    fewer_slides: int = 0
    """How many slides the file had too many."""


@dataclass(frozen=True)
class Plan:
    """A deck before it is built."""

    material: Material
    wanted: int
    title: str
    theme: str
    slides: tuple[Slide, ...]
    """Those that show material: title, agenda and sources are added in `to_json`."""
    has_agenda: bool
    sources_pages: int

    @property
    def slide_count(self) -> int:
        """All slides of the file."""
        return 1 + self.has_agenda + len(self.slides) + self.sources_pages

    def list_sources(self) -> list[Source]:
        """Give the sources that a slide stands on, in the bundle's order."""
        return _list_cited(self.material, self.slides)

    def to_json(self) -> dict[str, Any]:
        """Give the deck's content, as the skill takes it."""
        newest, words = self.material.find_newest(), self.material.words
        content: dict[str, Any] = {
            "title": self.title,
            "subtitle": words.disclosure,
            "theme": self.theme,
            "language": find_locale(self.material.language),
            "sources": [describe_entry(source, words) for source in self.list_sources()],
            "slides": [
                {"kind": "title", "title": self.title, "subtitle": words.disclosure, "notes": self._note_left_out()},
                *([self._make_agenda()] if self.has_agenda else []),
                *(slide.to_json(self.material.bundle.sources, words) for slide in self.slides),
                {"kind": "sources", "title": words.sources},
            ],
        }
        return content | ({"date": newest.date().isoformat()} if newest else {})

    def _note_left_out(self) -> str:
        lines = [f"Not read: {each.source}: {each.reason}" for each in self.material.bundle.left_out]
        return escape_marks("\n".join([self.material.words.disclosure, *lines])[: LABEL_CHARS * 20])

    def _make_agenda(self) -> dict[str, Any]:
        firsts = {slide.section: slide.title for slide in reversed(self.slides)}
        names = list(dict.fromkeys(slide.section for slide in self.slides))[:AGENDA_ITEMS]
        items = [{"title": name, "detail": firsts[name]} for name in names]
        kept = [item if _adds(item) else {"title": item["title"]} for item in items]
        passages = dict.fromkeys(passage for slide in self.slides for passage in slide.list_passages())
        notes = "\n".join(slide.title for slide in self.slides)
        title = self.material.words.agenda
        return {
            "kind": "agenda",
            "title": title,
            "items": kept,
            "notes": notes,
            "source_ids": list(passages)[:SOURCE_IDS],
        }


def plan_deck(material: Material, attempt: Attempt) -> Plan:
    """Give the plan that comes nearest to the number of slides that was asked for, never above it."""
    parameters = material.bundle.parameters
    counted = parameters.get(material.bundle.recipe.contract.slides_from or "")
    wanted = counted if isinstance(counted, int) else DEFAULT_SLIDES
    style = str(parameters.get("template_style") or THEMES[0])
    empty = Plan(
        material=material,
        wanted=wanted,
        title=escape_marks(make_title(material.topic)),
        theme=style if style in THEMES else THEMES[0],
        slides=(),
        has_agenda=False,
        sources_pages=1,
    )
    best = empty
    for bullets in range(attempt.room.bullets, _BULLETS_LEAST - 1, -1):
        plan = _fill(empty, replace(attempt.room, bullets=bullets), attempt)
        if plan.slide_count > best.slide_count:
            best = plan
        if best.slide_count == wanted - attempt.fewer_slides:
            break
    return best


def _fill(empty: Plan, room: Room, attempt: Attempt) -> Plan:
    """Give the plan with as many slides as fit beside the title, an agenda and the pages that the sources need."""
    total = empty.wanted - attempt.fewer_slides
    has_agenda = total >= AGENDA_FROM_SLIDES
    count = total - 1 - has_agenda - 1
    while True:
        slides = _pick_slides(empty.material, room, count, attempt.banned)
        pages = max(1, math.ceil(len(_list_cited(empty.material, slides)) / room.sources))
        if has_agenda and len({slide.section for slide in slides}) < 2:  # noqa: PLR2004 (a list of one is no agenda)
            has_agenda, count = False, count + 1
        elif 1 + has_agenda + len(slides) + pages <= total or len(slides) <= 1:
            return replace(empty, slides=slides, has_agenda=has_agenda, sources_pages=pages)
        else:
            count = len(slides) - 1


def _pick_slides(material: Material, room: Room, count: int, banned: frozenset[str]) -> tuple[Slide, ...]:
    """Take one slide of each kind in turn, until there are enough or no kind has another."""
    makers = _list_makers(material, room, count)
    picked: list[Slide] = []
    titles = set(banned)
    while makers and len(picked) < count:
        for maker in tuple(makers):
            slide = next((each for each in maker if each.title not in titles), None)
            if slide is None:
                makers.remove(maker)
            elif len(picked) < count:
                titles.add(slide.title)
                picked.append(slide)
    return tuple(sorted(picked, key=lambda slide: slide.place))


def _list_makers(material: Material, room: Room, count: int) -> list[Iterator[Slide]]:
    """Give the sources of slides in the order of their worth: what has a form of its own comes before plain bullets.

    In a short deck tasks stay among the findings, as there may be no slide for them, and so do decisions in one that
    is a little longer.
    """
    pool, frame = Pool(material.ranked), Frame(room, material.words)
    voices = Voices(pool, frame)
    is_long = count >= STANDINGS_FROM_SLIDES

    def is_kept(statement: Statement) -> bool:
        return is_long and find_option(statement.shown) is not None

    charts = list_charts(material, pool, frame)
    findings = list_findings(pool, frame, is_kept)
    cards = list_cards(material.grids, frame)
    closings = list_closings(pool, material.people, frame)
    stated = list_stated_figures(pool, frame)
    tables = list_tables(material, frame)
    timelines = list_timelines(pool, frame)
    standings = list_standings(pool, frame)
    options = list_options(pool, material.statements, frame)
    steps = list_process_slides(material.processes, frame)
    rest = [list_voices_beside(pool, frame), voices.list_any()]
    if is_long:
        striking = voices.list_striking()
        return [
            charts, standings, closings, timelines, stated, findings, options, steps, striking, tables, cards, *rest
        ]  # fmt: skip
    forms = [options, standings, steps]
    if count < FORMS_FROM_SLIDES:
        return [charts, findings, cards, tables, stated, closings, timelines, *forms, *rest]
    return [charts, closings, timelines, stated, findings, tables, cards, *forms, *rest]


def _adds(item: dict[str, str]) -> bool:
    """Tell whether the detail of an agenda's line fits, and says more than its title."""
    return len(item["detail"]) <= LABEL_CHARS and item["detail"] != item["title"]


def _list_cited(material: Material, slides: tuple[Slide, ...]) -> list[Source]:
    ids = {source_of(passage) for slide in slides for passage in slide.list_passages()}
    return [source for source in material.bundle.sources if source.id in ids]
