"""What the local provider answers: replies, and all that can go wrong with one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]


class NothingWritten(Exception):
    """A script holds nothing for what it is asked: its story went where nobody thought it would go."""


@dataclass(frozen=True)
class Reply:
    """A reply, as it comes in a stream of events."""

    blocks: tuple[JsonObject, ...]
    stop_reason: str
    output_tokens: int | None = None
    container: str | None = None
    """Where the provider ran code for it."""


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


def searching(query: str, *, call_id: str) -> JsonObject:
    """Give the provider's own call for a search."""
    return {"type": "server_tool_use", "id": call_id, "name": "web_search", "input": {"query": query}}


def found(*pages: tuple[str, str], call_id: str) -> JsonObject:
    """Give what a search found: addresses and titles; the words are for the model alone."""
    results = [
        {
            "type": "web_search_result",
            "url": url,
            "title": title,
            "page_age": "2 weeks ago",
            "encrypted_content": f"RW5jcnlwdGVk{number:04}+/=",
        }
        for number, (url, title) in enumerate(pages, 1)
    ]
    return {"type": "web_search_tool_result", "tool_use_id": call_id, "content": results}


def not_found(error_code: str, *, call_id: str) -> JsonObject:
    """Give a search that did not work."""
    error = {"type": "web_search_tool_result_error", "error_code": error_code}
    return {"type": "web_search_tool_result", "tool_use_id": call_id, "content": error}


def citing(text: str, *, url: str, title: str, cited_text: str) -> JsonObject:
    """Give words that quote a page."""
    location = {"type": "web_search_result_location", "url": url, "title": title, "cited_text": cited_text}
    return {"type": "text", "text": text, "citations": [{**location, "encrypted_index": "SW5kZXg+/="}]}


def running(code: str, *, call_id: str) -> JsonObject:
    """Give the provider's own call for a run of code."""
    return {"type": "server_tool_use", "id": call_id, "name": "code_execution", "input": {"code": code}}


def ran(printed: str, *file_ids: str, call_id: str, return_code: int = 0) -> JsonObject:
    """Give what a run of code printed, and the files that it left."""
    left = [{"type": "code_execution_output", "file_id": each} for each in file_ids]
    result = {"type": "code_execution_result", "stdout": printed, "stderr": "", "return_code": return_code}
    return {"type": "code_execution_tool_result", "tool_use_id": call_id, "content": {**result, "content": left}}


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
    delta: JsonObject = {"stop_reason": reply.stop_reason, "stop_sequence": None}
    if reply.container:
        delta["container"] = {"id": reply.container, "expires_at": "2026-12-24T00:00:00Z"}
    events += [("message_delta", {"delta": delta, "usage": _sum_up(reply, usage["output_tokens"])})]
    return [*events, ("message_stop", {})]


def write_event(name: str, content: JsonObject) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **content}, ensure_ascii=False)}\n\n".encode()


def _sum_up(reply: Reply, output_tokens: int) -> JsonObject:
    searches = sum(each["type"] == "web_search_tool_result" for each in reply.blocks)
    used = {"server_tool_use": {"web_search_requests": searches, "web_fetch_requests": 0}} if searches else {}
    return {"output_tokens": output_tokens, **used}


def _empty(block: JsonObject) -> JsonObject:
    emptied = {"text": {"text": ""}, "thinking": {"thinking": "", "signature": ""}, "tool_use": {"input": {}}}
    emptied["server_tool_use"] = emptied["tool_use"]
    begun = {name: value for name, value in block.items() if name != "citations" or not value}
    return {**begun, **emptied.get(block["type"], {})}


def _list_deltas(block: JsonObject) -> Iterator[JsonObject]:
    match block:
        case {"type": "text", "text": text}:
            yield from ({"type": "text_delta", "text": part} for part in _cut(text))
            yield from ({"type": "citations_delta", "citation": each} for each in block.get("citations") or ())
        case {"type": "thinking", "thinking": thought, "signature": signature}:
            yield from ({"type": "thinking_delta", "thinking": part} for part in _cut(thought))
            yield {"type": "signature_delta", "signature": signature}
        case {"type": "tool_use" | "server_tool_use", "input": given}:
            whole = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
            yield from ({"type": "input_json_delta", "partial_json": part} for part in _cut(whole))


def _cut(text: str) -> Iterator[str]:
    size = max(len(text) // 3, 1)
    yield from (text[start : start + size] for start in range(0, len(text), size))
