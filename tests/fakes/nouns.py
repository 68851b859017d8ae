"""Nouns for tests: each complete, each field open to be said otherwise."""

from datetime import timedelta
from typing import Any

from recipes.audience import Audience
from recipes.brief import Brief, BriefAnswer, BriefSource
from recipes.bundle import BundleAgent, BundleRecipe, FrozenBundle, WorkBundle, find_digest, freeze
from recipes.cap_raise import CapRaise
from recipes.conversation import InboxItem, InboxKind, Said, Thread
from recipes.draft import Answer, Draft, Origin
from recipes.estimate import Estimate
from recipes.ids import BundleId, PassageId, SourceId
from recipes.output import Check, Claim, GenerationMethod, WorkOutput
from recipes.provenance import Finding, FindingKind, Ground, ListedSource, Provenance, SourceList, Tally
from recipes.recipe import OutputContract, Recipe
from recipes.request import WorkRequest
from recipes.source import Column, LeftOut, Passage, Source, SourceKind, Table
from recipes.spend import RESERVED_FOR, ModelCall
from recipes.ticket import TicketStatus, WorkTicket
from recipes.todo import Todo, TodoStatus
from recipes.usage import Usage
from storage.catalog import read_catalog
from tests.fakes.moment import START

TEAM = "T0SANDBOX"
OTHER_TEAM = "T0ELSEWHERE"
CHANNEL = "C0REPORTS"
MAYA = "U0MAYA"
JONAS = "U0JONAS"
ROOT = "1794906000.000100"
THREAD = Thread(team_id=TEAM, channel_id=CHANNEL, thread_ts=ROOT)
TOOLS = ("TodoWrite", "Skill", "emit_work_output", "read_source")


def read_powerpoint_report() -> Recipe:
    return next(recipe for recipe in read_catalog() if recipe.slug == "powerpoint-report")


def make_said(text: str = "", *, ts: str = ROOT, user_id: str = MAYA, **more: Any) -> Said:
    return Said(**{"thread": THREAD, "ts": ts, "user_id": user_id, "text": text, **more})


def make_item(item_id: str = "inb_1", **more: Any) -> InboxItem:
    values = {
        "id": item_id,
        "team_id": TEAM,
        "key": f"said:{item_id}",
        "lane": f"{CHANNEL}:{ROOT}",
        "kind": InboxKind.MESSAGE,
        "payload": make_said("hello").model_dump(mode="json"),
        "happened_ts": "1795418411.000001",
        "received_at": START,
    }
    return InboxItem(**{**values, **more})


def make_answer(value: Any, door: str = "message", ts: str | None = ROOT) -> Answer:
    return Answer(value=value, origin=Origin(door=door, ts=ts))


def make_draft(draft_id: str = "dra_1", **more: Any) -> Draft:
    values = {
        "id": draft_id,
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "thread_ts": ROOT,
        "user_id": MAYA,
        "recipe_slug": "powerpoint-report",
        "answers": {"topic": make_answer("churn")},
        "created_at": START,
    }
    return Draft(**{**values, **more})


def make_source(source_id: str = "S1", text: str = "Churn fell to 3 %.", **more: Any) -> Source:
    values = {
        "id": SourceId(source_id),
        "kind": SourceKind.MESSAGE,
        "locator": "thread message",
        "author": "Maya",
        "ts": ROOT,
        "digest": find_digest(text.encode()),
        "passages": (Passage(id=PassageId(f"{source_id}.1"), text=text),),
    }
    return Source(**{**values, **more})


def make_table_source(source_id: str = "S2") -> Source:
    table = Table(
        name="churn",
        columns=(Column(name="month", type="text"), Column(name="rate", type="number")),
        rows=(("May", 3.5), ("June", 3), ("July", None)),
    )
    passages = (Passage(id=PassageId(f"{source_id}.1"), table=table),)
    return make_source(source_id, kind=SourceKind.ASSET, locator="churn.csv", passages=passages)


def make_bundle(**more: Any) -> WorkBundle:
    values = {
        "basket": "bsk_1",
        "task": "A presentation of 5 slides about churn, in the Slate style.",
        "recipe": BundleRecipe(
            slug="powerpoint-report",
            version=1,
            instructions="Make a presentation about: churn",
            contract=OutputContract(format="pptx", output_type="report_draft", slides_from="slides_count"),
        ),
        "parameters": {"topic": "churn", "slides_count": 5, "template_style": "slate"},
        "agent": BundleAgent(type="reporting", model="scripted", effort="medium", tools=TOOLS, caps={"turns": 30}),
        "sources": (make_source(), make_table_source()),
        "left_out": (LeftOut(source="photo.png", reason="is a picture"),),
    }
    return WorkBundle(**{**values, **more})


def make_frozen(bundle_id: str = "bun_1", **more: Any) -> FrozenBundle:
    return freeze(BundleId(bundle_id), make_bundle(**more))


def make_request(request_id: str = "req_1", **more: Any) -> WorkRequest:
    values = {
        "id": request_id,
        "team_id": TEAM,
        "draft_id": "dra_1",
        "bundle_id": "bun_1",
        "requester": MAYA,
        "channel_id": CHANNEL,
        "thread_ts": ROOT,
        "recipe_slug": "powerpoint-report",
        "recipe_version": 1,
        "answers": {"topic": make_answer("churn")},
        "entry_point": "thread",
        "created_at": START,
    }
    return WorkRequest(**{**values, **more})


def make_ticket(ticket_id: str = "tkt_1", **more: Any) -> WorkTicket:
    values = {
        "id": ticket_id,
        "team_id": TEAM,
        "request_id": "req_1",
        "bundle_id": "bun_1",
        "status": TicketStatus.PENDING,
        "segment": 1,
        "channel_id": CHANNEL,
        "thread_ts": ROOT,
        "requester": MAYA,
        "recipe_slug": "powerpoint-report",
        "recipe_parameters": {"topic": "churn", "slides_count": 5},
        "task_description": "A presentation of 5 slides about churn.",
        "output_format": "pptx",
        "model": "scripted",
        "progress_version": 1,
        "created_at": START,
    }
    return WorkTicket(**{**values, **more})


def make_call(call_id: str = "cal_1", **more: Any) -> ModelCall:
    values = {
        "id": call_id,
        "owner_kind": "ticket",
        "owner_id": "tkt_1",
        "user_id": MAYA,
        "channel_id": CHANNEL,
        "model": "claude-sonnet-5-5",
        "usage": Usage(input_tokens=9),
        "tokens": 9,
        "cost_nanousd": 18_000,
        "created_at": START,
        "expires_at": START + RESERVED_FOR,
    }
    return ModelCall(**{**values, **more})


def make_cap_raise(raise_id: str = "rse_1", **more: Any) -> CapRaise:
    values = {
        "id": raise_id,
        "team_id": TEAM,
        "ticket_id": "tkt_1",
        "segment": 1,
        "kind": "usd",
        "taken": 4_980_000_000,
        "cap": 5_000_000_000,
        "amount": 5_000_000_000,
        "offered_at": START,
    }
    return CapRaise(**{**values, **more})


def make_todo(content: str = "Read the sources", status: str = "pending", **more: Any) -> Todo:
    return Todo(**{"content": content, "status": TodoStatus(status), "activeForm": f"{content} now", **more})


def make_output(output_id: str = "out_1", **more: Any) -> WorkOutput:
    digest = find_digest(b"deck")
    values = {
        "id": output_id,
        "ticket_id": "tkt_1",
        "output_type": "report_draft",
        "title": "Churn fell in summer",
        "body": "Churn fell from 3.5 to 3 %.",
        "file_id": digest,
        "file_format": "pptx",
        "filename": "Churn-fell-in-summer.pptx",
        "generation_method": GenerationMethod.SKILL,
        "digest": digest,
        "claims": (
            Claim(kind="figure", text="3.5", passages=("S2.1",)),
            Claim(kind="quote", text="x", passages=("S1.1",)),
        ),
        "checks": (Check(name="slides", passed=True, said="5 slides, as asked"),),
        "created_at": START,
    }
    return WorkOutput(**{**values, **more})


def make_missing(shown: str = "37 %", **more: Any) -> Finding:
    values = {
        "kind": FindingKind.FIGURE,
        "shown": shown,
        "where": "slide 4, title",
        "ground": Ground.NOTHING,
        "why": "not in what is cited here: S2.1",
    }
    return Finding(**{**values, **more})


def make_provenance(*missing: Finding, **more: Any) -> Provenance:
    """Give a report on 41 figures and 3 quotations, of which these figures have no source."""
    values = {
        "figures": Tally(total=41, found=41 - len(missing)),
        "quotations": Tally(total=3, found=3),
        "standing": {"S2": 40 - len(missing), "S1": 4},
        "findings": missing,
    }
    return Provenance(**{**values, **more})


def make_source_list(*missing: Finding, **more: Any) -> SourceList:
    permalink = f"https://sandbox.slack.com/archives/{CHANNEL}/p1794906000000100"
    message = {"author": "Maya", "ts": ROOT, "permalink": permalink, "standing": 4}
    values = {
        "output_id": "out_1",
        "title": "Churn fell in summer",
        "provenance": make_provenance(*missing),
        "sources": (
            ListedSource(id="S2", name="churn.csv", locators=("Sheet1!A1:B4",), standing=40),
            ListedSource(id="S1", name="thread message", **message),
            ListedSource(id="S3", name="board.csv", is_open=False),
        ),
    }
    return SourceList(**{**values, **more})


def make_brief(**more: Any) -> Brief:
    recipe = read_powerpoint_report()
    values = {
        "draft_id": "dra_1",
        "brief_no": 1,
        "requester": MAYA,
        "recipe_name": recipe.name,
        "task": "A presentation of 5 slides about churn, in the Slate style.",
        "answers": (
            BriefAnswer(parameter=recipe.parameters[0], value="churn", answer=make_answer("churn")),
            BriefAnswer(parameter=recipe.parameters[1], value=5, answer=None),
        ),
        "sources": (make_brief_source(), make_brief_source("S2", kind=SourceKind.ASSET, locator="churn.csv")),
        "left_out": (LeftOut(source="photo.png", reason="is a picture"),),
        "output_format": "pptx",
        "uses_language_model": False,
        "estimate": Estimate(duration=timedelta(seconds=5), basis="sizes", runs=0),
        "audience": Audience(channel_id=CHANNEL, kind="public", members=4),
        "digest": "ab" * 32,
    }
    return Brief(**{**values, **more})


def make_brief_source(source_id: str = "S1", **more: Any) -> BriefSource:
    values = {
        "id": source_id,
        "kind": SourceKind.MESSAGE,
        "locator": "thread message",
        "author": "Maya",
        "permalink": f"https://sandbox.slack.com/archives/{CHANNEL}/p1794906000000100",
        "extent": "18 characters",
    }
    return BriefSource(**{**values, **more})
