"""The canonical form of JSON, RFC 8785: the same value gives the same bytes, wherever and whenever it is written.

A library knows all of it, in Python, at a second for a large bundle. Most values need little of it: where an encoder
written in C or Rust gives the same bytes, it is taken.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Any, Final

import rfc8785
from pydantic_core import to_json

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


def dump_sources(sources: Sequence[Mapping[str, Any]]) -> bytes:
    """Give the canonical form of a bundle's sources.

    Args:
        sources: Their keys are ASCII, and in order where there is no table; numbers stand in tables.
    """
    runs = (_dump_run(some, has_table=has_table) for has_table, some in groupby(sources, _has_table))
    return b"[" + b",".join(chain.from_iterable(runs)) + b"]"


def dump_members(members: Mapping[str, bytes]) -> bytes:
    """Give the canonical form of an object of these members, whose names are ASCII and whose values are canonical."""
    return b"{" + b",".join(f'"{name}":'.encode() + members[name] for name in sorted(members)) + b"}"


def _has_table(source: Mapping[str, Any]) -> bool:
    return any("table" in passage for passage in source["passages"])


def _dump_run(sources: Iterable[Mapping[str, Any]], *, has_table: bool) -> Iterator[bytes]:
    """Give neighbours that are alike: those with a table each by itself, the others many at once."""
    rest = iter(sources)
    if has_table:
        yield from map(_dump_source, rest)
    while some := list(islice(rest, _TOGETHER)):
        # Several times as fast as the other, and puts nothing in order.
        yield to_json(some)[1:-1]


def _dump_source(source: Mapping[str, Any]) -> bytes:
    members = {name: _ENCODE(value).encode() for name, value in source.items() if name != "passages"}
    try:
        passages = b",".join(map(_dump_passage, source["passages"]))
    except ValueError:
        # A number that the two may write differently, or that the library refuses.
        return rfc8785.dumps(dict(source))
    return dump_members({**members, "passages": b"[" + passages + b"]"})


def _dump_passage(passage: Mapping[str, Any]) -> bytes:
    if "table" not in passage:
        return _ENCODE(passage).encode()
    table = passage["table"]
    plain = {name: _ENCODE(value).encode() for name, value in table.items() if name != "rows"}
    members = {name: _ENCODE(value).encode() for name, value in passage.items() if name != "table"}
    rows = b"[" + b",".join(_dump_rows(table["rows"])) + b"]"
    return dump_members({**members, "table": dump_members({**plain, "rows": rows})})


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
