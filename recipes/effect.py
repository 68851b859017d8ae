"""An effect: one thing done outside, under a key, so that it is not done twice."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class EffectStatus(StrEnum):
    """How much is known about an effect."""

    INTENDED = "intended"
    """It was about to happen: whether it did must be looked up."""
    DONE = "done"
    UNCERTAIN = "uncertain"
    """It was repeated once without knowing whether the first try had happened: looking was refused for too long."""


class Effect(BaseModel):
    """One row of the ledger."""

    model_config = ConfigDict(frozen=True)

    key: str
    status: EffectStatus
    ref: str | None = None
    """What the outside answered: a message's `ts`, a file's id."""
    created_at: datetime
