"""Maya hands in her company's template: the presentation takes its look, and keeps it through each change."""

import io
import re

import pytest
import pytest_asyncio
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from bot.sandbox.screen import words_of
from tests.orchestration.skills.deck.templates import dark_template
from tests.scenarios.threads import list_decks, open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

REQUEST = "@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind"
FONTS = ["Georgia", "Verdana"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def thread(bot, maya, electricity):
    opened = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await opened.say(REQUEST)
    brief = await opened.brief()
    await opened.press("brief.edit", brief)
    form = await maya.open_view()
    template = await maya.hand_in("acme.pptx", dark_template())
    await maya.fill(form["id"], {"param:template": {"value": [template]}})
    second = await opened.words("Template: acme.pptx", after=brief["ts"])
    assert "acme.pptx" in words_of(second).partition("What I will read")[2]
    await opened.press("brief.approve", second)
    await opened.ending()
    return opened


async def read_deck(thread, *, after="0"):
    """Give the presentation that came, and the fonts that its theme has."""
    message = await thread.wait_for(lambda each: bool(list_decks(each)), "a presentation", after=after)
    deck = Presentation(io.BytesIO(await thread.person.download(list_decks(message)[0]["id"])))
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    return deck, re.findall(r'<a:latin typeface="([^"]+)"', theme)[:2]


async def test_the_deck_has_the_look_of_the_template_and_none_of_its_slides(thread):
    deck, fonts = await read_deck(thread)
    assert fonts == FONTS
    assert len(deck.slides) == 6
    texts = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    own = Presentation(io.BytesIO(dark_template()))
    examples = [shape.text_frame.text for slide in own.slides for shape in slide.shapes if shape.has_text_frame]
    assert not [each for each in examples if each and each in texts]


async def test_a_change_keeps_the_template(thread):
    said = await thread.say("drop slide 3")
    await thread.words("is in this thread", after=said)
    deck, fonts = await read_deck(thread, after=said)
    assert (len(deck.slides), fonts) == (5, FONTS)


async def test_other_colours_are_refused_in_a_sentence_and_offered_in_no_form(thread, maya):
    said = await thread.say("use the blue theme")
    await thread.words("It takes its look from the template acme.pptx", after=said)
    await thread.press("output.revise", await thread.button("output.revise"))
    view = await maya.open_view()
    ids = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
    assert "revise:theme" not in ids
    assert "revise:words" in ids
    await maya.close_view(view["id"])
