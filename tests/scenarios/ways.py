"""The ways in which a story can be played: over a socket or over signed HTTP, with Slack's agent features or without.

Where people talk, `WAYS = TALK_WAYS` adds one in which a language model reads what they say, in place of rules.

A module is played in all of them with `--ways=all`, in the last with `--ways=last`, and else in the first. First and
last differ in everything, so that together they hold each of what ways can be. What makes no sense in some of them says
so at its top: `WAYS = SOCKET_WAYS`. `IN_EVERY_RUN = True` plays all of a module's ways without being asked.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from types import ModuleType
from typing import Any, Final, Literal

from bot.sandbox.seed import SlackRules

# Over HTTP a real Slack sends again at once, after a minute and after five; here while a bot starts again.
HTTP_RETRIES: Final = (timedelta(0), timedelta(seconds=2), timedelta(seconds=5), timedelta(seconds=10))


@dataclass(frozen=True)
class Way:
    """How Slack reaches the bot, and which Slack it is."""

    over_http: bool
    agent_features: bool
    asks_model: bool = False
    """A language model reads what people say: the local provider's, by the table of `tests.claude.readings`."""

    def __str__(self) -> str:
        """Give a name for a test."""
        way = f"{'http' if self.over_http else 'socket'}-{'agent' if self.agent_features else 'plain'}"
        return f"{way}-model" if self.asks_model else way

    def rules(self, **changed: Any) -> SlackRules:
        """Give Slack's rules in this way."""
        return SlackRules(agent_features=self.agent_features, http_retries=HTTP_RETRIES, **changed)


ALL_WAYS: Final = tuple(
    Way(over_http=over_http, agent_features=has) for has in (True, False) for over_http in (False, True)
)
# Who reads what people say knows nothing of how it came: once by a model is enough.
TALK_WAYS: Final = (*ALL_WAYS, replace(ALL_WAYS[-1], asks_model=True))
SOCKET_WAYS: Final = tuple(way for way in ALL_WAYS if not way.over_http)
HTTP_WAYS: Final = tuple(way for way in ALL_WAYS if way.over_http)
# For what never comes so far as to show a block.
AGENT_WAYS: Final = tuple(way for way in ALL_WAYS if way.agent_features)


def list_ways(module: ModuleType, *, asked: Literal["first", "last", "all"]) -> tuple[Way, ...]:
    """Give the ways in which a module is played."""
    ways: tuple[Way, ...] = getattr(module, "WAYS", ALL_WAYS)
    if asked == "all" or getattr(module, "IN_EVERY_RUN", False):
        return ways
    return ways[:1] if asked == "first" else ways[-1:]
