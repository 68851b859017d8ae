"""What a workbook says: the JSON an agent gives as `content` to the skill. Content only: no cells, colours or formulas.

`?` may be left out. Texts are one line (notes: several) and take the marks of `marks.py`; names and cells none.

    {"title", "subtitle"?, "author"?, "date"?: "2026-11-23", "language"?: "en-US", "theme"?, "notes"?,
     "sources"?: as in a deck, "sheets": [1 to 30]}

    sheet    name, title?, notes?, figures?[0..8], tables?[0..8], charts?[0..6]     ("About" and "Sources" are added)
    figure   label, of{table, column, take} or value with cites; and a form
    table    name, title?, note?, columns[1..100], rows[cells] with row_cites?, or rows_from; cites?
    column   header, a form, width?, total?: sum|average, conditional?: bar|scale, cites?, from_column?, take?, formula?
    a form   type, unit?, currency?: "EUR", decimals?, thousands?
    chart    title, type (as in a deck), table, categories: a header, series[1..6]: headers, highlight?, alt?
             (of a combination the last series is the line; of a scatter the first is across, the second up)

Types: text, integer, number, percent (0.12 is 12 %), money, date and datetime (ISO text), yes_no. Null is missing.

`formula` in place of cells: {"kind", "of": headers of this table}; share (of the column's sum), change and difference
(from the first to the second), ratio (first by second), sum and average (of all). They are live in the file.

`rows_from` takes the rows of a table in the sources, however many, in place of `rows`:

    {"passage": "S3.2" or "table": the name of another table here,
     "where"?: [{"column", "test": equal|not_equal|above|below|at_least|at_most|one_of|contains|filled|empty, "value"?,
     "values"?}], "group_by"?: [columns], "sort"?: [{"column", "descending"?}], "limit"?}

Each column is taken from the column of its header, or of `from_column`; its type may be left out, and without `columns`
every column is taken. With `group_by` each other column says what it takes of its group: sum, average, count, least or
greatest. Grouped from a table of the workbook, sums, averages and counts are live formulas over it.
"""

import datetime as dt
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    FiniteFloat,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from orchestration.skills.blocks import Source
from orchestration.skills.chart_content import DrawnType
from orchestration.skills.content_texts import (
    CitedId,
    Clean,
    Content,
    Headline,
    Label,
    Language,
    Notes,
    Sentence,
    Tiny,
    refuse,
)
from orchestration.skills.sheet.limits import CELL_CHARS, SHEET_NAME_CHARS, check_units, keep_value
from orchestration.skills.sheet.rules import list_book_problems, list_table_problems
from recipes.theme import Theme

# Rows by hand are for what an agent worked out or read in words; what tables hold is taken by `rows_from`.
TYPED_ROWS: Final = 2_000
COLUMN_WIDTH_CHARS: Final = 100

ColumnType = Literal["text", "integer", "number", "percent", "money", "date", "datetime", "yes_no"]
Aggregate = Literal["sum", "average", "count", "least", "greatest"]
Take = Literal["value", "sum", "average", "count", "least", "greatest"]
Test = Literal[
    "equal", "not_equal", "above", "below", "at_least", "at_most", "one_of", "contains", "filled", "empty"
]  # fmt: skip
SheetCell = Annotated[
    StrictBool | StrictInt | FiniteFloat | Annotated[str, StringConstraints(max_length=2_000)] | None,
    BeforeValidator(keep_value),
]
SheetName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=SHEET_NAME_CHARS, pattern=r"^[^\[\]:*?/\\']+$"),
    Clean,
    AfterValidator(check_units),
]
# names of columns in files are what they are
ColumnName = Annotated[str, StringConstraints(max_length=CELL_CHARS)]
PassageName = Annotated[str, StringConstraints(pattern=r"^S\d+\.\d+$")]
Cites = Annotated[tuple[CitedId, ...], Field(max_length=60)]


class Form(Content):
    """How a value is shown; without a type it is found from what the source holds."""

    type: ColumnType | None = None
    unit: Tiny | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    thousands: bool | None = None

    @model_validator(mode="after")
    def _check_form(self) -> Self:
        if self.currency and self.type not in {None, "money"}:
            refuse([f"a currency belongs to the type money, not to {self.type}"])
        return self


class Formula(Content):
    """What a column works out of others, in each row."""

    kind: Literal["share", "change", "difference", "ratio", "sum", "average"]
    of: tuple[Label, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _check_operands(self) -> Self:
        wanted = {"share": 1, "change": 2, "difference": 2, "ratio": 2}.get(self.kind)
        if wanted is not None and len(self.of) != wanted:
            refuse([f"{self.kind} takes {wanted} column{'s' if wanted > 1 else ''}, here are {len(self.of)}"])
        return self


class SheetColumn(Form):
    """One column of a table."""

    header: Label
    from_column: ColumnName | None = None
    take: Take = "value"
    formula: Formula | None = None
    width: Annotated[float, Field(ge=3, le=COLUMN_WIDTH_CHARS)] | None = None
    total: Literal["sum", "average", "none"] = "none"
    conditional: Literal["bar", "scale", "none"] = "none"
    cites: Cites = ()

    @property
    def shown(self) -> str:
        """Give the header as it is shown, with its unit."""
        return f"{self.header} ({self.unit})" if self.unit and self.unit != "%" else self.header

    @property
    def taken_from(self) -> str:
        """Give the column of the source that it is."""
        return self.header if self.from_column is None else self.from_column


class Filter(Content):
    """Which rows are taken: those whose cell in a column passes a test."""

    column: Label
    test: Test
    value: SheetCell = None
    values: tuple[SheetCell, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _check_value(self) -> Self:
        if self.test == "one_of" and not self.values:
            refuse(["one_of needs 'values'"])
        if self.test not in {"one_of", "filled", "empty"} and self.value is None:
            refuse([f"{self.test} needs a 'value'"])
        if self.test == "contains" and not isinstance(self.value, str):
            refuse(["contains needs a text as its 'value'"])
        return self


class SortKey(Content):
    """By which column rows are put in order."""

    column: Label
    descending: bool = False


class RowsFrom(Content):
    """Where a table's rows are taken from."""

    passage: PassageName | None = None
    table: Label | None = None
    where: tuple[Filter, ...] = Field(default=(), max_length=8)
    group_by: tuple[Label, ...] = Field(default=(), max_length=3)
    sort: tuple[SortKey, ...] = Field(default=(), max_length=3)
    limit: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.passage is None) == (self.table is None):
            refuse(["rows_from takes either a 'passage' or a 'table'"])
        return self


class SheetTable(Content):
    """A native table: rows written here, or taken from a table of the sources."""

    name: Label
    title: Headline | None = None
    note: Sentence | None = None
    columns: tuple[SheetColumn, ...] = Field(default=(), max_length=100)
    rows: tuple[tuple[SheetCell, ...], ...] = Field(default=(), max_length=TYPED_ROWS)
    row_cites: tuple[Cites, ...] = Field(default=(), max_length=TYPED_ROWS)
    rows_from: RowsFrom | None = None
    cites: Cites = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(list(list_table_problems(self)))
        return self

    def list_written(self) -> list[SheetColumn]:
        """Give the columns that each row has a cell for: those without a formula."""
        return [column for column in self.columns if column.formula is None]

    def list_cites(self) -> tuple[str, ...]:
        """Give what the table as a whole stands on: the passage its rows are taken from, then what it cites."""
        taken = (self.rows_from.passage,) if self.rows_from and self.rows_from.passage else ()
        return tuple(dict.fromkeys([*taken, *self.cites]))


class Measure(Content):
    """A figure of one column of a table."""

    table: Label
    column: Label
    take: Aggregate


class SheetFigure(Form):
    """One figure that stands by itself on a sheet."""

    label: Label
    of: Measure | None = None
    value: StrictInt | FiniteFloat | None = None
    cites: Cites = ()

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.of is None) == (self.value is None):
            refuse([f"the figure '{self.label}' has either 'of' or a 'value'"])
        return self


class SheetChart(Content):
    """A native chart over columns of a table."""

    title: Headline
    type: DrawnType
    table: Label
    categories: Label
    series: tuple[Label, ...] = Field(min_length=1, max_length=6)
    highlight: Label | None = None
    alt: Sentence | None = None


class Sheet(Content):
    """One sheet."""

    name: SheetName
    title: Headline | None = None
    notes: Notes | None = None
    figures: tuple[SheetFigure, ...] = Field(default=(), max_length=8)
    tables: tuple[SheetTable, ...] = Field(default=(), max_length=8)
    charts: tuple[SheetChart, ...] = Field(default=(), max_length=6)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not (self.figures or self.tables or self.notes):
            refuse([f"the sheet '{self.name}' holds nothing: give it tables, figures or notes"])
        return self


class Workbook(Content):
    """A whole workbook."""

    title: Headline
    subtitle: Sentence | None = None
    author: Label | None = None
    date: dt.date | None = None
    language: Language = "en-US"
    theme: Theme = "slate"
    notes: Notes | None = None
    sources: tuple[Source, ...] = Field(default=(), max_length=200)
    sheets: tuple[Sheet, ...] = Field(min_length=1, max_length=30)

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(list(list_book_problems(self)))
        return self

    def list_tables(self) -> list[SheetTable]:
        """Give the tables of all sheets in order."""
        return [table for sheet in self.sheets for table in sheet.tables]
