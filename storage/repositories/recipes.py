"""Recipes: the built-in ones and a workspace's own."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from recipes.ids import RecipeSlug
from recipes.recipe import Recipe, RecipeNotFound
from storage.repositories.rows import TeamConnection
from storage.tables import recipes

BUILT_IN: Final = ""


class RecipeRepository:
    """The recipes that one workspace may use."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def list_active(self) -> tuple[Recipe, ...]:
        """Give the newest version of each recipe, by name."""
        newest = (
            select(recipes.c.slug, func.max(recipes.c.version).label("version"))
            .where(recipes.c.team_id.in_([BUILT_IN, self._team.team_id]))
            .group_by(recipes.c.slug)
            .subquery()
        )
        rows = await self._team.connection.execute(
            select(recipes.c.definition)
            .join(newest, (recipes.c.slug == newest.c.slug) & (recipes.c.version == newest.c.version))
            .where(recipes.c.team_id.in_([BUILT_IN, self._team.team_id]), recipes.c.archived.is_(other=False))
        )
        return tuple(sorted((Recipe.model_validate(row.definition) for row in rows), key=lambda recipe: recipe.name))

    async def get(self, slug: str) -> Recipe:
        """Give the newest active recipe of this slug.

        Raises:
            RecipeNotFound: there is none.
        """
        for recipe in await self.list_active():
            if recipe.slug == slug:
                return recipe
        raise RecipeNotFound(RecipeSlug(slug))


async def save_built_in(connection: AsyncConnection, recipe: Recipe, *, now: datetime) -> None:
    """Keep a version of a built-in recipe; a version that is kept already stays as it is."""
    values = {
        "slug": recipe.slug,
        "version": recipe.version,
        "definition": recipe.model_dump(mode="json"),
        "archived": False,
        "created_at": now,
    }
    team = TeamConnection(connection, BUILT_IN, may_write=True)
    await team.add_new_row(recipes, values, "team_id", "slug", "version")
