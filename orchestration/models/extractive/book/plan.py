"""The plan of a workbook: a summary of what the tables hold, then each table whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from orchestration.models.extractive.book.tables import (
    GROUPS,
    Grouping,
    Measure,
    TakenTable,
    list_missed,
    list_sources,
    take_tables,
)
from orchestration.models.extractive.entries import describe_entry, find_locale
from orchestration.models.extractive.excerpts import clip_words, escape_marks, make_title
from orchestration.models.extractive.material import Material, read_material
from recipes.bundle import WorkBundle

DISCLOSURE: Final = (
    "No language model was used: values are copied from the sources, or worked out from them by formulas"
)
SUMMARY: Final = "Summary"
SUMMARY_TABLES: Final = 8
# what a workbook's content allows
_SHEET_CHARS: Final = 31
_NAME_CHARS: Final = 100
_LABEL_CHARS: Final = 120
_FIGURES: Final = 8
_CHARTS: Final = 6
_LINE_LEAST: Final = 5
_GROUPED_ROWS: Final = 500


@dataclass(frozen=True)
class Summed:
    """One table of the summary: rows of a table summed up by a column."""

    name: str
    taken: TakenTable
    grouping: Grouping
    below: str
    """The table of the workbook that holds the rows."""


@dataclass(frozen=True)
class BookPlan:
    """A workbook before it is built."""

    material: Material
    title: str
    tables: tuple[tuple[str, TakenTable], ...]
    """Each under its name in the workbook."""
    summed: tuple[Summed, ...]
    missed: tuple[str, ...]
    is_cut: bool = False
    why_cut: str = ""
    """What was wrong with the file of the whole plan, where this is a part of it."""

    def cut(self, why: str = "") -> "BookPlan":
        """Give the plan of the rows alone, without the sheet that sums them up."""
        return replace(self, summed=(), is_cut=True, why_cut=why)

    @property
    def is_empty(self) -> bool:
        """The sources hold no table."""
        return not self.tables

    def to_json(self) -> dict[str, Any]:
        """Give the workbook's content, as the skill takes it."""
        newest = self.material.find_newest()
        sheets = [*([self._make_summary()] if self.summed or self._has_figures() else []), *self._list_data()]
        left_out = [f"Not read: {each.source}: {each.reason}" for each in self.material.bundle.left_out]
        content: dict[str, Any] = {
            "title": escape_marks(self.title),
            "subtitle": DISCLOSURE,
            "language": find_locale(self.material.language),
            "notes": escape_marks("\n".join([*self.missed, *left_out])[:5_000]),
            "sources": [
                describe_entry(source, self.material.words)
                for source in list_sources([taken for _, taken in self.tables])
            ],
            "sheets": sheets,
        }
        return content | ({"date": newest.date().isoformat()} if newest else {})

    def _has_figures(self) -> bool:
        wants_summary = not self.is_cut and self.material.bundle.parameters.get("summary") is not False
        return wants_summary and any(taken.measures for _, taken in self.tables)

    def _make_summary(self) -> dict[str, Any]:
        figures = [
            {
                "label": clip_words(label, _LABEL_CHARS),
                "of": {"table": name, "column": measure.name, "take": measure.take},
            }
            for name, taken in self.tables
            for measure in taken.measures
            if not taken.totals and len(measure.name) <= _LABEL_CHARS
            for label in [_name_figure(measure, name if len(self.tables) > 1 else "")]
        ]
        lead = self.summed[0] if self.summed else None
        title = f"{_name_measure(lead.taken.measures[0])} by {lead.grouping.name}" if lead else self.title
        return {
            "name": SUMMARY,
            "title": escape_marks(clip_words(title, _LABEL_CHARS)),
            "notes": escape_marks("\n".join(_say_left_out(self.tables))),
            "figures": figures[:_FIGURES],
            "tables": [_sum_up(each) for each in self.summed],
            "charts": [_draw(each) for each in self.summed if _may_draw(each)][:_CHARTS],
        }

    def _list_data(self) -> Iterator[dict[str, Any]]:
        names: set[str] = {SUMMARY.casefold()}
        for name, taken in self.tables:
            said = escape_marks(clip_words(taken.source.locator, _LABEL_CHARS))
            note = f"All rows of {said}, as they are there [@{taken.passage.id}]"
            table: dict[str, Any] = {"name": name, "note": note, "rows_from": {"passage": taken.passage.id}}
            if len(taken.columns) < len(taken.table.columns):
                table["columns"] = [{"header": _clip_header(column), "from_column": column} for column in taken.columns]
            yield {"name": _name_sheet(name, names), "title": escape_marks(name), "tables": [table]}


def plan_book(bundle: WorkBundle) -> BookPlan:
    """Give the workbook that the bundle's tables make."""
    material = read_material(bundle)
    taken = take_tables(bundle)
    names: set[str] = set()
    tables = tuple((_name_apart(each, names), each) for each in taken)
    wants_summary = bundle.parameters.get("summary") is not False
    summed = [each for name, table in tables for each in _list_summed(name, table, names)] if wants_summary else []
    return BookPlan(
        material=material,
        title=make_title(material.topic),
        tables=tables,
        summed=tuple(summed[:SUMMARY_TABLES]),
        missed=tuple(list_missed(bundle, taken)),
    )


def _list_summed(name: str, taken: TakenTable, names: set[str]) -> Iterator[Summed]:
    for grouping in taken.groupings:
        if taken.measures and len(grouping.values) <= _GROUPED_ROWS and _fits(taken, grouping):
            made = clip_words(f"{name} by {grouping.name}", _NAME_CHARS)
            if made.casefold() not in names:
                names.add(made.casefold())
                yield Summed(made, taken, grouping, name)


def _fits(taken: TakenTable, grouping: Grouping) -> bool:
    return all(len(each) <= _LABEL_CHARS for each in (grouping.name, *(measure.name for measure in taken.measures)))


def _sum_up(each: Summed) -> dict[str, Any]:
    """Give the table of a grouping: over the workbook's rows, or over the source's, where some are sums of others."""
    measures = each.taken.measures
    columns: list[dict[str, Any]] = [{"header": each.grouping.name}]
    for at, measure in enumerate(measures):
        is_sum = measure.take == "sum"
        columns.append(
            {
                "header": _clip_header(_name_measure(measure)),
                "from_column": measure.name,
                "take": measure.take,
                "total": "sum" if is_sum else "none",
                "conditional": "bar" if at == 0 and not each.grouping.is_ordered else "none",
            }
        )
    if measures[0].take == "sum" and not each.grouping.is_ordered:
        columns.append(
            {
                "header": f"Share of {measures[0].name}"[:_NAME_CHARS],
                "formula": {"kind": "share", "of": [columns[1]["header"]]},
            }
        )
    where = [{"column": column, "test": "not_equal", "value": value} for column, value in each.taken.totals]
    rows: dict[str, Any] = {"group_by": [each.grouping.name]}
    rows |= {"passage": each.taken.passage.id, "where": where[:8]} if where else {"table": each.below}
    if not each.grouping.is_ordered:
        rows["sort"] = [{"column": columns[1]["header"], "descending": True}]
    else:
        rows["sort"] = [{"column": each.grouping.name}]
    return {"name": each.name, "title": escape_marks(each.name), "columns": columns, "rows_from": rows}


def _may_draw(each: Summed) -> bool:
    return len(each.grouping.values) > 1 and (each.grouping.is_ordered or len(each.grouping.values) <= GROUPS)


def _draw(each: Summed) -> dict[str, Any]:
    header = _clip_header(_name_measure(each.taken.measures[0]))
    is_line = each.grouping.is_ordered and len(each.grouping.values) >= _LINE_LEAST
    kind = "line" if is_line else "column" if each.grouping.is_ordered else "bar"
    title = escape_marks(clip_words(f"{header} by {each.grouping.name}", _LABEL_CHARS))
    return {
        "title": title,
        "type": kind,
        "table": each.name,
        "categories": each.grouping.name,
        "series": [header],
        "alt": f"{kind} chart of {title}",
    }


def _name_measure(measure: Measure) -> str:
    return f"Average {measure.name}" if measure.take == "average" else f"Total {measure.name}"


def _name_figure(measure: Measure, table: str) -> str:
    return f"{_name_measure(measure)}, {table}" if table else _name_measure(measure)


def _clip_header(name: str) -> str:
    return " ".join(name.split())[:_NAME_CHARS]


def _say_left_out(tables: Sequence[tuple[str, TakenTable]]) -> Iterator[str]:
    for name, taken in tables:
        if taken.totals:
            marks = ", ".join(dict.fromkeys(value for _, value in taken.totals))
            yield f"Rows of {name} that are sums of others ({marks}) are in no total here."


def _name_apart(taken: TakenTable, names: set[str]) -> str:
    """Give a table's name, with its file's where another one is called so too."""
    said = " ".join(taken.table.name.split()) or taken.source.locator
    for name in (said, f"{said} ({taken.source.locator})", f"{said} {taken.passage.id}"):
        short = clip_words(name, _NAME_CHARS)
        if short.casefold() not in names:
            break
    names.add(short.casefold())
    return short


def _name_sheet(name: str, names: set[str]) -> str:
    """Give a name that a sheet may have, and that no other has."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", name).split()) or "Data"
    made, number = plain[:_SHEET_CHARS].strip(), 2
    while made.casefold() in names or made.casefold() in _RESERVED:
        made, number = f"{plain[: _SHEET_CHARS - 4].strip()} {number}", number + 1
    names.add(made.casefold())
    return made


_RESERVED: Final = frozenset({"history", "about", "sources", "über", "quellen", "à propos", "acerca de", "fuentes"})
