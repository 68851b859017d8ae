"""The provider's side of the bill, by one rule: four characters of JSON are a token; what was kept costs as read."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

CHARS_PER_TOKEN = 4
# How far back from a mark the provider looks for something that it has kept.
LOOK_BACK = 20


@dataclass(frozen=True)
class Taken:
    """What a request took of input."""

    fresh: int
    written: int
    read: int

    def to_usage(self, output_tokens: int) -> dict[str, int]:
        return {
            "input_tokens": self.fresh,
            "cache_creation_input_tokens": self.written,
            "cache_read_input_tokens": self.read,
            "output_tokens": output_tokens,
        }


@dataclass
class Cache:
    """What the provider has kept of earlier requests."""

    kept: set[str] = field(default_factory=set)

    def take(self, body: dict[str, Any]) -> Taken:
        """Give what a request takes, and keep it up to its marks."""
        blocks = list_blocks(body)
        names, total = _name_prefixes(blocks), sum(count_tokens(each) for each in blocks)
        marks = [place for place, block in enumerate(blocks) if "cache_control" in block]
        looked_at = {place for mark in marks for place in range(max(0, mark - LOOK_BACK), mark + 1)}
        hits = [place for place in looked_at if names[place] in self.kept]
        read = _count_up_to(blocks, max(hits, default=-1))
        written = max(_count_up_to(blocks, max(marks, default=-1)) - read, 0)
        self.kept |= {names[place] for place in marks}
        return Taken(fresh=total - read - written, written=written, read=read)


def count_tokens(value: Any) -> int:
    """Count the tokens of a block, whatever marks it carries."""
    return -(-len(_dump(value)) // CHARS_PER_TOKEN)


def list_blocks(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Give a request's blocks in the order in which the provider reads them: tools, system, messages."""
    said = [{"role": each["role"], **block} for each in body["messages"] for block in each["content"]]
    return [*body.get("tools", ()), *body.get("system", ()), *said]


def without_marks(block: dict[str, Any]) -> dict[str, Any]:
    """Give a block without its mark, which is no part of what is kept."""
    return {name: value for name, value in block.items() if name != "cache_control"}


def _name_prefixes(blocks: list[dict[str, Any]]) -> list[str]:
    names, so_far = [], sha256()
    for block in blocks:
        so_far.update(_dump(block).encode())
        names.append(so_far.hexdigest())
    return names


def _count_up_to(blocks: list[dict[str, Any]], place: int) -> int:
    return sum(count_tokens(each) for each in blocks[: place + 1])


def _dump(value: Any) -> str:
    plain = without_marks(value) if isinstance(value, dict) else value
    return json.dumps(plain, ensure_ascii=False)
