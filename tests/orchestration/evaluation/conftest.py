from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal
from typing import Any

import pytest

from orchestration.evaluation.evaluation import EvaluationPlan, Means, evaluate
from orchestration.models.choice import ModelChoice
from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.model import ClaudeModel
from orchestration.models.extractive.model import ExtractiveModel
from recipes.bundle import WorkBundle
from recipes.evaluation import Evaluation
from recipes.spend import Caps
from storage.prices import load_prices
from tests.claude.samples import MODEL
from tests.claude.scripts import DeckWork
from tests.claude.server import ClaudeServer
from tests.orchestration.models.bundles import EXAMPLE, make_bundle


@pytest.fixture
def iowa() -> WorkBundle:
    """A bundle that both models make a deck of."""
    said = [("Jonas", "Wind passed coal in 2019, and the board wants to know why.")]
    bundle = make_bundle(topic="wind in Iowa", messages=said, files={"iowa.csv": EXAMPLE.read_bytes()}, slides=3)
    return bundle.model_copy(update={"agent": bundle.agent.model_copy(update={"caps": {"turns": 30}})})


@pytest.fixture
async def provider() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        server.plays(DeckWork())
        yield server
        assert server.problems == []


@pytest.fixture
async def run(database_url, provider) -> AsyncIterator[Callable[..., Awaitable[Evaluation]]]:
    """Evaluate, with a provider on this machine."""
    async with ClaudeDoor(key=provider.key, base_url=provider.url) as door:

        async def go(*models: str, has_key: bool = True, caps: Caps | None = None, **changed: Any) -> Evaluation:
            claude = ClaudeModel(door, name=MODEL) if has_key else None
            plan = {"slug": "powerpoint-report", "last": 5, "cap_usd": Decimal(5), **changed}
            means = Means(
                model=ModelChoice(extractive=ExtractiveModel(), claude=claude),
                catalog=door if has_key else None,
                prices=load_prices(),
                caps=caps or Caps(),
                database_url=database_url,
            )
            return await evaluate(EvaluationPlan(models=models, **plan), means, tell=go.told.append)

        go.told = []
        yield go
