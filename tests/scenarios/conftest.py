import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest
import pytest_asyncio

from bot.doctor.examination import examine
from bot.doctor.report import make_report
from bot.sandbox.person import Person
from bot.sandbox.seed import SlackRules
from bot.settings import KEYS, read_settings
from orchestration.models.extractive.model import ExtractiveModel
from orchestration.moment import SystemClock
from tests.claude.readings import read_readings
from tests.claude.server import ClaudeServer
from tests.fakes.ports import find_free_port
from tests.scenarios.findings import Told, read_told
from tests.scenarios.journal import Journal
from tests.scenarios.processes import run_command, settings_of
from tests.scenarios.records import Records
from tests.scenarios.traps import TrappedSandbox
from tests.scenarios.ways import Way, list_ways
from tests.scenarios.workplace import SEED, request_url_of, serving

# The command's exit code where somebody else can mend it.
USAGE_ERROR = 2
# What Slack says where there are no agent features.
REFUSED_BLOCKS = ("chat.postMessage: invalid_blocks", "chat.update: invalid_blocks")
NO_SESSIONS = "agents.sessions.setStatus: not_authorized"


def pytest_generate_tests(metafunc):
    if "way" in metafunc.fixturenames:
        ways = list_ways(metafunc.module, asked=metafunc.config.getoption("ways"))
        metafunc.parametrize("way", ways, ids=str, scope="module")


@pytest.fixture(scope="module")
def rules(way: Way) -> SlackRules:
    return way.rules()


@pytest.fixture(scope="module")
def journal(request, way, tmp_path_factory) -> Journal:
    named = os.environ.get("THREADWORK_TEST_JOURNALS")
    folder = Path(named) if named else tmp_path_factory.mktemp("journal")
    path = folder / f"{request.module.__name__.rpartition('.')[2]}-{way}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return Journal(path)


@pytest.fixture(scope="module")
def bind(way) -> str:
    """Where the bot listens."""
    return f"127.0.0.1:{find_free_port()}"


@pytest.fixture(scope="module")
def home(way, tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("bot") / "home"


@pytest.fixture(scope="module")
def database_url(databases, home) -> str:
    return databases.add_empty(home)


@pytest.fixture(scope="module")
def rows(home, database_url) -> Records:
    return Records(home, database_url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workspace(way, rules, journal, bind) -> AsyncIterator[TrappedSandbox]:
    address = request_url_of(bind) if way.over_http else None
    async with TrappedSandbox(seed=SEED, rules=rules, journal=journal.path, request_url=address) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True, scope="session")
def _patient_forms() -> Iterator[None]:
    """A form is ready before it opens, also on a noisy machine; stories of one that is not say so themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.listeners.opening.AT_ONCE", timedelta(seconds=2))
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def provider(way) -> AsyncIterator[ClaudeServer | None]:
    """Who reads what people say, where no rules do; of all else the stories know nothing."""
    if not way.asks_model:
        yield None
        return
    async with ClaudeServer() as server:
        server.reads(read_readings().answer)
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url, provider) -> AsyncIterator[None]:
    over = {"bind": bind, "over_http": way.over_http, "database_url": database_url}
    async with serving(workspace, home, claude=provider, model=ExtractiveModel() if provider else None, **over):
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def maya(workspace) -> AsyncIterator[Person]:
    async with Person(workspace.page_url, "Maya") as person:
        yield person


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def jonas(workspace) -> AsyncIterator[Person]:
    async with Person(workspace.page_url, "Jonas") as person:
        yield person


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def priya(workspace) -> AsyncIterator[Person]:
    async with Person(workspace.page_url, "Priya") as person:
        yield person


@pytest.fixture
def expected_refusals(way) -> set[str]:
    """What the Web API may refuse in this story; a story that expects some adds them."""
    # A workspace without agent features is found out by trying.
    return set() if way.agent_features else {*REFUSED_BLOCKS, NO_SESSIONS}


@pytest.fixture
def nothing_refused(journal, workspace, provider, expected_refusals) -> Iterator[None]:
    """Every call that the bot makes in a story is one that Slack takes, and every message one that the model knows."""
    before = journal.count()
    yield
    problems = provider.problems.copy() if provider else []
    if provider:
        provider.problems.clear()
    assert problems == []
    assert set(journal.list_refused(since=before)) <= expected_refusals


@pytest.fixture
def refused(way, workspace, tmp_path) -> Callable[..., Awaitable[str]]:
    """Start the bot with these settings changed and give the sentence that it refuses with."""
    secrets = (workspace.bot_token, workspace.app_token, workspace.signing_secret)

    async def run(**changed: str | None) -> str:
        settings = settings_of(workspace, tmp_path / "home", way=way) | changed
        given = {name: value for name, value in settings.items() if value is not None}
        ended = await run_command("serve", settings=given, folder=tmp_path)
        assert ended.code == USAGE_ERROR, ended.said
        assert len(ended.said.strip().splitlines()) == 1, ended.said
        assert not any(secret in ended.said for secret in secrets)
        return ended.said

    return run


@pytest.fixture
def ask_doctor(way, workspace, tmp_path, monkeypatch) -> Callable[..., Awaitable[Told]]:
    """Give what the doctor tells with these settings changed."""
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    async def ask(*, at: TrappedSandbox = workspace, **changed: str) -> Told:
        settings = settings_of(at, tmp_path / "home", way=way, bind=f"127.0.0.1:{find_free_port()}") | changed
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        told = read_told(make_report(await examine(read_settings(settings), clock=SystemClock())))
        assert not any(secret in told.words for secret in (at.bot_token, at.app_token, at.signing_secret))
        return told

    return ask


@pytest_asyncio.fixture(loop_scope="module")
async def mended(maya) -> AsyncIterator[None]:
    """What one story lets go wrong goes wrong in no other."""
    yield
    await maya.mend()


@pytest.fixture(scope="session")
def electricity() -> bytes:
    """Published figures of electricity generation in Iowa: 51 rows of year, source, net_generation."""
    return (resources.files("bot") / "example" / "iowa-electricity.csv").read_bytes()
