"""Prices: by the table, by the band of the whole prompt, and none where the table says nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.price import PricesRefused, read_prices, show_money
from recipes.spend import from_nanousd, to_nanousd
from recipes.usage import Usage
from storage.prices import load_prices

TABLE = load_prices()
HAIKU, SONNET, OPUS = "claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"
COUNTS = st.integers(0, 2_000_000)
USAGES = st.builds(
    Usage, input_tokens=COUNTS, cache_write_tokens=COUNTS, cache_read_tokens=COUNTS, output_tokens=COUNTS
)


def test_each_kind_of_token_has_its_price():
    million = 1_000_000
    usage = Usage(input_tokens=million, output_tokens=million, cache_write_tokens=million, cache_read_tokens=million)
    assert TABLE.price(SONNET, usage) == Decimal("14.60")


@pytest.mark.parametrize(
    ("usage", "price"),
    [
        (Usage(input_tokens=100_000, output_tokens=1_000), "0.0105"),
        (Usage(input_tokens=100_001, output_tokens=1_000), "0.0525005"),
        (Usage(input_tokens=1, cache_read_tokens=100_000, output_tokens=1_000), "0.0075005"),
        (Usage(cache_write_tokens=60_000, cache_read_tokens=40_000), "0.0079"),
        (Usage(cache_write_tokens=60_000, cache_read_tokens=40_001), "0.03950005"),
    ],
)
def test_the_whole_prompt_decides_for_the_band(usage, price):
    assert TABLE.price(HAIKU, usage) == Decimal(price)


@pytest.mark.parametrize(
    ("model", "usage"),
    [("claude-next", Usage(input_tokens=1)), ("", Usage()), (OPUS, Usage(cache_write_tokens=1, input_tokens=5))],
)
def test_what_has_no_price_is_not_priced(model, usage):
    assert TABLE.price(model, usage) is None


def test_calls_are_priced_one_by_one():
    calls = [Usage(input_tokens=60_000), Usage(input_tokens=60_000)]
    assert TABLE.price_all(HAIKU, calls) == Decimal("0.012")
    assert TABLE.price(HAIKU, calls[0] + calls[1]) == Decimal("0.06")
    assert TABLE.price_all(OPUS, [Usage(input_tokens=1), Usage(cache_write_tokens=1)]) is None


@given(USAGES, st.sampled_from([HAIKU, SONNET]))
def test_a_price_is_kept_to_the_last_digit(usage, model):
    price = TABLE.price(model, usage)
    assert price is not None
    assert from_nanousd(to_nanousd(price)) == price


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0", "$0.00"), ("0.004", "under $0.01"), ("0.125", "$0.12"), ("1.2", "$1.20"), ("1234.5", "$1,234.50")],
)
def test_money_is_shown_to_the_cent(amount, shown):
    assert show_money(Decimal(amount)) == shown


HEAD = 'as_of = 2026-11-23\nsource = "x"\ncurrency = "USD"\n'


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("as_of =", "not TOML"),
        ('source = "x"', "as_of"),
        (HEAD.replace("USD", "EUR") + "[models]", "currency"),
        (HEAD + "[models]\nm = []", "models"),
        (HEAD + "[[models.m]]\ninput = -1\noutput = 2", "input"),
        (HEAD + "[[models.m]]\ninput = 1", "output"),
        (HEAD + "[[models.m]]\ninput = 1\noutput = 2\nbatch = 1", "batch"),
        (HEAD + "[[models.m]]\ninput = 1\noutput = 2\nprompt_tokens_up_to = 5", "bands of m"),
        (HEAD + "[[models.m]]\ninput = 1\noutput = 2\n[[models.m]]\ninput = 1\noutput = 2", "bands of m"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_with_its_place(toml, problem):
    with pytest.raises(PricesRefused) as refused:
        read_prices("mine.toml", toml)
    assert problem in refused.value.advice()
    assert "mine.toml" in refused.value.advice()


def test_another_file_takes_the_place_of_the_table(tmp_path):
    (tmp_path / "mine.toml").write_text(HEAD + "[[models.mine]]\ninput = 3\noutput = 4\n", encoding="utf-8")
    table = load_prices(tmp_path / "mine.toml")
    assert table.price("mine", Usage(input_tokens=1_000_000)) == 3
    assert table.price(SONNET, Usage(input_tokens=1)) is None


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PricesRefused) as refused:
        load_prices(tmp_path / "gone.toml")
    assert "gone.toml" in refused.value.advice()


def test_searches_cost_what_the_table_says_beside_their_tokens():
    usage = Usage(input_tokens=1_000_000, web_searches=3)
    assert TABLE.price(SONNET, usage) == Decimal("2.03")


def test_where_searches_have_no_price_a_call_that_searched_has_none():
    table = TABLE.model_copy(update={"web_search": None})
    assert table.price(SONNET, Usage(input_tokens=1, web_searches=1)) is None
    assert table.price(SONNET, Usage(input_tokens=1_000_000)) == 2
