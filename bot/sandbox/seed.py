"""What a workspace holds when it opens: plain values given to the sandbox."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

# What an app may be granted that uses all of what this workspace knows.
SCOPES: Final = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
)
# app manifest schema, features.shortcuts
SHORTCUT_NAME_CHARS: Final = 24


@dataclass(frozen=True)
class PersonSeed:
    """Somebody who works here."""

    name: str
    title: str = ""
    zone: str = "Etc/UTC"
    """An IANA name."""


@dataclass(frozen=True)
class ChannelSeed:
    """A channel and who is in it; `members` None means everybody."""

    name: str
    members: tuple[str, ...] | None = None
    is_private: bool = False
    has_bot: bool = True
    topic: str = ""


@dataclass(frozen=True)
class ShortcutSeed:
    """A shortcut of the app: in the menu of each message, or global, beside the field to write in.

    Raises:
        ValueError: Slack would not take it into an app's manifest.
    """

    name: str
    callback_id: str
    kind: Literal["message", "global"]

    def __post_init__(self) -> None:
        """Check what a manifest may hold."""
        if not 1 <= len(self.name) <= SHORTCUT_NAME_CHARS:
            raise ValueError(f"the shortcut {self.callback_id!r} needs a name of 1 to {SHORTCUT_NAME_CHARS} characters")


@dataclass(frozen=True)
class WorkspaceSeed:
    """The team, its people and channels, and the one app that is installed, with its shortcuts and what it may do.

    The scopes are told, as Slack does with every answer; methods are not kept from an app that lacks them.
    """

    team: str = "Sandbox"
    app: str = "Threadwork"
    people: tuple[PersonSeed, ...] = (
        PersonSeed("Maya", "Head of Operations"),
        PersonSeed("Jonas", "Analyst"),
        PersonSeed("Priya", "Product"),
    )
    channels: tuple[ChannelSeed, ...] = (
        ChannelSeed("general", topic="Everything that concerns everybody"),
        ChannelSeed("reports", topic="Numbers and what they mean"),
    )
    shortcuts: tuple[ShortcutSeed, ...] = ()
    scopes: tuple[str, ...] = SCOPES


@dataclass(frozen=True)
class SlackRules:
    """How this workspace behaves: Slack's own waits, made short where a test wants it.

    Args:
        agent_features: the agent surface (sessions, streams, suggested prompts, newer blocks) is there.
        enforces_tiers: calls beyond Slack's rates are refused with 429.
        share_delay: how long after completion a file becomes visible in its channel.
        ack_timeout: how long the app has to acknowledge an interaction or a command.
        retry_after: when an event that was not acknowledged over a connection is sent again.
        http_retries: when an event that did not arrive over HTTP is sent again, each counted from the failure before.
        trigger_life: how long a trigger id opens a view.
        escapes_commands: `@Maya` in a command reaches the app as `<@U0MAYA|maya>` (the manifest's `should_escape`).
    """

    agent_features: bool = True
    enforces_tiers: bool = True
    share_delay: timedelta = timedelta(milliseconds=50)
    ack_timeout: timedelta = timedelta(seconds=3)
    retry_after: timedelta = timedelta(seconds=3)
    http_retries: tuple[timedelta, ...] = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
    trigger_life: timedelta = timedelta(seconds=3)
    escapes_commands: bool = True
