"""What `threadwork eval` prints, and what the command refuses in a sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner
from sqlalchemy import make_url

from bot.cli import threadwork
from bot.evaluation.table import draw_evaluation
from recipes.ending import Ending
from recipes.evaluation import Contender, Evaluation, Trial
from recipes.usage import Usage
from tests.fakes.stores import add_ticket, opening_store
from tests.orchestration.models.bundles import EXAMPLE, make_bundle
from tests.scenarios.processes import ended, start_command

SONNET = Contender(model="claude-sonnet-5-5", prompts="this release's prompts", prompts_digest="a" * 64)
KEYLESS = Contender(model="extractive", prompts="this release's prompts", prompts_digest="a" * 64)


def make_trial(contender=SONNET, bundle="b", **more):
    values = {
        "contender": contender,
        "bundle_digest": bundle * 64,
        "task": "A presentation of 3 slides about wind.",
        "ending": Ending.DONE,
        "delivered": True,
        "checks": 8,
        "checks_passed": 8,
        "claims": 20,
        "claims_found": 19,
        "turns": 12,
        "usage": Usage(input_tokens=900, output_tokens=100),
        "cost_usd": Decimal("0.0553"),
        "took_ms": 1_500,
    }
    return Trial(**{**values, **more})


def make_evaluation(*trials, **more):
    values = {
        "id": "evl_1",
        "recipe_slug": "powerpoint-report",
        "made_at": datetime(2026, 11, 23, 9, tzinfo=UTC),
        "prices_as_of": date(2026, 11, 23),
        "contenders": tuple(dict.fromkeys(each.contender for each in trials)),
        "trials": trials,
        "cap_usd": Decimal(1),
        "spent_usd": Decimal("0.0553"),
    }
    return Evaluation(**{**values, **more})


def test_contenders_stand_beside_one_another(snapshot):
    free = make_trial(KEYLESS, cost_usd=Decimal(), usage=Usage(), checks_passed=7, failed_checks=("count: 4 slides",))
    assert draw_evaluation(make_evaluation(free, make_trial())) == snapshot


def test_two_sets_of_prompts_are_told_apart_and_a_price_that_is_not_known_is_not_made_up(snapshot):
    brief = SONNET.model_copy(update={"prompts": "brief", "prompts_digest": "b" * 64})
    assert draw_evaluation(make_evaluation(make_trial(), make_trial(brief, cost_usd=None))) == snapshot


def test_an_earlier_run_is_set_beside_it_on_the_bundles_that_both_have(snapshot):
    earlier = make_evaluation(make_trial(took_ms=9_000), made_at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    assert draw_evaluation(make_evaluation(make_trial(), make_trial(bundle="c", turns=90)), earlier) == snapshot


def test_what_was_in_the_way_and_why_it_stopped_is_told(snapshot):
    failed = make_trial(delivered=False, ending=None, problem="The model is overloaded.", checks=0, checks_passed=0)
    early = make_trial(bundle="c", delivered=False, ending=Ending.TURNS)
    told = make_evaluation(failed, early, stopped="This evaluation has taken $0.99 of $1.00.")
    assert draw_evaluation(told) == snapshot


def test_where_no_bundle_is_finished_there_is_still_a_table():
    told = make_evaluation(contenders=(SONNET,), stopped="This evaluation has taken $0.00 of $0.01.")
    assert "none to look at" in draw_evaluation(told)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing option '--recipe'"),
        (["--recipe", "x", "--last", "0"], "0 is not in the range"),
        (["--recipe", "x", "--usd", "much"], "'much' is no amount in dollars, such as 2 or 0.50."),
        (["--recipe", "x", "--usd", "-1"], "-1 is not more than nothing."),
        (["--recipe", "x", "--usd", "NaN"], "NaN is not more than nothing."),
    ],
)
def test_an_option_that_makes_no_sense_is_named(arguments, said):
    told = CliRunner().invoke(threadwork, ["eval", *arguments])
    assert (told.exit_code, said in told.output) == (2, True), told.output


async def test_offline_it_works_on_stored_bundles_keeps_the_results_and_compares_with_them(database_url, tmp_path):
    bundle = make_bundle(topic="wind in Iowa", files={"iowa.csv": EXAMPLE.read_bytes()}, slides=3)
    agent = bundle.agent.model_copy(update={"caps": {"turns": 30}})
    async with opening_store(database_url) as store:
        await add_ticket(store, bundle=bundle.model_copy(update={"agent": agent}))
    settings = {"THREADWORK_HOME": str(tmp_path / "home"), "THREADWORK_DATABASE_URL": database_url}
    settings["ALLOWED_PORTS"] = str(make_url(database_url).port or "")

    async def run(*arguments):
        command = ("--recipe", "powerpoint-report", *arguments)
        return await ended(
            await start_command("eval", *command, settings=settings, folder=tmp_path, module="tests.scenarios.offline")
        )

    first = await run("--out", "one.json")
    assert first.code == 0, first.said
    assert "Handed in" in first.said
    assert "No language model was asked." in first.said
    again = await run("--against", "one.json")
    assert (again.code, again.said.count("no language model")) == (0, 2), again.said
    assert len(list((tmp_path / "home" / "evaluations").iterdir())) == 1
    refused = await run("--out", "one.json")
    assert (refused.code, "is there already" in refused.said) == (2, True), refused.said
