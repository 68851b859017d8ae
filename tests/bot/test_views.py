"""What people see, by snapshot, and within Slack's limits whatever people wrote."""

import json
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock
from slack_sdk.models.views import View

from bot.views.brief import render_brief
from bot.views.brief_choices import REMOVE, RESTORE, render_options
from bot.views.failure import render_failure
from bot.views.form import render_form
from bot.views.gallery import (
    Place,
    render_command_help,
    render_gallery,
    render_list,
    render_matches,
    render_page,
)
from bot.views.home import render_home
from bot.views.limits import (
    BUTTON_CHARS,
    CONTEXT_ELEMENTS,
    HEADER_CHARS,
    MESSAGE_TEXT_CHARS,
    OPTION_CHARS,
    OPTIONS,
    SECTION_CHARS,
    clip,
    escape,
)
from bot.views.progress import render_progress
from bot.views.provenance_words import say_provenance
from bot.views.reply import render_reply
from bot.views.sources import PAGE_ENTRIES, render_sources
from orchestration.drafting.gallery import PAGE_ENTRIES as PAGE_RECIPES
from recipes.audience import Sharing
from recipes.brief import Brief, BriefAnswer, RemovedSource
from recipes.draft import Draft
from recipes.form import Form
from recipes.gallery import GalleryEntry, GalleryPage, Habit, HomeTab
from recipes.progress import Progress
from recipes.provenance import ListedSource, Provenance, Tally
from recipes.recipe import DESCRIPTION_CHARS, RecipeCard
from recipes.reply import BriefCard, BriefFate, DeliverySummary, ParameterQuestion, RecipeOffer
from recipes.source import LeftOut, SourceKind
from recipes.ticket import TicketStatus
from recipes.todo import Todo, TodoStatus, TrackedTodo
from storage.catalog import read_catalog
from tests.bot.samples import RECIPE, REPLIES, TOPIC, make_progress, make_tracked
from tests.fakes.moment import START
from tests.fakes.nouns import (
    MAYA,
    make_answer,
    make_brief,
    make_brief_source,
    make_draft,
    make_missing,
    make_output,
    make_provenance,
    make_source_list,
    make_ticket,
)

CONTENT = next(each for each in read_catalog() if each.slug == "content-draft")
# docs.slack.dev: blocks of a message and of a view, value of a button and of an option
BLOCKS = 50
VIEW_BLOCKS = 100
VALUE_CHARS = 2_000
OPTION_VALUE_CHARS = 150
# All that our own mrkdwn may hold between < and >: whole, since a link that was cut off shows as its marks.
OURS = re.compile(
    r"<@U0MAYA>|<#C0REPORTS>|<https://sandbox\.slack\.com/archives/[^|<>]*\|[^<>]*>"
    r"|<!date\^\d+\^(?:\{time_secs\}|\{date_short_pretty\} \{time\})\|[^<>]*>"
)
NASTY = [
    "<!channel>",
    "<@U0JONAS>",
    "<https://evil.example|click>",
    "<#C0BOARD>",
    "&",
    "<",
    ">",
    "*",
    "`",
    "\n",
    "x" * 700,
]

people_say = st.lists(st.sampled_from(NASTY) | st.text(max_size=20), min_size=1, max_size=12).map("".join)
names = people_say.filter(str.strip)


# Snapshots


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_looks_like_this(name, snapshot):
    assert render_reply(REPLIES[name]) == snapshot


@pytest.mark.parametrize("status", TicketStatus)
def test_progress_looks_like_this(status, snapshot):
    assert render_progress(make_progress(status)) == snapshot


def test_a_home_looks_like_this(snapshot):
    recent = tuple(make_ticket(f"tkt_{status}", status=status) for status in TicketStatus)
    direct = make_ticket(channel_id="D0MAYA")
    assert render_home(HomeTab(gallery=_page(RECIPE.card()), recent=(*recent, direct))) == snapshot


def test_an_empty_home_says_how_to_begin(snapshot):
    assert render_home(HomeTab(gallery=_page(), recent=())) == snapshot


def _draft(**values: str) -> Draft:
    return make_draft(answers={name: make_answer(value) for name, value in values.items()})


def test_a_form_looks_like_this(snapshot):
    assert render_form(Form(draft=_draft(topic="churn", template_style="forest"), recipe=RECIPE)) == snapshot


def test_an_empty_form_shows_the_defaults(snapshot):
    assert render_form(Form(draft=_draft(), recipe=RECIPE)) == snapshot


def test_the_gallery_looks_like_this(snapshot):
    place = Place(channel_id="C0REPORTS", draft_id="dra_1", message_ts="1794906000.000100")
    assert render_gallery(_page(RECIPE.card(), CONTENT.card()), place) == snapshot


def test_the_recipes_as_text_look_like_this(snapshot):
    cards = (RECIPE.card(), CONTENT.card())
    assert (render_list(cards), render_command_help(cards), render_matches("pow", "churn", cards)) == snapshot


def test_a_search_of_the_gallery_looks_like_this(snapshot):
    found, nothing = (_page(*cards, words="deck") for cards in ((RECIPE.card(),), ()))
    assert [render_gallery(each, Place()) for each in (found, nothing)] == snapshot


def test_a_page_in_the_middle_leads_to_both_sides():
    page = _page(*(RECIPE.card(),) * PAGE_RECIPES).model_copy(update={"number": 1, "pages": 3})
    buttons = _list_elements(render_gallery(page, Place())["blocks"], "button")
    turns = {each["action_id"]: each["value"] for each in buttons if each["action_id"].startswith("gallery.")}
    assert turns == {"gallery.recent.0": "powerpoint-report", "gallery.earlier": "0", "gallery.later": "2"}


@pytest.mark.parametrize(
    ("habit", "requests", "said"),
    [
        (Habit(), 0, "PPTX · no runs yet"),
        (Habit(runs=4), 1, "PPTX · 4 finished here, too few to say how long it takes · asked for once here"),
        (
            Habit(runs=5, duration=timedelta(seconds=7), tokens=0),
            1_200,
            "PPTX · usually under 10 seconds · no model costs · asked for 1,200 times here",
        ),
        (
            Habit(runs=20, duration=timedelta(minutes=3), tokens=45_678),
            6,
            "PPTX · usually about 3 minutes · about 45,678 tokens · asked for 6 times here",
        ),
    ],
)
def test_a_card_says_what_it_usually_takes_and_how_often_it_is_asked_for(habit, requests, said):
    entry = GalleryEntry(card=RECIPE.card(), habit=habit, requests=requests)
    blocks = render_page(GalleryPage(entries=(entry,), total=1))
    assert blocks[-1]["elements"][0]["text"] == said


@given(names, names, st.integers(0, PAGE_RECIPES))
def test_a_gallery_of_any_words_is_a_view_that_slack_takes(words, name, count):
    card = RECIPE.card().model_copy(update={"name": name[:75], "description": words[:DESCRIPTION_CHARS]})
    page = _page(*(card,) * count, words=words[:100])
    for view in (
        render_gallery(page, Place(channel_id="C0REPORTS")),
        render_home(HomeTab(gallery=page, recent=(make_ticket(task_description=words),) * 10)),
    ):
        View(**view).to_dict()
        _check_blocks(view["blocks"], VIEW_BLOCKS)
        _check_no_markup(_list_texts(view["blocks"], "mrkdwn"))
    _check_blocks(render_matches(words, name, (card,) * count), BLOCKS)


def _page(*cards: RecipeCard, words: str = "") -> GalleryPage:
    entries = tuple(GalleryEntry(card=card) for card in cards)
    return GalleryPage(entries=entries, recent=() if words else cards[:1], words=words, total=len(cards))


def test_a_failure_in_a_forms_place_looks_like_this(snapshot):
    assert render_failure("PowerPoint report", "This was already approved.") == snapshot


def test_the_sources_of_an_output_look_like_this(snapshot):
    assert render_sources(make_source_list(make_missing()), channel_id="C0REPORTS") == snapshot


def test_an_output_of_before_there_was_a_check_says_so(snapshot):
    assert render_sources(make_source_list(provenance=None, sources=()), channel_id="C0REPORTS") == snapshot


# Details that a snapshot would not explain


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (Provenance(), "no figure and no quotation to check"),
        (make_provenance(), "41 of 41 figures and 3 of 3 quotations found in their sources"),
        (Provenance(quotations=Tally(total=1, found=1)), "1 of 1 quotation found in their sources"),
        (
            Provenance(figures=Tally(total=9, found=6, computed=2, asked=1)),
            "6 of 9 figures found in their sources, 2 worked out again from them, 1 repeats the request",
        ),
        (make_provenance(make_missing()), "1 of 41 figures has no source: “37 %” (slide 4, title)"),
        (
            make_provenance(*[make_missing(str(number)) for number in range(5)], broken_citations=1),
            "5 of 41 figures have no source and 1 citation leads nowhere: "
            + ", ".join([*(f"“{number}” (slide 4, title)" for number in range(3)), "…"]),
        ),
    ],
)
def test_what_a_check_found_is_one_clause(report, said):
    assert say_provenance(report) == said


def test_what_has_no_source_comes_first_and_long_lists_are_turned_over():
    missing = [make_missing(str(number)) for number in range(PAGE_ENTRIES)]
    first, second, beyond = (
        render_sources(make_source_list(*missing), channel_id="C0REPORTS", page=page) for page in (0, 1, 9)
    )
    assert [block["text"]["text"] for block in first["blocks"] if block["type"] == "header"] == ["Without a source"]
    assert [block["text"]["text"] for block in second["blocks"] if block["type"] == "header"] == ["Sources"]
    turns = [
        [each["value"] for each in block.get("elements", ()) if each["type"] == "button"]
        for view in (first, second)
        for block in view["blocks"]
        if block["type"] == "actions"
    ]
    assert turns == [["out_1.1"], ["out_1.0"]]
    assert beyond == second


def test_a_source_that_its_reader_may_not_open_shows_its_name_and_no_more():
    source = ListedSource(id="S3", name="board.csv", is_open=False, standing=2)
    shown = render_sources(make_source_list(provenance=make_provenance(), sources=(source,)), channel_id="C0REPORTS")
    assert shown["blocks"][-1]["text"]["text"] == (
        "`S3` board.csv: 2 found in it. It is from a conversation that you are not in."
    )


def test_a_card_that_is_closed_has_no_buttons():
    for fate in BriefFate:
        blocks = render_brief(BriefCard(brief=make_brief(), fate=fate)).blocks
        assert any(block["type"] == "actions" for block in blocks) == (fate is BriefFate.SHOWN)


def test_files_come_before_messages_and_what_does_not_fit_is_counted():
    sources = [make_brief_source(f"S{number}") for number in range(1, 15)]
    sources.append(make_brief_source("S15", kind=SourceKind.ASSET, locator="churn.csv"))
    shown = json.dumps(render_brief(BriefCard(brief=make_brief(sources=tuple(sources)))).blocks)
    assert shown.index("churn.csv") < shown.index("thread message")
    assert "and 3 more" in shown


def test_todos_beyond_the_twentieth_are_counted():
    todos = tuple(make_tracked(f"Step {number}", "pending") for number in range(25))
    shown = json.dumps(render_progress(make_progress(TicketStatus.RUNNING, todos=todos)).lower)
    assert "Step 19" in shown
    assert "Step 20" not in shown
    assert "and 5 more" in shown


def test_a_todo_in_progress_is_said_as_it_is_being_done_and_a_done_one_with_its_time():
    todos = (
        TrackedTodo(
            todo=Todo(content="Read", status=TodoStatus.COMPLETED, activeForm="Reading"),
            started_at=START,
            completed_at=START + timedelta(seconds=1.25),
        ),
        TrackedTodo(todo=Todo(content="Write", status=TodoStatus.IN_PROGRESS, activeForm="Writing"), started_at=START),
    )
    shown = render_progress(make_progress(TicketStatus.RUNNING, todos=todos)).lower[1]["text"]["text"]
    assert shown == ":white_check_mark: Read  _1.2 s_\n:hourglass_flowing_sand: *Writing*"


@given(st.text(), st.integers(1, 50))
def test_a_clipped_text_fits_and_says_that_it_was_clipped(text, most):
    clipped = clip(text, most)
    assert len(clipped) <= most
    assert clipped == text or clipped.endswith("…")


@given(st.text())
def test_an_escaped_text_holds_no_markup_and_loses_nothing(text):
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


# Whatever people write


def _list_texts(value: object, kind: str) -> list[str]:
    """Give the texts of all text objects of a kind."""
    if isinstance(value, list | tuple):
        return [text for each in value for text in _list_texts(each, kind)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == kind and isinstance(value.get("text"), str) else []
    return own + [text for each in value.values() for text in _list_texts(each, kind)]


def _list_elements(blocks: list[dict], kind: str) -> list[dict]:
    inside = [each for block in blocks for each in [*block.get("elements", []), block.get("accessory") or {}]]
    return [each for each in inside if each.get("type") == kind]


def _check_blocks(blocks: list[dict], most: int) -> None:
    assert 0 < len(blocks) <= most
    for block in blocks:
        SlackBlock.parse(block).to_dict()
        texts = _list_texts(block, "mrkdwn") + _list_texts(block, "plain_text")
        assert all(0 < len(text) <= SECTION_CHARS for text in texts)
        if block["type"] == "header":
            assert len(block["text"]["text"]) <= HEADER_CHARS
        if block["type"] == "context":
            assert len(block["elements"]) <= CONTEXT_ELEMENTS
    for button in _list_elements(blocks, "button"):
        assert len(button["text"]["text"]) <= BUTTON_CHARS
        assert len(button["value"]) <= VALUE_CHARS


def _check_no_markup(texts: list[str]) -> None:
    """Check that nothing but our own mentions and links comes out of mrkdwn."""
    for text in texts:
        rest = OURS.sub("", text)
        assert not {"<", ">"} & set(rest), text


def _check_message(message) -> None:
    for rung in (message.blocks, message.lower or message.blocks):
        _check_blocks(list(rung), BLOCKS)
        _check_no_markup(_list_texts(list(rung), "mrkdwn"))
    assert 0 < len(message.text) <= MESSAGE_TEXT_CHARS


def _make_brief_of(words: str) -> Brief:
    return make_brief(
        task=words,
        answers=(BriefAnswer(parameter=TOPIC, value=words, answer=make_answer(words)),),
        sources=tuple(
            make_brief_source(
                f"S{n}", locator=words, author=words[:80], key=f"F{n}", gist=words[:60], origin="C0REPORTS"
            )
            for n in range(300)
        ),
        removed=tuple(RemovedSource(key=f"F{n}", name=words, gist=words[:60]) for n in range(300)),
        closed=("C0REPORTS",),
        left_out=tuple(LeftOut(source=words, reason=words) for _ in range(9)),
    )


def _make_progress_of(words: str, status: TicketStatus) -> Progress:
    todo = Todo(content=words[:200], status="in_progress", activeForm=words[:200])
    return make_progress(status, title=words, todos=(TrackedTodo(todo=todo, started_at=START),) * 30)


def _make_question_of(words: str) -> ParameterQuestion:
    parameter = TOPIC.model_copy(update={"question": words, "hint": words})
    return ParameterQuestion(draft_id="dra_1", recipe_name=words, parameter=parameter, lead=words)


@pytest.mark.parametrize("words", ["<!channel>", "<@U0JONAS>", "<https://evil.example|click>"])
def test_a_notification_mentions_nobody_and_links_nowhere(words):
    output = make_output(title=words, body=words)
    messages = [
        render_brief(BriefCard(brief=_make_brief_of(words))),
        render_brief(BriefCard(brief=_make_brief_of(words), fate=BriefFate.APPROVED)),
        render_reply(_make_question_of(words)),
        render_reply(DeliverySummary(requester=MAYA, output=output, uses_language_model=True)),
        render_progress(_make_progress_of(words, TicketStatus.RUNNING)),
    ]
    assert [message.text for message in messages if words in message.text] == []


@given(names)
def test_a_brief_of_any_words_fits_and_mentions_nobody_else(words):
    for fate in BriefFate:
        _check_message(render_brief(BriefCard(brief=_make_brief_of(words), fate=fate)))


@given(names, st.text(max_size=3), st.sampled_from([REMOVE, RESTORE]))
def test_what_a_menu_of_any_words_offers_is_what_slack_takes(words, typed, action_id):
    options = render_options(_make_brief_of(words), action_id, typed)
    assert len(options) <= OPTIONS
    for option in options:
        assert 0 < len(option["text"]["text"]) <= OPTION_CHARS
        assert 0 < len(option["value"]) <= OPTION_VALUE_CHARS


def test_a_menu_finds_what_was_typed_among_more_than_it_can_show():
    sources = tuple(make_brief_source(f"S{n}", key=f"17949060{n:02}.000100", gist=f"Week {n}") for n in range(150))
    brief = make_brief(sources=sources)
    assert len(render_options(brief, REMOVE, "")) == OPTIONS
    (found,) = render_options(brief, REMOVE, "WEEK 149")
    assert (found["text"]["text"], found["value"]) == ("S149 thread message by Maya: Week 149", sources[149].key)


def test_what_was_left_out_of_another_channel_is_told_by_its_words_in_the_menu_only():
    secret = RemovedSource(key="blk_2", name="note in the basket of #board", gist="Four crowns.", origin="C0BOARD")
    brief = make_brief(removed=(secret,))
    assert "Four crowns." not in json.dumps(render_brief(BriefCard(brief=brief)).blocks)
    assert "Four crowns." in json.dumps(render_options(brief, RESTORE, ""))


def test_a_file_that_was_shared_twice_is_offered_once():
    sources = tuple(make_brief_source(f"S{n}", key="F0CHURN", locator="churn.csv") for n in (1, 2))
    assert [each["value"] for each in render_options(make_brief(sources=sources), REMOVE, "")] == ["F0CHURN"]


def test_a_brief_of_before_sources_could_be_left_out_has_no_menu():
    blocks = render_brief(BriefCard(brief=make_brief())).blocks
    assert not [each for each in _list_elements(list(blocks), "external_select") if each]


def test_a_brief_that_wants_a_word_about_its_readers_cannot_be_approved():
    for sharing in Sharing:
        brief = make_brief(closed=("C0BOARD",), sharing=sharing)
        actions = {
            each["action_id"] for each in _list_elements(list(render_brief(BriefCard(brief=brief)).blocks), "button")
        }
        assert ("brief.approve" in actions) == (sharing is not Sharing.UNSAID)
        assert ("brief.private" in actions) == (sharing is not Sharing.REQUESTER)
        assert ("brief.go_on" in actions) == (sharing is not Sharing.EVERYBODY)
        assert "brief.drop" in actions


@given(names, st.sampled_from(TicketStatus))
def test_progress_of_any_words_fits_and_mentions_nobody_else(words, status):
    progress = _make_progress_of(words, status)
    _check_message(render_progress(progress))
    assert all(len(task["title"]) <= 150 for task in render_progress(progress).blocks[1]["tasks"])


@pytest.mark.parametrize("status", TicketStatus)
def test_no_task_of_a_plan_turns_after_the_end(status):
    progress = make_progress(status)
    tasks = [task for block in render_progress(progress).blocks for task in block.get("tasks", [])]
    assert not (progress.is_last() and any(task["status"] == "in_progress" for task in tasks))


@given(names)
def test_a_home_of_any_words_is_a_view_that_slack_takes(task):
    home = render_home(HomeTab(gallery=_page(RECIPE.card()), recent=(make_ticket(task_description=task),) * 10))
    View(**home).to_dict()
    _check_blocks(home["blocks"], VIEW_BLOCKS)
    _check_no_markup(_list_texts(home["blocks"], "mrkdwn"))


@pytest.mark.parametrize("count", [0, 1, PAGE_RECIPES])
def test_a_home_of_any_number_of_recipes_is_a_view_that_slack_takes(count):
    home = render_home(HomeTab(gallery=_page(*(RECIPE.card(),) * count), recent=(make_ticket(),) * 10))
    View(**home).to_dict()
    _check_blocks(home["blocks"], VIEW_BLOCKS)


@given(names, names)
def test_a_summary_of_any_words_fits_and_mentions_nobody_else(title, body):
    output = make_output(
        title=title[:200],
        body=body,
        checks=(make_output().checks[0].model_copy(update={"passed": False, "said": body}),),
    )
    _check_message(render_reply(DeliverySummary(requester=MAYA, output=output, uses_language_model=True)))


@given(names)
def test_a_question_of_any_words_fits_and_mentions_nobody_else(words):
    _check_message(render_reply(_make_question_of(words)))


@given(names, names, st.integers(1, 80))
def test_an_offer_of_any_recipes_fits_and_mentions_nobody_else(name, description, count):
    card = RECIPE.card().model_copy(update={"name": name[:75], "description": description[:DESCRIPTION_CHARS]})
    _check_message(render_reply(RecipeOffer(draft_id="dra_1", lead="This is what I can make.", cards=(card,) * count)))


@given(names, names, names)
def test_a_form_of_any_words_is_a_view_that_slack_takes(name, topic, hint):
    parameters = (
        TOPIC.model_copy(update={"question": name, "hint": hint, "label": hint[:2_000]}),
        *RECIPE.parameters[1:],
    )
    recipe = RECIPE.model_copy(
        update={"name": name[:75], "description": hint[:DESCRIPTION_CHARS], "parameters": parameters}
    )
    view = render_form(Form(draft=_draft(topic=topic[:300]), recipe=recipe))
    View(**view).to_dict()
    _check_blocks(view["blocks"], VIEW_BLOCKS)
    _check_no_markup(_list_texts(view["blocks"], "mrkdwn"))


@pytest.mark.parametrize("count", [0, 1, PAGE_RECIPES])
def test_a_gallery_of_any_size_is_a_view_that_slack_takes(count):
    view = render_gallery(_page(*(RECIPE.card(),) * count), Place(channel_id="C0REPORTS"))
    View(**view).to_dict()
    _check_blocks(view["blocks"], VIEW_BLOCKS)


@given(names, names, st.integers(0, 400), st.integers(0, 20))
def test_a_list_of_sources_of_any_words_is_a_view_that_slack_takes(name, where, count, page):
    missing = [make_missing(name[:120], where=where, why=where) for _ in range(count)]
    source = ListedSource(
        id="S1", name=name, author=where, ts="1794906000.000100", locators=(name,) * 9, standing=2,
        permalink="https://sandbox.slack.com/archives/C0REPORTS/p1794906000000100",
    )  # fmt: skip
    listed = make_source_list(*missing, title=name, sources=(source,) * count)
    view = render_sources(listed, channel_id="C0REPORTS", page=page)
    View(**view).to_dict()
    _check_blocks(view["blocks"], VIEW_BLOCKS)
    _check_no_markup(_list_texts(view["blocks"], "mrkdwn"))


@given(st.text(max_size=200), names)
def test_a_failure_of_any_words_is_a_view_that_slack_takes(title, said):
    view = render_failure(title, said)
    View(**view).to_dict()
    assert len(view["title"]["text"]) <= 24
