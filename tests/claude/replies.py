"""What the local provider answers: replies, and all that can go wrong with one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """A reply, as it comes in a stream of events."""

    blocks: tuple[JsonObject, ...]
    stop_reason: str
    output_tokens: int | None = None


@dataclass(frozen=True)
class Refusal:
    """An HTTP error."""

    status: int
    kind: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True)
class Broken:
    """A reply that goes wrong in the middle."""

    reply: Reply
    after: int
    """How many events come before."""
    how: str
    """`drop`: the connection is cut · `end`: the stream ends as if all were said · `stall`: silence ·
    `error:TYPE`: an error event · `malformed`: half of an event's JSON · `nonsense`: JSON that is no event."""


Answer = Reply | Refusal | Broken


def thinking(text: str = "", *, signature: str = "c2lnbmVk") -> JsonObject:
    return {"type": "thinking", "thinking": text, "signature": signature}


def saying(text: str) -> JsonObject:
    return {"type": "text", "text": text}


def call(name: str, given: JsonObject, *, call_id: str) -> JsonObject:
    return {"type": "tool_use", "id": call_id, "name": name, "input": given}


def calling(turn: int, *calls: tuple[str, JsonObject], thought: str = "") -> Reply:
    """Give a turn that thinks and calls these tools."""
    blocks = (call(name, given, call_id=f"toolu_{turn}_{no}") for no, (name, given) in enumerate(calls, 1))
    return Reply((thinking(thought, signature=f"c2lnbmF0dXJl{turn:04}+/="), *blocks), "tool_use")


def ending(text: str = "It is handed in.") -> Reply:
    return Reply((thinking(signature="ZW5k"), saying(text)), "end_turn")


# What is no reading of anything: the bot then reads by its own rules.
NO_READING = Reply((saying("{}"),), "end_turn")


def list_events(reply: Reply, usage: JsonObject, *, model: str) -> list[tuple[str, JsonObject]]:
    """Give a reply as the provider streams it."""
    begun = {**usage, "output_tokens": 1}
    message = {"id": "msg_local", "type": "message", "role": "assistant", "model": model, "content": []}
    message |= {"stop_reason": None, "stop_sequence": None, "usage": begun}
    events: list[tuple[str, JsonObject]] = [("message_start", {"message": message}), ("ping", {})]
    for index, block in enumerate(reply.blocks):
        events.append(("content_block_start", {"index": index, "content_block": _empty(block)}))
        events += [("content_block_delta", {"index": index, "delta": delta}) for delta in _list_deltas(block)]
        events.append(("content_block_stop", {"index": index}))
    delta = {"stop_reason": reply.stop_reason, "stop_sequence": None}
    events += [("message_delta", {"delta": delta, "usage": {"output_tokens": usage["output_tokens"]}})]
    return [*events, ("message_stop", {})]


def write_event(name: str, content: JsonObject) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **content}, ensure_ascii=False)}\n\n".encode()


def _empty(block: JsonObject) -> JsonObject:
    emptied = {"text": {"text": ""}, "thinking": {"thinking": "", "signature": ""}, "tool_use": {"input": {}}}
    return {**block, **emptied.get(block["type"], {})}


def _list_deltas(block: JsonObject) -> Iterator[JsonObject]:
    match block:
        case {"type": "text", "text": text}:
            yield from ({"type": "text_delta", "text": part} for part in _cut(text))
        case {"type": "thinking", "thinking": thought, "signature": signature}:
            yield from ({"type": "thinking_delta", "thinking": part} for part in _cut(thought))
            yield {"type": "signature_delta", "signature": signature}
        case {"type": "tool_use", "input": given}:
            whole = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
            yield from ({"type": "input_json_delta", "partial_json": part} for part in _cut(whole))


def _cut(text: str) -> Iterator[str]:
    size = max(len(text) // 3, 1)
    yield from (text[start : start + size] for start in range(0, len(text), size))
