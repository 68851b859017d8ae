import io
import re
import zipfile
from collections.abc import Callable

import pytest

from orchestration.skills.problems import parse_content
from orchestration.skills.sheet.calculation import Calculation, FormulaUnclear
from orchestration.skills.sheet.checks import check_workbook
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.reader import read_book
from tests.orchestration.skills.sheet.books import DATA, build, make_content, typed
from tests.orchestration.skills.sheet.test_writer import GROUPED

CHART = {"title": "Revenue", "type": "bar", "table": "By region", "categories": "region", "series": ["Revenue"]}
FIGURE = {"label": "Revenue", "of": {"table": "Sales", "column": "revenue", "take": "average"}}
WHOLE = make_content({"name": "Sum of it", "tables": [GROUPED], "charts": [CHART], "figures": [FIGURE]}, DATA)


def check(file: bytes, content=WHOLE) -> dict[str, str | None]:
    """Give what each check found wrong; None where it passed."""
    checks = check_workbook(file, parse_content(Workbook, content, "the workbook"))
    return {each.name: None if each.passed else each.said for each in checks}


def change(file: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """Give the file with one of its parts edited."""
    source, made = zipfile.ZipFile(io.BytesIO(file)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode() if name == part else None
            assert content is None or edit(content) != content
            target.writestr(name, source.read(name) if content is None else edit(content))
    return made.getvalue()


def test_a_whole_workbook_passes_every_check():
    found = check(build(WHOLE))
    assert len(found) == 11
    assert {name: said for name, said in found.items() if said} == {}


def test_bytes_that_are_no_workbook_do_not_open():
    assert check(b"PK") == {"opens": "the file does not open"}


@pytest.mark.parametrize(
    ("part", "old", "new", "name"),
    [
        ("xl/worksheets/sheet2.xml", "<v>70.7</v>", "<v>70.8</v>", "formulas"),
        ("xl/worksheets/sheet2.xml", "SUMIFS(", "WEBSERVICE(", "formulas"),
        ("xl/worksheets/sheet2.xml", "<f>SUBTOTAL", '<f t="shared">SUBTOTAL', "formulas"),
        ("xl/worksheets/sheet3.xml", "<pane [^>]*/>", "", "headers"),
        ("xl/tables/table2.xml", 'name="units"', 'name="Units"', "headers"),
        ("xl/workbook.xml", 'name="About"', 'name="Abound"', "sheets"),
        ("xl/worksheets/_rels/sheet3.xml.rels", "<Relationship [^>]*table2.xml[^>]*/>", "", "tables"),
        ("xl/tables/table3.xml", 'ref="A3:F4"', 'ref="A3:F5"', "sources"),
        ("xl/tables/table4.xml", 'ref="A7:F14"', 'ref="A7:F8"', "origins"),
        ("xl/drawings/drawing1.xml", ' descr="[^"]*"', "", "charts"),
        ("xl/worksheets/_rels/sheet4.xml.rels", "https://files", "file://files", "links"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_found(part, old, new, name):
    found = check(change(build(WHOLE), part, lambda said: re.sub(old.replace("(", r"\("), new, said, count=1)))
    assert found[name] is not None


def test_a_text_among_numbers_is_found():
    content = make_content(typed([{"header": "A", "type": "number"}], [[1], ["n/a"]]))
    assert check(build(content), content)["types"] == "column 'A' of table 'Typed' holds 1 texts among its numbers"


def test_text_that_would_become_a_formula_when_it_is_edited_is_found():
    content = make_content(typed([{"header": "A", "type": "text"}], [["=1+1"]]))
    file = change(build(content), "xl/styles.xml", lambda said: said.replace('numFmtId="49"', 'numFmtId="0"'))
    assert check(file, content)["injection"] == "the text in Typed!A4 would be taken for a formula"


def test_formulas_of_other_kinds_are_unclear():
    book = read_book(build(WHOLE))
    calculation = Calculation(book)
    for formula in ("WEBSERVICE(1)", "1+", "Nope[x]", "By_region[nope]", "'Nope'!A1", "(1", "{1}", "SUM(1", "A1:A2"):
        with pytest.raises(FormulaUnclear):
            calculation.work_out(book.sheets[1], formula)
    assert calculation.work_out(book.sheets[1], "1/0") is None
    assert calculation.work_out(book.sheets[1], "2*(3+4)-1") == 13
