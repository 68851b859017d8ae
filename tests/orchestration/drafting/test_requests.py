import asyncio

import pytest

from orchestration.arrivals import lane_of_draft
from recipes.audience import BasketClosed, Sharing
from recipes.bundle import BundleTampered
from recipes.conversation import InboxKind
from recipes.draft import BriefOutdated, DraftMoveRefused, DraftNotFound, DraftStatus
from recipes.entitlement import NotTheRequester
from recipes.ticket import TicketStatus
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
    make_draft,
    make_frozen,
    make_item,
    make_said,
)
from tests.fakes.stores import add_ticket
from tests.fakes.threads import Place

SLUG = "powerpoint-report"


async def _waiting(store):
    return [(item.kind, item.payload, item.lane) for item in await store.list_waiting(most=9)]


# What comes in


async def test_what_comes_in_is_kept_once_and_the_bell_rings(store, requests, bell):
    ear = bell.listen()
    for _ in range(2):
        await requests.receive(
            TEAM,
            InboxKind.MESSAGE,
            make_said("hi").model_dump(mode="json"),
            key="k",
            lane="l",
            happened_ts="1795418411.000001",
        )
    ((kind, payload, lane),) = await _waiting(store)
    assert (kind, payload["text"], lane) == (InboxKind.MESSAGE, "hi", "l")
    assert ear._heard.is_set()


async def test_a_thread_is_engaged_by_a_draft(requests, add_draft):
    assert not await requests.is_engaged(THREAD)
    await add_draft()
    assert await requests.is_engaged(THREAD)


async def test_the_cards_are_those_of_the_catalogue(requests):
    assert SLUG in {card.slug for card in await requests.list_cards(TEAM)}


# Drafts without a thread


async def test_a_draft_without_a_thread_has_a_lane_of_its_own():
    assert lane_of_draft(make_draft()) == f"{CHANNEL}:{ROOT}"
    assert lane_of_draft(make_draft(thread_ts=None)) == "dra_1"


# Approval


async def test_an_approval_promotes_what_was_shown_and_hands_one_job_over(store, requests, add_briefed, team, enqueue):
    await add_briefed()
    ticket_id = await requests.approve(TEAM, "dra_1", 1, MAYA)
    async with team.begin() as work:
        draft, request = await work.drafts.get("dra_1"), await work.requests.find_by_draft("dra_1")
        ticket = await work.tickets.get(ticket_id)
    assert draft.status is DraftStatus.APPROVED
    assert (request.bundle_id, request.requester, request.answers) == ("bun_of_dra_1", MAYA, draft.answers)
    assert (request.recipe_slug, request.recipe_version, request.entry_point) == (SLUG, 1, "thread")
    assert (ticket.status, ticket.bundle_id, ticket.request_id) == (TicketStatus.PENDING, "bun_of_dra_1", request.id)
    assert (ticket.recipe_slug, ticket.output_format, ticket.model) == (SLUG, "pptx", "scripted")
    assert ticket.recipe_parameters == {"topic": "churn", "slides_count": 5, "template_style": "slate"}
    assert [job.id for job in enqueue.jobs] == [f"run:{ticket_id}:1"]
    assert [kind for kind, _, _ in await _waiting(store)] == [InboxKind.BRIEF_CLOSED]


async def test_a_request_that_only_a_form_filled_came_by_the_form(requests, add_briefed, team):
    await add_briefed(answers={"topic": make_answer("churn", "form", None)})
    await requests.approve(TEAM, "dra_1", 1, MAYA)
    async with team.begin() as work:
        assert (await work.requests.find_by_draft("dra_1")).entry_point == "form"


async def test_two_approvals_at_once_make_one_ticket(requests, add_briefed, enqueue):
    await add_briefed()
    answers = await asyncio.gather(
        *(requests.approve(TEAM, "dra_1", 1, MAYA) for _ in range(4)), return_exceptions=True
    )
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(each) for each in refused] == [DraftMoveRefused] * 3
    assert "already approved" in refused[0].advice()
    assert len(enqueue.jobs) == 1


async def test_an_approval_that_the_engine_refuses_changes_nothing(store, requests, add_briefed, team, enqueue):
    await add_briefed()
    enqueue.trouble = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        await requests.approve(TEAM, "dra_1", 1, MAYA)
    async with team.begin() as work:
        assert (await work.drafts.get("dra_1")).status is DraftStatus.BRIEFED
        assert await work.requests.find_by_draft("dra_1") is None
        assert await work.tickets.find_newest(THREAD) is None
    assert await _waiting(store) == []
    enqueue.trouble = None
    await requests.approve(TEAM, "dra_1", 1, MAYA)


async def test_a_bundle_that_was_touched_is_not_approved(requests, add_briefed, team, enqueue, store):
    await add_briefed()
    async with store._database.begin(TEAM) as connection:
        await connection.exec_driver_sql("UPDATE work_bundles SET canonical = CAST(canonical || ' ' AS BLOB)")
    with pytest.raises(BundleTampered):
        await requests.approve(TEAM, "dra_1", 1, MAYA)
    assert enqueue.jobs == []


@pytest.mark.parametrize("brief_no", [0, 2])
async def test_the_button_of_another_brief_starts_nothing(requests, add_briefed, enqueue, brief_no):
    await add_briefed()
    with pytest.raises(BriefOutdated):
        await requests.approve(TEAM, "dra_1", brief_no, MAYA)
    assert enqueue.jobs == []


async def test_a_draft_without_a_brief_cannot_be_approved(requests, add_draft):
    await add_draft()
    with pytest.raises((BriefOutdated, DraftMoveRefused)):
        await requests.approve(TEAM, "dra_1", 0, MAYA)


# Withdrawal and staging anew


async def test_a_withdrawn_draft_ends_and_its_card_is_closed(store, requests, add_briefed, get_draft):
    await add_briefed()
    await requests.withdraw(TEAM, "dra_1", MAYA)
    assert (await get_draft()).status is DraftStatus.WITHDRAWN
    assert [kind for kind, _, _ in await _waiting(store)] == [InboxKind.BRIEF_CLOSED]
    with pytest.raises(DraftMoveRefused):
        await requests.approve(TEAM, "dra_1", 1, MAYA)


async def test_a_draft_without_a_card_is_withdrawn_silently(store, requests, add_draft):
    await add_draft()
    await requests.withdraw(TEAM, "dra_1", MAYA)
    assert await _waiting(store) == []


async def test_one_press_of_read_again_is_one_staging(store, requests, add_briefed):
    await add_briefed()
    for press in ("t1", "t1", "t2"):
        await requests.stage_again(TEAM, "dra_1", 1, MAYA, press=press)
    assert [payload for _, payload, _ in await _waiting(store)] == [{"draft_id": "dra_1", "brief_no": 1}] * 2


async def test_read_again_on_an_older_brief_is_stale(requests, add_briefed):
    await add_briefed()
    with pytest.raises(BriefOutdated):
        await requests.stage_again(TEAM, "dra_1", 0, MAYA, press="t1")


# Who and what


VERBS = {
    "stage_again": lambda requests, draft_id, user: requests.stage_again(TEAM, draft_id, 1, user, press="t1"),
    "withdraw": lambda requests, draft_id, user: requests.withdraw(TEAM, draft_id, user),
    "approve": lambda requests, draft_id, user: requests.approve(TEAM, draft_id, 1, user),
}


@pytest.mark.parametrize("verb", VERBS)
async def test_somebody_else_may_not(requests, add_briefed, get_draft, verb):
    await add_briefed()
    before = await get_draft()
    with pytest.raises(NotTheRequester) as caught:
        await VERBS[verb](requests, "dra_1", JONAS)
    assert f"<@{MAYA}>" in caught.value.advice()
    assert await get_draft() == before


@pytest.mark.parametrize("verb", VERBS)
async def test_a_draft_that_is_gone_is_said_so(requests, verb):
    with pytest.raises(DraftNotFound):
        await VERBS[verb](requests, "dra_9", MAYA)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", ["approved", "withdrawn"])
async def test_a_closed_draft_takes_nothing_more(requests, add_draft, get_draft, verb, status):
    await add_draft(status=status, brief_no=1)
    before = await get_draft()
    with pytest.raises(DraftMoveRefused):
        await VERBS[verb](requests, "dra_1", MAYA)
    assert await get_draft() == before


async def test_a_person_hears_of_their_own_newest_work(store, requests):
    assert "not started anything" in await requests.describe_work(TEAM, MAYA)
    await add_ticket(store, status="running")
    said = await requests.describe_work(TEAM, MAYA)
    assert said == "A presentation of 5 slides about churn. This work is running."
    assert "not started anything" in await requests.describe_work(TEAM, JONAS)


async def test_notes_of_one_channel_lie_in_one_basket(requests, team):
    for text in ("One.", "Two."):
        await requests.add_note(TEAM, CHANNEL, "Maya", text)
    async with team.begin() as work:
        basket = await work.baskets.find(CHANNEL)
        rows = await work.baskets._team.connection.exec_driver_sql("SELECT basket_id, text FROM substrate_blocks")
        assert [tuple(row) for row in rows] == [(basket.id, "One."), (basket.id, "Two.")]


# Who may still read what a brief holds


FINANCE = "C0FINANCE"


@pytest.fixture
def add_reading_finance(team, threads, add_briefed):
    """Keep a draft whose brief holds something of another channel's basket."""

    async def run():
        threads.places[FINANCE] = Place([MAYA, "U0BOT"], kind="private")
        frozen = make_frozen("bun_1")
        async with team.begin() as work:
            await work.bundles.add(frozen, permalinks={}, origins={"S1": CHANNEL, "S2": FINANCE}, now=START)
            more = {"status": "briefed", "brief_no": 1, "bundle_id": frozen.id, "also_from": FINANCE}
            await work.drafts.add(make_draft(**more))
            await work.drafts.save_brief(make_brief(closed=(FINANCE,), sharing=Sharing.EVERYBODY))

    return run


async def test_who_left_a_channel_that_a_source_came_from_cannot_approve_and_gets_another_brief(
    requests, add_reading_finance, get_draft, threads, store, enqueue
):
    await add_reading_finance()
    threads.places[FINANCE] = Place([JONAS, "U0BOT"])
    with pytest.raises(BasketClosed):
        await requests.approve(TEAM, "dra_1", 1, MAYA)
    draft = await get_draft()
    assert (draft.status, draft.also_from) == (DraftStatus.OPEN, None)
    ((kind, payload, _),) = await _waiting(store)
    assert (kind, payload["changed"]) == (InboxKind.ADVANCE, f"{BasketClosed(FINANCE).advice()} So it is left out.")
    assert enqueue.jobs == []


async def test_who_left_the_channel_itself_cannot_approve(requests, add_reading_finance, get_draft, threads, enqueue):
    await add_reading_finance()
    threads.places[CHANNEL] = Place([JONAS, "U0BOT"])
    with pytest.raises(BasketClosed):
        await requests.approve(TEAM, "dra_1", 1, MAYA)
    assert (await get_draft()).status is DraftStatus.BRIEFED
    assert enqueue.jobs == []


async def test_an_approval_that_cannot_be_checked_is_kept_and_done_later(
    requests, add_reading_finance, threads, store, enqueue
):
    await add_reading_finance()
    threads.fail("members")
    assert await requests.approve(TEAM, "dra_1", 1, MAYA) is None
    ((kind, payload, _),) = await _waiting(store)
    assert kind is InboxKind.APPROVAL
    assert enqueue.jobs == []
    await requests.work_approval(make_item(kind=kind, payload=payload))
    assert len(enqueue.jobs) == 1
