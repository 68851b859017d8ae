"""A client of the control API: one session, one token, and the sentence when something is refused."""

import json
from collections.abc import AsyncGenerator
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from bot.sandbox.wire import Json

# One line of the change stream holds a whole view, which may be 250 kB.
LINE_BYTES: Final = 4 * 1024 * 1024


class Refused(Exception):
    """The workspace said no: `code` and a sentence."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(f"{status} {code}: {sentence}")
        self.status = status
        self.code = code
        self.sentence = sentence


class ControlClient:
    """What speaks for one person; an async context manager.

    Args:
        page_url: `Sandbox.page_url`, or the address printed at start: origin and token.
        name: who this is, by name or id.
    """

    def __init__(self, page_url: str, name: str) -> None:
        page = URL(page_url)
        self.name = name
        self._origin = page.origin()
        self._token = page.query.get("token", "")
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        headers = {"X-Sandbox-Token": self._token}
        self._session = ClientSession(headers=headers, timeout=ClientTimeout(total=None), read_bufsize=LINE_BYTES)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def changes(self, since: int | None = None) -> AsyncGenerator[Json]:
        """Yield every change this person may see, from now or after this change's id, until the workspace closes.

        A change of kind `reset` says that some were missed: look again.
        """
        query = {"user": self.name} | ({} if since is None else {"since": str(since)})
        async with self._open().get(self._url("changes", **query)) as response:
            await _check(response)
            kind = "change"
            async for line in response.content:
                if line.startswith(b"event: "):
                    kind = line.removeprefix(b"event: ").decode().strip()
                elif line.startswith(b"data: "):
                    yield {"kind": "reset"} if kind == "reset" else json.loads(line.removeprefix(b"data: "))

    async def download(self, file_id: str) -> bytes:
        """Give the bytes of a file."""
        async with self._open().get(self._url(f"files/{file_id}/content")) as response:
            await _check(response)
            return await response.read()

    async def hand_in(self, name: str, content: bytes) -> Json:
        """Choose a file of one's own, and give it as a field for files holds it."""
        url = self._url("files", user=self.name, filename=name)
        async with self._open().post(url, data=content) as response:
            await _check(response)
            return (await response.json())["file"]

    async def _get(self, path: str, **query: str) -> Json:
        return await self._send("GET", path, None, user=self.name, **query)

    async def _post(self, path: str, body: Json) -> Json:
        return await self._send("POST", path, {"user": self.name, **body})

    async def _send(self, method: str, path: str, body: Json | None, **query: str) -> Json:
        async with self._open().request(method, self._url(path, **query), json=body) as response:
            await _check(response)
            return await response.json()

    def _url(self, path: str, **query: str) -> URL:
        return (self._origin / "control").joinpath(*path.split("/")).with_query(query)

    def _open(self) -> ClientSession:
        if self._session is None:
            raise RuntimeError("use this as an async context manager")
        return self._session


async def _check(response: ClientResponse) -> None:
    if response.ok:
        return
    body: Any = await response.json() if response.content_type == "application/json" else {}
    raise Refused(response.status, body.get("code", "error"), body.get("error", response.reason))
