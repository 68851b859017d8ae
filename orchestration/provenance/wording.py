"""Words as people read them: what chat and Markdown add to them is gone, and typographic marks are plain ones."""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# docs.slack.dev, formatting text: what stands between angle brackets
_ANGLE: Final = re.compile(r"<(?P<sign>[@#!]?)(?P<body>[^<>|\s]*)(?:\|(?P<label>[^<>]*))?>")
_EMOJI: Final = re.compile(r":[a-z0-9_+-]+:(?::skin-tone-\d:)?|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_STYLE: Final = re.compile(r"[*_~`\\]")
_SINGLE: Final = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"))
_DOUBLE: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'))
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_ELLIPSIS: Final = re.compile(r"\s*(?:\[?\(?(?:…|\.{3})\)?\]?)\s*")
_QUOTED: Final = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|(?<![\w\"])\"([^\"]+)\"(?!\w)")
# the marks at a quotation's end may be the quoting sentence's own
_ENDS: Final = " .,;:!?"


def read_plainly(text: str) -> str:
    """Give a text as people read it, its spaces, dashes and quotation marks plain."""
    shown = html.unescape(_ANGLE.sub(_show_angle, text))
    shown = _STYLE.sub("", _UNSEEN.sub("", _EMOJI.sub("", shown)).translate(_SINGLE).translate(_DOUBLE))
    return " ".join(unicodedata.normalize("NFKC", shown.replace("…", "\x00")).translate(_DASHES).split()).replace(
        "\x00", "…"
    )


def list_quoted(text: str) -> Iterator[str]:
    """Give what stands between quotation marks in a line, in order."""
    for match in _QUOTED.finditer(text):
        yield next(group for group in match.groups() if group is not None).strip()


def holds_words(text: str, quoted: str) -> bool:
    """Tell whether a text holds these words, in order and unbroken but for where they leave some out by an ellipsis.

    Args:
        text: As `read_plainly` gives it.
        quoted: As it is written in the file.
    """
    at = 0
    pieces = [piece for piece in (each.strip(_ENDS) for each in _ELLIPSIS.split(read_plainly(quoted))) if piece]
    for piece in pieces:
        # looked for in the plain way first, which is much quicker where there is nothing
        if piece not in text:
            return False
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if found is None:
            return False
        at = found.end()
    return bool(pieces)


def _show_angle(match: re.Match[str]) -> str:
    label, sign = match["label"], match["sign"]
    if sign == "!":
        return ""
    return (f"{sign}{label}" if label else "") if sign else label or match["body"]
