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
from bot.views.failure import render_failure
from bot.views.form import render_form
from bot.views.gallery import render_gallery, render_list
from bot.views.home import render_home
from bot.views.limits import (
    BUTTON_CHARS,
    CONTEXT_ELEMENTS,
    HEADER_CHARS,
    MESSAGE_TEXT_CHARS,
    SECTION_CHARS,
    clip,
    escape,
)
from bot.views.progress import render_progress
from bot.views.reply import render_reply
from recipes.brief import Brief, BriefAnswer
from recipes.draft import Draft
from recipes.home import HomeTab
from recipes.progress import Progress
from recipes.recipe import DESCRIPTION_CHARS
from recipes.reply import BriefCard, BriefFate, DeliverySummary, ParameterQuestion, RecipeOffer
from recipes.source import LeftOut, SourceKind
from recipes.ticket import TicketStatus
from recipes.todo import Todo, TodoStatus, TrackedTodo
from tests.bot.samples import RECIPE, REPLIES, TOPIC, make_progress, make_tracked
from tests.fakes.moment import START
from tests.fakes.nouns import MAYA, make_answer, make_brief, make_brief_source, make_draft, make_output, make_ticket

# docs.slack.dev: blocks of a message and of a view, button value, text of an element
BLOCKS = 50
VIEW_BLOCKS = 100
VALUE_CHARS = 2_000
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
    assert render_home(HomeTab(cards=(RECIPE.card(),), recent=(*recent, direct))) == snapshot


def test_an_empty_home_says_how_to_begin(snapshot):
    assert render_home(HomeTab(cards=(), recent=())) == snapshot


def _draft(**values: str) -> Draft:
    return make_draft(answers={name: make_answer(value) for name, value in values.items()})


def test_a_form_looks_like_this(snapshot):
    assert render_form(_draft(topic="churn", template_style="forest"), RECIPE) == snapshot


def test_an_empty_form_shows_the_defaults(snapshot):
    assert render_form(_draft(), RECIPE) == snapshot


def test_the_gallery_looks_like_this(snapshot):
    assert (render_gallery((RECIPE.card(),), "C0REPORTS"), render_list((RECIPE.card(),))) == snapshot


def test_a_failure_in_a_forms_place_looks_like_this(snapshot):
    assert render_failure("PowerPoint report", "This was already approved.") == snapshot


# Details that a snapshot would not explain


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
        sources=tuple(make_brief_source(f"S{n}", locator=words, author=words[:80]) for n in range(30)),
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
    home = render_home(HomeTab(cards=(RECIPE.card(),), recent=(make_ticket(task_description=task),) * 10))
    View(**home).to_dict()
    _check_blocks(home["blocks"], VIEW_BLOCKS)
    _check_no_markup(_list_texts(home["blocks"], "mrkdwn"))


@pytest.mark.parametrize("count", [0, 1, 79, 150])
def test_a_home_of_any_number_of_recipes_is_a_view_that_slack_takes(count):
    home = render_home(HomeTab(cards=(RECIPE.card(),) * count, recent=(make_ticket(),) * 10))
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
    view = render_form(_draft(topic=topic[:300]), recipe)
    View(**view).to_dict()
    _check_blocks(view["blocks"], VIEW_BLOCKS)
    _check_no_markup(_list_texts(view["blocks"], "mrkdwn"))


@pytest.mark.parametrize("count", [0, 1, 100, 150])
def test_a_gallery_of_any_size_is_a_view_that_slack_takes(count):
    view = render_gallery((RECIPE.card(),) * count, "C0REPORTS")
    View(**view).to_dict()
    _check_blocks(view["blocks"], VIEW_BLOCKS)


@given(st.text(max_size=200), names)
def test_a_failure_of_any_words_is_a_view_that_slack_takes(title, said):
    view = render_failure(title, said)
    View(**view).to_dict()
    assert len(view["title"]["text"]) <= 24
