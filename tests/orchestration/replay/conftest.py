from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from orchestration.agents.roster import SERVER_TOOLS
from orchestration.models.extractive.model import ExtractiveModel
from orchestration.models.port import ModelPort
from orchestration.replay.replay import replay
from orchestration.tickets import delivery as delivery_module
from orchestration.tickets import workflow as workflow_module
from orchestration.tickets.delivery import Delivery
from orchestration.tickets.workflow import Hands, make_workflow
from recipes.bundle import WorkBundle
from recipes.job import Job
from recipes.replay import Replay
from recipes.ticket import WorkTicket
from storage.row_security import EVERY_TEAM
from storage.tables import metadata
from tests.fakes.journal import FakeJournal
from tests.fakes.raises import make_cap_raises
from tests.fakes.spend import FakeSpend
from tests.fakes.stores import add_ticket
from tests.orchestration.models.bundles import EXAMPLE, make_bundle


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Nobody shows progress here, and a file that is shared is seen at once."""
    monkeypatch.setattr(delivery_module, "SHARE_LOOKS", (0.0,))
    monkeypatch.setattr(workflow_module, "PROGRESS_LOOKS", 0)


@pytest.fixture
def iowa() -> WorkBundle:
    """A bundle that the model without a key makes a deck of."""
    said = [("Jonas", "Wind passed coal in 2019, and the board wants to know why."), ("Maya", "The figures are here.")]
    bundle = make_bundle(topic="electricity in Iowa", messages=said, files={"iowa.csv": EXAMPLE.read_bytes()})
    return bundle.model_copy(update={"agent": bundle.agent.model_copy(update={"caps": {"turns": 30}})})


@pytest.fixture
def work_on(store, vault, threads, effects, bell, leases, clock, ids) -> Callable[..., Awaitable[None]]:
    """Work on a ticket to the end of its segment, as the bot does."""
    delivery = Delivery(store=store, threads=threads, vault=vault, effects=effects)

    async def go(ticket: WorkTicket, model: ModelPort | None = None, *, workflow: str = "run_segment") -> None:
        hands = Hands(
            store=store,
            vault=vault,
            model=model or ExtractiveModel(),
            spend=FakeSpend(),
            delivery=delivery,
            cap_raises=make_cap_raises(store, effects, bell, clock, ids),
            bell=bell,
            leases=leases,
            clock=clock,
            ids=ids,
            server_tools=SERVER_TOOLS,
        )
        job = Job(workflow=workflow, team_id=ticket.team_id, ticket_id=ticket.id, segment=ticket.segment)
        await make_workflow(hands)(FakeJournal(), job)

    return go


@pytest.fixture
def run(store, work_on) -> Callable[..., Awaitable[WorkTicket]]:
    """Give a ticket on this bundle after it was worked on."""

    async def go(bundle: WorkBundle, model: ModelPort | None = None, **more: Any) -> WorkTicket:
        ticket = await add_ticket(store, bundle=bundle, model=bundle.agent.model, **more)
        await work_on(ticket, model)
        return ticket

    return go


@pytest.fixture
def again(database_url, vault, tmp_path) -> Callable[..., Awaitable[Replay]]:
    """Replay a ticket into the folder `again`."""

    async def go(ticket_id: str = "tkt_1", *, model: ModelPort | None = None, **changed: Any) -> Replay:
        given = {
            "folder": tmp_path / "again",
            "database_url": database_url,
            "files_url": str(vault._folder),
            "model": model or ExtractiveModel(),
        }
        return await replay(ticket_id, **(given | changed))

    return go


@pytest.fixture
def change(store) -> Callable[..., Awaitable[None]]:
    """Change a row behind everybody's back."""

    async def go(statement: str, *values: Any) -> None:
        async with store._database.begin(EVERY_TEAM) as connection:
            await connection.exec_driver_sql(statement, tuple(values))

    return go


@pytest.fixture
def everything(store, vault) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Give every row of every table, and every file of the vault."""

    async def read() -> dict[str, Any]:
        async with store._database.read(EVERY_TEAM) as connection:
            rows = {table.name: (await connection.execute(select(table))).all() for table in metadata.sorted_tables}
        return {**rows, "files": {str(path): path.read_bytes() for path in _list_files(vault._folder)}}

    return read


def _list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
