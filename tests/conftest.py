"""What pytest asks for before it looks into folders: options, who runs which tests, and where databases come from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.fakes.databases import Databases, PostgresDatabases, SqliteFiles
from tests.postgres.server import PostgresServer, running_postgres
from tests.scenarios.ways import TALK_WAYS, list_ways

DATABASES = ("sqlite", "postgresql")
FILES = ("folder", "s3")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=DATABASES, default="sqlite", help="which database the tests run on")
    parser.addoption("--files", choices=FILES, default="folder", help="where the vaults of the tests keep files")
    parser.addoption(
        "--cases",
        choices=["few", "all"],
        default="few",
        help="play a dozen of the injection cases (default) or all that are written",
    )
    parser.addoption(
        "--ways",
        choices=["first", "last", "all"],
        default="first",
        help="play each module of tests/scenarios in its first way (default), in its last one, which differs from the "
        "first in everything, or in all of them: over a socket or over HTTP, with agent features or without, and where "
        "people talk, read by rules or by a language model",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, for `--ways=last`, what is played without being asked for it."""
    if config.getoption("ways") == "last":
        asked = [item for item in items if not _is_played_anyway(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in asked])
        items[:] = asked


def pytest_xdist_make_scheduler(config, log):
    return None if config.getoption("ways") == "first" else PlayScheduling(config, log)


class PlayScheduling(LoadScopeScheduling):
    """A process plays a module in one way from beginning to end; another way of it may be another's."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        # The longest name: "http-plain" stands in "http-plain-model".
        return f"{file}-{max((str(way) for way in TALK_WAYS if str(way) in test), key=len, default='')}"


def _is_played_anyway(item: pytest.Item) -> bool:
    play = getattr(item, "callspec", None)
    way = play.params.get("way") if play else None
    return way is None or way in list_ways(item.getparent(pytest.Module).obj, asked="first")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what is about another database or another place for files: a module says so by the end of its name."""
    others = {*DATABASES, *FILES} - {config.getoption("database"), config.getoption("files")}
    return collection_path.stem.rpartition("_")[2] in others or None


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of this test process's own."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def databases(request) -> Databases:
    """Where the tests get their databases: of the kind that `--database` names."""
    if request.config.getoption("database") == "postgresql":
        return PostgresDatabases(request.getfixturevalue("postgres"))
    return SqliteFiles()


@pytest.fixture
def empty_database_url(databases, tmp_path) -> str:
    """A database that nothing is in yet."""
    return databases.add_empty(tmp_path)


@pytest.fixture
async def database_url(databases, tmp_path) -> str:
    """A database with this release's tables and built-in recipes."""
    return await databases.add_migrated(tmp_path)
