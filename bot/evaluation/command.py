"""The command `threadwork eval`, put together: the models that the settings give, the files that were named."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from bot.provider import opening_door
from bot.settings import Settings
from orchestration.evaluation.evaluation import EvaluationPlan, Means, Tell, evaluate
from orchestration.evaluation.results import check_free, read_results, write_results
from orchestration.models.choice import ModelChoice
from orchestration.models.extractive.model import ExtractiveModel
from orchestration.models.port import ModelCatalog, ModelPort
from recipes.evaluation import Evaluation
from recipes.price import PriceTable
from recipes.ticket import NO_LANGUAGE_MODEL

FOLDER: Final = "evaluations"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line says."""

    slug: str
    models: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    last: int
    usd: Decimal | None = None
    out: Path | None = None
    against: Path | None = None


async def evaluate_as_asked(
    settings: Settings, asked: Asked, *, prices: PriceTable, tell: Tell
) -> tuple[Evaluation, Evaluation | None, Path]:
    """Give the evaluation, the earlier one to set beside it, and the file that keeps it.

    Args:
        settings: Of this installation.
        asked: What the command line says.
        prices: In force.
        tell: Is told what is being done.

    Raises:
        ResultsRefused: a file that was named cannot be used; nothing is spent then.
        ThreadworkError: as `evaluate`.
    """
    earlier = read_results(asked.against) if asked.against is not None else None
    if asked.out is not None:
        check_free(asked.out)
    async with _opening_models(settings) as (model, catalog):
        usual = settings.agent_model if catalog is not None else NO_LANGUAGE_MODEL
        plan = EvaluationPlan(
            slug=asked.slug,
            models=asked.models or (usual,),
            folders=asked.folders,
            last=asked.last,
            cap_usd=asked.usd,
        )
        means = Means(model=model, catalog=catalog, prices=prices, caps=settings.caps, database_url=settings.database)
        told = await evaluate(plan, means, tell=tell)
    file = asked.out or settings.home / FOLDER / f"{told.id}.json"
    write_results(file, told)
    return told, earlier, file


@asynccontextmanager
async def _opening_models(settings: Settings) -> AsyncGenerator[tuple[ModelPort, ModelCatalog | None]]:
    async with opening_door(settings) as door:
        if door is None:
            yield ModelChoice(extractive=ExtractiveModel(), claude=None), None
            return
        # Imported here, as the door is.
        from orchestration.models.claude.model import ClaudeModel  # noqa: PLC0415

        claude = ClaudeModel(door, name=settings.agent_model)
        yield ModelChoice(extractive=ExtractiveModel(), claude=claude), door
