"""How long after somebody approves a brief the workflow's first statement runs.

It begins where the button's listener makes its one call, `Requests.approve`: before that lies what Slack's library does
with a press, which is part of `ack_while_working_p95_ms`.
"""

import asyncio
import random
import time
from statistics import median, quantiles
from typing import Final

from orchestration.agents.supervision import TIMES_TOLD
from orchestration.drafting.requests import Requests
from orchestration.engine.dbos_engine import QUEUE_POLL_S
from orchestration.engine.port import Journal
from orchestration.tickets.workflow import make_workflow
from recipes.draft import DraftStatus
from recipes.ids import TeamId, UserId
from recipes.job import Job
from tests.bench.row import Row
from tests.bench.workshop import FreeModel, Workshop, keeping_database, make_text_bundle, opening_workshop
from tests.fakes.models import ending
from tests.fakes.moment import START
from tests.fakes.nouns import TEAM, make_brief, make_draft
from tests.fakes.threads import Place

SAMPLES: Final = 100
SAMPLES_BESIDE: Final = 50


async def measure_approval(name: str) -> Row:
    """Give the time that 95 of 100 stay under on SQLite, and PostgreSQL's beside it."""
    times = await _measure("sqlite", SAMPLES)
    beside = await _measure("postgresql", SAMPLES_BESIDE)
    return Row(
        name=name,
        value=_p95(times),
        unit="ms",
        baseline=None,
        note=(
            f"{len(times)} times, the median {median(times):,.0f} ms; "
            f"on PostgreSQL {_p95(beside):,.0f} ms ({len(beside)} times, the median {median(beside):,.0f} ms)"
        ),
    )


async def _measure(kind: str, samples: int) -> list[float]:
    began: asyncio.Queue[float] = asyncio.Queue()
    # Who ends without a result is told so as often as that, and then left.
    model = FreeModel([ending()] * (1 + TIMES_TOLD))
    async with keeping_database(kind) as url, opening_workshop(url, model) as shop:
        work = make_workflow(shop.hands)

        async def run(journal: Journal, job: Job) -> None:
            began.put_nowait(time.perf_counter())
            await work(journal, job)

        await shop.engine.start(run)
        return [await _approve(shop, began, number) for number in range(samples)]


async def _approve(shop: Workshop, began: asyncio.Queue[float], number: int) -> float:
    """Approve another person's brief, at any point between two looks into the queue, and give the time in ms."""
    hands = shop.hands
    requests = Requests(
        store=shop.store,
        threads=shop.threads,
        bell=hands.bell,
        clock=hands.clock,
        ids=hands.ids,
    )
    person = UserId(f"U{number:06d}")
    draft = make_draft(
        f"dra_{number}", user_id=person, status=DraftStatus.BRIEFED, bundle_id=f"bun_{number}", brief_no=1
    )
    async with shop.store.for_team(TeamId(TEAM)).begin() as work:
        await work.bundles.add(make_text_bundle(f"bun_{number}"), permalinks={}, now=START)
        await work.drafts.add(draft)
        await work.drafts.save_brief(make_brief(draft_id=draft.id))
    shop.threads.places[draft.channel_id] = Place([person])
    # Longer than what the one before still does.
    await asyncio.sleep(random.uniform(QUEUE_POLL_S, 3 * QUEUE_POLL_S))
    pressed_at = time.perf_counter()
    await requests.approve(TeamId(TEAM), draft.id, draft.brief_no, person)
    return (await began.get() - pressed_at) * 1000


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
