"""Work that is in the middle of a turn, for whoever stops it."""

import asyncio
from typing import Any, Final

from bot.sandbox.person import Person
from tests.fakes.models import PacedModel
from tests.scenarios.threads import PATIENCE_S, WorkThread, open_thread

REQUEST: Final = "@Threadwork a presentation of 5 slides about churn"


async def begin(person: Person, model: PacedModel) -> WorkThread:
    """Give a thread whose work is in the middle of a turn."""
    model.is_thinking.clear()
    model.may_think_on.clear()
    thread = await open_thread(person, "Churn fell to 3 %.")
    await thread.say(REQUEST)
    await thread.approve()
    async with asyncio.timeout(PATIENCE_S):
        await model.is_thinking.wait()
    return thread


async def see_stopped(thread: WorkThread) -> dict[str, Any]:
    """Give the progress message when it says that the work was stopped."""
    return await thread.wait_for(lambda each: each["text"].startswith("Stopped"), "the progress message, stopped")
