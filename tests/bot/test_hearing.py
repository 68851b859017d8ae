import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hearing import is_spoken, make_said, to_words
from orchestration.readers.texts.characters import drop_unseen
from recipes.mentions import drop_marks, list_people, show_mentions

BOT = "U0BOT"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _make(message, channel_id="C0REPORTS"):
    full = {"type": "message", "ts": "1794906000.000100", "user": "U0MAYA", **message}
    return make_said(full, team_id="T0SANDBOX", channel_id=channel_id, bot_user_id=BOT)


@pytest.mark.parametrize(
    ("message", "spoken"),
    [
        ({"user": "U1", "text": "hi"}, True),
        ({"user": "U1", "subtype": "file_share"}, True),
        ({"user": "U1", "subtype": "thread_broadcast"}, True),
        ({"user": "U1", "bot_id": "B1", "text": "hi"}, False),
        ({"bot_id": "B1", "subtype": "bot_message", "text": "hi"}, False),
        ({"user": "U1", "subtype": "channel_join"}, False),
        ({"user": "U1", "subtype": "channel_topic"}, False),
        ({"user": "U1", "subtype": "message_changed"}, False),
        ({"user": "U1", "subtype": "tombstone"}, False),
        ({"user": "U1", "subtype": "me_message"}, False),
        ({"text": "hi"}, False),
        ({"user": "", "text": "hi"}, False),
        ({"user": None}, False),
        ({}, False),
    ],
)
def test_only_people_who_say_something_are_heard(message, spoken):
    assert is_spoken(message) == spoken


@given(st.dictionaries(st.sampled_from(["user", "text", "subtype", "bot_id", "ts", "files"]), JSON))
def test_no_payload_crashes_the_question_who_spoke(message):
    if isinstance(message.get("subtype"), list | dict):
        message.pop("subtype")
    assert is_spoken(message) in {True, False}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@U0BOT> make a deck", "make a deck"),
        ("make a deck <@U0BOT>", "make a deck"),
        ("hey <@U0BOT>, make a deck", "hey make a deck"),
        ("<@U0BOT>: make a deck", "make a deck"),
        ("<@U0BOT>\nmake a deck", "make a deck"),
        ("<@U0BOT>", ""),
        ("<@U0BOT> <@U0BOT> hi", "hi"),
        ("ask <@U0JONAS>", "ask @U0JONAS"),
        ("make a deck", "make a deck"),
    ],
)
def test_the_bots_own_mention_is_no_words(text, said):
    heard = _make({"text": text})
    assert heard.text == said
    assert heard.mentions_bot == ("U0BOT" in text)


@pytest.mark.parametrize(
    ("message", "channel", "direct"),
    [
        ({"channel_type": "im"}, "D0MAYA", True),
        ({}, "D0MAYA", True),
        ({"channel_type": "channel"}, "C0REPORTS", False),
        ({"channel_type": "mpim"}, "G0GROUP", False),
        ({}, "C0REPORTS", False),
    ],
)
def test_a_direct_message_is_known_by_its_channel(message, channel, direct):
    assert _make(message, channel).is_direct == direct


def test_a_message_belongs_to_its_thread_and_a_root_to_its_own():
    assert _make({}).thread.thread_ts == "1794906000.000100"
    assert _make({"thread_ts": "1.2"}).thread.thread_ts == "1.2"
    assert _make({"thread_ts": None}).thread.thread_ts == "1794906000.000100"


def test_a_mention_that_comes_as_such_mentions_the_bot():
    assert _make({"type": "app_mention", "text": "hi"}).mentions_bot


@pytest.mark.parametrize(
    "message", [{"text": None}, {"files": None}, {"files": "x"}, {"files": [None, 3]}, {"blocks": 3}]
)
def test_what_is_missing_or_of_another_shape_is_empty(message):
    said = _make(message)
    assert (said.text, said.files) == ("", ())


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ({"url_private_download": "https://files.slack.com/d", "url_private": "https://files.slack.com/p"}, "https://files.slack.com/d"),
        ({"url_private": "https://files.slack.com/p"}, "https://files.slack.com/p"),
        ({"url_private": "https://files.slack.com/p", "mode": "external"}, None),
        ({"url_private": "https://files.slack.com/p", "is_external": True}, None),
        ({"url_private": "https://files.slack.com/p", "mode": "tombstone"}, None),
        ({"mode": "hidden_by_limit"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_file_has_an_address_only_where_it_lies_with_slack(file, url):
    (made,) = _make({"files": [{"id": "F1", "name": "a.csv", "size": 3, **file}]}).files
    assert (made.id, made.name, made.size_bytes, made.url) == ("F1", "a.csv", 3, url)


@pytest.mark.parametrize(
    ("file", "name"), [({"name": "a.csv", "title": "A"}, "a.csv"), ({"title": "A"}, "A"), ({"name": None}, "F1")]
)
def test_a_file_without_a_name_has_its_title_or_its_id(file, name):
    (made,) = _make({"files": [{"id": "F1", **file}]}).files
    assert (made.name, made.size_bytes) == (name, 0)


@pytest.mark.parametrize(
    ("permalink", "kept"),
    [
        ("https://a.slack.com/files/U1/F1/a_b-c.csv?x=1#p", "https://a.slack.com/files/U1/F1/a_b-c.csv?x=1#p"),
        ("https://a.slack.com/F1/a%20b.csv", "https://a.slack.com/F1/a%20b.csv"),
        ("https://a.slack.com/F1/<!here|a>.csv", "https://a.slack.com/F1/%3C!here%7Ca%3E.csv"),
        ("https://a.slack.com/F1/[x](y) z.csv", "https://a.slack.com/F1/%5Bx%5D%28y%29%20z.csv"),
        (None, None),
    ],
)
def test_no_name_of_a_file_ends_a_link_to_it(permalink, kept):
    (made,) = _make({"files": [{"id": "F1", "permalink": permalink}]}).files
    assert made.permalink == kept


@pytest.mark.parametrize("message", [{"files": [{"name": "a.csv"}]}, {"files": [{"id": "F1", "size": None}]}])
def test_a_file_that_slack_hides_breaks_no_message(message):
    assert _make({"text": "hi", **message}).text == "hi"


def test_whom_and_where_it_mentions_stands_in_the_words_as_marks():
    said = _make({"text": "<@U0BOT> ask <@U0MAYA> &amp; post in <#C0X|sales> <now>"})
    assert (said.words, said.text) == ("ask ⟨@U0MAYA⟩ & post in ⟨#C0X|sales⟩ now", "ask @U0MAYA & post in #sales now")
    assert said.channels == {"sales": "C0X"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("<@U0MAYA> and <@W0GRID>", ["U0MAYA", "W0GRID"]),
        ("<@U0MAYA|maya>", ["U0MAYA"]),
        ("@maya <#C0X> <!here> U0MAYA", []),
        ("&lt;@U0MAYA&gt;", []),
        ("⟨@U0MAYA⟩ and ⟨@U0MAYA|Maya⟩", []),
        ("⟨<!U0MAYA>⟩ and ⟨\u200b@U0MAYA⟩", []),
    ],
)
def test_the_mentioned_are_people_and_nobody_types_a_mention(text, people):
    assert list_people(to_words(text)) == people


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ask <@U0NEW|newbie>", "ask @newbie"),
        ("ask <@U0NEW>", "ask @U0NEW"),
        ("see <#C0X|reports>", "see #reports"),
        ("see <#C0X>", "see #C0X"),
        ("<!here> and <!channel>", "@here and @channel"),
        ("<!subteam^S1|@ops>", "@ops"),
        ("<!subteam^S1>", "@subteam"),
        ("at <!date^1794906000^{time}|09:00>", "at 09:00"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org|our site>", "our site (https://example.org)"),
        ("<https://example.org|example.org>", "https://example.org"),
        ("<mailto:a@b.org|a@b.org>", "mailto:a@b.org"),
        ("3 &lt; 5 &amp;&amp; 5 &gt; 3", "3 < 5 && 5 > 3"),
        ("&amp;lt;", "&lt;"),
        ("&lt;@U0MAYA&gt;", "<@U0MAYA>"),
        ("*bold* _and_ `code`", "*bold* _and_ `code`"),
        ("rose by \u202e21\u202c % \U000e0061\U000e0062", "rose by 21 % "),
        ("", ""),
    ],
)
def test_slacks_marks_become_words(text, plain):
    assert show_mentions(to_words(text)) == plain


@given(st.text())
def test_no_text_crashes_its_plain_form_and_plain_text_stays(text):
    show_mentions(to_words(text))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert show_mentions(to_words(escaped)) == drop_unseen(drop_marks(text))


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("<@U0MAYA>.csv", "@U0MAYA>.csv"),
        ("<#C0REPORTS>.csv", "#C0REPORTS>.csv"),
        ("a<b.csv", "a<b.csv"),
        ("gpj.\u202ecsv", "gpj.csv"),
        ("\ufeff", "F1"),
    ],
)
def test_a_files_name_mentions_nobody_and_is_what_people_see(name, heard):
    (file,) = _make({"text": "", "files": [{"id": "F1", "name": name}]}).files
    assert file.name == heard
