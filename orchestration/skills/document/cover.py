"""The dark band behind a document's title, as a small picture: flat colours, drawn from the theme."""

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from orchestration.skills.blocks import Theme
from orchestration.skills.deck.palette import PALETTES, Ink

# Flat rectangles stay sharp at any size as long as their edges lie on pixels.
BAND_WIDTH_PX: Final = 612
BAND_HEIGHT_PX: Final = 232
# Columns of the motif at the right edge: where each begins, and how deep it hangs.
_BARS: Final = ((474, 150), (520, 232), (566, 96))
_BAR_WIDTH_PX: Final = 46


@lru_cache
def band_png(theme: Theme) -> bytes:
    """Give the band as a PNG of four colours."""
    palette = PALETTES[theme]
    inks = (Ink.NIGHT, Ink.ACCENT, Ink.SECOND, Ink.WARM)
    rows = b"".join(b"\0" + _row(y) for y in range(BAND_HEIGHT_PX))
    header = struct.pack(">IIBBBBB", BAND_WIDTH_PX, BAND_HEIGHT_PX, 8, 3, 0, 0, 0)
    colours = b"".join(bytes.fromhex(palette.rgb(ink)) for ink in inks)
    parts: Sequence[tuple[bytes, bytes]] = (
        (b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""),
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _row(y: int) -> bytes:
    pixels = bytearray(BAND_WIDTH_PX)
    for ink, (left, depth) in enumerate(_BARS, 1):
        if y < depth:
            pixels[left : left + _BAR_WIDTH_PX] = bytes([ink]) * _BAR_WIDTH_PX
    return bytes(pixels)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
