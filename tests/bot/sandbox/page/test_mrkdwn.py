import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.mrkdwn import render_mrkdwn
from bot.sandbox.page.reader import Reader

READER = Reader(
    user_id="U0MAYA",
    origin="http://127.0.0.1:1",
    now=1_750_000_000.0,
    people={"U0MAYA": "Maya", "U0JONAS": "Jonas"},
    channels={"C0REPORTS": "reports"},
)
LINK = 'target="_blank" rel="noopener noreferrer"'
TAGS = {"a", "b", "blockquote", "code", "i", "p", "pre", "s", "span"}


def render(text: str) -> str:
    return str(render_mrkdwn(text, READER))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* _it_ ~gone~", "<b>bold</b> <i>it</i> <s>gone</s>"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("*a _b_ `c*d`*", "<b>a <i>b</i> <code>c*d</code></b>"),
        ('&lt;b&gt; &amp; "x"', "&lt;b&gt; &amp; &#34;x&#34;"),
        (
            "<@U0JONAS> and <@U0MAYA>",
            '<span class="mention">@Jonas</span> and <span class="mention is-me">@Maya</span>',
        ),
        ("<@U0NOBODY|old>", '<span class="mention">@old</span>'),
        ("<#C0REPORTS>", '<a class="mention" data-go href="/client/U0MAYA/C0REPORTS">#reports</a>'),
        ("<#C0SECRET|board>", '<span class="mention">#board</span>'),
        ("<!here>", '<span class="mention is-me">@here</span>'),
        ("<https://x.org/?a=1&amp;b=2|more>", f'<a href="https://x.org/?a=1&amp;b=2" {LINK}>more</a>'),
        ("see https://x.org/a_b.", f'see <a href="https://x.org/a_b" {LINK}>https://x.org/a_b</a>.'),
        ("<mailto:a@x.org|a@x.org>", f'<a href="mailto:a@x.org" {LINK}>a@x.org</a>'),
        ("<!date^1750000000^{date_num}|then>", "2025-06-15"),
        ("<!date^99999999999999^{date_num}|then>", "then"),
        (":no_such_emoji: 10:30:45", ":no_such_emoji: 10:30:45"),
    ],
)
def test_marks_links_and_names_are_shown(text, shown):
    assert render(text) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "java\tscript:x", " javascript:x"]
)
def test_a_link_that_could_do_harm_is_only_its_words(url):
    assert render(f"<{url}|click>") == "<p>click</p>"


def test_an_emoji_has_its_picture_and_its_name():
    assert render(":tada:") == '<p><span class="emoji is-tada" role="img" aria-label="tada">🎉</span></p>'


def test_quotes_and_code_stand_apart():
    text = "before\n&gt; one\n&gt; two\n```\nx &lt; <@U0MAYA>\n```after"
    assert render(text) == "<p>before</p><blockquote>one\ntwo</blockquote><pre>x &lt; @Maya</pre><p>after</p>"


def test_a_permalink_of_this_workspace_stays_on_the_page():
    url = "http://127.0.0.1:1/archives/C0REPORTS/p1750000000000002?thread_ts=1750000000.000001&amp;cid=C0REPORTS"
    path = "/client/U0MAYA/C0REPORTS/1750000000.000001#t-1750000000.000002"
    assert render(f"<{url}|there>") == f'<p><a data-go href="{path}">there</a></p>'


@given(st.text(alphabet=st.sampled_from("*_~`<>|@#!:&;^ \nabC0U/.\"'=") | st.characters()))
def test_no_text_can_make_anything_but_known_tags(text):
    shown = render(text)
    assert {tag.lower() for tag in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", shown)} <= TAGS
    assert all(
        re.match(r"(https?://|mailto:|/client/)", url, re.IGNORECASE) for url in re.findall(r'href="([^"]*)"', shown)
    )
    assert not re.search(r"<[^>]*\son\w+=", shown)


def test_a_hostile_text_is_read_quickly_enough_to_finish():
    for text in ("*" * 40_000, "*<a>" * 10_000, "_a" * 20_000, "<" * 40_000, "`" * 40_000, ":a" * 20_000):
        assert render(text)
