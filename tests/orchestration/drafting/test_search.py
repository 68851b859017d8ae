import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.drafting.catalogue import Catalogue
from orchestration.drafting.search import make_searchable, search
from tests.fakes.nouns import TEAM
from tests.fakes.recipes import read_campaign_plan

NAMES = ("PowerPoint report", "Content draft", "Meeting minutes", "Österreich", "Côte d'Ivoire", "Report card", "Deck")
KNOWN = [make_searchable(name, name) for name in NAMES]
DECK = make_searchable("deck", "PowerPoint report", "slides", "presentation")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("power", "PowerPoint report"),
        ("powrpoint", "PowerPoint report"),
        ("MEETING", "Meeting minutes"),
        ("min", "Meeting minutes"),
        ("osterreich", "Österreich"),
        ("ivoire", "Côte d'Ivoire"),
        ("rep", "Report card"),
        ("content darft", "Content draft"),
    ],
)
def test_the_likeliest_comes_first(typed, found):
    assert search(typed, KNOWN, most=9)[0] == found


def test_a_synonym_finds_it_too():
    assert search("slid", [DECK, *KNOWN], most=1) == ["deck"]


def test_what_is_like_nothing_finds_nothing():
    assert search("zzzzqq", KNOWN, most=9) == []


@given(st.text(max_size=40), st.integers(1, 5))
def test_whatever_is_typed_finds_some_of_what_there_is_each_once(typed, most):
    found = search(typed, KNOWN, most=most)
    assert len(found) == len(set(found)) <= most
    assert set(found) <= set(NAMES)


@given(st.sampled_from(NAMES))
def test_a_whole_name_finds_itself_first(name):
    assert search(name, KNOWN, most=9)[0] == name


async def test_five_thousand_choices_are_searched_long_before_slack_gives_up(store, clock):
    recipe = read_campaign_plan(countries=5_000)
    await store.save_built_in([recipe], now=clock.now())
    catalogue = Catalogue(store, clock)
    await catalogue.search_choices(TEAM, recipe.slug, "country", "")
    began = time.perf_counter()
    found = await catalogue.search_choices(TEAM, recipe.slug, "country", "cuontry 4999")
    assert time.perf_counter() - began < 1, "Slack waits three seconds"
    assert found[0].label == "Country 4999"
    assert len(await catalogue.search_choices(TEAM, recipe.slug, "country", "")) == 100


@pytest.mark.parametrize(("slug", "name"), [("campaign-plan", "product"), ("campaign-plan", "x"), ("x", "country")])
async def test_what_is_no_list_offers_nothing(store, clock, slug, name):
    await store.save_built_in([read_campaign_plan()], now=clock.now())
    assert await Catalogue(store, clock).search_choices(TEAM, slug, name, "a") == []


async def test_a_recipe_that_is_replaced_is_found_as_it_is_a_little_later(store, clock):
    catalogue = Catalogue(store, clock)
    assert await catalogue.search_choices(TEAM, "campaign-plan", "country", "") == []
    await store.save_built_in([read_campaign_plan()], now=clock.now())
    clock.advance(seconds=31)
    assert len(await catalogue.search_choices(TEAM, "campaign-plan", "country", "")) == 100
