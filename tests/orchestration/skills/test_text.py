"""A written text mentions nobody, whoever wrote it."""

import pytest

from orchestration.skills.text import TextSource, write_text


@pytest.mark.parametrize("mention", ["<!channel>", "<@U0PRIYA>", "<#C0GENERAL|general>", "<!subteam^S1>"])
def test_a_mention_in_a_body_or_a_title_becomes_words(mention):
    source = TextSource(id="S1", title=f"{mention}.csv", url="https://example.slack.com/p1")
    text = write_text(f"{mention} Sales rose [@S1.1].", sources=[source], known_urls=frozenset()).text
    assert mention not in text
    assert text.count("&lt;") == len(["the body's", "the title's"])
