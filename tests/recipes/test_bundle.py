import hashlib
import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from recipes.bundle import BundleTampered, freeze, read_bundle, source_of
from recipes.source import Column, Passage, Table
from tests.fakes.nouns import make_bundle, make_frozen, make_source

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
# RFC 8785 knows whole numbers below 2**53 only
SAFE = 2**53 - 1
cells = st.none() | texts | st.integers(-SAFE, SAFE) | st.floats(-SAFE, SAFE)
tables = st.lists(cells, min_size=1, max_size=6).map(
    lambda row: Table(name="t", columns=tuple(Column(name=f"c{n}", type="text") for n in range(len(row))), rows=(row,))
)


def test_the_contract_has_exactly_these_keys():
    plain = make_bundle().to_json()
    assert set(plain) == {"schema", "basket", "task", "recipe", "parameters", "agent", "sources", "left_out"}
    assert plain["schema"] == 1
    assert set(plain["recipe"]) == {"slug", "version", "instructions", "contract"}
    assert set(plain["agent"]) == {"type", "model", "effort", "tools", "caps"}
    assert set(plain["left_out"][0]) == {"source", "reason"}
    for source in plain["sources"]:
        assert set(source) == {"id", "kind", "locator", "author", "ts", "digest", "passages"}
        for passage in source["passages"]:
            assert set(passage) <= {"id", "locator", "text", "table"}
            assert None not in passage.values()
            assert (passage.get("text") is None) != (passage.get("table") is None)


def test_the_digest_is_sha256_over_the_canonical_json_of_the_contract():
    frozen = make_frozen()
    assert frozen.canonical == rfc8785.dumps(make_bundle().to_json())
    assert frozen.digest == hashlib.sha256(frozen.canonical).hexdigest()


def test_the_digest_is_the_same_in_each_release():
    # A change here means that no stored bundle could be staged to the same digest again.
    assert make_frozen().digest == "27d773b0c0b477377103ac2ed97b21d9ac768c3c428be65fd1df191f24cd2252"


def test_the_id_stands_outside_the_digest():
    assert make_frozen("bun_1").digest == make_frozen("bun_2").digest


@given(st.permutations([("topic", "churn"), ("slides_count", 5), ("template_style", "slate"), ("ratio", 0.5)]))
def test_the_order_of_a_dictionary_does_not_matter(items):
    expected = make_frozen(parameters=dict(sorted(items)))
    assert make_frozen(parameters=dict(items)).digest == expected.digest


@given(st.data())
def test_any_changed_byte_is_noticed(data):
    frozen = make_frozen()
    place = data.draw(st.integers(0, len(frozen.canonical) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != frozen.canonical[place]))
    touched = frozen.canonical[:place] + bytes([byte]) + frozen.canonical[place + 1 :]
    with pytest.raises(BundleTampered):
        replace(frozen, canonical=touched).open()


@pytest.mark.parametrize("touch", [lambda canonical: canonical[:-1], lambda canonical: canonical + b" ", lambda _: b""])
def test_bytes_that_are_missing_or_too_many_are_noticed(touch):
    frozen = make_frozen()
    with pytest.raises(BundleTampered):
        replace(frozen, canonical=touch(frozen.canonical)).open()


@given(texts, st.dictionaries(texts, texts | st.integers(0, 99) | st.booleans().map(float), max_size=4), tables)
def test_a_bundle_survives_being_frozen(text, parameters, table):
    table_source = make_source("S2", passages=(Passage(id="S2.1", table=table),))
    bundle = make_bundle(sources=(make_source("S1", text), table_source), parameters=parameters, task=text)
    frozen = freeze("bun_1", bundle)
    again = frozen.open()
    assert freeze("bun_1", again).digest == frozen.digest
    assert again.sources[0] == bundle.sources[0]
    assert again.parameters == bundle.parameters
    assert again.sources[1].passages[0].table.rows == table.rows


@given(texts | st.none())
def test_a_locator_is_frozen_where_there_is_one(locator):
    passage = Passage(id="S1.1", locator=locator, text="Churn fell.")
    frozen = make_frozen(sources=(make_source(passages=(passage,)),))
    assert (b'"locator"' in frozen.canonical.partition(b'"passages"')[2].partition(b"]")[0]) == (locator is not None)
    assert frozen.open().sources[0].passages == (passage,)


def test_a_cell_beyond_the_whole_numbers_of_json_is_kept():
    table = Table(name="t", columns=(Column(name="c", type="number"),), rows=((1e300,), (2.0**60,), (5e-324,)))
    frozen = make_frozen(sources=(make_source(passages=(Passage(id="S1.1", table=table),)),))
    (kept,) = frozen.open().sources[0].passages
    assert [float(cell) for (cell,) in kept.table.rows] == [1e300, 2.0**60, 5e-324]


def test_what_is_read_back_is_the_bundle():
    assert read_bundle(json.dumps(make_bundle().to_json()).encode()) == make_bundle()


def test_sources_and_passages_are_found_by_their_ids():
    bundle = make_bundle()
    assert bundle.find_source("S2").locator == "churn.csv"
    assert bundle.find_source("S9") is None
    assert [passage.id for passage in bundle.list_passages()] == ["S1.1", "S2.1"]
    assert source_of("S12.4") == "S12"
