"""The interactive elements inside blocks: where they stand, and the ids Slack gives to those that have none."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.sandbox.wire import Json, objects_in

Placed = tuple[str, Json]  # block_id, element

# Elements that keep a value in `state.values`; buttons, overflow menus and images do not.
VALUE_TYPES: Final = frozenset(
    {
        "channels_select",
        "checkboxes",
        "conversations_select",
        "datepicker",
        "datetimepicker",
        "email_text_input",
        "external_select",
        "file_input",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
        "multi_static_select",
        "multi_users_select",
        "number_input",
        "plain_text_input",
        "radio_buttons",
        "rich_text_input",
        "static_select",
        "timepicker",
        "url_text_input",
        "users_select",
    }
)
ACTION_TYPES: Final = VALUE_TYPES | {"button", "feedback_buttons", "icon_button", "overflow", "workflow_button"}


def walk_elements(blocks: Sequence[Json]) -> Iterator[Placed]:
    """Yield every interactive element with the id of the block it belongs to."""
    for block in blocks:
        for element in _elements_of(block):
            if element.get("type") in ACTION_TYPES:
                yield block.get("block_id", ""), element
        yield from walk_elements(_children_of(block))


def walk_inputs(blocks: Sequence[Json]) -> Iterator[Placed]:
    """Yield the elements that keep a value, with the id of their block."""
    for block_id, element in walk_elements(blocks):
        if element["type"] in VALUE_TYPES:
            yield block_id, element


def find_unknown(blocks: Sequence[Json]) -> list[str]:
    """Give the types of elements that nobody can draw where they stand."""
    found: list[str] = []
    for block in blocks:
        allowed = VALUE_TYPES if block.get("type") == "input" else ACTION_TYPES | {"image"}
        found += [str(one.get("type")) for one in _elements_of(block) if one.get("type") not in allowed]
        found += find_unknown(_children_of(block))
    return found


def find_block(blocks: Sequence[Json], block_id: str) -> Json | None:
    """Give the block with this id, also inside containers."""
    for block in blocks:
        if block.get("block_id") == block_id:
            return block
        inner = find_block(_children_of(block), block_id)
        if inner is not None:
            return inner
    return None


def with_ids(blocks: Sequence[Json], new_id: Callable[[], str]) -> list[Json]:
    """Give the blocks with an id on each block and interactive element, as Slack completes them."""
    named = copy.deepcopy(list(blocks))
    _name_blocks(named, new_id)
    for _, element in walk_elements(named):
        if not element.get("action_id"):
            element["action_id"] = new_id()
    return named


def _name_blocks(blocks: Sequence[Json], new_id: Callable[[], str]) -> None:
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = new_id()
        _name_blocks(_children_of(block), new_id)


def _elements_of(block: Json) -> list[Json]:
    kind = block.get("type")
    if kind in {"actions", "context_actions"}:
        return objects_in(block.get("elements"))
    if kind == "card":
        return objects_in(block.get("actions"))
    if kind == "section":
        return objects_in([block.get("accessory")])
    if kind == "input":
        return objects_in([block.get("element")])
    return []


def _children_of(block: Json) -> list[Json]:
    if block.get("type") == "container":
        return objects_in(block.get("child_blocks"))
    if block.get("type") == "carousel":
        return objects_in(block.get("elements"))
    return []
