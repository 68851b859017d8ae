import pytest

from orchestration.models.port import ToolResult
from orchestration.tickets.log import TicketLog
from recipes.ticket import SegmentSuperseded
from recipes.todo import Todo
from recipes.usage import Usage
from tests.fakes.models import calling, ending
from tests.fakes.moment import START
from tests.fakes.nouns import make_output, make_todo
from tests.fakes.stores import add_ticket


@pytest.fixture
async def log(store, bell, clock, ids) -> TicketLog:
    return TicketLog(ticket=await add_ticket(store), store=store, bell=bell, clock=clock, ids=ids)


async def _write_todos(log: TicketLog, *todos: Todo, call: int) -> None:
    """Write todos as the loop does, with the result kept."""
    log.note_todos(todos)
    await log.save_result(ToolResult(tool_use_id=f"call_1_{call}", content="{}"))


async def test_todos_and_the_progress_to_show_are_kept_together(log, team, bell, clock):
    ear = bell.listen()
    await _write_todos(log, make_todo("read", "in_progress"), make_todo("write"), call=1)
    clock.advance(seconds=3)
    await _write_todos(log, make_todo("read", "completed"), make_todo("write", "in_progress"), call=2)
    async with team.begin() as work:
        todos = await work.tickets.list_todos("tkt_1")
        ticket = await work.tickets.get("tkt_1")
    assert [each.todo.status for each in todos] == ["completed", "in_progress"]
    assert todos[0].duration().total_seconds() == 3
    assert ticket.progress_version == 3
    assert ear._heard.is_set()


async def test_todos_that_cannot_be_kept_leave_progress_as_it_was(log, team, monkeypatch):
    await _write_todos(log, make_todo("read"), call=1)
    monkeypatch.setattr("storage.repositories.tickets.TicketRepository.save_todos", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await _write_todos(log, make_todo("write"), call=2)
    async with team.begin() as work:
        assert [each.todo.content for each in await work.tickets.list_todos("tkt_1")] == ["read"]
        assert list(await work.turns.list_results("tkt_1")) == ["call_1_1"]
        assert (await work.tickets.get("tkt_1")).progress_version == 2


async def test_the_history_in_hand_is_the_one_that_is_kept(log):
    assert await log.history() == ()
    await log.save_turn(1, calling(("read_source", {"source_id": "S1"}), ("read_source", {"source_id": "S2"})))
    await log.save_result(ToolResult(tool_use_id="call_1_2", content="two"))
    await log.save_result(ToolResult(tool_use_id="call_1_1", content="one"))
    in_hand = await log.history()
    log._kept = None
    assert await log.history() == in_hand


async def test_after_trouble_the_history_is_read_anew(log, team, monkeypatch):
    assert await log.history() == ()
    with monkeypatch.context() as trouble:
        trouble.setattr("storage.repositories.turns.TurnRepository.add", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await log.save_turn(1, ending())
    async with team.begin() as work:
        await work.turns.add("tkt_1", 1, ending("Kept.").model_dump_json(), turn_id="trn_9", now=START)
    assert await log.history() == (ending("Kept."),)


async def test_turns_and_results_are_the_history_and_their_usage_is_the_tickets(log, team):
    await log.save_turn(1, calling(("read_source", {"source_id": "S1"}), ("read_source", {"source_id": "S2"})))
    await log.save_result(ToolResult(tool_use_id="call_1_2", content="two"))
    await log.save_result(ToolResult(tool_use_id="call_1_1", content="one"))
    await log.save_turn(2, ending())
    first, second = await log.history()
    assert [result.content for result in first.results] == ["one", "two"]
    assert (second.results, second.stop_reason) == ((), "end_turn")
    async with team.begin() as work:
        assert (await work.tickets.get("tkt_1")).usage == Usage(input_tokens=10, output_tokens=2)


async def test_an_output_is_kept_with_the_answer_that_names_it_or_not_at_all(log, team, monkeypatch):
    log.note_output(make_output())
    with monkeypatch.context() as trouble:
        trouble.setattr("storage.repositories.turns.TurnRepository.add_result", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await log.save_result(ToolResult(tool_use_id="call_1_1", content="{}"))
    assert (await log.get()).outputs == ()
    log.note_output(make_output())
    await log.save_result(ToolResult(tool_use_id="call_1_1", content="{}"))
    async with team.begin() as work:
        assert await work.outputs.list("tkt_1") == (await log.get()).outputs == (make_output(),)


@pytest.mark.parametrize("written", [(), (make_todo("write"),)])
async def test_what_a_segment_does_that_was_superseded_is_not_kept(log, team, written):
    async with team.begin() as work:
        await work.tickets.save((await work.tickets.get("tkt_1")).handed_on())
    if written:
        log.note_todos(written)
    with pytest.raises(SegmentSuperseded):
        await log.save_result(ToolResult(tool_use_id="call_1_1", content="{}"))
    with pytest.raises(SegmentSuperseded):
        await log.save_turn(1, ending())
    async with team.begin() as work:
        assert (await work.turns.list("tkt_1"), await work.turns.list_results("tkt_1")) == ((), {})
        assert await work.tickets.list_todos("tkt_1") == ()


async def test_who_comes_second_with_a_turn_or_an_answer_goes_on_with_what_is_kept(log, store, team, bell, clock, ids):
    asleep = TicketLog(ticket=log._ticket, store=store, bell=bell, clock=clock, ids=ids)
    assert await asleep.history() == await log.history() == ()
    first = calling(("TodoWrite", {"todos": []}))
    await log.save_turn(1, first)
    await asleep.save_turn(1, ending("Something else."))
    log.note_todos((make_todo("read"),))
    await log.save_result(ToolResult(tool_use_id="call_1_1", content="kept"))
    asleep.note_todos((make_todo("dream"),))
    asleep.note_output(make_output())
    await asleep.save_result(ToolResult(tool_use_id="call_1_1", content="dreamt"))
    assert await asleep.get() == await log.get()
    assert [result.content for result in (await log.history())[0].results] == ["kept"]
    async with team.begin() as work:
        assert [each.todo.content for each in await work.tickets.list_todos("tkt_1")] == ["read"]
        assert await work.outputs.list("tkt_1") == ()
