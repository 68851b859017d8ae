"""What differs between two files that should be the same: inside a package of parts, part by part."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

# Where Office files say when they were made and changed.
PROPERTIES: Final = "docProps/core.xml"
SHOWN: Final = 5


def describe_differences(made: bytes, delivered: bytes) -> tuple[str, ...]:
    """Give what differs, in people's words, the most telling first. Blocking."""
    try:
        now, then = _read_parts(made), _read_parts(delivered)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return (f"{len(delivered):,} bytes were delivered, {len(made):,} were made now",)
    told = tuple(_compare_parts(now, then))
    return told or ("only how its parts are packed, such as their times; each part is the same",)


def _read_parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _compare_parts(now: Mapping[str, bytes], then: Mapping[str, bytes]) -> Iterator[str]:
    changed = [name for name in now if name in then and now[name] != then[name]]
    if changed == [PROPERTIES] and now.keys() == then.keys():
        yield f"only its properties ({PROPERTIES}), which say when it was written"
        return
    for said, names in (
        ("has no more", [name for name in then if name not in now]),
        ("has besides", [name for name in now if name not in then]),
        ("has changed", changed),
    ):
        if names:
            rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            yield f"{said}: {', '.join(names[:SHOWN])}{rest}"
