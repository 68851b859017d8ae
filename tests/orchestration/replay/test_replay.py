"""A ticket, run again from what is kept: what it makes, and how that compares with what was delivered."""

import io
import zipfile

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from orchestration.skills.builder import BuildRefused, MadeFile, build_file
from orchestration.tickets import workbench
from recipes.bundle import find_digest
from recipes.replay import Match
from recipes.ticket import TicketStatus
from tests.fakes.models import PacedModel, ScriptedModel, calling, take_turn
from tests.fakes.nouns import JONAS, OTHER_TEAM, TEAM, make_bundle
from tests.orchestration.models.bundles import make_text_bundle

QUESTION = {"question": "Which quarter?", "options": ["Q3"]}


class UnaskedModel(ScriptedModel):
    """Stands by, and breaks if it is asked."""

    def __init__(self, name="extractive"):
        super().__init__([])
        self.name = name


async def read_outputs(team):
    async with team.read() as work:
        return await work.outputs.list("tkt_1")


async def test_a_deck_is_made_again_byte_for_byte_from_the_kept_turns(run, again, iowa, vault, team, tmp_path):
    await run(iowa)
    told = await again(model=UnaskedModel())
    (delivered,) = await read_outputs(team)
    (output,) = told.outputs
    assert (output.match, output.digest, output.delivered_digest) == (Match.SAME, delivered.digest, delivered.digest)
    assert (tmp_path / "again" / output.filename).read_bytes() == await vault.open(delivered.file_id)
    assert told.kept_turns > 3
    assert told.is_faithful()


async def test_without_a_kept_turn_the_model_that_needs_no_network_makes_the_same(run, again, change, iowa):
    await run(iowa)
    await change("DELETE FROM tool_results")
    await change("DELETE FROM turns")
    told = await again()
    assert told.kept_turns == 0
    assert [each.match for each in told.outputs] == [Match.SAME]


async def test_it_tells_what_it_ran_on(run, again, iowa, team):
    ticket = await run(iowa)
    told = await again()
    async with team.read() as work:
        frozen = await work.bundles.get(ticket.bundle_id)
    assert (told.bundle_digest, told.bundle_bytes) == (frozen.digest, len(frozen.canonical))
    assert (told.ticket_id, told.status) == ("tkt_1", TicketStatus.COMPLETED)
    assert (told.recipe_slug, told.recipe_version, told.model) == ("powerpoint-report", 1, "extractive")
    assert (told.sources, told.left_out) == (3, 0)


async def test_its_figures_are_looked_up_again_with_the_same_findings(run, again, iowa, team):
    await run(iowa)
    (output,) = (await again()).outputs
    (delivered,) = await read_outputs(team)
    assert output.provenance == delivered.provenance
    assert output.provenance.figures.total > 0
    assert output.has_same_findings


async def test_nothing_is_written_but_into_the_folder(run, again, iowa, everything, tmp_path):
    await run(iowa)
    before = await everything()
    (output,) = (await again()).outputs
    assert await everything() == before
    assert [path.name for path in (tmp_path / "again").iterdir()] == [output.filename]


@pytest.mark.parametrize("words", [300, 2_000])
async def test_a_text_is_made_again_whether_or_not_it_was_long_enough_for_a_file(
    run, again, iowa, team, words, tmp_path
):
    said = [
        ("Jonas", f"Orders failed for {n} minutes in week {n}, since the disk of shop {n} was full.") for n in range(90)
    ]
    bundle = make_text_bundle(topic="Outage", messages=said, words=words)
    await run(bundle.model_copy(update={"agent": bundle.agent.model_copy(update={"caps": {"turns": 30}})}))
    (output,) = (await again()).outputs
    (delivered,) = await read_outputs(team)
    assert output.match is Match.SAME
    assert output.filename == "Outage.md"
    assert find_digest((tmp_path / "again" / output.filename).read_bytes()) == delivered.digest


async def test_it_ends_at_a_question_that_nobody_answered(run, again):
    await run(make_bundle(), PacedModel(question=QUESTION))
    told = await again()
    assert (told.is_waiting, told.outputs, told.kept_turns) == (True, (), 3)


async def test_what_a_person_answered_is_answered_again(run, again, team, work_on):
    model = PacedModel(question=QUESTION)
    ticket = await run(make_bundle(), model)
    async with team.begin() as work:
        asked = await work.questions.find_open("tkt_1")
        await work.questions.save(asked.answered("Q3", JONAS, said_ts=None))
    await work_on(ticket, model)
    told = await again()
    assert [each.match for each in told.outputs] == [Match.SAME]
    assert not told.is_waiting


async def test_kept_turns_of_any_model_are_taken_and_it_is_not_asked(run, again, team):
    class Finished(ScriptedModel):
        async def turn(self, prompt, history):
            return take_turn(history)

    await run(make_bundle(), Finished([]))
    told = await again(model=UnaskedModel())
    assert (told.model, told.kept_turns) == ("scripted", 5)
    assert [each.match for each in told.outputs] == [Match.SAME]


async def test_a_file_that_is_built_differently_today_is_handed_in_all_the_same_and_said_to_differ(
    run, again, iowa, monkeypatch
):
    await run(iowa)

    def build_otherwise(skill, content, **more):
        made = build_file(skill, content, **more)
        return MadeFile(content=stamp(made.content, "docProps/core.xml"), checks=made.checks, cited=made.cited)

    monkeypatch.setattr(workbench, "build_file", build_otherwise)
    told = await again()
    (output,) = told.outputs
    assert output.match is Match.DIFFERS
    assert output.digest != output.delivered_digest
    assert output.differences == ("only its properties (docProps/core.xml), which say when it was written",)
    assert output.has_same_findings
    assert not told.is_faithful()


async def test_where_the_delivered_file_is_gone_it_only_says_that_it_differs(run, again, iowa, monkeypatch, tmp_path):
    await run(iowa)

    def build_another(skill, content, **more):
        return MadeFile(content=b"no deck", checks=(), cited=())

    monkeypatch.setattr(workbench, "build_file", build_another)
    (output,) = (await again(files_url=str(tmp_path / "nowhere"))).outputs
    assert output.match is Match.DIFFERS
    assert output.differences == ("the delivered file cannot be opened any more, so nobody can say what differs",)
    assert not (tmp_path / "nowhere").exists()


async def test_what_a_tool_refuses_today_is_told_and_the_output_is_missing(run, again, iowa, monkeypatch):
    await run(iowa)

    def refuse(skill, content, **more):
        raise BuildRefused("slide 2: the title is too long")

    monkeypatch.setattr(workbench, "build_file", refuse)
    told = await again()
    assert [each.match for each in told.outputs] == [Match.MISSING]
    assert told.refusals[0].endswith("Skill: slide 2: the title is too long")
    assert not told.is_faithful()


async def test_work_that_was_stopped_hands_in_what_it_had_built(run, again, work_on, change):
    class Stopped(ScriptedModel):
        async def turn(self, prompt, history):
            return take_turn(history) if len(history) < 2 else 1 / 0

    with capture_logs():
        ticket = await run(make_bundle(), Stopped([]))
    await change("UPDATE work_tickets SET status = 'running', finished_at = NULL")
    await work_on(ticket, workflow="close_segment")
    told = await again()
    assert [(each.match, each.title) for each in told.outputs] == [(Match.SAME, ticket.task_description)]


async def test_a_ticket_of_any_workspace_is_found_by_its_id(run, again, iowa):
    await run(iowa, number=1)
    await run(iowa, number=2, team_id=OTHER_TEAM)
    assert [each.match for each in (await again("tkt_2")).outputs] == [Match.SAME]


async def test_it_waits_for_no_writer(run, again, store, iowa):
    await run(iowa)
    async with store._database.begin(TEAM) as connection:
        await connection.execute(text("UPDATE work_tickets SET problem = 'being written'"))
        assert (await again()).is_faithful()


async def test_two_outputs_of_one_name_are_two_files(run, again, tmp_path):
    names = ["First words.", "Other words."]

    class Twice(ScriptedModel):
        async def turn(self, prompt, history):
            if len(history) < 2:
                emit = {"output_type": "content_draft", "title": "Churn", "body": names[len(history)]}
                return calling(("emit_work_output", emit), turn=len(history) + 1)
            return take_turn(history * 4)

    bundle = make_text_bundle(topic="Churn", messages=[("Jonas", "Churn fell.")])
    agent = bundle.agent.model_copy(update={"caps": {"turns": 30}, "model": "scripted"})
    await run(bundle.model_copy(update={"agent": agent}), Twice([]))
    told = await again()
    assert [(each.filename, each.match) for each in told.outputs] == [
        ("Churn.md", Match.SAME),
        ("2-Churn.md", Match.SAME),
    ]


def stamp(content, name):
    """Give a package in which one part was written at another time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for each in before.namelist():
            after.writestr(each, before.read(each) + (b"\n" if each == name else b""))
    return packed.getvalue()
