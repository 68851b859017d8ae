"""Looking at a basket, searching and tidying it; each time it is checked that the person is in its conversation."""

import pytest

from orchestration.baskets.baskets import PAGE_ENTRIES, find_entries
from recipes.audience import BasketAccess, BasketClosed
from recipes.basket import EntryNotFound, EntryText
from recipes.errors import TransientError
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM
from tests.fakes.threads import Place

FINANCE = "C0FINANCE"


@pytest.fixture
def note(requests):
    async def run(text, channel=CHANNEL):
        await requests.add_note(TEAM, channel, "Maya", text, added_by=MAYA)

    return run


@pytest.fixture
def show(baskets):
    async def run(**how):
        return await baskets.show(TEAM, CHANNEL, MAYA, **how)

    return run


async def test_a_page_holds_so_many_entries_newest_first(note, show):
    for number in range(PAGE_ENTRIES + 1):
        await note(f"note {number}")
    first, last = await show(), await show(number=1)
    assert [entry.text for entry in first.entries[:2]] == [f"note {PAGE_ENTRIES}", f"note {PAGE_ENTRIES - 1}"]
    assert ([entry.text for entry in last.entries], last.page_count, last.found_count) == (
        ["note 0"],
        2,
        PAGE_ENTRIES + 1,
    )
    assert (await show(number=99)).number == 1


async def test_an_entry_says_who_put_it_there_and_when(note, show, clock):
    await note("The launch moved to May.")
    (entry,) = (await show()).entries
    assert (entry.kind, entry.author, entry.added_by, entry.added_at) == ("note", "Maya", MAYA, clock.now())


async def test_every_word_must_occur_and_case_and_accents_do_not_count(note, show):
    await note("Die Flügel kamen aus ÅRHUS.")
    await note("Flügel aus Kiel.")
    assert [entry.text for entry in (await show(words="  arhus FLUGEL ")).entries] == ["Die Flügel kamen aus ÅRHUS."]
    assert (await show(words="arhus kiel")).entries == ()


async def test_who_is_not_in_the_channel_sees_nothing(note, baskets, threads):
    await note("Secret.")
    threads.places[CHANNEL] = Place([JONAS, "U0BOT"])
    for verb in (
        baskets.show(TEAM, CHANNEL, MAYA),
        baskets.archive(TEAM, CHANNEL, MAYA, "blk_1"),
        baskets.put_back(TEAM, CHANNEL, MAYA, "blk_1"),
    ):
        with pytest.raises(BasketClosed):
            await verb


async def test_a_conversation_that_we_cannot_see_is_denied_in_the_same_words(baskets, threads):
    threads.places[FINANCE] = Place([JONAS])
    with pytest.raises(BasketClosed) as unseen:
        await baskets.show(TEAM, "C0NOWHERE", MAYA)
    with pytest.raises(BasketClosed) as shut:
        await baskets.show(TEAM, FINANCE, MAYA)
    assert unseen.value.advice().replace("C0NOWHERE", FINANCE) == shut.value.advice()


async def test_a_membership_that_cannot_be_checked_is_denied(note, show, threads):
    await note("Secret.")
    threads.fail("members")
    with pytest.raises(TransientError):
        await show()


async def test_an_old_proof_opens_nothing(note, baskets, clock):
    await note("Secret.")
    proof = BasketAccess(channel_id=CHANNEL, user_id=MAYA, checked_at=clock.now())
    clock.advance(minutes=5, seconds=1)
    with pytest.raises(BasketClosed):
        await baskets._read(TEAM, proof, "", 0, is_archive=False)


async def test_an_archived_entry_is_gone_until_somebody_puts_it_back(note, show, baskets):
    await note("Old numbers.")
    (entry,) = (await show()).entries
    archived = await baskets.archive(TEAM, CHANNEL, JONAS, entry.id)
    assert archived.archived_by == JONAS
    assert (await show()).entries == ()
    assert [each.text for each in (await show(is_archive=True)).entries] == ["Old numbers."]
    await baskets.put_back(TEAM, CHANNEL, MAYA, entry.id)
    assert [each.text for each in (await show()).entries] == ["Old numbers."]


async def test_an_entry_of_another_basket_is_not_there(note, show, baskets, threads):
    threads.places[FINANCE] = Place([MAYA, "U0BOT"])
    await note("Secret.")
    (entry,) = (await show()).entries
    with pytest.raises(EntryNotFound):
        await baskets.archive(TEAM, FINANCE, MAYA, entry.id)
    assert len((await show()).entries) == 1


def test_blocks_and_files_are_in_the_order_in_which_they_came():
    texts = [EntryText("blk_1", "a"), EntryText("ast_3", "b"), EntryText("blk_2", "c")]
    assert find_entries(texts, "") == ["ast_3", "blk_2", "blk_1"]
