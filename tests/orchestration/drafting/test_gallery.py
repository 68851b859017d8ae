"""The gallery: what there is, what it usually takes here, and how often people here ask for it."""

from datetime import timedelta

import pytest

from orchestration.drafting.gallery import PAGE_ENTRIES, Gallery
from recipes.recipe import AgentType
from storage.catalog import read_catalog
from tests.fakes.nouns import JONAS, MAYA, TEAM, read_powerpoint_report
from tests.fakes.stores import add_ticket

SLUG = "powerpoint-report"
BUILT_IN = len(read_catalog())


@pytest.fixture
def gallery(store) -> Gallery:
    return Gallery(store)


@pytest.fixture
def add_recipes(store, clock):
    """Keep so many more recipes."""

    async def run(count, agent_type=AgentType.RESEARCH):
        model = read_powerpoint_report()
        agent = model.agent.model_copy(update={"type": agent_type})
        more = [
            model.model_copy(
                update={"slug": f"study-{number:02}", "name": f"Study {number:02}", "agent": agent, "phrases": ()}
            )
            for number in range(count)
        ]
        await store.save_built_in(more, now=clock.now())

    return run


def _entry(page, slug=SLUG):
    return next(each for each in page.entries if each.card.slug == slug)


async def test_a_recipe_tells_what_it_usually_takes_once_there_are_enough_runs(gallery, store):
    assert _entry(await gallery.show(TEAM, MAYA)).habit.runs == 0
    for number in range(1, 7):
        habit = _entry(await gallery.show(TEAM, MAYA)).habit
        assert (habit.runs, habit.duration) == (number - 1, None if number < 6 else timedelta(seconds=3))
        seconds = (1, 9, 3, 2, 8, 3)[number - 1]
        await add_ticket(store, number=number, status="completed", execution_time_ms=seconds * 1_000)


async def test_how_often_people_here_ask_is_counted_and_what_one_made_last_comes_first(gallery, store):
    for number in range(1, 4):
        await add_ticket(store, number=number, requester=JONAS if number == 3 else MAYA)
    page = await gallery.show(TEAM, MAYA)
    assert _entry(page).requests == 3
    assert _entry(page, "content-draft").requests == 0
    assert [card.slug for card in page.recent] == [SLUG]
    assert (await gallery.show("T0OTHER", MAYA)).recent == ()
    assert _entry(await gallery.show("T0OTHER", MAYA)).requests == 0


async def test_recipes_of_a_kind_stand_together_the_popular_first(gallery, store, add_recipes):
    await add_recipes(3)
    kinds = [each.card.agent_type for each in (await gallery.show(TEAM, MAYA)).entries]
    assert kinds == sorted(kinds, key=[AgentType.REPORTING, AgentType.CONTENT, AgentType.RESEARCH].index)
    by_name = [card.slug for card in sorted(read_catalog(), key=lambda recipe: recipe.name)]
    assert [card.slug for card in await gallery.list_popular(TEAM, most=len(by_name))] == by_name
    await add_ticket(store)
    assert [card.slug for card in await gallery.list_popular(TEAM, most=2)] == [SLUG, by_name[0]]


@pytest.mark.parametrize("words", ["slides", "PRESENTATION", "powrpoint", "power", "slide dekc"])
async def test_a_search_finds_a_recipe_by_its_name_its_words_and_what_is_like_them(gallery, add_recipes, words):
    await add_recipes(20)
    page = await gallery.show(TEAM, MAYA, words=words)
    assert page.entries[0].card.slug == SLUG
    assert (page.recent, page.number) == ((), 0)


async def test_a_search_for_what_is_not_there_finds_nothing(gallery):
    page = await gallery.show(TEAM, MAYA, words="zzzzqq")
    assert (page.entries, page.total, page.pages) == ((), 0, 1)


async def test_more_recipes_than_fit_are_turned_over_and_a_page_beyond_the_last_is_the_last(gallery, add_recipes):
    await add_recipes(PAGE_ENTRIES * 2)
    pages = [await gallery.show(TEAM, MAYA, number=number) for number in range(4)]
    assert [len(page.entries) for page in pages] == [PAGE_ENTRIES, PAGE_ENTRIES, BUILT_IN, BUILT_IN]
    assert [(page.number, page.pages) for page in pages] == [(0, 3), (1, 3), (2, 3), (2, 3)]
    slugs = [each.card.slug for page in pages[:3] for each in page.entries]
    assert len(slugs) == len(set(slugs)) == PAGE_ENTRIES * 2 + BUILT_IN


@pytest.mark.parametrize("typed", ["pow", "powerpoint", "POWER", "powerpint-report", "presentation"])
async def test_the_beginning_of_a_name_is_enough(gallery, typed):
    assert (await gallery.list_matching(TEAM, typed))[0].slug == SLUG


async def test_a_home_shows_what_can_be_made_and_the_persons_own_work(store, gallery):
    for number in range(1, 13):
        await add_ticket(store, number=number, requester=JONAS if number == 12 else MAYA)
    home = await gallery.show_home(TEAM, MAYA)
    assert SLUG in {card.slug for card in (each.card for each in home.gallery.entries)}
    assert [ticket.id for ticket in home.recent] == [
        "tkt_9", "tkt_8", "tkt_7", "tkt_6", "tkt_5", "tkt_4", "tkt_3", "tkt_2", "tkt_11", "tkt_10",
    ]  # fmt: skip
