"""Excerpts: text made to fit by leaving off its end at a clause, never by changing a word."""

import re
from typing import Final

ELLIPSIS: Final = "…"
# less than this says too little to stand alone
_LEAST_WORDS: Final = 4
_LEAST_CHARS: Final = 20
_TITLE_CHARS: Final = 90
_CLAUSE_END: Final = re.compile(
    r"""(?<=[^\s\d])\s*[,;:]\s+ | \d[,;:]\s+ | \s+[–—-]\s+ | \s+\(
      | \s+(?=(?:and|but|which|because|while|so that|und|aber|weil|mais|parce que|pero|porque)\s)""",
    re.VERBOSE,
)


def find_excerpt(text: str, limit_chars: int) -> str | None:
    """Give the text, or as many of its first clauses as fit, with an ellipsis; None where not even one does."""
    if len(text) <= limit_chars:
        return text
    cuts = [_find_cut(match) for match in _CLAUSE_END.finditer(text)]
    heads = [text[:cut].rstrip(" ,;:(–—-") for cut in cuts if cut <= limit_chars - len(f" {ELLIPSIS}")]
    heads = [head for head in heads if len(head) >= _LEAST_CHARS and len(head.split()) >= _LEAST_WORDS]
    return f"{heads[-1]} {ELLIPSIS}" if heads else None


def clip_words(text: str, limit_chars: int) -> str:
    """Give the text, or as many of its first words as fit, with an ellipsis: for names and cells, without clauses."""
    if len(text) <= limit_chars:
        return text
    head = text[: limit_chars - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head[limit_chars // 2 :] else head
    return f"{cut.rstrip(' ,;:')}{ELLIPSIS}"


def make_title(topic: str) -> str:
    """Give a topic as a title: its first clauses, with a capital."""
    said = " ".join(topic.split())
    short = find_excerpt(said, _TITLE_CHARS) or clip_words(said, _TITLE_CHARS)
    return short[:1].upper() + short[1:]


def escape_marks(text: str) -> str:
    """Give words so that a deck's text field shows exactly them: its marks are asterisks and square brackets."""
    return re.sub(r"([\\*\[\]])", r"\\\1", text)


def unescape_marks(text: str) -> str:
    """Give the words that `escape_marks` was given."""
    return re.sub(r"\\([\\*\[\]])", r"\1", text)


def _find_cut(match: re.Match[str]) -> int:
    return match.start() + (1 if match[0][:1].isdigit() else 0)
