from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from importlib import resources
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.browser.chromium import ChromiumMissing, find_chromium, launched
from tests.browser.window import WIDE, Window, opened
from tests.scenarios.workplace import serving

Opening = Callable[..., Awaitable[Window]]


def pytest_configure() -> None:
    try:
        find_chromium()
    except ChromiumMissing as error:
        raise pytest.UsageError(str(error)) from error


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def faults() -> list[Fault]:
    """What goes wrong in the workspace of these stories; a module that wants some says which."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workspace(faults, tmp_path_factory) -> AsyncIterator[Sandbox]:
    home = tmp_path_factory.mktemp("bot") / "home"
    async with Sandbox(faults=faults) as sandbox, serving(sandbox, home):
        yield sandbox


@pytest_asyncio.fixture(loop_scope="module")
async def open_window(browser, workspace) -> AsyncIterator[Opening]:
    """Open windows on the workspace; in none of them may anything go wrong, whatever the story is."""
    windows: list[Window] = []
    async with AsyncExitStack() as stack:

        async def open_one(name: str = "Maya", size: ViewportSize = WIDE) -> Window:
            window = await stack.enter_async_context(opened(browser, workspace.page_url, size=size))
            windows.append(window)
            if name != "Maya":
                await window.become(name)
            return window

        yield open_one
        assert [trouble for window in windows for trouble in window.troubles] == []


@pytest_asyncio.fixture(loop_scope="module")
async def maya(open_window) -> Window:
    return await open_window()


@pytest_asyncio.fixture(loop_scope="module")
async def jonas(open_window) -> Window:
    return await open_window("Jonas")


@pytest.fixture(scope="session")
def electricity() -> Path:
    """Published figures of electricity generation in Iowa, as a file to choose."""
    return Path(str(resources.files("bot") / "example" / "iowa-electricity.csv"))
