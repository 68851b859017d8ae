"""The staging boundary: once a brief is approved, nothing reads or writes what people said or put into baskets.

Every statement of the process is recorded, from the approval's commit to the delivered file and its summary; the same
recorder has seen staging read all of it before.
"""

import pytest
from sqlalchemy import text

from orchestration.agents.roster import SERVER_TOOLS
from orchestration.tickets import delivery as delivery_module
from orchestration.tickets import workflow as workflow_module
from orchestration.tickets.delivery import Delivery
from orchestration.tickets.progress import ProgressPump
from orchestration.tickets.sessions import Sessions
from orchestration.tickets.workflow import Hands, make_workflow
from recipes.job import Job
from recipes.reply import DeliverySummary
from recipes.ticket import TicketStatus
from storage.row_security import EVERY_TEAM
from storage.tables import metadata
from storage.vault import Vault
from tests.fakes.journal import FakeJournal
from tests.fakes.models import PacedModel, ScriptedModel, take_turn
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM, make_item
from tests.fakes.raises import make_cap_raises
from tests.fakes.spend import FakeSpend
from tests.fakes.statements import (
    STAGING_TABLES,
    WORKING_TABLES,
    beyond_the_wall,
    recording_statements,
    tables_of,
)
from tests.fakes.threads import Place

CSV = b"month,rate\nMay,3.5\nJune,3\nJuly,2.5\n"
# What a workbench says of the conversation: it asks nothing of it.
OUTWARD = {"say", "show_progress", "show_session", "amend", "find_effect", "upload", "share", "is_shared"}


class WatchedVault(Vault):
    """A vault that knows which files were opened."""

    def __init__(self, folder):
        super().__init__(folder)
        self.opened = []

    async def open(self, digest):
        self.opened.append(digest)
        return await super().open(digest)


class TurningModel(ScriptedModel):
    async def turn(self, prompt, history):
        return take_turn(history)


class BrokenOffModel(ScriptedModel):
    """Builds its file, and then waits for nobody."""

    async def turn(self, prompt, history):
        if len(history) == 2:
            raise RuntimeError("broken off")
        return take_turn(history)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(delivery_module, "SHARE_LOOKS", (0.0,))
    monkeypatch.setattr(workflow_module, "PROGRESS_LOOKS", 0)


@pytest.fixture
def vault(tmp_path):
    return WatchedVault(tmp_path / "files")


@pytest.fixture
def statements():
    with recording_statements() as recorded:
        yield recorded


@pytest.fixture
async def approved(statements, talk, threads, requests, team):
    """A ticket on a message, its file and notes of two baskets, approved just now, and the place of that moment."""
    threads.places["C0FINANCE"] = Place([MAYA, "U0BOT"], name="finance")
    await requests.add_note(TEAM, CHANNEL, "Priya", "The launch moved to May.")
    await requests.add_note(TEAM, "C0FINANCE", "Maya", "The budget is 12.")
    root = threads.hear("Churn fell to 3 %.", user_id=JONAS, files=(threads.put_file("churn.csv", CSV),))
    asked = threads.hear(
        "make a deck about churn, use the basket of <#C0FINANCE|finance>", thread_ts=root.ts, mentions_bot=True
    )
    await talk.work(make_item(payload=asked.model_dump(mode="json")))
    async with team.read() as work:
        draft = await work.drafts.find_newest(root.thread, MAYA)
        assert len((await work.bundles.get(draft.shown_bundle())).open().sources) == 4
    ticket_id = await requests.approve(TEAM, draft.id, draft.brief_no, MAYA)
    return ticket_id, statements.find_commit_after("INSERT INTO work_tickets")


@pytest.fixture
def live(*, store, vault, threads, effects, bell, leases, clock, ids, talk, team):
    """Let everything that a process does for a ticket happen once: its segment, its progress, its session, its card."""
    delivery = Delivery(store=store, threads=threads, vault=vault, effects=effects)
    pump = ProgressPump(store=store, threads=threads, effects=effects, bell=bell, leases=leases)
    sessions = Sessions(store=store, threads=threads, bell=bell, leases=leases)

    async def go(ticket_id, model, *, workflow="run_segment"):
        await pump._pump_once()
        await sessions._look_once()
        for item in await store.list_waiting(most=20):
            await talk.work(item)
        hands = Hands(
            store=store,
            vault=vault,
            model=model,
            spend=FakeSpend(),
            delivery=delivery,
            cap_raises=make_cap_raises(store, effects, bell, clock, ids),
            bell=bell,
            leases=leases,
            clock=clock,
            ids=ids,
            server_tools=SERVER_TOOLS,
        )
        async with team.read() as work:
            ticket = await work.tickets.get(ticket_id)
        job = Job(workflow=workflow, team_id=TEAM, ticket_id=ticket_id, segment=ticket.segment)
        await make_workflow(hands)(FakeJournal(), job)
        await pump._pump_once()
        await sessions._look_once()

    return go


@pytest.fixture
def check_wall(statements, approved, threads, vault, team):
    """Check what was said to databases, the vault and the conversation since the approval."""
    calls_before, opened_before = len(threads.calls), len(vault.opened)

    async def check():
        since = statements.list_since(approved[1])
        assert {"work_bundles", "work_tickets", "turns", "work_outputs", "effects"} <= tables_of(since)
        assert beyond_the_wall(since) == []
        assert set(threads.calls[calls_before:]) <= OUTWARD
        async with team.read() as work:
            outputs = await work.outputs.list(approved[0])
        assert set(vault.opened[opened_before:]) == {output.file_id for output in outputs}
        assert any(isinstance(post.said, DeliverySummary) for post in threads.posts)

    return check


def test_each_table_stands_on_one_side_of_the_wall():
    assert set(metadata.tables) == STAGING_TABLES | WORKING_TABLES
    assert not STAGING_TABLES & WORKING_TABLES


async def test_the_recorder_sees_staging_read_all_that_it_reads(statements, approved):
    before = statements.list_since(0)[: approved[1]]
    read = [each for each in before if each.lstrip().upper().startswith("SELECT")]
    assert tables_of(read) >= STAGING_TABLES


async def test_the_recorder_sees_a_look_behind_the_wall_in_the_midst_of_work(statements, approved, live, team):
    class Peeking(TurningModel):
        async def turn(self, prompt, history):
            async with team.read() as work:
                await work.transcript.has(asking)
            return await super().turn(prompt, history)

    async with team.read() as work:
        asking = (await work.tickets.get(approved[0])).thread
    await live(approved[0], Peeking([]))
    assert len(beyond_the_wall(statements.list_since(approved[1]))) == 5


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT 1 FROM "substrate_blocks"',
        "select t.said from public.transcript t",
        "WITH x AS (SELECT id FROM Baskets) DELETE FROM reference_assets",
    ],
)
async def test_the_recorder_reads_any_spelling(statement):
    assert beyond_the_wall([statement, "SELECT basket_id FROM work_tickets"]) == [statement]


async def test_statements_past_the_repositories_are_seen_too(statements, store):
    async with store._database.read(EVERY_TEAM) as connection:
        await connection.execute(text("SELECT count(*) FROM transcript"))
    assert tables_of(statements.list_since(0)) == {"transcript"}


async def test_from_approval_to_delivery_nothing_reads_behind_the_wall(approved, live, check_wall):
    await live(approved[0], TurningModel([]))
    await check_wall()


async def test_nor_does_work_that_asks_and_is_answered(approved, live, check_wall, tickets, team):
    model = PacedModel(question={"question": "Which quarter?"})
    await live(approved[0], model)
    async with team.read() as work:
        asked = await work.questions.find_open(approved[0])
    await tickets.answer(TEAM, asked.id, MAYA, "Q3")
    await live(approved[0], model)
    await check_wall()


async def test_nor_does_work_that_is_stopped_and_hands_in_what_there_is(approved, live, check_wall, tickets, team):
    await _leave_unfinished(live, team, approved[0])
    await tickets.stop(TEAM, approved[0], MAYA)
    await live(approved[0], TurningModel([]), workflow="close_segment")
    await check_wall()


async def _leave_unfinished(live, team, ticket_id):
    """Let a ticket stand as it does while it runs, its file built."""
    await live(ticket_id, BrokenOffModel([]))
    async with team.begin() as work:
        failed = await work.tickets.get(ticket_id)
        await work.tickets.save(failed.model_copy(update={"status": TicketStatus.RUNNING, "finished_at": None}))


async def test_nor_does_work_that_failed_and_goes_on(approved, live, check_wall, tickets):
    await live(approved[0], BrokenOffModel([]))
    await tickets.go_on(TEAM, approved[0], MAYA)
    await live(approved[0], TurningModel([]))
    await check_wall()
