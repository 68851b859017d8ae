"""One segment of a ticket, with a journal in a dictionary, a model that follows a script, and a thread in memory."""

import pytest
from structlog.testing import capture_logs

from orchestration.agents.roster import SERVER_TOOLS
from orchestration.engine.port import StepsChanged
from orchestration.models.claude.errors import KeyMissing, KeyRefused, ModelUnknown
from orchestration.tickets import delivery as delivery_module
from orchestration.tickets import workflow as workflow_module
from orchestration.tickets.delivery import Delivery
from orchestration.tickets.workflow import Hands, make_workflow
from recipes.bundle import BundleAgent
from recipes.ending import Ending
from recipes.errors import UserFixableError
from recipes.job import Job
from recipes.reply import CapQuestion, DeliverySummary
from recipes.source import FileRefused
from recipes.spend import MoneyUsedUp, TicketTokensUsedUp
from recipes.ticket import TicketStatus
from storage.row_security import EVERY_TEAM
from tests.fakes.journal import FakeJournal, Killed
from tests.fakes.models import DECK, ScriptedModel, calling, ending
from tests.fakes.nouns import TEAM, TOOLS, make_bundle, make_todo
from tests.fakes.raises import make_cap_raises
from tests.fakes.spend import FakeSpend
from tests.fakes.stores import add_ticket

JOB = Job(workflow="run_segment", team_id=TEAM, ticket_id="tkt_1", segment=1)
STEPS = [
    "open", "turn:1", "tool:1:TodoWrite", "turn:2", "tool:2:Skill", "turn:3", "tool:3:emit_work_output", "turn:4",
    "list_outputs", "upload", "share", "summarise", "finish",
]  # fmt: skip


class BuildingModel(ScriptedModel):
    """Writes todos, builds a deck, hands it in with the id that the skill answered, and ends."""

    def __init__(self) -> None:
        todo = make_todo("Build the deck", "completed").model_dump(mode="json")
        super().__init__(
            [calling(("TodoWrite", {"todos": [todo]})), calling(("Skill", {"skill": "pptx", "content": DECK}), turn=2)]
        )

    async def turn(self, prompt, history):
        self.histories.append(history)
        if len(history) < 2:
            return self._script[len(history)]
        if len(history) == 3:
            return ending()
        (built,) = history[1].results
        file_id = built.content.partition('"file_id": "')[2][:64]
        emit = {"output_type": "report_draft", "title": "Churn fell", "body": "It fell.", "file_id": file_id}
        return calling(("emit_work_output", emit), turn=3)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Nobody shows progress here, and a file that is shared is seen at once."""
    monkeypatch.setattr(delivery_module, "SHARE_LOOKS", (0.0,))
    monkeypatch.setattr(workflow_module, "PROGRESS_LOOKS", 0)


@pytest.fixture
def delivery(store, threads, vault, effects) -> Delivery:
    return Delivery(store=store, threads=threads, vault=vault, effects=effects)


@pytest.fixture
def run(store, vault, delivery, effects, bell, leases, clock, ids):
    """Run the segment with this model over this journal."""

    async def go(model, journal=None, spend=None, **more):
        hands = Hands(
            store=store,
            vault=vault,
            model=model,
            spend=spend or FakeSpend(),
            delivery=delivery,
            cap_raises=make_cap_raises(store, effects, bell, clock, ids),
            bell=bell,
            leases=leases,
            clock=clock,
            ids=ids,
            **{"server_tools": SERVER_TOOLS, **more},
        )
        journal = journal or FakeJournal()
        await make_workflow(hands)(journal, JOB)
        return journal

    return go


@pytest.fixture
def get_ticket(team):
    async def go():
        async with team.begin() as work:
            return await work.tickets.get("tkt_1")

    return go


async def test_a_segment_opens_works_delivers_and_ends(store, run, threads, team, vault, get_ticket):
    ticket = await add_ticket(store)
    journal = await run(BuildingModel())
    assert journal.ran == STEPS
    done = await get_ticket()
    assert done.status is TicketStatus.COMPLETED
    assert [todo["status"] for todo in done.final_todos] == ["completed"]
    assert done.execution_time_ms == 0
    (summary,) = threads.list_said(ticket.thread)
    assert isinstance(summary, DeliverySummary)
    ((_, file_id),) = threads.shares
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert threads.contents[file_id] == await vault.open(output.file_id)


@pytest.mark.parametrize("step", STEPS)
async def test_after_a_crash_at_any_step_everything_is_delivered_once(store, run, threads, team, get_ticket, step):
    await add_ticket(store)
    model, journal = BuildingModel(), FakeJournal(dies_after=step)
    with pytest.raises(Killed):
        await run(model, journal)
    await run(model, FakeJournal(journal.kept))
    assert (await get_ticket()).status is TicketStatus.COMPLETED
    assert len(threads.shares) == 1
    assert [type(post.said) for post in threads.posts] == [DeliverySummary]
    assert [len(history) for history in model.histories] == [0, 1, 2, 3]
    async with team.begin() as work:
        assert len(await work.outputs.list("tkt_1")) == 1


async def test_work_without_an_output_fails_with_a_sentence(store, run, get_ticket):
    await add_ticket(store)
    await run(ScriptedModel([ending()] * 4))
    failed = await get_ticket()
    assert failed.status is TicketStatus.FAILED
    assert failed.problem == (
        "Nothing was finished: the agent ended again and again without handing anything in. What was staged is kept. "
        "Ask for it again, perhaps in other words."
    )


async def test_what_was_built_is_delivered_where_the_agent_had_to_stop_and_marked_as_a_part(
    store, run, threads, get_ticket
):
    ticket = await add_ticket(store)
    built = calling(("Skill", {"skill": "pptx", "content": DECK}))
    await run(ScriptedModel([built, ending().model_copy(update={"stop_reason": "refusal"})]))
    done = await get_ticket()
    assert (done.status, done.partial) == (TicketStatus.COMPLETED, True)
    (summary,) = threads.list_said(ticket.thread)
    assert (summary.partial, summary.cut_short) == (True, Ending.DECLINED)
    assert len(threads.shares) == 1


@pytest.mark.parametrize("step", ["list_outputs", "share", "summarise", "finish"])
async def test_after_a_crash_a_part_is_still_a_part_and_delivered_once(store, run, threads, get_ticket, step):
    await add_ticket(store)
    built = calling(("Skill", {"skill": "pptx", "content": DECK}))
    model = ScriptedModel([built, ending().model_copy(update={"stop_reason": "refusal"})])
    journal = FakeJournal(dies_after=step)
    with pytest.raises(Killed):
        await run(model, journal)
    await run(model, FakeJournal(journal.kept))
    done = await get_ticket()
    assert (done.status, done.partial, len(threads.shares)) == (TicketStatus.COMPLETED, True, 1)
    assert [len(history) for history in model.histories] == [0, 1]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (FileRefused("a.csv", "is empty"), "`a.csv` is empty."),
        (KeyError("secret"), "Something broke on our side. Nothing you said is lost. If you report it"),
    ],
)
async def test_a_ticket_never_ends_without_saying_so(store, run, get_ticket, error, problem):
    class Broken(ScriptedModel):
        async def turn(self, prompt, history):
            raise error

    await add_ticket(store)
    with capture_logs() as logs:
        await run(Broken([]))
    failed = await get_ticket()
    assert failed.status is TicketStatus.FAILED
    assert failed.problem.startswith(problem)
    assert "secret" not in failed.problem
    assert len([log for log in logs if log["log_level"] == "error"]) == (not isinstance(error, UserFixableError))


async def test_a_touched_bundle_is_not_worked_on(store, run, get_ticket):
    await add_ticket(store)
    async with store._database.begin(EVERY_TEAM) as connection:
        await connection.exec_driver_sql("UPDATE work_bundles SET canonical = CAST(canonical || ' ' AS BLOB)")
    model = ScriptedModel([ending()])
    with capture_logs():
        await run(model)
    failed = await get_ticket()
    assert failed.status is TicketStatus.FAILED
    assert failed.problem.startswith("What was approved is no longer what is stored, so I did not work on it.")
    assert model.histories == []


async def test_the_turns_of_a_bundle_are_capped(store, run, get_ticket):
    await add_ticket(store)
    turn = {"todos": [make_todo().model_dump(mode="json")]}
    model = ScriptedModel([calling(("TodoWrite", turn), turn=number) for number in range(1, 40)])
    await run(model)
    assert len(model.histories) == 30
    assert (await get_ticket()).status is TicketStatus.FAILED


class RenamedJournal(FakeJournal):
    """A journal that another release of the same version wrote: nothing in it has the name that is asked for."""

    async def step(self, name, work, *, preemptible=False):
        raise StepsChanged(step=name, detail="another step was recorded")


async def test_a_journal_of_other_steps_fails_the_ticket_with_a_sentence(store, run, get_ticket):
    await add_ticket(store, status=TicketStatus.RUNNING)
    await run(ScriptedModel([ending()]), RenamedJournal())
    failed = await get_ticket()
    assert failed.status is TicketStatus.FAILED
    assert failed.problem.startswith("I was updated while I worked on this")


async def test_each_turn_is_on_the_tickets_account(store, run):
    await add_ticket(store)
    spend = FakeSpend()
    await run(BuildingModel(), spend=spend)
    assert {(owner.kind, owner.id) for owner, _, _ in spend.reserved} == {("ticket", "tkt_1")}
    assert len(spend.reserved) == len(spend.settled) == 4


async def test_work_that_may_spend_no_more_ends_in_the_sentence_that_says_so(store, run, get_ticket):
    await add_ticket(store)
    model = BuildingModel()
    await run(model, spend=FakeSpend(refuses=MoneyUsedUp("ticket", "$4.98", "$5.00")))
    ticket = await get_ticket()
    assert (ticket.status, model.histories) == (TicketStatus.FAILED, [])
    assert "$4.98 of the $5.00" in ticket.problem


async def test_what_was_built_before_the_account_was_used_up_is_delivered(store, run, get_ticket, threads):
    await add_ticket(store)

    class Purse(FakeSpend):
        async def reserve(self, owner, model, most):
            if len(self.reserved) == 2:
                raise MoneyUsedUp("ticket", "$4.98", "$5.00")
            return await super().reserve(owner, model, most)

    await run(BuildingModel(), spend=Purse())
    ticket = await get_ticket()
    assert (ticket.status, "$4.98 of the $5.00" in ticket.problem) == (TicketStatus.FAILED, True)
    (summary,) = [post.said for post in threads.posts if isinstance(post.said, DeliverySummary)]
    assert (summary.partial, summary.cut_short) == (True, Ending.SPENT)


async def test_work_that_may_search_does_not_begin_where_the_settings_forbid_it_by_now(run, store, get_ticket):
    tools = (*TOOLS, "web_search")
    agent = BundleAgent(type="research", model="claude-sonnet-5-5", effort="low", tools=tools, caps={"turns": 9})
    await add_ticket(store, bundle=make_bundle(agent=agent), model=agent.model)
    model = ScriptedModel([ending()])
    await run(model, server_tools=frozenset())
    ticket = await get_ticket()
    assert (ticket.status, model.histories) == (TicketStatus.FAILED, [])
    assert "approved with web search, which this server's settings no longer allow" in ticket.problem


@pytest.mark.parametrize(
    ("used_up", "asked"),
    [
        (MoneyUsedUp("ticket", "$4.98", "$5.00"), [("usd", 5_000_000_000, 5_000_000_000)]),
        (TicketTokensUsedUp(1_999_000, 2_000_000), [("tokens", 2_000_000, 2_000_000)]),
        (MoneyUsedUp("person", "$99.98", "$100.00"), []),
    ],
)
async def test_work_that_stopped_at_its_own_cap_asks_whether_to_raise_it(
    store, run, get_ticket, threads, used_up, asked
):
    await add_ticket(store)
    await run(BuildingModel(), spend=FakeSpend(refuses=used_up))
    assert (await get_ticket()).status is TicketStatus.FAILED
    offers = [post.said.raised for post in threads.posts if isinstance(post.said, CapQuestion)]
    assert [(each.kind, each.cap, each.amount) for each in offers] == asked


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (KeyMissing("claude-x"), "no key for it is set"),
        (KeyRefused(), "does not take our key"),
        (ModelUnknown("claude-x"), "knows no model `claude-x`"),
        (ModelUnknown("claude-sonnet-4-5"), "took the model `claude-sonnet-4-5` away after 30 November 2026"),
    ],
    ids=["missing key", "revoked key", "unknown model", "model that was taken away"],
)
async def test_what_keeps_a_model_from_working_is_said_of_the_work_for_people(store, run, get_ticket, trouble, said):
    class Kept:
        name = "claude-x"

        async def turn(self, prompt, history):
            raise trouble

    await add_ticket(store)
    await run(Kept())
    ticket = await get_ticket()
    assert (ticket.status, said in ticket.problem) == (TicketStatus.FAILED, True)
    assert "incident" not in ticket.problem
