"""A real store on a real database; see `tests.fakes.databases`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from recipes.bundle import WorkBundle, freeze
from recipes.ids import BundleId, TeamId
from recipes.job import Job
from recipes.ticket import WorkTicket
from storage.engine import make_database
from storage.unit_of_work import Store
from tests.fakes.moment import START
from tests.fakes.nouns import TEAM, make_bundle, make_draft, make_request, make_ticket


@dataclass
class RecordingEnqueue:
    """The engine's place: writes a job's row into the same transaction, and can be told to refuse."""

    jobs: list[Job] = field(default_factory=list)
    trouble: Exception | None = None

    def __call__(self, connection: Any, job: Job) -> None:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY)")
        connection.execute(text("INSERT INTO jobs VALUES (:id)"), {"id": job.id})
        if self.trouble is not None:
            raise self.trouble
        self.jobs.append(job)


@asynccontextmanager
async def opening_store(url: str, enqueue: RecordingEnqueue | None = None) -> AsyncIterator[Store]:
    """Give a store on a migrated database, for the length of the block."""
    database = make_database(url)
    try:
        yield Store(database, enqueue or RecordingEnqueue())
    finally:
        await database.dispose()


async def add_ticket(
    store: Store,
    *,
    number: int = 1,
    team_id: str = TEAM,
    bundle: WorkBundle | None = None,
    origins: dict[str, Any] | None = None,
    **more: Any,
) -> WorkTicket:
    """Keep a ticket with all that it stands on: draft, bundle, request."""
    own = {"team_id": team_id}
    draft, frozen = make_draft(f"dra_{number}", **own), freeze(BundleId(f"bun_{number}"), bundle or make_bundle())
    request = make_request(f"req_{number}", draft_id=draft.id, bundle_id=frozen.id, **own)
    stands_on = {"request_id": request.id, "bundle_id": frozen.id}
    ticket = make_ticket(f"tkt_{number}", **{**own, **stands_on, **more})
    async with store.for_team(TeamId(team_id)).begin() as work:
        await work.drafts.add(draft)
        permalinks = {"S1": "https://sandbox.slack.com/archives/C0REPORTS/p1"}
        await work.bundles.add(frozen, permalinks=permalinks, origins=origins, now=START)
        await work.requests.add(request)
        await work.tickets.add(ticket)
    return ticket
