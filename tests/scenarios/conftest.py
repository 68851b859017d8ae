import os
from collections.abc import AsyncIterator, Iterator
from importlib import resources
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.person import Person
from bot.sandbox.seed import SlackRules
from bot.sandbox.server import Sandbox
from tests.scenarios.journal import Journal
from tests.scenarios.records import Records
from tests.scenarios.workplace import SEED, serving


@pytest.fixture(scope="module")
def rules() -> SlackRules:
    return SlackRules()


@pytest.fixture(scope="module")
def journal(request, tmp_path_factory) -> Journal:
    named = os.environ.get("THREADWORK_TEST_JOURNALS")
    folder = Path(named) if named else tmp_path_factory.mktemp("journal")
    path = folder / f"{request.module.__name__.rpartition('.')[2]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return Journal(path)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("bot") / "home"


@pytest.fixture(scope="module")
def rows(home) -> Records:
    return Records(home)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workspace(rules, journal) -> AsyncIterator[Sandbox]:
    async with Sandbox(seed=SEED, rules=rules, journal=journal.path) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(workspace, home) -> AsyncIterator[None]:
    async with serving(workspace, home):
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
def expected_refusals() -> set[str]:
    """What the Web API may refuse in this story; a story that expects some adds them."""
    return set()


@pytest.fixture
def nothing_refused(journal, workspace, expected_refusals) -> Iterator[None]:
    """Every call that the bot makes in a story is one that Slack takes."""
    before = journal.count()
    yield
    assert set(journal.list_refused(since=before)) <= expected_refusals


@pytest.fixture(scope="session")
def electricity() -> bytes:
    """Published figures of electricity generation in Iowa: 51 rows of year, source, net_generation."""
    return (resources.files("bot") / "example" / "iowa-electricity.csv").read_bytes()
