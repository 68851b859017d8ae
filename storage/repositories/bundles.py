"""Bundles and the requests that approved them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select

from recipes.bundle import BundleMissing, FrozenBundle
from recipes.ids import BundleId, ChannelId, Digest, DraftId, RecipeSlug, RequestId, UserId
from recipes.request import WorkRequest
from storage.repositories.rows import TeamConnection, is_own
from storage.tables import work_bundles, work_requests

_SELECT: Final = select(work_bundles.c.digest, work_bundles.c.canonical, work_bundles.c.permalinks).where(
    is_own(work_bundles, "id")
)


class BundleRepository:
    """Frozen bundles of one workspace: added, never changed."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add(
        self,
        bundle: FrozenBundle,
        *,
        permalinks: Mapping[str, str],
        now: datetime,
        origins: Mapping[str, ChannelId] | None = None,
    ) -> None:
        """Keep a frozen bundle, and beside it where each source can be opened and came from, by source id."""
        await self._team.connection.execute(
            insert(work_bundles).values(
                id=bundle.id,
                team_id=self._team.team_id,
                digest=bundle.digest,
                canonical=bundle.canonical,
                permalinks=dict(permalinks),
                origins=dict(origins or {}),
                created_at=now,
            )
        )

    async def get(self, bundle_id: BundleId) -> FrozenBundle:
        """Give a frozen bundle; whoever opens it checks it.

        Raises:
            BundleMissing: there is none of this id.
        """
        frozen, _ = await self.get_with_permalinks(bundle_id)
        return frozen

    async def get_with_permalinks(self, bundle_id: BundleId) -> tuple[FrozenBundle, dict[str, str]]:
        """Give a frozen bundle, and where each source can be opened, by source id.

        Raises:
            BundleMissing: there is none of this id.
        """
        rows = await self._team.connection.execute(_SELECT, self._team.own(id=bundle_id))
        row = rows.one_or_none()
        if row is None:
            raise BundleMissing(bundle_id)
        frozen = FrozenBundle(id=bundle_id, digest=Digest(row.digest), canonical=row.canonical)
        return frozen, dict(row.permalinks)

    async def get_origins(self, bundle_id: BundleId) -> dict[str, ChannelId]:
        """Give the channel that each source came from, by source id."""
        row = await self._team.connection.execute(
            select(work_bundles.c.origins).where(self._team.mine(work_bundles, work_bundles.c.id == bundle_id))
        )
        return {source_id: ChannelId(channel) for source_id, channel in row.scalar_one().items()}


class RequestRepository:
    """Approved requests of one workspace: one a draft."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add(self, request: WorkRequest) -> None:
        """Keep an approved request."""
        await self._team.add(work_requests, request)

    async def get(self, request_id: RequestId) -> WorkRequest:
        """Give an approved request; each ticket has one."""
        found = await self._team.find_own(work_requests, WorkRequest, id=request_id)
        if found is None:
            raise LookupError(f"there is no request {request_id} in this workspace")
        return found

    async def find_by_draft(self, draft_id: DraftId) -> WorkRequest | None:
        """Find what a draft became."""
        return await self._team.find(work_requests, WorkRequest, work_requests.c.draft_id == draft_id)

    async def count_by_recipe(self) -> dict[RecipeSlug, int]:
        """Count the requests for each recipe."""
        query = (
            select(work_requests.c.recipe_slug, func.count().label("requests"))
            .where(self._team.mine(work_requests))
            .group_by(work_requests.c.recipe_slug)
        )
        rows = await self._team.connection.execute(query)
        return {RecipeSlug(row.recipe_slug): row.requests for row in rows}

    async def list_recipes_of(self, user_id: UserId, *, most: int) -> tuple[RecipeSlug, ...]:
        """Give the recipes that this person asked for last, the newest first, each once."""
        newest = func.max(work_requests.c.id)
        query = (
            select(work_requests.c.recipe_slug)
            .where(self._team.mine(work_requests, work_requests.c.requester == user_id))
            .group_by(work_requests.c.recipe_slug)
            .order_by(newest.desc())
            .limit(most)
        )
        rows = await self._team.connection.execute(query)
        return tuple(RecipeSlug(row.recipe_slug) for row in rows)
