"""The chunks of a stream, and the blocks that they add up to."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from bot.sandbox.blocks import MARKDOWN_CHARS, MESSAGE_BLOCKS, check_message_blocks
from bot.sandbox.wire import Json, SlackError, is_object_list

Display = Literal["plan", "timeline"]

# docs.slack.dev, chat.startStream: chunks, and the fields each cannot do without
CHUNKS: Final[dict[str, tuple[str, ...]]] = {
    "blocks": (),
    "markdown_text": ("text",),
    "plan_update": ("title",),
    "task_update": ("id", "title", "status"),
}


def check_chunks(chunks: object) -> list[Json]:
    """Give the chunks if Slack would take them.

    Raises:
        SlackError: `invalid_chunks`, `msg_too_long`, `msg_blocks_too_many` or as `check_message_blocks`.
    """
    if not is_object_list(chunks):
        raise SlackError("invalid_chunks", ["must be a list of objects [json-pointer:/chunks]"])
    for number, chunk in enumerate(chunks):
        problem = _find_problem(chunk)
        if problem:
            raise SlackError("invalid_chunks", [f"{problem} [json-pointer:/chunks/{number}]"])
        if chunk["type"] == "markdown_text" and len(chunk["text"]) > MARKDOWN_CHARS:
            raise SlackError("msg_too_long")
        if chunk["type"] == "blocks":
            _check_blocks(chunk["blocks"])
        if chunk["type"] == "task_update":
            _check_card(_card(chunk, None), number)
    return chunks


def add_chunks(blocks: Sequence[Json], chunks: Sequence[Json], display: Display) -> list[Json]:
    """Give the blocks a streamed message shows when these chunks came on top of what it showed."""
    shown = list(blocks)
    for chunk in chunks:
        if chunk["type"] == "markdown_text":
            shown = _with_text(shown, chunk["text"])
        elif chunk["type"] == "task_update":
            shown = _with_task(shown, chunk, display)
        elif chunk["type"] == "blocks":
            shown += chunk["blocks"]
        elif display == "plan":
            shown = _with_plan(shown, title=chunk["title"])
    return shown


def end_tasks(blocks: Sequence[Json]) -> list[Json]:
    """Give the blocks as they stay when the stream ends: a task that was still in progress shows an error."""

    def ended(card: Json) -> Json:
        return card | {"status": "error"} if card["status"] == "in_progress" else card

    return [_on_cards(block, ended) for block in blocks]


def text_of(blocks: Sequence[Json]) -> str:
    """Give the words of a streamed message."""
    return "".join(block["text"] for block in blocks if block["type"] == "markdown")


def _find_problem(chunk: Json) -> str | None:
    kind = chunk.get("type")
    if kind not in CHUNKS:
        return f"unsupported type: {kind}"
    if kind == "blocks":
        return None if is_object_list(chunk.get("blocks")) else "blocks must be a list of objects"
    wrong = next((name for name in CHUNKS[kind] if not isinstance(chunk.get(name), str) or not chunk[name]), None)
    return f"missing required field: {wrong}" if wrong else None


def _check_blocks(blocks: list[Json]) -> None:
    if len(blocks) > MESSAGE_BLOCKS:
        raise SlackError("msg_blocks_too_many")
    check_message_blocks(blocks, has_agent_features=True)


def _check_card(card: Json, number: int) -> None:
    try:
        check_message_blocks([card], has_agent_features=True)
    except SlackError as error:
        messages = [message.replace("/blocks/0", f"/chunks/{number}") for message in error.messages]
        raise SlackError("invalid_chunks", messages) from error


def _with_text(blocks: list[Json], text: str) -> list[Json]:
    if blocks and blocks[-1]["type"] == "markdown":
        return [*blocks[:-1], blocks[-1] | {"text": blocks[-1]["text"] + text}]
    return [*blocks, {"type": "markdown", "text": text}]


def _with_task(blocks: list[Json], chunk: Json, display: Display) -> list[Json]:
    cards = [card for block in blocks for card in _cards_of(block)]
    shown = next((card for card in cards if card["task_id"] == chunk["id"]), None)
    card = _card(chunk, shown)
    if shown is not None:
        return [_on_cards(block, lambda one: card if one is shown else one) for block in blocks]
    return _with_plan(blocks, card=card) if display == "plan" else [*blocks, card]


def _with_plan(blocks: list[Json], *, title: str | None = None, card: Json | None = None) -> list[Json]:
    """Give the blocks with one plan among them, where the first task came."""
    if not any(block["type"] == "plan" for block in blocks):
        blocks = [*blocks, {"type": "plan", "title": "", "tasks": []}]
    more: Json = {} if title is None else {"title": title}

    def grown(block: Json) -> Json:
        return block | more | {"tasks": [*block["tasks"], *([card] if card else [])]}

    return [grown(block) if block["type"] == "plan" else block for block in blocks]


def _cards_of(block: Json) -> list[Json]:
    return block["tasks"] if block["type"] == "plan" else [block] if block["type"] == "task_card" else []


def _on_cards(block: Json, change: Callable[[Json], Json]) -> Json:
    if block["type"] == "plan":
        return block | {"tasks": [change(card) for card in block["tasks"]]}
    return change(block) if block["type"] == "task_card" else block


def _card(chunk: Json, shown: Json | None) -> Json:
    """Give the card after this chunk: title and status are replaced, details and output grow, sources are added."""
    before: Json = shown or {}
    card = before | {"type": "task_card", "task_id": chunk["id"], "title": chunk["title"], "status": chunk["status"]}
    for name in ("details", "output"):
        if chunk.get(name):
            card[name] = _rich_text(_plain(before.get(name)) + str(chunk[name]))
    if chunk.get("sources"):
        card["sources"] = [*before.get("sources", ()), *chunk["sources"]]
    return card


def _rich_text(text: str) -> Json:
    words: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [words]}


def _plain(rich_text: Json | None) -> str:
    return rich_text["elements"][0]["elements"][0]["text"] if rich_text else ""
