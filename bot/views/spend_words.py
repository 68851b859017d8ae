"""What work costs, in words: money where the model has a price, tokens in any case."""

from collections.abc import Sequence
from typing import Final

from recipes.cap_raise import CapRaise
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


def say_raises(raises: Sequence[CapRaise]) -> str:
    """Give what became of the cap: "cap raised from $5.00 to $15.00"."""
    first, last = raises[0], raises[-1]
    return f"cap raised from {first.show(first.cap)} to {last.show(last.cap + last.amount)}"


def _say_roughly(estimate: Estimate) -> str:
    return f"{max(round(estimate.tokens, ROUNDED_TO), 1_000):,}"
