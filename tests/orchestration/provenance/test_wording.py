"""A quotation is verbatim but for spaces, typography and what chat adds; a changed word is none."""

import pytest

from orchestration.provenance.numerals import list_numerals
from orchestration.provenance.wording import holds_words, list_quoted, read_plainly

PASSAGE = read_plainly(
    "Maya: we *really*  need “more\nwind” – says <https://x.example|the plan>, <@U0MAYA> &amp; I :wave:"
)


@pytest.mark.parametrize(
    "quoted",
    [
        "we really need",
        'need "more wind" - says the plan',
        "need «more wind» — says",
        "We really need".lower(),
        "we really … says the plan",
        "we really need …",
        "[…] says the plan",
        "the plan, & I",
    ],
)
def test_the_same_words_are_found(quoted):
    assert holds_words(PASSAGE, quoted)


@pytest.mark.parametrize(
    "quoted", ["we need", "we really needed", "really we need", "says the plan … we really", "e really need", "…", ""]
)
def test_other_words_are_not(quoted):
    assert not holds_words(PASSAGE, quoted)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("She said “more wind” and „mehr Wind“.", ["more wind", "mehr Wind"]),
        ('S1.1: Maya: "more wind, please"', ["more wind, please"]),
        ("Elle dit « plus de vent ».", ["plus de vent"]),
        ("It's Maya's, isn't it", []),
        ('a 5" disc', []),
    ],
)
def test_what_stands_in_quotation_marks_is_listed(text, quoted):
    assert list(list_quoted(text)) == quoted


@pytest.mark.parametrize(
    "text", ["«" + " " * 50_000 + "x", "a." * 50_000 + "1", '"' * 50_000, "[..." * 20_000, "9" * 20_000]
)
def test_text_that_is_made_to_be_slow_is_read_like_any_other(text):
    """Its first form took minutes for the first of these: a pattern that tried each space from each space."""
    assert list(list_quoted(text)) == []
    assert len(list_numerals(text)) <= 1
    assert not holds_words("words", text)
