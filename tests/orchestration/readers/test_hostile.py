"""Files made to break a reader: each is refused with a sentence or read safely, and the next file is read."""

import pytest

from tests.orchestration.readers.hostile.trial import FAMILIES, MOST_S, try_all


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__.removeprefix("list_"))
async def test_no_hostile_file_breaks_hangs_or_reaches_out(family):
    trials = await try_all([family])
    assert len(trials) >= 10
    assert [(trial.name, trial.outcome, trial.problems) for trial in trials if trial.problems] == []
    assert max(trial.took_s for trial in trials) < MOST_S
