import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.skills.characters import clean_line, clean_lines
from orchestration.skills.marks import (
    Span,
    escape_marks,
    keep_links,
    list_citations,
    parse_marks,
    plain_text,
    safe_url,
    source_of,
)


def test_marks_become_styled_spans() -> None:
    spans = parse_marks("**Slow *setup***: [the note](https://example.com/n) says so [@S12.4]")

    assert spans == (
        Span("Slow ", bold=True),
        Span("setup", bold=True, italic=True),
        Span(": "),
        Span("the note", url="https://example.com/n"),
        Span(" says so "),
        Span("", source_id="S12", passage_id="S12.4"),
    )


def test_arithmetic_is_not_taken_for_italics() -> None:
    assert plain_text("5 * 3 * 2 and 2*3*4") == "5 * 3 * 2 and 2*3*4"


def test_a_backslash_keeps_a_sign_as_it_is() -> None:
    assert parse_marks(r"\*\*not bold\*\* \[@S1]") == (Span("**not bold** [@S1]"),)


def test_a_link_of_another_scheme_keeps_its_words_only() -> None:
    assert parse_marks("[open](javascript:alert)") == (Span("open"),)
    assert parse_marks("[open](file:///etc/passwd)") == (Span("open"),)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("See [a](https://evil.example/x).", "See a."),
        ("[a@b](https://evil.example/x)", "a@b"),
        (r"\\[a](https://evil.example/x)", r"\\a"),
        ("[[a](https://evil.example/x)](https://evil.example/x)", "a"),
        ("**Read *[a](https://evil.example/x)* now**", "**Read *a* now**"),
        (r"\[a](https://evil.example/x)", r"\[a](https://evil.example/x)"),
        ("[a](https://known.example/x) [@S1.2]", "[a](https://known.example/x) [@S1.2]"),
    ],
)
def test_of_links_to_unknown_addresses_the_words_stay(text: str, kept: str) -> None:
    assert keep_links(text, {"https://known.example/x"}) == kept


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(["[", "]", "](https://evil.example/x)", "**", "*", "\\", "a", " ", "[@S1]"]), max_size=14)
)
def test_whatever_the_marks_no_link_leads_to_an_unknown_address(pieces: list[str]) -> None:
    kept = keep_links("".join(pieces), frozenset())
    assert [span.url for span in parse_marks(kept) if span.url] == []


def test_only_web_and_mail_addresses_are_safe() -> None:
    assert safe_url("https://example.com/a?b=c#d") == "https://example.com/a?b=c#d"
    assert safe_url("mailto:maya@example.com") == "mailto:maya@example.com"
    assert [
        safe_url(url) for url in ("data:text/html,x", "//example.com", 'https://e.com/"', "https://a b", "", None)
    ] == [None] * 6


def test_citations_of_passages_name_their_source() -> None:
    assert list_citations(r"One [@S1.2], two [@S2] and \[@S3]") == ("S1", "S2")
    assert source_of("S12.4") == source_of("S12") == "S12"


@settings(database=None, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_an_escaped_text_shows_exactly_itself(text: str) -> None:
    assert "".join(span.text for span in parse_marks(escape_marks(text))) == text


@settings(database=None, deadline=None)
@given(st.text(alphabet="ab*[]()@S1.\\ hp:/", max_size=60))
def test_no_text_is_refused_by_the_marks(text: str) -> None:
    assert all(span.text or span.source_id for span in parse_marks(text))


def test_characters_xml_cannot_hold_are_dropped() -> None:
    assert clean_line("a\x00b\x1bc\ud800d\ufffee\u202ef\tg\nh") == "abcdef g h"
    assert clean_lines("one  \r\ntwo\x07\n\n") == "one\ntwo"
