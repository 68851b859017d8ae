"""Approvals of briefs that hold what not everybody in the conversation can read."""

import pytest

from orchestration.conversation.thread_words import STOPPING_ELSEWHERE, ThreadWord, ThreadWords
from orchestration.drafting.approvals import READERS_CHANGED
from orchestration.tickets.delivery import Delivery
from recipes.audience import Sharing
from recipes.brief import ReadersChanged, SharingUndecided
from recipes.conversation import InboxKind
from recipes.draft import DraftStatus
from recipes.errors import TransientError
from recipes.ticket import TicketStatus
from tests.fakes.moment import START
from tests.fakes.nouns import (
    CHANNEL,
    JONAS,
    MAYA,
    TEAM,
    THREAD,
    make_brief,
    make_draft,
    make_frozen,
    make_item,
    make_output,
    make_said,
)
from tests.fakes.threads import Place

FINANCE = "C0FINANCE"


@pytest.fixture
def add_briefed(team, threads):
    """Keep a draft whose brief holds something of a private channel that Maya is in."""

    async def run(sharing, *, closed=(FINANCE,)):
        threads.places[FINANCE] = Place([MAYA, JONAS, "U0BOT"], kind="private")
        frozen = make_frozen("bun_1")
        async with team.begin() as work:
            await work.bundles.add(frozen, permalinks={}, origins={"S1": CHANNEL, "S2": FINANCE}, now=START)
            more = {"status": "briefed", "brief_no": 1, "bundle_id": frozen.id, "also_from": FINANCE}
            await work.drafts.add(make_draft(**more))
            await work.drafts.save_brief(make_brief(closed=closed, sharing=sharing))

    return run


@pytest.fixture
def find_ticket(team):
    async def run():
        async with team.read() as work:
            return await work.tickets.find_newest(THREAD)

    return run


@pytest.fixture
def approve_privately(requests, add_briefed, store):
    """Approve a brief whose result goes to direct messages; give what is left to the intake."""

    async def run():
        await add_briefed(Sharing.REQUESTER)
        assert await requests.approve(TEAM, "dra_1", 1, MAYA) is None
        ((kind, payload),) = [(item.kind, item.payload) for item in await store.list_waiting(most=9)]
        assert kind is InboxKind.APPROVAL
        return make_item(kind=kind, payload=payload)

    return run


async def test_nothing_starts_before_it_is_said_who_may_read_it(requests, add_briefed, enqueue, store):
    await add_briefed(Sharing.UNSAID)
    with pytest.raises(SharingUndecided):
        await requests.approve(TEAM, "dra_1", 1, MAYA)
    assert enqueue.jobs == []
    assert await store.list_waiting(most=9) == ()


async def test_who_goes_on_gets_the_result_in_the_thread(requests, add_briefed, find_ticket):
    await add_briefed(Sharing.EVERYBODY)
    assert await requests.approve(TEAM, "dra_1", 1, MAYA)
    assert (await find_ticket()).thread == THREAD


async def test_private_work_belongs_to_a_thread_of_the_requesters_direct_messages(
    requests, approve_privately, find_ticket, threads, team
):
    await requests.work_approval(await approve_privately())
    ticket = await find_ticket()
    (root,) = threads.posts
    assert (root.channel_id, root.thread_ts) == ("D0MAYA", None)
    assert (ticket.channel_id, ticket.thread_ts) == ("D0MAYA", root.ts)
    async with team.read() as work:
        request = await work.requests.get(ticket.request_id)
        assert [each.id for each in await work.tickets.list_under_way(THREAD)] == [ticket.id]
        assert [each.id for each in await work.tickets.list_under_way(ticket.thread)] == [ticket.id]
    assert request.thread == THREAD


async def test_a_crash_after_its_thread_was_opened_opens_no_second_one(requests, approve_privately, threads, enqueue):
    item = await approve_privately()
    threads.lose_answer("open_thread")
    with pytest.raises(TransientError):
        await requests.work_approval(item)
    await requests.work_approval(item)
    assert len(threads.posts) == len(enqueue.jobs) == 1


async def test_an_approval_that_is_worked_again_after_a_crash_does_nothing_more(
    requests, approve_privately, threads, enqueue
):
    item = await approve_privately()
    await requests.work_approval(item)
    await requests.work_approval(item)
    assert len(threads.posts) == len(enqueue.jobs) == 1


async def test_the_thread_that_it_was_asked_for_in_is_told_once_and_nothing_of_its_content(
    requests, approve_privately, find_ticket, *, threads, team, store, vault, effects
):
    await requests.work_approval(await approve_privately())
    ticket = await find_ticket()
    output = make_output(ticket_id=ticket.id, title="Churn", body="Churn is falling.")
    async with team.begin() as work:
        await work.outputs.add(output)
        request = await work.requests.get(ticket.request_id)
    delivery = Delivery(store=store, threads=threads, vault=vault, effects=effects)
    threads.lose_answer("say")
    with pytest.raises(TransientError):
        await delivery.summarise(ticket, output, request=request)
    await delivery.summarise(ticket, output, request=request)
    await delivery.summarise(ticket, output, request=request)
    told = [post.said for post in threads.posts if post.channel_id == CHANNEL]
    assert [each.text for each in told] == [f"What <@{MAYA}> asked for here was delivered to them in direct messages."]
    assert len([post for post in threads.posts if post.thread_ts == ticket.thread_ts]) == 1


async def test_where_others_can_read_less_than_the_brief_says_another_one_is_shown(
    requests, add_briefed, threads, store, team, enqueue
):
    await add_briefed(Sharing.UNSAID, closed=())
    threads.places[CHANNEL] = Place([MAYA, JONAS, "U0PRIYA", "U0BOT"], kind="private")
    with pytest.raises(ReadersChanged):
        await requests.approve(TEAM, "dra_1", 1, MAYA)
    async with team.read() as work:
        assert (await work.drafts.get("dra_1")).status is DraftStatus.OPEN
    (item,) = await store.list_waiting(most=9)
    assert (item.kind, item.payload["changed"]) == (InboxKind.ADVANCE, READERS_CHANGED)
    assert enqueue.jobs == []


async def test_where_everybody_here_is_in_the_other_channel_too_it_starts(requests, add_briefed, threads, find_ticket):
    await add_briefed(Sharing.UNSAID, closed=())
    threads.places[CHANNEL] = Place([MAYA, "U0BOT"], kind="private")
    assert await requests.approve(TEAM, "dra_1", 1, MAYA)
    assert (await find_ticket()).thread == THREAD


async def test_private_work_is_stopped_where_it_was_asked_for(
    requests, approve_privately, find_ticket, *, tickets, team
):
    await requests.work_approval(await approve_privately())
    async with team.begin() as work:
        await work.tickets.save((await find_ticket()).moved_to(TicketStatus.RUNNING, now=START))
    words = ThreadWords(requests, tickets)
    assert await words.obey(ThreadWord.STOP, make_said("stop"), None) == STOPPING_ELSEWHERE
    assert (await find_ticket()).closing
