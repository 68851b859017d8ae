"""A written text mentions nobody, whoever wrote it."""

import pytest

from orchestration.skills.text import TextSource, list_marks, write_text


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
