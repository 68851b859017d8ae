"""The bundles that an evaluation works on: the newest of a recipe, each with the ticket that it was approved for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from recipes.bundle import FrozenBundle
from recipes.evaluation import NothingToEvaluate
from recipes.ids import RecipeSlug
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store
from storage.window import looking_into

# Whoever asks sits before a terminal; what takes longer to open is as good as away.
PATIENCE: Final = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class StoredBundle:
    """A bundle as it was approved, and what stands beside it."""

    ticket: WorkTicket
    frozen: FrozenBundle
    permalinks: dict[str, str]


async def read_bundles(slug: str, *, last: int, database_url: str) -> Sequence[StoredBundle]:
    """Give the newest bundles of a recipe, newest first: of the workspace that used it last, if there are several.

    Raises:
        NothingToEvaluate: there is none.
        DatabaseUnreachable, TablesNotOurs: there is no such database.
        BundleMissing: what a ticket was approved for is not stored any more.
    """
    async with looking_into(database_url, patience=PATIENCE) as store:
        newest = await store.list_newest(most=1, slug=RecipeSlug(slug))
        if not newest:
            raise NothingToEvaluate(slug, [*await store.list_used_recipes()])
        return await _read(store, newest[0], last)


async def _read(store: Store, newest: WorkTicket, last: int) -> Sequence[StoredBundle]:
    async with store.for_team(newest.team_id).read() as work:
        tickets = await work.tickets.list_newest_by(newest.recipe_slug, most=last)
        stored: list[StoredBundle] = []
        for ticket in tickets:
            frozen, permalinks = await work.bundles.get_with_permalinks(ticket.bundle_id)
            stored.append(StoredBundle(ticket=ticket, frozen=frozen, permalinks=permalinks))
    return stored
