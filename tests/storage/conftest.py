from collections.abc import AsyncIterator

import pytest

from storage.unit_of_work import Store, TeamStore
from tests.fakes.nouns import OTHER_TEAM, TEAM
from tests.fakes.stores import RecordingEnqueue, opening_store


@pytest.fixture
def enqueue() -> RecordingEnqueue:
    return RecordingEnqueue()


@pytest.fixture
async def store(database_url, enqueue) -> AsyncIterator[Store]:
    async with opening_store(database_url, enqueue) as opened:
        yield opened


@pytest.fixture
def ours(store) -> TeamStore:
    return store.for_team(TEAM)


@pytest.fixture
def theirs(store) -> TeamStore:
    return store.for_team(OTHER_TEAM)
