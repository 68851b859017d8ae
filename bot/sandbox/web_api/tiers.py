"""How often each method may be called: Slack's tiers, as sliding windows over the injected clock."""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.identity import Clock
from bot.sandbox.wire import RateLimited

# docs.slack.dev, rate limits: "per app per workspace", "per minute"; bursts are tolerated within the minute
WINDOW_SECONDS: Final = 60
# docs.slack.dev, rate limits: chat.postMessage, "1 message per second per channel" with bursts
CHANNEL_POSTS: Final = 60
# docs.slack.dev, rate limits: "several hundred messages per minute" for the whole workspace
WORKSPACE_POSTS: Final = 300

TIER_2: Final = 20
TIER_3: Final = 50
TIER_4: Final = 100
# docs.slack.dev, each method's page; methods that are not here have no limit of their own ("special").
CALLS_PER_MINUTE: Final[dict[str, int]] = {
    "agents.sessions.rename": TIER_3,
    "agents.sessions.setStatus": TIER_3,
    "api.test": TIER_4,
    "apps.connections.open": TIER_3,
    # quoted in reviews as the default of one app
    "assistant.threads.setStatus": 600,
    "assistant.threads.setSuggestedPrompts": TIER_4,
    "bots.info": TIER_3,
    "chat.appendStream": TIER_4,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": WORKSPACE_POSTS,
    "chat.startStream": TIER_2,
    "chat.stopStream": TIER_2,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.delete": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "reactions.add": TIER_3,
    "reactions.get": TIER_3,
    "reactions.remove": TIER_2,
    "team.info": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}


@dataclass
class _Window:
    """When the calls of the last minute were; a window never holds more than its limit."""

    limit: int
    times: deque[float] = field(default_factory=deque[float])

    def wait_s(self, now: float) -> float:
        """How long until one more call fits; 0 if it fits now."""
        while self.times and self.times[0] <= now - WINDOW_SECONDS:
            self.times.popleft()
        return self.times[0] + WINDOW_SECONDS - now if len(self.times) >= self.limit else 0.0


class Tiers:
    """The calls of the app in this workspace, and whether one more is allowed."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._windows: dict[tuple[str, str], _Window] = {}

    def check(self, method: str, channel: str) -> None:
        """Count a call, or refuse it.

        Args:
            method: which.
            channel: the conversation's id; a post is counted there too.

        Raises:
            RateLimited: with the seconds until the call is allowed; a refused call is not counted.
        """
        windows, now = self._list_windows(method, channel), self._now()
        wait_s = max((window.wait_s(now) for window in windows), default=0.0)
        if wait_s > 0:
            raise RateLimited(math.ceil(wait_s))
        for window in windows:
            window.times.append(now)

    def _list_windows(self, method: str, channel: str) -> list[_Window]:
        limits: dict[tuple[str, str], int] = {}
        if method in CALLS_PER_MINUTE:
            limits[method, ""] = CALLS_PER_MINUTE[method]
        if method == "chat.postMessage":
            limits[method, channel] = CHANNEL_POSTS
        return [self._windows.setdefault(key, _Window(limit)) for key, limit in limits.items()]
