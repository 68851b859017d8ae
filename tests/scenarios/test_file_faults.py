"""Files that Slack does not show, shows late, or gives out as a login page; and blocks that it does not know."""

from collections.abc import Iterator

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.endings import check_delivered_once
from tests.scenarios.threads import list_decks, open_thread
from tests.scenarios.traps import Trap

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "mended")]

NUMBERS = ("wind.csv", b"year,wind\n2001,1437\n2017,21933\n")
NOTE = ("note.txt", b"Wind produced 21,933 thousand megawatthours in 2017.")
REQUEST = "@Threadwork a presentation about wind power"
DELIVERED = {"brief": 1, "progress": 1, "deck": 1, "summary": 1}


@pytest.fixture(scope="module", autouse=True)
def _looks_briefly() -> Iterator[None]:
    """A bot that believes after a second that a file will not be shown; it takes sixteen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orchestration.tickets.delivery.SHARE_LOOKS", (0.1,) * 10)
        yield


@pytest.mark.parametrize("times", [1, 2])
async def test_a_file_that_is_never_shared_is_shared_again(maya, rows, times):
    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    await maya.cause("never_shared", times=times)
    await thread.approve()
    await check_delivered_once(thread, rows, expected=DELIVERED)


async def test_a_file_that_is_shared_late_still_comes_before_the_words_about_it(maya, rows):
    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    await maya.cause("lost_share_race", ms=700)
    await thread.approve()
    await check_delivered_once(thread, rows, expected=DELIVERED)
    told = [each for each in await thread.read() if list_decks(each) or "is in this thread" in words_of(each)]
    assert [bool(list_decks(each)) for each in told] == [True, False]


async def test_an_upload_that_fails_is_made_again(maya, workspace, rows):
    async def spring() -> None:
        """The upload fails; nobody dies of it."""

    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    workspace.set_trap(Trap("before", "/upload/v1/"), spring)
    await thread.approve()
    await check_delivered_once(thread, rows, expected=DELIVERED)
    assert workspace.trap is None


async def test_a_login_page_instead_of_a_file_is_told_in_the_brief_and_the_file_is_read_when_asked_again(maya, rows):
    await maya.cause("login_page")
    thread = await open_thread(maya, REQUEST, files=[NUMBERS, NOTE])
    first = await thread.brief()
    read, _, left_out = words_of(first).partition("What I leave out")
    assert "wind.csv: came back as a login page: the app lacks the files:read permission" in left_out
    assert "note.txt" in read
    await thread.say("please look again")
    await thread.press("draft.stage", await thread.button("draft.stage"))
    second = await thread.brief(after=first["ts"])
    assert "wind.csv" in words_of(second).partition("What I leave out")[0]
    await thread.press("brief.approve", second)
    await check_delivered_once(thread, rows, expected={**DELIVERED, "brief": 2, "reply": 1})


async def test_blocks_that_the_workspace_does_not_know_are_said_in_older_ones(maya, rows):
    await maya.cause("refused_blocks", times=None)
    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    await thread.approve()
    await check_delivered_once(thread, rows, expected=DELIVERED)
