import json
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import ClientResponse, ClientSession, ClientTimeout, CookieJar
from lxml import html
from yarl import URL


class Browser:
    """Somebody who opened the printed address: holds the cookie, asks as a page of this origin does."""

    def __init__(self, session: ClientSession, page_url: str) -> None:
        self.session = session
        self.origin = str(URL(page_url).origin())
        self.page_url = page_url

    async def get(self, path: str, **options) -> ClientResponse:
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        return await self.session.get(self.origin + path, headers=headers, **options)

    async def open(self, path: str) -> html.HtmlElement:
        response = await self.get(path)
        assert response.status == 200, await response.text()
        return html.document_fromstring(await response.text())

    async def patches(self, user: str, since: int = 0) -> AsyncIterator[list[dict]]:
        """The batches of patches as they come."""
        response = await self.get(f"/page/changes?user={user}&since={since}")
        async with response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))

    async def next_patches(self, user: str, since: int = 0) -> list[dict]:
        async for batch in self.patches(user, since):
            return batch
        raise AssertionError("the stream ended")


@pytest.fixture
async def browser(sandbox) -> AsyncIterator[Browser]:
    async with ClientSession(timeout=ClientTimeout(total=5), cookie_jar=CookieJar(unsafe=True)) as session:
        opened = Browser(session, sandbox.page_url)
        await session.get(sandbox.page_url)
        yield opened


@pytest.fixture
def words() -> Callable:
    """What an element says to somebody who hears it, with the spaces of its source folded."""
    heard = ".//text()[not(ancestor::*[@aria-hidden='true'])]"
    return lambda element: " ".join("".join(element.xpath(heard)).split())


@pytest.fixture
def line_of() -> Callable:
    """The element of one message in a list: `c` of the channel, `t` of the thread."""
    return lambda page, ts, where="c": page.get_element_by_id(f"{where}-{ts}")


@pytest.fixture
def drawn(client, browser, line_of) -> Callable:
    """What Maya's page draws for these blocks."""

    async def draw(*blocks):
        ts = (await client.chat_postMessage(channel="C0REPORTS", text="x", blocks=list(blocks)))["ts"]
        page = await browser.open("/client/U0MAYA/C0REPORTS")
        return line_of(page, ts).find_class("content")[0]

    return draw


@pytest.fixture
def form(sandbox, client, browser) -> Callable:
    """What Maya's page draws for an open form."""

    async def draw(view):
        trigger_id = sandbox.workspace.triggers.give("U0MAYA")
        view_id = (await client.views_open(trigger_id=trigger_id, view=view))["view"]["id"]
        page = await browser.open("/client/U0MAYA/C0REPORTS")
        return page.get_element_by_id(view_id)

    return draw
