"""Forms: what they show, what they keep while they are filled, and what is taken when they are sent."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from orchestration.drafting.entries import with_files
from orchestration.drafting.forms import Forms
from orchestration.partner.interpreter import Intent, Reading
from orchestration.partner.lexical.interpreter import LexicalInterpreter
from recipes.conversation import InboxKind, SharedFile
from recipes.draft import BriefOutdated, DraftMoveRefused, DraftNotFound, DraftStatus
from recipes.entitlement import NotTheRequester
from recipes.form import ALSO_FROM, PRIORITY, Entries, Problem, find_also_from, find_priority, find_raw, list_shown
from recipes.recipe import RecipeNotFound
from recipes.steps import list_steps
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, ROOT, TEAM, make_answer, make_draft, make_said
from tests.fakes.recipes import read_campaign_plan

FINANCE = "C0FINANCE"
SLUG = "powerpoint-report"
PLAN = "campaign-plan"
BOOK = SharedFile(id="F0BOOK", name="book.pdf", size_bytes=9, url="https://files.slack.com/book.pdf")


@pytest.fixture
def forms(store, threads, interpreter, bell, clock, ids) -> Forms:
    return Forms(store=store, threads=threads, interpreter=interpreter, bell=bell, clock=clock, ids=ids)


@pytest.fixture
def interpreter():
    return LexicalInterpreter()


@pytest.fixture
async def plan(store, clock):
    recipe = read_campaign_plan()
    await store.save_built_in([recipe], now=clock.now())
    return recipe


def enter(form, said, *, files=None):
    """Give a form with this in its fields, the others as they are shown; a field that is not named is emptied."""
    shown = {each.name: find_raw(form.draft, each) for each in _fields_of(form)}
    frame = {PRIORITY: str(find_priority(form.draft)), ALSO_FROM: find_also_from(form.draft) or ""}
    return Entries(
        slug=form.recipe.slug, step=form.step, shown={**shown, **frame}, said={**frame, **said}, files=files or {}
    )


def touch(form, said, *, files=None):
    """Give a form in which these fields were changed, and no others."""
    entries = enter(form, said, files=files)
    return replace(entries, said={**entries.shown, **said})


def _fields_of(form):
    asked = set(list_shown(form.draft, form.recipe))
    return [each for each in list_steps(form.recipe.parameters)[form.step].parameters if each in asked]


@pytest.fixture
def send(forms):
    """Open the form of a draft, put this into its fields and nothing into the others, and send it."""

    async def run(raw, *, submission, **frame):
        form = await forms.reopen(TEAM, "dra_1", MAYA)
        names = {"priority": PRIORITY, "also_from": ALSO_FROM}
        empty = {each.name: "" for each in _fields_of(form)}
        said = {**empty, **raw, **{names[name]: str(value) for name, value in frame.items()}}
        return await forms.send(TEAM, "dra_1", MAYA, enter(form, said), submission=submission)

    return run


async def _waiting(store):
    return [(item.kind, item.payload, item.lane) for item in await store.list_waiting(most=9)]


async def test_a_form_of_a_command_is_filled_with_its_words(forms, get_draft):
    form = await forms.open(TEAM, CHANNEL, MAYA, SLUG, words="7 slides about churn in the forest style")
    draft = await get_draft(form.draft.id)
    assert draft.values() == {"topic": "churn", "slides_count": 7, "template_style": "forest"}
    assert {answer.origin.door for answer in draft.answers.values()} == {"command"}
    assert (draft.thread_ts, draft.user_id, draft.status) == (None, MAYA, DraftStatus.OPEN)


async def test_plain_words_of_a_command_are_its_topic(forms):
    assert (await forms.open(TEAM, CHANNEL, MAYA, SLUG, words="our churn")).draft.values() == {"topic": "our churn"}


async def test_what_does_not_fit_in_a_command_stays_a_question_of_the_form(forms):
    form = await forms.open(TEAM, CHANNEL, MAYA, SLUG, words="99 slides about churn")
    assert form.draft.values() == {"topic": "churn"}


async def test_a_command_without_words_opens_an_empty_form(forms):
    assert (await forms.open(TEAM, CHANNEL, MAYA, SLUG, words="")).draft.values() == {}


async def test_an_unknown_recipe_opens_nothing(forms):
    with pytest.raises(RecipeNotFound):
        await forms.open(TEAM, CHANNEL, MAYA, "telepathy", words="")


async def test_a_form_shows_what_the_chat_already_said(forms, add_draft):
    await add_draft()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    assert (form.recipe.slug, form.draft.values()) == (SLUG, {"topic": "churn"})


async def test_a_recipe_is_chosen_for_a_draft(forms, add_draft, get_draft):
    await add_draft(recipe_slug=None, answers={})
    assert (await forms.choose(TEAM, "dra_1", MAYA, SLUG)).recipe.slug == SLUG
    assert (await get_draft()).recipe_slug == SLUG


async def test_a_form_fills_the_draft_and_lets_it_go_on(store, send, add_draft, get_draft):
    await add_draft()
    raw = {"topic": "churn", "slides_count": "7"}
    assert await send(raw, submission="V1") is None
    draft = await get_draft()
    assert draft.values() == {"topic": "churn", "slides_count": 7}
    assert (draft.answers["topic"].origin.door, draft.answers["slides_count"].origin.door) == ("message", "form")
    said = "From the form: Number of slides: 7, not 5."
    payload = {"draft_id": "dra_1", "brief_no": 0, "changed": said}
    assert await _waiting(store) == [(InboxKind.ADVANCE, payload, f"{CHANNEL}:{ROOT}")]


async def test_all_problems_of_a_form_are_told_at_once_and_no_answer_is_changed(store, send, add_draft, get_draft):
    await add_draft()
    raw = {"topic": " ", "slides_count": "40", "template_style": "pink"}
    form = await send(raw, submission="V1")
    assert set(form.problems) == {
        Problem(parameter="topic", said="Topic is needed."),
        Problem(parameter="slides_count", said="Number of slides is a whole number from 3 to 30; 40 is outside."),
        Problem(parameter="template_style", said="Style is one of: Slate, Ember, Forest, Mono."),
    }
    assert (await get_draft()).values() == {"topic": "churn"}
    assert await _waiting(store) == []


async def test_a_form_that_is_sent_twice_is_taken_once(store, send, add_draft):
    await add_draft()
    for _ in range(2):
        assert await send({"topic": "churn"}, submission="V1") is None
    assert len(await _waiting(store)) == 1


async def test_two_forms_are_two_steps(store, send, add_draft):
    await add_draft()
    for view in ("V1", "V2"):
        await send({"topic": view}, submission=view)
    assert len(await _waiting(store)) == 2


async def test_an_emptied_field_takes_its_answer_back(send, add_draft, get_draft):
    await add_draft(answers={"topic": make_answer("churn"), "slides_count": make_answer(7)})
    await send({"topic": "churn"}, submission="V1")
    assert (await get_draft()).values() == {"topic": "churn"}


async def test_a_form_that_changes_nothing_leaves_the_brief(store, send, add_briefed, get_draft):
    await add_briefed()
    await send({"topic": "churn"}, submission="V1")
    assert (await get_draft()).status is DraftStatus.BRIEFED
    assert await _waiting(store) == []


async def test_a_form_that_changes_an_answer_makes_the_brief_stale(send, requests, add_briefed, get_draft):
    await add_briefed()
    await send({"topic": "trials"}, submission="V1")
    assert (await get_draft()).status is DraftStatus.OPEN
    with pytest.raises(BriefOutdated):
        await requests.approve(TEAM, "dra_1", 1, MAYA)


async def test_a_form_says_how_soon_it_is_wanted_and_the_ticket_knows(send, requests, add_briefed, team, enqueue):
    await add_briefed()
    raw = {"topic": "churn", "slides_count": "5", "template_style": "slate"}
    await send(raw, submission="V1", priority=2)
    async with team.begin() as work:
        draft = await work.drafts.get("dra_1")
        assert draft.priority == 2
        await work.drafts.save(draft.model_copy(update={"status": DraftStatus.BRIEFED}))
    ticket_id = await requests.approve(TEAM, "dra_1", draft.brief_no, MAYA)
    async with team.begin() as work:
        assert (await work.tickets.get(ticket_id)).priority == 2
    assert [job.priority for job in enqueue.jobs] == [2]


async def test_a_command_names_another_basket_beside_the_topic(forms, get_draft):
    form = await forms.open(
        TEAM, CHANNEL, MAYA, "powerpoint-report", words="churn from #finance", channels={"finance": FINANCE}
    )
    assert (form.draft.also_from, form.draft.values()) == (FINANCE, {"topic": "churn"})


async def test_a_form_names_and_drops_another_basket_and_then_the_brief_no_longer_fits(send, add_briefed, get_draft):
    await add_briefed()
    raw = {"topic": "churn", "slides_count": "5", "template_style": "slate"}
    await send(raw, submission="v1", also_from=FINANCE)
    draft = await get_draft()
    assert (draft.also_from, draft.status) == (FINANCE, DraftStatus.OPEN)
    await send(raw, submission="v2", also_from=CHANNEL)
    assert (await get_draft()).also_from is None, "one's own basket is read anyway"


VERBS = {
    "reopen": lambda forms, draft_id, user: forms.reopen(TEAM, draft_id, user),
    "choose": lambda forms, draft_id, user: forms.choose(TEAM, draft_id, user, SLUG),
    "keep": lambda forms, draft_id, user: forms.keep(TEAM, draft_id, user, ENTRIES, step=0),
    "send": lambda forms, draft_id, user: forms.send(TEAM, draft_id, user, ENTRIES, submission="V1"),
}
ENTRIES = Entries(slug=SLUG, step=0, shown={"topic": "churn"}, said={"topic": "x"})


@pytest.mark.parametrize("verb", VERBS)
async def test_somebody_else_may_not(forms, add_briefed, get_draft, verb):
    await add_briefed()
    before = await get_draft()
    with pytest.raises(NotTheRequester) as caught:
        await VERBS[verb](forms, "dra_1", JONAS)
    assert f"<@{MAYA}>" in caught.value.advice()
    assert await get_draft() == before


@pytest.mark.parametrize("verb", VERBS)
async def test_a_draft_that_is_gone_is_said_so(forms, verb):
    with pytest.raises(DraftNotFound):
        await VERBS[verb](forms, "dra_9", MAYA)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", ["approved", "withdrawn"])
async def test_a_closed_draft_takes_nothing_more(forms, add_draft, verb, status):
    await add_draft(status=status, brief_no=1)
    with pytest.raises(DraftMoveRefused):
        await VERBS[verb](forms, "dra_1", MAYA)


# What is kept while a form is filled


async def test_what_is_typed_is_kept_whether_it_fits_or_not_and_changes_no_answer(forms, add_briefed, get_draft):
    await add_briefed()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    form = await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"topic": "trials", "slides_count": "99"}), step=0)
    assert [each.parameter for each in form.problems] == ["slides_count"]
    draft = await get_draft()
    assert (draft.status, draft.values()) == (DraftStatus.BRIEFED, {"topic": "churn"})
    assert draft.entered.raw == {"topic": "trials", "slides_count": "99"}


async def test_a_field_that_was_changed_back_is_as_it_was(forms, add_draft, get_draft):
    await add_draft()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"topic": "trials"}), step=0)
    await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"topic": "churn"}), step=0)
    await forms.send(TEAM, "dra_1", MAYA, touch(form, {}), submission="V1")
    draft = await get_draft()
    assert draft.answers == {"topic": make_answer("churn")}
    assert draft.entered.raw == {}


async def test_what_the_thread_says_later_takes_the_place_of_what_was_typed(forms, add_draft, get_draft, team):
    await add_draft()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"topic": "trials", "slides_count": "9"}), step=0)
    async with team.begin() as work:
        draft = await work.drafts.get("dra_1")
        await work.drafts.save(draft.with_answers({"topic": make_answer("prices")}))
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    assert [find_raw(form.draft, each) for each in form.recipe.parameters[:2]] == ["prices", "9"]


async def test_a_stale_form_keeps_what_the_thread_said_and_says_so_in_a_line(forms, add_draft, get_draft, team, store):
    await add_draft()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    async with team.begin() as work:
        draft = await work.drafts.get("dra_1")
        await work.drafts.save(draft.with_answers({"slides_count": make_answer(9)}))
    assert await forms.send(TEAM, "dra_1", MAYA, touch(form, {"topic": "trials"}), submission="V1") is None
    assert (await get_draft()).values() == {"topic": "trials", "slides_count": 9}
    ((_, payload, _),) = await _waiting(store)
    assert payload["changed"] == (
        "From the form: Topic: “trials”, not “churn”. "
        "Number of slides: as you said in the thread while the form was open."
    )


async def test_what_was_typed_in_a_stale_form_counts_where_the_thread_said_something_else(
    forms, add_draft, get_draft, team
):
    await add_draft()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    async with team.begin() as work:
        draft = await work.drafts.get("dra_1")
        await work.drafts.save(draft.with_answers({"slides_count": make_answer(9)}))
    await forms.send(TEAM, "dra_1", MAYA, touch(form, {"slides_count": "7"}), submission="V1")
    assert (await get_draft()).values() == {"topic": "churn", "slides_count": 7}


async def test_a_form_of_a_recipe_that_was_given_up_turns_into_the_other_ones_with_what_fits(
    forms, add_draft, get_draft, team, store
):
    await add_draft()
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    async with team.begin() as work:
        await work.drafts.save((await work.drafts.get("dra_1")).with_recipe("content-draft"))
    entries = touch(form, {"topic": "trials", "slides_count": "7"})
    again = await forms.send(TEAM, "dra_1", MAYA, entries, submission="V1")
    assert (again.recipe.slug, again.draft.entered.raw) == ("content-draft", {"topic": "trials"})
    assert again.notice == (
        "Meanwhile this became a Content draft in the thread. What you had typed stands below where it fits."
    )
    assert (await get_draft()).answers == {}
    assert await _waiting(store) == []


# Steps and conditions


async def test_a_long_form_is_taken_step_by_step(forms, add_draft, get_draft, plan, store):
    await add_draft(recipe_slug=PLAN, answers={})
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    form = await forms.send(TEAM, "dra_1", MAYA, touch(form, {"product": "ab"}), submission="V1")
    assert (form.step, {each.parameter for each in form.problems}) == (0, {"product", "country"})
    form = await forms.send(TEAM, "dra_1", MAYA, touch(form, {"product": "kites", "country": "x17"}), submission="V1")
    assert (form.step, form.problems) == (1, ())
    back = await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"rounds": "99", "tone": "warm"}), step=0)
    assert [find_raw(back.draft, each) for each in back.recipe.parameters[:2]] == ["kites", "x17"]
    form = await forms.send(TEAM, "dra_1", MAYA, touch(back, {}), submission="V1")
    assert form.step == 1
    assert {each.name: find_raw(form.draft, each) for each in form.recipe.parameters}["rounds"] == "99"
    assert await _waiting(store) == []
    filled = touch(form, {"rounds": "3", "goals": "fame"})
    assert await forms.send(TEAM, "dra_1", MAYA, filled, submission="V1") is None
    assert (await get_draft()).values() == {
        "product": "kites", "country": "x17", "rounds": 3, "goals": "fame", "tone": "warm",
    }  # fmt: skip
    assert len(await _waiting(store)) == 1


async def test_a_question_that_depends_on_another_is_needed_only_with_it(forms, add_draft, get_draft, plan):
    answers = {"product": make_answer("kites"), "country": make_answer("de"), "goals": make_answer("fame")}
    await add_draft(recipe_slug=PLAN, answers=answers)
    form = await forms.reopen(TEAM, "dra_1", MAYA)
    assert "brand_book" not in {each.name for each in list_shown(form.draft, form.recipe)}
    form = await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"style": "brand"}), step=form.step)
    assert "brand_book" in {each.name for each in list_shown(form.draft, form.recipe)}
    form = await forms.send(TEAM, "dra_1", MAYA, touch(form, {"brand_colours": "red"}), submission="V1")
    assert form.problems == (Problem(parameter="brand_book", said="Brand book is needed."),)
    handed = touch(form, {"brand_book": "book.pdf"}, files={"brand_book": (BOOK,)})
    form = await forms.keep(TEAM, "dra_1", MAYA, handed, step=form.step)
    form = await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"style": "plain"}), step=form.step)
    assert "brand_colours" not in {each.name for each in list_shown(form.draft, form.recipe)}
    form = await forms.keep(TEAM, "dra_1", MAYA, touch(form, {"style": "brand"}), step=form.step)
    assert find_raw(form.draft, form.recipe.find_parameter("brand_colours")) == "red", "it survives being hidden"
    form = await forms.send(TEAM, "dra_1", MAYA, touch(form, {}), submission="V1")
    assert await forms.send(TEAM, "dra_1", MAYA, touch(form, {}), submission="V1") is None
    draft = await get_draft()
    assert draft.values()["brand_book"] == ("book.pdf",)
    assert draft.answers["brand_book"].files == (BOOK,)


async def test_files_of_a_message_answer_the_question_for_files_that_was_asked_last(plan):
    said = make_said("here it is", files=(BOOK,))
    reading = Reading(intent=Intent.CHATTER, recipe=None, doubts={"brand_book": "Which?"})
    asked = make_draft(recipe_slug=PLAN, answers={}, asked="brand_book")
    read = with_files(reading, asked, said, (plan,))
    assert (read.intent, read.answers["brand_book"].raw, read.doubts) == (Intent.ANSWER, "book.pdf", {})
    for draft, message in ((asked, make_said("here it is")), (asked.model_copy(update={"asked": "product"}), said)):
        assert with_files(reading, draft, message, (plan,)) == reading


# Work that starts from a message


async def test_a_message_says_recipe_and_answers_whoever_wrote_it(forms, get_draft):
    said = make_said("Could somebody make a presentation of 9 slides about churn in the mono style", user_id=JONAS)
    form = await forms.start_from(said, MAYA, pressed_ts="1794906999.000100")
    assert form.recipe.slug == SLUG
    draft = await get_draft(form.draft.id)
    assert (draft.user_id, draft.thread_ts) == (MAYA, ROOT)
    assert {name: draft.values()[name] for name in ("slides_count", "template_style")} == {
        "slides_count": 9, "template_style": "mono",
    }  # fmt: skip
    assert {answer.origin.door for answer in draft.answers.values()} == {"shortcut"}


async def test_a_message_that_asks_for_nothing_gives_a_draft_and_is_read_again_with_the_recipe(forms, threads):
    said = threads.hear("Churn fell again, in the mono style.")
    draft = await forms.start_from(said, MAYA, pressed_ts="1794906999.000100")
    assert draft.recipe_slug is None
    form = await forms.choose(TEAM, draft.id, MAYA, SLUG, message_ts=said.ts)
    assert form.draft.values()["template_style"] == "mono"


async def test_a_message_in_a_thread_with_work_under_way_changes_nothing_of_it(forms, add_draft):
    await add_draft()
    form = await forms.start_from(make_said("30 slides"), MAYA, pressed_ts="1794906999.000100")
    assert (form.draft.id, form.draft.values()) == ("dra_1", {"topic": "churn"})


async def test_a_message_that_takes_too_long_to_read_gives_a_draft_all_the_same(
    store, threads, bell, clock, ids, monkeypatch
):
    class Slow:
        async def read(self, heard):
            await asyncio.Event().wait()

    monkeypatch.setattr("orchestration.drafting.forms.READING", timedelta(milliseconds=10))
    forms = Forms(store=store, threads=threads, interpreter=Slow(), bell=bell, clock=clock, ids=ids)
    draft = await forms.start_from(make_said("a presentation"), MAYA, pressed_ts="1794906999.000100")
    assert draft.recipe_slug is None


async def test_days_in_a_commands_words_count_from_the_day_where_the_person_is(forms, threads):
    # 09:00 UTC on the 17th is 23:00 on the 16th in Honolulu.
    threads.zones[MAYA] = "Pacific/Honolulu"
    form = await forms.open(TEAM, CHANNEL, MAYA, "content-draft", words="churn, nothing older than yesterday")
    assert form.draft.values()["since"] == "2026-11-15"


async def test_where_slack_does_not_say_where_somebody_is_days_count_in_utc(forms, threads):
    threads.fail("find_zone")
    form = await forms.open(TEAM, CHANNEL, MAYA, "content-draft", words="churn, nothing older than yesterday")
    assert form.draft.values()["since"] == "2026-11-16"


async def test_days_in_a_message_count_from_when_it_was_written_where_its_author_is(forms, threads):
    # Written at 02:00 UTC on the 17th, which is the 16th in Honolulu.
    threads.zones[JONAS] = "Pacific/Honolulu"
    said = threads.hear("a summary about churn, nothing older than yesterday", user_id=JONAS, ts="1794880800.000100")
    form = await forms.start_from(said, MAYA, pressed_ts="1794967200.000100")
    assert form.draft.values()["since"] == "2026-11-15"
