"""What a claim says was computed is worked out again, in a grammar that can do nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.provenance.expressions import EXPRESSION_CHARS, ExpressionUnclear, check_expression, compute
from recipes.source import Column, Passage, Table

TABLE = Table(
    name="power",
    columns=(
        Column(name="day", type="text"),
        Column(name="Source", type="text"),
        Column(name="Net generation", type="number"),
    ),
    rows=(
        ("2001-01-01", "Wind", 10),
        ("2001-01-01", "Coal", 90),
        ("2017-01-01", "Wind", 40),
        ("2017-01-01", "Coal", 60.5),
        ("2017-01-01", "Oil", None),
    ),
)
PASSAGES = {"S1.1": Passage(id="S1.1", table=TABLE), "S2.1": Passage(id="S2.1", text="It cost 12 in all.")}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("40 - 10", "30"),
        ("(40 - 10) / 10 * 100", "300"),
        ("-(2 + 3) * 4", "-20"),
        ('S1.1["Net generation", 2017, "Wind"]', "40"),
        ('S1.1["net  generation", "2017-01", "wind"] / S1.1["Net generation", "2017-01-01", "Coal"]', "0.6612"),
        ('sum(S1.1["Net generation", 2001])', "100"),
        ('mean(S1.1["Net generation", "Wind"])', "25"),
        ('min(S1.1["Net generation"])', "10"),
        ('max(S1.1["Net generation"], 95)', "95"),
        ('median(S1.1["Net generation"])', "50.25"),
        ('count(S1.1["Net generation", 2017])', "2"),
        ('growth(S1.1["Net generation", 2001, "Wind"], S1.1["Net generation", 2017, "Wind"])', "300"),
        ('share(S1.1["Net generation", 40], sum(S1.1["Net generation", 2017]))', "39.801"),
    ],
)
def test_an_expression_is_worked_out(expression, value):
    assert round(compute(expression, PASSAGES.get).value, 4) == pytest.approx(Decimal(value), abs=Decimal("0.001"))


def test_the_numbers_that_were_copied_are_told_and_constants_are_not():
    assert compute("(41823 - 1046) / 1000 * 100", PASSAGES.get).copied == (41823, 1046)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "cannot be read"),
        ("1 +", "cannot be read"),
        ("41,823 - 5", "Tuple|cannot|numbers|read"),
        ("100 * 100", "no figure"),
        ("2 ** 9", "Pow"),
        ("9 // 2", "FloorDiv"),
        ("5 if 6 else 7", "IfExp"),
        ("'a' * 9", "cannot read"),
        ("x + 5", "cannot read"),
        ("True + 5", "cannot read"),
        ("True", "no figure"),
        ("1e999 * 5", "too large"),
        ("__import__('os').system('id') + 5", "Attribute|functions"),
        ("open('/etc/passwd') + 5", "functions"),
        ("(lambda: 5)()", "Lambda|functions"),
        ("[n for n in (5, 6)]", "ListComp"),
        ("sum(numbers=5)", "keyword"),
        ("5 / 0", "divides by zero"),
        ("0 / 0", "divides by zero"),
        ("growth(5, 6, 7)", "take two"),
        ('S1.1["Net generation"] + 5', "4 numbers stand"),
        ('S1.1["Coal price"]', "no column"),
        ('S1.1["Net generation", "Sun"]', "no number"),
        ('S2.1["Net generation"]', "no table"),
        ('S9.1["Net generation"]', "no table"),
        ("S1.1[5 + 6]", "between brackets"),
        ("9" * EXPRESSION_CHARS + "9", "more than 500"),
        ("(" * 240 + "5" + ")" * 240, "cannot be read"),
        ("9" * 40 + " * 2", "too large"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_grammar_is_refused(expression, why):
    with pytest.raises(ExpressionUnclear, match=why):
        compute(expression, PASSAGES.get)


def test_an_expression_may_only_take_cells_of_what_its_claim_cites():
    check_expression('sum(S1.1["Net generation"])', ["S1.1"])
    with pytest.raises(ExpressionUnclear, match=r"S1\.1 is not among the claim's passages"):
        check_expression('sum(S1.1["Net generation"])', ["S2.1"])


@given(st.text(max_size=60) | st.text(alphabet='S1.2["]()+-*/, sumean0', max_size=40))
def test_whatever_is_written_ends_in_a_number_or_a_refusal(expression):
    try:
        compute(expression, PASSAGES.get)
    except ExpressionUnclear:
        return
