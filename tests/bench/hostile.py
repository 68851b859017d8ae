"""How many of the files that were made to break a reader are unsafe to read."""

from tests.bench.row import Row
from tests.orchestration.readers.hostile.trial import try_all


async def measure_hostile_files(name: str) -> Row:
    """Read each hostile file by the real readers; give how many did anything but be refused or be read safely."""
    trials = await try_all()
    unsafe = [trial for trial in trials if trial.problems]
    slowest = max(trials, key=lambda trial: trial.took_s)
    said = [f"{len(trials)} files, the slowest {slowest.took_s:.1f} s ({slowest.name})"]
    said += [f"{trial.name}: {', '.join(trial.problems)}" for trial in unsafe]
    return Row(name=name, value=len(unsafe), unit="", baseline=0, note="; ".join(said))
