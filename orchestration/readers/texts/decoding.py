"""Bytes become text: byte-order marks first, then UTF-8, then the best guess."""

import codecs
import unicodedata
from typing import Final

from charset_normalizer import from_bytes

from orchestration.readers.texts.characters import drop_unseen
from recipes.source import FileRefused

# a guess needs no more, and charset-normalizer slows down with length
GUESS_BYTES: Final = 200_000
# text has line ends and tabs; anything beyond a stray control character is something else
CONTROL_SHARE: Final = 0.01

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# what office programs write where they do not write Unicode; offered all, the library also sees Mac and Johab texts
_GUESSES: Final = [
    "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949",
]  # fmt: skip
_WESTERN: Final = "cp1252"


def decode_text(filename: str, content: bytes) -> str:
    """Give the text of these bytes, with plain line ends and nothing unseen.

    Raises:
        FileRefused: they are not text in any encoding that fits, or there is nothing but space.
    """
    text = _decode(content)
    if text is None or _is_binary(text):
        raise FileRefused(filename, "is not readable as text")
    if not text.strip():
        raise FileRefused(filename, "is empty")
    return drop_unseen(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))


def _decode(content: bytes) -> str | None:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", _guess_encoding(content)):
        if encoding is None:
            continue
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _guess_encoding(content: bytes) -> str | None:
    """Give the best guess; among equals Western European, which the library lists after cp1250 (£ became Ł)."""
    matches = list(from_bytes(content[:GUESS_BYTES], cp_isolation=_GUESSES))
    if not matches:
        return None
    best = matches[0]
    equals = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    if any(_WESTERN in match.could_be_from_charset for match in equals):
        return _WESTERN
    return best.encoding


def _is_binary(text: str) -> bool:
    sample = text[:GUESS_BYTES]
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in sample)
    return controls > CONTROL_SHARE * max(len(sample), 1)
