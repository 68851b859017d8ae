"""The words by which a message names another channel's basket."""

import re
from collections.abc import Mapping
from typing import Final

from recipes.ids import ChannelId

BASKET: Final = re.compile(
    r"""[,;]?\s*\b
        (?: (?:(?:please|also|and|use|using|read|with)\s+)* (?:the\s+)? basket\s+(?:of|in|from)\s+\#(?P<of>[\w-]+)
          | (?:also\s+)? from\s+\#(?P<from>[\w-]+)
        )""",
    re.IGNORECASE | re.VERBOSE,
)


def find_basket(text: str, channels: Mapping[str, ChannelId]) -> tuple[ChannelId | None, str]:
    """Give the channel whose basket a text names, and the text without those words.

    Args:
        text: The message, as plain text.
        channels: The channels in it, by what stands after the #.
    """
    found = BASKET.search(text)
    channel_id = channels.get(found["of"] or found["from"]) if found else None
    if found is None or channel_id is None:
        return None, text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return channel_id, re.sub(r"\s{2,}", " ", rest).strip()
