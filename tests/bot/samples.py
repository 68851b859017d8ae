"""One of each thing that the bot shows, for the snapshots and for the limits."""

from datetime import date, timedelta
from decimal import Decimal

from recipes.audience import Audience, Sharing
from recipes.brief import BriefAnswer, OfferedTool, RemovedSource
from recipes.draft import Answer, Origin
from recipes.estimate import Estimate
from recipes.price import SearchPrice
from recipes.progress import Progress
from recipes.reply import (
    BriefCard,
    BriefFate,
    DeliverySummary,
    ParameterQuestion,
    PlainReply,
    ReadAgainOffer,
    RecipeOffer,
    Reply,
)
from recipes.server_tool import ServerTool
from recipes.source import LeftOut
from recipes.spend import Spent
from recipes.ticket import TicketStatus
from recipes.todo import Todo, TrackedTodo
from tests.fakes.moment import START
from tests.fakes.nouns import (
    MAYA,
    make_answer,
    make_brief,
    make_brief_source,
    make_missing,
    make_output,
    make_provenance,
    read_powerpoint_report,
)

RECIPE = read_powerpoint_report()
TOPIC, COUNT, STYLE, _ = RECIPE.parameters
MANY = make_brief(
    answers=(
        BriefAnswer(parameter=TOPIC, value="churn", answer=make_answer("churn")),
        BriefAnswer(parameter=COUNT, value=7, answer=Answer(value=7, origin=Origin(door="form"))),
        BriefAnswer(parameter=STYLE, value="forest", answer=Answer(value="forest", origin=Origin(door="command"))),
    ),
    sources=tuple(make_brief_source(f"S{number}") for number in range(1, 16)),
    left_out=tuple(LeftOut(source=f"photo-{number}.png", reason="is a picture") for number in range(1, 9)),
    uses_language_model=True,
    estimate=Estimate(duration=timedelta(minutes=3), basis="history", runs=6, tokens=61_234, cost_usd=Decimal("0.43")),
    audience=Audience(channel_id="C0BOARD", kind="private", members=3),
)
REMOVED = make_brief(
    sources=(make_brief_source(key="1794906000.000100", gist="Churn is falling."),),
    removed=(
        RemovedSource(key="F0CHURN", name="churn.csv"),
        RemovedSource(key="blk_1", name="note in this channel's basket by Priya", gist="The launch moved to May."),
        RemovedSource(
            key="blk_2",
            name="note in the basket of #board by Jonas",
            gist="For the board only.",
            origin="C0BOARD",
        ),
    ),
    changed="You left something out. It is named below, and you can put it back.",
)
CLOSED = make_brief(
    sources=(
        make_brief_source(key="1794906000.000100"),
        make_brief_source("S2", key="blk_2", locator="note in the basket of #board", origin="C0BOARD"),
    ),
    closed=("C0BOARD",),
)
OUTSIDE = make_brief(
    uses_language_model=True,
    offered=(
        OfferedTool(tool=ServerTool.WEB_SEARCH, is_on=True),
        OfferedTool(tool=ServerTool.CODE_EXECUTION, is_on=False),
    ),
    search_price=SearchPrice(per_thousand=Decimal(10), as_of=date(2026, 5, 22), source="https://prices.example"),
)
DIRECT = make_brief(left_out=(), audience=Audience(channel_id="D0MAYA", kind="direct", members=2))
FAILED_CHECK = make_output().checks[0].model_copy(update={"passed": False, "said": "4 slides, 5 asked"})

REPLIES: dict[str, Reply] = {
    "plain": PlainReply(text="Withdrawn. Nothing was started."),
    "offer": RecipeOffer(draft_id="dra_1", lead="This is what I can make.", cards=(RECIPE.card(),)),
    "question": ParameterQuestion(draft_id="dra_1", recipe_name=RECIPE.name, parameter=TOPIC),
    "question_of_a_choice": ParameterQuestion(
        draft_id="dra_1", recipe_name=RECIPE.name, parameter=STYLE, lead="Style is one of: Slate, Ember, Forest, Mono."
    ),
    "read_again": ReadAgainOffer(draft_id="dra_1", brief_no=2),
    "brief": BriefCard(brief=make_brief()),
    "brief_of_many": BriefCard(brief=MANY),
    "brief_direct": BriefCard(brief=DIRECT),
    "brief_with_something_left_out": BriefCard(brief=REMOVED),
    "brief_that_offers_a_search": BriefCard(brief=OUTSIDE),
    **{
        f"brief_shut_to_some_{sharing}": BriefCard(brief=CLOSED.model_copy(update={"sharing": sharing}))
        for sharing in Sharing
    },
    "brief_private_approved": BriefCard(
        brief=CLOSED.model_copy(update={"sharing": Sharing.REQUESTER}), fate=BriefFate.APPROVED
    ),
    **{f"brief_{fate}": BriefCard(brief=make_brief(), fate=fate) for fate in BriefFate if fate is not BriefFate.SHOWN},
    "summary": DeliverySummary(
        requester=MAYA, output=make_output(provenance=make_provenance()), uses_language_model=False
    ),
    "summary_of_before_there_was_a_check": DeliverySummary(
        requester=MAYA, output=make_output(), uses_language_model=False
    ),
    "summary_with_figures_without_a_source": DeliverySummary(
        requester=MAYA,
        output=make_output(provenance=make_provenance(make_missing(), make_missing("12"))),
        uses_language_model=True,
    ),
    "summary_of_paid_work": DeliverySummary(
        requester=MAYA,
        output=make_output(),
        uses_language_model=True,
        spent=Spent(tokens=62_120, cost_usd=Decimal("0.4471")),
        estimate=MANY.estimate,
    ),
    "summary_of_work_without_a_price": DeliverySummary(
        requester=MAYA,
        output=make_output(),
        uses_language_model=True,
        spent=Spent(tokens=62_120, cost_usd=None),
        estimate=MANY.estimate.model_copy(update={"cost_usd": None}),
    ),
    "summary_with_a_failed_check": DeliverySummary(
        requester=MAYA, output=make_output(checks=(*make_output().checks, FAILED_CHECK)), uses_language_model=True
    ),
}


def make_tracked(content: str, status: str, took: timedelta | None = None) -> TrackedTodo:
    started = None if status == "pending" else START
    completed = START + took if took is not None else None
    todo = Todo(content=content, status=status, activeForm=f"{content}, now")
    return TrackedTodo(todo=todo, started_at=started, completed_at=completed)


def make_progress(status: TicketStatus, **more: object) -> Progress:
    is_over = status in {TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}
    values = {
        "version": 3,
        "status": status,
        "title": "A presentation of 5 slides about churn, in the Slate style.",
        "requester": MAYA,
        "todos": (
            make_tracked("Read the sources", "completed", timedelta(seconds=1.2)),
            make_tracked("Build the deck", "in_progress"),
            make_tracked("Hand it in", "pending"),
        ),
        "started_at": None if status is TicketStatus.PENDING else START,
        "finished_at": START + timedelta(seconds=4) if is_over else None,
        "problem": "Slack took the file and does not show it." if status is TicketStatus.FAILED else None,
    }
    if status is TicketStatus.PENDING:
        values["todos"] = ()
    return Progress(**{"ticket_id": "tkt_1", **values, **more})
