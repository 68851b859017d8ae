"""Mentions: whom and where a message names, as marks in its words that every room reads alike.

`⟨@U0BEN|Ben⟩` is a person, `⟨#C0SALES|sales⟩` a channel; a name that is not known yet is missing. What people typed
themselves is no mark: whoever hears them puts brackets that look alike.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from recipes.ids import ChannelId, UserId

MARK: Final = re.compile(r"⟨(?P<kind>[@#])(?P<id>[^⟨⟩|]+)(?:\|(?P<name>[^⟨⟩|]*))?⟩")
ALIKE: Final = MappingProxyType(str.maketrans("⟨⟩", "〈〉"))
# Whom and where our own sentences mention; see `bot.views.limits.escape_words`.
LIVE: Final = re.compile(r"<(?=[@#])")
BRACKETS: Final = re.compile(r"[⟨⟩|]")


def mention_person(user_id: str, name: str = "") -> str:
    """Give the mark of a person."""
    return _mark("@", user_id, name)


def mention_channel(channel_id: str, name: str = "") -> str:
    """Give the mark of a channel."""
    return _mark("#", channel_id, name)


def list_people(words: str) -> list[UserId]:
    """Give the people whom a text mentions, in its order."""
    return [UserId(found["id"]) for found in MARK.finditer(words) if found["kind"] == "@"]


def map_channels(words: str) -> dict[str, ChannelId]:
    """Give the channels that a text mentions, by what stands after the # where people read it."""
    found = (each for each in MARK.finditer(words) if each["kind"] == "#")
    return {each["name"] or each["id"]: ChannelId(each["id"]) for each in found}


def name_people(words: str, names: Mapping[UserId, str]) -> str:
    """Give the text with the names of those whom it mentions in their marks."""

    def name(found: re.Match[str]) -> str:
        known = names.get(UserId(found["id"])) if found["kind"] == "@" else None
        return _mark(found["kind"], found["id"], known) if known else found[0]

    return MARK.sub(name, words)


def show_mentions(words: str) -> str:
    """Give the text as people read it: a name where a mark stands."""
    return MARK.sub(lambda found: f"{found['kind']}{found['name'] or found['id']}", words)


def drop_marks(text: str) -> str:
    """Give a text in which nothing reads as a mark, nor will once something is put into it or taken out."""
    return text.translate(ALIKE)


def quote_plainly(words: str) -> str:
    """Give what people wrote as it may stand in a sentence of ours: names for marks, and nothing that mentions."""
    return LIVE.sub("", show_mentions(words))


def _mark(kind: str, entity_id: str, name: str) -> str:
    plain = BRACKETS.sub("", name)
    return f"⟨{kind}{entity_id}|{plain}⟩" if plain else f"⟨{kind}{entity_id}⟩"
