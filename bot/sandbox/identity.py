"""Names and numbers: who is who, and ids and timestamps that are never given twice."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.wire import Json

TIMESTAMP = re.compile(r"^\d{10}\.\d{6}$")
Clock = Callable[[], float]


@dataclass(frozen=True)
class Identity:
    """The team and the app, as every payload names them."""

    team_id: str
    team_name: str
    domain: str
    app_id: str
    app_name: str
    bot_id: str
    bot_user_id: str

    @classmethod
    def named(cls, team: str, app: str) -> "Identity":
        """Give the identity for these names; equal names give equal ids."""
        return cls(
            team_id=f"T0{code_of(team)}",
            team_name=team,
            domain=code_of(team).lower(),
            app_id=f"A0{code_of(app)}",
            app_name=app,
            bot_id=f"B0{code_of(app)}",
            bot_user_id=f"U0{code_of(app)}",
        )

    def bot_profile(self) -> Json:
        """Give the `bot_profile` of a message the app posted."""
        return {
            "id": self.bot_id,
            "deleted": False,
            "name": self.app_name,
            "updated": 0,
            "app_id": self.app_id,
            "icons": {"image_36": "", "image_48": "", "image_72": ""},
            "team_id": self.team_id,
        }


class Stamps:
    """Message timestamps of one workspace: ten digits, six decimals, always later than the last."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._last_us = 0

    def next(self) -> str:
        """Give the next timestamp."""
        self._last_us = max(int(self._now() * 1_000_000), self._last_us + 1)
        seconds, micros = divmod(self._last_us, 1_000_000)
        return f"{seconds:010d}.{micros:06d}"


class Ids:
    """Ids that are readable in a log and never repeated: a letter, then a counter."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        """Give the next id of this kind, such as `F0000000001`."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}{self._counts[prefix]:010d}"


def code_of(name: str) -> str:
    """Give the capital letters and digits of a name, as ids may hold them."""
    code = re.sub(r"[^A-Z0-9]", "", name.upper())
    return code or secrets.token_hex(4).upper()


def new_secret() -> str:
    """Give a word nobody can guess, for tokens and addresses."""
    return secrets.token_urlsafe(18)
