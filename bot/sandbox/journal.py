"""The journal: every Slack call and every payload, one JSON line each, without tokens and upload addresses."""

import json
import re
from pathlib import Path
from typing import Final

from bot.sandbox.identity import Clock
from bot.sandbox.wire import Json, is_list, is_object

HIDDEN: Final = "***"
SECRET_KEYS: Final = frozenset({"token", "bot_access_token", "upload_url", "response_url"})
TOKEN: Final = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+")


class Journal:
    """Lines appended to a file as they happen; each is handed to the system at once, so a kill loses none.

    Args:
        path: the file, or None to write nothing.
        now: the clock for `t`, unix seconds.
    """

    def __init__(self, path: Path | None, now: Clock) -> None:
        self._now = now
        self._file = path.open("a", encoding="utf-8", buffering=1) if path else None

    def write(self, method: str, args: Json, response: Json) -> None:
        """Append one call: a Web API method, or what was sent (`@in:...`) or answered (`@ack:...`) outside of it."""
        if self._file is None:
            return
        line = {"method": method, "args": redacted(args), "response": redacted(response), "t": self._now()}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


def redacted(value: object) -> object:
    """Give the value with every secret in it replaced by `***`."""
    if is_object(value):
        return {key: HIDDEN if key in SECRET_KEYS and part else redacted(part) for key, part in value.items()}
    if is_list(value):
        return [redacted(part) for part in value]
    return TOKEN.sub(HIDDEN, value) if isinstance(value, str) else value
