"""Contents that strain a writer: too short, too long, too many, too wide, in many scripts, with odd values.

Each is a list of slides of a deck, whose parts (bullets, tables, charts, figures, quotes) other formats take as well.
`REFUSED` holds what no chart can show truly: it is refused with a sentence, and never drawn.
"""

# ruff: noqa: E501, RUF001 - content is data: one content a line, in many scripts

from collections.abc import Mapping
from typing import Any, Final

Slides = list[dict[str, Any]]

_SENTENCE: Final = (
    "the import of customer records fails when a file holds more than forty megabytes and nobody is told about it"
)
_WORDS: Final = _SENTENCE.split()
SOURCES: Final[list[dict[str, Any]]] = [
    {"id": f"S{n}", "title": f"Message {n} about the import of records", "locator": f"message of {n} Nov", "kind": "message"}
    for n in range(1, 41)
]  # fmt: skip


def _said(words: int) -> str:
    return " ".join(_WORDS[at % len(_WORDS)] for at in range(words))


def _points(title: str, *texts: str, sub: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"kind": "bullets", "title": title, "bullets": [{"text": text, "sub": list(sub)} for text in texts]}


def _chart(kind: str, categories: list[str], *series: list[float | None], **more: Any) -> dict[str, Any]:
    named = [{"name": f"Series {at}", "values": values} for at, values in enumerate(series, 1)]
    return {"kind": "chart", "title": f"A {kind} chart", "chart": {"type": kind, "categories": categories, "series": named, **more}}  # fmt: skip


def _table(title: str, columns: int, rows: list[list[Any]], **more: Any) -> dict[str, Any]:
    heads = [{"header": f"Column {at}"} for at in range(1, columns + 1)]
    return {"kind": "table", "title": title, "columns": heads, "rows": rows, **more}


def _cells(count: int, columns: int) -> list[list[Any]]:
    return [[f"Account {row}", *(row * at * 1.5 for at in range(1, columns))] for row in range(1, count + 1)]


_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]

CONTENTS: Final[Mapping[str, Slides]] = {
    "one word": [_points("Word", "Word")],
    "one sign": [_points("A", "B")],
    "no sources": [_points("Nothing is cited", "One point", "Another")],
    "bullets of 150 words": [_points("Long points", *(_said(150)[:990] for _ in range(3)))],
    "400 words in one slide": [_points("Four hundred words", *(_said(100) for _ in range(4)))],
    "fourteen points with three below each": [_points("Deep", *(_said(12) for _ in range(14)), sub=(_said(8), _said(9), _said(10)))],
    "long titles": [_points(_said(20)[:118], "A point"), _points("Wide words " * 6, "A point")],
    "a title of one long word": [_points("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "A point")],
    "very long words": [_points("Words", "qw" * 200, "https://files.example.com/" + "averylongpathsegment" * 9)],
    "emoji": [_points("Rockets 🚀 and flags 🇩🇪", "🚀🎉👩‍👩‍👧‍👦 party", "✓ done → next ½"), {"kind": "big_number", "title": "🎉", "value": "🚀 42", "label": "launches 🌍"}],
    "right to left": [_points("الإيرادات ترتفع", "ارتفعت الإيرادات بنسبة 22٪ مقارنة بالعام الماضي", "ההכנסות עלו ב-22% לעומת השנה שעברה"), _table("جدول", 2, [["الربع الأول", 12], ["الربع الثاني", 15]])],
    "East Asian": [_points("売上高は計画を上回りました", "売上高は前年同期比で二十二パーセント増加し、計画を上回りました。" * 6, "收入同比增长百分之二十二", "매출이 전년 대비 22% 증가했습니다"), _chart("column", ["第一四半期", "第二四半期"], [12, 15])],
    "Thai and Devanagari": [_points("รายได้เพิ่มขึ้น", "रवि और मीरा ने रिपोर्ट लिखी", "รายได้เพิ่มขึ้นร้อยละยี่สิบสองเมื่อเทียบกับปีก่อน")],
    "Cyrillic and Greek": [_points("Выручка выросла", "Выручка выросла на 22 %", "Τα έσοδα αυξήθηκαν κατά 22 %")],
    "mixed directions": [_points("Mixed שלום and العربية", "The file תקציב.xlsx holds 22٪ of it")],
    "signs of markup": [_points("a < b & c > d", "CSV=cmd|'/c calc'!A1 and \"quotes\"", r"1 \* 2 \* 3", "<script>alert(1)</script>")],
    "combining and invisible signs": [_points("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢LGO", "zero\u200bwidth\u00adhyphen and \u00a0 spaces", "Ünïcödé ﬁ")],
    "a table of thirty rows": [_table("Thirty rows", 4, _cells(30, 4), total=["Total", 1, 2, 3], note="Rounded.")],
    "a table of 200 rows": [_table("Two hundred rows", 3, _cells(200, 3))],
    "a table of nine columns of long words": [_table("Nine columns", 9, [[f"internationalisation{n}" for n in range(9)], ["", None, 1, 2.5, "-3%", "$4", "(5)", "6 pts", "n/a"]])],
    "a table of one row": [_table("One row", 2, [["Alone", 1]])],
    "empty cells": [_table("Empty", 3, [["", "", ""], ["", 1, None]])],
    "long cells": [_table("Long cells", 3, [[_said(40)[:290], _said(30), _said(20)] for _ in range(4)])],
    "one value": [_chart("column", ["Only"], [5]), _chart("bar", ["A single category with quite a long name that should wrap somewhere"], [-4])],
    "all values equal": [_chart("line", _MONTHS, [7] * 6), _chart("column", _MONTHS, [7] * 6)],
    "all values zero": [_chart("column", _MONTHS, [0] * 6), _chart("line", _MONTHS, [0] * 6), _chart("stacked_column", _MONTHS, [0] * 6, [0] * 6)],
    "missing values": [_chart("line", _MONTHS, [1, None, 3, None, None, 6]), _chart("column", _MONTHS, [None, 2, None, 4, 5, None]), _chart("area", _MONTHS, [1, None, 3, 4, None, 6])],
    "huge numbers": [_chart("column", _MONTHS, [1e12, 2.5e12, 9e14, 1, 0, 5e13]), {"kind": "kpis", "title": "Huge", "kpis": [{"label": "Figure", "value": "€1,234,567,890,123.45", "delta": "+1,000,000%", "direction": "up"}] * 4}],
    "tiny numbers": [_chart("line", _MONTHS, [0.00001, 0.00002, 0.00004, 0.00003, 0.00001, 0.00005])],
    "negative values": [_chart("column", _MONTHS, [-3, 5, -8, 2, -1, 4]), _chart("bar", _MONTHS, [-3, -5, -8, -2, -1, -4]), _chart("stacked_column", _MONTHS, [3, -5, 8, 2, 1, 4], [-1, 2, -3, 4, -5, 6])],
    "twelve series": [_chart("line", _MONTHS, *([n + at for at in range(6)] for n in range(12))), _chart("column", _MONTHS, *([n + at for at in range(6)] for n in range(12)))],
    "twenty-four long categories": [_chart("column", [f"Category with a long name, number {n}" for n in range(24)], [float(n) for n in range(24)]), _chart("bar", [f"Category with a long name, number {n}" for n in range(24)], [float(n) for n in range(24)])],
    "240 points": [_chart("line", [f"{2006 + n // 12}-{n % 12 + 1:02}" for n in range(240)], [100 + (n * 37 % 53) for n in range(240)])],
    "a pie of one slice and of tiny ones": [_chart("pie", ["All"], [100]), _chart("doughnut", list("abcdef"), [95, 1, 1, 1, 1, 1]), _chart("pie", [f"Quite a long name for slice {n}" for n in range(6)], [50, 45, 2, 1, 1, 1])],
    "combinations": [_chart("combination", _MONTHS, [1200, 1500, 1400, 1800, 2100, 2400], [4.1, None, 3.9, 2.7, 2.2, 1.9], line_format='0.0"%"'), _chart("combination", ["One"], [1], [1])],
    "scatters": [_chart("scatter", [f"Point {n}" for n in range(120)], [n * 37 % 101 for n in range(120)], [n * 53 % 97 for n in range(120)]), _chart("scatter", ["Same", "Place"], [5, 5], [5, 5]), _chart("scatter", [f"A point with a long name {n}" for n in range(8)], [-1e6, 2e6, 3e6, 4e6, 5e6, 6e6, 7e6, 8e6], [0.1, -0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])],
    "six figures with long words": [{"kind": "kpis", "title": "Six", "kpis": [{"label": _said(9), "value": "1,234,567.89", "delta": "+12.3 points year on year", "good": n % 2 == 0, "direction": "down"} for n in range(6)], "commentary": _said(40)}],
    "one figure": [{"kind": "kpis", "title": "One", "kpis": [{"label": "L", "value": "1"}]}],
    "six moments": [{"kind": "timeline", "title": "Six", "milestones": [{"date": "Mid-November 2026", "label": _said(7), "detail": _said(14), "status": state} for state in ("done", "done", "next", "planned", "risk", "planned")]}],
    "six long stages": [{"kind": "process", "title": "Six", "stages": [{"label": _said(5), "detail": _said(16)} for _ in range(6)]}],
    "two short stages": [{"kind": "process", "title": "Two", "stages": [{"label": "A"}, {"label": "B", "detail": "C"}]}],
    "four full options": [{"kind": "comparison", "title": "Four", "options": [{"heading": _said(4), "points": [_said(7)] * 4, "verdict": _said(6), "tag": "A tag of its own", "recommended": n == 2} for n in range(4)]}],
    "uneven columns": [{"kind": "two_column", "title": "Uneven", "left": {"heading": _said(6), "points": [_said(16)] * 4}, "right": {"heading": "R", "points": ["One"]}}],
    "a long quotation": [{"kind": "quote", "title": "Q", "quote": _said(110)[:690], "attribution": "Somebody", "role": _said(12)}],
    "an agenda of eight": [{"kind": "agenda", "items": [{"title": _said(8), "detail": _said(12)} for _ in range(8)]}],
    "a long closing": [{"kind": "closing", "title": "To do", "message": _said(30), "steps": [{"text": _said(18), "owner": "Procurement & legal", "due": "By the end of Q3"}] * 5}],
    "an empty closing": [{"kind": "closing"}],
    "sections without slides": [{"kind": "section", "title": "Empty"}, {"kind": "section", "title": _said(14), "subtitle": _said(50)[:390]}, {"kind": "section", "title": "Again"}],
    "sixty slides": [_points(f"Slide {n}", f"Point {n}", _said(n)) for n in range(1, 61)],
    "forty sources on a slide": [{**_points("Many sources", "A point [@S1] [@S2.4]"), "source_ids": [f"S{n}" for n in range(1, 41)]}, {"kind": "sources"}],
    "long notes": [{**_points("Notes", "A point"), "notes": f"{_said(900)}\n\nSecond paragraph"}],
    "a big number of many signs": [{"kind": "big_number", "title": "Big", "value": "€1,234,567,890,123.45 bn", "label": _said(14), "context": _said(60)}],
    "pictures": [{"kind": "image", "title": "Shown whole", "image": "S2", "alt": _said(30), "caption": _said(18), "points": [_said(10)] * 5}, {"kind": "image", "title": "Cropped", "image": "S2", "alt": "A dock", "fill": True}, {"kind": "sources"}],
}  # fmt: skip

# A chart, and words of the sentence it is refused with.
REFUSED: Final[Mapping[str, tuple[dict[str, Any], str]]] = {
    "negative slices": (_chart("pie", list("ab"), [5, -2]), "needs positive values"),
    "slices of nothing": (_chart("doughnut", list("ab"), [0, 0]), "needs positive values"),
    "seven slices": (_chart("pie", list("abcdefg"), [1] * 7), "at most 6 categories"),
    "thirteen series": (_chart("column", ["a"], *([1] for _ in range(13))), "at most 12"),
    "a point without a place": (_chart("scatter", ["a", "b"], [1, None], [1, 2]), "needs both its values"),
    "a combination of one": (_chart("combination", ["a"], [1]), "needs 2 series or more"),
    "a value too few": (_chart("line", ["a", "b"], [1]), "1 values for 2 categories"),
}


def corpus_deck(name: str, theme: str = "slate") -> dict[str, Any]:
    """Give one content as a deck with an opening, and notes on each slide."""
    slides = [{"notes": "Said about this slide.", **slide} for slide in CONTENTS[name]]
    cites = slides[-1]["kind"] == "sources"
    return {
        "title": name,
        "subtitle": "A content that strains",
        "author": "Maya",
        "theme": theme,
        "footer": "A footer",
        "sources": SOURCES if cites else [],
        "slides": [{"kind": "title", "notes": "The opening."}, *slides],
    }
