"""What the rows about work share: databases, a model that costs nothing, approved tickets, and hands without Slack."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

import structlog

from orchestration.agents.roster import SERVER_TOOLS
from orchestration.bell import Bell
from orchestration.effects import Effects
from orchestration.engine.dbos_engine import DbosEngine
from orchestration.leases import LeasesPort, LocalLeases, SharedLeases
from orchestration.models.port import ModelPort, Prompt, TurnDelta
from orchestration.moment import SystemClock, UlidIds
from orchestration.tickets.admission import job_of
from orchestration.tickets.delivery import Delivery
from orchestration.tickets.workflow import Hands
from recipes.bundle import BundleAgent, BundleRecipe, FrozenBundle
from recipes.recipe import OutputContract
from recipes.ticket import TicketStatus, WorkTicket
from storage.schema import opening_database
from storage.unit_of_work import Store
from storage.vault import Vault
from tests.fakes.databases import Databases, PostgresDatabases, SqliteFiles
from tests.fakes.models import calling, ending
from tests.fakes.moment import START
from tests.fakes.nouns import make_draft, make_frozen, make_request, make_ticket
from tests.fakes.raises import make_cap_raises
from tests.fakes.spend import FakeSpend
from tests.fakes.threads import FakeThreads
from tests.postgres.server import running_postgres

PATIENCE_S: Final = 120.0
LOOK_S: Final = 0.2
TURNS_AT_MOST: Final = 60
TEXT: Final = {
    "output_type": "content_draft",
    "title": "Churn fell",
    "body": "Churn fell to 3 % in June [@S1.1], and nobody in the thread says why.",
}


class FreeModel:
    """Follows a script and costs nothing: no tokens, no waiting."""

    name = "scripted"

    def __init__(self, script: Sequence[TurnDelta]) -> None:
        self._script = script

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """See `ModelPort.turn`."""
        return self._script[len(history)]


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """One process's hands, and the engine that gives them work."""

    store: Store
    engine: DbosEngine
    threads: FakeThreads
    hands: Hands

    async def hand_over(self, tickets: Sequence[WorkTicket]) -> None:
        """Give all these tickets to the engine, at the same moment."""
        async with self.store.for_team(tickets[0].team_id).begin() as work:
            for ticket in tickets:
                await work.enqueue(job_of(ticket))

    async def wait_until_over(self, tickets: Sequence[WorkTicket]) -> None:
        """Return when all these tickets are completed; it looks so rarely that what is measured does not feel it.

        Raises:
            TimeoutError: they are not in time.
        """
        async with asyncio.timeout(PATIENCE_S):
            for ticket in tickets:
                while not await self._is_completed(ticket):  # noqa: ASYNC110 (what is waited for lies in a database)
                    await asyncio.sleep(LOOK_S)

    async def _is_completed(self, ticket: WorkTicket) -> bool:
        async with self.store.for_team(ticket.team_id).read() as work:
            now = await work.tickets.get(ticket.id)
        assert now.problem is None, now.problem
        return now.status is TicketStatus.COMPLETED


def hush() -> None:
    """Let what works in this process log its errors only: a table is to be read."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def write_script() -> list[TurnDelta]:
    """Give the turns of a short piece of work: it plans, hands a text in, and ends."""
    return [calling(("TodoWrite", list_todos(1))), calling(("emit_work_output", TEXT), turn=2), ending()]


def list_todos(step: int) -> dict[str, Any]:
    """Give the input of a `TodoWrite` at a step of the work."""
    contents = ("Read the sources", "Compare the figures", "Write the text", "Hand it in")
    status = [("completed" if place < step % 4 else "pending") for place in range(4)]
    status[step % 4] = "in_progress"
    todos = [
        {"content": content, "status": each, "activeForm": f"{content} now"}
        for content, each in zip(contents, status, strict=True)
    ]
    return {"todos": todos}


@contextmanager
def keeping_databases(kind: str) -> Iterator[Databases]:
    """Give databases of this kind for the length of the block: `sqlite` or `postgresql`."""
    if kind == "sqlite":
        yield SqliteFiles()
        return
    with running_postgres() as server:
        yield PostgresDatabases(server)


@asynccontextmanager
async def keeping_database(kind: str) -> AsyncGenerator[str]:
    """Give the address of a migrated database of this kind, for the length of the block."""
    with tempfile.TemporaryDirectory() as folder, keeping_databases(kind) as databases:
        yield await databases.add_migrated(Path(folder))


@asynccontextmanager
async def opening_workshop(url: str, model: ModelPort, *, name: str = "embedded") -> AsyncGenerator[Workshop]:
    """Give hands on this database, with a thread that answers at once; whoever wants work done starts the engine."""
    async with opening_database(url) as database, asyncio.TaskGroup() as group:
        engine = DbosEngine(url=url, executor_id=name)
        store = Store(database, engine.submit)
        leases: LeasesPort = LocalLeases() if url.startswith("sqlite") else SharedLeases(store, name)
        await leases.enter()
        beating = group.create_task(leases.run())
        with tempfile.TemporaryDirectory() as folder:
            try:
                threads = FakeThreads()
                hands = _make_hands(store, model, threads, leases, Path(folder))
                yield Workshop(store=store, engine=engine, threads=threads, hands=hands)
            finally:
                await engine.drain()
        beating.cancel()
        await leases.leave()


def _make_hands(store: Store, model: ModelPort, threads: FakeThreads, leases: LeasesPort, folder: Path) -> Hands:
    clock, ids, bell, vault = SystemClock(), UlidIds(), Bell(), Vault(folder)
    effects = Effects(store=store, threads=threads, clock=clock, leases=leases)
    return Hands(
        store=store,
        vault=vault,
        model=model,
        spend=FakeSpend(),
        delivery=Delivery(store=store, threads=threads, vault=vault, effects=effects),
        cap_raises=make_cap_raises(store, effects, bell, clock, ids),
        bell=bell,
        leases=leases,
        clock=clock,
        ids=ids,
        server_tools=SERVER_TOOLS,
    )


def draw_tickets(teams: Sequence[str], count_each: int) -> list[WorkTicket]:
    """Give tickets of a text, each of another person, the workspaces' in turn, their progress messages posted."""
    numbers = count(1)
    return [
        make_ticket(
            f"tkt_{number:06d}",
            team_id=team,
            request_id=f"req_{number}",
            bundle_id=f"bun_{number}",
            requester=f"U{number:06d}",
            recipe_slug="content-draft",
            output_format="md",
            progress_ts=f"{1_794_906_000 + number}.000100",
            shown_version=1,
        )
        for _ in range(count_each)
        for team, number in ((team, next(numbers)) for team in teams)
    ]


async def keep_tickets(store: Store, tickets: Sequence[WorkTicket]) -> None:
    """Keep tickets with all that they stand on, as approving them does; the engine has not got them."""
    for team_id in sorted({ticket.team_id for ticket in tickets}):
        async with store.for_team(team_id).begin() as work:
            for ticket in (each for each in tickets if each.team_id == team_id):
                own = {"team_id": team_id, "user_id": ticket.requester}
                draft = make_draft(ticket.id.replace("tkt", "dra"), **own)
                await work.drafts.add(draft)
                frozen = make_text_bundle(ticket.bundle_id)
                await work.bundles.add(frozen, permalinks={}, now=START)
                stands_on = {"team_id": team_id, "draft_id": draft.id, "bundle_id": frozen.id}
                await work.requests.add(make_request(ticket.request_id, **stands_on))
                await work.tickets.add(ticket)


def make_text_bundle(bundle_id: str) -> FrozenBundle:
    """Give a frozen bundle that asks for a text."""
    return make_frozen(bundle_id, **_TEXT_BUNDLE)


_TEXT_BUNDLE: Final[dict[str, Any]] = {
    "recipe": BundleRecipe(
        slug="content-draft",
        version=1,
        instructions="Write a text in Markdown about: churn",
        contract=OutputContract(format="md", output_type="content_draft"),
    ),
    "agent": BundleAgent(
        type="content",
        model="scripted",
        effort="medium",
        tools=("TodoWrite", "emit_work_output", "read_source", "ask_user"),
        caps={"turns": TURNS_AT_MOST},
    ),
}
