"""Speed and memory, as figures: `make bench`, or `make bench ROWS="name ..."` for some rows.

Machines are noisy, so what can be is given beside a bare baseline that ran in the same minute. A table goes to the
terminal, the same rows to `.bench/results.json`.
"""

import asyncio
import json
import sys
from pathlib import Path

from tests.bench.acknowledgement import measure_acknowledgement
from tests.bench.deck import measure_deck
from tests.bench.row import Measurement, Row
from tests.bench.story import measure_story
from tests.bench.takeover import measure_takeover
from tests.bench.workspace import measure_workspace

RESULTS = Path(".bench/results.json")
MEASUREMENTS: dict[str, Measurement] = {
    "ack_while_working_p95_ms": measure_acknowledgement,
    "deck_10_slides_ms": measure_deck,
    "story_s": measure_story,
    "takeover_s": measure_takeover,
    "workspace_edit_p95_ms": measure_workspace,
}


def main(names: list[str]) -> int:
    """Measure the named rows, or all, and print them; give the exit code."""
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        print(f"There is no row {unknown[0]}; the rows are {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names or MEASUREMENTS:
        row = asyncio.run(MEASUREMENTS[name](name))
        rows.append(row)
        print(row.draw())
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([row.to_json() for row in rows], indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
