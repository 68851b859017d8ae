"""The bot's records, read beside the running bot."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, make_url, select

from storage.tables import metadata

Row = dict[str, Any]


@dataclass(frozen=True)
class Records:
    """The database and the files of one bot, read-only."""

    home: Path
    database_url: str

    def select(self, table: str, **wanted: object) -> list[Row]:
        """Give the rows of a table whose columns have these values, with JSON read."""
        with _make_engine(self.database_url).connect() as connection:
            rows = [dict(row) for row in connection.execute(select(metadata.tables[table])).mappings()]
        return [row for row in rows if all(row[name] == value for name, value in wanted.items())]

    def get(self, table: str, **wanted: object) -> Row:
        """Give the only row with these values."""
        [row] = self.select(table, **wanted)
        return row

    def open_file(self, digest: str) -> bytes:
        """Give the bytes that the vault keeps under this digest."""
        return (self.home / "files" / digest[:2] / digest).read_bytes()

    def find_word(self, word: str) -> list[str]:
        """Give the files of this home that hold a word anywhere, the database among them."""
        return [path.name for path in self._list_files() if word.encode() in path.read_bytes()]

    def _list_files(self) -> Iterator[Path]:
        return (path for path in self.home.rglob("*") if path.is_file())


def _make_engine(url: str) -> Engine:
    plain = make_url(url)
    if plain.get_backend_name() == "sqlite":
        return create_engine(f"sqlite:///file:{plain.database}?mode=ro&uri=true", poolclass=NullPool)
    # All workspaces: see `storage.row_security`.
    every = {"options": "-c default_transaction_read_only=on -c threadwork.team_id=*"}
    return create_engine(plain.set(drivername="postgresql+psycopg"), poolclass=NullPool, connect_args=every)
