"""A number is the same number in each notation that counts, and another one as soon as a digit changes."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orchestration.provenance.evidence import Archive, Evidence
from orchestration.provenance.numerals import list_numerals, make_numeral
from recipes.source import Column, Passage, Table
from tests.fakes.nouns import make_bundle, make_source

NARROW, FIXED = "\u202f", "\u00a0"


def hold(*cells: float, text: str | None = None) -> Evidence:
    """Give the evidence of one passage: a table of one column, or a text."""
    table = Table(name="t", columns=(Column(name="n", type="number"),), rows=tuple((cell,) for cell in cells))
    passage = Passage(id="S1.1", text=text) if text is not None else Passage(id="S1.1", table=table)
    bundle = make_bundle(sources=(make_source("S1", locator="x", ts=None, author=None, passages=(passage,)),))
    return next(evidence for _, evidence in Archive(bundle).open(["S1.1"]))


def is_held(written: str, evidence: Evidence, *, has_sign: bool = False) -> bool:
    (numeral,) = list_numerals(written)
    return evidence.holds(numeral, has_sign=has_sign)


def group(digits: str, mark: str) -> str:
    return f"{int(digits):,}".replace(",", mark)


def list_notations(value: Decimal) -> list[str]:
    whole, _, decimals = f"{value:f}".partition(".")
    point, comma = (f".{decimals}", f",{decimals}") if decimals else ("", "")
    return [
        whole + point,
        whole + comma,
        group(whole, ",") + point,
        group(whole, ".") + comma,
        *(group(whole, mark) + end for mark in ("'", "’", " ", FIXED, NARROW) for end in (point, comma)),
        f"${whole}{point}",
        f"€ {group(whole, '.')}{comma}",
    ]


values = st.builds(
    lambda whole, decimals, places: Decimal(f"{whole}.{decimals % 10**places:0{places}}") if places else Decimal(whole),
    st.integers(10, 10**9),
    st.integers(0, 999),
    st.integers(0, 3),
).filter(lambda value: "." not in f"{value:f}" or value % 1)
scales = st.sampled_from(
    [("k", 3), (" thousand", 3), ("M", 6), (" million", 6), (" Mio.", 6), (" bn", 9), (" Mrd.", 9)]
)


@given(values, st.integers(0, 15), st.booleans())
def test_a_number_in_any_notation_is_found(value, choice, in_text):
    written = list_notations(value)
    evidence = hold(text=f"It was {value:f}, they said.") if in_text else hold(float(value))
    assert is_held(written[choice % len(written)], evidence)


@given(values, st.integers(0, 15), st.data())
def test_a_changed_digit_is_never_found(value, choice, data):
    written = list_notations(value)
    said = written[choice % len(written)]
    assert not any(
        evidence.holds(numeral)
        for numeral in list_numerals(change_a_digit(said, data))
        for evidence in (hold(float(value)), hold(text=f"It was {value:f}."))
    )


@given(values, scales, st.integers(0, 2), st.data())
def test_a_scaled_number_is_found_as_it_is_rounded_and_no_other(value, scale, places, data):
    word, power = scale
    unit = Decimal(10) ** (power - places)
    rounded = (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    written = f"{rounded / Decimal(10) ** power:.{places}f}"
    assume(len(written.replace(".", "").lstrip("0")) > 1)
    assume(abs(rounded - value) < unit / 2)
    evidence = hold(float(value))
    assert is_held(f"{written}{word}", evidence)
    changed = change_a_digit(written, data)
    assume(len(changed.replace(".", "").lstrip("0")) > 1)
    assert not is_held(f"{changed}{word}", evidence)


def change_a_digit(written: str, data: st.DataObject) -> str:
    places = [at for at, character in enumerate(written) if character.isdigit()]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([each for each in "0123456789" if each != written[at]]))
    return f"{written[:at]}{digit}{written[at + 1 :]}"


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("12 %", [0.12, 0.88]),
        ("12.3%", [0.1234, 0.5]),
        ("12 percent", [0.12, 1]),
        ("12 %", [12, 40]),
        ("41.3", [41.27]),
        ("41", [41.27]),
        ("41k", [41_234]),
        ("1.2 M", [1_234_567]),
        ("2001", [2001]),
        ("3", [3]),
        ("5", [-5]),
    ],
)
def test_what_a_cell_holds_is_found(written, cells):
    assert is_held(written, hold(*cells))


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("12 %", [0.12, 3]),  # not a column of fractions
        ("0.12", [12, 40]),
        ("3", [3.2]),  # one digit rounds to far too much
        ("41,000", [41_234]),  # all its digits are shown
        ("40k", [41_234]),
        ("41", [41_234]),
        ("41.2", [41_234]),
        ("12.34", [0.1234, 0.5]),
    ],
)
def test_what_a_cell_does_not_hold_is_not_found(written, cells):
    assert not is_held(written, hold(*cells))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("12 %", "It fell to 12 percent."),
        ("0.12", "It fell to 12 %."),
        ("1,200,000", "We sold 1.2 million of them."),
        ("1.2 M", "We sold 1.2 million of them."),
        ("5 %", "a change of -5 %"),
        ("-5 %", "It fell by 5 %."),
        ("86", "about $86,000 and 86 orders"),
        ("2024", "on 2024-03-31 it ended"),
        ("2024-03", "on 2024-03-31 it ended"),
        ("9:30", "from 09:30 on"),
        ("1 234", "in May 1 234 people"),
        ("24 100", "on May 24 100 people came"),
    ],
)
def test_what_a_text_holds_is_found(written, text):
    assert is_held(written, hold(text=text))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("3", "on 2024-03-31 it ended"),
        ("31", "on 2024-03-31 it ended"),
        ("2024-04", "on 2024-03-31 it ended"),
        ("9:31", "from 09:30 on"),
        ("3", "Q3 was good, as CO3 and S1.3 say"),
        ("17", "see https://example.com/17 or 17@example.com"),
        ("1.2", "version v1.2.3"),
        ("86", "about $86,000"),
    ],
)
def test_what_a_text_does_not_hold_is_not_found(written, text):
    assert not is_held(written, hold(text=text))


@pytest.mark.parametrize("text", ["Q3", "CO2", "S3.1", "v1.2.3", "net_2", "https://example.com/p1794906000"])
def test_digits_of_names_and_addresses_are_no_figures(text):
    assert list_numerals(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("10–12 %", ["10", "12 %"]),
        ("2001-2024", ["2001", "2024"]),
        ("-5 and \u22126", ["-5", "\u22126"]),
        ("on 2026-11-17 at 09:30", ["2026-11-17", "09:30"]),
        ("2026-11-17T09:30:00", ["2026-11-17", "09:30:00"]),
        ("売上は12億円", ["12"]),
        ("0.000", ["0.000"]),
        ("1,234, 5,678.", ["1,234", "5,678"]),
        ("41GWh of 3rd parties", ["41", "3"]),
    ],
)
def test_each_number_of_a_text_is_one(text, numbers):
    assert [each.text for each in list_numerals(text)] == numbers


def test_a_minus_counts_where_a_number_stands_alone():
    assert is_held("5", hold(-5))
    assert not is_held("5", hold(-5), has_sign=True)
    assert is_held("-5", hold(-5), has_sign=True)
    assert hold(-5).holds(make_numeral(-5.0), has_sign=True)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**15), 10**15).map(float))
def test_a_charts_value_is_the_cells_own(value):
    assert hold(value).holds(make_numeral(value), has_sign=True)


def test_a_number_beyond_all_measure_is_looked_up_like_any_other():
    assert not is_held("9" * 20_000, hold(41_823))
    assert is_held("9" * 400, hold(text="9" * 400))
