"""A finding: what a look at the installation found, and what mends it."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict


class Mark(StrEnum):
    """How well something is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(BaseModel):
    """One thing that was looked at."""

    model_config = ConfigDict(frozen=True)

    subject: str
    mark: Mark
    said: str
    advice: str | None = None
    """One sentence on how to mend it; None where all is well."""

    @classmethod
    def ok(cls, subject: str, said: str) -> Self:
        """Give what was found to be well."""
        return cls(subject=subject, mark=Mark.OK, said=said)

    @classmethod
    def warning(cls, subject: str, said: str, *, advice: str) -> Self:
        """Give what works, but not as one would want."""
        return cls(subject=subject, mark=Mark.WARNING, said=said, advice=advice)

    @classmethod
    def problem(cls, subject: str, said: str, *, advice: str) -> Self:
        """Give what keeps the bot from its work."""
        return cls(subject=subject, mark=Mark.PROBLEM, said=said, advice=advice)
