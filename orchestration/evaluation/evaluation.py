"""The way in: stored bundles worked on by each contender, one after the other, on an account with a cap of its own.

    bundles.py   which bundles, read once, through a window that nothing can be changed through
    trial.py     one of them in the hands of one contender, in memory
    results.py   the file that keeps what came of it

It knows no Slack, and writes nothing to the records but a row for each model call.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Final

from orchestration.agents.roster import read_folder, read_prompts
from orchestration.evaluation.bundles import StoredBundle, read_bundles
from orchestration.evaluation.trial import run_trial
from orchestration.models.claude.models import find_last_day
from orchestration.models.metering import MeteredModel
from orchestration.models.port import ModelCatalog, ModelPort
from orchestration.moment import SystemClock, UlidIds
from orchestration.spending import Spending
from recipes.evaluation import CapMissing, Contender, Evaluation, KeyNeeded, ModelGoesAway, PriceMissing, Trial
from recipes.ids import ChannelId, Digest, TeamId, UserId
from recipes.price import PriceTable
from recipes.spend import AccountUsedUp, Caps, SpendOwner
from recipes.ticket import NO_LANGUAGE_MODEL
from recipes.usage import Usage
from storage.unit_of_work import opening_store

THIS_RELEASE: Final = "this release's prompts"
# Each kind of token that a call may take.
EVERY_KIND: Final = Usage(input_tokens=1, cache_write_tokens=1, cache_read_tokens=1, output_tokens=1)
# Whoever runs the command is nobody in Slack, and sits in no channel.
OPERATOR: Final = "operator"

Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class EvaluationPlan:
    """What is to be evaluated."""

    slug: str
    models: Sequence[str]
    folders: Sequence[Path] = ()
    """Of prompts; one of them is compared with this release's, several with one another."""
    last: int
    """How many bundles, the newest."""
    cap_usd: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Means:
    """What an evaluation is done with."""

    model: ModelPort
    """Works on each bundle with the model that the bundle names."""
    catalog: ModelCatalog | None
    """Of the provider of language models, where there is a way to one."""
    prices: PriceTable
    caps: Caps
    database_url: str


async def evaluate(plan: EvaluationPlan, means: Means, *, tell: Tell) -> Evaluation:
    """Let each contender work on each bundle, until all is done or the cap is reached.

    Args:
        plan: What to do.
        means: What to do it with.
        tell: Is told of each trial before it begins, in words.

    Raises:
        KeyNeeded, ModelGoesAway, PriceMissing, CapMissing, PromptsRefused, NothingToEvaluate: as they say.
        KeyRefused, ModelUnknown, and what else keeps the provider from taking a model: before anything is spent.
        DatabaseUnreachable, TablesNotOurs, BundleMissing, BundleTampered: there is nothing to work on.
    """
    contenders = list_contenders(plan)
    for model in dict.fromkeys(plan.models):
        await _check_model(model, plan, means)
    stored = await read_bundles(plan.slug, last=plan.last, database_url=means.database_url)
    clock, ids = SystemClock(), UlidIds()
    begun = Evaluation(
        id=ids.make("evl"),
        recipe_slug=stored[0].ticket.recipe_slug,
        made_at=clock.now(),
        prices_as_of=means.prices.as_of,
        contenders=tuple(contender for contender, _ in contenders),
        trials=(),
        cap_usd=plan.cap_usd if _costs(plan) else None,
    )
    if not _costs(plan):
        return await _run(begun, contenders, stored, means, tell)
    owner = _make_owner(begun, stored[0].ticket.team_id)
    async with _opening_account(means, plan.cap_usd or Decimal(), owner) as (metered, find_spent):
        done = await _run(begun, contenders, stored, replace(means, model=metered), tell)
        return done.model_copy(update={"spent_usd": await find_spent()})


def list_contenders(plan: EvaluationPlan) -> Sequence[tuple[Contender, Path | None]]:
    """Give who competes: each model with each set of prompts, and the folder that these lie in, if it is not ours.

    Raises:
        PromptsRefused: a folder holds no prompts.
    """
    ours: list[tuple[str, Path | None, dict[str, str]]] = [(THIS_RELEASE, None, {})]
    theirs = [(str(folder), folder, read_folder(folder)) for folder in plan.folders]
    sets = theirs if len(theirs) > 1 else ours + theirs
    return [
        (Contender(model=model, prompts=name, prompts_digest=_find_digest({**read_prompts(), **changed})), folder)
        for model in dict.fromkeys(plan.models)
        for name, folder, changed in sets
    ]


async def _run(
    begun: Evaluation,
    contenders: Sequence[tuple[Contender, Path | None]],
    stored: Sequence[StoredBundle],
    means: Means,
    tell: Tell,
) -> Evaluation:
    """Take bundle by bundle, so that where money ends the contenders have worked on the same ones, but for the last."""
    trials: list[Trial] = []
    for each in stored:
        for contender, folder in contenders:
            tell(f"{len(trials) + 1} of {len(stored) * len(contenders)}: {contender.model}, {contender.prompts}")
            try:
                trial = await run_trial(each, contender, model=means.model, prices=means.prices, instead=folder)
            except AccountUsedUp as used_up:
                return begun.model_copy(update={"trials": tuple(trials), "stopped": used_up.advice()})
            trials.append(trial)
    return begun.model_copy(update={"trials": tuple(trials)})


async def _check_model(model: str, plan: EvaluationPlan, means: Means) -> None:
    """Refuse what would end every trial in the same way."""
    if model == NO_LANGUAGE_MODEL:
        return
    if last_day := find_last_day(model):
        raise ModelGoesAway(model, f"{last_day.day} {last_day:%B %Y}")
    if means.catalog is None:
        raise KeyNeeded(model)
    if plan.cap_usd is None:
        raise CapMissing(model)
    if means.prices.price(model, EVERY_KIND) is None:
        raise PriceMissing(model, means.prices.as_of.isoformat())
    await means.catalog.describe_model(model)


def _costs(plan: EvaluationPlan) -> bool:
    return any(model != NO_LANGUAGE_MODEL for model in plan.models)


def _make_owner(begun: Evaluation, team_id: TeamId) -> SpendOwner:
    return SpendOwner(
        kind="evaluation", id=begun.id, team_id=team_id, user_id=UserId(OPERATOR), channel_id=ChannelId(OPERATOR)
    )


@asynccontextmanager
async def _opening_account(
    means: Means, cap_usd: Decimal, owner: SpendOwner
) -> AsyncGenerator[tuple[ModelPort, Callable[[], Awaitable[Decimal]]]]:
    """Give the model on an account that may spend so much, and what tells how much that was."""
    caps = means.caps.model_copy(update={"evaluation_usd": cap_usd})
    async with opening_store(means.database_url) as store:
        spend = Spending(store=store, prices=means.prices, caps=caps, clock=SystemClock(), ids=UlidIds())

        async def find_spent() -> Decimal:
            async with store.for_team(owner.team_id).read() as work:
                spent = await work.calls.find_spent(owner.id)
            return (spent.cost_usd if spent else None) or Decimal()

        yield MeteredModel(means.model, spend, owner), find_spent


def _find_digest(texts: dict[str, str]) -> Digest:
    whole = "\0".join(f"{name}\0{text}" for name, text in sorted(texts.items()))
    return Digest(sha256(whole.encode()).hexdigest())
