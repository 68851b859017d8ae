"""Users: the people of the workspace and the app's own bot user."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.identity import Identity, code_of
from bot.sandbox.seed import PersonSeed
from bot.sandbox.wire import Json


@dataclass(frozen=True)
class User:
    """Somebody who can be mentioned."""

    id: str
    name: str
    real_name: str
    title: str = ""
    is_bot: bool = False
    zone: str = "Etc/UTC"

    def to_json(self, identity: Identity) -> Json:
        """Give Slack's user object."""
        profile: Json = {
            "title": self.title,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.real_name,
            "display_name_normalized": self.real_name,
            "first_name": self.real_name.split(" ")[0],
            "team": identity.team_id,
        }
        if self.is_bot:
            profile |= {"api_app_id": identity.app_id, "bot_id": identity.bot_id, "always_active": True}
        now = datetime.now(ZoneInfo(self.zone))
        return {
            "id": self.id,
            "team_id": identity.team_id,
            "name": self.name,
            "deleted": False,
            "real_name": self.real_name,
            "tz": self.zone,
            "tz_label": now.strftime("%Z"),
            "tz_offset": int((now.utcoffset() or timedelta()).total_seconds()),
            "profile": profile,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 0,
        }


class People:
    """Everybody in the workspace."""

    def __init__(self, seeds: tuple[PersonSeed, ...], identity: Identity) -> None:
        bot = User(id=identity.bot_user_id, name=identity.app_name.lower(), real_name=identity.app_name, is_bot=True)
        self._users = {bot.id: bot}
        for seed in seeds:
            user = _user_of(seed, self._users)
            self._users[user.id] = user

    def find(self, user_id: str) -> User | None:
        """Give the user with this id, if there is one."""
        return self._users.get(user_id)

    def find_named(self, name: str) -> User | None:
        """Give the user with this id, handle or shown name, if there is one."""
        wanted = name.removeprefix("@").lower()
        return next(
            (user for user in self._users.values() if wanted in {user.id.lower(), user.name, user.real_name.lower()}),
            None,
        )

    def list_all(self) -> list[User]:
        """Give everybody, the bot first."""
        return list(self._users.values())

    def list_humans(self) -> list[User]:
        """Give the people without the bot."""
        return [user for user in self._users.values() if not user.is_bot]


def _user_of(seed: PersonSeed, taken: dict[str, User]) -> User:
    user_id = f"U0{code_of(seed.name)}"
    while user_id in taken:
        user_id += "X"
    return User(
        id=user_id, name=seed.name.lower().replace(" ", "."), real_name=seed.name, title=seed.title, zone=seed.zone
    )
