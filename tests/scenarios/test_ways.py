"""The same story in four ways: over a socket and over signed HTTP, with Slack's agent features and without."""

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.seed import SlackRules
from bot.sandbox.server import Sandbox
from tests.scenarios.threads import open_thread
from tests.scenarios.workplace import serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


@pytest.fixture(scope="module", params=[True, False], ids=["agent-features", "plain"])
def rules(request) -> SlackRules:
    return SlackRules(agent_features=request.param)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[False, True], ids=["socket", "http"])
async def bot(request, workspace: Sandbox, maya, tmp_path_factory) -> AsyncIterator[None]:
    home = tmp_path_factory.mktemp("bot") / "home"
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    async with serving(workspace, home, bind=bind, over_http=request.param):
        await maya.deliver_to(f"http://{bind}/slack/events" if request.param else None)
        yield


async def test_a_question_a_form_a_brief_and_a_deck(maya, electricity):
    thread = await open_thread(maya, "The published figures.", files=[("iowa-electricity.csv", electricity)])
    await thread.say("@Threadwork make a presentation of 5 slides")
    await thread.press("draft.form", await thread.button("draft.form"))
    form = await maya.open_view()
    refused = await maya.fill(form["id"], {"param:topic": {"value": "  "}})
    assert refused["response_action"] == "errors"
    taken = await maya.fill(form["id"], {"param:topic": {"value": "electricity in Iowa"}})
    assert taken["response_action"] is None
    await thread.approve()
    assert (await thread.deck())["name"] == "Electricity-in-Iowa.pptx"
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end")


async def test_the_gallery_answers_the_command(maya):
    await maya.command("general", "/work")
    gallery = await maya.open_view()
    assert gallery["callback_id"] == "gallery"
    await maya.close_view(gallery["id"])


async def test_the_home_is_published(maya):
    await maya.open_home()
    home = await maya.wait_for(lambda screen: screen.home, what="the home")
    assert "What I can make" in str(home["blocks"])
