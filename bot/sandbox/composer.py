"""What a person types, as Slack writes it: mentions, channels and links in angle brackets, the rest escaped."""

import html
import re
from collections.abc import Callable
from typing import Final

from bot.sandbox.conversations import Conversations
from bot.sandbox.people import People, User
from bot.sandbox.wire import Json

_WRITTEN: Final = r"<(?:@[UW]\w+|#C\w+|![a-z]+|https?://[^>\s]+|mailto:[^>\s]+)(?:\|[^>]*)?>"
_LINK: Final = r"https?://[^\s<>]+[^\s<>.,;:!?)\"']"
# A mention, a channel, a broadcast or a link, as Slack writes it.
TOKEN: Final = re.compile(r"<(?P<sigil>[@#!]?)(?P<target>[^>|]+)(?:\|(?P<label>[^>]*))?>")


def compose(text: str, people: People, places: Conversations, *, labels: bool = False) -> str:
    """Give the text in Slack's form; what is already in that form is left as it is.

    Args:
        text: as typed, such as `@Threadwork look at #reports`.
        people: who can be mentioned.
        places: which channels can be named.
        labels: write `<@U0MAYA|maya>`, as slash commands do.
    """
    names = sorted((user.real_name for user in people.list_all()), key=len, reverse=True)
    mention = "|".join(re.escape(name) for name in names)
    pattern = re.compile(rf"{_WRITTEN}|(?<!\w)@(?:{mention})\b|(?<!\w)#[\w-]+|{_LINK}", re.IGNORECASE)

    def write(match: re.Match[str]) -> str:
        word = match.group()
        if word.startswith("<"):
            return word
        if word.startswith("@"):
            return _mention(people.find_named(word), word, labels=labels)
        place = places.find(word) if word.startswith("#") else None
        if word.startswith("#"):
            return f"<#{place.id}|{place.name}>" if place else _escape(word)
        return f"<{_escape(word)}>"

    return _replace(pattern, text, write, _escape)


def rich_text_of(text: str) -> Json:
    """Give the `rich_text` block Slack keeps beside a person's words."""
    elements: list[Json] = []
    end = 0
    for match in TOKEN.finditer(text):
        if match.start() > end:
            elements.append(_plain(text[end : match.start()]))
        elements.append(_element(match))
        end = match.end()
    if end < len(text):
        elements.append(_plain(text[end:]))
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _mention(user: User | None, word: str, *, labels: bool) -> str:
    if user is None:
        return _escape(word)
    return f"<@{user.id}|{user.name}>" if labels else f"<@{user.id}>"


def _element(match: re.Match[str]) -> Json:
    sigil, target, label = match["sigil"], match["target"], match["label"]
    if sigil == "@":
        return {"type": "user", "user_id": target}
    if sigil == "#":
        return {"type": "channel", "channel_id": target}
    if sigil == "!":
        return {"type": "broadcast", "range": target}
    link: Json = {"type": "link", "url": html.unescape(target)}
    return {**link, "text": label} if label else link


def _plain(text: str) -> Json:
    return {"type": "text", "text": html.unescape(text)}


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _replace(
    pattern: re.Pattern[str], text: str, write: Callable[[re.Match[str]], str], rest: Callable[[str], str]
) -> str:
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [rest(text[end : match.start()]), write(match)]
        end = match.end()
    return "".join([*parts, rest(text[end:])])
