"""Tables: what becomes a number, where the header is, what is cut."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.readers.passages import FILE_TEXT_CHARS, count_chars
from orchestration.readers.reading import read_file
from recipes.source import Column, FileRefused, Table
from tests.orchestration.readers.workbooks import make_workbook

MORNING = dt.datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (a workbook knows no zones)
EXAMPLE = Path(__file__).parents[3] / "bot" / "example" / "iowa-electricity.csv"


def read_table(filename: str, content: bytes | str) -> Table:
    table = read_file(filename, content.encode() if isinstance(content, str) else content).passages[-1].content
    assert isinstance(table, Table)
    return table


def column(table: Table, name: str) -> list:
    place = [each.name for each in table.columns].index(name)
    return [row[place] for row in table.rows]


def test_the_example_data_is_read_whole_with_its_types():
    table = read_table(EXAMPLE.name, EXAMPLE.read_bytes())
    assert table.name == "iowa-electricity"
    assert table.columns == (
        Column(name="year", type="text"),
        Column(name="source", type="text"),
        Column(name="net_generation", type="number"),
    )
    assert len(table.rows) == 51
    assert table.rows[0] == ("2001-01-01", "Fossil Fuels", 35361)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(delimiter):
    lines = [["region", "units", "note"], ["North", "12", "a, b; c"], ["South", "7", "x"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = read_table("sales.csv", text)
    assert table.rows == (("North", 12, "a, b; c"), ("South", 7, "x"))


def test_excels_own_delimiter_line_is_obeyed():
    assert read_table("a.csv", "sep=;\nname;n\nA;1\n").rows == (("A", 1),)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2", "-3"], [1, 2, -3]),
        (["1.5", "2", ""], [1.5, 2, None]),
        (['"1,234"', '"12,345,678.5"'], [1234, 12345678.5]),
        (["1.5e-3", "2.0E5"], [0.0015, 200000]),
        (["3", "n/a", "-"], [3, None, None]),
        (["007", "12"], ["007", "12"]),
        (["+49301234", "+4930999"], ["+49301234", "+4930999"]),
        (["12%", "13%"], ["12%", "13%"]),
        (["2024-01-31", "2024-02-29"], ["2024-01-31", "2024-02-29"]),
        (["9007199254740992", "1"], ["9007199254740992", "1"]),
        (["9007199254740991", "-9007199254740991"], [9007199254740991, -9007199254740991]),
        (["1", "about 2"], ["1", "about 2"]),
        (["inf", "1"], ["inf", "1"]),
        (["-0", "4"], [0, 4]),
    ],
)
def test_only_what_can_be_nothing_else_becomes_a_number(cells, expected):
    table = read_table("a.csv", "name,amount\n" + "".join(f"x{n},{cell}\n" for n, cell in enumerate(cells)))
    assert column(table, "amount") == expected


@pytest.mark.parametrize("header", ["customer_id", "ID", "zip code", "Phone", "Telefon"])
def test_codes_stay_text_though_they_look_like_numbers(header):
    assert column(read_table("a.csv", f"name,{header}\nA,10234\nB,10235\n"), header) == ["10234", "10235"]


def test_a_year_column_holds_numbers():
    assert column(read_table("a.csv", "year,sales\n2023,10\n2024,12\n"), "year") == [2023, 2024]


def test_decimal_commas_are_read_where_the_file_shows_them():
    table = read_table("a.csv", "Ort;Umsatz;Menge\nKöln;1.234,5;1.000\nBonn;12,75;2.000\n")
    assert column(table, "Umsatz") == [1234.5, 12.75]
    assert column(table, "Menge") == [1000, 2000]


def test_a_number_that_two_countries_read_differently_stays_text():
    assert column(read_table("a.csv", "name;amount\nA;1.234\nB;2.345\n"), "amount") == ["1.234", "2.345"]


@pytest.mark.parametrize(
    "text", ["North,10,2024-01-01\nSouth,20,2024-01-02\n", "North,open,2024-01-01\nSouth,open,2024-01-02\n"]
)
def test_a_file_without_header_gets_numbered_columns(text):
    table = read_table("a.csv", text)
    assert [each.name for each in table.columns] == ["Column 1", "Column 2", "Column 3"]
    assert len(table.rows) == 2


def test_years_after_a_name_are_a_header():
    table = read_table("a.csv", "region,2022,2023\nNorth,10,12\nSouth,9,11\n")
    assert [each.name for each in table.columns] == ["region", "2022", "2023"]


def test_lines_above_the_header_become_a_text_and_equal_headers_are_numbered():
    above, below = read_file("a.csv", b"Sales in EUR\n\nname,amount,amount\nA,1,2\nB,3,4\n").passages
    assert (above.content, above.locator) == ("Sales in EUR", "row 1")
    assert isinstance(below.content, Table)
    assert [each.name for each in below.content.columns] == ["name", "amount", "amount (2)"]
    assert below.locator == "rows 3-5"


def test_ragged_rows_are_filled():
    assert read_table("a.csv", "name,n,m\nA,1\nB,2,3\nC,4,5\n").rows == (("A", 1, None), ("B", 2, 3), ("C", 4, 5))


def test_a_table_of_a_hundred_thousand_rows_is_read_whole():
    read = read_file("big.csv", ("name,n\n" + "".join(f"n{number},{number}\n" for number in range(100_000))).encode())
    assert read.left_out == ()
    (passage,) = read.passages
    assert (passage.locator, len(passage.content.rows)) == ("rows 1-100001", 100_000)
    assert passage.content.rows[-1] == ("n99999", 99_999)


def test_rows_columns_and_cells_beyond_the_limits_are_named():
    text = "x" * 90
    rows = "".join(f"{text},{number}\n" for number in range(25_000))
    read = read_file("big.csv", f"name,n\n{'x' * 40_000},0\n{rows}".encode())
    (passage,) = read.passages
    kept = len(passage.content.rows)
    assert count_chars(passage.content) <= FILE_TEXT_CHARS
    assert f"rows after the first {kept:,} of big (25,001 in all)" in read.left_out
    assert "text after 32,767 characters in cells of big" in read.left_out
    wide = ",".join(f"c{number}" for number in range(430))
    assert read_file("wide.csv", f"{wide}\n{wide}\n".encode()).left_out == ("columns after the first 400 of wide",)


def test_a_table_of_empty_columns_cannot_grow_without_end():
    read = read_file("sparse.csv", (("x" + "," * 399 + "\n") * 10_000).encode())
    assert "in all)" in read.left_out[0]


def test_an_open_quotation_mark_is_refused_with_a_reason():
    with pytest.raises(FileRefused, match="quotation mark"):
        read_file("a.csv", ('name,n\nA,"1\n' + "B,2\n" * 60_000).encode())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Stadt;Größe\nKöln;12\nMünchen;13\n", "cp1252"),
        ("city;price\nDover;£12 – “net”\nYork;£13\n", "cp1252"),
        ("Stadt;Größe\nKöln;12\n", "utf-16"),
        ("Stadt;Größe\nKöln;12\n", "utf-8-sig"),
        ("город;число\nМосква;12\nКазань;13\nСамара;14\n", "cp1251"),  # noqa: RUF001 (Cyrillic)
        ("都市,数\n東京,12\n大阪,13\n", "shift_jis"),
    ],
)
def test_each_encoding_is_read_as_it_was_written(text, encoding):
    table = read_table("a.csv", text.encode(encoding))
    said = {each.name for each in table.columns} | {str(cell) for row in table.rows for cell in row}
    assert said == {cell for line in text.splitlines() for cell in line.replace(",", ";").split(";")}


def test_a_workbook_gives_each_visible_sheet_with_dates_as_iso_text():
    content = make_workbook(
        {
            "Sales": [["day", "units", "open"], [dt.date(2024, 1, 31), 12, True], [MORNING, 7.5, False]],
            "Empty": [],
            "Secret": [["a"], [1]],
        },
        hidden=["Secret"],
    )  # fmt: skip
    read = read_file("book.xlsx", content)
    (passage,) = read.passages
    table = passage.content
    assert isinstance(table, Table)
    assert (table.name, passage.locator) == ("Sales", "Sales!A1:C3")
    assert table.rows == (("2024-01-31", 12, "TRUE"), ("2024-02-01 09:30:00", 7.5, "FALSE"))
    assert read.left_out == ("hidden sheets: Secret",)


@pytest.mark.parametrize(
    ("sheet", "rows", "locator"),
    [
        ("Q4 2025", [["a", "n"], ["x", 1]], "'Q4 2025'!A1:B2"),
        ("Maya's", [["a", "n"], ["x", 1]], "'Maya''s'!A1:B2"),
        ("Plan", [[], [None, "a", "n"], [None, "x", 1], [], [None, "y", 2]], "Plan!B2:C5"),
        ("Plan", [[f"c{number}" for number in range(30)], list(range(30))], "Plan!A1:AD2"),
        ("A1", [["a", "n"], ["x", 1]], "'A1'!A1:B2"),
    ],
)
def test_a_sheets_table_is_located_by_the_cells_that_it_covers(sheet, rows, locator):
    (passage,) = read_file("book.xlsx", make_workbook({sheet: rows})).passages
    assert passage.locator == locator


def test_a_title_above_a_sheets_table_has_its_own_cells():
    rows = [["Sales in EUR"], [], ["region", "units", "price"], ["North", 3, 1.5], ["South", 2, 2.5]]
    above, below = read_file("book.xlsx", make_workbook({"S": rows})).passages
    assert (above.locator, above.content) == ("S!A1:C1", "Sales in EUR")
    assert below.locator == "S!A3:C5"


def test_sheets_beyond_the_cells_of_a_workbook_are_named(monkeypatch):
    monkeypatch.setattr("orchestration.readers.tables.workbook.TABLE_CELLS", 3)
    sheets = {name: [["a", "n"], ["x", 1], ["y", 2]] for name in ("One", "Two")}
    read = read_file("book.xlsx", make_workbook(sheets))
    assert [each.locator for each in read.passages] == ["One!A1:B3"]
    assert read.left_out == ("sheets after One: a workbook may hold 3 cells",)


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.floats(), st.integers(), st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
            ),
            max_size=5,
        ),
        max_size=12,
    )
)
def test_any_rows_give_a_table_that_keeps_each_text(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    try:
        read = read_file("a.csv", text.getvalue().encode())
    except FileRefused:
        return
    for passage in read.passages:
        table = passage.content
        if isinstance(table, Table):
            numbers = [cell for row in table.rows for cell in row if isinstance(cell, int | float)]
            assert all(abs(number) < 2**53 for number in numbers)
