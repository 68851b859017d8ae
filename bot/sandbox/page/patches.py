"""Changes of the workspace as small orders to an open page: put this line there, take that one away.

A patch is one of `{"op": "line", "list", "id", "html", "is_new", "channel", "author"}` (`html` None takes it away),
`{"op": "piece", "id", "html"}`, `{"op": "toast", "text"}` and `{"op": "refresh"}`.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.sandbox.conversations import Conversation
from bot.sandbox.page.renderer import Renderer
from bot.sandbox.page.scene import Scene
from bot.sandbox.people import User
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

# Changes after which the page looks anew at everything.
REFRESHING: Final = frozenset({"conversation_changed", "prompts_changed"})


class Patches:
    """Turns changes into patches; each shows the newest state, however many changes led to it."""

    def __init__(self, workspace: Workspace, renderer: Renderer) -> None:
        self._workspace = workspace
        self._renderer = renderer

    def list_patches(self, viewer: User, changes: Iterable[Json]) -> list[Json]:
        """Give the patches for one person's page, one for each thing that changed."""
        scene = Scene(self._workspace, viewer)
        latest: dict[str, Json] = {}
        for change in changes:
            if self._workspace.may_see(viewer.id, change):
                for patch in self._patches(scene, change):
                    key = f"{patch['op']} {patch.get('id', patch.get('text', ''))}"
                    is_new = patch.get("is_new") or latest.get(key, {}).get("is_new")
                    latest[key] = {**patch, "is_new": True} if is_new else patch
        return list(latest.values())

    def _patches(self, scene: Scene, change: Json) -> Iterator[Json]:
        kind: str = change["kind"]
        if kind.startswith("message_"):
            yield from self._message(scene, change["channel"], change["ts"], is_new=kind == "message_posted")
            if kind == "message_deleted":
                yield from self._after_gap(scene, change)
        elif kind == "file_changed":
            for share in self._shares(change):
                yield from self._message(scene, share[0], share[1], is_new=False)
        elif kind == "trouble":
            yield {"op": "toast", "text": change["sentence"]}
        elif kind in REFRESHING:
            yield {"op": "refresh"}
        else:
            yield from self._pieces(scene, change)

    def _pieces(self, scene: Scene, change: Json) -> Iterator[Json]:
        kind: str = change["kind"]
        if kind.startswith("view_"):
            errors: dict[str, dict[str, str]] = {change["view_id"]: change.get("errors") or {}}
            yield {"op": "piece", "id": "modals", "html": self._renderer.modals(scene, errors)}
        elif kind == "home_published":
            yield {"op": "piece", "id": "home", "html": self._renderer.home(scene)}
        elif kind == "status_changed":
            channel, thread_ts = change["channel"], change["thread_ts"]
            html = self._renderer.status(scene, channel, thread_ts)
            yield {"op": "piece", "id": f"status-{channel}-{thread_ts}", "html": html}
        elif kind == "socket_changed":
            yield {"op": "piece", "id": "presence", "html": self._renderer.presence(scene)}

    def _message(self, scene: Scene, channel: str, ts: str, *, is_new: bool) -> Iterator[Json]:
        """Yield the message's line in the channel and in its thread, or that there is none."""
        place = self._workspace.places.find(channel)
        message = self._workspace.messages.find(channel, ts)
        if place is None:
            return
        thread_ts = message.root_ts if message else None
        yield self._line(scene, place, ts, None, is_new=is_new)
        yield self._line(scene, place, ts, thread_ts or ts, is_new=is_new)

    def _after_gap(self, scene: Scene, change: Json) -> Iterator[Json]:
        """Yield the lines that stand below a message that is gone: they may need a name now."""
        place = self._workspace.places.find(change["channel"])
        for thread_ts in (None, change["thread_ts"] or change["ts"]):
            ts = scene.find_next_ts(place, change["ts"], thread_ts) if place else None
            if place is not None and ts is not None:
                yield self._line(scene, place, ts, thread_ts, is_new=False)

    def _line(self, scene: Scene, place: Conversation, ts: str, thread_ts: str | None, *, is_new: bool) -> Json:
        line = scene.find_line(place, ts, thread_ts)
        list_id = f"thread-{place.id}-{thread_ts}" if thread_ts else f"log-{place.id}"
        html = self._renderer.line(scene, line, in_thread=thread_ts is not None) if line else None
        patch: Json = {"op": "line", "list": list_id, "id": f"{'t' if thread_ts else 'c'}-{ts}", "html": html}
        author = line.author.id if line else None
        return {**patch, "channel": place.id, "author": author, "is_new": is_new and line is not None}

    def _shares(self, change: Json) -> Iterator[tuple[str, str]]:
        file = self._workspace.files.find(change["file"]["id"])
        for share in file.shares if file else ():
            yield share.channel, share.ts
