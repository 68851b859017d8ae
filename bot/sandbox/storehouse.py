"""Where files go in and out: the upload addresses, and downloads that want the bot's token."""

from typing import Final

from aiohttp import web

from bot.sandbox.workspace import Workspace

# What Slack sends with status 200 where the token is missing or wrong.
LOGIN_PAGE: Final = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"


class Storehouse:
    """The routes `/upload/v1/...` and `/files-pri/...`."""

    def __init__(self, workspace: Workspace, bot_token: str) -> None:
        self._workspace = workspace
        self._bot_token = bot_token

    async def take(self, request: web.Request) -> web.Response:
        """Take the bytes of a file, as the raw body or as the part `file` of a form."""
        file = self._workspace.files.find_by_secret(request.match_info["secret"])
        if file is None or file.is_complete:
            return web.Response(status=404, text="This upload address is not valid.")
        content = await _content(request)
        if not content:
            return web.Response(status=400, text="no bytes")
        self._workspace.files.fill(file, content)
        return web.Response(text=f"OK - {len(content)}")

    async def give(self, request: web.Request) -> web.Response:
        """Give the bytes to the app; without its token, a login page that looks like success."""
        file = self._workspace.files.find(request.match_info["file_id"])
        is_known = request.headers.get("Authorization") == f"Bearer {self._bot_token}"
        if not is_known or self._workspace.faults.take("login_page"):
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        if file is None or file.content is None:
            return web.Response(status=404, text="file_not_found")
        return web.Response(body=file.content, content_type=file.mimetype)


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    part = (await request.post()).get("file")
    if isinstance(part, web.FileField):
        return part.file.read()
    return part.encode() if isinstance(part, str) else bytes(part or b"")
