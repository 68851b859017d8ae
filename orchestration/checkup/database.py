"""Whether the database is well, and what is to do in it."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from orchestration.checkup.folders import find_fault
from orchestration.checkup.patience import PATIENCE
from orchestration.ports import Clock
from recipes.finding import Finding
from recipes.ticket import TicketStatus
from storage.inspection import DatabaseCondition, WorkCondition, inspect_database
from storage.schema import SQLITE, DatabaseUnreachable, SchemaAge

SUBJECT: Final = "Database"
MIGRATE: Final = (
    "`threadwork migrate` brings it to this release's tables; so does the next start of `threadwork serve`."
)
WRITABLE: Final = "Check THREADWORK_DATABASE_URL, and that this account may write that file and its folder."
CHECK_SERVER: Final = "Check THREADWORK_DATABASE_URL, and that the server runs."
UPGRADE: Final = "Run the release of Threadwork that changed it, or a newer one; this one would not understand it."
# A message is worked within a second; one that waits longer waits for a process.
WAITS_AT_MOST: Final = timedelta(minutes=1)


async def examine_database(url: str, *, clock: Clock) -> Sequence[Finding]:
    """Say whether the database is there and right, which processes share it, and what there is to do."""
    path = Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None
    if path is not None and (fault := _find_fault(path)) is not None:
        return [Finding.problem(SUBJECT, fault, advice=WRITABLE)]
    try:
        found = await inspect_database(url, patience=PATIENCE)
    except DatabaseUnreachable as error:
        advice = CHECK_SERVER if path is None else WRITABLE
        return [Finding.problem(SUBJECT, f"cannot be opened: {error.reason}", advice=advice)]
    if found is None:
        return [Finding.ok(SUBJECT, "SQLite, not made yet: the first start makes it")]
    return [*_judge(found), *(_judge_work(found, found.work, clock.now()) if found.work else ())]


def _find_fault(path: Path) -> str | None:
    """Give what keeps us from a SQLite file, or from making it."""
    if (fault := find_fault(path.parent)) is not None:
        return f"{path.parent} {fault}"
    may_use = not path.exists() or os.access(path, os.R_OK | os.W_OK)
    return None if may_use else f"{path} is not for this account to read and write"


def _judge(found: DatabaseCondition) -> Iterator[Finding]:
    name = f"{found.kind} {found.version}"
    match found.age:
        case SchemaAge.CURRENT:
            yield Finding.ok(SUBJECT, f"{name}, with this release's tables")
        case SchemaAge.NONE:
            yield Finding.ok(SUBJECT, f"{name}, with no tables yet: the first start makes them")
        case SchemaAge.OLDER:
            yield Finding.warning(SUBJECT, f"{name}, with the tables of an older release", advice=MIGRATE)
        case SchemaAge.NEWER:
            yield Finding.problem(SUBJECT, f"{name}, with the tables of a newer release", advice=UPGRADE)
    if not found.writes_ahead:
        said = "is not in write-ahead mode, so reading waits for writing"
        yield Finding.warning(SUBJECT, said, advice="`threadwork migrate` sets it, while no other process runs.")
    if found.unbound_role is not None:
        yield Finding.warning(
            "Workspaces",
            f"the database does not keep them apart: row-level security does not bind the role {found.unbound_role}",
            advice="Use a role with NOSUPERUSER and NOBYPASSRLS that owns the tables, in THREADWORK_DATABASE_URL.",
        )


def _judge_work(found: DatabaseCondition, work: WorkCondition, now: datetime) -> Iterator[Finding]:
    if found.kind == "PostgreSQL":
        yield _judge_processes(work)
    yield Finding.ok("Work", _tell_tickets(work))
    yield _judge_waiting(work, now)


def _judge_processes(work: WorkCondition) -> Finding:
    living = f"{work.living or 'none'} on this database"
    if not work.silent:
        return Finding.ok("Processes", living)
    return Finding.warning(
        "Processes",
        f"{living}; {work.silent} fell silent, and no other has taken its work over yet",
        advice="Start `threadwork serve` or `threadwork worker`: it goes on with what was left within seconds.",
    )


def _tell_tickets(work: WorkCondition) -> str:
    told = [f"{number} {status}" for status in TicketStatus if (number := work.tickets.get(status))]
    return f"tickets: {', '.join(told)}" if told else "no tickets yet"


def _judge_waiting(work: WorkCondition, now: datetime) -> Finding:
    if work.waits_since is None:
        return Finding.ok("Inbox", "nothing waits")
    waits = now - work.waits_since
    said = f"{work.waiting} waiting, the oldest for {_tell_length(waits)}"
    if waits <= WAITS_AT_MOST:
        return Finding.ok("Inbox", said)
    advice = "Start `threadwork serve`, which works it off; if it runs, its log says what is in the way."
    return Finding.warning("Inbox", said, advice=advice)


def _tell_length(length: timedelta) -> str:
    for unit, of in (("days", timedelta(days=1)), ("hours", timedelta(hours=1)), ("minutes", timedelta(minutes=1))):
        if length >= 2 * of:
            return f"{length // of} {unit}"
    return f"{length.total_seconds():.0f} s"
