from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.skills.design.ruler import Line, Ruler, fit
from orchestration.skills.marks import Span

RULER = Ruler("Cambria", "Calibri")
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)
SIZES = (24.0, 20.0, 16.0, 14.0)


def line(text: str, size_pt: float = 20.0) -> Line:
    return Line((Span(text),), size_pt)


def test_a_row_breaks_at_spaces_hyphens_and_slashes() -> None:
    width = RULER.width_pt(line("alpha/")) + 1

    assert RULER.count_rows(line("alpha alpha"), width) == 2
    assert RULER.count_rows(line("alpha-alpha"), width) == 2
    assert RULER.count_rows(line("alpha/alpha"), width) == 2


def test_a_minus_before_a_figure_does_not_break() -> None:
    assert RULER.longest_word_pt([line("-5%")]) == RULER.width_pt(line("-5%"))


def test_white_space_at_the_end_of_a_row_hangs_over() -> None:
    width = RULER.width_pt(line("alpha beta")) + 0.5

    assert RULER.count_rows(line("alpha beta    "), width) == 1


def test_east_asian_text_breaks_between_signs() -> None:
    assert RULER.count_rows(line("日本語日本語"), 62) == 2


def test_a_raised_citation_takes_two_thirds_of_its_width() -> None:
    plain, raised = line("[12]"), Line((Span("[12]", source_id="S1"),), 20.0)

    assert abs(RULER.width_pt(raised) / RULER.width_pt(plain) - 2 / 3) < 0.001


def test_bold_and_indented_text_needs_more_room() -> None:
    bold, indented = Line((Span("some words", bold=True),), 20.0), Line((Span("some words"),), 20.0, indent_pt=20.0)

    assert RULER.width_pt(bold) > RULER.width_pt(line("some words"))
    assert RULER.width_pt(indented) == RULER.width_pt(line("some words")) + 20


def test_the_largest_size_that_fits_is_taken() -> None:
    room = (RULER.width_pt(line("a short line", 20)) + 1, 26)

    fitted = fit(SIZES, room, RULER, lambda size: [line("a short line", size)])

    assert fitted is not None
    assert fitted[0].size_pt == 20


def test_a_size_that_would_break_a_word_is_passed_over() -> None:
    room = (RULER.width_pt(line("internationalisation", 16)) + 1, 400)

    fitted = fit(SIZES, room, RULER, lambda size: [line("an internationalisation", size)])

    assert fitted is not None
    assert fitted[0].size_pt == 16


def test_a_word_that_never_fits_is_broken_at_the_smallest_size() -> None:
    fitted = fit(SIZES, (100, 400), RULER, lambda size: [line("x" * 60, size)])

    assert fitted is not None
    assert "\v" in fitted[0].text
    assert fitted[0].text.replace("\v", "") == "x" * 60


def test_text_that_does_not_fit_is_not_fitted() -> None:
    assert fit(SIZES, (100, 30), RULER, lambda size: [line("many words in a small room", size)]) is None


@settings(database=None, deadline=None, max_examples=200)
@given(TEXTS, st.floats(30, 900), st.floats(14, 500))
def test_whatever_is_fitted_stays_within_its_room(text: str, width: float, height: float) -> None:
    fitted = fit(SIZES, (width, height), RULER, lambda size: [line(text, size)])

    if fitted is not None:
        assert RULER.height_pt(fitted, width) <= height
        assert fitted[0].text.replace("\v", "") == text


@settings(database=None, deadline=None, max_examples=200)
@given(TEXTS, st.floats(40, 500))
def test_a_wider_room_never_needs_more_rows(text: str, width: float) -> None:
    broken = RULER.with_breaks(line(text), width)

    assert RULER.count_rows(broken, width * 1.5) <= RULER.count_rows(broken, width)


@settings(database=None, deadline=None, max_examples=200)
@given(TEXTS, st.floats(40, 500))
def test_broken_words_fit_their_room(text: str, width: float) -> None:
    assert RULER.longest_word_pt([RULER.with_breaks(line(text), width)]) <= width + 0.01


def test_a_space_that_does_not_break_keeps_its_words_together() -> None:
    together = line("alpha beta\N{NO-BREAK SPACE}gamma")

    assert RULER.longest_word_pt([together]) == RULER.width_pt(line("beta\N{NO-BREAK SPACE}gamma"))
