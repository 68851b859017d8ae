"""What a model claims that a message wishes is taken where the message bears it out, else asked about or dropped."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from orchestration.models.port import Read
from orchestration.partner.model.asking import Asking
from orchestration.partner.model.wish_reply import ClaimedChange, WishReply
from orchestration.partner.model.wishing import ModelWishReader, vet_wish
from orchestration.partner.wishing import Outline, WishHeard, WishReading
from recipes.ids import ChannelId, TeamId, UserId
from recipes.revision import Add, Drop, KeepCount, MakeFormat, Move, Restore, Reword, SetTheme, ShowAs, Swap
from recipes.spend import SpendOwner
from recipes.usage import Usage
from tests.fakes.moment import FakeClock

OUTLINE = Outline(
    title="Wind",
    version=1,
    file_format="pptx",
    unit="slide",
    parts=((1, "Wind"), (2, "Wind grew every year"), (3, "Coal fell by half"), (4, "Sources")),
    pages=4,
)
LONG = replace(OUTLINE, parts=((1, "Wind"), (2, "By region"), (4, "Coal fell by half"), (5, "Sources")), pages=5)
"""Its second part goes on on the third slide."""
PAYER = SpendOwner(kind="draft", id="out_1", team_id=TeamId("T1"), user_id=UserId("U1"), channel_id=ChannelId("C1"))


def hear(text, *, addressed=False, outline=OUTLINE):
    return WishHeard(text=text, addressed=addressed, outline=outline, payer=PAYER)


def claim(kind, quote, *places, number=None, name=""):
    return ClaimedChange(kind=kind, places=list(places), number=number, name=name, quote=quote)


def vet(text, *claims, concerns="change", outline=OUTLINE):
    return vet_wish(WishReply(concerns=concerns, changes=list(claims)), hear(text, outline=outline))


class Reader:
    """A model that gives this value."""

    name = "reader"

    def __init__(self, value=None):
        self.value = value
        self.asked = []

    async def read(self, schema, *, instructions, text, most_output_tokens):
        self.asked.append(json.loads(text))
        return Read(value=self.value, usage=Usage())


@pytest.mark.parametrize(
    ("text", "claimed", "change"),
    [
        ("get rid of the coal slide", claim("drop", "get rid of the coal slide", 3), Drop(places=(3,))),
        ("let 2 and 3 trade", claim("swap", "let 2 and 3 trade", 2, 3), Swap(first=2, second=3)),
        ("put three up front, as 2", claim("move", "put three up front", 3, number=2), Move(place=3, to=2)),
        ("last one to the very end", claim("move", "last one", 3, number=-1), Move(place=3, to=-1)),
        ("I want four of them", claim("count", "four of them", number=4), KeepCount(count=4)),
        (
            "a column chart for 2",
            claim("show_as", "a column chart for 2", 2, name="column"),
            ShowAs(place=2, shape="column"),
        ),
        ("something like the sea", claim("theme", "like the sea", name="slate"), SetTheme(theme="slate")),
        ("I need to print it", claim("format", "print it", name="pdf"), MakeFormat(file_format="pdf")),
        ("I liked the first better, 1", claim("restore", "liked the first better", number=1), Restore(version=1)),
        ("punchier", claim("reword", "punchier"), Reword(words="punchier")),
        (
            "and one on costs after 2",
            claim("add", "one on costs after 2", 2),
            Add(after=2, words="and one on costs after 2"),
        ),
    ],
)
def test_what_the_message_bears_out_is_wished(text, claimed, change):
    reading = vet(text, claimed)
    assert reading.doubt is None
    assert reading.wish is not None
    assert reading.wish.changes == (change,)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("lovely", claim("drop", "drop slide 2", 2)),
        ("do not drop slide 2", claim("drop", "drop slide 2", 2)),
        ("> drop slide 2\nthey said", claim("drop", "drop slide 2", 2)),
        ("swap 2", claim("swap", "swap 2", 2)),
        ("make it a poem", claim("show_as", "a poem", 2, name="poem")),
        ("make it pink", claim("theme", "pink", name="pink")),
        ("move 2", claim("move", "move 2", 2)),
        ("as a sheet", claim("format", "as a sheet", name="xlsx")),
    ],
)
def test_what_it_does_not_bear_out_is_no_wish(text, claimed):
    assert vet(text, claimed) == WishReading()


@pytest.mark.parametrize("concerns", ["new_work", "other"])
def test_what_is_about_something_else_is_no_wish(concerns):
    assert vet("drop slide 2", claim("drop", "drop slide 2", 2), concerns=concerns) == WishReading()


def test_a_part_that_the_message_does_not_speak_of_is_asked_about():
    assert vet("drop the boring one", claim("drop", "drop the boring one", 3)).doubt == (
        "Do you mean slide 3, “Coal fell by half”, by “drop the boring one”? "
        "Say it with its number, and I will do that."
    )


@pytest.mark.parametrize(
    ("text", "place", "doubt"),
    [
        ("lose that boring one", 2, "Do you mean slide 2, “By region”, by “lose that boring one”?"),
        ("lose that boring one", 3, "Do you mean slide 3, “By region”, by “lose that boring one”?"),
        ("lose that boring one", -1, "Which slide do you mean by “lose that boring one”?"),
        ("lose that boring one", 6, "Which slide do you mean by “lose that boring one”?"),
        ("lose that boring one", 0, "Which slide do you mean by “lose that boring one”?"),
        ("lose the last boring one", 2, "Do you mean slide 2, “By region”, by “lose the last boring one”?"),
    ],
)
def test_a_guess_is_asked_about_wherever_it_leads(text, place, doubt):
    reading = vet(text, claim("drop", text, place), outline=LONG)
    assert reading.wish is None
    assert reading.doubt is not None
    assert reading.doubt.startswith(doubt)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("lose the regions by region", 3),
        ("lose the very last one", -1),
        ("lose the very last one", 4),
        ("lose the very last one", 5),
        ("lose number 9", 9),
    ],
)
def test_a_part_that_the_message_speaks_of_is_not_asked_about(text, place):
    reading = vet(text, claim("drop", text, place), outline=LONG)
    assert (reading.doubt, reading.wish and reading.wish.changes) == (None, (Drop(places=(place,)),))


def test_nothing_is_asked_of_parts_where_there_are_none():
    assert vet("lose that one", claim("drop", "lose that one", 2), outline=replace(OUTLINE, parts=())).doubt is None


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("fewer", claim("count", "fewer", number=3)),
        ("fewer", claim("count", "fewer", number=-1)),
        ("fewer of the last ones", claim("count", "fewer", number=-1)),
        ("I liked the other better", claim("restore", "liked the other better", number=-1)),
    ],
)
def test_a_number_that_nobody_said_is_asked_for(text, claimed):
    assert vet(text, claimed).doubt == (f"Which number do you mean by “{claimed.quote}”? Say it, and I will do that.")


async def test_the_model_is_told_what_was_delivered_and_not_asked_about_thanks():
    reader = Reader(WishReply(concerns="other", changes=[]))
    asking = ModelWishReader(Asking(lambda _: reader, FakeClock()))
    assert await asking.read(hear("thanks!")) == WishReading()
    assert await asking.read(hear("x" * 1_501)) == WishReading()
    assert reader.asked == []
    assert await asking.read(hear("hm, the coal one")) == WishReading()
    [material] = reader.asked
    assert material["file"]["parts"][2] == {"number": 3, "headline": "Coal fell by half"}


async def test_a_model_that_does_not_answer_is_left_alone_for_a_while():
    class Silent(Reader):
        async def read(self, schema, *, instructions, text, most_output_tokens):
            self.asked.append(text)
            raise TimeoutError

    reader = Silent()
    asking = ModelWishReader(Asking(lambda _: reader, FakeClock(), pauses=(), patience=timedelta(seconds=1)))
    assert await asking.read(hear("hm, the coal one")) == WishReading()
    assert await asking.read(hear("hm, the coal one")) == WishReading()
    assert len(reader.asked) == 1
