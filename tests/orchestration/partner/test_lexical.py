"""What messages say, phrasing by phrasing, to the interpreter without a key."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.partner.interpreter import Heard, Intent, Reading
from orchestration.partner.lexical.interpreter import read_lexically
from recipes.ids import RecipeSlug, UserId
from tests.partner.labels import load_recipes

RECIPES = load_recipes()
MAYA = UserId("U0MAYA")
DECK, BRIEF, DRAFT = "powerpoint-report", "research-brief", "content-draft"
WORKBOOK, INCIDENT, STATUS, COMPARISON = "data-workbook", "incident-review", "weekly-status", "competitor-comparison"


def _read(
    text: str, recipe: str | None = None, *, asked: str | None = None, today=date(2026, 11, 23), **answers
) -> Reading:
    heard = Heard(
        text=text,
        today=today,
        recipes=tuple(RECIPES.values()),
        author=MAYA,
        requester=MAYA,
        addressed=True,
        recipe=RecipeSlug(recipe) if recipe else None,
        asked=asked,
        answers=answers,
    )
    return read_lexically(heard)


def _raw(reading: Reading) -> dict[str, str]:
    return {name: answer.raw for name, answer in reading.answers.items()}


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("please make a deck", {}),
        ("make a presentation about green energy", {"topic": "green energy"}),
        ("a deck about how orange juice is sold", {"topic": "how orange juice is sold"}),
        ("6-slide deck", {"slides_count": "6"}),
        ("I need 7 good slides", {"slides_count": "7"}),
        ("ten slides", {"slides_count": "10"}),
        ("2.5 slides", {}),
        ("slides for Q3 2026", {"topic": "Q3 2026"}),
        ("in 12 slides, about why we lost Acme", {"slides_count": "12", "topic": "why we lost Acme"}),
        ("a deck about churn, in the forest style, with 6 slides", {
            "topic": "churn", "slides_count": "6", "template_style": "forest",
        }),
        ("8 slides on Q3 results", {"slides_count": "8", "topic": "Q3 results"}),
        ("a deck about churn from this thread", {"topic": "churn"}),
        ("a deck about churn based on this thread", {"topic": "churn"}),
        ("a deck about churn. Keep it short.", {"topic": "churn"}),
        ("a deck about churn\nThanks", {"topic": "churn"}),
        ("a deck about “churn”", {"topic": "churn"}),
        ("a deck about v2.1 of the API", {"topic": "v2.1 of the API"}),
        ("a summary of the meeting yesterday", {"topic": "the meeting"}),
        ("a deck about example.com, 6 slides", {"topic": "example.com", "slides_count": "6"}),
        ("a deck about DEI and tire sales in SEM, 6 slides", {
            "topic": "DEI and tire sales in SEM", "slides_count": "6",
        }),
        ("a deck about the Italian fine, due friday", {"topic": "the Italian fine"}),
        ("a deck about the delivery van", {"topic": "the delivery van"}),
        ("a deck on studio rents per month", {"topic": "studio rents per month"}),
        ("a deck about Marco Polo", {"topic": "Marco Polo"}),
        ("Vorrei una presentazione sulla nuova strategia, 10 slide, in blu", {
            "topic": "nuova strategia", "slides_count": "10", "template_style": "slate",
        }),
        ("Kun je een presentatie maken over de strategie, 10 dia's, in het blauw?", {
            "topic": "de strategie", "slides_count": "10", "template_style": "slate",
        }),
        ("a powerpoint with 10 slides about our sales in Germany in the mono style", {
            "topic": "our sales in Germany", "slides_count": "10", "template_style": "mono",
        }),
    ],
)  # fmt: skip
def test_a_request_says_this_and_no_more(said, answers):
    assert _raw(_read(said)) == answers


@pytest.mark.parametrize(
    ("said", "recipe", "asked", "raw"),
    [
        ("half a dozen", DECK, "slides_count", "6"),
        ("двадцать пять", DECK, "slides_count", "25"),
        ("dix-huit diapositives", DECK, "slides_count", "18"),
        ("about 12 thousand", INCIDENT, "affected", "12000"),
        ("1'200", INCIDENT, "affected", "1200"),
        ("1h30", INCIDENT, "downtime", "90"),
        ("an hour and a half", INCIDENT, "downtime", "90"),
        ("three hours and 15 minutes", INCIDENT, "downtime", "195"),
        ("a few hundred", INCIDENT, "affected", None),
        ("between 5 and 8", DECK, "slides_count", None),
        ("Friday, 4 December", BRIEF, "due", "2026-12-04"),
        ("day after tomorrow", BRIEF, "due", "2026-11-25"),
        ("через две недели", BRIEF, "due", "2026-12-07"),
        ("Ende des Monats", BRIEF, "due", "2026-11-30"),
        ("05/05/2027", BRIEF, "due", "2027-05-05"),
        ("11/12/2026", BRIEF, "due", None),
        ("30.02.2027", BRIEF, "due", None),
        ("Friday or Monday", BRIEF, "due", None),
        ("last Friday", INCIDENT, "occurred_on", "2026-11-20"),
        ("24 December", INCIDENT, "occurred_on", "2025-12-24"),
        ("week of 9 November", STATUS, "week_of", "2026-11-09"),
        ("slat", DECK, "template_style", "slate"),
        ("state", DECK, "template_style", None),
        ("anything but mono", DECK, "template_style", None),
        ("sev 2", INCIDENT, "severity", "sev2"),
        ("why not", WORKBOOK, "charts", "yes"),
        ("absolutely not", WORKBOOK, "charts", "no"),
        ("1) budget 2) risks 3) team", DRAFT, "points", "budget\nrisks\nteam"),
        ("myself", BRIEF, "reviewer", MAYA),
        ("no more than 10", DECK, "slides_count", "10"),
        ("slides: 12", DECK, "topic", None),
        ("leave prices out", COMPARISON, "competitors", None),
        ("who can see this?", DECK, "topic", None),
        ("yes", DECK, "topic", None),
        ("ok, sure", DECK, "topic", None),
        ("vinte e cinco", DECK, "slides_count", "25"),
        ("ventuno slide", DECK, "slides_count", "21"),
        ("dodici o tredici", DECK, "slides_count", None),
        ("een stuk of twaalf", DECK, "slides_count", "12"),
        ("dez", DECK, "slides_count", None),
        ("non", BRIEF, "sources", None),
        ("acht bis zehn Folien", DECK, "slides_count", None),
        ("8 à 10 diapositives", DECK, "slides_count", None),
        ("un'ora e mezza", INCIDENT, "downtime", "90"),
        ("duas horas e meia", INCIDENT, "downtime", "150"),
        ("drie kwartier", INCIDENT, "downtime", "45"),
        ("over 3 weken", BRIEF, "due", "2026-12-14"),
        ("tra tre giorni", BRIEF, "due", "2026-11-26"),
        ("fim do mês", BRIEF, "due", "2026-11-30"),
        ("lunedì prossimo", BRIEF, "due", "2026-11-30"),
        ("voor vrijdag", BRIEF, "due", None),
        ("10. Dez", BRIEF, "due", "2026-12-10"),
        ("dont forget the charts", WORKBOOK, "charts", "yes"),
        ("forget the charts", WORKBOOK, "charts", "no"),
        ("wind power: 12 facts", DECK, "topic", "wind power: 12 facts"),
        ("⟨@U0BEN⟩, not ⟨@U0CARLA|Carla⟩", BRIEF, "reviewer", "U0BEN"),
    ],
)
def test_a_reply_answers_what_was_asked(said, recipe, asked, raw):
    assert _raw(_read(said, recipe, asked=asked)).get(asked) == raw


@pytest.mark.parametrize(
    ("said", "slides"),
    [
        ("8 instead of 7", "8"),
        ("one slide more", "8"),
        ("add a slide", "8"),
        ("three fewer slides", "4"),
        ("7 was wrong, it should be 9", "9"),
        ("increase to 10", "10"),
        ("7 slides, no 8 minutes", "7"),
        ("7 slides, better 8", "8"),
        ("forget the 7 slides, 9 is enough", "9"),
        ("lieber 9 statt 7", "9"),
        ("aggiungi tre slide", "10"),
        ("mais cinco slides", "12"),
        ("drei Folien dazu", "10"),
        ("mais ou menos 10 slides", "10"),
        ("slide 3 should be shorter", None),
    ],
)
def test_a_change_counts_from_what_stands(said, slides):
    assert _raw(_read(said, DECK, topic="churn", slides_count=7)).get("slides_count") == slides


@pytest.mark.parametrize(
    ("said", "recipe"),
    [
        ("I'd rather have a summary", DRAFT),
        ("how about a spreadsheet", WORKBOOK),
        ("scrap the deck, do a weekly status for Apollo", STATUS),
        ("use the case study as background", DECK),
        ("we have 90 minutes for it", DECK),
    ],
)
def test_another_recipe_is_taken_where_it_is_asked_for(said, recipe):
    assert _read(said, DECK, topic="churn").recipe == recipe


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("reset", Intent.START_OVER),
        ("show me the other recipes", Intent.SOMETHING_ELSE),
        ("is this private?", Intent.WHO_CAN_SEE),
        ("can you read PDFs?", Intent.ABOUT_BOT),
        ("merci beaucoup", Intent.THANKS),
        ("scratch that", Intent.START_OVER),
        ("chi vede questo file?", Intent.WHO_CAN_SEE),
        ("hoe werkt dit?", Intent.ABOUT_BOT),
        ("valeu!", Intent.THANKS),
        ("hoi", Intent.SMALL_TALK),
        ("good morning", Intent.SMALL_TALK),
    ],
)
def test_what_gives_no_value_has_an_intent(said, intent):
    assert _read(said, DECK, topic="churn").intent is intent


@given(st.integers(3, 30), st.sampled_from(["slate", "ember", "forest", "mono"]))
@settings(deadline=None)
def test_every_number_and_style_within_bounds_is_read_from_a_sentence(number, style):
    said = f"a deck about churn with {number} slides in the {style} style"
    assert _raw(_read(said)) == {"topic": "churn", "slides_count": str(number), "template_style": style}


@pytest.mark.parametrize("said", ["you decide", "du entscheidest", "entscheide du", "tu décides", "tú decides"])
def test_a_choice_is_left_to_us_in_several_languages(said):
    assert _read(said, DECK, asked="slides_count").intent is Intent.YOU_DECIDE


def test_two_recipes_that_may_be_meant_have_a_reason_each():
    reading = _read("a deck or a summary")
    assert [each.reason for each in reading.candidates] == ["you said “deck”", "you said “summary”"]


def test_one_noun_of_another_names_a_recipe():
    assert _read("étude de cas sur Globex").recipe == "case-study"


@pytest.mark.parametrize(
    ("said", "recipe", "name"),
    [
        ("8 slides or 12 slides", DECK, "slides_count"),
        ("in the ember style or the forest style", DECK, "template_style"),
        ("due on 3 December or 4 December", BRIEF, "due"),
        ("reviewer ⟨@U0BEN|Ben⟩, reviewer ⟨@U0CARLA|Carla⟩", BRIEF, "reviewer"),
    ],
)
def test_two_values_are_both_named_in_the_doubt(said, recipe, name):
    doubt = _read(said, recipe, topic="churn").doubts[name]
    assert doubt.endswith("which of the two?")


@pytest.mark.parametrize("said", ["the second one", "second", "2", "the 2nd", "number 2", "the latter"])
def test_of_two_that_are_offered_one_is_picked_by_its_place(said):
    heard = Heard(
        text=said,
        today=date(2026, 11, 23),
        recipes=tuple(RECIPES.values()),
        author=MAYA,
        requester=MAYA,
        addressed=True,
        offered=(RecipeSlug(DECK), RecipeSlug(DRAFT)),
    )
    assert read_lexically(heard).recipe == DRAFT
