"""How another channel's basket is named."""

import pytest

from orchestration.partner.basket_words import find_basket


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("use the basket of #finance", ""),
        ("a deck about wind power from #finance", "a deck about wind power"),
        ("a deck about wind, use the basket of #finance", "a deck about wind"),
        ("please also read the basket in #finance with 6 slides", "with 6 slides"),
        ("Basket of #finance please", "please"),
    ],
)
def test_another_basket_is_named_and_the_words_for_it_answer_nothing(said, rest):
    assert find_basket(said, {"finance": "C0FINANCE"}) == ("C0FINANCE", rest)


@pytest.mark.parametrize(
    "said", ["a deck from #finance-2019", "the basket of apples", "look at #finance", "from finance"]
)
def test_a_channel_that_the_message_does_not_link_names_no_basket(said):
    assert find_basket(said, {"finance": "C0FINANCE"}) == (None, said)
