"""The question whether work may spend more, and what the result says of it."""

import pytest

from bot.views.cap_question import render_cap_question
from bot.views.outputs import render_summary
from recipes.reply import CapQuestion, DeliverySummary
from tests.fakes.moment import START
from tests.fakes.nouns import JONAS, MAYA, make_cap_raise, make_output


@pytest.mark.parametrize(
    "raised",
    [
        make_cap_raise(),
        make_cap_raise(kind="tokens", taken=1_990_000, cap=2_000_000, amount=2_000_000),
        make_cap_raise(raised_by=JONAS, raised_at=START),
    ],
    ids=["dollars", "tokens", "raised"],
)
def test_the_question_names_each_amount_and_its_button_goes_with_the_answer(raised, snapshot):
    assert render_cap_question(CapQuestion(requester=MAYA, raised=raised, may=(JONAS,))) == snapshot


def test_the_result_says_from_what_to_what_the_cap_was_raised():
    twice = (make_cap_raise(), make_cap_raise("rse_2", segment=2, cap=10_000_000_000))
    summary = DeliverySummary(requester=MAYA, output=make_output(), uses_language_model=True, raises=twice)
    assert "cap raised from $5.00 to $15.00" in str(render_summary(summary).blocks)
