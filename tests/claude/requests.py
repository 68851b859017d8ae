"""Whether a request is one that the provider takes, by the types of its own library: unknown keys are errors too."""

import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from anthropic.types import TextBlockParam, ToolResultBlockParam
from anthropic.types.message_create_params import MessageCreateParamsStreaming
from pydantic import ConfigDict, TypeAdapter
from typing_extensions import is_typeddict


def check_request(body: dict[str, Any]) -> None:
    """Refuse, with a ValidationError or an AssertionError, what the provider would answer with 400."""
    whole, user_block = _adapters()
    _exhaust(whole.validate_python(body))
    messages = body["messages"]
    assert messages[0]["role"] == "user"
    for message in messages:
        for block in message["content"]:
            if message["role"] == "user":
                _exhaust(user_block.validate_python(block))
            assert block["type"] != "text" or block["text"].strip(), "a text block is empty"
        last = message["content"][-1]["type"]
        assert message["role"] == "user" or "thinking" not in last, "an assistant message ends in thinking"
    _check_calls_answered(messages)
    _check_pending(messages)
    _check_form(body)


def _check_calls_answered(messages: list[dict[str, Any]]) -> None:
    """Each call is answered in the next message, before any words there; nothing else is."""
    for message, following in zip(messages, [*messages[1:], None], strict=True):
        calls = [each["id"] for each in message["content"] if each["type"] == "tool_use"]
        if message["role"] != "assistant" or not calls:
            continue
        assert following is not None, "the last message holds a call that is not answered"
        kinds = [each["type"] for each in following["content"]]
        answered = [each["tool_use_id"] for each in following["content"] if each["type"] == "tool_result"]
        assert answered == calls, f"{calls} were answered by {answered}"
        assert kinds == sorted(kinds, key=lambda kind: kind != "tool_result"), "words stand before results"


def _check_pending(messages: list[dict[str, Any]]) -> None:
    """While the provider is at something of its own, it is told results of calls and nothing else."""
    pending: set[str] = set()
    for message in messages:
        for block in message["content"]:
            if block["type"] == "server_tool_use":
                pending.add(block["id"])
            elif block["type"].endswith("_tool_result"):
                pending.discard(block["tool_use_id"])
            waits = message["role"] == "user" and block["type"] != "tool_result" and pending
            assert not waits, f"{sorted(pending)} was found without a corresponding result"


def _check_form(body: dict[str, Any]) -> None:
    """What the newest models answer with 400."""
    assert not {"temperature", "top_p", "top_k"} & body.keys()
    assert body.get("tool_choice", {"type": "auto"})["type"] in {"auto", "none"}
    assert body.get("thinking", {"type": "adaptive"})["type"] in {"adaptive", "between_tools"}
    assert sum('"cache_control"' in each for each in _flatten(body)) <= 4
    for tool in body.get("tools", ()):
        if tool.get("strict"):
            _check_closed(tool["input_schema"])


def _check_closed(schema: Mapping[str, Any]) -> None:
    """A strict schema says of each object that nothing else is in it, and holds no bound that cannot be kept."""
    assert not {"minLength", "maxLength", "minimum", "maximum", "maxItems", "pattern", "default"} & schema.keys()
    if schema.get("type") == "object":
        assert schema["additionalProperties"] is False
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    for each in [*inner, *([schema["items"]] if "items" in schema else [])]:
        _check_closed(each)


def _flatten(value: Any) -> list[str]:
    """Give every key below a value, in quotes."""
    if isinstance(value, dict):
        return [f'"{key}"' for key in value] + [each for inner in value.values() for each in _flatten(inner)]
    return [each for inner in value for each in _flatten(inner)] if isinstance(value, list) else []


@cache
def _adapters() -> tuple[TypeAdapter[Any], TypeAdapter[Any]]:
    for module in [each for name, each in sys.modules.items() if name.startswith("anthropic.types")]:
        for found in vars(module).values():
            if is_typeddict(found) and not hasattr(found, "__pydantic_config__"):
                found.__pydantic_config__ = ConfigDict(extra="forbid")
    return TypeAdapter(MessageCreateParamsStreaming), TypeAdapter(TextBlockParam | ToolResultBlockParam)


def _exhaust(value: object) -> None:
    """Look at everything: pydantic checks an Iterable only while it is read."""
    if isinstance(value, str | bytes):
        return
    if isinstance(value, Mapping):
        for each in value.values():
            _exhaust(each)
    elif hasattr(value, "__iter__"):
        for each in value:
            _exhaust(each)
