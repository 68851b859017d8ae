"""What a run will likely take: from the recipe's own history with the same model once there is one, else from sizes."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Final

from orchestration.models.sizes import measure_bundle
from recipes.bundle import FrozenBundle, WorkBundle
from recipes.estimate import Estimate, PastRun
from recipes.price import PriceTable
from recipes.recipe import OutputFormat
from recipes.ticket import NO_LANGUAGE_MODEL
from recipes.usage import Usage

# Fewer runs than this say too little about the next one
RUNS_NEEDED: Final = 5
RUNS_READ: Final = 20
# Where there is no history: opening, building, sharing and telling, then the reading. Measured on the example of
# `make demo` on two slow cores (about 3 s for 5,000 characters), rounded up.
BASE: Final = timedelta(seconds=5)
PER_MILLION_BYTES: Final = timedelta(seconds=10)
# With a language model, and no history: list, read, build, look at the checks, mend, hand in. A guess on the high side;
# five runs later it is not asked any more.
FILE_TURNS: Final = 12
TEXT_TURNS: Final = 6
TURN_OUTPUT_TOKENS: Final = 1_500
TURN_RESULT_TOKENS: Final = 500
PROMPT_TOKENS: Final = 4_000
"""The agent's own prompt and its tools."""
# A hundred tokens a second were slow for a model of this size in 2026, thinking included.
TURN_TIME: Final = timedelta(seconds=15)


def estimate(frozen: FrozenBundle, bundle: WorkBundle, runs: Sequence[PastRun], prices: PriceTable) -> Estimate:
    """Give the estimate for this bundle.

    Args:
        frozen: What would be worked on.
        bundle: The same, opened.
        runs: The newest completed runs of the recipe with the bundle's model.
        prices: In force.
    """
    guess = _guess(frozen, bundle, prices)
    if len(runs) < RUNS_NEEDED:
        return guess
    spent = [each.spent for each in runs if each.spent is not None]
    costs = [each.cost_usd for each in spent if each.cost_usd is not None]
    typical = timedelta(seconds=median(each.duration.total_seconds() for each in runs))
    made = guess.model_copy(update={"duration": typical, "basis": "history", "runs": len(runs)})
    if bundle.agent.model == NO_LANGUAGE_MODEL or len(spent) < RUNS_NEEDED:
        return made
    tokens = round(median(each.tokens for each in spent))
    return made.model_copy(update={"tokens": tokens, "cost_usd": median(costs) if len(costs) == len(spent) else None})


def _guess(frozen: FrozenBundle, bundle: WorkBundle, prices: PriceTable) -> Estimate:
    by_size = BASE + PER_MILLION_BYTES * (len(frozen.canonical) / 1_000_000)
    if bundle.agent.model == NO_LANGUAGE_MODEL:
        return Estimate(duration=by_size, basis="sizes", runs=0)
    usages = _list_usages(bundle)
    return Estimate(
        duration=by_size + TURN_TIME * len(usages),
        basis="sizes",
        runs=0,
        tokens=sum(each.count_new() for each in usages),
        cost_usd=prices.price_all(bundle.agent.model, usages),
    )


def _list_usages(bundle: WorkBundle) -> list[Usage]:
    """Give what each turn likely takes: the provider keeps the bundle at the first, and reads it again later."""
    kept = PROMPT_TOKENS + measure_bundle(bundle)
    usages = [Usage(cache_write_tokens=kept, output_tokens=TURN_OUTPUT_TOKENS)]
    added = TURN_OUTPUT_TOKENS + TURN_RESULT_TOKENS
    is_text = bundle.recipe.contract.format is OutputFormat.MARKDOWN
    for _ in range((TEXT_TURNS if is_text else FILE_TURNS) - 1):
        usages.append(Usage(cache_read_tokens=kept, cache_write_tokens=added, output_tokens=TURN_OUTPUT_TOKENS))
        kept += added
    return usages
