"""A basket in a modal: its entries, newest first, with a search field above them."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.views.limits import (
    HINT_CHARS,
    LABEL_CHARS,
    PLACEHOLDER_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    actions,
    button,
    clip,
    context,
    escape,
    plain,
    section,
)
from recipes.basket import BasketEntry, BasketPage

CALLBACK: Final = "basket"
SEARCH: Final = "basket.search"
TITLE: Final = "Basket"
ENTRY_CHARS: Final = 300
WORDS_CHARS: Final = 100
# docs.slack.dev, button element: accessibility_label
ACCESSIBILITY_CHARS: Final = 75
MEGABYTE: Final = 1024 * 1024

EMPTY: Final = (
    "Nothing is in this basket yet. Put something in: `/work note` with a text, or *Add to basket* in the menu of a "
    "message. Work that starts here reads it."
)
NO_ARCHIVE: Final = "Nothing was archived here."


class Place(BaseModel):
    """Where in which basket a view is; it opens nothing, since who looks is checked each time."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    channel_id: Annotated[str, Field(min_length=1, max_length=32)]
    words: Annotated[str, Field(max_length=WORDS_CHARS)] = ""
    number: Annotated[int, Field(ge=0)] = 0
    is_archive: bool = False

    @classmethod
    def read(cls, metadata: str) -> Self | None:
        """Give the place that a view's private metadata names, or nothing where it is none of ours."""
        try:
            return cls.model_validate_json(metadata)
        except ValidationError:
            return None


def render_loading(place: Place) -> Block:
    """Give the modal as it opens, before it is known who may look."""
    return _modal(place, [section("One moment, I am opening the basket…")])


def render_basket(page: BasketPage) -> Block:
    """Give the modal that shows a page."""
    place = Place(channel_id=page.channel_id, words=page.words, number=page.number, is_archive=page.is_archive)
    shown = [block for entry in page.entries for block in _show_entry(entry, is_archive=page.is_archive)]
    return _modal(
        place,
        [
            _search(page.words),
            context(_count(page)),
            *(_undo(page.undo) if page.undo else []),
            *(shown or [section(_explain_nothing(page))]),
            actions(*_turn(page), _switch(page)),
        ],
    )


def _modal(place: Place, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": place.model_dump_json(),
        "title": plain(TITLE, VIEW_TITLE_CHARS),
        "submit": plain("Search", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": blocks,
    }


def _search(words: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": SEARCH,
        "max_length": WORDS_CHARS,
        "placeholder": plain("Words that stand in it", PLACEHOLDER_CHARS),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    return {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "optional": True,
        "label": plain("Search", LABEL_CHARS),
        "hint": plain("Each word must occur; capitals and accents do not matter.", HINT_CHARS),
        "element": {**element, "initial_value": words} if words else element,
    }


def _count(page: BasketPage) -> str:
    where = "our direct messages" if page.channel_id.startswith("D") else f"<#{page.channel_id}>"
    things = f"{page.found_count:,} {'entry' if page.found_count == 1 else 'entries'}"
    which = f" with “{escape(page.words)}”" if page.words else ""
    archived = " that were archived" if page.is_archive else ""
    pages = f", page {page.number + 1} of {page.page_count}" if page.page_count > 1 else ""
    cut = "; only the newest were looked through" if page.is_cut else ""
    return f"The basket of {where}: {things}{which}{archived}{pages}{cut}"


def _explain_nothing(page: BasketPage) -> str:
    if page.words:
        return f"Nothing here holds “{escape(page.words)}”."
    return NO_ARCHIVE if page.is_archive else EMPTY


def _undo(entry: BasketEntry) -> list[Block]:
    said = section(f"Archived: {_name(entry, most_chars=100)}. Work no longer reads it.")
    return [{**said, "accessory": button("Undo", "basket.restore", entry.id)}, {"type": "divider"}]


def _show_entry(entry: BasketEntry, *, is_archive: bool) -> list[Block]:
    act = ("Put back", "basket.restore") if is_archive else ("Archive", "basket.archive")
    label = clip(f"{act[0]}: {entry.text}", ACCESSIBILITY_CHARS)
    accessory = {**button(*act, entry.id), "accessibility_label": label}
    return [{**section(_name(entry, most_chars=ENTRY_CHARS)), "accessory": accessory}, context(_describe(entry))]


def _name(entry: BasketEntry, *, most_chars: int) -> str:
    mark = ":page_facing_up: " if entry.kind == "file" else ""
    return mark + escape(clip(" ".join(entry.text.split()) or "(empty)", most_chars))


def _describe(entry: BasketEntry) -> str:
    what = {"note": "note", "message": "message", "finding": "finding", "file": "file"}[entry.kind]
    facts = [f"<{entry.permalink}|{what}>" if entry.permalink else what]
    if entry.author:
        facts.append(f"by {escape(entry.author)}")
    added = f"added by <@{entry.added_by}> " if entry.added_by else ""
    facts.append(f"{added}{_show_moment(entry.added_at)}")
    if entry.kind == "file":
        facts.append(_show_size(entry.size_bytes or 0))
        facts.extend([] if entry.added_by else ["read in its own thread only"])
    if entry.problem:
        facts.append(f"cannot be read: it {escape(entry.problem)}")
    if entry.archived_by:
        facts.append(f"archived by <@{entry.archived_by}>")
    return " · ".join(facts)


def _show_moment(moment: datetime) -> str:
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{moment:%d %b %Y %H:%M} UTC>"


def _show_size(size_bytes: int) -> str:
    return f"{size_bytes / MEGABYTE:.1f} MB" if size_bytes >= MEGABYTE else f"{-(-size_bytes // 1024):,} kB"


def _turn(page: BasketPage) -> list[Block]:
    newer = [button("Newer", "basket.newer", str(page.number - 1))] if page.number else []
    older = [button("Older", "basket.older", str(page.number + 1))] if page.number + 1 < page.page_count else []
    return [*newer, *older]


def _switch(page: BasketPage) -> Block:
    if page.is_archive:
        return button("Back to the basket", "basket.active", "active")
    return button("Show what was archived", "basket.archived", "archived")


def read_words(state: dict[str, Any]) -> str:
    """Give the words in the search field of a view's state."""
    said = state.get(SEARCH, {}).get(SEARCH, {}).get("value")
    return said if isinstance(said, str) else ""
