"""Checking recipes: what is wrong with files of recipes, said a sentence a fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from recipes.faults import Fault, list_faults
from recipes.recipe import read_recipe


@dataclass(frozen=True)
class Checked:
    """What there is to say about some files."""

    good: tuple[str, ...]
    faults: tuple[str, ...]


def check_recipes(places: Sequence[Path]) -> Checked:
    """Give what is wrong with the recipes in these files, and in these folders' TOML files; in none: with our own."""
    good, faults, slugs = list[str](), list[str](), dict[str, str]()
    for file in _list_files(places or [Path(str(resources.files("recipes") / "catalog"))]):
        try:
            toml = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            faults.append(Fault("it is not UTF-8 text").tell(file.name))
            continue
        if found := list_faults(toml):
            faults += [fault.tell(file.name) for fault in found]
            continue
        recipe = read_recipe(file.name, toml)
        if (other := slugs.setdefault(recipe.slug, file.name)) != file.name:
            faults.append(
                Fault(f"cannot be {recipe.slug}, which is the recipe in {other}", field="slug").tell(file.name)
            )
            continue
        good.append(f"{file.name} makes the recipe {recipe.slug}, version {recipe.version}.")
    return Checked(tuple(good), tuple(faults))


def _list_files(places: Sequence[Path]) -> list[Path]:
    return [
        file
        for place in places
        for file in (sorted(each for each in place.glob("*.toml") if each.is_file()) if place.is_dir() else [place])
    ]
