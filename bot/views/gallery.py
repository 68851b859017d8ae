"""The gallery: every recipe, to start one."""

from typing import Final

from bot.views.limits import VIEW_TITLE_CHARS, Block, button, clip, escape, plain, section
from recipes.recipe import RecipeCard

# docs.slack.dev, view object: 100 blocks; the home needs some for its headings and recent work
ROWS: Final = 60
# docs.slack.dev, button element: accessibility_label
ACCESSIBILITY_CHARS: Final = 75


def render_gallery(cards: tuple[RecipeCard, ...], channel_id: str, *, draft_id: str | None = None) -> Block:
    """Give the modal.

    Args:
        cards: The recipes.
        channel_id: Where it was opened from, kept as its private metadata; empty for no channel.
        draft_id: The draft that the choice is for; without one, choosing starts a draft.
    """
    return {
        "type": "modal",
        "callback_id": "gallery",
        "private_metadata": channel_id,
        "title": plain("What I can make", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": render_rows(cards, draft_id=draft_id),
    }


def render_rows(cards: tuple[RecipeCard, ...], *, draft_id: str | None = None) -> list[Block]:
    """Give a row for each recipe, with the button that starts it."""
    return [_row(card, draft_id) for card in cards[:ROWS]] or [section("There is no recipe yet.")]


def render_list(cards: tuple[RecipeCard, ...]) -> str:
    """Give the recipes as lines of text."""
    lines = [f"• `/work {card.slug}`: {escape(card.description)}" for card in cards]
    return "\n".join(lines) or "There is no recipe yet."


def _row(card: RecipeCard, draft_id: str | None) -> Block:
    return {
        **section(f"*{escape(card.name)}*\n{escape(card.description)}"),
        "accessory": {
            **button("Start", "recipe.pick", f"{draft_id}.{card.slug}" if draft_id else card.slug),
            "accessibility_label": clip(f"Start {card.name}", ACCESSIBILITY_CHARS),
        },
    }
