"""The results of evaluations: one file each, to be read by people and programs, and by later evaluations."""

from pathlib import Path

from pydantic import ValidationError

from recipes.evaluation import Evaluation, ResultsRefused


def check_free(file: Path) -> None:
    """Refuse a file that is there already: nothing is overwritten, and nothing is spent before this is known.

    Raises:
        ResultsRefused: it is.
    """
    if file.exists():
        raise ResultsRefused(str(file), "is there already, and results overwrite nothing: name another file with --out")


def write_results(file: Path, evaluation: Evaluation) -> None:
    """Keep an evaluation. Blocking.

    Raises:
        ResultsRefused: it cannot be written there.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as kept:
            kept.write(evaluation.model_dump_json(indent=2) + "\n")
    except OSError as error:
        raise ResultsRefused(str(file), f"cannot be written ({error.strerror})") from error


def read_results(file: Path) -> Evaluation:
    """Give an evaluation that was kept. Blocking.

    Raises:
        ResultsRefused: it is not there, or no evaluation.
    """
    try:
        return Evaluation.model_validate_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ResultsRefused(str(file), f"cannot be read ({error.strerror})") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise ResultsRefused(str(file), "holds no results of `threadwork eval`") from error
