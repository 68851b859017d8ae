"""Two processes that talk, on one PostgreSQL: Slack brings each of them a part of what is said in one thread."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.connection import SOCKETS
from bot.sandbox.person import Person
from bot.sandbox.screen import words_of
from tests.fakes.waiting import until
from tests.scenarios.processes import Bot, running
from tests.scenarios.records import Records
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.traps import Trap
from tests.scenarios.ways import SOCKET_WAYS

pytestmark = pytest.mark.asyncio(loop_scope="module")

# A request URL leads to whatever balances the load; over sockets Slack itself spreads what it says.
WAYS = SOCKET_WAYS

# Said and not attached: a bot reads files only from the host that it calls, and one of these calls it by another name.
NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
REQUEST = "@Threadwork a presentation about wind"
SLIDES = range(6, 12)
SERIES = [text for slides in SLIDES for text in (f"make it {slides} slides", "status")]
ANSWERS = [text for slides in SLIDES for text in (f"of {slides} slides", "waits for your approval")]
IN_MID_SERIES = [
    Trap("before", "chat.postMessage", "of 8 slides"),
    Trap("after", "chat.postMessage", "of 8 slides"),
    Trap("after", "chat.postMessage", "waits for your approval"),
]
# A lease lapses after four seconds, a start takes two; the rest is for a machine that is busy with something else.
PATIENCE_S = 40.0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talkers(way, workspace, home, database_url) -> AsyncIterator[dict[str, Bot]]:
    """Two that talk and work, by the name under which each of them knows this machine."""
    numbered, named = workspace.api_url, workspace.api_url.replace("127.0.0.1", "localhost")
    shared = {"way": way, "bind": "127.0.0.1:0", "database_url": database_url}
    async with (
        running(workspace, home, **shared, api_url=numbered) as one,
        running(workspace, home, **shared, api_url=named) as other,
    ):
        yield {_host_of(bot): bot for bot in (one, other)}


def _host_of(bot: Bot) -> str:
    return str(bot.api_url).split("/")[2]


async def begin(maya: Person) -> tuple[WorkThread, str]:
    """Ask for something when both are there; gives the thread and when its first brief came."""
    await maya.wait_for(lambda screen: screen.connections == 2 * SOCKETS, PATIENCE_S, "both to be connected")
    thread = await open_thread(maya, NOTE)
    await thread.say(REQUEST)
    return thread, (await thread.brief())["ts"]


async def say_series(thread: WorkThread) -> list[str]:
    """Say it all, as fast as it goes; gives when each was said."""
    return [await thread.say(text) for text in SERIES]


async def check_series(thread: WorkThread, rows: Records, said: list[str], *, after: str) -> None:
    """Check that each message was worked once, in its order, and none was lost."""
    last = await thread.wait_for(lambda each: ANSWERS[-2] in words_of(each), "the last brief", patience_s=PATIENCE_S)
    await thread.wait_for(
        lambda each: ANSWERS[-1] in words_of(each), "the last answer", after=last["ts"], patience_s=PATIENCE_S
    )
    bot = thread.person.app_user_id
    heard = [words_of(each) for each in await thread.read() if each["user"] == bot and each["ts"] > after]
    assert [wanted in words for wanted, words in zip(ANSWERS, heard, strict=True)] == [True] * len(ANSWERS), heard

    async def is_all_done() -> bool:
        done = {row["happened_ts"] for row in rows.select("inbox", kind="message", status="done")}
        return done >= set(said)

    # The last answer stands in the thread a moment before its message is noted as worked.
    await until(is_all_done)


async def test_what_two_processes_hear_of_one_thread_is_worked_in_order_one_at_a_time(talkers, maya, rows):
    thread, first = await begin(maya)
    await check_series(thread, rows, await say_series(thread), after=first)


@pytest.mark.parametrize("trap", IN_MID_SERIES, ids=str)
async def test_where_one_of_them_is_killed_over_it_the_other_goes_on_in_order_and_says_nothing_twice(
    workspace, talkers, maya, rows, trap
):
    thread, first = await begin(maya)
    killed: list[Bot] = []

    async def spring() -> None:
        killed.append(talkers[str(workspace.caller_host)])
        await killed[0].kill()

    workspace.set_trap(trap, spring)
    try:
        await check_series(thread, rows, await say_series(thread), after=first)
    finally:
        for bot in killed:
            await bot.start()
    assert killed, "the trap was never met"
