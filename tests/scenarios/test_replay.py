"""An operator runs a delivered ticket again, beside the running bot, and gets the same file without any network."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from tests.scenarios.processes import Ended, ended, start_command
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import AGENT_WAYS

# It shows nothing to anybody in Slack.
WAYS = AGENT_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


@dataclass(frozen=True)
class Story:
    """A ticket that was delivered, its record, and the folder in which somebody stands who runs it again."""

    ticket: dict[str, Any]
    output: dict[str, Any]
    file: bytes
    settings: dict[str, str]

    async def replay(self, folder: Path, *arguments: str) -> Ended:
        """Run the command in a process that may reach nothing but its own database."""
        port = make_url(self.settings["THREADWORK_DATABASE_URL"]).port
        settings = {**self.settings, "ALLOWED_PORTS": "" if port is None else str(port)}
        command = (self.ticket["id"], *arguments)
        process = await start_command(
            "replay", *command, settings=settings, folder=folder, module="tests.scenarios.offline"
        )
        return await ended(process)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(bot, maya, electricity, rows, home, database_url) -> AsyncIterator[Story]:
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say("@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind")
    await thread.approve()
    deck = await thread.deck()
    await thread.ending()
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    settings = {"THREADWORK_HOME": str(home), "THREADWORK_DATABASE_URL": database_url}
    yield Story(ticket, rows.get("work_outputs", ticket_id=ticket["id"]), await maya.download(deck["id"]), settings)


async def test_beside_the_running_bot_it_makes_the_file_that_lies_in_the_thread(story, rows, tmp_path):
    bundle = rows.get("work_bundles", id=story.ticket["bundle_id"])
    done = await story.replay(tmp_path)
    assert done.code == 0, done.said
    made = tmp_path / f"replay-{story.ticket['id']}" / story.output["filename"]
    assert made.read_bytes() == story.file
    assert bundle["digest"] in done.said
    assert sha256(story.file).hexdigest() in done.said
    assert "same digest as the delivered one" in done.said
    assert "figures" in done.said
    assert done.said.endswith("The same, byte for byte.\n")


async def test_a_second_time_it_does_not_overwrite_the_first(story, tmp_path):
    assert (await story.replay(tmp_path, "--folder", "mine")).code == 0
    again = await story.replay(tmp_path, "--folder", "mine")
    assert (again.code, again.said) == (2, "mine is not empty. Name another folder with --folder.\n")


async def test_the_records_and_the_files_are_as_they_were(story, rows, home, tmp_path):
    def read_all():
        tables = ("work_tickets", "turns", "tool_results", "todos", "work_outputs", "ticket_events", "effects", "inbox")
        return {table: rows.select(table) for table in tables}, {
            path: path.stat().st_mtime_ns for path in (home / "files").rglob("*")
        }

    before = read_all()
    assert (await story.replay(tmp_path)).code == 0
    assert read_all() == before


async def test_who_reaches_for_the_network_in_it_is_noticed(tmp_path):
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "THREADWORK_HOME": str(tmp_path / "home")}
    process = await start_command("doctor", settings=settings, folder=tmp_path, module="tests.scenarios.offline")
    assert "OutsideReached" in (await ended(process)).said
