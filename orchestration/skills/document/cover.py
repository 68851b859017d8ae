"""The dark band behind a document's title, as a small picture: flat colours, drawn from the theme."""

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from orchestration.skills.design.palette import PALETTES, Ink
from orchestration.skills.paper.band import BARS
from recipes.theme import Theme

# Flat rectangles stay sharp at any size as long as their edges lie on pixels.
BAND_WIDTH_PX: Final = 612
BAND_HEIGHT_PX: Final = 232


@lru_cache
def band_png(theme: Theme, *, is_mirrored: bool = False) -> bytes:
    """Give the band as a PNG of four colours; mirrored for pages that are read from right to left."""
    palette = PALETTES[theme]
    inks = (Ink.NIGHT, *(ink for _, _, _, ink in BARS))
    rows = b"".join(b"\0" + _row(y)[:: -1 if is_mirrored else 1] for y in range(BAND_HEIGHT_PX))
    header = struct.pack(">IIBBBBB", BAND_WIDTH_PX, BAND_HEIGHT_PX, 8, 3, 0, 0, 0)
    colours = b"".join(bytes.fromhex(palette.rgb(ink)) for ink in inks)
    parts: Sequence[tuple[bytes, bytes]] = (
        (b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""),
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _row(y: int) -> bytes:
    pixels = bytearray(BAND_WIDTH_PX)
    for ink, (left, width, depth, _) in enumerate(BARS, 1):
        if y < round(depth * BAND_HEIGHT_PX):
            first, count = round(left * BAND_WIDTH_PX), round(width * BAND_WIDTH_PX)
            pixels[first : first + count] = bytes([ink]) * count
    return bytes(pixels)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
