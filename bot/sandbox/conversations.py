"""Conversations: public and private channels, and each person's direct messages with the bot."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.sandbox.identity import Identity, code_of
from bot.sandbox.people import People
from bot.sandbox.seed import ChannelSeed
from bot.sandbox.wire import Json

Kind = Literal["public", "private", "im"]
CHANNEL_TYPES: dict[Kind, str] = {"public": "channel", "private": "group", "im": "im"}


@dataclass(frozen=True)
class Conversation:
    """A place where messages are; `user_id` is the person of a direct message."""

    id: str
    name: str
    kind: Kind
    members: tuple[str, ...]
    created: int
    topic: str = ""
    user_id: str | None = None

    @property
    def channel_type(self) -> str:
        """Slack's word for the kind in message events."""
        return CHANNEL_TYPES[self.kind]

    def to_json(self, identity: Identity) -> Json:
        """Give Slack's conversation object as the bot sees it."""
        if self.kind == "im":
            return {
                "id": self.id,
                "created": self.created,
                "is_archived": False,
                "is_im": True,
                "is_org_shared": False,
                "context_team_id": identity.team_id,
                "updated": self.created * 1000,
                "user": self.user_id,
                "is_user_deleted": False,
                "is_open": True,
                "priority": 0,
            }
        about: Json = {"value": self.topic, "creator": "", "last_set": 0}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": False,
            "is_mpim": False,
            "is_private": self.kind == "private",
            "is_archived": False,
            "is_general": self.name == "general",
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "is_member": identity.bot_user_id in self.members,
            "created": self.created,
            "updated": self.created * 1000,
            "creator": self.members[0] if self.members else "",
            "context_team_id": identity.team_id,
            "topic": about,
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
        }


class Conversations:
    """Every conversation of the workspace, by id."""

    def __init__(self, seeds: tuple[ChannelSeed, ...], people: People, identity: Identity, *, created: int) -> None:
        self._by_id: dict[str, Conversation] = {}
        for seed in seeds:
            self._add(_channel_of(seed, people, identity, created))
        for user in people.list_humans():
            self._add(
                Conversation(
                    id=f"D{user.id[1:]}",
                    name=user.name,
                    kind="im",
                    members=(user.id, identity.bot_user_id),
                    created=created,
                    user_id=user.id,
                )
            )

    def find(self, name_or_id: str) -> Conversation | None:
        """Give the conversation with this id or channel name (`reports`, `#reports`), if there is one."""
        if name_or_id in self._by_id:
            return self._by_id[name_or_id]
        name = name_or_id.removeprefix("#")
        return next((place for place in self._by_id.values() if place.kind != "im" and place.name == name), None)

    def find_direct(self, user_id: str) -> Conversation | None:
        """Give the direct messages of this person with the bot."""
        return next((place for place in self._by_id.values() if place.user_id == user_id), None)

    def list_all(self) -> list[Conversation]:
        """Give every conversation, channels first."""
        return list(self._by_id.values())

    def join(self, place: Conversation, user_id: str) -> Conversation:
        """Give the conversation with this member added."""
        joined = replace(place, members=(*place.members, user_id))
        self._by_id[place.id] = joined
        return joined

    def leave(self, place: Conversation, user_id: str) -> Conversation:
        """Give the conversation without this member."""
        left = replace(place, members=tuple(member for member in place.members if member != user_id))
        self._by_id[place.id] = left
        return left

    def _add(self, place: Conversation) -> None:
        while place.id in self._by_id:
            place = replace(place, id=f"{place.id}X")
        self._by_id[place.id] = place


def _channel_of(seed: ChannelSeed, people: People, identity: Identity, created: int) -> Conversation:
    named = [people.find_named(name) for name in seed.members or ()]
    if None in named:
        raise ValueError(f"channel {seed.name!r} has a member who is not in the workspace: {seed.members}")
    users = people.list_humans() if seed.members is None else [user for user in named if user is not None]
    members = tuple(user.id for user in users) + ((identity.bot_user_id,) if seed.has_bot else ())
    return Conversation(
        id=f"C0{code_of(seed.name)}",
        name=seed.name,
        kind="private" if seed.is_private else "public",
        members=members,
        created=created,
        topic=seed.topic,
    )
