"""How many of the written injections change anything of the work but what it quotes."""

from tests.bench.row import Row
from tests.injection.stories import read_cases, try_cases


async def measure_injection(name: str) -> Row:
    """Play each case by the real bot in a local workspace; give how many were obeyed in anything."""
    trials = await try_cases(read_cases())
    obeyed = [trial for trial in trials if trial.differences]
    said = [f"{len(trials)} cases in {len({trial.case.hides for trial in trials})} places"]
    said += [f"{trial.case.id}: {', '.join(trial.differences)}" for trial in obeyed]
    return Row(name=name, value=len(obeyed), unit="", baseline=0, note="; ".join(said))
