"""Quoted words in Markdown: they are shown as they are, and nothing in them is a mark."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from slackify_markdown import slackify_markdown

from orchestration.models.extractive.tabulations import Tabulation
from orchestration.models.extractive.text.markdown import cite, count_read, escape, render_table
from orchestration.skills.text import TextSource, write_text

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SOURCES = [TextSource(id="S1", title="#reports by Maya", url="https://example.slack.com/p1")]
JOINER = "\u2060"


def read(markdown: str) -> list[Token]:
    text = write_text(markdown, sources=SOURCES, known_urls=frozenset({"https://known.example"})).text
    return READER.parse(text.partition("\n\n## Sources")[0])


def show(token: Token) -> str:
    """Give what people see of a line, links and marks included."""
    assert {child.type for child in token.children or []} <= {"text", "text_special", "link_open", "link_close"}
    links = [child.attrs["href"] for child in token.children or [] if child.type == "link_open"]
    assert set(links) <= {"https://example.slack.com/p1"}
    return "".join(child.content for child in token.children or []).replace(JOINER, "")


HOSTILE = [
    "# Head",
    "Line #1 in #general",
    "- a list",
    "+ a list",
    "1. a list",
    "2026) a list",
    "> a quote",
    "=====",
    "---",
    "***",
    "```sh",
    "~~gone~~ and ~about~ 5",
    "*bold* __init__ _it_ snake_case a__b",
    "![picture](https://evil.example/x.png)",
    "[words](https://known.example)",
    "[words][ref] and [ref]: https://evil.example",
    "<https://evil.example> <b>x</b> <!-- y --> a<b 5 < 6 > 4",
    "<@U123> <!channel> <#C1|general> <https://evil.example|here>",
    "&lt;!here&gt; R&D &amp; &#35; &copy;",
    "@channel @here @everyone @Maya a@b.example",
    "mark [@S1.1] and [@S9.9] and \\[@S1.1]",
    "a | b | c",
    "ends with a backslash \\",
    "wow!",
    "\\*not bold\\*",
    "https://example.com/a_b/_c_?d=*e*&f=g",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_that_look_like_marks_stay_words_in_a_paragraph_a_list_a_heading_and_a_cell(text):
    tokens = read(cite(text, "S1.1"))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert show(tokens[1]) == f"{text} [1]"
    tokens = read(f"- {cite(text, 'S1.1')}\n- {cite(text, 'S1.1')}")
    assert [show(token) for token in tokens if token.type == "inline"] == [f"{text} [1]"] * 2
    assert sum(token.type.endswith("list_open") for token in tokens) == 1
    tokens = read(f"## {escape(text)}")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert show(tokens[1]) == text
    tokens = read(
        render_table(Tabulation("S1.1", "t", "t", (text, "n"), ((text, 1), (text, 2)), "", (), is_whole=True))
    )
    assert [show(token) for token in tokens if token.type == "inline"] == [text, "n", text, "1", text, "2"]


@pytest.mark.parametrize(
    "text", ["<@U123>", "<!channel>", "&lt;!channel&gt;", "<https://evil.example|here>", "@channel", "hey @Everyone"]
)
def test_nothing_calls_anybody_in_slacks_own_marks_either(text):
    shown = slackify_markdown(cite(text, "S1.1"))
    assert not re.search(r"<[@!#h]", shown)
    assert not re.search(r"@(?:channel|everyone)", shown, re.IGNORECASE)


def test_hidden_characters_are_taken_out():
    assert escape("safe\u202eelif\u0000 \u2066x\u2069") == "safe elif x"


def test_marks_and_rules_are_no_words():
    assert count_read("## Two words [@S1.1]\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |") == 6
    assert count_read("日本語の文章です") >= 4
    assert count_read("x" * 140) == 10


@settings(max_examples=400, deadline=None)
@given(st.text("#*_[]()!<>@|~`-+=1.&;\\ aSx:/{}\"'\n\t\u00e9", max_size=40))
def test_whatever_is_quoted_is_shown_and_nothing_else(text):
    line = " ".join(f"x{text}y".split())
    for body in (line, " ".join(text.split())):
        if not body:
            continue
        tokens = read(cite(body, "S1.1"))
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        assert show(tokens[1]) == f"{body} [1]"
