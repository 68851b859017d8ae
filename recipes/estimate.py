"""What a run will likely take, said before it starts."""

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Estimate(BaseModel):
    """Time and tokens of a run, and what the numbers rest on."""

    model_config = ConfigDict(frozen=True)

    duration: timedelta
    basis: Literal["history", "sizes"]
    runs: int
    """How many earlier runs the estimate rests on; 0 when it rests on sizes."""
    input_tokens: int
    """0 where no language model is called."""
