from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

from orchestration.baskets.baskets import Baskets
from orchestration.baskets.corrections import Corrections
from orchestration.baskets.keeping import Keeping
from orchestration.bell import Bell
from orchestration.conversation.talk import Talk
from orchestration.conversation.thread_words import ThreadWords
from orchestration.conversation.understanding import Understanding
from orchestration.drafting.briefing import Briefing
from orchestration.drafting.requests import Requests
from orchestration.effects import Effects
from orchestration.leases import LocalLeases
from orchestration.partner.lexical.interpreter import LexicalInterpreter
from orchestration.staging.boundary import Staging
from orchestration.tickets.revisions import Revisions
from orchestration.tickets.tickets import Tickets
from storage.prices import load_prices
from storage.unit_of_work import Store, TeamStore
from storage.vault import Vault
from tests.fakes.moment import START, FakeClock, FakeIds
from tests.fakes.nouns import TEAM, make_brief, make_draft, make_frozen
from tests.fakes.readers import FakeReaders
from tests.fakes.stores import RecordingEnqueue, opening_store
from tests.fakes.threads import FakeThreads

# The same examples each time, so that a pass is a pass.
settings.register_profile("suite", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("suite")


@pytest.fixture
def enqueue() -> RecordingEnqueue:
    return RecordingEnqueue()


@pytest.fixture
async def store(database_url, enqueue) -> AsyncIterator[Store]:
    async with opening_store(database_url, enqueue) as opened:
        yield opened


@pytest.fixture
def team(store) -> TeamStore:
    return store.for_team(TEAM)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def ids() -> FakeIds:
    return FakeIds()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def threads() -> FakeThreads:
    return FakeThreads()


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "files")


@pytest.fixture
def readers() -> FakeReaders:
    return FakeReaders()


@pytest.fixture
def leases() -> LocalLeases:
    return LocalLeases()


@pytest.fixture
def effects(store, threads, clock, leases) -> Effects:
    return Effects(store=store, threads=threads, clock=clock, leases=leases)


@pytest.fixture
def requests(store, threads, bell, clock, ids) -> Requests:
    return Requests(store=store, threads=threads, bell=bell, clock=clock, ids=ids)


@pytest.fixture
def staging(store, threads, vault, readers, clock, ids) -> Staging:
    return Staging(
        store=store,
        threads=threads,
        vault=vault,
        readers=readers,
        clock=clock,
        ids=ids,
        model="scripted",
        prices=load_prices(),
    )


@pytest.fixture
def cancelled() -> list[str]:
    """The jobs that were interrupted."""
    return []


@pytest.fixture
def tickets(store, bell, clock, ids, cancelled) -> Tickets:
    async def cancel(job_id: str) -> None:
        cancelled.append(job_id)

    return Tickets(store=store, bell=bell, clock=clock, ids=ids, cancel=cancel)


@pytest.fixture
def corrections(store, bell, clock, ids) -> Corrections:
    return Corrections(store=store, bell=bell, clock=clock, ids=ids)


@pytest.fixture
def keeping(store, threads, vault, clock, ids) -> Keeping:
    return Keeping(store=store, threads=threads, vault=vault, clock=clock, ids=ids)


@pytest.fixture
def baskets(store, threads, corrections, bell, clock, ids) -> Baskets:
    return Baskets(store=store, threads=threads, corrections=corrections, bell=bell, clock=clock, ids=ids)


@pytest.fixture
def talk(*, store, threads, effects, staging, requests, tickets, keeping, corrections, vault, bell, clock, ids) -> Talk:
    return Talk(
        store=store,
        threads=threads,
        effects=effects,
        briefing=Briefing(store=store, threads=threads, effects=effects, staging=staging, clock=clock),
        words=ThreadWords(requests, tickets),
        requests=requests,
        tickets=tickets,
        keeping=keeping,
        corrections=corrections,
        understanding=Understanding(LexicalInterpreter()),
        revisions=Revisions(store=store, vault=vault, bell=bell, clock=clock, ids=ids),
        clock=clock,
        ids=ids,
    )


@pytest.fixture
def add_draft(team):
    async def run(**more):
        async with team.begin() as work:
            await work.drafts.add(make_draft(**more))

    return run


@pytest.fixture
def add_briefed(team):
    """Keep a draft whose first brief is shown."""

    async def run(draft_id="dra_1", **more):
        frozen = make_frozen(f"bun_of_{draft_id}")
        async with team.begin() as work:
            await work.bundles.add(frozen, permalinks={}, now=START)
            draft = make_draft(draft_id, **more).briefed(frozen.id)
            await work.drafts.add(draft.model_copy(update={"brief_ts": "1794906009.000100"}))
            await work.drafts.save_brief(make_brief(draft_id=draft.id))

    return run


@pytest.fixture
def get_draft(team):
    async def run(draft_id="dra_1"):
        async with team.begin() as work:
            return await work.drafts.get(draft_id)

    return run
