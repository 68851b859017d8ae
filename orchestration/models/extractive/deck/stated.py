"""Figures that sentences state: as cards, or one large number where there is only one."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from orchestration.models.extractive.excerpts import escape_marks
from orchestration.models.extractive.figures import Kpi, find_kpi
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import Frame, Place, Slide, cite, find_headline, quote
from orchestration.models.extractive.statements import Statement

CARDS: Final = 4
# one figure alone has a slide only if it is among the best findings
_BEST: Final = 3
# what fits below the cards
_COMMENTARY_CHARS: Final = 300


def list_stated_figures(pool: Pool, frame: Frame) -> Iterator[Slide]:
    """Give cards of figures that sentences state, or one large number where there is only one."""
    while stated := [(each, kpi) for each in pool.list_left() if (kpi := find_kpi(each.shown))][:CARDS]:
        headline = find_headline((statement for statement, _ in stated), frame.room)
        is_alone = len(stated) == 1
        if headline is None or (is_alone and stated[0][0] not in pool.list_left()[:_BEST]):
            return
        pool.take_all(statement for statement, _ in stated)
        yield _make_number(headline[0], *stated[0], frame) if is_alone else _make_cards(*headline, stated, frame)


def _make_cards(headline: str, opener: Statement, stated: Sequence[tuple[Statement, Kpi]], frame: Frame) -> Slide:
    content: dict[str, Any] = {"kind": "kpis", "title": headline, "kpis": [_make_card(*each) for each in stated]}
    if commentary := _say_more([each for each in stated if each[0] is not opener]):
        content["commentary"] = commentary
    return Slide(
        place=Place.KPIS,
        section=frame.words.findings,
        content=content,
        statements=tuple(statement for statement, _ in stated),
    )


def _make_card(statement: Statement, kpi: Kpi) -> dict[str, Any]:
    card: dict[str, Any] = {"label": cite(kpi.label, statement.passage_id), "value": escape_marks(kpi.value)}
    if kpi.change:
        card |= {"delta": escape_marks(kpi.change), "direction": kpi.direction}
    return card


def _say_more(stated: Sequence[tuple[Statement, Kpi]]) -> str:
    """Quote the sentences of which a card shows the least, as far as there is room below the cards."""
    by_rest = sorted(stated, key=lambda each: _count_shown(each[1]) - len(each[0].shown))
    said = ""
    for statement, _ in by_rest:
        text = quote(statement, _COMMENTARY_CHARS)
        if text and len(said) + len(text) < _COMMENTARY_CHARS:
            said = f"{said} {text}".strip()
    return said


def _count_shown(kpi: Kpi) -> int:
    return len(kpi.label) + len(kpi.value) + len(kpi.change or "")


def _make_number(headline: str, statement: Statement, kpi: Kpi, frame: Frame) -> Slide:
    is_cut = headline != escape_marks(statement.shown.rstrip("."))
    return Slide(
        place=Place.KPIS,
        section=frame.words.findings,
        content={
            "kind": "big_number",
            "title": headline,
            "value": escape_marks(kpi.value),
            "label": cite(kpi.label, statement.passage_id),
            **({"context": cite(statement.shown, statement.passage_id)} if is_cut else {}),
        },
        statements=(statement,),
    )
