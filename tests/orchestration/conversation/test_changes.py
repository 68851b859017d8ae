"""What a message, a press or a form changes of a draft, and what is said about it."""

from dataclasses import replace

import pytest

from orchestration.conversation.changes import apply_press, apply_reading, list_given, take_again
from orchestration.conversation.steps import list_questions, make_offer
from orchestration.drafting.wording import list_changes, name_value, tell_form
from orchestration.partner.interpreter import Candidate, Intent, ReadAnswer, Reading
from recipes.draft import DraftStatus, Origin, SuggestionOutdated
from recipes.parameters import ChannelParameter, TextParameter, UserParameter
from recipes.reply import CandidateOffer, RecipeOffer
from recipes.standing import RecipeCandidate, Standing
from storage.catalog import read_catalog
from tests.fakes.nouns import make_answer, make_draft, make_said

RECIPES = read_catalog()
DECK = next(each for each in RECIPES if each.slug == "powerpoint-report")
TEXT = next(each for each in RECIPES if each.slug == "content-draft")
PRESSED = Origin(door="button", ts="1794906009.000100")
SAID = make_said("…", ts="1794906005.000100")
EMPTY = make_draft(answers={})


def read(intent=Intent.WORK, recipe=DECK.slug, answers=None, **more):
    given = {name: ReadAnswer(raw=raw, quote=raw) for name, raw in (answers or {}).items()}
    return Reading(intent=intent, recipe=recipe, answers=given, **more)


def apply(draft, reading):
    return apply_reading(draft, reading, SAID, RECIPES)


def briefed(**more):
    return make_draft(status=DraftStatus.BRIEFED, brief_no=1, bundle_id="bun_1", brief_ts="1.2", **more)


# Answers, doubts, corrections


def test_what_is_said_for_the_first_time_needs_no_word():
    assert apply(EMPTY, read(answers={"topic": "wind", "slides_count": "9"})).notes == ()


def test_a_correction_names_both_values():
    draft = make_draft(answers={"topic": make_answer("wind"), "slides_count": make_answer(7)})
    assert apply(draft, read(answers={"slides_count": "9"})).notes == ("Number of slides: 9, not 7.",)


def test_what_was_said_before_changes_nothing_and_the_brief_holds():
    draft = briefed(answers={"topic": make_answer("wind"), "slides_count": make_answer(9)})
    change = apply(draft, read(answers={"slides_count": "9"}))
    assert (change.draft.status, change.notes) == (DraftStatus.BRIEFED, ("Number of slides is 9 already.",))
    assert change.draft.answers == draft.answers


def test_what_replaces_a_default_that_a_brief_has_shown_is_a_change():
    assert apply(briefed(), read(answers={"slides_count": "9"})).notes == ("Number of slides: 9, not 5.",)


def test_all_doubts_are_kept_until_each_is_answered():
    doubts = {"slides_count": "99 is outside.", "template_style": "Which style?"}
    change = apply(EMPTY, read(answers={"topic": "wind"}, doubts=doubts))
    assert change.draft.standing.doubts == doubts
    answered = apply(change.draft, read(Intent.ANSWER, answers={"slides_count": "8"}))
    assert answered.draft.standing.doubts == {"template_style": "Which style?"}


def test_a_form_leaves_nothing_in_doubt():
    draft = make_draft(standing=Standing(doubts={"slides_count": "99 is outside."}))
    assert draft.with_all_answers(draft.answers).standing.doubts == {}


def test_an_answer_that_does_not_fit_is_a_doubt_whoever_read_it():
    change = apply(EMPTY, read(answers={"slides_count": "many"}, doubts={"invented": "What?"}))
    assert change.draft.answers == {}
    assert set(change.draft.standing.doubts) == {"slides_count"}


def test_questions_come_by_their_use():
    doubts = {"template_style": "?", "topic": "?"}
    draft = make_draft(answers={}, standing=Standing(doubts=doubts))
    assert [each.name for each in list_questions(DECK, draft)] == ["topic", "template_style"]


# Steering


@pytest.mark.parametrize(
    ("intent", "asked", "said"),
    [
        (Intent.SKIP, "slides_count", "Number of slides stays 5."),
        (Intent.USE_DEFAULT, "template_style", "Style: Slate, the default."),
        (Intent.SKIP, "topic", "Topic is needed: without it I would have to guess what the PowerPoint report is for."),
        (Intent.YOU_DECIDE, "slides_count", "I take the usual: Number of slides 5, Style Slate."),
    ],
)
def test_a_question_is_left_as_it_stands_where_it_can_be(intent, asked, said):
    draft = make_draft(answers={} if asked == "topic" else {"topic": make_answer("wind")}, asked=asked)
    draft = draft.model_copy(update={"standing": Standing(doubts={asked: "What?"})})
    change = apply(draft, read(intent))
    assert change.notes == (said,)
    assert (asked in change.draft.standing.doubts) == (asked == "topic")


def test_an_optional_question_without_a_default_is_left_open():
    draft = make_draft(recipe_slug=TEXT.slug, asked="since", standing=Standing(doubts={"since": "Which day?"}))
    for intent in (Intent.SKIP, Intent.USE_DEFAULT):
        change = apply(draft, read(intent, TEXT.slug))
        assert change.notes == ("Nothing older than is left open.",)
        assert list_questions(TEXT, change.draft) == ()


def test_the_default_takes_the_place_of_what_was_said():
    draft = make_draft(answers={"topic": make_answer("wind"), "slides_count": make_answer(9)}, asked="slides_count")
    assert apply(draft, read(Intent.USE_DEFAULT)).draft.values() == {"topic": "wind"}


def test_what_cannot_be_chosen_for_somebody_stays_a_question():
    change = apply(make_draft(answers={}, asked="topic"), read(Intent.YOU_DECIDE))
    assert change.notes[0].endswith("Topic is the one thing that I cannot choose for you.")
    assert [each.name for each in list_questions(DECK, change.draft)] == ["topic"]


# Recipes


def test_what_fits_another_recipe_is_kept_and_said():
    draft = make_draft(answers={"topic": make_answer("wind"), "slides_count": make_answer(7)})
    change = apply(draft, read(recipe=TEXT.slug))
    assert change.draft.values() == {"topic": "wind"}
    assert change.notes == ("Content draft instead of PowerPoint report. Kept: Topic “wind”.",)


def test_what_was_said_for_several_recipes_is_there_once_one_is_picked():
    candidates = tuple(Candidate(slug=each.slug, reason="you said it") for each in (DECK, TEXT))
    weighed = apply(
        make_draft(recipe_slug=None, answers={}), read(recipe=None, answers={"topic": "wind"}, candidates=candidates)
    )
    offer = make_offer(weighed.draft, RECIPES, weighed.notes)
    assert isinstance(offer, CandidateOffer)
    assert [card.slug for card, _ in offer.candidates] == [DECK.slug, TEXT.slug]
    assert apply_press(weighed.draft, f"pick.{TEXT.slug}", RECIPES, PRESSED).draft.values() == {"topic": "wind"}
    decided = apply(weighed.draft, replace(read(Intent.YOU_DECIDE), recipe=None))
    assert (decided.draft.recipe_slug, decided.notes) == (DECK.slug, ("PowerPoint report, then: you said it.",))


def test_what_was_said_stays_while_another_recipe_is_looked_for():
    draft = make_draft(answers={"topic": make_answer("wind"), "slides_count": make_answer(7)})
    candidates = tuple(Candidate(slug=each.slug, reason="you said it") for each in (TEXT, DECK))
    weighed = apply(draft, read(recipe=None, candidates=candidates)).draft
    assert apply_press(weighed, f"pick.{TEXT.slug}", RECIPES, PRESSED).draft.values() == {"topic": "wind"}
    assert apply_press(weighed, f"pick.{DECK.slug}", RECIPES, PRESSED).draft.values() == {
        "topic": "wind",
        "slides_count": 7,
    }


def test_who_wants_something_else_is_offered_the_others_first():
    change = apply(make_draft(recipe_slug=TEXT.slug), Reading(intent=Intent.SOMETHING_ELSE, recipe=None))
    offer = make_offer(change.draft, RECIPES, change.notes)
    assert isinstance(offer, RecipeOffer)
    assert offer.lead == "No Content draft, then."
    assert [card.slug for card in offer.cards][-1] == TEXT.slug
    assert len(offer.cards) == len(RECIPES)


def test_starting_over_forgets_all_but_what_was_part_of_the_talk():
    draft = briefed(also_from="C0OPS", standing=Standing(spoken=("1.1",), doubts={"topic": "?"}))
    fresh = apply(draft, Reading(intent=Intent.START_OVER, recipe=None)).draft
    assert (fresh.recipe_slug, fresh.answers, fresh.also_from, fresh.status) == (None, {}, None, DraftStatus.OPEN)
    assert fresh.standing == Standing(spoken=("1.1",))


# Presses


def test_pressing_a_choice_is_saying_it():
    change = apply_press(make_draft(), "take.template_style.ember", RECIPES, PRESSED)
    assert change.draft.answers["template_style"].origin == PRESSED
    assert change.notes == ("Style: Ember.",)
    assert apply_press(make_draft(), "keep.slides_count", RECIPES, PRESSED).notes == ("Number of slides stays 5.",)


@pytest.mark.parametrize(
    "pressed", ["take.words.300", "take.slides_count.99", "pick.unknown", "drop.topic", "keep", "", "take.topic"]
)
def test_a_suggestion_of_another_question_is_refused_in_a_sentence(pressed):
    with pytest.raises(SuggestionOutdated) as caught:
        apply_press(make_draft(), pressed, RECIPES, PRESSED)
    assert "no longer fits" in caught.value.advice()


# Edits and forms


def test_an_edited_message_answers_what_it_says_now_and_later_answers_stand():
    answers = {"topic": make_answer("win", ts=SAID.ts), "slides_count": make_answer(9)}
    draft = make_draft(answers=answers)
    assert list_given(draft, SAID.ts) == ["topic"]
    change = take_again(draft, DECK, read(answers={"topic": "wind", "slides_count": "4"}), SAID)
    assert change.draft.values() == {"topic": "wind", "slides_count": 9}
    assert change.notes == ("Topic: “wind”, not “win”.",)
    assert take_again(draft, DECK, read(), SAID).notes == ("Topic: no longer “win”.",)


def test_a_form_is_told_in_one_line_only_where_there_was_a_talk():
    before = make_draft()
    after = before.with_all_answers({"topic": make_answer("rain", door="form"), "slides_count": make_answer(9)})
    assert tell_form(DECK, before, after) == "From the form: Topic: “rain”, not “churn”; Number of slides: 9, not 5."
    assert tell_form(DECK, EMPTY, after) is None
    assert tell_form(DECK, before, before) is None
    assert list_changes(DECK, before, before) == ()


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        (UserParameter(name="a", label="A", question="?"), "U0MAYA", "<@U0MAYA>"),
        (ChannelParameter(name="a", label="A", question="?"), "C0OPS", "<#C0OPS>"),
        (TextParameter(name="a", label="A", question="?"), "<@U0MAYA> &\n<#C0OPS>", "“@U0MAYA> & #C0OPS>”"),
        (TextParameter(name="a", label="A", question="?"), "w" * 99, f"“{'w' * 80}…”"),
    ],
)
def test_a_value_mentions_only_whom_it_is(parameter, value, said):
    assert name_value(parameter, value) == said


def test_reasons_and_doubts_mention_nobody():
    candidate = Candidate(slug=DECK.slug, reason="you said “⟨@U0BEN|Ben⟩ <@U0MAYA>”")
    change = apply(make_draft(recipe_slug=None, answers={}), read(recipe=None, candidates=(candidate,)))
    assert change.draft.standing.candidates == (RecipeCandidate(slug=DECK.slug, reason="you said “@Ben @U0MAYA>”"),)


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Auckland", 24), ("UTC", 23), (None, 23), ("Mars/Olympus", 23), ("../etc/passwd", 23)]
)
def test_today_is_the_day_on_which_its_author_said_it(zone, day):
    said = make_said("today", ts="1795438800.000100", zone=zone)
    assert (said.day.month, said.day.day) == (11, day)
