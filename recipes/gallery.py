"""The gallery, in nouns: what can be made, what it takes, and how often people here ask for it."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from recipes.recipe import RecipeCard
from recipes.ticket import WorkTicket


class Habit(BaseModel):
    """What a recipe's latest runs took in this workspace."""

    model_config = ConfigDict(frozen=True)

    runs: int = 0
    """How many there are to tell from."""
    duration: timedelta | None = None
    """What is usual; None where there are too few."""
    tokens: int | None = None
    """Zero where no language model was called; None where there are too few."""


class GalleryEntry(BaseModel):
    """A recipe as people choose it."""

    model_config = ConfigDict(frozen=True)

    card: RecipeCard
    habit: Habit = Habit()
    requests: int = 0
    """How often people of this workspace had it made."""


class GalleryPage(BaseModel):
    """A page of recipes, those of one kind of agent side by side; of a search, the likeliest first."""

    model_config = ConfigDict(frozen=True)

    entries: tuple[GalleryEntry, ...]
    recent: tuple[RecipeCard, ...] = ()
    """What this person had made last."""
    words: str = ""
    number: int = 0
    pages: int = 1
    total: int = 0
    """All that there are, or that fit the words."""


class HomeTab(BaseModel):
    """The App Home of one person: what can be made, and what they asked for lately."""

    model_config = ConfigDict(frozen=True)

    gallery: GalleryPage
    recent: tuple[WorkTicket, ...]
    """Newest first."""
