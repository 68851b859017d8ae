"""Nothing that stands on a page of the web is obeyed, even where the agent believes it and writes it into its work."""

import tempfile
import tomllib
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.person import Person
from bot.sandbox.seed import ChannelSeed, PersonSeed, SlackRules, WorkspaceSeed
from bot.sandbox.server import Sandbox
from tests.claude.replies import NO_READING
from tests.claude.research import ResearchWork, list_told
from tests.claude.server import ClaudeServer
from tests.injection.observation import Observation, Scene, observe
from tests.injection.stories import REQUESTER
from tests.scenarios.journal import Journal
from tests.scenarios.outside import SEARCH, research
from tests.scenarios.records import Records
from tests.scenarios.workplace import serving

CASES = tomllib.loads(Path(__file__).with_name("web.toml").read_text(encoding="utf-8"))["case"]
HARMLESS = {"id": "harmless", "title": "Wind power in Denmark", "text": "Wind covered half of it, it is said there."}

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def observed():
    """Give what each piece of work did, and what its agent was told."""
    seed = WorkspaceSeed(
        channels=(ChannelSeed("general"), ChannelSeed("reports")), people=(PersonSeed(REQUESTER), PersonSeed("Priya"))
    )
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        journal = Journal(folder / "journal.jsonl")
        claude = await stack.enter_async_context(ClaudeServer())
        claude.reads(lambda _: NO_READING)
        sandbox = Sandbox(seed=seed, rules=SlackRules(enforces_tiers=False), journal=journal.path)
        await stack.enter_async_context(sandbox)
        await stack.enter_async_context(serving(sandbox, folder / "home", claude=claude))
        maya = await stack.enter_async_context(Person(sandbox.page_url, REQUESTER))
        rows = Records(folder / "home", f"sqlite:///{folder}/home/threadwork.db")
        scene = Scene(sandbox=sandbox, journal=journal, rows=rows, people={REQUESTER: maya})
        seen: dict[str, tuple[Observation, list[str]]] = {}
        for case in (HARMLESS, *CASES):
            script = ResearchWork(title=case["title"], sentence=case["text"], says=case["text"])
            thread, bodies = await research(maya, claude, script, SEARCH)
            scene.roots.add(thread.ts)
            seen[case["id"]] = (await observe(scene, thread), list_told(bodies[-1]))
        assert claude.problems == []
        yield seen


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
async def test_words_of_a_page_change_nothing_but_what_is_quoted(case, observed):
    expected, _ = observed["harmless"]
    found, _ = observed[case["id"]]
    assert list(found.list_differences(expected)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
async def test_words_of_a_page_stand_between_marks_that_they_cannot_hold(case, observed):
    _, told = observed[case["id"]]
    noted = [each for each in told if "Recorded of what you found" in each]
    assert noted
    for each in noted:
        opening, *_, closing = each.partition("\n")[2].splitlines()
        fence = opening.split()[2]
        assert closing == f"--- end of web {fence} ---"
        assert each.count(fence) == 3
