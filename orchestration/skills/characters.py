"""Which characters a document may hold."""

import re
from typing import Final
from unicodedata import bidirectional

# XML 1.0, production 2 (Char), turned round, lone surrogates included; and U+202D, U+202E, which make text lie.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")


def clean_line(value: object) -> object:
    """Give the text as one line without characters XML cannot hold; what is no text is given back as it is."""
    return " ".join(_without_forbidden(value).split()) if isinstance(value, str) else value


def clean_lines(value: object) -> object:
    """Give the text, its lines kept, without characters XML cannot hold; what is no text is given back as it is."""
    if not isinstance(value, str):
        return value
    return "\n".join(" ".join(line.split(" ")).rstrip() for line in _without_forbidden(value).splitlines()).strip()


def is_right_to_left(text: str) -> bool:
    """True if the first letter of the text is of a script written from right to left."""
    return bool(find_direction(text))


def find_direction(text: str) -> bool | None:
    """Give whether the first letter of the text is of a script written from right to left; None without a letter."""
    strong = (bidirectional(sign) for sign in text)
    return next((kind in {"R", "AL"} for kind in strong if kind in {"L", "R", "AL"}), None)


def _without_forbidden(text: str) -> str:
    return _FORBIDDEN.sub(lambda found: " " if found[0] in "\x0b\x0c\x1c\x1d\x1e\x1f" else "", text)
