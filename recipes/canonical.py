"""The canonical form of JSON, RFC 8785: the same value gives the same bytes, wherever and whenever it is written.

A library knows all of it, in Python, at a second for a large bundle. Most values need little of it: where an encoder
written in C or Rust gives the same bytes, it is taken.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import rfc8785
from msgspec import Raw
from msgspec.json import Encoder

from recipes.source import Source, Table

# RFC 8785, 3.2.2.3: up to here each integer has a number of its own, and Python writes it as ECMAScript does
_WHOLE: Final = 2**53 - 1
# from here on, both write a fraction without an exponent
_LEAST: Final = 1e-4
# so many rows or sources at once: other threads are let in between
_TOGETHER: Final = 1_000

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def dump_canonical(value: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Give a value's canonical form."""
    return rfc8785.dumps(value)


def dump_sources(sources: Sequence[Source]) -> bytes:
    """Give the canonical form of a bundle's sources: their members are in order, and numbers stand in tables only."""
    encode = Encoder(enc_hook=_dump_table).encode
    some = (sources[place : place + _TOGETHER] for place in range(0, len(sources), _TOGETHER))
    return b"[" + b",".join([encode(each)[1:-1] for each in some]) + b"]"


def dump_members(members: Mapping[str, bytes]) -> bytes:
    """Give the canonical form of an object of these members, whose names are ASCII and whose values are canonical."""
    return b"{" + b",".join(f'"{name}":'.encode() + members[name] for name in sorted(members)) + b"}"


def _dump_table(table: Table) -> Raw:
    plain = table.model_dump(mode="json", exclude={"rows"})
    try:
        rows = b"[" + b",".join(_dump_rows(table.rows)) + b"]"
    except ValueError:
        # A number that the two may write differently, or that the library refuses.
        return Raw(rfc8785.dumps({**plain, "rows": table.rows}))
    return Raw(dump_members({**{name: _ENCODE(value).encode() for name, value in plain.items()}, "rows": rows}))


def _dump_rows(rows: Sequence[Sequence[Any]]) -> Iterator[bytes]:
    """Give the rows in some pieces, each without the brackets around it."""
    for place in range(0, len(rows), _TOGETHER):
        some = rows[place : place + _TOGETHER]
        kinds = set(map(type, chain.from_iterable(some)))
        if kinds & {int, float}:
            some = [[_even(cell) if type(cell) in (int, float) else cell for cell in row] for row in some]
        yield _ENCODE(some)[1:-1].encode()


def _even(number: float) -> float:
    """Give the number so that Python writes it as ECMAScript does, or raise."""
    is_whole = isinstance(number, int) or number.is_integer()
    if is_whole and abs(number) <= _WHOLE:
        return int(number)
    if is_whole or abs(number) < _LEAST:
        raise ValueError(number)
    return number
