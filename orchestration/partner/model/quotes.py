"""Quotes: the words that are said to support a value, looked for where they are said to stand."""

import re
from typing import Final

from orchestration.partner.lexical.message import QUOTATION, QUOTED_LINES

DENIED: Final = re.compile(
    r"(?:\b(?:not|no|without|never|except|neither|nor|nicht|kein\w*|ohne|pas|sin|don'?t|isn'?t)|"
    r"instead\s+of|rather\s+than|anything\s+but)\s+(?:(?:a|an|the|like|use|want|need|in|of|more|less|than)\s+)*$",
    re.IGNORECASE,
)
"""What, right before a quote, turns it into its opposite."""
QUOTE_CHARS: Final = 3_000


def find_quote(quote: str, text: str) -> str | None:
    """Give the words of the text that a quote repeats, as they stand there: spaces and case may differ."""
    found = _search(quote, text)
    return found[0] if found else None


def is_hidden(quote: str, text: str, *, in_quotations: bool) -> bool:
    """Tell whether the words stand nowhere but where somebody is quoted: in quoted lines, or in code.

    Args:
        quote: The words.
        text: What they stand in.
        in_quotations: Words between quotation marks are hidden too: a title may stand there, an order may not.
    """
    open_text = QUOTED_LINES.sub(_blank, text)
    if in_quotations:
        open_text = QUOTATION.sub(_blank, open_text)
    return _search(quote, open_text) is None


def is_denied(quote: str, text: str) -> bool:
    """Tell whether a "not" that belongs to the words was left out of the quote, wherever they stand."""
    pattern = _compile(quote)
    spans = pattern.finditer(text) if pattern else ()
    return all(DENIED.search(text[: found.start()]) for found in spans)


def _blank(found: re.Match[str]) -> str:
    # Unlike a space, it ends no word and begins none that a quote could reach over.
    return "\0" * len(found[0])


def _search(quote: str, text: str) -> re.Match[str] | None:
    pattern = _compile(quote)
    return pattern.search(text) if pattern else None


def _compile(quote: str) -> re.Pattern[str] | None:
    words = quote[:QUOTE_CHARS].split()
    if not words:
        return None
    # "1" does not stand in "12", and "eva" not in "evaluation".
    start = r"(?<![^\W_])" if words[0][0].isalnum() else ""
    end = r"(?![^\W_])" if words[-1][-1].isalnum() else ""
    return re.compile(start + r"\s+".join(re.escape(each) for each in words) + end, re.IGNORECASE)
