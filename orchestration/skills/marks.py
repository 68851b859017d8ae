"""The tiny inline markup of every text field: `**bold**`, `*italic*`, `[words](url)`, `[@S12.4]`; a backslash escapes.

`[@S12]` cites a source, `[@S12.4]` a passage of it; both lead to the source `S12`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

# A link opens a browser or a mail program, nothing else.
LINK_SCHEMES: Final = ("http://", "https://", "mailto:")
# The longest address PowerPoint stores in a hyperlink (Office limits).
URL_CHARS: Final = 2_079

# Each text is asked for when it is checked, measured and written.
PARSED_TEXTS: Final = 4_096

_SIGN: Final = re.compile(r"[\\*\[]")
_MARK: Final = re.compile(
    r"""\\(?P<escaped>[\\*\[\]])
      | \*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*(?!\*)
      | (?<![\w*])\*(?=[^\s*])(?P<italic>.+?)(?<=[^\s*])\*(?![\w*])
      | \[@(?P<cite>[A-Za-z][\w-]*(?:\.\d+)?)\]
      | \[(?P<words>[^\]\[]+)\]\((?P<url>[^)\s]+)\)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Span:
    """A stretch of text in one style; a citation has `source_id` and no text of its own."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None
    source_id: str | None = None
    passage_id: str | None = None
    """Of a citation: as it was written, `S12.4` or `S12`."""


@lru_cache(maxsize=PARSED_TEXTS)
def parse_marks(text: str) -> tuple[Span, ...]:
    """Give the styled spans of a text field, in order; a link of another scheme keeps its words only."""
    if not _SIGN.search(text):
        return (Span(text),) if text else ()
    return _joined(_parse(text, Span("")))


def plain_text(text: str) -> str:
    """Give the words of a text field without marks and citations."""
    return "".join(span.text for span in parse_marks(text)).strip()


def escape_marks(text: str) -> str:
    """Give a text field that shows exactly this text: use it for words quoted from a source."""
    return re.sub(r"([\\*\[\]])", r"\\\1", text)


def keep_links(text: str, known_urls: Collection[str]) -> str:
    """Give a text field whose links lead to these addresses only; of others their words stay."""

    def keep(mark: re.Match[str]) -> str:
        if mark["url"] is not None:
            return mark[0] if mark["url"] in known_urls else mark["words"]
        style = next((name for name in ("bold", "italic") if mark[name]), None)
        if style is None:
            return mark[0]
        start, end = (place - mark.start() for place in mark.span(style))
        return mark[0][:start] + keep_links(mark[style], known_urls) + mark[0][end:]

    # What stood around a link that goes may make another.
    while (kept := _MARK.sub(keep, text)) != text:
        text = kept
    return text


def list_citations(text: str) -> tuple[str, ...]:
    """Give the source ids a text field cites, in order, without the passage numbers."""
    return tuple(span.source_id for span in parse_marks(text) if span.source_id)


def list_passages(text: str) -> tuple[str, ...]:
    """Give what a text field cites as it is written, in order: passages, or sources as a whole."""
    return tuple(span.passage_id for span in parse_marks(text) if span.passage_id)


def source_of(passage_id: str) -> str:
    """Give the source a passage belongs to: `S12` for `S12.4` and for `S12`."""
    return passage_id.partition(".")[0]


def safe_url(url: str | None) -> str | None:
    """Give the address if a document may link to it, else None."""
    if not url or len(url) > URL_CHARS or not url.lower().startswith(LINK_SCHEMES):
        return None
    return None if re.search(r"[\s\x00-\x1f<>\"{}|\\^`]", url) else url


def _parse(text: str, style: Span) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for mark in _MARK.finditer(text):
        spans.append(replace(style, text=text[at : mark.start()]))
        spans.extend(_marked(mark, style))
        at = mark.end()
    spans.append(replace(style, text=text[at:]))
    return [span for span in spans if span.text or span.source_id]


def _marked(mark: re.Match[str], style: Span) -> list[Span]:
    found = mark.groupdict()
    if found["escaped"]:
        return [replace(style, text=found["escaped"])]
    if found["bold"]:
        return _parse(found["bold"], replace(style, bold=True))
    if found["italic"]:
        return _parse(found["italic"], replace(style, italic=True))
    if found["cite"]:
        return [replace(style, text="", source_id=source_of(found["cite"]), passage_id=found["cite"])]
    return _parse(found["words"], replace(style, url=safe_url(found["url"])))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and not last.source_id and replace(last, text="") == replace(span, text=""):
            joined[-1] = replace(last, text=last.text + span.text)
        else:
            joined.append(span)
    return tuple(joined)
