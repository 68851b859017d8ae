from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.model import ClaudeModel
from orchestration.models.claude.reader import ClaudeReader
from tests.claude.server import ClaudeServer


@pytest.fixture
async def provider() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        yield server
        assert server.problems == []


@pytest.fixture
async def door(provider) -> AsyncIterator[ClaudeDoor]:
    async with ClaudeDoor(key=provider.key, base_url=provider.url, stalled_after=timedelta(seconds=0.3)) as opened:
        yield opened


@pytest.fixture
def claude(door) -> ClaudeModel:
    return ClaudeModel(door, name="claude-sonnet-5-5")


@pytest.fixture
def reader(door) -> ClaudeReader:
    return ClaudeReader(door, name="claude-haiku-5-5")
