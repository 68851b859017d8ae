import pytest

from recipes.effect import EffectStatus
from recipes.errors import TransientError
from recipes.reply import PlainReply
from tests.fakes.nouns import THREAD

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


async def test_an_effect_that_did_not_happen_is_done_at_the_next_try(effects, threads):
    threads.fail("say")
    with pytest.raises(TransientError):
        await effects.say(THREAD, HELLO, key="k")
    await effects.say(THREAD, HELLO, key="k")
    assert threads.calls == ["say", "find_effect", "say"]
    assert len(threads.posts) == 1


async def test_a_look_up_that_fails_repeats_nothing(effects, threads):
    threads.lose_answer("say")
    threads.fail("find_effect")
    for _ in range(2):
        with pytest.raises(TransientError):
            await effects.say(THREAD, HELLO, key="k")
    await effects.say(THREAD, HELLO, key="k")
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
