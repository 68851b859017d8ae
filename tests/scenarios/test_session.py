"""Slack itself shows that work is under way, with a Stop button of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.control_client import Refused
from tests.fakes.models import PacedModel
from tests.scenarios.interruptions import REQUEST, begin, see_stopped
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import AGENT_WAYS
from tests.scenarios.workplace import serving

# Without agent features there is no such thing.
WAYS = AGENT_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

QUESTION = {"question": "Which region is it about?", "options": ["North", "South"]}


@pytest.fixture(scope="module")
def model() -> PacedModel:
    return PacedModel()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url, model) -> AsyncIterator[None]:
    async with serving(workspace, home, bind=bind, over_http=way.over_http, database_url=database_url, model=model):
        yield


def list_shown(journal, thread) -> list[str]:
    calls = journal.list_calls("agents.sessions.setStatus")
    return [call["args"]["status"] for call in calls if call["args"]["thread_ts"] == thread.ts]


async def test_slacks_own_stop_stops_the_work_is_gone_then_and_comes_back_when_it_goes_on(maya, rows, journal, model):
    thread = await begin(maya, model)
    await thread.session("processing")
    await maya.stop("reports", thread.ts)
    await thread.words("Stopping. What exists by now comes into this thread.")
    stopped = await see_stopped(thread)
    await thread.session("active")
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], ticket["stopped_by"]) == ("cancelled", maya.user_id)
    with pytest.raises(Refused, match="nothing_to_stop"):
        await maya.stop("reports", thread.ts)

    await thread.press("ticket.retry", stopped)
    await thread.session("processing")
    model.may_think_on.set()
    await thread.ending()
    await thread.session("active")
    assert list_shown(journal, thread) == ["processing", "active", "processing", "active"]


async def test_the_session_is_called_what_the_work_is_called(maya, model):
    thread = await begin(maya, model)
    await thread.session("processing")
    [status] = [each for each in (await maya.state())["statuses"] if each["thread_ts"] == thread.ts]
    assert status["title"].startswith("A presentation of 5 slides about churn")
    model.may_think_on.set()
    await thread.ending()


async def test_work_that_waits_for_an_answer_is_shown_as_waiting(maya, journal, model, monkeypatch):
    monkeypatch.setattr(model, "question", QUESTION)
    thread = await open_thread(maya, "Churn fell to 3 %.")
    await thread.say(REQUEST)
    await thread.approve()
    await thread.session("suspended")
    await thread.say("the south")
    await thread.ending()
    await thread.session("active")
    shown = list_shown(journal, thread)
    assert shown.count("suspended") == 1
    assert shown[-1] == "active"


async def test_somebody_elses_press_stops_nothing_and_says_who_may(maya, jonas, rows, model):
    thread = await begin(maya, model)
    await thread.session("processing")
    await jonas.stop("reports", thread.ts)
    await thread.words("Only")
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "running"
    await thread.session("processing")
    model.may_think_on.set()
    await thread.ending()
