"""The composition root: the only place where the rooms are put together."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp
import structlog

from bot.boundary import Boundary
from bot.chat import Chat
from bot.connection import Connection, connect, listening
from bot.files import FileDoor
from bot.inbox import Inbox
from bot.listeners.registry import register
from bot.provider import opening_door
from bot.server import Health, serving_http
from bot.settings import Settings
from orchestration.baskets.baskets import Baskets
from orchestration.baskets.corrections import Corrections
from orchestration.baskets.keeping import Keeping
from orchestration.bell import Bell
from orchestration.conversation.suggestions import Suggestions
from orchestration.conversation.talk import Talk
from orchestration.conversation.thread_words import ThreadWords
from orchestration.conversation.understanding import Understanding
from orchestration.drafting.briefing import Briefing
from orchestration.drafting.catalogue import Catalogue
from orchestration.drafting.choices import Choices
from orchestration.drafting.forms import Forms
from orchestration.drafting.gallery import Gallery
from orchestration.drafting.requests import Requests
from orchestration.effects import Effects
from orchestration.engine.dbos_engine import DbosEngine, make_executor_id
from orchestration.engine.takeover import Takeover
from orchestration.housekeeping import Housekeeping
from orchestration.intake import Intake
from orchestration.leases import LeasesPort, LocalLeases, SharedLeases
from orchestration.models.choice import ModelChoice
from orchestration.models.extractive.model import ExtractiveModel
from orchestration.models.metering import MeteredReader
from orchestration.models.port import ModelPort, ProducedFiles, StructuredReader
from orchestration.moment import SystemClock, UlidIds
from orchestration.office import find_office
from orchestration.partner.interpreter import Interpreter
from orchestration.partner.lexical.interpreter import LexicalInterpreter
from orchestration.partner.model.asking import Asking
from orchestration.partner.model.interpreter import ModelInterpreter
from orchestration.partner.model.wishing import ModelWishReader
from orchestration.partner.wishing import WishReader
from orchestration.ports import SpendPort
from orchestration.previews.renderer import Renderer
from orchestration.readers.process import Readers
from orchestration.skills.deck.brand import NO_BRAND, Brand
from orchestration.skills.deck.brand_file import load_brand
from orchestration.spending import Spending
from orchestration.staging.boundary import Staging
from orchestration.tickets.cap_raises import CapRaises
from orchestration.tickets.delivery import Delivery
from orchestration.tickets.outputs import Outputs
from orchestration.tickets.preview import Previewing
from orchestration.tickets.progress import ProgressPump
from orchestration.tickets.revision_forms import RevisionForms
from orchestration.tickets.revisions import Revisions
from orchestration.tickets.sessions import Sessions
from orchestration.tickets.tickets import Tickets
from orchestration.tickets.workflow import Hands, make_workflow
from recipes.errors import UserFixableError
from recipes.price import PriceTable
from storage.catalog import read_catalog
from storage.files import make_vault
from storage.lock import holding_home
from storage.prices import load_prices
from storage.schema import opening_database
from storage.unit_of_work import Store
from storage.vault import Vault

if TYPE_CHECKING:
    from orchestration.models.claude.model import ClaudeModel

log = structlog.get_logger()

# Where one process owns the database, the next one goes on with its work.
EXECUTOR_ID: Final = "embedded"


@dataclass(eq=False)
class WorkersNeedPostgres(UserFixableError):
    """A second process was asked for on a database that one process owns."""

    def advice(self) -> str:
        """Say what is needed."""
        return (
            "Work is shared among processes on PostgreSQL only: set THREADWORK_DATABASE_URL to postgresql://… for all "
            "of them. On SQLite, `threadwork serve` talks and works by itself."
        )


@dataclass(frozen=True, kw_only=True)
class Foundation:
    """What talking and working both stand on."""

    settings: Settings
    store: Store
    engine: DbosEngine
    leases: LeasesPort
    chat: Chat
    vault: Vault
    effects: Effects
    model: ModelPort
    produced: ProducedFiles | None
    """What runs of code left with the provider."""
    reader: StructuredReader | None
    """Reads what people say, where there is a key for a language model."""
    spend: SpendPort
    prices: PriceTable
    brand: Brand
    bell: Bell
    clock: SystemClock
    ids: UlidIds

    @property
    def tickets(self) -> Tickets:
        """The verbs on work that is under way."""
        return Tickets(store=self.store, bell=self.bell, clock=self.clock, ids=self.ids, cancel=self.engine.cancel)

    @property
    def cap_raises(self) -> CapRaises:
        """The question of work that stopped at its cap."""
        return CapRaises(
            store=self.store,
            effects=self.effects,
            bell=self.bell,
            caps=self.settings.caps,
            admins=self.settings.admin_ids,
            clock=self.clock,
            ids=self.ids,
        )


async def serve(
    settings: Settings, *, ready: asyncio.Event, works: bool = True, model: ModelPort | None = None
) -> None:
    """Talk, and unless told otherwise work, until cancelled; `ready` is set when Slack is heard.

    Raises:
        TokensMissing, SlackTurnedAway, SlackUnreachable, SlackBusy, HomeInUse, PortTaken: before any work was taken.
        LeaseLost: this process stood still, and others went on with its work.
    """
    _check_shared(settings, alone=works)
    async with AsyncExitStack() as stack:
        if not settings.is_shared:
            stack.enter_context(holding_home(settings.home))
        connection = await connect(settings)
        ground = await stack.enter_async_context(_laying(settings, connection, model, works=works))
        readers = await stack.enter_async_context(Readers())
        intake = _compose_talk(ground, connection, readers)
        await _start_engine(ground, works=works)
        health = Health()
        await stack.enter_async_context(serving_http(settings.bind, health, ids=ground.ids, slack=connection.over_http))
        await stack.enter_async_context(listening(connection, settings))
        health.is_ready = True
        ready.set()
        log.info("bot_ready", team=connection.workspace.team_id)
        await _run(ground, works=works, intake=intake)


async def work(settings: Settings, *, ready: asyncio.Event, model: ModelPort | None = None) -> None:
    """Work tickets without talking, beside a process that serves, until cancelled.

    Raises:
        WorkersNeedPostgres: the database is owned by one process.
        TokensMissing, SlackTurnedAway, SlackUnreachable, SlackBusy: before any work was taken.
        LeaseLost: this process stood still, and others went on with its work.
    """
    _check_shared(settings, alone=False)
    connection = await connect(settings)
    async with _laying(settings, connection, model, works=True) as ground:
        await _start_engine(ground, works=True)
        ready.set()
        log.info("worker_ready", team=connection.workspace.team_id)
        await _run(ground, works=True, intake=None)


def _check_shared(settings: Settings, *, alone: bool) -> None:
    if not alone and not settings.is_shared:
        raise WorkersNeedPostgres


@asynccontextmanager
async def _laying(
    settings: Settings, connection: Connection, model: ModelPort | None, *, works: bool
) -> AsyncGenerator[Foundation]:
    """Open what everything stands on; at the end the engine is drained, and what this process holds is given back."""
    executor = make_executor_id(socket.gethostname(), works=works) if settings.is_shared else EXECUTOR_ID
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        database = await stack.enter_async_context(opening_database(settings.database))
        engine = DbosEngine(url=settings.database, executor_id=executor)
        store = Store(database, engine.submit)
        clock, ids = SystemClock(), UlidIds()
        prices = load_prices(settings.prices, is_cloud=settings.cloud is not None)
        brand = await asyncio.to_thread(load_brand, settings.brand) if settings.brand else NO_BRAND
        await store.save_built_in(read_catalog(), now=clock.now())
        files = FileDoor(session, api_url=settings.slack_api_url)
        chat = Chat(client=connection.client, workspace=connection.workspace, files=files)
        claude, reader = await stack.enter_async_context(_opening_claude(settings))
        leases = SharedLeases(store, executor) if settings.is_shared else LocalLeases()
        await leases.enter()
        stack.push_async_callback(leases.leave)
        await stack.enter_async_context(_beating(leases))
        # While it drains, this process is still heard of: nobody goes on with what it is about to finish.
        stack.push_async_callback(engine.drain)
        yield Foundation(
            settings=settings,
            store=store,
            engine=engine,
            leases=leases,
            chat=chat,
            vault=make_vault(settings.files),
            effects=Effects(store=store, threads=chat, clock=clock, leases=leases),
            model=model or ModelChoice(extractive=ExtractiveModel(), claude=claude),
            produced=claude,
            reader=reader,
            prices=prices,
            brand=brand,
            spend=Spending(store=store, prices=prices, caps=settings.caps, clock=clock, ids=ids),
            bell=Bell(),
            clock=clock,
            ids=ids,
        )


@asynccontextmanager
async def _opening_claude(settings: Settings) -> AsyncGenerator["tuple[ClaudeModel | None, StructuredReader | None]"]:
    """Give the language models for work and for talk, for the length of the block, if there is a key for them."""
    async with opening_door(settings) as door:
        if door is None:
            yield None, None
            return
        # Imported here, as the door is.
        from orchestration.models.claude.model import ClaudeModel  # noqa: PLC0415
        from orchestration.models.claude.reader import ClaudeReader  # noqa: PLC0415

        yield ClaudeModel(door, name=settings.agent_model), ClaudeReader(door, name=settings.partner_model)


@asynccontextmanager
async def _beating(leases: LeasesPort) -> AsyncGenerator[None]:
    """Let this process be heard of for the length of the block, which ends at once where it was given up."""
    async with asyncio.TaskGroup() as group:
        beating = group.create_task(leases.run())
        yield
        beating.cancel()


def _compose_talk(ground: Foundation, connection: Connection, readers: Readers) -> Intake:
    """Put together what hears and answers."""
    store, clock, ids, bell = ground.store, ground.clock, ground.ids, ground.bell
    interpreter, wishes = _make_interpreter(ground), _make_wish_reader(ground)
    requests = Requests(store=store, threads=ground.chat, bell=bell, clock=clock, ids=ids)
    corrections = Corrections(store=store, bell=bell, clock=clock, ids=ids)
    tickets = ground.tickets
    template = ground.brand.template.filename if ground.brand.template else None
    revisions = Revisions(store=store, vault=ground.vault, bell=bell, clock=clock, ids=ids, template=template)
    register(
        connection.app,
        inbox=Inbox(requests, connection.workspace),
        requests=requests,
        gallery=Gallery(store),
        forms=Forms(store=store, threads=ground.chat, interpreter=interpreter, bell=bell, clock=clock, ids=ids),
        catalogue=Catalogue(store, clock),
        choices=Choices(store=store, bell=bell, clock=clock, ids=ids),
        suggestions=Suggestions(store=store, bell=bell, clock=clock, ids=ids),
        tickets=tickets,
        cap_raises=ground.cap_raises,
        baskets=Baskets(store=store, threads=ground.chat, corrections=corrections, bell=bell, clock=clock, ids=ids),
        outputs=Outputs(store=store, threads=ground.chat, clock=clock),
        revisions=revisions,
        revision_forms=RevisionForms(
            revisions=revisions, store=store, bell=bell, clock=clock, ids=ids, reads_words=wishes is not None
        ),
        boundary=Boundary(ids),
        workspace=connection.workspace,
    )
    staging = Staging(
        store=store,
        threads=ground.chat,
        vault=ground.vault,
        readers=readers,
        clock=clock,
        ids=ids,
        model=ground.model.name,
        prices=ground.prices,
        server_tools=ground.settings.allowed_tools,
    )
    talk = Talk(
        store=store,
        threads=ground.chat,
        effects=ground.effects,
        briefing=Briefing(store=store, threads=ground.chat, effects=ground.effects, staging=staging, clock=clock),
        words=ThreadWords(requests, tickets),
        requests=requests,
        tickets=tickets,
        keeping=Keeping(store=store, threads=ground.chat, vault=ground.vault, clock=clock, ids=ids),
        corrections=corrections,
        understanding=Understanding(interpreter),
        revisions=revisions,
        clock=clock,
        ids=ids,
        wishes=wishes,
    )
    return Intake(store=store, bell=bell, leases=ground.leases, ids=ids, work=talk.work, apologise=talk.apologise)


def _make_interpreter(ground: Foundation) -> Interpreter:
    """Give what understands messages: a language model on the accounts of those who write, where there is a key."""
    reader = ground.reader
    if reader is None:
        return LexicalInterpreter()
    return ModelInterpreter(lambda payer: MeteredReader(reader, ground.spend, payer), ground.clock)


def _make_wish_reader(ground: Foundation) -> WishReader | None:
    """Give what reads wishes that rules do not; None without a key."""
    reader = ground.reader
    if reader is None:
        return None
    return ModelWishReader(Asking(lambda payer: MeteredReader(reader, ground.spend, payer), ground.clock))


async def _start_engine(ground: Foundation, *, works: bool) -> None:
    if not works:
        await ground.engine.connect()
        return
    delivery = Delivery(store=ground.store, threads=ground.chat, vault=ground.vault, effects=ground.effects)
    previewing = Previewing(
        store=ground.store,
        threads=ground.chat,
        vault=ground.vault,
        effects=ground.effects,
        delivery=delivery,
        renderer=Renderer(find_office()),
    )
    hands = Hands(
        store=ground.store,
        vault=ground.vault,
        model=ground.model,
        spend=ground.spend,
        delivery=delivery,
        cap_raises=ground.cap_raises,
        bell=ground.bell,
        leases=ground.leases,
        clock=ground.clock,
        ids=ground.ids,
        files=ground.produced,
        server_tools=ground.settings.allowed_tools,
        previewing=previewing if ground.settings.previews else None,
        brand=ground.brand,
    )
    await ground.engine.start(make_workflow(hands))
    if not ground.settings.is_shared and (adopted := await ground.engine.adopt(living=())):
        log.warning("jobs_adopted", jobs=adopted)


async def _run(ground: Foundation, *, works: bool, intake: Intake | None) -> None:
    """Run every loop of this process until it is cancelled, or one of them cannot go on."""
    pump = ProgressPump(
        store=ground.store, threads=ground.chat, effects=ground.effects, bell=ground.bell, leases=ground.leases
    )
    sessions = Sessions(store=ground.store, threads=ground.chat, bell=ground.bell, leases=ground.leases)
    housekeeping = Housekeeping(
        store=ground.store,
        effects=ground.effects,
        tickets=ground.tickets,
        engine=ground.engine,
        leases=ground.leases,
        clock=ground.clock,
        ids=ground.ids,
    )
    async with asyncio.TaskGroup() as loops:
        loops.create_task(pump.run())
        loops.create_task(sessions.run())
        loops.create_task(housekeeping.run())
        if intake is not None:
            loops.create_task(intake.run())
        if works and ground.settings.is_shared:
            loops.create_task(Takeover(store=ground.store, engine=ground.engine, leases=ground.leases).run())
