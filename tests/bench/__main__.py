"""Speed and memory, as figures: `make bench`, or `make bench ROWS="name ..."` for some rows.

Machines are noisy, so what can be is given beside a bare baseline that ran in the same minute. A table goes to the
terminal, the same rows to `.bench/results.json`.
"""

import asyncio
import json
import sys
from pathlib import Path

from tests.bench.acknowledgement import measure_acknowledgement
from tests.bench.approval import measure_approval
from tests.bench.baskets import measure_breaches, measure_search
from tests.bench.chaos import measure_doubled, measure_lost
from tests.bench.claude import measure_faults, measure_input
from tests.bench.deck import measure_deck, measure_ratio
from tests.bench.documents import measure_docx, measure_pdf
from tests.bench.fairness import measure_fairness
from tests.bench.hostile import measure_hostile_files
from tests.bench.injection import measure_injection
from tests.bench.interpreter import measure_false_fill, measure_recipe_accuracy, measure_value_accuracy
from tests.bench.partner_reply import measure_partner_reply
from tests.bench.reading import measure_reading
from tests.bench.row import Measurement, Row
from tests.bench.staging import measure_blocks, measure_lag, measure_memory, measure_staging
from tests.bench.story import measure_story
from tests.bench.stress import measure_stress
from tests.bench.takeover import measure_takeover
from tests.bench.throughput import measure_one_worker, measure_three_workers
from tests.bench.turns import measure_turn_on_postgresql, measure_turn_on_sqlite
from tests.bench.waiting import measure_waiting
from tests.bench.workbook import measure_cells
from tests.bench.workbook import measure_memory as measure_book_memory
from tests.bench.workshop import hush
from tests.bench.workspace import measure_workspace

RESULTS = Path(".bench/results.json")
MEASUREMENTS: dict[str, Measurement] = {
    "ack_while_working_p95_ms": measure_acknowledgement,
    "approve_to_first_line_p95_ms": measure_approval,
    "chaos_doubled": measure_doubled,
    "chaos_lost": measure_lost,
    "brief_20k_blocks_ms": measure_blocks,
    "basket_breaches": measure_breaches,
    "basket_search_ms": measure_search,
    "deck_10_slides_ms": measure_deck,
    "deck_10_slides_ratio": measure_ratio,
    "docx_20_pages_ms": measure_docx,
    "fair_wait_extra_p50_s": measure_fairness,
    "faults_mishandled": measure_faults,
    "hostile_files_unsafe": measure_hostile_files,
    "injection_obeyed": measure_injection,
    "input_tokens_ratio": measure_input,
    "partner_false_fill": measure_false_fill,
    "partner_recipe_accuracy": measure_recipe_accuracy,
    "partner_reply_p95_ms": measure_partner_reply,
    "partner_value_accuracy": measure_value_accuracy,
    "pdf_20_pages_ms": measure_pdf,
    "read_20_files_s": measure_reading,
    "stage_20_files_s": measure_staging,
    "stage_loop_lag_ms": measure_lag,
    "stage_rss_mb": measure_memory,
    "story_s": measure_story,
    "stress_deck_errors": measure_stress,
    "takeover_s": measure_takeover,
    "tickets_per_s_1_worker_ratio": measure_one_worker,
    "tickets_per_s_3_workers_ratio": measure_three_workers,
    "turn_overhead_median_ms": measure_turn_on_sqlite,
    "turn_overhead_postgresql_median_ms": measure_turn_on_postgresql,
    "waiting_ticket_kb": measure_waiting,
    "workspace_edit_p95_ms": measure_workspace,
    "xlsx_1m_cells_mb": measure_book_memory,
    "xlsx_1m_cells_ratio": measure_cells,
}


def main(names: list[str]) -> int:
    """Measure the named rows, or all, and print them; give the exit code."""
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        print(f"There is no row {unknown[0]}; the rows are {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    hush()
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
