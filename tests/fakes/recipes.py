"""Recipes that no catalogue holds, for what the built-in ones do not have: steps, conditions, long lists, files."""

from importlib import resources
from typing import Final

from recipes.parameters import Choice
from recipes.recipe import Recipe, read_recipe

COUNTRIES: Final = 240


def read_campaign_plan(*, countries: int = COUNTRIES) -> Recipe:
    """Give a recipe of sixteen parameters in steps, with a list of so many countries."""
    file = resources.files("tests.fakes") / "catalog" / "campaign-plan.toml"
    recipe = read_recipe(file.name, file.read_text(encoding="utf-8"))
    made = [Choice(value=f"x{number}", label=f"Country {number:03}") for number in range(1, countries)]
    longer = [
        each.model_copy(update={"choices": (*each.choices, *made)}) if each.name == "country" else each
        for each in recipe.parameters
    ]
    return recipe.model_copy(update={"parameters": tuple(longer)})
