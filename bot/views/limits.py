"""Slack's limits on what is shown, and the one place where text is clipped to them."""

import re
from typing import Any, Final

Block = dict[str, Any]

# docs.slack.dev, section block: text
SECTION_CHARS: Final = 3_000
# docs.slack.dev, context block: elements
CONTEXT_ELEMENTS: Final = 10
# docs.slack.dev, button element: text
BUTTON_CHARS: Final = 75
# docs.slack.dev, view object: title, submit, close
VIEW_TITLE_CHARS: Final = 24
# docs.slack.dev, chat.update: text; longer fails with msg_too_long
MESSAGE_TEXT_CHARS: Final = 4_000
# docs.slack.dev, header block: text
HEADER_CHARS: Final = 150
# docs.slack.dev, placeholder and hint of input blocks
PLACEHOLDER_CHARS: Final = 150
HINT_CHARS: Final = 2_000
# docs.slack.dev, select menu elements and options: how many at once, and their text
OPTIONS: Final = 100
OPTION_CHARS: Final = 75
# docs.slack.dev, input block: label
LABEL_CHARS: Final = 2_000
# docs.slack.dev, agents.sessions.setStatus
SESSION_TITLE_CHARS: Final = 200

ELLIPSIS: Final = "…"


def clip(text: str, most_chars: int) -> str:
    """Give the text, or its beginning and an ellipsis within the limit."""
    return text if len(text) <= most_chars else text[: most_chars - len(ELLIPSIS)].rstrip() + ELLIPSIS


def escape(text: str) -> str:
    """Give the text as mrkdwn that shows it as it is: no mention, link or channel comes out of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_words(text: str) -> str:
    """Give our own sentence as mrkdwn: whom and where it names stay mentions, all else is words."""
    return re.sub(r"&lt;([@#][A-Z0-9]+)&gt;", r"<\1>", escape(text))


def section(markdown: str) -> Block:
    """Give a section block."""
    return {"type": "section", "text": mrkdwn(markdown)}


def context(*lines: str) -> Block:
    """Give a context block of small grey lines."""
    return {"type": "context", "elements": [mrkdwn(line) for line in lines[:CONTEXT_ELEMENTS]]}


def mrkdwn(markdown: str) -> Block:
    """Give a text object in which only our own marks are alive.

    Left alone, Slack also makes links of addresses, and mentions of words like @channel, in what people wrote.
    """
    return {"type": "mrkdwn", "text": clip(markdown, SECTION_CHARS), "verbatim": True}


def header(text: str) -> Block:
    """Give a header block."""
    return {"type": "header", "text": plain(text, HEADER_CHARS)}


def plain(text: str, most_chars: int) -> Block:
    """Give a plain text object."""
    return {"type": "plain_text", "text": clip(text, most_chars), "emoji": True}


def button(text: str, action_id: str, value: str, *, style: str | None = None) -> Block:
    """Give a button."""
    made = {"type": "button", "text": plain(text, BUTTON_CHARS), "action_id": action_id, "value": value}
    return {**made, "style": style} if style else made


def actions(*elements: Block) -> Block:
    """Give a row of buttons."""
    return {"type": "actions", "elements": list(elements)}
