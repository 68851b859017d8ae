import pytest

from orchestration.tickets.outputs import Outputs
from recipes.bundle import BundleTampered
from recipes.output import Claim, OutputNotFound
from recipes.provenance import Finding, FindingKind, Ground, Provenance, Tally
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, OTHER_TEAM, TEAM, make_output
from tests.fakes.stores import add_ticket
from tests.fakes.threads import Place

FOUND = Finding(kind=FindingKind.FIGURE, shown="3", where="slide 2, title", ground=Ground.PASSAGE, passages=("S2.1",))
REPORT = Provenance(figures=Tally(total=1, found=1), standing={"S2": 1}, findings=(FOUND,))


@pytest.fixture
async def output(store, team):
    await add_ticket(store, origins={"S1": CHANNEL, "S2": "C0BOARD"})
    made = make_output(claims=(Claim(kind="quote", text="Churn fell", passages=("S1.1",)),), provenance=REPORT)
    async with team.begin() as work:
        await work.outputs.add(made)
    return made


@pytest.fixture
def outputs(store, threads, clock) -> Outputs:
    return Outputs(store=store, threads=threads, clock=clock)


async def test_a_report_comes_back_as_it_was_kept_and_what_is_older_has_none(output, team):
    old = make_output("out_0")
    async with team.begin() as work:
        await work.outputs.add(old)
        assert await work.outputs.list(output.ticket_id) == (old, output)
    assert old.provenance is None


async def test_each_source_that_something_stands_on_is_listed_with_how_much(outputs, output, threads):
    threads.places["C0BOARD"] = Place(members=[MAYA])
    listed = await outputs.list_sources(TEAM, output.id, channel_id=CHANNEL, user_id=MAYA)
    assert [(each.id, each.name, each.standing) for each in listed.sources] == [
        ("S2", "churn.csv", 1),
        ("S1", "thread message", 0),
    ]
    assert (listed.title, listed.provenance) == (output.title, REPORT)
    assert listed.sources[1].permalink == "https://sandbox.slack.com/archives/C0REPORTS/p1"
    assert all(each.is_open for each in listed.sources)


@pytest.mark.parametrize(("team_id", "output_id", "channel"), [
    (TEAM, "out_9", CHANNEL), (OTHER_TEAM, "out_1", CHANNEL), (TEAM, "out_1", "C0BOARD"),
])  # fmt: skip
async def test_what_was_delivered_elsewhere_is_not_shown(outputs, output, team_id, output_id, channel):
    with pytest.raises(OutputNotFound):
        await outputs.list_sources(team_id, output_id, channel_id=channel, user_id=MAYA)


async def test_a_source_of_another_conversation_is_a_name_to_those_who_are_not_in_it(outputs, output, threads):
    threads.places["C0BOARD"] = Place(members=[MAYA])
    for user_id, is_open in ((MAYA, True), (JONAS, False)):
        listed = await outputs.list_sources(TEAM, output.id, channel_id=CHANNEL, user_id=user_id)
        named, own = listed.sources
        assert (named.name, named.is_open, bool(named.author or named.locators)) == ("churn.csv", is_open, is_open)
        assert (own.name, own.is_open, bool(own.permalink)) == ("thread message", True, True)


async def test_a_conversation_that_cannot_be_asked_stays_closed(outputs, output, threads):
    threads.fail("members")
    listed = await outputs.list_sources(TEAM, output.id, channel_id=CHANNEL, user_id=MAYA)
    assert [each.is_open for each in listed.sources] == [False, True]


async def test_a_touched_bundle_is_not_listed(outputs, output, team, monkeypatch):
    monkeypatch.setattr("recipes.bundle.find_digest", lambda _: "0" * 64)
    with pytest.raises(BundleTampered):
        await outputs.list_sources(TEAM, output.id, channel_id=CHANNEL, user_id=MAYA)
