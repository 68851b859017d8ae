"""Messages, files and findings that people put into a basket."""

import pytest

from orchestration.baskets.keeping import SUMMARY, Wish
from recipes.conversation import InboxKind
from recipes.ids import UserId
from tests.fakes.moment import START
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM, make_item, make_output
from tests.fakes.stores import add_ticket
from tests.fakes.threads import Place

CSV = b"month,rate\nMay,3.5\n"


@pytest.fixture
def keep(keeping, threads):
    """Wish a message into its basket, and give what the person is told."""

    async def run(said, *, by=MAYA, speaker="person"):
        wish = Wish(said=said, by=UserId(by), speaker=speaker)
        await keeping.keep(make_item(kind=InboxKind.BASKET_ADD, payload=wish.model_dump(mode="json")))
        return threads.whispers[-1][3]

    return run


@pytest.fixture
def entries(baskets):
    async def run():
        return (await baskets.show(TEAM, CHANNEL, MAYA)).entries

    return run


async def test_a_message_keeps_its_author_and_place_and_who_added_it(keep, entries, threads):
    said = threads.hear("Churn is falling.", user_id=JONAS)
    assert "Added to this channel's basket: the message." in await keep(said)
    (entry,) = await entries()
    assert (entry.kind, entry.text, entry.author, entry.added_by) == ("message", "Churn is falling.", "Jonas", MAYA)
    assert said.ts.replace(".", "") in entry.permalink


async def test_the_same_message_twice_is_one_entry(keep, entries, threads):
    said = threads.hear("Churn is falling.", files=(threads.put_file("churn.csv", CSV),))
    await keep(said)
    first = await entries()
    assert "already" in await keep(said, by=JONAS)
    assert await entries() == first
    assert len(first) == 2


async def test_an_archived_message_comes_back_when_it_is_added_again(keep, entries, baskets, threads):
    said = threads.hear("Churn is falling.")
    await keep(said)
    (entry,) = await entries()
    await baskets.archive(TEAM, CHANNEL, MAYA, entry.id)
    assert "Added" in await keep(said)
    assert [each.id for each in await entries()] == [entry.id]


async def test_a_file_that_cannot_be_fetched_is_listed_with_its_problem(keep, entries, threads):
    elsewhere = threads.put_file("plan.gdoc", b"x").model_copy(update={"url": None})
    said = threads.hear("", files=(elsewhere,))
    assert "does not lie with Slack" in await keep(said)
    (entry,) = await entries()
    assert (entry.kind, entry.problem) == ("file", "does not lie with Slack, so I cannot read it")


async def test_an_empty_message_and_another_apps_are_not_kept(keep, entries, threads):
    assert "none of these" in await keep(threads.hear(" "))
    assert "none of these" in await keep(threads.hear("weather"), speaker="app")
    assert await entries() == ()


async def test_who_is_not_in_the_channel_adds_nothing_and_is_told_in_direct_messages(keep, baskets, threads):
    said = threads.hear("Churn is falling.")
    threads.places[CHANNEL] = Place([JONAS, "U0BOT"])
    assert "I can only read the basket" in await keep(said)
    assert threads.whispers[-1][0] == "D0MAYA"
    assert (await baskets.show(TEAM, CHANNEL, JONAS)).entries == ()


@pytest.fixture
async def summary(store, threads):
    """The message that says what a ticket of Maya's delivered."""
    ticket = await add_ticket(store)
    said = threads.hear("", thread_ts=ticket.thread_ts)
    async with store.for_team(TEAM).begin() as work:
        await work.outputs.add(make_output())
        await work.effects.add_intended(f"{SUMMARY}out_1", now=START)
        await work.effects.save_done(f"{SUMMARY}out_1", said.ts)
    return said


async def test_a_result_becomes_a_finding_of_whoever_accepted_it(keep, store, entries, summary):
    assert "as a finding" in await keep(summary, speaker="us")
    (entry,) = await entries()
    assert (entry.kind, entry.author, entry.added_by) == ("finding", "Maya", MAYA)
    assert entry.text == "Churn fell in summer\n\nChurn fell from 3.5 to 3 %."


async def test_only_its_requester_accepts_a_result(keep, entries, summary):
    assert "Only <@U0MAYA>" in await keep(summary, by=JONAS, speaker="us")
    assert await entries() == ()


async def test_another_message_of_ours_is_no_result(keep, entries, threads):
    assert "none of these" in await keep(threads.hear("Working"), speaker="us")
    assert await entries() == ()
