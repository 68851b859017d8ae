"""A PostgreSQL of its own for tests: Debian's server on a free loopback port, in a folder that is thrown away.

`python -m tests.postgres.server` only says whether there is one, and how to install it.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.fakes.ports import find_free_port

ADMINISTRATOR: Final = "administrator"
ROLE: Final = "threadwork"
# Debian's account for the server, which refuses to run as root.
ACCOUNT: Final = "postgres"
DEBIAN: Final = Path("/usr/lib/postgresql")
START_S: Final = 60


class PostgresMissing(Exception):
    """No server binaries were found."""

    def __str__(self) -> str:
        return "PostgreSQL's server is not installed; on Debian: apt-get install postgresql"


def find_binaries() -> Path:
    """Give the folder of `initdb` and `pg_ctl`, the newest where there are several.

    Raises:
        PostgresMissing: there is none.
    """
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda folder: _version_of(folder.parent.name), reverse=True)
    if asked := shutil.which("pg_config"):
        told = subprocess.run([asked, "--bindir"], check=True, capture_output=True, text=True)
        folders.append(Path(told.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    raise PostgresMissing


@dataclass
class PostgresServer:
    """One server; it can be stopped, killed and started again, and keeps its port and what it was told to keep."""

    binaries: Path = field(default_factory=find_binaries)
    _folder: Path = field(init=False)
    _port: int = field(init=False)
    _password: str = field(init=False, default_factory=lambda: secrets.token_hex(16))

    def __post_init__(self) -> None:
        """Make a new cluster with a role that is no superuser; nothing runs yet."""
        # Not below pytest's own folder, which the server's account may not enter; and a socket's path is short.
        self._folder = Path(tempfile.mkdtemp(prefix="threadwork-postgres-"))
        if os.getuid() == 0:
            shutil.chown(self._folder, ACCOUNT, ACCOUNT)
        self._port = find_free_port()
        # Whoever may enter the folder administers; over TCP there is a password.
        trust = ("--auth-local=trust", "--auth-host=scram-sha-256")
        self._run("initdb", *trust, f"--username={ADMINISTRATOR}", "--encoding=UTF8", "--no-locale")

    def start(self) -> None:
        """Start it, and return when it answers."""
        options = f"-c listen_addresses=127.0.0.1 -c port={self._port} -c unix_socket_directories={self._folder}"
        log = f"--log={self._folder / 'log'}"
        self._run("pg_ctl", "start", "--wait", f"--timeout={START_S}", log, f"--options={options}")

    def stop(self) -> None:
        """End it in order; connections are closed, what was committed is on disk."""
        self._run("pg_ctl", "stop", "--wait", "--mode=fast")

    def kill(self) -> None:
        """End it at once, as a crash does: what was committed is recovered from its log at the next start."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def restart(self) -> None:
        """End it in order and start it again."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Leave nothing behind: no process, no folder."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self.kill()
        shutil.rmtree(self._folder)

    def administer(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the superuser, each in a transaction of its own."""
        address = {"host": str(self._folder), "port": self._port, "user": ADMINISTRATOR, "dbname": database}
        with psycopg.connect(**address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def add_role(self) -> None:
        """Make the role that owns the tests' databases: one that may log in, and nothing more."""
        self.administer(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '{self._password}'")

    def url(self, database: str) -> str:
        """Give the address of a database, for the role."""
        return f"postgresql://{ROLE}:{self._password}@127.0.0.1:{self._port}/{database}"

    def _run(self, binary: str, *arguments: str) -> None:
        command = [self.binaries / binary, f"--pgdata={self._folder / 'data'}", *arguments]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        account = _find_account()
        ended = subprocess.run(
            command, check=False, cwd=self._folder, env=environment, capture_output=True, text=True, **account
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{binary}: {ended.stdout}{ended.stderr}{self._read_log()}")

    def _read_log(self) -> str:
        log = self._folder / "log"
        return log.read_text(encoding="utf-8") if log.exists() else ""


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Give a server with the tests' role; it is gone when the block ends."""
    server = PostgresServer()
    try:
        server.start()
        server.add_role()
        yield server
    finally:
        server.remove()


def _find_account() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    account = pwd.getpwnam(ACCOUNT)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _version_of(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdecimal())


if __name__ == "__main__":
    try:
        find_binaries()
    except PostgresMissing as missing:
        sys.exit(str(missing))
