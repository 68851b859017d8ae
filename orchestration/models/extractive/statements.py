"""Statements: the sentences of a bundle that may be quoted, each with the passage it stands in."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from orchestration.models.extractive.chatter import is_chatter, is_request
from orchestration.models.extractive.words import Lexicon, count_words, find_language, split_sentences
from recipes.bundle import WorkBundle
from recipes.source import Passage, Source, SourceKind

# a longer sentence is a list, a log or a legal text: no slide can quote it
QUOTE_CHARS: Final = 600
# a bullet sign or number at a line's start is layout
_BULLET: Final = re.compile(r"^\s*(?:[-*•‣▪–]|\d{1,2}[.)]|>)\s+")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s+")
_CODE: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_EMOJI: Final = re.compile(r":[a-z0-9_+-]+:(?::skin-tone-\d:)?|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]")
# docs.slack.dev, formatting text: what stands between angle brackets
_ANGLE: Final = re.compile(r"<(?P<sign>[@#!]?)(?P<body>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_STYLE: Final = re.compile(r"(?<![\w*_~`])(?P<mark>[*_~`]+)(?=\S)(?P<words>[^*_~`]+?)(?<=\S)(?P=mark)(?![\w*_~`])")


@dataclass(frozen=True)
class Statement:
    """One sentence that may be quoted."""

    place: int
    """Its place in the bundle."""
    raw: str
    """Exactly as the passage holds it."""
    shown: str
    """Without the marks of chat: what people saw."""
    passage_id: str
    source: Source
    language: str
    stems: tuple[str, ...]
    is_first: bool
    """It opens its message or section."""

    @property
    def said_at(self) -> datetime | None:
        """When it was said, if its source knows."""
        return find_time(self.source)

    @property
    def is_message(self) -> bool:
        """Somebody said it in chat."""
        return self.source.kind is SourceKind.MESSAGE

    @property
    def voice(self) -> str:
        """Who says it: a person in chat, else the file."""
        return (self.source.author if self.is_message else None) or self.source.locator


def find_time(source: Source) -> datetime | None:
    """Give when a source was said or shared, from Slack's `ts`."""
    try:
        return datetime.fromtimestamp(float(source.ts), UTC) if source.ts else None
    except (ValueError, OverflowError, OSError):
        return None


def list_statements(bundle: WorkBundle, topic: Sequence[str], lexicon: Lexicon) -> list[Statement]:
    """Give the sentences of a bundle in order, without chatter, requests to the bot and repetitions.

    Args:
        bundle: Its texts; tables are not looked at.
        topic: The stems of the topic, which keep a sentence from being taken for chatter.
        lexicon: Of this piece of work.
    """
    statements: list[Statement] = []
    seen: set[str] = set()
    for source in bundle.sources:
        for passage in source.passages:
            is_first = True
            for raw, shown, language in _list_sentences(passage):
                stems = tuple(lexicon.list_stems(shown, language))
                key = " ".join(stems) or shown
                is_noise = is_chatter(shown, count_words(shown), on_topic=bool(set(stems) & set(topic)))
                if is_noise or is_request(shown) or key in seen:
                    continue
                seen.add(key)
                statements.append(Statement(len(statements), raw, shown, passage.id, source, language, stems, is_first))
                is_first = False
    return statements


def show_text(raw: str) -> str:
    """Give what people saw of a chat text: no angle brackets, no marks, no emoji."""
    text = _ANGLE.sub(_show_angle, raw)
    text = _STYLE.sub(lambda match: match["words"], _EMOJI.sub("", text))
    return " ".join(html.unescape(text).split())


def _list_sentences(passage: Passage) -> Iterator[tuple[str, str, str]]:
    if not passage.text:
        return
    text = _CODE.sub("\n\n", passage.text)
    language = find_language(show_text(text))
    for line in _join_lines(text):
        for raw in split_sentences(line, language):
            shown = show_text(raw)
            is_link = re.fullmatch(r"\S*https?://\S+", shown) is not None
            if shown and not is_link and len(shown) <= QUOTE_CHARS:
                yield raw, shown, language


def _join_lines(text: str) -> Iterator[str]:
    """Give the lines of a text, wrapped prose joined: a line that ends in mid-sentence goes on in the next."""
    held = ""
    for line in text.split("\n"):
        is_start = _BULLET.match(line) or not line.strip() or not line.strip()[0].islower()
        if held and is_start:
            yield held
            held = ""
        if _HEADING.match(line):
            continue
        held = f"{held}\n{line}" if held else _BULLET.sub("", line).lstrip()
    if held:
        yield held


def _show_angle(match: re.Match[str]) -> str:
    label, body = match["label"], match["body"]
    if match["sign"] == "@":
        return f"@{label}" if label else ""
    if match["sign"] == "#":
        return f"#{label}" if label else ""
    if match["sign"] == "!":
        return ""
    return label or body
