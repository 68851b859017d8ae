"""Views: the stack of modals each person has open, and each person's App Home."""

from dataclasses import dataclass, field, replace
from typing import Final

from bot.sandbox.elements import walk_inputs
from bot.sandbox.identity import Identity, Ids, new_secret
from bot.sandbox.inputs import initial_value
from bot.sandbox.wire import Json, SlackError

# docs.slack.dev, surfaces/modals: one opened view and two pushed ones
STACK_VIEWS: Final = 3

State = dict[str, dict[str, Json]]


@dataclass(frozen=True)
class View:
    """An open modal or a published home; `state` is what the person has filled in so far."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: State = field(default_factory=dict[str, dict[str, Json]])

    @property
    def is_home(self) -> bool:
        """It is a home tab, not a modal."""
        return self.content["type"] == "home"

    def to_json(self, identity: Identity) -> Json:
        """Give Slack's view object."""
        return {
            "id": self.id,
            "team_id": identity.team_id,
            "type": self.content["type"],
            "blocks": self.content["blocks"],
            "private_metadata": self.content.get("private_metadata") or "",
            "callback_id": self.content.get("callback_id") or "",
            "external_id": self.content.get("external_id") or "",
            "state": {"values": self.state},
            "hash": self.hash,
            "title": self.content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "close": self.content.get("close"),
            "submit": self.content.get("submit"),
            "clear_on_close": bool(self.content.get("clear_on_close")),
            "notify_on_close": bool(self.content.get("notify_on_close")),
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_id": identity.app_id,
            "app_installed_team_id": identity.team_id,
            "bot_id": identity.bot_id,
        }


class ViewShelf:
    """The open views of everybody; a modal that was closed is gone."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._views: dict[str, View] = {}
        self._stacks: dict[str, tuple[str, ...]] = {}
        self._homes: dict[str, str] = {}

    def find(self, view_id: str) -> View | None:
        """Give the open view with this id, if there is one."""
        return self._views.get(view_id)

    def find_external(self, external_id: str) -> View | None:
        """Give the open view with this external id, if there is one."""
        return next((view for view in self._views.values() if view.content.get("external_id") == external_id), None)

    def find_home(self, user: str) -> View | None:
        """Give what this person's App Home shows, if anything was published."""
        return self._views.get(self._homes.get(user, ""))

    def list_stack(self, user: str) -> list[View]:
        """Give this person's open modals, the visible one last."""
        return [self._views[view_id] for view_id in self._stacks.get(user, ())]

    def open(self, user: str, content: Json) -> View:
        """Give a new modal as the only one of this person."""
        self.clear(user)
        view_id = self._ids.next("V")
        return self._put(View(view_id, user, content, _new_hash(), root_id=view_id, state=_first_state(content, {})))

    def push(self, onto: View, content: Json) -> View:
        """Give a new modal on top of this one.

        Raises:
            SlackError: `push_limit_reached` when three are open.
        """
        if len(self._stacks[onto.user]) >= STACK_VIEWS:
            raise SlackError("push_limit_reached")
        state = _first_state(content, {})
        return self._put(
            View(self._ids.next("V"), onto.user, content, _new_hash(), onto.root_id, previous_id=onto.id, state=state)
        )

    def publish(self, user: str, content: Json) -> View:
        """Give this person's home with new content."""
        old = self.find_home(user)
        view_id = old.id if old else self._ids.next("V")
        view = View(view_id, user, content, _new_hash(), root_id=view_id, state=_first_state(content, {}))
        self._homes[user] = view_id
        self._views[view_id] = view
        return view

    def update(self, view: View, content: Json) -> View:
        """Give the view with new content; what was filled in stays where block and action keep their ids."""
        return self.save(replace(view, content=content, hash=_new_hash(), state=_first_state(content, view.state)))

    def save(self, view: View) -> View:
        """Keep this state of the view."""
        self._views[view.id] = view
        return view

    def close(self, view: View) -> None:
        """Take the view, and everything above it, off its stack."""
        stack = self._stacks[view.user]
        cut = stack.index(view.id)
        for view_id in stack[cut:]:
            del self._views[view_id]
        self._stacks[view.user] = stack[:cut]

    def clear(self, user: str) -> None:
        """Close every modal of this person."""
        for view_id in self._stacks.pop(user, ()):
            del self._views[view_id]

    def _put(self, view: View) -> View:
        self._views[view.id] = view
        self._stacks[view.user] = (*self._stacks.get(view.user, ()), view.id)
        return view


def _first_state(content: Json, kept: State) -> State:
    state: State = {}
    for block_id, element in walk_inputs(content["blocks"]):
        action_id: str = element["action_id"]
        held = kept.get(block_id, {}).get(action_id)
        value = held if held is not None and held["type"] == element["type"] else initial_value(element)
        state.setdefault(block_id, {})[action_id] = value
    return state


def _new_hash() -> str:
    return new_secret()[:12]
