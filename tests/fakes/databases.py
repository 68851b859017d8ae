"""Databases for tests, all real: SQLite files, or databases of a PostgreSQL; migrated once, then copied."""

import tempfile
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from storage.catalog import read_catalog
from storage.schema import opening_database
from storage.unit_of_work import Store
from tests.fakes.moment import START
from tests.postgres.server import ROLE, PostgresServer

TEMPLATE = "migrated"


class Databases(Protocol):
    """Where a test gets a database of its own, by its URL."""

    def add_empty(self, folder: Path) -> str:
        """Give an empty database; one that is a file lies in this folder."""
        ...

    async def add_migrated(self, folder: Path) -> str:
        """Give a database with this release's tables and built-in recipes."""
        ...


class SqliteFiles:
    """A file each."""

    def __init__(self) -> None:
        self._migrated: bytes | None = None

    def add_empty(self, folder: Path) -> str:
        """See `Databases.add_empty`."""
        return f"sqlite:///{folder / 'threadwork.db'}"

    async def add_migrated(self, folder: Path) -> str:
        """See `Databases.add_migrated`."""
        (folder / "threadwork.db").write_bytes(await self._read_migrated())
        return self.add_empty(folder)

    async def _read_migrated(self) -> bytes:
        if self._migrated is None:
            with tempfile.TemporaryDirectory() as folder:
                await _migrate(self.add_empty(Path(folder)))
                self._migrated = (Path(folder) / "threadwork.db").read_bytes()
        return self._migrated


class PostgresDatabases:
    """A database of one server each; all of them go with the server, since dropping one costs a checkpoint."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = count(1)
        self._has_template = False

    def add_empty(self, folder: Path) -> str:
        """See `Databases.add_empty`."""
        return self._add("template0")

    async def add_migrated(self, folder: Path) -> str:
        """See `Databases.add_migrated`."""
        if not self._has_template:
            self._server.administer(f"CREATE DATABASE {TEMPLATE} OWNER {ROLE}")
            await _migrate(self._server.url(TEMPLATE))
            self._has_template = True
        return self._add(TEMPLATE)

    def _add(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._server.administer(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template}")
        return self._server.url(name)


async def _migrate(url: str) -> None:
    async with opening_database(url) as database:
        await Store(database, _refuse).save_built_in(read_catalog(), now=START)


def _refuse(_connection: Any, _job: object) -> None:
    raise AssertionError("nothing is enqueued while a template is made")
