from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from recipes.conversation import SharedFile, Thread
from recipes.draft import DraftStatus
from recipes.effect import EffectStatus
from recipes.estimate import PastRun
from recipes.recipe import RecipeNotFound
from recipes.session import SessionStatus, ShownSession
from recipes.spend import Spent
from recipes.ticket import TicketStatus
from recipes.todo import track
from recipes.usage import Usage
from tests.fakes.moment import START
from tests.fakes.nouns import (
    CHANNEL,
    JONAS,
    MAYA,
    ROOT,
    TEAM,
    THREAD,
    make_answer,
    make_brief,
    make_call,
    make_draft,
    make_frozen,
    make_item,
    make_output,
    make_request,
    make_said,
    make_todo,
    read_powerpoint_report,
)
from tests.fakes.stores import add_ticket


async def test_an_event_that_comes_twice_is_one_item(store, ours):
    async with ours.begin() as work:
        assert await work.inbox.add(make_item("inb_1", key="said:1"))
        assert not await work.inbox.add(make_item("inb_2", key="said:1"))
    assert [item.id for item in await store.list_waiting(most=9)] == ["inb_1"]


async def test_an_event_stays_known_after_it_was_worked(store, ours):
    async with ours.begin() as work:
        await work.inbox.add(make_item("inb_1", key="said:1"))
        await work.inbox.close("inb_1", failed=True)
        assert not await work.inbox.add(make_item("inb_2", key="said:1"))
    assert await store.list_waiting(most=9) == ()


async def test_tries_are_counted_and_the_payload_is_kept(store, ours):
    async with ours.begin() as work:
        await work.inbox.add(make_item(payload={"text": "Grüße ✓", "n": [1, None]}))
    for tries in (1, 2):
        (item,) = await store.list_waiting(most=9)
        async with ours.begin() as work:
            await work.inbox.save_attempt(item)
        assert (await store.list_waiting(most=9))[0].attempts == tries
    assert (await store.list_waiting(most=9))[0].payload == {"text": "Grüße ✓", "n": [1, None]}


async def test_a_draft_is_kept_with_the_origin_of_each_answer(ours):
    draft = make_draft(
        answers={"topic": make_answer("churn"), "slides_count": make_answer(7, "form", None)}, asked="topic"
    )
    async with ours.begin() as work:
        await work.drafts.add(draft)
        await work.drafts.save(draft.briefed("bun_1"))
    async with ours.begin() as work:
        kept = await work.drafts.get("dra_1")
    assert (kept.status, kept.brief_no, kept.bundle_id, kept.answers) == (
        DraftStatus.BRIEFED,
        1,
        "bun_1",
        draft.answers,
    )


async def test_a_person_finds_the_newest_of_their_own_drafts(ours):
    async with ours.begin() as work:
        await work.drafts.add(make_draft("dra_1"))
        await work.drafts.add(make_draft("dra_2"))
        await work.drafts.add(make_draft("dra_3", user_id=JONAS))
        await work.drafts.add(make_draft("dra_4", thread_ts=None))
        assert (await work.drafts.find_newest(THREAD, MAYA)).id == "dra_2"
        assert (await work.drafts.find_newest(THREAD, JONAS)).id == "dra_3"
        assert await work.drafts.find_newest(THREAD, "U0PRIYA") is None


async def test_a_thread_is_engaged_once_somebody_has_a_draft_in_it(ours):
    async with ours.begin() as work:
        assert not await work.drafts.is_engaged(CHANNEL, ROOT)
        await work.drafts.add(make_draft(status="withdrawn"))
        assert await work.drafts.is_engaged(CHANNEL, ROOT)
        assert not await work.drafts.is_engaged(CHANNEL, "1.2")
        assert not await work.drafts.is_engaged("C0OTHER", ROOT)


async def test_the_newest_brief_of_a_draft_is_kept_whole(ours):
    async with ours.begin() as work:
        await work.drafts.add(make_draft())
        assert await work.drafts.find_brief("dra_1") is None
        await work.drafts.save_brief(make_brief())
        await work.drafts.save_brief(make_brief(brief_no=2))
        assert await work.drafts.find_brief("dra_1") == make_brief(brief_no=2)


async def test_saving_a_draft_leaves_its_brief(ours):
    async with ours.begin() as work:
        await work.drafts.add(make_draft())
        await work.drafts.save_brief(make_brief())
        await work.drafts.save(make_draft(asked="topic"))
        assert await work.drafts.find_brief("dra_1") is not None


async def test_a_transcript_is_read_in_the_order_of_the_thread(ours):
    file = SharedFile(id="F1", name="a.csv", size_bytes=3, url=None)
    second = make_said("two", ts="1794906002.000100", files=(file,), author="Maya")
    async with ours.begin() as work:
        await work.transcript.save(second)
        await work.transcript.save(make_said("one", ts="1794906001.000100"))
        elsewhere = Thread(team_id=TEAM, channel_id=CHANNEL, thread_ts="1.2")
        await work.transcript.save(make_said("elsewhere", ts="1.2", thread=elsewhere))
        assert [said.text for said in await work.transcript.list(THREAD)] == ["one", "two"]
        assert await work.transcript.find(CHANNEL, second.ts) == second


async def test_a_message_that_is_worded_anew_replaces_the_older_and_a_deleted_one_is_gone(ours):
    async with ours.begin() as work:
        await work.transcript.save(make_said("old"))
        await work.transcript.save(make_said("new"))
        assert [said.text for said in await work.transcript.list(THREAD)] == ["new"]
        await work.transcript.delete(CHANNEL, ROOT)
        assert await work.transcript.list(THREAD) == ()


async def test_a_bundle_comes_back_byte_for_byte_with_its_permalinks(ours):
    frozen = make_frozen()
    async with ours.begin() as work:
        await work.bundles.add(frozen, permalinks={"S1": "https://x.slack.com/1"}, now=START)
    async with ours.begin() as work:
        assert await work.bundles.get("bun_1") == frozen
        assert await work.bundles.get_with_permalinks("bun_1") == (frozen, {"S1": "https://x.slack.com/1"})


async def test_a_draft_becomes_one_request(store, ours):
    await add_ticket(store)
    async with ours.begin() as work:
        assert await work.requests.find_by_draft("dra_1") == make_request()
    with pytest.raises(IntegrityError):
        async with ours.begin() as work:
            await work.requests.add(make_request("req_2"))


async def test_a_request_without_its_draft_is_refused(ours):
    with pytest.raises(IntegrityError):
        async with ours.begin() as work:
            await work.requests.add(make_request(draft_id="dra_9"))


async def test_a_ticket_is_kept_whole(store, ours):
    ticket = await add_ticket(store, recipe_parameters={"topic": "Grüße", "slides_count": 5, "ratio": 0.5})
    done = ticket.moved_to(TicketStatus.RUNNING, now=START).moved_to(
        TicketStatus.COMPLETED, now=START + timedelta(seconds=3)
    )
    done = done.model_copy(update={"usage": Usage(input_tokens=3), "final_todos": ({"content": "read"},)})
    async with ours.begin() as work:
        await work.tickets.save(done)
    async with ours.begin() as work:
        assert await work.tickets.get("tkt_1") == done
        assert await work.tickets.find_newest(THREAD) == done
        assert await work.tickets.list_newest_of(MAYA, most=1) == (done,)


async def test_a_persons_tickets_come_newest_first(store, ours):
    for number in (1, 2, 3):
        await add_ticket(store, number=number, requester=JONAS if number == 2 else MAYA)
    async with ours.begin() as work:
        assert [ticket.id for ticket in await work.tickets.list_newest_of(MAYA, most=9)] == ["tkt_3", "tkt_1"]
        assert [ticket.id for ticket in await work.tickets.list_newest_of(MAYA, most=1)] == ["tkt_3"]


async def test_todos_are_replaced_as_a_list_and_keep_their_times(store, ours):
    await add_ticket(store)
    first = track((), [make_todo("read", "in_progress"), make_todo("write"), make_todo("check")], now=START)
    second = track(first, [make_todo("write", "in_progress"), make_todo("read", "completed")], now=START)
    async with ours.begin() as work:
        await work.tickets.save_todos("tkt_1", first, before=())
        await work.tickets.save_todos("tkt_1", second, before=first)
    async with ours.begin() as work:
        assert await work.tickets.list_todos("tkt_1") == second


async def test_the_timeline_only_grows(store, ours):
    await add_ticket(store)
    async with ours.begin() as work:
        for number, event in enumerate(("approved", "running")):
            await work.tickets.add_event("tkt_1", event, event_id=f"evt_{number}", detail={"by": MAYA}, now=START)
    async with store._database.begin(TEAM) as connection:
        rows = await connection.execute(text("SELECT event FROM ticket_events WHERE ticket_id = 'tkt_1' ORDER BY id"))
        assert [row.event for row in rows] == ["approved", "running"]


async def test_runs_are_the_newest_completed_ones_of_the_recipe_with_the_model(store, ours):
    for number, (status, milliseconds) in enumerate(
        [("completed", 1_000), ("completed", 2_000), ("failed", 9_000), ("completed", 3_000)], 1
    ):
        await add_ticket(store, number=number, status=status, execution_time_ms=milliseconds)
    await add_ticket(store, number=5, status="completed", execution_time_ms=7_000, recipe_slug="short-report")
    await add_ticket(store, number=6, status="completed", execution_time_ms=8_000, model="another")
    async with ours.begin() as work:
        for number, tokens in enumerate((100, 20)):
            usage = Usage(input_tokens=tokens)
            call = make_call(f"cal_{number}", owner_id="tkt_4").settled(usage, Decimal(tokens))
            await work.calls.add(call)
        await work.calls.add(make_call("cal_9", owner_id="tkt_4"))
        found = await work.tickets.list_runs("powerpoint-report", "scripted", most=2)
    assert found == (
        PastRun(duration=timedelta(seconds=3), spent=Spent(tokens=120, cost_usd=Decimal(120))),
        PastRun(duration=timedelta(seconds=2)),
    )


async def test_turns_come_back_in_their_order(store, ours):
    await add_ticket(store)
    async with ours.begin() as work:
        await work.turns.add("tkt_1", 2, '{"n": 2}', turn_id="trn_1", now=START)
        await work.turns.add("tkt_1", 1, '{"n": 1}', turn_id="trn_2", now=START)
        assert await work.turns.list("tkt_1") == ('{"n": 1}', '{"n": 2}')


async def test_of_two_turns_of_one_number_and_two_answers_to_one_call_the_first_stands(store, ours):
    await add_ticket(store)
    for number, is_first in ((1, True), (2, False)):
        async with ours.begin() as work:
            delta, answer = f'{{"n": {number}}}', {"content": str(number)}
            assert await work.turns.add("tkt_1", 1, delta, turn_id=f"trn_{number}", now=START) is is_first
            assert await work.turns.add_result("tkt_1", "call_1", answer, now=START) is is_first
    async with ours.begin() as work:
        assert await work.turns.list("tkt_1") == ('{"n": 1}',)
        assert await work.turns.list_results("tkt_1") == {"call_1": {"content": "1"}}


async def test_results_are_found_by_their_call(store, ours):
    await add_ticket(store)
    async with ours.begin() as work:
        await work.turns.add_result("tkt_1", "call_1", {"content": "ü"}, now=START)
        await work.turns.add_result("tkt_1", "call_2", {"content": "b"}, now=START)
        assert await work.turns.list_results("tkt_1") == {"call_1": {"content": "ü"}, "call_2": {"content": "b"}}


async def test_outputs_are_kept_with_their_claims_and_checks(store, ours):
    await add_ticket(store)
    async with ours.begin() as work:
        await work.outputs.add(make_output("out_2"))
        await work.outputs.add(make_output("out_1"))
        await work.outputs.save(make_output("out_1", slack_file_id="F9"))
    async with ours.begin() as work:
        assert await work.outputs.list("tkt_1") == (make_output("out_1", slack_file_id="F9"), make_output("out_2"))


async def test_an_effect_is_intended_then_done(ours):
    async with ours.begin() as work:
        assert await work.effects.find("k") is None
        await work.effects.add_intended("k", now=START)
        assert (await work.effects.find("k")).status is EffectStatus.INTENDED
        await work.effects.save_done("k", "1.2")
    async with ours.begin() as work:
        kept = await work.effects.find("k")
    assert (kept.status, kept.ref, kept.created_at) == (EffectStatus.DONE, "1.2", START)


async def test_a_recipe_is_found_by_its_slug(ours):
    async with ours.begin() as work:
        assert await work.recipes.get("powerpoint-report") == read_powerpoint_report()
        with pytest.raises(RecipeNotFound) as caught:
            await work.recipes.get("telepathy")
    assert caught.value.advice() == "I don't know the recipe `telepathy`. `/work list` shows what I can do."


async def test_what_a_thread_shows_is_kept_until_it_shows_nothing(store, ours):
    for status in (None, SessionStatus.PROCESSING, SessionStatus.SUSPENDED):
        async with ours.begin() as work:
            await work.sessions.save(THREAD, status)
        (shown,) = await store.list_sessions()
        assert shown == ShownSession.of(THREAD, status)
        assert shown.thread == THREAD
    for _ in range(2):
        async with ours.begin() as work:
            await work.sessions.remove(THREAD)
        assert await store.list_sessions() == ()
