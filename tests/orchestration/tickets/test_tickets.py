"""Stopping, going on, answering: each writes once, for the requester only."""

from datetime import timedelta

import pytest

from orchestration.conversation.thread_words import GOING_ON, STOPPED, STOPPING, ThreadWord, ThreadWords
from orchestration.engine.port import JobStatus
from orchestration.housekeeping import KEEP_JOURNALS, QUIET_AT_MOST, Housekeeping
from orchestration.tickets.admission import PERSON_CONCURRENCY, admit, admit_next
from recipes.entitlement import NotTheRequester
from recipes.question import Question, QuestionClosed, QuestionStatus
from recipes.ticket import TicketMoveRefused, TicketStatus
from tests.fakes.moment import START
from tests.fakes.nouns import JONAS, MAYA, TEAM, make_said
from tests.fakes.stores import add_ticket


def make_question(**more) -> Question:
    values = {
        "id": "qst_1",
        "team_id": TEAM,
        "ticket_id": "tkt_1",
        "tool_use_id": "call_1",
        "segment": 1,
        "text": "Which region?",
        "options": ("North", "South"),
        "asked_at": START,
        "remind_at": START + timedelta(hours=8),
        "expires_at": START + timedelta(days=7),
    }
    return Question(**{**values, **more})


@pytest.fixture
async def waiting(store, team):
    """A ticket that waits for an answer."""
    ticket = await add_ticket(store, status=TicketStatus.WAITING)
    async with team.begin() as work:
        await work.questions.add(make_question())
    return ticket


async def _get(team, ticket_id="tkt_1"):
    async with team.read() as work:
        return await work.tickets.get(ticket_id)


async def test_running_work_is_handed_to_its_closing_segment_and_interrupted(store, team, tickets, enqueue, cancelled):
    await add_ticket(store, status=TicketStatus.RUNNING)
    await tickets.stop(TEAM, "tkt_1", MAYA)
    kept = await _get(team)
    assert (kept.status, kept.closing, kept.segment, kept.stopped_by) == (TicketStatus.RUNNING, True, 2, MAYA)
    assert [(job.id, job.is_urgent) for job in enqueue.jobs] == [("close:tkt_1:2", True)]
    assert cancelled == ["run:tkt_1:1"]


async def test_stopping_twice_is_stopping_once(store, tickets, enqueue):
    await add_ticket(store, status=TicketStatus.RUNNING)
    await tickets.stop(TEAM, "tkt_1", MAYA)
    await tickets.stop(TEAM, "tkt_1", MAYA)
    assert len(enqueue.jobs) == 1


async def test_work_that_did_not_begin_just_ends(store, team, tickets, enqueue, cancelled):
    await add_ticket(store, status=TicketStatus.PENDING)
    stopped = await tickets.stop(TEAM, "tkt_1", MAYA)
    assert stopped.status is TicketStatus.CANCELLED
    assert (await _get(team)).closing is False
    assert enqueue.jobs == []
    assert cancelled == ["run:tkt_1:1"]


@pytest.mark.parametrize("status", [TicketStatus.COMPLETED, TicketStatus.CANCELLED, TicketStatus.FAILED])
async def test_what_is_over_cannot_be_stopped(store, tickets, status):
    await add_ticket(store, status=status)
    with pytest.raises(TicketMoveRefused):
        await tickets.stop(TEAM, "tkt_1", MAYA)


@pytest.mark.parametrize("status", [TicketStatus.PENDING, TicketStatus.RUNNING, TicketStatus.COMPLETED])
async def test_only_what_was_stopped_or_failed_goes_on(store, tickets, status):
    await add_ticket(store, status=status)
    with pytest.raises(TicketMoveRefused):
        await tickets.go_on(TEAM, "tkt_1", MAYA)


async def test_failed_work_goes_on_in_its_next_segment(store, team, tickets, enqueue):
    await add_ticket(store, status=TicketStatus.FAILED, problem="Slack was away.", finished_at=START)
    await tickets.go_on(TEAM, "tkt_1", MAYA)
    kept = await _get(team)
    assert (kept.status, kept.segment, kept.problem, kept.finished_at) == (TicketStatus.PENDING, 2, None, None)
    assert [job.id for job in enqueue.jobs] == ["run:tkt_1:2"]


async def test_nobody_else_stops_resumes_or_answers(store, waiting, tickets, enqueue):
    for verb in (tickets.stop, tickets.go_on):
        with pytest.raises(NotTheRequester):
            await verb(TEAM, waiting.id, JONAS)
    with pytest.raises(NotTheRequester):
        await tickets.answer(TEAM, "qst_1", JONAS, "North")
    assert enqueue.jobs == []


async def test_an_answer_starts_the_next_segment_once(waiting, team, tickets, enqueue):
    await tickets.answer(TEAM, "qst_1", MAYA, "North")
    with pytest.raises(QuestionClosed):
        await tickets.answer(TEAM, "qst_1", MAYA, "South")
    assert [job.id for job in enqueue.jobs] == ["run:tkt_1:2"]
    async with team.read() as work:
        assert (await work.questions.get("qst_1")).answer == "North"


async def test_stopped_waiting_work_wants_no_answer_any_more(waiting, tickets):
    await tickets.stop(TEAM, waiting.id, MAYA)
    with pytest.raises(QuestionClosed):
        await tickets.answer(TEAM, "qst_1", MAYA, "North")


async def test_one_person_does_not_take_all_the_hands(store, team, enqueue):
    numbers = range(1, PERSON_CONCURRENCY + 3)
    made = [await add_ticket(store, number=number, priority=9 - number, queued=False) for number in numbers]
    async with team.begin() as work:
        queued = [(await admit(work, ticket)).queued for ticket in made]
    assert queued == [True] * PERSON_CONCURRENCY + [False] * 2
    async with team.begin() as work:
        first = await work.tickets.get(made[0].id)
        await work.tickets.save(first.moved_to(TicketStatus.CANCELLED, now=START))
        await admit_next(work, MAYA)
    assert enqueue.jobs[-1].ticket_id == made[-1].id, "the one with the higher priority"
    async with team.begin() as work:
        await admit_next(work, MAYA)
    assert len(enqueue.jobs) == PERSON_CONCURRENCY + 1


class FakeEngine:
    """What housekeeping asks of an engine."""

    def __init__(self) -> None:
        self.statuses: dict[str, JobStatus] = {}
        self.forgot_before = None

    async def status(self, job_id):
        return self.statuses.get(job_id)

    async def forget(self, *, before):
        self.forgot_before = before
        return 0


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def housekeeping(store, effects, tickets, engine, leases, clock, ids) -> Housekeeping:
    return Housekeeping(
        store=store, effects=effects, tickets=tickets, engine=engine, leases=leases, clock=clock, ids=ids
    )


async def test_a_question_is_reminded_of_once(waiting, housekeeping, clock, threads):
    clock.advance(hours=7)
    await housekeeping.do_what_is_due()
    assert threads.posts == []
    clock.advance(hours=1)
    await housekeeping.do_what_is_due()
    await housekeeping.do_what_is_due()
    (reminder,) = threads.list_said(waiting.thread)
    assert "I still wait for your answer" in reminder.text


async def test_a_question_that_nobody_answers_ends_the_work_by_its_closing_segment(
    waiting, housekeeping, engine, clock, team, enqueue
):
    engine.statuses["close:tkt_1:2"] = JobStatus.QUEUED
    clock.advance(days=7)
    await housekeeping.do_what_is_due()
    kept = await _get(team)
    assert (kept.closing, kept.stopped_by) == (True, None)
    assert "Nobody answered in time" in kept.problem
    assert [job.id for job in enqueue.jobs] == ["close:tkt_1:2"]
    async with team.read() as work:
        assert (await work.questions.get("qst_1")).status is QuestionStatus.CLOSED


async def test_running_work_that_does_not_move_is_named_once(store, housekeeping, engine, clock, threads):
    ticket = await add_ticket(store, status=TicketStatus.RUNNING)
    engine.statuses["run:tkt_1:1"] = JobStatus.RUNNING
    await housekeeping.do_what_is_due()
    assert threads.posts == []
    for _ in range(2):
        clock.advance(seconds=QUIET_AT_MOST.total_seconds())
        await housekeeping.do_what_is_due()
    (said,) = threads.list_said(ticket.thread)
    assert "has not moved for 15 minutes" in said.text


async def test_work_in_a_queue_is_not_stuck_however_long_it_takes(store, housekeeping, engine, clock, threads):
    await add_ticket(store)
    engine.statuses["run:tkt_1:1"] = JobStatus.QUEUED
    clock.advance(seconds=QUIET_AT_MOST.total_seconds())
    await housekeeping.do_what_is_due()
    assert threads.posts == []


async def test_journals_that_nobody_needs_are_deleted(housekeeping, engine, clock):
    await housekeeping.do_what_is_due()
    assert engine.forgot_before == clock.now() - KEEP_JOURNALS


@pytest.mark.parametrize("status", [TicketStatus.PENDING, TicketStatus.RUNNING])
async def test_work_that_ends_its_process_each_time_fails_with_a_sentence_and_can_go_on(
    store, team, tickets, housekeeping, engine, enqueue, status
):
    await add_ticket(store, status=status, started_at=None)
    engine.statuses["run:tkt_1:1"] = JobStatus.GIVEN_UP
    await housekeeping.do_what_is_due()
    failed = await _get(team)
    assert failed.status is TicketStatus.FAILED
    assert failed.problem.startswith("Each time I worked on this, my process died")
    assert failed.shown_version < failed.progress_version, "the thread is told"
    await tickets.go_on(TEAM, "tkt_1", MAYA)
    assert [job.id for job in enqueue.jobs] == ["run:tkt_1:2"]


@pytest.mark.parametrize("job", [JobStatus.ENDED, None])
async def test_work_whose_job_is_gone_fails_and_makes_room_for_the_next(
    store, team, housekeeping, engine, enqueue, job
):
    await add_ticket(store, status=TicketStatus.RUNNING)
    await add_ticket(store, number=2, queued=False)
    engine.statuses["run:tkt_1:1"] = job
    await housekeeping.do_what_is_due()
    failed = await _get(team)
    assert failed.status is TicketStatus.FAILED
    assert failed.problem.startswith("I lost hold of this work")
    assert [queued.id for queued in enqueue.jobs] == ["run:tkt_2:1"]


async def test_a_stopped_ticket_is_lost_only_with_the_job_that_closes_it(store, team, tickets, housekeeping, engine):
    await add_ticket(store, status=TicketStatus.RUNNING)
    await tickets.stop(TEAM, "tkt_1", MAYA)
    engine.statuses = {"run:tkt_1:1": JobStatus.CANCELLED, "close:tkt_1:2": JobStatus.QUEUED}
    await housekeeping.do_what_is_due()
    assert (await _get(team)).status is TicketStatus.RUNNING


async def test_work_that_waits_for_an_answer_needs_no_job(waiting, team, housekeeping):
    await housekeeping.do_what_is_due()
    assert (await _get(team)).status is TicketStatus.WAITING


async def test_answered_work_whose_job_is_gone_is_not_forgotten(waiting, team, tickets, housekeeping, engine):
    await tickets.answer(TEAM, "qst_1", MAYA, "North")
    engine.statuses["run:tkt_1:2"] = JobStatus.GIVEN_UP
    await housekeeping.do_what_is_due()
    assert (await _get(team)).status is TicketStatus.FAILED


async def test_work_that_moved_on_is_not_given_up(store, team, tickets):
    seen = await add_ticket(store, status=TicketStatus.RUNNING)
    async with team.begin() as work:
        await work.tickets.save(seen.moved_to(TicketStatus.COMPLETED, now=START))
    assert not await tickets.give_up(seen, problem="Lost.")
    assert (await _get(team)).status is TicketStatus.COMPLETED


@pytest.fixture
def words(requests, tickets) -> ThreadWords:
    return ThreadWords(requests, tickets)


async def test_a_stop_that_is_heard_once_more_does_not_stop_what_went_on_since(words, tickets, store, team, enqueue):
    await add_ticket(store, status=TicketStatus.RUNNING)
    said = make_said("stop", ts="1795418499.000001")
    assert await words.obey(ThreadWord.STOP, said, None) == STOPPING
    async with team.begin() as work:
        stopped = (await work.tickets.get("tkt_1")).moved_to(TicketStatus.CANCELLED, now=START)
        await work.tickets.save(stopped.model_copy(update={"closing": False}))
    await tickets.go_on(TEAM, "tkt_1", MAYA)
    assert await words.obey(ThreadWord.STOP, said, None) == STOPPING
    kept = await _get(team)
    assert (kept.status, kept.closing) == (TicketStatus.PENDING, False)
    assert [job.id for job in enqueue.jobs] == ["close:tkt_1:2", "run:tkt_1:3"]
    assert await words.obey(ThreadWord.STOP, make_said("stop", ts="1795418500.000001"), None) == STOPPED


async def test_a_go_on_that_is_heard_once_more_does_not_wake_what_was_stopped_since(words, tickets, store, team):
    await add_ticket(store, status=TicketStatus.CANCELLED)
    said = make_said("go on", ts="1795418499.000001")
    assert await words.obey(ThreadWord.GO_ON, said, None) == GOING_ON
    await tickets.stop(TEAM, "tkt_1", MAYA)
    assert await words.obey(ThreadWord.GO_ON, said, None) == GOING_ON
    assert (await _get(team)).status is TicketStatus.CANCELLED
