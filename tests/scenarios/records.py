"""The bot's records, read beside the running bot."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import JSON

from storage.tables import metadata

Row = dict[str, Any]


@dataclass(frozen=True)
class Records:
    """The database and the files of one home, read-only."""

    home: Path

    def select(self, table: str, **wanted: object) -> list[Row]:
        """Give the rows of a table whose columns have these values, with JSON read."""
        address = f"file:{self.home / 'threadwork.db'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            found = connection.execute(f"SELECT * FROM {metadata.tables[table].name}").fetchall()  # noqa: S608 (a table of ours)
        rows = [_read(table, dict(row)) for row in found]
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


def _read(table: str, row: Row) -> Row:
    columns = metadata.tables[table].columns
    texts = {name for name, value in row.items() if isinstance(columns[name].type, JSON) and isinstance(value, str)}
    return {name: json.loads(value) if name in texts else value for name, value in row.items()}
