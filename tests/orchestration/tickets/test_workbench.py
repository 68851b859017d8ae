import json
from dataclasses import dataclass
from typing import Any

import pytest

from orchestration.agents.host import ToolRefused
from orchestration.agents.tools import EmitWorkOutput, ReadSource, Skill
from orchestration.models.port import ToolResult
from orchestration.tickets.log import TicketLog
from orchestration.tickets.workbench import Workbench
from recipes.bundle import WorkBundle, find_digest
from recipes.output import Claim
from recipes.recipe import OutputContract
from recipes.source import SourceKind
from tests.fakes.benches import make_bench
from tests.fakes.models import DECK, calling
from tests.fakes.nouns import make_bundle, make_source
from tests.fakes.stores import add_ticket
from tests.orchestration.skills.samples import sample_picture

EMIT = {"output_type": "report_draft", "title": "Churn fell", "body": "It fell.", "file_format": "pptx"}


@dataclass(frozen=True)
class Bench:
    """A workbench with its log."""

    tools: Workbench
    log: TicketLog

    async def build(self, *, turn: int = 1) -> str:
        """Build a file as the loop does, with the turn and the result kept; give its id."""
        delta = calling(("Skill", {"skill": "pptx", "content": DECK}), turn=turn)
        await self.log.save_turn(turn, delta)
        built = await self.tools.build_file(Skill(skill="pptx", content=DECK))
        await self.log.save_result(ToolResult(tool_use_id=delta.tool_calls()[0].id, content=json.dumps(built)))
        return built["file_id"]

    async def emit(self, call: EmitWorkOutput, *, call_id: str = "call_9_1") -> dict[str, Any]:
        """Hand something in as the loop does, with the result kept."""
        answer = await self.tools.emit(call)
        await self.log.save_result(ToolResult(tool_use_id=call_id, content=json.dumps(answer)))
        return answer


@pytest.fixture
def lay_out(store, vault, bell, clock, ids):
    """Give a function that lays out the bench of a new ticket on a bundle."""

    async def go(bundle: WorkBundle, **permalinks: str) -> Bench:
        ticket = await add_ticket(store)
        return Bench(*make_bench(ticket, bundle, permalinks, store=store, vault=vault, bell=bell, clock=clock, ids=ids))

    return go


@pytest.fixture
async def bench(lay_out) -> Bench:
    return await lay_out(make_bundle(sources=(make_source("S1"), make_source("S2", "Line of a source. " * 1_000))))


async def test_a_built_file_lies_in_the_vault_under_its_digest(bench, vault):
    built = await bench.tools.build_file(Skill(skill="pptx", content=DECK))
    content = await vault.open(built["file_id"])
    assert find_digest(content) == built["file_id"]
    assert (built["file_format"], built["size_bytes"]) == ("pptx", len(content))
    assert built["generation_time_ms"] >= 0
    assert {"name", "passed", "said"} == set(built["checks"][0])


async def test_content_that_makes_no_file_is_refused_with_what_to_mend(bench):
    with pytest.raises(ToolRefused, match="slides"):
        await bench.tools.build_file(Skill(skill="pptx", content={"title": "x"}))


async def test_an_output_is_kept_with_the_file_that_was_built(bench, team):
    file_id = await bench.build()
    claim = Claim(kind="quote", text="Churn fell to 3 %.", passages=("S1.1",))
    answer = await bench.emit(EmitWorkOutput(**EMIT, file_id=file_id, claims=(claim,)))
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert answer == {"output_id": output.id}
    assert (output.file_id, output.digest, output.filename) == (file_id, file_id, "Churn-fell.pptx")
    assert (output.generation_method, output.file_format, output.claims) == ("skill", "pptx", (claim,))
    assert output.checks


async def test_an_output_that_is_handed_in_twice_is_one(bench, team):
    call = EmitWorkOutput(**EMIT, file_id=await bench.build())
    first, second = await bench.emit(call), await bench.emit(call, call_id="call_9_2")
    assert first == second
    async with team.begin() as work:
        assert len(await work.outputs.list("tkt_1")) == 1


async def test_a_claim_on_a_passage_that_is_not_in_the_bundle_is_refused(bench, team):
    claim = Claim(kind="quote", text="Churn fell to 3 %.", passages=("S1.1", "S9.1"))
    with pytest.raises(ToolRefused, match=r"“Churn fell to 3 %\.” cites S9\.1, which is not in the bundle"):
        await bench.emit(EmitWorkOutput(**EMIT, file_id=await bench.build(), claims=(claim,)))
    async with team.begin() as work:
        assert await work.outputs.list("tkt_1") == ()


async def test_an_output_is_kept_with_what_was_found_of_its_figures(bench, team):
    await bench.emit(EmitWorkOutput(**EMIT, file_id=await bench.build()))
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert output.provenance is not None
    (finding,) = output.provenance.findings
    assert (finding.shown, finding.where, finding.passages) == ("3 %", "slide 2, points", ("S1.1",))


@pytest.mark.parametrize(("expression", "why"), [
    (None, "cannot be read"), ("5 +", "cannot be read"), ("2 ** 9", "Pow"), ('sum(S2.1["n"])', "S2.1 is not among"),
])  # fmt: skip
async def test_a_computation_that_nobody_can_work_out_is_refused(bench, expression, why):
    claim = Claim(kind="computed", text="9", passages=("S1.1",), expression=expression)
    with pytest.raises(ToolRefused, match=f"“9” has an expression that cannot be worked out: .*{why}"):
        await bench.emit(EmitWorkOutput(**EMIT, file_id=await bench.build(), claims=(claim,)))


@pytest.mark.parametrize(("wrong", "right"), [("S9", "S1"), ("S1.9", "S1.1"), ("S9.1", "S1.1")])
async def test_content_that_cites_what_the_bundle_does_not_have_is_refused(bench, wrong, right):
    content = json.loads(json.dumps(DECK).replace(f"@{right}]", f"@{wrong}]"))
    if not wrong.startswith("S1"):
        content["sources"].append({"id": "S9", "title": "The board", "kind": "message"})
    with pytest.raises(ToolRefused, match=rf"The content cites .*{wrong}.*, which the bundle does not have"):
        await bench.tools.build_file(Skill(skill="pptx", content=content))


@pytest.fixture
async def picture_bench(lay_out, vault) -> Bench:
    """A bundle with a picture and a message."""
    digest = await vault.save(sample_picture())
    picture = make_source("S2", "A picture.", kind=SourceKind.ASSET, locator="dock.png", digest=digest)
    return await lay_out(make_bundle(sources=(make_source("S1"), picture)))


def show_picture(source_id: str) -> dict[str, Any]:
    image = {"kind": "image", "image": source_id, "alt": "A dock", "caption": "The dock", "title": "The dock"}
    sources = [{"id": each, "title": each, "kind": "file"} for each in ("S1", "S2")]
    block = {name: said for name, said in image.items() if name != "title"}
    parts = {"slides": [image, {"kind": "sources"}], "sections": [{"heading": "All", "blocks": [block]}]}
    return {"title": "Docks", "sources": sources, **parts}


@pytest.mark.parametrize(("skill", "other"), [("pptx", "sections"), ("docx", "slides"), ("pdf", "slides")])
async def test_a_picture_of_the_bundle_is_shown_and_a_message_is_refused_as_one(picture_bench, skill, other):
    content = {source_id: show_picture(source_id) for source_id in ("S1", "S2")}
    for each in content.values():
        del each[other]
    built = await picture_bench.tools.build_file(Skill(skill=skill, content=content["S2"]))
    assert {check["name"] for check in built["checks"] if not check["passed"]} <= {"slide count"}
    with pytest.raises(ToolRefused, match="'S1' is no picture; sources that are PNG or JPEG pictures: none"):
        await picture_bench.tools.build_file(Skill(skill=skill, content=content["S1"]))


@pytest.fixture
async def text_bench(lay_out) -> Bench:
    bundle = make_bundle()
    contract = OutputContract(format="md", output_type="content_draft")
    asking = bundle.model_copy(update={"recipe": bundle.recipe.model_copy(update={"contract": contract})})
    return await lay_out(asking, S1="https://sandbox.slack.com/archives/C0REPORTS/p1")


async def test_a_text_is_kept_with_what_was_found_of_its_figures(text_bench, team):
    body = "Churn fell to 3 % [@S1.1], from 3.5 [@S2.1] or 3.6 [@S2.1]."
    await text_bench.emit(EmitWorkOutput(output_type="content_draft", title="Churn", body=body))
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
    assert output.provenance is not None
    assert (output.provenance.figures.total, output.provenance.figures.missing) == (3, 1)
    assert [(each.shown, each.why) for each in output.provenance.list_missing()] == [
        ("3.6", "not in what is cited here: S1.1, S2.1")
    ]


async def test_a_text_that_cites_what_the_bundle_does_not_have_is_refused(text_bench):
    call = EmitWorkOutput(output_type="content_draft", title="Churn", body="It fell [@S1.1], or not [@S7.1].")
    with pytest.raises(ToolRefused, match=r"The text cites S7\.1, which the bundle does not have"):
        await text_bench.emit(call)


@pytest.mark.parametrize("file_id", [None, "ab" * 32])
async def test_a_file_that_was_not_built_here_is_refused(bench, file_id):
    await bench.build()
    with pytest.raises(ToolRefused, match=f"No file {file_id} was built here"):
        await bench.emit(EmitWorkOutput(**EMIT, file_id=file_id))


async def test_an_output_of_another_kind_than_the_contract_asks_for_is_refused(bench):
    call = EmitWorkOutput(**{**EMIT, "output_type": "annex"}, file_id=await bench.build())
    with pytest.raises(ToolRefused, match="The contract asks for a report_draft"):
        await bench.emit(call)


async def test_a_long_source_is_read_page_by_page(bench):
    pages, offset = [], 0
    while offset is not None:
        page = await bench.tools.read_source(ReadSource(source_id="S2", offset=offset))
        assert len(page["text"]) <= 8_000
        pages.append(page["text"])
        offset = page["next_offset"]
    assert len(pages) == 3
    assert len("".join(pages)) == page["total_chars"]
    assert "".join(pages).startswith("[S2.1]\nLine of a source.")


async def test_a_page_behind_the_end_is_empty(bench):
    assert await bench.tools.read_source(ReadSource(source_id="S1", offset=9_999)) == {
        "text": "", "next_offset": None, "total_chars": 25,
    }  # fmt: skip


async def test_a_table_is_read_as_rows_with_its_header(lay_out):
    bench = await lay_out(make_bundle())
    page = await bench.tools.read_source(ReadSource(source_id="S2"))
    assert page["text"] == "[S2.1]\nchurn: 3 rows\nmonth | rate\nMay | 3.5\nJune | 3\nJuly | "


async def test_a_source_that_is_not_in_the_bundle_is_refused_with_those_that_are(bench):
    with pytest.raises(ToolRefused, match=r"There is no source S7; the bundle has S1, S2\."):
        await bench.tools.read_source(ReadSource(source_id="S7"))
