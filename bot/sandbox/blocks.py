"""Which blocks Slack accepts: its SDK's own models, and the documented limits those do not check."""

import copy
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.sandbox.charts import MESSAGE_CHARTS, find_chart_problems
from bot.sandbox.elements import VALUE_TYPES, find_unknown, walk_elements
from bot.sandbox.inputs import options_of
from bot.sandbox.shapes import find_shape_problems, find_unknown_key
from bot.sandbox.tables import find_table_problems
from bot.sandbox.wire import Json, SlackError, is_list, is_object, is_object_list, objects_in

Surface = Literal["message", "modal", "home"]

# docs.slack.dev, blocks: "up to 50 blocks in each message, and 100 blocks in modals or Home tabs"
MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
# docs.slack.dev, text object
TEXT_CHARS: Final = 3_000
# docs.slack.dev, section block
FIELD_CHARS: Final = 2_000
# docs.slack.dev, markdown block: "cumulative limit for all markdown blocks in a single payload"
MARKDOWN_CHARS: Final = 12_000
# Undocumented; several reports put the refusal of all blocks of a message near this size.
MESSAGE_BLOCKS_CHARS: Final = 13_200

PLAIN_BLOCKS: Final = frozenset(
    {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
)
# Newer than the blocks every workspace has: refused where the agent features are off.
AGENT_BLOCKS: Final = frozenset(
    {
        "alert",
        "card",
        "carousel",
        "container",
        "context_actions",
        "data_table",
        "data_visualization",
        "markdown",
        "plan",
        "table",
        "task_card",
    }
)
CONTAINER_BLOCKS: Final = PLAIN_BLOCKS | {"table"}
CARD: Final = frozenset({"card"})
TASK_CARD: Final = frozenset({"task_card"})
RICH_TEXT: Final = frozenset({"rich_text"})
MESSAGE_ONLY: Final = frozenset({"context_actions", "markdown", "plan", "task_card"})
# The Python SDK has no model of these: only the limits below are checked.
UNMODELLED: Final = frozenset({"data_table", "data_visualization"})


def check_message_blocks(blocks: object, *, has_agent_features: bool) -> tuple[Json, ...]:
    """Give the blocks of a message if Slack would take them.

    Raises:
        SlackError: `invalid_blocks_format`, `invalid_blocks` with one message each, or `msg_blocks_too_long`.
    """
    if not blocks:
        return ()
    if not is_object_list(blocks):
        raise SlackError("invalid_blocks_format")
    problems = find_problems(blocks, "message", has_agent_features=has_agent_features)
    if problems:
        raise SlackError("invalid_blocks", problems)
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > MESSAGE_BLOCKS_CHARS:
        raise SlackError("msg_blocks_too_long")
    return tuple(blocks)


def find_problems(blocks: Sequence[Json], surface: Surface, *, has_agent_features: bool) -> list[str]:
    """Give what is wrong with these blocks, each with the place where it is."""
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    problems = [f"no more than {most} items allowed [json-pointer:/blocks]"] if len(blocks) > most else []
    for number, block in enumerate(blocks):
        path = f"/blocks/{number}"
        found = _type_problem(block, surface, has_agent_features=has_agent_features)
        problems += [_at(found, f"{path}/type")] if found else _block_problems(block, path)
    ids = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    problems += [_at(f"block_id {name!r} already exists", "/blocks") for name, count in ids.items() if count > 1]
    charts = sum(block.get("type") == "data_visualization" for block in blocks)
    if surface == "message" and charts > MESSAGE_CHARTS:
        problems.append(_at(f"no more than {MESSAGE_CHARTS} charts allowed", "/blocks"))
    marked = sum(len(str(block.get("text"))) for block in blocks if block.get("type") == "markdown")
    if marked > MARKDOWN_CHARS:
        problems.append(_at(f"markdown must be less than {MARKDOWN_CHARS + 1} characters in all", "/blocks"))
    return problems


def _type_problem(block: Json, surface: Surface, *, has_agent_features: bool) -> str | None:
    kind = block.get("type")
    if not isinstance(kind, str):
        return "missing required field: type"
    is_known = kind in PLAIN_BLOCKS or (has_agent_features and kind in AGENT_BLOCKS)
    is_placed = surface == "message" or kind not in MESSAGE_ONLY
    return None if is_known and is_placed else f"unsupported type: {kind}"


def _block_problems(block: Json, path: str) -> list[str]:
    for inner, inner_path, allowed in _inner_blocks(block, path):
        if not is_object(inner) or inner.get("type") not in allowed:
            return [_at(f"must be one of {sorted(allowed)}", inner_path)]
        problems = _block_problems(inner, inner_path)
        if problems:
            return problems
    found = next(find_shape_problems(block), None) or _model_problem(block)
    if found:
        return [_at(found, path)]
    problems = [_at(f"must be {limit}", where) for limit, where in _text_problems(block, path)]
    problems += [_at(f"unsupported element: {kind}", path) for kind in find_unknown([block])]
    problems += [_at(text, path) for text in (*find_table_problems(block), *find_chart_problems(block))]
    problems += [_at(text, path) for _, element in walk_elements([block]) for text in _element_problems(element)]
    actions = Counter(element["action_id"] for _, element in walk_elements([block]) if element.get("action_id"))
    return problems + [_at(f"action_id {name!r} already exists", path) for name, count in actions.items() if count > 1]


def _inner_blocks(block: Json, path: str) -> Iterator[tuple[object, str, frozenset[str]]]:
    """Yield the blocks inside a block, where each stands, and which types may stand there."""
    children: list[Any] = block.get("child_blocks") or []
    for number, child in enumerate(children):
        yield child, f"{path}/child_blocks/{number}", CONTAINER_BLOCKS
    cards: list[Any] = (block.get("elements") or []) if block["type"] == "carousel" else []
    for number, card in enumerate(cards):
        yield card, f"{path}/elements/{number}", CARD
    if block.get("rich_text_title"):
        yield block["rich_text_title"], f"{path}/rich_text_title", RICH_TEXT
    tasks: list[Any] = block.get("tasks") or []
    for number, task in enumerate(tasks):
        yield ({"type": "task_card", **task} if is_object(task) else task), f"{path}/tasks/{number}", TASK_CARD
    for name in ("details", "output"):
        if block["type"] == "task_card" and block.get(name):
            yield block[name], f"{path}/{name}", RICH_TEXT


def _model_problem(block: Json) -> str | None:
    if block["type"] in UNMODELLED:
        return None
    try:
        unknown = find_unknown_key(block, _modelled(block))
    except SlackObjectFormationError as error:
        return str(error)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        return f"does not have the shape of a {block['type']} block ({type(error).__name__})"
    return f"invalid additional property: {unknown}" if unknown else None


def _modelled(block: Json) -> Json:
    model: Any = Block.parse(copy.deepcopy(block))  # pyright: ignore[reportUnknownMemberType] -- its dicts are bare
    return model.to_dict() if model is not None else {}


def _element_problems(element: Json) -> Iterator[str]:
    if "options" in element or "option_groups" in element:
        options = options_of(element)
        if not options:
            yield "must have at least one option"
        firsts = objects_in([element.get("initial_option")]) + objects_in(element.get("initial_options"))
        if any(first not in options for first in firsts):
            yield "initial option is not among the options"
    if element["type"] == "number_input" and "is_decimal_allowed" not in element:
        yield "missing required field: is_decimal_allowed"
    if element["type"] in VALUE_TYPES and len(str(element.get("initial_value") or "")) > TEXT_CHARS:
        yield f"initial_value must be less than {TEXT_CHARS + 1} characters"


def _text_problems(value: object, path: str, limit: int = TEXT_CHARS) -> Iterator[tuple[str, str]]:
    if is_list(value):
        for number, part in enumerate(value):
            yield from _text_problems(part, f"{path}/{number}", limit)
    elif is_object(value):
        text = value.get("text")
        if value.get("type") in ("plain_text", "mrkdwn") and isinstance(text, str) and not 1 <= len(text) <= limit:
            yield ("more than 0 characters" if not text else f"less than {limit + 1} characters"), f"{path}/text"
        for key, part in value.items():
            yield from _text_problems(part, f"{path}/{key}", FIELD_CHARS if key == "fields" else limit)


def _at(text: str, path: str) -> str:
    return f"{text} [json-pointer:{path}]"
