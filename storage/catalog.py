"""The built-in recipes of this release, read from their files."""

from importlib import resources

from recipes.recipe import Recipe, read_recipe


def read_catalog() -> tuple[Recipe, ...]:
    """Give the built-in recipes, by file name.

    Raises:
        RecipeRefused: a file does not make a recipe, which is a broken release.
    """
    files = resources.files("recipes") / "catalog"
    return tuple(
        read_recipe(file.name, file.read_text(encoding="utf-8"))
        for file in sorted(files.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    )
