"""Long text is parted where a reader would part it, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from orchestration.skills.deck.paragraphs import PARAGRAPH_WORDS, paragraphs_of
from orchestration.skills.marks import Span, parse_marks

SENTENCE = "The import fails when a file holds more than forty megabytes, and nobody is told about it."
WORDS = st.lists(st.text(st.sampled_from('ab.,“”" -1'), min_size=1, max_size=8), min_size=1, max_size=120)


def part(text: str) -> list[str]:
    return ["".join(span.text for span in spans) for spans in paragraphs_of(parse_marks(text))]


def test_a_short_text_is_one_paragraph() -> None:
    assert part(SENTENCE) == [SENTENCE]


def test_a_paragraph_ends_with_a_sentence() -> None:
    paragraphs = part(" ".join([SENTENCE] * 6))

    assert [each.endswith("it.") for each in paragraphs] == [True] * len(paragraphs)
    assert [len(each.split()) for each in paragraphs] == [34, 34, 34]


def test_without_a_sentences_end_nearby_a_clause_ends_it() -> None:
    text = f"{'word ' * 29}word, {'word ' * 40}"

    assert part(text.strip())[0].endswith("word,")


def test_a_text_without_stops_is_parted_between_words_and_none_is_too_long() -> None:
    paragraphs = part(("word " * 150).strip())

    assert max(len(each.split()) for each in paragraphs) <= PARAGRAPH_WORDS
    assert min(len(each.split()) for each in paragraphs) >= PARAGRAPH_WORDS / 2


def test_a_quotation_stays_whole() -> None:
    quoted = f"“{'word ' * 30}word”"

    assert any(quoted in each for each in part(f"{'said ' * 15}{quoted} {'said ' * 15}".strip()))


def test_a_citation_stays_with_its_sentence() -> None:
    sentence = (Span("One thing is said here about the import of files that are large. ".rstrip()),)
    cited = (*sentence, Span("\N{NO-BREAK SPACE}[1]", source_id="S1"), Span(" "))

    first, *_ = paragraphs_of(cited * 4)

    assert "".join(span.text for span in first).endswith("large.\N{NO-BREAK SPACE}[1]")


@given(WORDS)
def test_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    assert " ".join(part(text)).split() == "".join(span.text for span in parse_marks(text)).split()
