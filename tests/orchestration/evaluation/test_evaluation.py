"""Stored bundles in the hands of several contenders: what is scored, what is spent, and that money stops it."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from recipes.ending import Ending
from recipes.evaluation import score
from recipes.spend import Caps
from storage.row_security import EVERY_TEAM
from storage.tables import metadata, model_calls
from tests.claude.replies import Refusal, calling, ending
from tests.claude.scripts import DeckWork, count_turns
from tests.fakes.nouns import OTHER_TEAM
from tests.fakes.stores import add_ticket
from tests.orchestration.models.bundles import make_bundle

SONNET, HAIKU = "claude-sonnet-5-5", "claude-haiku-5-5"


@pytest.fixture
async def calls(store):
    """Give the rows of all model calls."""

    async def read():
        async with store._database.read(EVERY_TEAM) as connection:
            return [dict(row) for row in (await connection.execute(select(model_calls))).mappings()]

    return read


async def test_without_a_language_model_a_bundle_makes_a_checked_deck_for_nothing(run, store, iowa, provider, calls):
    await add_ticket(store, bundle=iowa)
    (trial,) = (await run("extractive", has_key=False, cap_usd=None)).trials
    assert (trial.delivered, trial.ending, trial.problem) == (True, Ending.DONE, None)
    assert trial.checks_passed == trial.checks > 3
    assert trial.claims_found > 20
    assert (trial.cost_usd, trial.usage.tokens) == (0, 0)
    assert (provider.bodies, await calls()) == ([], [])


async def test_two_models_are_scored_on_the_same_bundles_and_nothing_else_is_written(run, store, iowa, calls):
    await add_ticket(store, bundle=iowa)

    async def read_all():
        tables = [each for each in metadata.sorted_tables if each is not model_calls]
        async with store._database.read(EVERY_TEAM) as connection:
            return {each.name: (await connection.execute(select(each))).all() for each in tables}

    before = await read_all()
    told = await run("extractive", SONNET)
    extractive, claude = (score(told.list_of(each)) for each in told.contenders)
    assert (extractive.delivered, claude.delivered) == (1, 1)
    assert claude.turns == 12
    assert claude.cost_usd == told.spent_usd > extractive.cost_usd == 0
    assert told.list_tried_by_all() == {told.trials[0].bundle_digest}
    assert await read_all() == before
    assert {row["owner_kind"] for row in await calls()} == {"evaluation"}
    assert len(await calls()) == 12


async def test_each_bundle_counts_once_and_the_newest_come_first(run, store, iowa):
    others = [make_bundle(topic=topic, messages=[("Jonas", "Wind leads.")]) for topic in ("coal", "gas")]
    others = [each.model_copy(update={"agent": iowa.agent}) for each in others]
    for number, bundle in enumerate([iowa, *others], start=1):
        await add_ticket(store, number=number, bundle=bundle)
    told = await run("extractive", last=2)
    assert [each.task for each in told.trials] == [others[1].task, others[0].task]


async def test_bundles_are_of_one_workspace(run, store, iowa):
    await add_ticket(store, number=1, bundle=iowa, team_id=OTHER_TEAM)
    await add_ticket(store, number=2, bundle=iowa)
    assert len((await run("extractive")).trials) == 1


async def test_the_cap_stops_it_before_the_call_that_could_go_over(run, store, iowa, provider, calls):
    await add_ticket(store, bundle=iowa)
    cap = Decimal("0.35")
    told = await run(SONNET, cap_usd=cap)
    assert told.stopped is not None
    assert "of $0.35" in told.stopped
    assert told.trials == ()
    assert 0 < told.spent_usd <= cap
    assert len(provider.bodies) == len(await calls()) < 12


async def test_a_cap_that_no_call_fits_under_lets_none_leave(run, store, iowa, provider):
    await add_ticket(store, bundle=iowa)
    told = await run(SONNET, cap_usd=Decimal("0.01"))
    assert told.stopped is not None
    assert (provider.bodies, told.spent_usd) == ([], 0)


async def test_the_workspaces_month_holds_for_it_too_and_the_persons_does_not(run, store, iowa):
    await add_ticket(store, bundle=iowa)
    assert (await run(SONNET, caps=Caps(person_month_usd=Decimal()))).stopped is None
    told = await run(SONNET, caps=Caps(month_usd=Decimal("0.10")))
    assert "THREADWORK_MONTH_USD" in told.stopped


async def test_what_keeps_one_trial_from_its_end_is_told_and_the_next_goes_on(run, store, iowa, provider):
    await add_ticket(store, bundle=iowa)
    answers = iter([Refusal(413, "request_too_large")])
    provider.plays(lambda body: next(answers, None) or DeckWork()(body))
    told = await run(SONNET, HAIKU)
    first, second = told.trials
    assert (first.delivered, first.ending) == (False, None)
    assert first.problem.startswith("That is more than the language model takes at once.")
    assert second.delivered


async def test_work_that_ends_early_and_calls_that_were_refused_are_counted(run, store, iowa, provider):
    await add_ticket(store, bundle=iowa)
    provider.plays(lambda body: calling(count_turns(body) + 1, ("Bash", {})))
    (trial,) = (await run(SONNET)).trials
    assert (trial.ending, trial.refused_calls, trial.delivered) == (Ending.MISFITS, 3, False)


async def test_an_agent_that_asks_is_told_that_nobody_answers(run, store, iowa, provider):
    agent = iowa.agent.model_copy(update={"tools": (*iowa.agent.tools, "ask_user")})
    await add_ticket(store, bundle=iowa.model_copy(update={"agent": agent}))
    asking = calling(1, ("ask_user", {"question": "Which year?", "options": []}))
    provider.plays(lambda body: asking if count_turns(body) == 0 else ending())
    (trial,) = (await run(SONNET)).trials
    assert trial.questions == 1
    assert "Nobody can be asked here" in str(provider.bodies[1]["messages"])


async def test_prompts_of_a_folder_compete_with_this_releases(run, store, iowa, provider, tmp_path):
    folder = tmp_path / "brief"
    folder.mkdir()
    (folder / "rules.md").write_text("Be brief.", encoding="utf-8")
    await add_ticket(store, bundle=iowa)
    told = await run(SONNET, folders=[folder])
    assert [each.prompts for each in told.contenders] == ["this release's prompts", str(folder)]
    assert len({each.prompts_digest for each in told.contenders}) == 2
    systems = {body["system"][0]["text"] for body in provider.bodies}
    assert ["Be brief." in each for each in sorted(systems, key=len)] == [True, False]


async def test_it_tells_what_it_is_at(run, store, iowa):
    await add_ticket(store, bundle=iowa)
    await run("extractive")
    assert run.told == ["1 of 1: extractive, this release's prompts"]
