"""What the bot said to Slack and Slack to the bot, read from the workspace's journal."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Journal:
    """The journal of one workspace."""

    path: Path

    def list_calls(self, method: str | None = None, *, since: int = 0) -> list[Json]:
        """Give the calls of this method (or all), after the first `since` lines."""
        lines = self.path.read_text(encoding="utf-8").splitlines()[since:]
        calls = [json.loads(line) for line in lines]
        return [call for call in calls if method in (None, call["method"])]

    def list_refused(self, *, since: int) -> list[str]:
        """Give what the Web API refused: the method and Slack's code."""
        calls = self.list_calls(since=since)
        return [f"{call['method']}: {call['response']['error']}" for call in calls if _is_refused(call)]

    def count(self) -> int:
        """Give how many lines there are."""
        return len(self.path.read_text(encoding="utf-8").splitlines())

    def list_posts(self, key: str) -> list[Json]:
        """Give the messages that were posted under an effect key that begins like this."""
        return [call for call in self.list_calls("chat.postMessage") if key_of(call["args"]).startswith(key)]


def key_of(message: Json) -> str:
    """Give the key of the effect that a message is, or nothing."""
    metadata = message.get("metadata") or {}
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    return metadata.get("event_payload", {}).get("key", "")


def _is_refused(call: Json) -> bool:
    return not call["method"].startswith("@") and call["response"].get("ok") is False
