"""What slides, documents and sheets share: the sources, and the parts a point is made with, wherever it is shown."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from orchestration.skills.chart_content import Chart
from orchestration.skills.content_texts import Brief, Cell, Content, Label, Passage, Sentence, SourceId, Tiny, refuse
from orchestration.skills.marks import list_passages, safe_url


class Source(Content):
    """Where a claim comes from. An address that is not http, https or mailto is left out of the document."""

    id: SourceId
    title: Label
    url: Annotated[str | None, BeforeValidator(safe_url)] = None
    locator: Label | None = None
    kind: Literal["message", "file", "web", "data"]


class Bullet(Content):
    """A point with up to three points below it."""

    text: Passage
    sub: tuple[Sentence, ...] = Field(default=(), max_length=3)


class Bullets(Content):
    """Points to read one after the other."""

    bullets: tuple[Bullet, ...] = Field(min_length=1, max_length=14)


class Callout(Content):
    """One figure set beside bullets."""

    value: Tiny
    label: Label


class Column(Content):
    """One of two parallel lists."""

    heading: Label
    points: tuple[Sentence, ...] = Field(min_length=1, max_length=8)


class Comparison(Content):
    """Two lists to read side by side."""

    left: Column
    right: Column


class Kpi(Content):
    """A figure with its change; `good` says how to colour the change, which may differ from its direction."""

    label: Label
    value: Tiny
    delta: Tiny | None = None
    direction: Literal["up", "down", "flat"] | None = None
    good: bool | None = None


class Kpis(Content):
    """Up to six figures as cards."""

    kpis: tuple[Kpi, ...] = Field(min_length=1, max_length=6)
    commentary: Sentence | None = None


class Charted(Content):
    """A native chart with what it shows in words."""

    chart: Chart
    takeaways: tuple[Sentence, ...] = Field(default=(), max_length=4)


class TableColumn(Content):
    """A column's head; `auto` sets columns of numbers to the right."""

    header: Label
    align: Literal["auto", "left", "center", "right"] = "auto"


class Tabulated(Content):
    """A native table; `highlight_row` counts from 0, `total` is one more row set apart."""

    columns: tuple[TableColumn, ...] = Field(min_length=2, max_length=9)
    rows: tuple[tuple[Cell, ...], ...] = Field(min_length=1, max_length=200)
    total: tuple[Cell, ...] | None = None
    highlight_row: int | None = Field(default=None, ge=0)
    note: Sentence | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        wide = len(self.columns)
        lengths = [(f"row {number}", len(row)) for number, row in enumerate(self.rows, 1)]
        lengths += [("the total", len(self.total))] if self.total is not None else []
        problems = [f"{name} has {count} cells for {wide} columns" for name, count in lengths if count != wide]
        if self.highlight_row is not None and self.highlight_row >= len(self.rows):
            problems.append(f"highlight_row is {self.highlight_row}, but the last row is {len(self.rows) - 1}")
        refuse(problems)
        return self


class Quotation(Content):
    """Somebody's words."""

    quote: Passage
    attribution: Label
    role: Label | None = None


class Milestone(Content):
    """A point in time."""

    date: Tiny
    label: Label
    detail: Brief | None = None
    status: Literal["done", "next", "planned", "risk"] = "planned"


class Timeline(Content):
    """Milestones in the order given."""

    milestones: tuple[Milestone, ...] = Field(min_length=2, max_length=6)


def list_citing(content: Content) -> Iterator[str]:
    """Give what the texts of a piece of content cite, in its order: passages, or sources as a whole."""
    return (passage for text in _texts(content) for passage in list_passages(text))


def list_source_problems(sources: Sequence[Source]) -> Iterator[str]:
    """Give a sentence for each source id that stands twice."""
    ids = [source.id for source in sources]
    for source_id in dict.fromkeys(found for found in ids if ids.count(found) > 1):
        yield f"the source id '{source_id}' is given twice"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for _, part in value:
            yield from _texts(part)
    elif isinstance(value, tuple):
        for part in value:  # pyright: ignore[reportUnknownVariableType]: a tuple of whatever content there is
            yield from _texts(part)  # pyright: ignore[reportUnknownArgumentType]: told apart by isinstance
