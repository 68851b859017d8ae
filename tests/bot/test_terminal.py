import pytest

from bot.terminal import WIDTH, draw_body, draw_edit, draw_message, to_words
from bot.views.progress import render_progress
from bot.views.reply import render_reply
from recipes.ticket import TicketStatus
from tests.bot.samples import REPLIES, make_progress

NAMES = {"U0MAYA": "Maya", "U0BOT": "Threadwork", "C0REPORTS": "reports"}


def _message(rendered, **more) -> dict:
    return {"user": "U0BOT", "text": rendered.text, "blocks": list(rendered.blocks), **more}


@pytest.mark.parametrize(
    ("mrkdwn", "words"),
    [
        ("<@U0MAYA> asked", "@Maya asked"),
        ("<@U0NEW> asked", "@U0NEW asked"),
        ("in <#C0REPORTS>", "in #reports"),
        ("in <#C0X|lobby>", "in #lobby"),
        ("started <!date^1794906000^{time_secs}|09:00:00 UTC>", "started 09:00:00 UTC"),
        ("<https://x.slack.com/1|churn.csv>", "churn.csv"),
        ("*bold*, _faint_ and `code`", "bold, faint and code"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        (":white_check_mark: done", "✔ done"),
        ("3 &lt; 5 &amp; 5 &gt; 3", "3 < 5 & 5 > 3"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_marks_become_words(mrkdwn, words):
    assert to_words(mrkdwn, NAMES) == words


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_is_readable_in_a_terminal(name):
    lines = draw_message(_message(render_reply(REPLIES[name])), NAMES, colours=False)
    assert lines[0] == "Threadwork"
    assert all(len(line) <= WIDTH for line in lines)
    assert not any(mark in line for line in lines for mark in ("<@", "<#", "\033", "&lt;", ":white_check_mark:"))


def test_the_buttons_of_a_brief_are_shown_as_such():
    lines = draw_body(_message(render_reply(REPLIES["brief"])), NAMES, colours=False)
    assert "    [ Approve ]  [ Edit ]  [ Read again ]  [ Withdraw ]" in lines


def test_todos_are_lines_with_their_marks():
    lines = draw_body(_message(render_progress(make_progress(TicketStatus.RUNNING))), NAMES, colours=False)
    assert [line.strip()[0] for line in lines if line.strip()[:1] in {"✔", "▸", "○"}] == ["✔", "▸", "○"]


def test_a_message_without_blocks_is_its_text_and_its_files():
    message = {"user": "U0MAYA", "text": "Look, <@U0BOT>", "files": [{"name": "churn.csv"}]}
    assert draw_message(message, NAMES, colours=False) == ["Maya", "    Look, @Threadwork", "    📎 churn.csv"]


def test_somebody_unknown_is_somebody():
    assert draw_message({"text": "hi"}, NAMES, colours=False) == ["somebody", "    hi"]


def test_colours_only_where_the_terminal_has_them():
    message = {"user": "U0MAYA", "text": "hi"}
    assert "\033" in draw_message(message, NAMES, colours=True)[0]
    assert draw_edit(message, NAMES, colours=False) == "Maya, editing the same message"


def test_a_plan_is_lines_with_their_marks():
    lines = draw_body(_message(render_progress(make_progress(TicketStatus.FAILED))), NAMES, colours=False)
    assert [line.strip()[0] for line in lines if line.strip()[:1] in {"✔", "▸", "○", "✘"}] == ["✔", "✘", "○"]
    assert any("Stopped by a problem" in line for line in lines)


@pytest.mark.parametrize(
    "message", [{}, {"blocks": None}, {"blocks": [{"type": "divider"}]}, {"blocks": [{"type": "section"}]}]
)
def test_a_message_of_another_shape_breaks_nothing(message):
    assert draw_message(message, NAMES, colours=False)[0] == "somebody"
