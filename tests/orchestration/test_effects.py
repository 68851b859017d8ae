from datetime import timedelta

import pytest

from orchestration import retries
from orchestration.effects import Effects
from orchestration.leases import LeaseLost, SharedLeases
from recipes.effect import EffectStatus
from recipes.errors import TransientError
from recipes.fence import Fence
from recipes.reply import PlainReply
from recipes.ticket import SegmentSuperseded
from tests.fakes.nouns import THREAD
from tests.fakes.stores import add_ticket

HELLO = PlainReply(text="Hello.")


async def test_an_effect_is_done_once_and_then_remembered(effects, threads):
    first = await effects.say(THREAD, HELLO, key="k")
    second = await effects.say(THREAD, HELLO, key="k")
    assert first == second
    assert threads.calls == ["say"]


async def test_two_keys_are_two_effects(effects, threads):
    await effects.say(THREAD, HELLO, key="one")
    await effects.say(THREAD, HELLO, key="two")
    assert len(threads.posts) == 2


async def test_an_effect_that_happened_unheard_is_looked_up_and_not_repeated(effects, threads, team):
    threads.lose_answer("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    ts = await effects.say(THREAD, HELLO, key="k")
    assert [post.ts for post in threads.posts] == [ts]
    assert threads.calls == ["say", "find_effect"]
    async with team.begin() as work:
        kept = await work.effects.find("k")
    assert (kept.status, kept.ref) == (EffectStatus.DONE, ts)


async def test_a_message_is_found_also_where_its_poster_did_not_live_to_hear_of_it(effects, threads, team):
    threads.lose_answer("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    (post,) = threads.posts
    assert await effects.find_said(THREAD, "k") == post.ts
    async with team.read() as work:
        assert (await work.effects.find("k")).status is EffectStatus.DONE
    assert await effects.find_said(THREAD, "k") == post.ts
    assert threads.calls == ["say", "find_effect"]


async def test_a_message_that_was_never_posted_is_not_found(effects, threads):
    assert await effects.find_said(THREAD, "k") is None
    threads.fail("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    assert await effects.find_said(THREAD, "k") is None


async def test_an_effect_that_did_not_happen_is_done_at_the_next_try(effects, threads):
    threads.fail("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    await effects.say(THREAD, HELLO, key="k")
    assert threads.calls == ["say", "find_effect", "say"]
    assert len(threads.posts) == 1


async def test_a_look_up_that_fails_is_tried_again_and_nothing_repeated(effects, threads, monkeypatch):
    monkeypatch.setattr(retries, "FIRST_PAUSE_S", 0.001)
    threads.lose_answer("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    threads.fail("find_effect", times=3)
    await effects.say(THREAD, HELLO, key="k")
    assert len(threads.posts) == 1


async def test_where_looking_is_refused_for_too_long_it_is_done_once_and_called_uncertain(
    effects, threads, team, monkeypatch
):
    monkeypatch.setattr(retries, "TRY_FOR", timedelta())
    threads.lose_answer("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    threads.fail("find_effect", times=9)
    ts = await effects.say(THREAD, HELLO, key="k")
    assert await effects.say(THREAD, HELLO, key="k") == ts
    assert len(threads.posts) == 2
    async with team.begin() as work:
        kept = await work.effects.find("k")
    assert (kept.status, kept.ref) == (EffectStatus.UNCERTAIN, ts)


async def test_a_segment_that_its_ticket_left_behind_does_nothing_outside(effects, threads, store, team):
    ticket = await add_ticket(store)
    fence = Fence(ticket_id=ticket.id, segment=ticket.segment)
    async with team.begin() as work:
        await work.tickets.save(ticket.handed_on())
    with pytest.raises(SegmentSuperseded):
        await effects.say(THREAD, HELLO, key="k", fence=fence)
    assert threads.posts == []


async def test_a_process_that_was_given_up_does_nothing_outside(store, threads, clock):
    leases = SharedLeases(store, "slow")
    await leases.enter()
    effects = Effects(store=store, threads=threads, clock=clock, leases=leases)
    await effects.say(THREAD, HELLO, key="one")
    await store.leases.enter("slow", length=timedelta(seconds=-1))
    await store.leases.renew("slow", length=timedelta(seconds=-1))
    assert await store.leases.bury() == ["slow"]
    with pytest.raises(LeaseLost):
        await effects.say(THREAD, HELLO, key="two")
    assert len(threads.posts) == 1


async def test_the_intention_is_kept_before_the_effect_happens(effects, threads, team):
    seen = []

    async def do() -> str:
        async with team.begin() as work:
            seen.append((await work.effects.find("k")).status)
        return "F1"

    async def look() -> None:
        raise AssertionError("nothing to look up")

    assert await effects.once(THREAD, "k", do=do, look=look) == "F1"
    assert seen == [EffectStatus.INTENDED]
