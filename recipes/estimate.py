"""What a run will likely take, said before it starts."""

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recipes.spend import Spent


class PastRun(BaseModel):
    """What an earlier run of a recipe took."""

    model_config = ConfigDict(frozen=True)

    duration: timedelta
    spent: Spent | None = None
    """None where no language model was called."""


class Estimate(BaseModel):
    """Time, tokens and money of a run, and what the numbers rest on."""

    model_config = ConfigDict(frozen=True)

    duration: timedelta
    basis: Literal["history", "sizes"]
    runs: int
    """How many earlier runs the estimate rests on; 0 when it rests on sizes."""
    tokens: int = 0
    """New ones; 0 where no language model is called."""
    cost_usd: Decimal | None = None
    """None where no language model is called, or the model has no price."""
