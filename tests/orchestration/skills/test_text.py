"""A written text mentions nobody and leads nowhere but to its sources, whoever wrote it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from orchestration.skills.text import TextSource, list_marks, write_text

KNOWN = "https://known.example/b_(c)"
OWN = "https://example.slack.com/p1"
SOURCES = [TextSource(id=name, title="dock.png", url=OWN) for name in ("S1", "S2")]
PIECES = [
    *"![]()<>\\`\n |-:'\"a", "](", "![", "[a](", "[r]", "[r]: ", "(S1)", "S1", "[@S1.1]", "[@S9.9]", "<b ", "> ", "```",
    "    ", "https://evil.example/x", KNOWN,
]  # fmt: skip
READER = MarkdownIt("commonmark").enable("table")


def write(body: str) -> str:
    """Give what is written of a body, without the list of sources."""
    text = write_text(body, sources=SOURCES, known_urls=frozenset({KNOWN, OWN})).text
    return text.partition("\n\n## Sources")[0].strip()


def list_leads(text: str) -> set[str]:
    """Give where a reader of Markdown is led, or what it shows as HTML."""
    tokens = [child for token in READER.parse(text) for child in [token, *(token.children or [])]]
    html = {token.content for token in tokens if token.type in {"html_block", "html_inline"}}
    pictures = {str(token.attrs["src"]) for token in tokens if token.type == "image"}
    return html | pictures | {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}


@pytest.mark.parametrize("mention", ["<!channel>", "<@U0PRIYA>", "<#C0GENERAL|general>", "<!subteam^S1>"])
def test_a_mention_in_a_body_or_a_title_becomes_words(mention):
    source = TextSource(id="S1", title=f"{mention}.csv", url="https://example.slack.com/p1")
    text = write_text(f"{mention} Sales rose [@S1.1].", sources=[source], known_urls=frozenset()).text
    assert mention not in text
    assert text.count("&lt;") == len(["the body's", "the title's"])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            '![Two bays](S1 "The dock in March")',
            "*The dock in March (Two bays)* [\\[1\\]](https://example.slack.com/p1)",
        ),
        ("![Two *big* bays](S1)", "*Two big bays* [\\[1\\]](https://example.slack.com/p1)"),
        (
            '![q3_final_plan](S1 "dock_2_east")',
            "*dock_2_east (q3_final_plan)* [\\[1\\]](https://example.slack.com/p1)",
        ),
        ("![2 * 3 of _x, __big__](S1)", "*2 \\* 3 of \\_x, big* [\\[1\\]](https://example.slack.com/p1)"),
        ("![](S1)", "[\\[1\\]](https://example.slack.com/p1)"),
        ("![Two bays](https://evil.example/a.png)", "Two bays"),
        ('![Two bays](https://evil.example/a.png "A title")', "Two bays"),
    ],
)
def test_a_picture_is_said_in_words_and_leads_to_its_source_alone(written, shown):
    source = TextSource(id="S1", title="dock.png", url="https://example.slack.com/p1")
    text = write_text(written, sources=[source], known_urls=frozenset({source.url})).text
    assert text.partition("\n\n## Sources")[0].strip() == shown
    assert "![" not in text
    assert "evil" not in text


def test_a_picture_counts_as_a_mark_of_its_source():
    assert list_marks('![a](S3) b [@S1.2] ![c](S4 "d")') == ("S3", "S1.2", "S4")


HOSTILE = [
    ("![a [b]](https://evil.example/a.png)", "a [b]"),
    ("![a\\]b](https://evil.example/x)", "a\\]b"),
    ("![see [@S2.1]](https://evil.example/x)", f"see [\\[1\\]]({OWN})"),
    ("![see [@S2.1]](S1)", f"*see* [\\[1\\]]({OWN}) [\\[2\\]]({OWN})"),
    ("![a][r]\n\n[r]: https://evil.example/x", "a"),
    ("![r]\n\n> [r]: https://evil.example/x", "r"),
    ("[a][r] [r][]\n\n[r]:\n  https://evil.example/x\n  'words'", "a r"),
    ("[a [b]](https://evil.example/a)", "a [b]"),
    ("[a@b](https://evil.example/a)", "a@b"),
    ("\\\\[a](https://evil.example/a)", "\\\\a"),
    ('[a](https://evil.example "t") [b]( <https://evil.example> )', "a b"),
    ("[a](javascript:evil)", "a"),
    ("[[a](https://evil.example/a)](https://evil.example/b)", "a"),
    (f"[![a](https://evil.example/a.png)]({KNOWN})", f"[a]({KNOWN})"),
    ("[@S1.1](https://evil.example/a)", f"[\\[1\\]]({OWN})"),
    ("| a | b |\n|---|---|\n| ![x](https://evil.example/a) | [y](https://evil.example) |",
     "| a | b |\n|---|---|\n| x | y |"),
    ("<img src=https://evil.example/x>", "&lt;img src=https://evil.example/x>"),
    ("a <a href='https://evil.example'>b</a> <!-- c -->", "a &lt;a href='https://evil.example'>b&lt;/a> &lt;!-- c -->"),
    ("<div>\n![a](https://evil.example/x)\n</div>", "&lt;div>\na\n&lt;/div>"),
    ("<https://evil.example/x>", "&lt;https://evil.example/x>"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "shown"), HOSTILE)
def test_no_picture_link_or_tag_of_a_stranger_stays(body, shown):
    assert write(body) == shown
    assert list_leads(write(body)) <= {OWN, KNOWN}


@pytest.mark.parametrize(
    "body",
    [
        f"[a [b]]({KNOWN}) and <{OWN}>",
        f"[a][r]\n\n[r]: {KNOWN}",
        "`[a](https://evil.example)` and `<b>`",
        "```html\n<img src='x'> [a](https://evil.example)\n```",
        "a\n\n    ![a](https://evil.example)",
        "5 < 6, a<3, \\[a\\](b), items[3] and a [note] (of May)",
    ],
)
def test_code_known_addresses_and_plain_signs_stay(body):
    assert write(body) == body.strip()


@pytest.mark.parametrize(
    "body",
    [
        "> [a\n> b](\n> https://evil.example)",
        "> " * 30 + "![a](https://evil.example/a)",
        "![" * 40 + "a" + "](https://evil.example/a)" * 40,
        "[" * 4_000 + "](https://evil.example/a)" * 400,
        "`a\n<iframe src=https://evil.example>\n`",
        f'[a]({KNOWN} "\n<iframe src=https://evil.example>\n")',
    ],
)
def test_what_cannot_be_told_apart_is_shown_as_it_was_written(body):
    assert list_leads(write(body)) <= {OWN, KNOWN}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("<[@S9.9]b src=x>")
@example("\\[@S9.9]```[a](```)")
def test_whatever_is_written_leads_to_known_addresses_alone(body):
    assert list_leads(write(body)) <= {OWN, KNOWN}


def test_a_picture_that_shows_a_mark_counts_as_both():
    assert list_marks("![see [@S2.1]](S1)") == ("S1", "S2.1")
