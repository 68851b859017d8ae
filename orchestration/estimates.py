"""How long a run will likely take: from the recipe's own history once there is one, else from sizes."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Final

from recipes.bundle import FrozenBundle
from recipes.estimate import Estimate

# Fewer runs than this say too little about the next one
RUNS_NEEDED: Final = 5
RUNS_READ: Final = 20
# Where there is no history: opening, building, sharing and telling, then the reading. Measured on the example of
# `make demo` on two slow cores (about 3 s for 5,000 characters), rounded up.
BASE: Final = timedelta(seconds=5)
PER_MILLION_BYTES: Final = timedelta(seconds=10)


def estimate(bundle: FrozenBundle, durations: Sequence[timedelta]) -> Estimate:
    """Give the estimate for this bundle.

    Args:
        bundle: What would be worked on.
        durations: How long the newest completed runs of the recipe took.
    """
    if len(durations) >= RUNS_NEEDED:
        typical = timedelta(seconds=median(each.total_seconds() for each in durations))
        return Estimate(duration=typical, basis="history", runs=len(durations), input_tokens=0)
    by_size = BASE + PER_MILLION_BYTES * (len(bundle.canonical) / 1_000_000)
    return Estimate(duration=by_size, basis="sizes", runs=0, input_tokens=0)
