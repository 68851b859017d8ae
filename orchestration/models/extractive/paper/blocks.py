"""The blocks of a document's sections: cards, lists, courses of events, sides, somebody's words, tables and charts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from msgspec import structs

from orchestration.models.extractive.cues import is_decision, is_personal
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.figure_words import FigureWords
from orchestration.models.extractive.figures import CARD_CHARS, Kpi, find_kpi
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.milestones import Milestone, list_milestones, list_states, order_milestones
from orchestration.models.extractive.readings import begin
from orchestration.models.extractive.slides import LABEL_CHARS, Slide, cite, describe_source
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.tasks import is_step
from orchestration.models.extractive.text.composer import Section, Shape
from orchestration.models.extractive.text.tables import TextTable
from recipes.source import Cell

CARDS: Final = 4
# one card alone is a sentence
CARDS_LEAST: Final = 2
# what the document's content takes
HEADING_CHARS: Final = 160
CELL_CHARS: Final = 300
MILESTONES: Final = range(2, 13)
# with its mark, a label's length
EVENT_CHARS: Final = 100
POINT_CHARS: Final = 380
PARAGRAPH_STATEMENTS: Final = 4
# with fewer sentences beside it, somebody's words are no interruption but all there is
QUOTED_FROM_STATEMENTS: Final = 3

Block = dict[str, Any]


def make_section(section: Section, material: Material) -> dict[str, Any]:
    """Give a section as the document's content has it."""
    heading = section.heading or material.words.key_findings
    shown = clip_words(f"{heading[:1].upper()}{heading[1:]}", HEADING_CHARS // 2)
    tables = (block for table in section.tables for block in _list_table(table))
    blocks = [*_list_words(section, material), *tables]
    silence = {"kind": "paragraph", "text": material.words.silence}
    return {"heading": escape_marks(shown), "level": 1, "blocks": blocks or [silence]}


def list_quoted(section: Section) -> tuple[Statement, ...]:
    """Give what a section quotes: of a course of events only what happens, as the dates stand apart."""
    course = _find_course(section.statements) if section.shape is Shape.COURSE else None
    if course is None:
        return section.statements
    return tuple(replace(each.statement, raw=each.event, shown=each.event) for each in course)


def make_chart(slide: Slide) -> Block:
    """Give a chart of a deck as a document has it."""
    chart = {name: value for name, value in slide.content["chart"].items() if name != "subtitle"}
    return {
        "kind": "chart",
        "caption": slide.title,
        "chart": chart,
        "takeaways": slide.content["takeaways"],
        "source_ids": list(slide.tables),
    }


def _list_words(section: Section, material: Material) -> Iterator[Block]:
    if not section.statements:
        return
    if section.heading is None:
        yield from _list_opening(section.statements)
    elif section.shape is Shape.COURSE:
        yield _make_course(section.statements, material) or _make_bullets(section.statements)
    elif section.shape is Shape.STEPS:
        yield {"kind": "numbered", "numbered": [cite(each.shown, each.passage_id) for each in section.statements]}
    elif section.shape is Shape.TASKS:
        yield _make_sides(section.statements, material) or _make_bullets(section.statements)
    else:
        yield from _list_prose(section.statements, material)


def _list_opening(statements: Sequence[Statement]) -> Iterator[Block]:
    """Give the first findings, and before them the figures that they state: on cards, or one set apart."""
    stated = [(each, kpi) for each in statements if (kpi := find_kpi(each.shown))][:CARDS]
    if len(stated) >= CARDS_LEAST:
        yield {"kind": "kpis", "kpis": [_make_card(*each) for each in stated]}
        yield _make_bullets(statements)
        return
    for statement, kpi in stated:
        shown = {"value": escape_marks(kpi.value), "label": escape_marks(kpi.label)}
        yield {"kind": "callout", "text": cite(statement.shown, statement.passage_id), **shown}
    if rest := [each for each in statements if all(each is not statement for statement, _ in stated)]:
        yield _make_bullets(rest)


def _make_bullets(statements: Sequence[Statement]) -> Block:
    return {"kind": "bullets", "bullets": [{"text": cite(each.shown, each.passage_id)} for each in statements]}


def _make_card(statement: Statement, kpi: Kpi) -> dict[str, Any]:
    card: dict[str, Any] = {"label": cite(kpi.label, statement.passage_id), "value": escape_marks(kpi.value)}
    return card | ({"delta": escape_marks(kpi.change), "direction": kpi.direction} if kpi.change else {})


def _find_course(statements: Sequence[Statement]) -> list[Milestone] | None:
    """Give what happens when, where each sentence begins with its date and none must be cut."""
    said = [list_milestones(each) for each in statements]
    milestones = order_milestones(milestone for found in said for milestone in found)
    fits = all(said) and all(map(_fits, milestones)) and len(milestones) in MILESTONES
    return milestones if fits else None


def _fits(milestone: Milestone) -> bool:
    """Tell whether a milestone stands for its sentence: nothing of it is cut, or said in the marks of chat."""
    is_short = len(milestone.date) <= CARD_CHARS and len(milestone.event) <= EVENT_CHARS
    return milestone.is_lead and is_short and milestone.event in milestone.statement.raw


def _make_course(statements: Sequence[Statement], material: Material) -> Block | None:
    milestones = _find_course(statements)
    if milestones is None:
        return None
    states = list_states(milestones, material.find_newest())
    shown = [
        {
            "date": escape_marks(each.date),
            "label": cite(each.event, each.statement.passage_id),
            "status": state,
        }
        for each, state in zip(milestones, states, strict=True)
    ]
    return {"kind": "timeline", "milestones": shown}


def _make_sides(statements: Sequence[Statement], material: Material) -> Block | None:
    """Give decisions beside tasks, where there are both and nothing else."""
    decided = [each for each in statements if is_decision(each.shown)]
    tasks = [each for each in statements if each not in decided]
    are_tasks = all(is_step(each, material.people) for each in tasks)
    if not decided or not tasks or not are_tasks or any(len(each.shown) > POINT_CHARS for each in statements):
        return None
    left, right = (
        {"heading": heading, "points": [cite(each.shown, each.passage_id) for each in members]}
        for heading, members in ((material.words.decided, decided), (material.words.next_steps, tasks))
    )
    return {"kind": "two_column", "left": left, "right": right}


def _list_prose(statements: Sequence[Statement], material: Material) -> Iterator[Block]:
    """Give short paragraphs; what somebody says for people is set apart, once in a section."""
    personal = [each for each in statements if each.is_message and is_personal(each.shown)]
    apart = personal[:1] if len(statements) > QUOTED_FROM_STATEMENTS else []
    told = [each for each in statements if each not in apart]
    for start in range(0, len(told), PARAGRAPH_STATEMENTS):
        said = told[start : start + PARAGRAPH_STATEMENTS]
        yield {"kind": "paragraph", "text": " ".join(cite(each.shown, each.passage_id) for each in said)}
    for each in apart:
        yield {
            "kind": "quote",
            "quote": cite(each.shown, each.passage_id),
            "attribution": escape_marks(clip_words(each.voice, LABEL_CHARS)),
            "role": escape_marks(describe_source(structs.replace(each.source, author=None), material.words)),
        }


def _list_table(table: TextTable) -> Iterator[Block]:
    shown = table.shown
    if table.reading:
        yield {"kind": "paragraph", "text": cite(f"{table.reading.rstrip('.')}.", shown.passage_id)}
    if shown.rows:
        note = "" if shown.is_whole else shown.said
        copied = shown.words.copied.format(name=shown.table_name)
        yield {
            "kind": "table",
            "caption": escape_marks(begin(shown.name)),
            "columns": [{"header": escape_marks(clip_words(header, HEADING_CHARS // 2))} for header in shown.headers],
            "rows": [[_show_cell(cell, shown.words) for cell in row] for row in shown.rows],
            "note": escape_marks(f"{note} {copied}".strip()),
            "source_ids": [shown.passage_id],
        }


def _show_cell(cell: Cell, words: FigureWords) -> str:
    if isinstance(cell, int | float):
        return words.show(cell)
    return escape_marks(clip_words(" ".join((cell or "").split()), CELL_CHARS // 2))
