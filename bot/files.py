"""Files' bytes: up to Slack and down from it. The token goes to Slack's own hosts and nowhere else."""

from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp

from bot.slack_errors import SlackBusy, SlackUnreachable
from recipes.conversation import SharedFile
from recipes.source import FileRefused

# Transfers of some megabytes take longer than a call
TRANSFER: Final = aiohttp.ClientTimeout(total=120, sock_connect=10)
REDIRECTS: Final = 3
CHUNK_BYTES: Final = 256 * 1024
SLACK_FILE_HOSTS: Final = (".slack.com", ".slack-edge.com")
OK: Final = 200
REDIRECTED: Final = frozenset({301, 302, 303, 307, 308})
TOO_FAST: Final = 429
SERVER_TROUBLE: Final = 500


class FileDoor:
    """Moves bytes between the vault's side and Slack's."""

    def __init__(self, session: aiohttp.ClientSession, *, api_url: str) -> None:
        """Take the session that everything shares.

        Args:
            session: Closed by its owner.
            api_url: Where the Web API is: with Slack itself, files come from Slack's hosts over https; with a local
                workspace, from that same host and port.
        """
        self._session = session
        self._local = urlsplit(api_url)

    async def get(self, file: SharedFile, *, token: str, most_bytes: int) -> bytes:
        """Give a file's bytes.

        Raises:
            FileRefused: it does not lie with Slack, is too large, or Slack answered a login page instead.
            SlackUnreachable, SlackBusy: try again.
        """
        if file.url is None:
            raise FileRefused(file.name, "does not lie with Slack, so I cannot read it")
        if file.size_bytes > most_bytes:
            raise FileRefused(file.name, _too_large(most_bytes))
        try:
            return await self._follow(file, file.url, token=token, most_bytes=most_bytes)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise SlackUnreachable("file download", type(error).__name__) from error

    async def put(self, url: str, content: bytes) -> None:
        """Send a file's bytes to the address that Slack gave for it.

        Raises:
            SlackUnreachable, SlackBusy: try again.
        """
        if not self._is_slack(url):
            raise SlackBusy("file upload", "foreign_upload_address", 1.0)
        try:
            async with self._session.post(url, data=content, timeout=TRANSFER) as answer:
                if answer.status != OK:
                    raise SlackBusy("file upload", f"http_{answer.status}", 1.0)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise SlackUnreachable("file upload", type(error).__name__) from error

    async def _follow(self, file: SharedFile, url: str, *, token: str, most_bytes: int) -> bytes:
        for _ in range(REDIRECTS):
            if not self._is_slack(url):
                raise FileRefused(file.name, "lies at an address outside Slack, so I did not fetch it")
            headers = {"Authorization": f"Bearer {token}"}
            async with self._session.get(url, headers=headers, allow_redirects=False, timeout=TRANSFER) as answer:
                if answer.status in REDIRECTED:
                    url = urljoin(url, answer.headers.get("Location", ""))
                    continue
                return await _read_capped(file, answer, most_bytes=most_bytes)
        raise FileRefused(file.name, "was redirected too often")

    def _is_slack(self, url: str) -> bool:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if self._local.scheme == "https":
            return parts.scheme == "https" and host.endswith(SLACK_FILE_HOSTS)
        return (host, parts.port) == (self._local.hostname, self._local.port)


async def _read_capped(file: SharedFile, answer: aiohttp.ClientResponse, *, most_bytes: int) -> bytes:
    if answer.status >= SERVER_TROUBLE or answer.status == TOO_FAST:
        raise SlackBusy("file download", f"http_{answer.status}", 1.0)
    if answer.status != OK:
        raise FileRefused(file.name, f"could not be fetched (Slack answered {answer.status})")
    is_page = answer.content_type == "text/html" and not file.name.lower().endswith((".html", ".htm"))
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        content += chunk
        if len(content) > most_bytes:
            raise FileRefused(file.name, _too_large(most_bytes))
    if is_page:
        raise FileRefused(file.name, "came back as a login page: the app lacks the files:read permission")
    return bytes(content)


def _too_large(most_bytes: int) -> str:
    return f"is larger than {most_bytes // 1024**2} MB"
