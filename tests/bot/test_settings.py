from decimal import Decimal
from pathlib import Path

import pytest

from bot.settings import SettingsRefused, read_settings

CLEAR = "SLACK_API_URL is neither https nor on this machine, so tokens would travel in the clear."


@pytest.fixture(autouse=True)
def _empty_place(tmp_path, monkeypatch):
    """No `.env` but a test's own, and no variable of the machine."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def read(monkeypatch):
    def run(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return read_settings(environment)

    return run


@pytest.fixture
def refuse(read):
    def run(**environment):
        with pytest.raises(SettingsRefused) as caught:
            read(**environment)
        return caught.value.advice()

    return run


def test_nothing_needs_to_be_set(read):
    settings = read()
    assert (settings.slack_api_url, settings.home, settings.bind) == (
        "https://slack.com/api/",
        Path(".threadwork"),
        "127.0.0.1:8780",
    )
    assert settings.database == f"sqlite:///{Path.cwd() / '.threadwork' / 'threadwork.db'}"
    assert settings.files == ".threadwork/files"


def test_what_is_set_is_taken(read, tmp_path):
    settings = read(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL="http://127.0.0.1:9/api",
        THREADWORK_HOME=str(tmp_path),
        THREADWORK_DATABASE_URL="postgresql://host/db",
        THREADWORK_FILES_URL="s3://bucket/threadwork",
        THREADWORK_BIND="0.0.0.0:80",
        THREADWORK_LOG="json",
    )
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"
    assert (settings.home, settings.database, settings.log) == (tmp_path, "postgresql://host/db", "json")
    assert settings.files == "s3://bucket/threadwork"


def test_what_may_be_spent_is_set_in_dollars_and_tokens(read):
    caps = read(THREADWORK_TICKET_USD="0.50", THREADWORK_TICKET_TOKENS="90000").caps
    assert (caps.ticket_usd, caps.ticket_tokens, caps.month_usd) == (Decimal("0.50"), 90_000, 1_000)


def test_secrets_are_not_printed(read):
    assert "xoxb-1" not in repr(read(SLACK_BOT_TOKEN="xoxb-1"))


def test_an_empty_variable_is_not_set(read):
    assert read(SLACK_BOT_TOKEN="", THREADWORK_BIND="").slack_bot_token is None


def test_a_file_of_settings_is_read_and_the_environment_counts_more(read, tmp_path):
    (tmp_path / ".env").write_text("THREADWORK_LOG=json\nTHREADWORK_BIND=127.0.0.1:1\n", encoding="utf-8")
    settings = read(THREADWORK_BIND="127.0.0.1:2")
    assert (settings.log, settings.bind) == ("json", "127.0.0.1:2")


def test_settings_do_not_change(read):
    with pytest.raises(ValueError, match="frozen"):
        read().bind = "127.0.0.1:1"


def test_an_unknown_setting_is_named_with_those_that_there_are(refuse):
    said = refuse(THREADWORK_HOMER="x")
    assert said.startswith("There is no setting THREADWORK_HOMER; the settings are ")
    assert "THREADWORK_HOME" in said


def test_an_unknown_setting_in_the_file_is_named_too(refuse, tmp_path):
    (tmp_path / ".env").write_text("THREADWORK_HOMER=x\n", encoding="utf-8")
    assert "THREADWORK_HOMER" in refuse()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "SLACK_BOT_TOKEN does not start with xoxb-."),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN does not start with xapp-."),
        ("SLACK_API_URL", "http://slack.com/api/", CLEAR),
        ("SLACK_API_URL", "http://127.0.0.1.evil.example/", CLEAR),
        ("SLACK_API_URL", "nonsense", CLEAR),
        ("THREADWORK_BIND", "8780", "THREADWORK_BIND is not of the form HOST:PORT."),
        ("THREADWORK_BIND", "localhost:http", "THREADWORK_BIND is not of the form HOST:PORT."),
        ("THREADWORK_BIND", "localhost:65536", "THREADWORK_BIND is not of the form HOST:PORT."),
        ("THREADWORK_DATABASE_URL", "mysql://x", "THREADWORK_DATABASE_URL starts with neither sqlite:/// nor postgresql://."),
        ("THREADWORK_FILES_URL", "s3://", "THREADWORK_FILES_URL is neither a folder nor of the form s3://bucket/prefix."),
        ("THREADWORK_MONTH_USD", "-1", "THREADWORK_MONTH_USD Input should be greater than or equal to 0."),
        ("THREADWORK_FILES_URL", "gs://b", "THREADWORK_FILES_URL is neither a folder nor of the form s3://bucket/prefix."),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_by_its_name(refuse, name, value, sentence):
    assert refuse(**{name: value}) == sentence


def test_a_log_of_another_shape_is_refused_with_those_that_there_are(refuse):
    said = refuse(THREADWORK_LOG="xml")
    assert said.startswith("THREADWORK_LOG ")
    assert "'json' or 'console'" in said


def test_the_models_are_the_usual_ones_unless_others_are_set(read):
    assert (read().agent_model, read().partner_model) == ("claude-sonnet-5-5", "claude-haiku-5-5")
    settings = read(THREADWORK_MODEL="claude-opus-5-5", THREADWORK_PARTNER_MODEL="claude-next")
    assert (settings.agent_model, settings.partner_model) == ("claude-opus-5-5", "claude-next")


def test_a_key_is_a_secret(read):
    assert "sk-ant" not in repr(read(ANTHROPIC_API_KEY="sk-ant-1"))


def test_a_model_that_is_taken_away_is_refused_with_its_last_day(refuse):
    assert refuse(THREADWORK_MODEL="claude-sonnet-4-5") == (
        "THREADWORK_MODEL names claude-sonnet-4-5, which the provider takes away after 30 November 2026: set "
        "claude-sonnet-5-5, say."
    )


@pytest.mark.parametrize("url", ["http://example.com", "ftp://127.0.0.1", "http://127.0.0.1.example.com"])
def test_the_key_travels_nowhere_in_the_clear(refuse, url):
    assert refuse(ANTHROPIC_BASE_URL=url) == (
        "ANTHROPIC_BASE_URL is neither https nor on this machine, so the key would travel in the clear."
    )


@pytest.mark.parametrize("url", ["https://llm.example.com", "http://127.0.0.1:9", "http://[::1]:9/v"])
def test_another_server_may_be_asked_over_https_or_on_this_machine(read, url):
    assert read(ANTHROPIC_BASE_URL=url).anthropic_base_url == url


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ("all", {"web_search", "code_execution"}),
        ("web_search", {"web_search"}),
        ("code_execution", {"code_execution"}),
        ("none", set()),
    ],
)
def test_what_may_be_ticked_beyond_the_sources_is_set(read, said, allowed):
    assert read(THREADWORK_SERVER_TOOLS=said).allowed_tools == allowed


def test_all_of_it_may_be_ticked_unless_it_is_set(read):
    assert len(read().allowed_tools) == 2
