"""The gallery: every recipe, to start one; the same rows in its modal, in the home and in offers."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.views.limits import (
    LABEL_CHARS,
    PLACEHOLDER_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    actions,
    button,
    clip,
    context,
    escape,
    header,
    plain,
    section,
)
from recipes.brief import show_duration
from recipes.gallery import GalleryEntry, GalleryPage, Habit
from recipes.recipe import AgentType, RecipeCard

CALLBACK: Final = "gallery"
SEARCH: Final = "gallery.search"
PICK: Final = "recipe.pick"
PICK_RECENT: Final = "gallery.recent"
TITLE: Final = "What I can make"
WORDS_CHARS: Final = 100
# As many as a row of an answer to a command holds without scrolling.
LISTED: Final = 20
# docs.slack.dev, button element: accessibility_label
ACCESSIBILITY_CHARS: Final = 75
NAME_CHARS: Final = 30
HEADINGS: Final = {
    AgentType.REPORTING: "Presentations and reports",
    AgentType.CONTENT: "Texts",
    AgentType.RESEARCH: "Research",
}
NO_RECIPE: Final = "There is no recipe yet. Whoever runs me can add some."


class Place(BaseModel):
    """Where a gallery was opened from, and for what; it opens nothing, since who picks is checked each time."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    channel_id: Annotated[str, Field(max_length=32)] = ""
    """Empty for no channel."""
    draft_id: Annotated[str, Field(max_length=64)] = ""
    """The draft that the choice is for; empty where choosing starts one."""
    message_ts: Annotated[str, Field(max_length=32)] = ""
    """The message that work is started from; empty for none."""

    @classmethod
    def read(cls, metadata: str) -> Self:
        """Give the place that a view's private metadata names; nowhere, where it is none of ours."""
        try:
            return cls.model_validate_json(metadata or "{}")
        except ValidationError:
            return cls()


def render_gallery(page: GalleryPage, place: Place) -> Block:
    """Give the modal that shows a page."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": place.model_dump_json(),
        "title": plain(TITLE, VIEW_TITLE_CHARS),
        "submit": plain("Search", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": render_page(page, draft_id=place.draft_id),
    }


def render_page(page: GalleryPage, *, draft_id: str = "") -> list[Block]:
    """Give a page: the search, what this person made last, and the recipes, those of a kind under one heading."""
    if not page.total and not page.words:
        return [section(NO_RECIPE)]
    return [
        _search(page.words),
        *_offer_recent(page.recent, draft_id),
        *(_list_found(page, draft_id) if page.words else _list_kinds(page, draft_id)),
        *_turn(page),
    ]


def render_rows(cards: Sequence[RecipeCard], *, draft_id: str | None = None) -> list[Block]:
    """Give a row for each recipe, with the button that starts it."""
    return [_row(card, draft_id or "") for card in cards] or [section(NO_RECIPE)]


def render_list(cards: Sequence[RecipeCard]) -> str:
    """Give the recipes as lines of text."""
    return "\n".join(_line(card) for card in cards) or NO_RECIPE


def render_command_help(cards: Sequence[RecipeCard]) -> str:
    """Give what can be typed behind the command, a line each."""
    names = ", ".join(f"`{card.slug}`" for card in cards[:LISTED])
    more = f" and {len(cards) - LISTED} more" if len(cards) > LISTED else ""
    example = cards[0].slug if cards else "recipe"
    return "\n".join(
        [
            "• `/work`: everything I can make, to search and to choose from",
            f"• `/work {example} what it is about`: its form, filled with what you said",
            f"• `/work {example[:3]}`: the beginning of a name finds it. There is {names or 'no recipe yet'}{more}",
            "• `/work list`: the same as a list, with what each is for",
            "• `/work status`: how your newest work stands",
            "• `/work note TEXT`: keep a text in this channel's basket; `/work basket WORDS` shows and searches it",
        ]
    )


def render_matches(typed: str, rest: str, cards: Sequence[RecipeCard]) -> list[Block]:
    """Give the recipes that the beginning of a command may mean: what to type for each, and its button."""
    said = f"No recipe is called `{escape(typed[:NAME_CHARS])}`. These come close:"
    words = f" {escape(clip(rest, WORDS_CHARS))}" if rest else ""
    rows = [{**_row(card, ""), **section(f"`/work {card.slug}{words}`\n{escape(card.description)}")} for card in cards]
    return [section(said), *rows[:LISTED]]


def read_words(values: Block) -> str:
    """Give what stands in the search field of a view."""
    typed = values.get(SEARCH, {}).get(SEARCH, {}).get("value")
    return typed.strip()[:WORDS_CHARS] if isinstance(typed, str) else ""


def _search(words: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": SEARCH,
        "max_length": WORDS_CHARS,
        "placeholder": plain("What do you need? Type, then press Enter", PLACEHOLDER_CHARS),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    return {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "optional": True,
        "label": plain("Search", LABEL_CHARS),
        "element": {**element, "initial_value": words} if words else element,
    }


def _offer_recent(cards: Sequence[RecipeCard], draft_id: str) -> list[Block]:
    if not cards:
        return []
    buttons = [
        {
            **button(card.name, f"{PICK_RECENT}.{number}", _value(card, draft_id)),
            "accessibility_label": clip(f"Start {card.name} again", ACCESSIBILITY_CHARS),
        }
        for number, card in enumerate(cards)
    ]
    return [context("You made these last:"), actions(*buttons)]


def _list_kinds(page: GalleryPage, draft_id: str) -> list[Block]:
    return [
        block
        for kind, entries in groupby(page.entries, key=lambda each: each.card.agent_type)
        for block in [header(HEADINGS[kind]), *(block for each in entries for block in _show(each, draft_id))]
    ]


def _list_found(page: GalleryPage, draft_id: str) -> list[Block]:
    if not page.entries:
        said = f"Nothing fits “{escape(page.words)}”. Try fewer or other words, or empty the field to see everything."
        return [section(said)]
    found = f"{page.total} that may fit, the likeliest first." if page.total > 1 else "This may fit."
    return [context(found), *(block for each in page.entries for block in _show(each, draft_id))]


def _show(entry: GalleryEntry, draft_id: str) -> list[Block]:
    facts = [entry.card.format.upper(), *_tell_habit(entry.habit), *_tell_requests(entry.requests)]
    return [_row(entry.card, draft_id), context(" · ".join(facts))]


def _tell_habit(habit: Habit) -> list[str]:
    if habit.duration is None or habit.tokens is None:
        return ["no runs yet" if not habit.runs else f"{habit.runs} finished here, too few to say how long it takes"]
    cost = f"about {habit.tokens:,} tokens" if habit.tokens else "no model costs"
    return [f"usually {show_duration(habit.duration)}", cost]


def _tell_requests(requests: int) -> list[str]:
    return [f"asked for {'once' if requests == 1 else f'{requests:,} times'} here"] if requests else []


def _turn(page: GalleryPage) -> list[Block]:
    buttons = [
        *([button("Back", "gallery.earlier", str(page.number - 1))] if page.number else []),
        *([button("More", "gallery.later", str(page.number + 1))] if page.number + 1 < page.pages else []),
    ]
    return [context(f"Page {page.number + 1} of {page.pages}"), actions(*buttons)] if buttons else []


def _row(card: RecipeCard, draft_id: str) -> Block:
    return {
        **section(f"*{escape(card.name)}*\n{escape(card.description)}"),
        "accessory": {
            **button("Start", PICK, _value(card, draft_id)),
            "accessibility_label": clip(f"Start {card.name}", ACCESSIBILITY_CHARS),
        },
    }


def _value(card: RecipeCard, draft_id: str) -> str:
    return f"{draft_id}.{card.slug}" if draft_id else card.slug


def _line(card: RecipeCard) -> str:
    return f"• `/work {card.slug}`: {escape(card.description)}"
