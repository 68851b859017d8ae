"""The App Home of one person, in nouns: what can be made, and what they asked for lately."""

from pydantic import BaseModel, ConfigDict

from recipes.recipe import RecipeCard
from recipes.ticket import WorkTicket


class HomeTab(BaseModel):
    """What the home shows."""

    model_config = ConfigDict(frozen=True)

    cards: tuple[RecipeCard, ...]
    recent: tuple[WorkTicket, ...]
    """Newest first."""
