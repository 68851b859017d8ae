import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from recipes.bundle import freeze
from recipes.source import Column, Passage, Table
from tests.fakes.nouns import make_bundle, make_source

# RFC 8785 knows whole numbers up to 2**53 only
SAFE = 2**53 - 1
texts = st.text(st.characters(codec="utf-8"), max_size=40)
cells = st.none() | texts | st.integers(-SAFE, SAFE) | st.floats(allow_nan=False, allow_infinity=False)
rows = st.lists(st.tuples(cells, cells), max_size=4)


def _freeze(*sources):
    bundle = make_bundle(sources=tuple(sources))
    return freeze("bun_1", bundle).canonical, rfc8785.dumps(bundle.to_json())


def _with_table(source_id, rows):
    table = Table(name="t", columns=(Column(name="a", type="text"), Column(name="b", type="number")), rows=tuple(rows))
    passages = (Passage(id=f"{source_id}.1", text="above"), Passage(id=f"{source_id}.2", locator="A1", table=table))
    return make_source(source_id, passages=passages)


@given(texts, rows, texts, rows)
@example("\x7f\x00\u2028\ud7ff\U0001f600", [(1e16, 1e-5), (-0.0, 1e21)], '"\\/\b', [(0.1, 5e-324), (-1.5, 2.0**60)])
@example("", [(1.0, -2.0)], "", [])
def test_the_bytes_are_those_of_the_library_that_knows_all_of_the_standard(first, some, second, more):
    sources = (make_source("S1", first), _with_table("S2", some), make_source("S3", second), _with_table("S4", more))
    canonical, expected = _freeze(*sources)
    assert canonical == expected


@given(st.integers(1, 9).map(lambda n: 10.0**n / 3) | st.floats(1e-6, 1e-3) | st.floats(1e15, 1e22))
def test_a_number_is_written_as_the_standard_says(number):
    canonical, expected = _freeze(_with_table("S1", [(number, -number)]))
    assert canonical == expected


def test_more_sources_and_rows_than_are_written_at_once_are_all_there():
    texts = [make_source(f"S{number}", f"Note {number}") for number in range(1, 2_100)]
    canonical, expected = _freeze(*texts, _with_table("S2100", [(n, n / 7) for n in range(2_100)]), *texts)
    assert canonical == expected
