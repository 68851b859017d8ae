"""A message as Slack takes it: blocks, and the text for notifications and screen readers."""

from dataclasses import dataclass

from bot.views.limits import Block


@dataclass(frozen=True)
class Message:
    """What is posted or edited."""

    text: str
    blocks: tuple[Block, ...]
    lower: tuple[Block, ...] | None = None
    """The same in blocks that every workspace takes, where `blocks` holds newer ones."""
