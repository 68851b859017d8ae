"""The catalogue: what recipes offer, kept ready for menus that are answered while somebody types."""

from datetime import datetime, timedelta
from typing import Final

from orchestration.drafting.search import Searchable, make_searchable, search
from orchestration.ports import Clock
from recipes.ids import RecipeSlug, TeamId
from recipes.parameters import Choice, SelectParameter
from recipes.recipe import Recipe
from recipes.steps import LISTED_CHOICES
from storage.unit_of_work import Store

# A recipe that is changed is found as it was for so long.
KEPT: Final = timedelta(seconds=30)


class Catalogue:
    """Recipes and the words that their choices are found by, kept in memory for each workspace."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._read_at: dict[TeamId, datetime] = {}
        self._recipes: dict[TeamId, tuple[Recipe, ...]] = {}
        self._choices: dict[tuple[TeamId, RecipeSlug, int, str], tuple[Searchable[Choice], ...]] = {}

    async def search_choices(self, team_id: TeamId, slug: RecipeSlug, name: str, typed: str) -> list[Choice]:
        """Give as many choices of a parameter as Slack takes, those that fit what was typed best first."""
        recipe = next((each for each in await self._list_recipes(team_id) if each.slug == slug), None)
        parameter = recipe.find_parameter(name) if recipe else None
        if recipe is None or not isinstance(parameter, SelectParameter):
            return []
        key = (team_id, slug, recipe.version, name)
        if key not in self._choices:
            self._choices[key] = tuple(
                make_searchable(each, each.label, each.value, *each.synonyms) for each in parameter.choices
            )
        return search(typed, self._choices[key], most=LISTED_CHOICES)

    async def _list_recipes(self, team_id: TeamId) -> tuple[Recipe, ...]:
        now = self._clock.now()
        if team_id not in self._read_at or now - self._read_at[team_id] > KEPT:
            async with self._store.for_team(team_id).read() as work:
                self._recipes[team_id] = await work.recipes.list_active()
            self._read_at[team_id] = now
            # What an older version offered is asked for by nobody once its form is drawn anew.
            active = {(team_id, each.slug, each.version) for each in self._recipes[team_id]}
            self._choices = {k: v for k, v in self._choices.items() if k[0] != team_id or k[:3] in active}
        return self._recipes[team_id]
