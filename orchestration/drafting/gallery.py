"""The gallery: what can be made in this workspace, what it usually takes, and what people here ask for."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Final

from orchestration.drafting.search import make_searchable, search
from orchestration.staging.estimates import RUNS_NEEDED, RUNS_READ
from recipes.gallery import GalleryEntry, GalleryPage, Habit, HomeTab
from recipes.ids import RecipeSlug, TeamId, UserId
from recipes.recipe import AgentType, RecipeCard
from storage.unit_of_work import Store, UnitOfWork

PAGE_ENTRIES: Final = 12
# As many as one remembers having used.
RECENT_RECIPES: Final = 3
# As many as fit on a screen.
RECENT_WORK: Final = 10
# Within a page, kind by kind.
KINDS: Final = (AgentType.REPORTING, AgentType.CONTENT, AgentType.RESEARCH)


class Gallery:
    """Shows what there is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def show(self, team_id: TeamId, user_id: UserId, *, words: str = "", number: int = 0) -> GalleryPage:
        """Give a page of the recipes.

        Args:
            team_id: The workspace.
            user_id: Who looks.
            words: What they search for; empty for all there is.
            number: Of the page, from 0; one beyond the last is the last.
        """
        async with self._store.for_team(team_id).read() as work:
            return await _make_page(work, user_id, words, number)

    async def show_home(self, team_id: TeamId, user_id: UserId, *, words: str = "", number: int = 0) -> HomeTab:
        """Give what this person's home shows: a page of the gallery as `show` gives it, and their recent work."""
        async with self._store.for_team(team_id).read() as work:
            page = await _make_page(work, user_id, words, number)
            return HomeTab(gallery=page, recent=await work.tickets.list_newest_of(user_id, most=RECENT_WORK))

    async def list_matching(self, team_id: TeamId, words: str) -> tuple[RecipeCard, ...]:
        """Give the recipes that somebody may mean by the beginning of a name, the likeliest first."""
        async with self._store.for_team(team_id).read() as work:
            cards = [recipe.card() for recipe in await work.recipes.list_active()]
        return tuple(_search(words, cards))

    async def list_popular(self, team_id: TeamId, *, most: int) -> tuple[RecipeCard, ...]:
        """Give the recipes that people here ask for most often, the most popular first."""
        async with self._store.for_team(team_id).read() as work:
            cards = [recipe.card() for recipe in await work.recipes.list_active()]
            counts = await work.requests.count_by_recipe()
        return tuple(sorted(cards, key=lambda card: (-counts.get(card.slug, 0), card.name))[:most])


async def _make_page(work: UnitOfWork, user_id: UserId, words: str, number: int) -> GalleryPage:
    cards = [recipe.card() for recipe in await work.recipes.list_active()]
    counts = await work.requests.count_by_recipe()
    found = _search(words, cards) if words.strip() else _sort(cards, counts)
    pages = max(1, -(-len(found) // PAGE_ENTRIES))
    at = min(max(number, 0), pages - 1)
    shown = found[at * PAGE_ENTRIES : (at + 1) * PAGE_ENTRIES]
    habits = {card.slug: await _find_habit(work, card.slug) for card in shown}
    recent = await work.requests.list_recipes_of(user_id, most=RECENT_RECIPES)
    known = {card.slug: card for card in cards}
    return GalleryPage(
        entries=tuple(
            GalleryEntry(card=card, habit=habits[card.slug], requests=counts.get(card.slug, 0)) for card in shown
        ),
        recent=tuple(known[slug] for slug in recent if slug in known) if not words.strip() and at == 0 else (),
        words=words.strip(),
        number=at,
        pages=pages,
        total=len(found),
    )


def _search(words: str, cards: Sequence[RecipeCard]) -> list[RecipeCard]:
    known = [make_searchable(card, card.slug, card.name, *card.phrases, card.description) for card in cards]
    return search(words, known, most=len(cards))


def _sort(cards: Sequence[RecipeCard], counts: Mapping[RecipeSlug, int]) -> list[RecipeCard]:
    return sorted(cards, key=lambda card: (KINDS.index(card.agent_type), -counts.get(card.slug, 0), card.name))


async def _find_habit(work: UnitOfWork, slug: RecipeSlug) -> Habit:
    runs = await work.tickets.list_runs(slug, None, most=RUNS_READ)
    if len(runs) < RUNS_NEEDED:
        return Habit(runs=len(runs))
    duration = timedelta(seconds=median(run.duration.total_seconds() for run in runs))
    tokens = round(median(run.spent.tokens if run.spent else 0 for run in runs))
    return Habit(runs=len(runs), duration=duration, tokens=tokens)
