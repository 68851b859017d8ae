"""Shapes: the same words and values as a table, as bullets or as a chart, where they allow it.

Between any two shapes stands a grid of texts. What has no place in the new shape goes to its notes; nothing is lost.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.revising.wording import Wording, wording_for
from orchestration.skills.marks import list_passages, plain_text
from orchestration.skills.number_formats import show_value
from recipes.revision import Shape, WishRefused

Json = dict[str, Any]
DECIMALS: Final = 4
NOTE_CHARS: Final = 400
"""What stands below a table, at most; more goes to the speaker notes."""
CHARTABLE: Final = re.compile(r"(?P<sign>[-\u2212]?)(?P<digits>\d[\d,.'\u2019\u00a0\u202f ]*?)\s?(?P<percent>%?)$")
_LABELLED: Final = re.compile(r"(?P<label>[^:\u2013\u2014]{1,80}?)\s*(?::|\s[\u2013\u2014-])\s+(?P<rest>\S.*)")
# Their column heads are somebody's words; those of other slides are ours.
_OWN_HEADS: Final = frozenset({"table", "chart", "two_column"})
_GAPS: Final = ("", "-", "\u2013", "\u2014", "n/a")


@dataclass(frozen=True)
class Grid:
    """What a slide says, in rows; marks of citations are left in the texts."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    extras: tuple[str, ...] = ()
    """Sentences that stand beside it."""
    total: tuple[str, ...] | None = None


def show_as(slide: Mapping[str, Any], shape: Shape, *, language: str, where: str) -> Json:
    """Give the slide in another shape.

    Args:
        slide: As its agent gave it.
        shape: The shape.
        language: Of the deck, for column heads that the slide does not have.
        where: What to call it: "Slide 3".

    Raises:
        WishRefused: what it holds does not allow that.
    """
    grid = read_grid(slide, language)
    if grid is None:
        raise WishRefused(f"{where} holds nothing that could be shown as a {_name(shape)}.")
    if shape not in {"table", "bullets"} and slide["kind"] == "chart":
        # The format of a line is refused where there is none.
        values = {name: value for name, value in slide["chart"].items() if name != "line_format"}
        return {**slide, "chart": {**values, "type": _pick(shape, slide["chart"].get("type"))}}
    kept: Json = {name: slide[name] for name in ("section", "notes", "title", "source_ids") if slide.get(name)}
    match shape:
        case "table":
            return _as_table(kept, grid, where)
        case "bullets":
            heads = [" · ".join(grid.headers)] if slide["kind"] in _OWN_HEADS else []
            return _as_bullets(_with_notes(kept, heads), grid)
        case _:
            return _as_chart(kept, grid, shape, where)


def may_show(slide: Mapping[str, Any], shape: Shape, *, language: str) -> bool:
    """Tell whether a slide can be shown in this shape, and is not yet."""
    is_already = slide["kind"] == shape or (slide["kind"] == "chart" and slide["chart"].get("type") == shape)
    if is_already or (shape == "chart" and slide["kind"] == "chart"):
        return False
    try:
        show_as(slide, shape, language=language, where="")
    except WishRefused:
        return False
    return True


def read_grid(slide: Mapping[str, Any], language: str) -> Grid | None:
    """Give what a slide says in rows; None where it says nothing of the kind."""
    read = _READERS.get(str(slide["kind"]))
    return read(slide, wording_for(language)) if read else None


def _read_table(slide: Mapping[str, Any], words: Wording) -> Grid:  # noqa: ARG001 (a reader's signature)
    headers = tuple(str(column["header"]) for column in slide["columns"])
    total = tuple(map(_cell, slide["total"])) if slide.get("total") else None
    rows = tuple(tuple(map(_cell, row)) for row in slide["rows"])
    return Grid(headers, rows, _list_extras(slide, "note"), total)


def _read_kpis(slide: Mapping[str, Any], words: Wording) -> Grid:
    rows = tuple((each["label"], each["value"], each.get("delta") or "") for each in slide["kpis"])
    extras = _list_extras(slide, "commentary")
    if any(row[2] for row in rows):
        return Grid((words.figure, words.value, words.change), rows, extras)
    return Grid((words.figure, words.value), tuple(row[:2] for row in rows), extras)


def _read_timeline(slide: Mapping[str, Any], words: Wording) -> Grid:
    rows = tuple((each["date"], each["label"], each.get("detail") or "") for each in slide["milestones"])
    return Grid((words.when, words.what, words.detail), rows)


def _read_process(slide: Mapping[str, Any], words: Wording) -> Grid:
    rows = tuple((each["label"], each.get("detail") or "") for each in slide["stages"])
    return Grid((words.what, words.detail), rows)


def _read_options(slide: Mapping[str, Any], words: Wording) -> Grid:
    rows = [
        (each["heading"], "; ".join([*each["points"], *(each[name] for name in ("verdict", "tag") if each.get(name))]))
        for each in slide["options"]
    ]
    return Grid((words.what, words.detail), tuple(rows))


def _read_columns(slide: Mapping[str, Any], words: Wording) -> Grid:  # noqa: ARG001 (a reader's signature)
    sides = (slide["left"], slide["right"])
    longest = max(len(each["points"]) for each in sides)
    left, right = ([*each["points"], *[""] * (longest - len(each["points"]))] for each in sides)
    return Grid((sides[0]["heading"], sides[1]["heading"]), tuple(zip(left, right, strict=True)))


def _read_chart(slide: Mapping[str, Any], words: Wording) -> Grid:
    chart: Json = slide["chart"]
    form = chart.get("number_format")
    rows = tuple(
        (str(category), *(_show(series["values"][at], form) for series in chart["series"]))
        for at, category in enumerate(chart["categories"])
    )
    extras = [*slide.get("takeaways", ()), *([chart["subtitle"]] if chart.get("subtitle") else [])]
    return Grid((words.what, *(str(series["name"]) for series in chart["series"])), rows, tuple(extras))


def _read_bullets(slide: Mapping[str, Any], words: Wording) -> Grid:
    bullets: Sequence[Json] = slide["bullets"]
    callout = slide.get("callout")
    extras = (f"{callout['label']}: {callout['value']}",) if callout else ()
    if any(each.get("sub") for each in bullets):
        rows = tuple((each["text"], "; ".join(each.get("sub", ()))) for each in bullets)
        return Grid((words.what, words.detail), rows, extras)
    labelled = [_LABELLED.fullmatch(each["text"]) for each in bullets]
    if all(labelled):
        return Grid((words.what, words.detail), tuple((f["label"], f["rest"]) for f in labelled if f), extras)
    return Grid((words.number, words.what), tuple((str(no), e["text"]) for no, e in enumerate(bullets, 1)), extras)


def _as_table(kept: Json, grid: Grid, where: str) -> Json:
    if len(grid.headers) < 2 or not grid.rows:  # noqa: PLR2004 (a table has two columns or more)
        raise WishRefused(f"{where} has too little for a table.")
    note, beside = _fit_note(grid.extras)
    made = {
        **_with_notes(kept, beside),
        "kind": "table",
        "columns": [{"header": each} for each in grid.headers],
        "rows": [list(row) for row in grid.rows],
    }
    if grid.total is not None:
        made["total"] = list(grid.total)
    return {**made, "note": note} if note else made


def _as_bullets(kept: Json, grid: Grid) -> Json:
    rows = [*grid.rows, *([grid.total] if grid.total else [])]
    texts = [_say_row(grid.headers, row) for row in rows]
    return {**kept, "kind": "bullets", "bullets": [{"text": each} for each in [*texts, *grid.extras]]}


def _as_chart(kept: Json, grid: Grid, shape: Shape, where: str) -> Json:
    columns = list(zip(*grid.rows, strict=True))
    read = [[_read_number(each) for each in column] for column in columns[1:]]
    drawn = [
        (header, [value for value, _ in numbers], any(is_percent for _, is_percent in numbers))
        for header, numbers in zip(grid.headers[1:], read, strict=True)
        if any(value is not None for value, _ in numbers) and not any(value is ... for value, _ in numbers)
    ]
    if not drawn or len(drawn) < len(read):
        raise WishRefused(f"{where} holds words where a chart needs numbers, so it stays as it is.")
    cites = [p for row in grid.rows for cell in row for p in list_passages(cell)]
    left = [*grid.extras, *([_say_row(grid.headers, grid.total)] if grid.total else [])]
    takeaways, beside = left[:4], left[4:]
    made: Json = {
        **_with_notes(kept, beside),
        "source_ids": list(dict.fromkeys([*kept.get("source_ids", ()), *cites])),
        "kind": "chart",
        "chart": {
            "type": "column" if shape == "chart" else shape,
            "categories": [plain_text(each) for each in columns[0]],
            "series": [{"name": plain_text(header), "values": values} for header, values, _ in drawn],
            "number_format": _find_format(
                [v for _, values, _ in drawn for v in values], is_percent=all(p for *_, p in drawn)
            ),
        },
    }
    return {**made, "takeaways": takeaways} if takeaways else made


def _say_row(headers: Sequence[str], row: Sequence[str]) -> str:
    """Give a row in words: its first cell, then what stands below the other heads."""
    first, *rest = row
    said = [
        (f"{header}: {cell}" if len(rest) > 1 else cell) for header, cell in zip(headers[1:], rest, strict=True) if cell
    ]
    return f"{first}: {'; '.join(said)}" if first and said else first or "; ".join(said)


def _read_number(cell: str) -> tuple[Any, bool]:
    """Give a cell's number and whether it is a percentage: None for an empty cell, an ellipsis for words."""
    text = plain_text(cell)
    if text.casefold() in _GAPS:
        return None, False
    found = CHARTABLE.fullmatch(text)
    if found is None:
        return ..., False
    digits = re.sub(r"[\s'\u2019]", "", found["digits"])
    parted = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3}){2,}(,\d+)?", digits)
    decimal = "," if parted and digits.count(".") > 1 else "." if parted or "," not in digits else ","
    plain = digits.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    try:
        value = float(plain)
    except ValueError:
        return ..., False
    value = -value if found["sign"] else value
    return (value / 100 if found["percent"] else value), bool(found["percent"])


def _find_format(values: Sequence[Any], *, is_percent: bool) -> str:
    scaled = [each * 100 if is_percent else each for each in values if each is not None]
    decimals = max((len(f"{each:.{DECIMALS}f}".rstrip("0").partition(".")[2]) for each in scaled), default=0)
    form = "0" if is_percent else "#,##0"
    return f"{form}{'.' + '0' * decimals if decimals else ''}{'%' if is_percent else ''}"


def _show(value: float | None, form: str | None) -> str:
    if value is None:
        return "\u2013"
    if form:
        return show_value(value, form)
    return f"{value:,.{DECIMALS}f}".rstrip("0").rstrip(".")


def _pick(shape: Shape, now: str | None) -> str:
    return (now or "column") if shape == "chart" else shape


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _list_extras(slide: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(slide[name] for name in names if slide.get(name))


def _fit_note(extras: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Give as many sentences as a note holds, and the rest."""
    for count in range(len(extras), 0, -1):
        if len(note := " ".join(extras[:count])) <= NOTE_CHARS:
            return note, extras[count:]
    return "", extras


def _with_notes(kept: Json, more: Sequence[str]) -> Json:
    return {**kept, "notes": "\n".join([*([kept["notes"]] if kept.get("notes") else []), *more])} if more else kept


def _name(shape: Shape) -> str:
    return {"bullets": "list", "table": "table", "chart": "chart"}.get(shape, f"{shape.replace('_', ' ')} chart")


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any], Wording], Grid]]] = {
    "table": _read_table,
    "chart": _read_chart,
    "bullets": _read_bullets,
    "kpis": _read_kpis,
    "timeline": _read_timeline,
    "two_column": _read_columns,
    "process": _read_process,
    "comparison": _read_options,
}
