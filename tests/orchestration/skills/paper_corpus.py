"""Contents that strain a document: too short, too long, too many, too wide, in other scripts, with odd values."""

# ruff: noqa: E501, RUF001 - content is data, in many scripts

from typing import Any, Final

_SENTENCE: Final = "The import of records fails when a file holds more than forty megabytes and nobody is told. "
_LONG_WORD: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
_URL: Final = "https://files.example.com/" + "averylongpathsegment" * 8

Block = dict[str, Any]


def _table(rows: list[list[Any]], **more: Any) -> Block:
    columns = [{"header": f"Column {at}"} for at in range(1, len(rows[0]) + 1)]
    return {"kind": "table", "caption": "A table", "columns": columns, "rows": rows, **more}


def _chart(kind: str, categories: list[str], *series: list[float | None], **more: Any) -> Block:
    named = [{"name": f"Series {at}", "values": values} for at, values in enumerate(series, 1)]
    chart = {"type": kind, "categories": categories, "series": named, **more}
    return {"kind": "chart", "caption": f"A {kind} chart", "chart": chart}


def _picture(source_id: str) -> Block:
    return {
        "kind": "image",
        "image": source_id,
        "alt": f"What {source_id} shows",
        "caption": f"The picture {source_id}",
    }


def _said(*texts: str) -> list[Block]:
    return [{"kind": "paragraph", "text": text} for text in texts]


_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr"]
BLOCKS: Final[dict[str, list[Block]]] = {
    "one word": _said("Word"),
    "one sign": _said("."),
    "four thousand signs": _said((_SENTENCE * 44)[:3_990]),
    "forty paragraphs": _said(*(f"{at}. {_SENTENCE}" for at in range(40))),
    "a word without an end": _said("qw" * 400),
    "long words": _said(_LONG_WORD, f"[{_LONG_WORD}]({_URL})", _URL),
    "marks of its own": _said("**bold *both* bold** \\*not\\* \\[@S1] 5 * 3 * 2 _x_ `y` <b>z</b> & $a$ #b @c ~d"),
    "quotes and signs": _said("“a” ‘b’ «c» – — … ½ × ÷ ± ≤ ≥ ≠ → € £ ¥ § ¶ © ® ™ ° µ"),
    "Greek and Cyrillic": _said("Ξεσκεπάζω την ψυχοφθόρα βδελυγμία", "Съешь же ещё этих мягких французских булок"),
    "Arabic": _said("ارتفعت الإيرادات بنسبة 22٪ مقارنة بالعام الماضي (Revenue)", "All English"),
    "Hebrew": _said("ההכנסות עלו ב-22% לעומת השנה שעברה", "Mixed שלום and words"),
    "Arabic in a table": [_table([["الربع الأول", 12], ["الربع الثاني", 15]], total=["المجموع", 27])],
    "Arabic in a chart": [_chart("bar", ["الأول", "الثاني"], [1, 2])],
    "forty bullets with three below each": [
        {"kind": "bullets", "bullets": [{"text": f"{at} {_SENTENCE}", "sub": [_SENTENCE] * 3} for at in range(40)]}
    ],
    "a bullet of a thousand signs": [{"kind": "bullets", "bullets": [{"text": (_SENTENCE * 11)[:990]}]}],
    "two numbered lists": [{"kind": "numbered", "numbered": [_SENTENCE] * 40}, {"kind": "numbered", "numbered": ["1"]}],
    "one figure": [{"kind": "kpis", "kpis": [{"label": "L", "value": "1"}]}],
    "six figures with long labels": [
        {"kind": "kpis", "commentary": _SENTENCE, "kpis": [
            {"label": _SENTENCE[:110], "value": f"${at},234,567.89", "delta": "+12.3 points", "direction": "up"}
            for at in range(6)
        ]}
    ],
    "a figure that is a long word": [{"kind": "kpis", "kpis": [{"label": _LONG_WORD, "value": _LONG_WORD[:40]}] * 4}],
    "a table of two hundred rows": [_table([[f"Row {at}", at, at * 1.5, ""] for at in range(200)])],
    "a table of nine long columns": [_table([[_SENTENCE[:90]] * 9] * 12)],
    "a table of long words": [_table([[_LONG_WORD, _LONG_WORD, _LONG_WORD]] * 3)],
    "a table with a cell of 300 signs": [_table([[(_SENTENCE * 4)[:300], 1], ["", 2]])],
    "empty cells": [_table([["", ""], ["", ""]], total=["", ""])],
    "a table of negative figures": [_table([["a", "(1,234)"], ["b", "-5 %"], ["c", "−7.5"]], highlight_row=2)],
    "formulas in cells": [_table([["=cmd|'/c calc'!A1", "@SUM(A1)"], ["+1", "-1"]])],
    "one value": [_chart("column", ["Only"], [5])],
    "all zero": [_chart("column", _MONTHS, [0, 0, 0, 0])],
    "gaps": [_chart("line", _MONTHS, [1, None, 3, None], [None, 2, None, 4])],
    "one point of a line": [_chart("line", _MONTHS, [None, None, 3, None])],
    "negative values": [_chart("bar", _MONTHS, [-1, 2, -3, 4]), _chart("stacked_column", _MONTHS, [-1, 2, 3, 1], [1, -2, 1, 2])],
    "tiny and huge values": [_chart("column", _MONTHS, [1e-4, 2e-4, 1e-3, 0]), _chart("line", _MONTHS, [1e12, 2e12, 3e12, 1])],
    "twelve series": [_chart("line", _MONTHS, *([at, at + 1, at + 2, at] for at in range(12)))],
    "240 points": [_chart("line", [f"Day {at}" for at in range(240)], [at % 17 for at in range(240)])],
    "24 lying bars with long names": [_chart("bar", [f"{at} {_SENTENCE[:60]}" for at in range(24)], list(range(24)))],
    "slices": [_chart("pie", ["a", "b", "c"], [98, 1, 1]), _chart("doughnut", ["All"], [1])],
    "combinations": [
        _chart("combination", _MONTHS, [100, 200, 150, 120], [0.1, 0.2, 0.15, None]),
        _chart("combination", _MONTHS, [1, 2, 3, 4], [4, 3, 2, 1], [1, 1, 1, 1]),
    ],
    "scatters": [
        _chart("scatter", [f"Point {at}" for at in range(20)], [at * 7 % 20 for at in range(20)], list(range(20))),
        _chart("scatter", ["a", "b"], [5, 5], [5, 5], highlight="a"),
    ],
    "a long quotation": [{"kind": "quote", "quote": (_SENTENCE * 11)[:990], "attribution": "Somebody", "role": "Who"}],
    "twelve moments": [
        {"kind": "timeline", "milestones": [
            {"date": "Mid-November 2026", "label": _SENTENCE[:110], "detail": _SENTENCE * 2, "status": state}
            for state in ("done", "next", "planned", "risk") * 3
        ]}
    ],
    "lists of unequal length": [
        {"kind": "two_column", "left": {"heading": "L", "points": [_SENTENCE] * 8}, "right": {"heading": "R", "points": ["x"]}}
    ],
    "a callout without a figure": [{"kind": "callout", "text": _SENTENCE}],
    "pictures of every form": [_picture(f"S{at}") for at in range(1, 11)],
    "pictures between words": [*_said(_SENTENCE * 20), _picture("S2"), *_said(_SENTENCE * 20), _picture("S3"), _picture("S2")],
    "a picture with long words": [{**_picture("S1"), "alt": (_SENTENCE * 5)[:399], "caption": (_SENTENCE * 5)[:399]}],
    "everything cited": [{"kind": "paragraph", "text": " ".join(f"Word {at} [@S{at}.1]" for at in range(1, 41))}],
}  # fmt: skip


def corpus_paper(name: str, theme: str) -> dict[str, Any]:
    """Give a document with these blocks, all of forty sources listed."""
    sources = [{"id": f"S{at}", "title": f"Message {at} {_SENTENCE[:60]}", "kind": "message"} for at in range(1, 41)]
    sections = [
        {"heading": "Before", "blocks": _said(_SENTENCE)},
        {"heading": "It", "level": 2, "blocks": BLOCKS[name]},
    ]
    return {"title": f"Strained: {name}", "theme": theme, "sources": sources, "sections": sections}
