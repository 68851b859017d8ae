"""What work costs, in words: money where the model has a price, tokens in any case."""

from typing import Final

from recipes.estimate import Estimate
from recipes.price import show_money
from recipes.spend import Spent

# What is guessed is not known to the token.
ROUNDED_TO: Final = -3


def say_estimate(estimate: Estimate) -> str:
    """Give what a run will likely cost: "about $0.43 (some 61,000 tokens)"."""
    tokens = _say_roughly(estimate)
    if estimate.cost_usd is None:
        return f"some {tokens} tokens; I know no price of this model"
    return f"about {show_money(estimate.cost_usd)} (some {tokens} tokens)"


def say_spent(spent: Spent, estimate: Estimate | None) -> str:
    """Give what a run cost beside what was promised: "$0.45 for 62,120 tokens (estimated $0.43)"."""
    tokens = f"{spent.tokens:,} tokens"
    if spent.cost_usd is None:
        promised = f" (estimated {_say_roughly(estimate)})" if estimate and estimate.tokens else ""
        return f"{tokens}{promised}"
    promised = f" (estimated {show_money(estimate.cost_usd)})" if estimate and estimate.cost_usd is not None else ""
    return f"{show_money(spent.cost_usd)} for {tokens}{promised}"


def _say_roughly(estimate: Estimate) -> str:
    return f"{max(round(estimate.tokens, ROUNDED_TO), 1_000):,}"
