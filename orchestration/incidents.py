"""From an error to the sentence that people read; a defect is logged once, with the id that the sentence names."""

import structlog

from orchestration.ports import Ids
from recipes.errors import DefectError, ThreadworkError

log = structlog.get_logger()


def explain(error: Exception, *, ids: Ids) -> str:
    """Give the sentence for the thread. What is not in our error tree counts as a defect."""
    if isinstance(error, ThreadworkError) and not isinstance(error, DefectError):
        return error.advice()
    incident = ids.make("inc")
    log.error("defect_met", incident=incident, error=str(error), exc_info=error)
    said = (
        error.advice() if isinstance(error, DefectError) else "Something broke on our side. Nothing you said is lost."
    )
    return f"{said} If you report it, name the incident `{incident}`."
