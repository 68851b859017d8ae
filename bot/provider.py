"""The language model's provider, as the settings name it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from orchestration.models.claude.door import ClaudeDoor


@asynccontextmanager
async def opening_door(
    settings: Settings, *, stalled_after: timedelta | None = None
) -> AsyncGenerator[ClaudeDoor | None]:
    """Give the door to the provider, or to a cloud that has its models, for the length of the block, if one is set.

    Raises:
        CloudExtraMissing: the cloud that is set needs a library that is not installed.
    """
    if settings.model_key is None and settings.cloud is None:
        yield None
        return
    # Imported here: the provider's library takes as long to load as all the rest, and most do without.
    from orchestration.models.claude.door import STALLED_AFTER, ClaudeDoor  # noqa: PLC0415

    async with ClaudeDoor(
        key=settings.model_key,
        base_url=settings.anthropic_base_url,
        cloud=settings.cloud,
        stalled_after=stalled_after or STALLED_AFTER,
    ) as door:
        yield door
