"""The page's routes: the workspace as one person sees it, its live changes, and what links lead to."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.sandbox.conversations import Conversation
from bot.sandbox.identity import TIMESTAMP
from bot.sandbox.key import Key, cookie_name
from bot.sandbox.page.patches import Patches
from bot.sandbox.page.reader import Reader, find_place
from bot.sandbox.page.renderer import Opened, Renderer
from bot.sandbox.page.scene import Scene
from bot.sandbox.people import User
from bot.sandbox.workspace import Workspace

STATIC: Final = Path(__file__).parent / "static"
# A line in a quiet stream, so that both sides notice a dead connection.
HEARTBEAT: Final = timedelta(seconds=15)
# How soon a browser asks again for a stream that broke.
RETRY_MS: Final = 1_000
# Everything comes from here: no scripts or styles in the page itself, nothing from elsewhere, no frames around it.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
LOCKED: Final = "Open the address that was printed when this workspace started: it holds the key."

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageRefused(Exception):
    """There is nothing to see at this address: status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def page_routes(key: Key, workspace: Workspace, is_connected: Callable[[], bool]) -> list[web.AbstractRouteDef]:
    """Give every route of the page, those that show something behind the key.

    Args:
        key: what opens them.
        workspace: what they show.
        is_connected: tells whether the app listens.
    """
    renderer = Renderer(workspace, is_connected)
    page = Page(key, workspace, renderer)

    def guarded(handler: Handler) -> Handler:
        async def run(request: web.Request) -> web.StreamResponse:
            if not key.opens(request):
                return _html(renderer.refusal(LOCKED), status=403)
            try:
                return await handler(request)
            except PageRefused as error:
                return _html(renderer.refusal(error.sentence), status=error.status)

        return run

    return [
        web.get("/", guarded(page.enter)),
        web.get("/client/{user}", guarded(page.show)),
        web.get("/client/{user}/channels", guarded(page.show_channels)),
        web.get("/client/{user}/{channel}", guarded(page.show)),
        web.get("/client/{user}/{channel}/home", guarded(page.show_home)),
        web.get("/client/{user}/{channel}/{thread_ts}", guarded(page.show)),
        web.get(r"/archives/{channel}/{message:p\d{16}}", guarded(page.follow_permalink)),
        web.get("/files/{user}/{file_id}/{name}", guarded(page.follow_file)),
        web.get("/page/changes", guarded(page.changes)),
        web.get("/favicon.ico", page.icon),
        web.static("/page/static", STATIC),
    ]


class Page:
    """The workspace in a browser."""

    def __init__(self, key: Key, workspace: Workspace, renderer: Renderer) -> None:
        self._key = key
        self._workspace = workspace
        self._renderer = renderer
        self._patches = Patches(workspace, renderer)

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """GET /?token=: puts the key into a cookie, takes it out of the address, and opens the workspace."""
        viewer = self._last_viewer(request)
        place = Scene(self._workspace, viewer).find_home_place()
        response = _sent(f"/client/{viewer.id}/{place.id}" if place else f"/client/{viewer.id}")
        self._key.leave(request, response)
        return response

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET /client/{user}/{channel}/{thread_ts}: a conversation, or a thread beside it, as this person sees it."""
        viewer = self._viewer(request.match_info["user"])
        scene = Scene(self._workspace, viewer)
        return self._shown(request, scene, self._opened(request, scene))

    async def show_home(self, request: web.Request) -> web.StreamResponse:
        """GET /client/{user}/{channel}/home: what the app has published for this person, beside its messages."""
        viewer = self._viewer(request.match_info["user"])
        place = self._place(viewer, request.match_info["channel"])
        if place.kind != "im":
            raise PageRefused(404, "Only the app has a home.")
        return self._shown(request, Scene(self._workspace, viewer), Opened(place, shows="home"))

    async def show_channels(self, request: web.Request) -> web.StreamResponse:
        """GET /client/{user}/channels: every public channel, to join, to leave, to open."""
        scene = Scene(self._workspace, self._viewer(request.match_info["user"]))
        return self._shown(request, scene, Opened(None, shows="channels"))

    async def follow_permalink(self, request: web.Request) -> web.StreamResponse:
        """GET /archives/{channel}/p{ts}: opens the place of a message, for who used the page last."""
        place = find_place(request.path_qs)
        if place is None:
            raise PageRefused(404, "This link leads to no message.")
        reader: Reader = Scene(self._workspace, self._last_viewer(request)).reader
        return _sent(reader.path_to(place))

    async def follow_file(self, request: web.Request) -> web.StreamResponse:
        """GET /files/{user}/{file_id}/{name}: the file a permalink names."""
        return _sent(f"/control/files/{request.match_info['file_id']}/content")

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """GET /page/changes?user=&since= -> server-sent patches; `Last-Event-ID` continues a broken stream."""
        viewer = self._viewer(request.query.get("user", ""))
        since = request.headers.get("Last-Event-ID") or request.query.get("since", "")
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            async for lines in self._lines(
                viewer, int(since) if since.isdecimal() else self._workspace.changes.last_id
            ):
                await response.write(lines)
        except ConnectionError:
            return response
        return response

    async def icon(self, _: web.Request) -> web.Response:
        """GET /favicon.ico: the page's own icon."""
        return web.Response(text=self._renderer.icon().strip(), content_type="image/svg+xml")

    async def _lines(self, viewer: User, seen_id: int) -> AsyncIterator[bytes]:
        yield f"retry: {RETRY_MS}\n: open\n\n".encode()
        async for batch in self._workspace.changes.follow(seen_id, idle=HEARTBEAT):
            last_id = self._workspace.changes.last_id
            if batch is None:
                yield f"id: {last_id}\nevent: reset\ndata: {{}}\n\n".encode()
                continue
            patches = self._patches.list_patches(viewer, batch)
            shown = f"id: {batch[-1]['id']}\ndata: {json.dumps(patches)}\n\n" if patches else ": still here\n\n"
            yield shown.encode()

    def _shown(self, request: web.Request, scene: Scene, opened: Opened) -> web.StreamResponse:
        response = _html(self._renderer.page(scene, opened))
        response.set_cookie(cookie_name("person", request), scene.viewer.id, httponly=True, samesite="Strict")
        return response

    def _opened(self, request: web.Request, scene: Scene) -> Opened:
        channel, thread_ts = request.match_info.get("channel"), request.match_info.get("thread_ts")
        is_whole = "all" in request.query
        if channel is None:
            return Opened(scene.find_home_place(), pane="places")
        place = self._place(scene.viewer, channel)
        if thread_ts is None:
            return Opened(place, is_whole=is_whole)
        if not TIMESTAMP.match(thread_ts) or scene.find_line(place, thread_ts, thread_ts) is None:
            raise PageRefused(404, "This thread is not here any more.")
        return Opened(place, thread_ts, pane="thread", is_whole=is_whole)

    def _place(self, viewer: User, channel: str) -> Conversation:
        place = self._workspace.places.find(channel)
        if place is None or viewer.id not in place.members:
            raise PageRefused(404, f"{viewer.real_name} sees no such conversation.")
        return place

    def _viewer(self, user_id: str) -> User:
        user = self._workspace.people.find(user_id)
        if user is None or user.is_bot:
            raise PageRefused(404, "Nobody here has this name.")
        return user

    def _last_viewer(self, request: web.Request) -> User:
        """Give who used the page last in this browser, or the first person of the workspace."""
        known = self._workspace.people.find(request.cookies.get(cookie_name("person", request), ""))
        people = self._workspace.people.list_humans()
        if not people:
            raise PageRefused(404, "There are no people in this workspace.")
        return known if known and not known.is_bot else people[0]


def _html(text: str, *, status: int = 200) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status, headers=HEADERS)


def _sent(path: str) -> web.Response:
    """Give a redirect inside the page."""
    return web.Response(status=303, headers={**HEADERS, "Location": path})
