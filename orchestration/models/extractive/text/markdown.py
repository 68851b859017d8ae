"""Markdown as this model writes it: quoted words stay words, whatever marks they look like."""

import math
import re
from collections.abc import Sequence
from typing import Final

from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.figure_words import FigureWords
from orchestration.models.extractive.tabulations import Tabulation
from orchestration.models.extractive.words import count_words
from recipes.source import Cell

CELL_CHARS: Final = 60
# a word of this many characters is counted as several, so that a text without spaces has a length too
WORD_CHARS: Final = 14
# not seen; it parts a sign from a name, so that no reader of Markdown or of Slack's own marks calls anybody
_JOINER: Final = "\u2060"
# C0 and C1 controls, and the characters that turn the direction of writing, so that what follows reads otherwise
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# an underscore within a word is no mark; a number sign after a space makes a channel's name a link in Slack
_SPECIAL: Final = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|(?<!\S)#|#(?=\s|$)")
_START: Final = re.compile(r"^(?:[>]|[-+=](?=[\s=+-]|$)|\d{1,9}(?=[.)](?:\s|$)))")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_ANGLE: Final = re.compile(r"<(?=[^\s\d=])")
_EVERYBODY: Final = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)
_MARK: Final = re.compile(r"\s*\[@S\d+(?:\.\d+)?\]")


def escape(text: str) -> str:
    """Give words so that Markdown shows exactly them: no heading, list, link, picture, mention, code or mark."""
    line = " ".join(_HIDDEN.sub(" ", text).split())
    line = _EVERYBODY.sub(f"@{_JOINER}", _ENTITY.sub("&amp;", line))
    line = _SPECIAL.sub(lambda match: f"\\{match[0]}", line)
    line = _START.sub(lambda match: f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}", line)
    return _ANGLE.sub(f"<{_JOINER}", line).replace("<", "&lt;")


def cite(text: str, passage_id: str) -> str:
    """Give words with the mark of the passage they stand in."""
    return f"{escape(text)} [@{passage_id}]"


def render_table(shown: Tabulation) -> str:
    """Give a table; columns of numbers are set to the right."""
    columns = list(zip(*shown.rows, strict=True))
    rules = ["---:" if _is_numeric(column) else "---" for column in columns]
    lines = [[_show_cell(each, shown.words) for each in shown.headers], rules]
    lines += [[_show_cell(cell, shown.words) for cell in row] for row in shown.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def count_read(text: str) -> int:
    """Count the words of Markdown as people read it, without marks and rules."""
    plain = re.sub(r"\|(?: -{3}:? \|)+|[|#*\\]", " ", _MARK.sub("", text))
    return max(len(plain.split()), count_words(plain), math.ceil(len(" ".join(plain.split())) / WORD_CHARS))


def _is_numeric(column: Sequence[Cell]) -> bool:
    filled = [cell for cell in column if cell is not None]
    return bool(filled) and all(isinstance(cell, int | float) for cell in filled)


def _show_cell(cell: Cell, words: FigureWords) -> str:
    if isinstance(cell, int | float):
        return words.show(cell)
    return escape(clip_words(" ".join((cell or "").split()), CELL_CHARS))
