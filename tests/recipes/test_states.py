"""Drafts and tickets make the moves of their tables and no others."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.draft import DRAFT_MOVES, DraftMoveRefused, DraftStatus
from recipes.ticket import TICKET_MOVES, TicketMoveRefused, TicketStatus
from tests.fakes.moment import START
from tests.fakes.nouns import make_answer, make_draft, make_ticket

OVER = {TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}


@given(st.lists(st.sampled_from(TicketStatus), max_size=12))
def test_a_ticket_makes_only_the_moves_of_its_table(wanted):
    ticket = make_ticket()
    for place, status in enumerate(wanted):
        now = START + timedelta(seconds=place)
        if status in TICKET_MOVES[ticket.status]:
            moved = ticket.moved_to(status, now=now)
            assert moved.status is status
            assert moved.progress_version == ticket.progress_version + 1
            ticket = moved
        else:
            with pytest.raises(TicketMoveRefused) as caught:
                ticket.moved_to(status, now=now)
            assert caught.value.to_fields() == {"ticket_id": "tkt_1", "status": ticket.status, "wanted": status}
        assert ticket.is_over() == (ticket.status in OVER)


@pytest.mark.parametrize("status", TicketStatus)
def test_a_completed_ticket_stays_completed(status):
    with pytest.raises(TicketMoveRefused) as caught:
        make_ticket(status="completed").moved_to(status, now=START)
    assert caught.value.advice() == "That is no longer possible: this work is already completed."


def test_the_ticket_table_is_the_one_that_was_agreed():
    assert {
        status.value: sorted(each.value for each in moves) for status, moves in TICKET_MOVES.items()
    } == {
        "pending": ["cancelled", "running"],
        "running": ["cancelled", "completed", "failed", "waiting"],
        "waiting": ["cancelled", "failed", "running"],
        "failed": ["pending"],
        "cancelled": ["pending"],
        "completed": [],
    }  # fmt: skip


def test_a_ticket_keeps_the_times_of_its_run():
    running = make_ticket().moved_to(TicketStatus.RUNNING, now=START)
    waiting = running.moved_to(TicketStatus.WAITING, now=START + timedelta(seconds=1))
    again = waiting.moved_to(TicketStatus.RUNNING, now=START + timedelta(seconds=2))
    done = again.moved_to(TicketStatus.COMPLETED, now=START + timedelta(seconds=2.5))
    assert (done.started_at, done.finished_at) == (START, START + timedelta(seconds=2.5))
    assert done.execution_time_ms == 2500


def test_a_ticket_that_fails_says_why_and_one_that_goes_on_forgets_it():
    failed = make_ticket(status="running").moved_to(TicketStatus.FAILED, now=START, problem="Slack refused it.")
    assert failed.problem == "Slack refused it."
    assert failed.moved_to(TicketStatus.PENDING, now=START).problem is None


def test_a_ticket_that_is_cancelled_before_it_ran_took_no_time():
    cancelled = make_ticket().moved_to(TicketStatus.CANCELLED, now=START + timedelta(hours=1))
    assert (cancelled.started_at, cancelled.execution_time_ms) == (None, 0)


@given(st.lists(st.sampled_from(DraftStatus), max_size=12))
def test_a_draft_makes_only_the_moves_of_its_table(wanted):
    draft = make_draft()
    for status in wanted:
        if status in DRAFT_MOVES[draft.status]:
            draft = draft.moved_to(status)
            assert draft.status is status
        else:
            with pytest.raises(DraftMoveRefused):
                draft.moved_to(status)


@pytest.mark.parametrize("status", ["approved", "withdrawn"])
def test_a_closed_draft_takes_nothing_more_and_says_which_it_is(status):
    draft = make_draft(status=status)
    changes = [
        draft.check_changeable,
        lambda: draft.with_answers({"topic": make_answer("other")}),
        lambda: draft.with_recipe("other-recipe"),
        lambda: draft.briefed("bun_2"),
    ]
    for change in changes:
        with pytest.raises(DraftMoveRefused) as caught:
            change()
        assert status in caught.value.advice()


def test_an_approval_before_the_first_brief_is_told_what_to_do():
    with pytest.raises(DraftMoveRefused) as caught:
        make_draft().moved_to(DraftStatus.APPROVED)
    assert caught.value.advice() == "There is no brief to approve yet. Press *Show the brief* first."


def test_each_brief_of_a_draft_has_the_next_number_and_its_own_bundle():
    first = make_draft().briefed("bun_1")
    second = first.model_copy(update={"brief_ts": "1.2"}).briefed("bun_2")
    assert (first.brief_no, first.bundle_id) == (1, "bun_1")
    assert (second.brief_no, second.bundle_id, second.brief_ts) == (2, "bun_2", None)


def test_a_new_answer_reopens_a_briefed_draft_and_the_same_ones_do_not():
    briefed = make_draft().briefed("bun_1")
    assert briefed.with_answers({"slides_count": make_answer(7)}).status is DraftStatus.OPEN
    assert briefed.with_all_answers(briefed.answers).status is DraftStatus.BRIEFED


def test_another_recipe_drops_the_answers_and_the_same_one_keeps_them():
    draft = make_draft(asked="topic")
    assert draft.with_recipe("powerpoint-report") is draft
    other = draft.with_recipe("short-report")
    assert (other.recipe_slug, other.answers, other.asked) == ("short-report", {}, None)
