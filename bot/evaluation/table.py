"""An evaluation for a terminal: a column for each contender, then what went wrong, and what it all took."""

import io
import textwrap
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.terminal import WIDTH
from recipes.ending import Ending
from recipes.evaluation import Evaluation, Scores, Trial, score
from recipes.price import show_money
from recipes.ticket import NO_LANGUAGE_MODEL

TROUBLES: Final = 12
TASK_CHARS: Final = 60
# Below a cent two contenders would often look alike.
SMALL_USD: Final = Decimal("0.10")


def draw_evaluation(evaluation: Evaluation, earlier: Evaluation | None = None) -> str:
    """Give what somebody wants to know who chooses between the contenders.

    Args:
        evaluation: What was just done.
        earlier: Of another day, to be set beside it; both are narrowed to the bundles that all have worked on.
    """
    runs = [evaluation] if earlier is None else [earlier, evaluation]
    first, *others = (each.list_tried_by_all() for each in runs)
    shared = first.intersection(*others)
    narrow = [each.narrowed_to(shared) for each in runs]
    lines = [_head(evaluation, len(shared)), "", _draw_table(narrow), *_tell_troubles(evaluation.trials)]
    return "\n".join([*lines, "", *_sum_up(evaluation)])


def _head(evaluation: Evaluation, bundles: int) -> str:
    counted = "1 bundle was" if bundles == 1 else f"{bundles or 'no'} bundles were"
    return f"{evaluation.recipe_slug}: {counted} worked on by all, prices of {evaluation.prices_as_of}"


def _draw_table(runs: Sequence[Evaluation]) -> str:
    columns = [
        (_name(run, place, runs), score(run.list_of(run.contenders[place]))) for run, place in _list_places(runs)
    ]
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 3, 0, 0))
    table.add_column("")
    for name, _ in columns:
        table.add_column(escape(name), justify="right", overflow="fold")
    for said, show in _ROWS:
        table.add_row(said, *(show(scores) for _, scores in columns))
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())


def _list_places(runs: Sequence[Evaluation]) -> Iterator[tuple[Evaluation, int]]:
    for run in runs:
        for place in range(len(run.contenders)):
            yield run, place


def _name(run: Evaluation, place: int, runs: Sequence[Evaluation]) -> str:
    """Name a column by what tells it from the others."""
    contender = run.contenders[place]
    name = "no language model" if contender.model == NO_LANGUAGE_MODEL else contender.model
    if len({each.prompts_digest for one in runs for each in one.contenders}) > 1:
        name += f"\n{contender.prompts}"
    return name if len(runs) == 1 else f"{name}\n{run.made_at:%Y-%m-%d %H:%M}"


def _tell_troubles(trials: Sequence[Trial]) -> Iterator[str]:
    told = [line for each in trials for line in _tell_trial(each)]
    if told:
        yield ""
    for line in told[:TROUBLES]:
        yield textwrap.fill(line, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    if len(told) > TROUBLES:
        yield f"and {len(told) - TROUBLES} more, in the file"


def _tell_trial(trial: Trial) -> Iterator[str]:
    task = textwrap.shorten(trial.task, TASK_CHARS, placeholder=" …")
    of = f"{trial.contender.model}, bundle {trial.bundle_digest[:8]} ({task})"
    if trial.problem is not None:
        yield f"{of}: {trial.problem}"
    elif trial.ending is not None and trial.ending is not Ending.DONE:
        yield f"{of}: {trial.ending.describe()}"
    for check in trial.failed_checks:
        yield f"{of}: {check}"


def _sum_up(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.stopped is not None:
        yield f"Not all of it was done. {evaluation.stopped}"
    if evaluation.cap_usd is None:
        yield "No language model was asked."
    else:
        yield f"It took {_show_usd(evaluation.spent_usd)} of {show_money(evaluation.cap_usd)}."


def _show_share(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "none to look at"


def _show_usd(amount: Decimal | None) -> str:
    if amount is None:
        return "no price"
    return f"${amount:.4f}" if 0 < amount < SMALL_USD else show_money(amount)


_ROWS: Final[Sequence[tuple[str, Callable[[Scores], str]]]] = (
    ("Handed in", lambda scores: _show_share(scores.delivered, scores.trials)),
    ("Checks of the contract passed", lambda scores: _show_share(scores.checks_passed, scores.checks)),
    ("Figures and quotations found", lambda scores: _show_share(scores.claims_found, scores.claims)),
    ("Tool calls refused", lambda scores: f"{scores.refused_calls:,}"),
    ("Turns, median", lambda scores: f"{scores.turns:,.1f}"),
    ("Time, median", lambda scores: f"{scores.took_ms / 1000:,.1f} s"),
    ("Tokens", lambda scores: f"{scores.tokens:,}"),
    ("Cost", lambda scores: _show_usd(scores.cost_usd)),
)
