import json

import pytest

from orchestration.agents.host import ToolRefused
from orchestration.agents.tools import EmitWorkOutput, ReadSource, Skill, TodoWrite
from orchestration.models.port import ToolResult
from orchestration.workbench import Workbench, make_filename
from recipes.bundle import find_digest
from recipes.output import Claim
from recipes.recipe import OutputContract
from recipes.todo import Todo
from recipes.usage import Usage
from tests.fakes.models import DECK, calling, ending
from tests.fakes.moment import START
from tests.fakes.nouns import make_bundle, make_source, make_todo
from tests.fakes.stores import add_ticket

EMIT = {"output_type": "report_draft", "title": "Churn fell", "body": "It fell.", "file_format": "pptx"}


@pytest.fixture
async def bench(store, vault, bell, clock, ids) -> Workbench:
    return Workbench(
        ticket=await add_ticket(store),
        bundle=make_bundle(sources=(make_source("S1"), make_source("S2", "Line of a source. " * 1_000))),
        permalinks={},
        store=store,
        vault=vault,
        bell=bell,
        clock=clock,
        ids=ids,
    )


async def _build(bench: Workbench, *, turn: int = 1) -> str:
    """Build a file as the loop does, with the turn and the result kept; give its id."""
    delta = calling(("Skill", {"skill": "pptx", "content": DECK}), turn=turn)
    await bench.save_turn(turn, delta)
    built = await bench.build_file(Skill(skill="pptx", content=DECK))
    result = ToolResult(tool_use_id=delta.tool_calls()[0].id, content=json.dumps(built))
    await bench.save_result(result)
    return built["file_id"]


async def _write_todos(bench: Workbench, *todos: Todo, call: int) -> None:
    """Write todos as the loop does, with the result kept."""
    answer = await bench.write_todos(TodoWrite(todos=todos))
    await bench.save_result(ToolResult(tool_use_id=f"call_1_{call}", content=json.dumps(answer)))


async def test_todos_and_the_progress_to_show_are_kept_together(bench, team, bell, clock):
    ear = bell.listen()
    await _write_todos(bench, make_todo("read", "in_progress"), make_todo("write"), call=1)
    clock.advance(seconds=3)
    await _write_todos(bench, make_todo("read", "completed"), make_todo("write", "in_progress"), call=2)
    async with team.begin() as work:
        todos = await work.tickets.list_todos("tkt_1")
        ticket = await work.tickets.get("tkt_1")
    assert [each.todo.status for each in todos] == ["completed", "in_progress"]
    assert todos[0].duration().total_seconds() == 3
    assert ticket.progress_version == 3
    assert ear._heard.is_set()


async def test_todos_that_cannot_be_kept_leave_progress_as_it_was(bench, team, monkeypatch):
    await _write_todos(bench, make_todo("read"), call=1)
    monkeypatch.setattr("recipes.ticket.WorkTicket.bumped", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await _write_todos(bench, make_todo("write"), call=2)
    async with team.begin() as work:
        assert [each.todo.content for each in await work.tickets.list_todos("tkt_1")] == ["read"]
        assert list(await work.turns.list_results("tkt_1")) == ["call_1_1"]
        assert (await work.tickets.get("tkt_1")).progress_version == 2


async def test_the_history_in_hand_is_the_one_that_is_kept(bench):
    assert await bench.history() == ()
    await bench.save_turn(1, calling(("read_source", {"source_id": "S1"}), ("read_source", {"source_id": "S2"})))
    await bench.save_result(ToolResult(tool_use_id="call_1_2", content="two"))
    await bench.save_result(ToolResult(tool_use_id="call_1_1", content="one"))
    in_hand = await bench.history()
    bench._turns = None
    assert await bench.history() == in_hand


async def test_after_trouble_the_history_is_read_anew(bench, team, monkeypatch):
    assert await bench.history() == ()
    with monkeypatch.context() as trouble:
        trouble.setattr("recipes.ticket.WorkTicket.check_segment", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await bench.save_turn(1, ending())
    async with team.begin() as work:
        await work.turns.add("tkt_1", 1, ending("Kept.").model_dump_json(), turn_id="trn_9", now=START)
    assert await bench.history() == (ending("Kept."),)


async def test_turns_and_results_are_the_history_and_their_usage_is_the_tickets(bench, team):
    await bench.save_turn(1, calling(("read_source", {"source_id": "S1"}), ("read_source", {"source_id": "S2"})))
    await bench.save_result(ToolResult(tool_use_id="call_1_2", content="two"))
    await bench.save_result(ToolResult(tool_use_id="call_1_1", content="one"))
    await bench.save_turn(2, ending())
    first, second = await bench.history()
    assert [result.content for result in first.results] == ["one", "two"]
    assert (second.results, second.stop_reason) == ((), "end_turn")
    async with team.begin() as work:
        assert (await work.tickets.get("tkt_1")).usage == Usage(input_tokens=10, output_tokens=2)


async def test_a_built_file_lies_in_the_vault_under_its_digest(bench, vault):
    built = await bench.build_file(Skill(skill="pptx", content=DECK))
    content = await vault.open(built["file_id"])
    assert find_digest(content) == built["file_id"]
    assert (built["file_format"], built["size_bytes"]) == ("pptx", len(content))
    assert built["generation_time_ms"] >= 0
    assert {"name", "passed", "said"} == set(built["checks"][0])


async def test_content_that_makes_no_file_is_refused_with_what_to_mend(bench):
    with pytest.raises(ToolRefused, match="slides"):
        await bench.build_file(Skill(skill="pptx", content={"title": "x"}))


async def test_an_output_is_kept_with_the_file_that_was_built(bench, team):
    file_id = await _build(bench)
    claim = Claim(kind="quote", text="Churn fell to 3 %.", passages=("S1.1",))
    answer = await bench.emit(EmitWorkOutput(**EMIT, file_id=file_id, claims=(claim,)))
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert answer == {"output_id": output.id}
    assert (output.file_id, output.digest, output.filename) == (file_id, file_id, "Churn-fell.pptx")
    assert (output.generation_method, output.file_format, output.claims) == ("skill", "pptx", (claim,))
    assert output.checks


async def test_an_output_that_is_handed_in_twice_is_one(bench, team):
    call = EmitWorkOutput(**EMIT, file_id=await _build(bench))
    first, second = await bench.emit(call), await bench.emit(call)
    assert first == second
    async with team.begin() as work:
        assert len(await work.outputs.list("tkt_1")) == 1


async def test_a_claim_on_a_passage_that_is_not_in_the_bundle_is_refused(bench, team):
    claim = Claim(kind="quote", text="Churn fell to 3 %.", passages=("S1.1", "S9.1"))
    with pytest.raises(ToolRefused, match=r"“Churn fell to 3 %\.” cites S9\.1, which is not in the bundle"):
        await bench.emit(EmitWorkOutput(**EMIT, file_id=await _build(bench), claims=(claim,)))
    async with team.begin() as work:
        assert await work.outputs.list("tkt_1") == ()


async def test_an_output_is_kept_with_what_was_found_of_its_figures(bench, team):
    await bench.emit(EmitWorkOutput(**EMIT, file_id=await _build(bench)))
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert output.provenance is not None
    (finding,) = output.provenance.findings
    assert (finding.shown, finding.where, finding.passages) == ("3 %", "slide 2, points", ("S1.1",))


@pytest.mark.parametrize(("expression", "why"), [
    (None, "cannot be read"), ("5 +", "cannot be read"), ("2 ** 9", "Pow"), ('sum(S2.1["n"])', "S2.1 is not among"),
])  # fmt: skip
async def test_a_computation_that_nobody_can_work_out_is_refused(bench, expression, why):
    claim = Claim(kind="computed", text="9", passages=("S1.1",), expression=expression)
    with pytest.raises(ToolRefused, match=f"“9” has an expression that cannot be worked out: .*{why}"):
        await bench.emit(EmitWorkOutput(**EMIT, file_id=await _build(bench), claims=(claim,)))


@pytest.mark.parametrize(("wrong", "right"), [("S9", "S1"), ("S1.9", "S1.1"), ("S9.1", "S1.1")])
async def test_content_that_cites_what_the_bundle_does_not_have_is_refused(bench, wrong, right):
    content = json.loads(json.dumps(DECK).replace(f"@{right}]", f"@{wrong}]"))
    if not wrong.startswith("S1"):
        content["sources"].append({"id": "S9", "title": "The board", "kind": "message"})
    with pytest.raises(ToolRefused, match=rf"The content cites .*{wrong}.*, which the bundle does not have"):
        await bench.build_file(Skill(skill="pptx", content=content))


@pytest.fixture
async def text_bench(store, vault, bell, clock, ids) -> Workbench:
    bundle = make_bundle()
    contract = OutputContract(format="md", output_type="content_draft")
    return Workbench(
        ticket=await add_ticket(store),
        bundle=bundle.model_copy(update={"recipe": bundle.recipe.model_copy(update={"contract": contract})}),
        permalinks={"S1": "https://sandbox.slack.com/archives/C0REPORTS/p1"},
        store=store,
        vault=vault,
        bell=bell,
        clock=clock,
        ids=ids,
    )


async def test_a_text_is_kept_with_what_was_found_of_its_figures(text_bench, team):
    body = "Churn fell to 3 % [@S1.1], from 3.5 [@S2.1] or 3.6 [@S2.1]."
    await text_bench.emit(EmitWorkOutput(output_type="content_draft", title="Churn", body=body))
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert output.provenance is not None
    assert (output.provenance.figures.total, output.provenance.figures.missing) == (3, 1)
    assert [(each.shown, each.why) for each in output.provenance.list_missing()] == [
        ("3.6", "not in what is cited here: S1.1, S2.1")
    ]


async def test_a_text_that_cites_what_the_bundle_does_not_have_is_refused(text_bench):
    call = EmitWorkOutput(output_type="content_draft", title="Churn", body="It fell [@S1.1], or not [@S7.1].")
    with pytest.raises(ToolRefused, match=r"The text cites S7\.1, which the bundle does not have"):
        await text_bench.emit(call)


@pytest.mark.parametrize("file_id", [None, "ab" * 32])
async def test_a_file_that_was_not_built_here_is_refused(bench, file_id):
    await _build(bench)
    with pytest.raises(ToolRefused, match=f"No file {file_id} was built here"):
        await bench.emit(EmitWorkOutput(**EMIT, file_id=file_id))


async def test_an_output_of_another_kind_than_the_contract_asks_for_is_refused(bench):
    call = EmitWorkOutput(**{**EMIT, "output_type": "annex"}, file_id=await _build(bench))
    with pytest.raises(ToolRefused, match="The contract asks for a report_draft"):
        await bench.emit(call)


async def test_a_long_source_is_read_page_by_page(bench):
    pages, offset = [], 0
    while offset is not None:
        page = await bench.read_source(ReadSource(source_id="S2", offset=offset))
        assert len(page["text"]) <= 8_000
        pages.append(page["text"])
        offset = page["next_offset"]
    assert len(pages) == 3
    assert len("".join(pages)) == page["total_chars"]
    assert "".join(pages).startswith("[S2.1]\nLine of a source.")


async def test_a_page_behind_the_end_is_empty(bench):
    assert await bench.read_source(ReadSource(source_id="S1", offset=9_999)) == {
        "text": "", "next_offset": None, "total_chars": 25,
    }  # fmt: skip


async def test_a_table_is_read_as_rows_with_its_header(store, vault, bell, clock, ids):
    bench = Workbench(
        ticket=await add_ticket(store),
        bundle=make_bundle(),
        permalinks={},
        store=store,
        vault=vault,
        bell=bell,
        clock=clock,
        ids=ids,
    )
    page = await bench.read_source(ReadSource(source_id="S2"))
    assert page["text"] == "[S2.1]\nchurn: 3 rows\nmonth | rate\nMay | 3.5\nJune | 3\nJuly | "


async def test_a_source_that_is_not_in_the_bundle_is_refused_with_those_that_are(bench):
    with pytest.raises(ToolRefused, match=r"There is no source S7; the bundle has S1, S2\."):
        await bench.read_source(ReadSource(source_id="S7"))


@pytest.mark.parametrize(
    ("title", "filename"),
    [
        ("Churn fell in summer", "Churn-fell-in-summer.pptx"),
        ("../../etc/passwd", "etc-passwd.pptx"),
        ("Größe & Zahl: 2026/27", "Größe-Zahl-2026-27.pptx"),
        ("売上 報告", "売上-報告.pptx"),
        ("???", "report.pptx"),
        ("a\0b\nc", "a-b-c.pptx"),
        ("x" * 200, f"{'x' * 80}.pptx"),
        ("ﬁnal", "final.pptx"),
    ],
)
def test_a_file_is_named_by_the_letters_and_digits_of_its_title(title, filename):
    assert make_filename(title, "pptx") == filename
