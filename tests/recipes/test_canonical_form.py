"""The canonical form of bundles: one text for one meaning, none for what has no exact meaning, and nothing is lost."""

import json
import math
import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.bundle import HALF_CHARACTER, BundleRefused, find_text_digest, freeze, read_bundle
from recipes.source import EXACT_INTEGER, Column, LeftOut, Passage, Table
from tests.fakes.nouns import make_bundle, make_source

# All that Unicode has but halves of characters: controls, combining marks, other planes, no-characters.
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
wholes = st.integers(-EXACT_INTEGER, EXACT_INTEGER)
numbers = wholes | st.floats(allow_nan=False, allow_infinity=False)
keys = texts | st.sampled_from(["\U0001f600", "\ufb33", "\u20ac", "\r", "1", "\x80", "ö", "o\u0308", ""])
values = st.booleans() | numbers | texts | st.lists(texts, max_size=3).map(tuple)
halves = st.characters(categories=("Cs",))


def make_tables(cells):
    return st.lists(cells, min_size=1, max_size=5).map(
        lambda row: Table(
            name="t", columns=tuple(Column(name=f"c{n}", type="text") for n, _ in enumerate(row)), rows=(tuple(row),)
        )
    )


@st.composite
def bundles(draw):
    """Bundles of any words and numbers in every place that takes them."""
    table = draw(make_tables(st.none() | texts | numbers))
    passages = (Passage(id="S2.1", locator=draw(st.none() | texts), table=table),)
    return make_bundle(
        task=draw(texts),
        parameters=draw(st.dictionaries(keys, values, max_size=5)),
        sources=(
            make_source("S1", draw(texts), author=draw(st.none() | texts), locator=draw(texts)),
            make_source("S2", passages=passages),
        ),
        left_out=(LeftOut(source=draw(texts), reason=draw(texts)),),
    )


def put_cell(cell):
    table = Table(name="t", columns=(Column(name="c", type="number"),), rows=((cell,),))
    return make_bundle(sources=(make_source("S1", locator="churn.csv", passages=(Passage(id="S1.1", table=table),)),))


def digest_of(bundle):
    return freeze("bun_1", bundle).digest


def shuffle(value, chance):
    """Give the same JSON with the keys of each object in another order."""
    if isinstance(value, list):
        return [shuffle(each, chance) for each in value]
    if not isinstance(value, dict):
        return value
    items = [(key, shuffle(each, chance)) for key, each in value.items()]
    chance.shuffle(items)
    return dict(items)


# Round trip


@given(bundles())
def test_what_is_opened_is_what_was_frozen_and_freezes_to_the_same_bytes(bundle):
    frozen = freeze("bun_1", bundle)
    again = frozen.open()
    assert again == bundle
    assert freeze("bun_1", again).canonical == frozen.canonical


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_with_a_fraction_or_an_exponent_comes_back_exactly(number):
    ((kept,),) = freeze("bun_1", put_cell(number)).open().sources[0].passages[0].table.rows
    assert (kept, digest_of(put_cell(kept))) == (number, digest_of(put_cell(number)))


@pytest.mark.parametrize("number", [2.0**53, 2.0**60, -(2.0**60), 1e20, 1e21, 1.7976931348623157e308, 5e-324])
def test_a_float_that_is_written_without_a_point_stays_a_float_that_can_be_frozen_again(number):
    frozen = freeze("bun_1", put_cell(number))
    assert freeze("bun_1", frozen.open()).canonical == frozen.canonical


# One text for one meaning


@given(bundles(), st.integers())
def test_the_order_of_keys_at_any_depth_does_not_matter(bundle, seed):
    plain = shuffle(bundle.to_json(), Random(seed))
    assert digest_of(read_bundle(json.dumps(plain).encode())) == digest_of(bundle)


@given(bundles(), st.booleans(), st.sampled_from([None, 0, 3, "\t"]))
def test_how_the_same_json_is_written_does_not_matter(bundle, ascii_only, indent):
    written = json.dumps(bundle.to_json(), ensure_ascii=ascii_only, indent=indent)
    assert digest_of(read_bundle(written.encode())) == digest_of(bundle)


@given(bundles())
def test_it_is_utf_8_json_without_spaces_whose_keys_are_ordered_by_utf_16(bundle):
    canonical = freeze("bun_1", bundle).canonical

    def check_order(pairs):
        names = [name.encode("utf-16-be") for name, _ in pairs]
        assert names == sorted(names)
        return dict(pairs)

    plain = json.loads(canonical.decode("utf-8"), object_pairs_hook=check_order, parse_int=float)
    assert plain == json.loads(json.dumps(bundle.to_json()), parse_int=float)


def test_a_key_of_another_plane_comes_before_one_of_this_that_has_a_greater_number():
    canonical = freeze("bun_1", make_bundle(parameters={"\ufb33": 1, "\U0001f600": 2})).canonical.decode()
    assert '"parameters":{"\U0001f600":2,"\ufb33":1}' in canonical


@given(wholes)
def test_a_whole_number_is_the_same_with_and_without_a_point(number):
    assert digest_of(put_cell(number)) == digest_of(put_cell(float(number)))


def test_minus_nothing_is_nothing():
    assert digest_of(put_cell(-0.0)) == digest_of(put_cell(0.0)) == digest_of(put_cell(0))
    assert math.copysign(1, freeze("bun_1", put_cell(-0.0)).open().sources[0].passages[0].table.rows[0][0]) == 1


@given(st.integers(-99, 99))
def test_a_number_is_no_text_and_yes_is_no_number(number):
    assert digest_of(put_cell(number)) != digest_of(put_cell(str(number)))
    yes, one = make_bundle(parameters={"x": True}), make_bundle(parameters={"x": 1})
    assert digest_of(yes) != digest_of(one)
    assert freeze("bun_1", yes).open().parameters == {"x": True}


@given(texts)
def test_characters_are_kept_as_they_are_written_composed_or_not(text):
    for form in ("NFC", "NFD"):
        said = unicodedata.normalize(form, text)
        assert freeze("bun_1", make_bundle(task=said)).open().task == said
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    same = digest_of(make_bundle(task=composed)) == digest_of(make_bundle(task=apart))
    assert same == (composed == apart)


@given(st.text(st.characters(min_codepoint=0x10000, max_codepoint=0x10FFFF), min_size=1, max_size=9))
def test_characters_of_other_planes_are_written_whole(text):
    frozen = freeze("bun_1", make_bundle(task=text))
    assert text.encode() in frozen.canonical
    assert frozen.open().task == text


@given(st.permutations(range(4)))
def test_the_order_of_sources_is_part_of_the_bundle(order):
    sources = [make_source(f"S{number}", f"Line {number}.") for number in range(4)]
    same = digest_of(make_bundle(sources=tuple(sources[place] for place in order))) == digest_of(
        make_bundle(sources=tuple(sources))
    )
    assert same == (list(order) == [0, 1, 2, 3])


# What has no exact meaning is refused at the door, in a sentence


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(number):
    assert refusal_of(put_cell(number)) == (
        f"I cannot freeze what I would read: S1, churn.csv, holds {number} where a number should be. "
        "Please mend it, or leave it out."
    )


@given(st.integers(min_value=EXACT_INTEGER + 1) | st.integers(max_value=-EXACT_INTEGER - 1))
def test_a_whole_number_that_would_lose_digits_is_refused(number):
    assert "a whole number that is too large to be kept exactly" in refusal_of(put_cell(number))


@pytest.mark.parametrize("number", [EXACT_INTEGER, -EXACT_INTEGER])
def test_the_largest_whole_numbers_are_kept(number):
    assert freeze("bun_1", put_cell(number)).open().sources[0].passages[0].table.rows == ((number,),)


@given(texts, halves, texts)
def test_half_a_character_is_refused_wherever_it_stands(before, half, after):
    text = before + half + after
    for bundle in (
        put_cell(text),
        make_bundle(task=text),
        make_bundle(parameters={"x": (text,)}),
        make_bundle(left_out=(LeftOut(source=text, reason="is a picture"),)),
        make_bundle(sources=(make_source("S1", "Churn fell.", locator=text),)),
    ):
        said = refusal_of(bundle)
        assert HALF_CHARACTER in said
        said.encode()


@given(halves)
def test_a_text_with_half_a_character_has_no_digest(half):
    with pytest.raises(BundleRefused) as caught:
        find_text_digest(f"a{half}", place="a note")
    assert caught.value.advice().startswith(f"I cannot freeze what I would read: a note holds {HALF_CHARACTER}.")


def refusal_of(bundle):
    with pytest.raises(BundleRefused) as caught:
        freeze("bun_1", bundle)
    return caught.value.advice()
