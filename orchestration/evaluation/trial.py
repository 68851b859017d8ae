"""A trial: a bundle worked on from the beginning by one contender, in memory, and what a check of the result finds."""

import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from orchestration.agents.loop import Agent, Result
from orchestration.agents.roster import SERVER_TOOLS, make_prompt
from orchestration.evaluation.bundles import StoredBundle
from orchestration.models.port import ModelPort
from orchestration.moment import SystemClock, UlidIds
from orchestration.replay.log import ReplayLog
from orchestration.retries import trying_again
from orchestration.tickets.log import Answer, Kept, begin_kept
from orchestration.tickets.output_maker import OutputMaker
from orchestration.tickets.workbench import Workbench
from recipes.annex import Annex
from recipes.bundle import WorkBundle
from recipes.ending import Ending
from recipes.errors import DefectError, TransientError, UserFixableError
from recipes.evaluation import Contender, Trial
from recipes.output import WorkOutput
from recipes.price import PriceTable
from recipes.provenance import Provenance
from recipes.spend import AccountUsedUp
from storage.vault import Vault

# Whoever evaluates waits before a terminal: a longer outage is for another day.
TRY_FOR: Final = timedelta(minutes=2)
NOBODY: Final = "Nobody can be asked here. Decide by yourself, and say in the result what you decided."


async def run_trial(
    stored: StoredBundle, contender: Contender, *, model: ModelPort, prices: PriceTable, instead: Path | None = None
) -> Trial:
    """Give what came of one bundle in the hands of one contender.

    Args:
        stored: The bundle; only the name of its model is changed, and server tools are taken out.
        contender: Who works.
        model: Answers for the contender; its calls are on somebody's account already.
        prices: What its turns cost.
        instead: A folder of prompts to take instead of this release's.

    Raises:
        AccountUsedUp: a call did not leave, because it could cost more than is left.
        BundleTampered: the bundle is not what was approved.
    """
    bundle = _hand_to(stored.frozen.open(), contender.model)
    log = _TrialLog((), begin_kept(stored.ticket).annex)
    began = time.monotonic()
    ending: Ending | None = None
    problem: str | None = None
    with tempfile.TemporaryDirectory(prefix="threadwork-evaluation-") as folder:
        agent = _lay_out(stored, bundle, model=model, log=log, folder=Path(folder), instead=instead)
        try:
            ending = await agent.work(_TriedSteps())
        except AccountUsedUp:
            raise
        except (UserFixableError, TransientError, DefectError) as error:
            problem = error.advice()
    took_ms = round((time.monotonic() - began) * 1000)
    made = _judge(await log.get(), bundle, prices)
    return Trial(
        contender=contender,
        bundle_digest=stored.frozen.digest,
        task=bundle.task,
        ending=ending,
        problem=problem,
        questions=log.questions,
        took_ms=took_ms,
        **made,
    )


class _TrialLog(ReplayLog):
    """A log that begins with nothing, and answers whatever the agent asks with the same sentence."""

    questions: int = 0

    async def annex(self) -> Annex:
        """See `TurnLog.annex`: what was found so far."""
        return (await self.get()).annex

    async def ask(self, text: str, options: tuple[str, ...], tool_use_id: str) -> Answer:  # noqa: ARG002 (the port's signature)
        """See `WorkLog.ask`."""
        self.questions += 1
        return Answer(answer=NOBODY, answered_by=None)


class _TriedSteps:
    """Steps that are kept nowhere, and tried again while what goes wrong may pass; fits `Steps`."""

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], *, preemptible: bool = False) -> Result:  # noqa: ARG002 (the port's signature)
        """See `Steps.step`."""
        return await trying_again(work, for_long=TRY_FOR)


def _hand_to(bundle: WorkBundle, model: str) -> WorkBundle:
    """Give the bundle for this model, without what was ticked for the one piece of work that it was approved for."""
    tools = tuple(each for each in bundle.agent.tools if each not in SERVER_TOOLS)
    return bundle.model_copy(update={"agent": bundle.agent.model_copy(update={"model": model, "tools": tools})})


def _lay_out(
    stored: StoredBundle, bundle: WorkBundle, *, model: ModelPort, log: ReplayLog, folder: Path, instead: Path | None
) -> Agent:
    vault = Vault(folder)
    maker = OutputMaker(
        ticket_id=stored.ticket.id,
        bundle=bundle,
        permalinks=stored.permalinks,
        vault=vault,
        clock=SystemClock(),
        ids=UlidIds(),
    )
    bench = Workbench(
        ticket=stored.ticket, bundle=bundle, permalinks=stored.permalinks, log=log, maker=maker, vault=vault
    )
    prompt = make_prompt(bundle, instead=instead)
    return Agent(model=model, prompt=prompt, host=bench, log=log, max_turns=bundle.agent.caps["turns"])


def _judge(kept: Kept, bundle: WorkBundle, prices: PriceTable) -> dict[str, Any]:
    """Give what can be counted of a piece of work: how it went, and what its last output holds."""
    usages = [turn.usage for turn in kept.turns]
    results = [result for turn in kept.turns for result in turn.results]
    return {
        "turns": len(kept.turns),
        "refused_calls": sum(each.is_error for each in results),
        "usage": kept.sum_usage(),
        "cost_usd": prices.price_all(bundle.agent.model, [each for each in usages if each.tokens]),
        "delivered": bool(kept.outputs),
        **(_judge_output(kept.outputs[-1]) if kept.outputs else {}),
    }


def _judge_output(output: WorkOutput) -> dict[str, Any]:
    claims, found = _count_claims(output.provenance)
    return {
        "checks": len(output.checks),
        "checks_passed": sum(each.passed for each in output.checks),
        "failed_checks": tuple(f"{each.name}: {each.said}" for each in output.checks if not each.passed),
        "claims": claims,
        "claims_found": found,
    }


def _count_claims(report: Provenance | None) -> tuple[int, int]:
    if report is None:
        return 0, 0
    claims = report.figures.total + report.quotations.total + report.broken_citations
    return claims, claims - report.count_missing()
