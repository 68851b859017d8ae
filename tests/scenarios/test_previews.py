"""Under what was delivered comes a picture of it, once, where a program for that is installed, also after a kill."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from tests.fakes.offices import make_office
from tests.scenarios.kills import RESTART_S, restarted, set_traps
from tests.scenarios.processes import Bot, running
from tests.scenarios.threads import WorkThread, list_decks, list_files, open_thread
from tests.scenarios.traps import Trap

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
# What is uploaded after the summary is the picture.
SUMMARY = Trap("after", "chat.postMessage", "summary:")
IN_PREVIEWS = [
    Trap("after", "files.getUploadURLExternal"),
    Trap("before", "files.completeUploadExternal"),
    Trap("after", "files.completeUploadExternal"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url, tmp_path_factory) -> AsyncIterator[Bot]:
    office = make_office(tmp_path_factory.mktemp("office"))
    more = {"THREADWORK_PREVIEWS": "true", "PATH": f"{office.parent}{os.pathsep}{os.environ['PATH']}"}
    async with running(workspace, home, way=way, bind=bind, database_url=database_url, more=more) as bot:
        yield bot


async def ask(maya) -> WorkThread:
    thread = await open_thread(maya, "@Threadwork a presentation about wind", files=[("wind.txt", NOTE.encode())])
    await thread.brief()
    return thread


async def list_pictures(thread):
    return [file for each in await thread.read() for file in list_files(each, "png")]


async def wait_for_picture(thread, *, after="0"):
    return await thread.wait_for(
        lambda each: bool(list_files(each, "png")), "the picture", after=after, patience_s=RESTART_S
    )


async def test_a_picture_comes_after_all_else(killable, maya):
    thread = await ask(maya)
    await thread.approve()
    picture = await wait_for_picture(thread)
    assert list_files(picture, "png")[0]["title"] == "Preview"
    summary = await thread.words("is in this thread")
    deck = next(each for each in await thread.read() if list_decks(each))
    assert deck["ts"] < summary["ts"] < picture["ts"]


async def test_a_revision_has_a_picture_of_its_own(killable, maya):
    thread = await ask(maya)
    await thread.approve()
    await wait_for_picture(thread)
    said = await thread.say("slide 2 as a table")
    picture = await wait_for_picture(thread, after=said)
    assert list_files(picture, "png")[0]["title"] == "Preview of version 2"
    assert "version 2" in words_of(await thread.words("is in this thread", after=said))


@pytest.mark.parametrize("trap", IN_PREVIEWS, ids=str)
async def test_a_picture_comes_once_whenever_the_bot_is_killed(workspace, killable, maya, trap):
    thread = await ask(maya)
    is_over = set_traps(workspace, killable, maya, [SUMMARY, trap])
    await thread.approve()
    await restarted(is_over)
    await wait_for_picture(thread)
    await thread.settle()
    assert len(await list_pictures(thread)) == 1
    assert len([each for each in await thread.read() if list_decks(each)]) == 1
