"""Baskets: how many of many attempts to read another's get anywhere, and how long one's own takes to be searched."""

import io
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any, Final

import structlog
from aiohttp import ClientSession

from bot.sandbox.person import Person
from bot.sandbox.screen import buttons_of
from bot.sandbox.seed import SlackRules
from bot.sandbox.server import Sandbox
from orchestration.baskets.baskets import SEARCHED_ENTRIES, find_entries
from recipes.audience import BasketAccess
from recipes.ids import BasketId, BlockId, ChannelId, TeamId, UserId
from recipes.source import Basket, SubstrateBlock
from storage.schema import opening_database
from storage.unit_of_work import Store
from tests.bench import attempts
from tests.bench.attempts import Scene
from tests.bench.intruder import SECRETS, Intruder
from tests.bench.row import Row
from tests.fakes.ports import find_free_port
from tests.scenarios.journal import Journal
from tests.scenarios.records import Records
from tests.scenarios.threads import DIRECT, open_thread
from tests.scenarios.workplace import SEED, request_url_of, serving

LISTS: Final = (
    attempts.list_forged_views,
    attempts.list_broken_views,
    attempts.list_foreign_entries,
    attempts.list_other_doors,
    attempts.list_shared_forms,
    attempts.list_menus,
    attempts.list_words,
    attempts.list_forms,
)
STORIES: Final = (attempts.leaving, attempts.leaving_with_a_brief)
SEARCHES: Final = 9


async def measure_breaches(name: str) -> Row:
    """Make every attempt; give how many showed a word of it, or were not answered by a sentence that denies."""
    with _listening() as log:
        async with _staging() as scene:
            outcomes = await _attempt_all(scene)
            tried, opened = await _ask_repository(scene)
    failed = [what for what, problem in outcomes if problem]
    # The bot says that it is there; a log that says nothing would prove nothing.
    assert "bot_ready" in log.getvalue()
    logged = sum(secret in log.getvalue() for secret in SECRETS)
    for what, problem in outcomes:
        if problem:
            print(f"  {what}: {problem}", file=sys.stderr)
    return Row(
        name=name,
        value=len(failed) + opened + logged,
        unit="breaches",
        baseline=None,
        note=f"{len(outcomes) + tried} attempts, {len(outcomes)} of them over the wire",
    )


async def measure_search(name: str) -> Row:
    """Search a basket of as many notes as are searched at most, read from the database each time."""
    with tempfile.TemporaryDirectory() as folder:
        async with opening_database(f"sqlite:///{folder}/notes.db") as database:
            store = Store(database, lambda *_: None)
            await _fill(store)
            times = [await _search(store) for _ in range(SEARCHES)]
    return Row(
        name=name, value=median(times), unit="ms", baseline=None, note=f"{SEARCHED_ENTRIES:,} notes of 300 characters"
    )


@contextmanager
def _listening() -> Iterator[io.StringIO]:
    """Give everything that is logged, ours and that of the libraries below us; nobody else reads it meanwhile."""
    log, before = io.StringIO(), structlog.get_config()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(log),
        cache_logger_on_first_use=False,
    )
    try:
        yield log
    finally:
        structlog.configure(**before)
        logging.getLogger().removeHandler(handler)


@asynccontextmanager
async def _staging() -> AsyncIterator[Scene]:
    bind = f"127.0.0.1:{find_free_port()}"
    with tempfile.TemporaryDirectory() as folder:
        home, journal = Path(folder) / "home", Path(folder) / "calls.jsonl"
        # More is asked in a minute than anybody would.
        rules = SlackRules(enforces_tiers=False)
        async with (
            Sandbox(seed=SEED, rules=rules, journal=journal, request_url=request_url_of(bind)) as sandbox,
            serving(sandbox, home, bind=bind, over_http=True),
            ClientSession() as session,
            Person(sandbox.page_url, "Maya") as maya,
            Person(sandbox.page_url, "Jonas") as jonas,
            Person(sandbox.page_url, "Priya") as priya,
        ):
            rows = Records(home, f"sqlite:///{home.absolute() / 'threadwork.db'}")
            intruder = Intruder(sandbox, request_url_of(bind), Journal(journal), rows, session)
            yield await _set(intruder, maya, jonas, priya)


async def _set(intruder: Intruder, maya: Person, jonas: Person, priya: Person) -> Scene:
    """Put secrets into the board's basket and into Maya's own, and show a brief that reads the former."""
    messages = intruder.workspace.messages
    await maya.command("board", "/work", f"note The {SECRETS[0]} merger is signed.")
    said = await maya.say(
        "board", f"The {SECRETS[1]} price is 12.", files=[("b.csv", f"{SECRETS[2]},x\n1,2\n".encode())]
    )
    await maya.shortcut("add_to_basket", message_ts=said)
    await maya.wait_for(lambda screen: "Added to" in str(screen.channel("board")), what="the file in the basket")
    await maya.command(DIRECT, "/work", f"note Only I know {SECRETS[3]}.")
    own = await maya.say(DIRECT, f"note to self: {SECRETS[3]}")
    await priya.say("general", "The general numbers: 5 and 7.")
    thread = await open_thread(maya, f"{attempts.NEW_BRIEF} from <#C0BOARD|board>", channel="general")
    brief = await attempts.wait_for_brief(thread)
    assert "brief.approve" in buttons_of(brief)
    direct = next(
        place
        for place in intruder.workspace.places.list_all()
        if place.id.startswith("D") and maya.user_id in place.members
    )
    board = intruder.rows.get("baskets", channel_id=attempts.BOARD)["id"]
    return Scene(
        intruder=intruder,
        maya=maya,
        jonas=jonas,
        priya=priya,
        mayas_direct=direct.id,
        entry_ids=tuple(_list_ids(intruder, board)),
        own_entry_ids=tuple(_list_ids(intruder, intruder.rows.get("baskets", channel_id=direct.id)["id"])),
        kept=tuple(filter(None, (messages.find(attempts.BOARD, said), messages.find(direct.id, own)))),
        brief=_found(messages.find("C0GENERAL", brief["ts"])),
        draft_id=intruder.rows.get("drafts", thread_ts=thread.ts)["id"],
    )


def _found(message: Any) -> Any:
    assert message is not None
    return message


def _list_ids(intruder: Intruder, basket_id: str) -> list[str]:
    tables = ("substrate_blocks", "reference_assets")
    return [row["id"] for table in tables for row in intruder.rows.select(table, basket_id=basket_id)]


async def _attempt_all(scene: Scene) -> list[tuple[str, str]]:
    await _check_that_leaks_are_seen(scene)
    outcomes: list[tuple[str, str]] = []
    for what, attempt in chain.from_iterable(listed(scene) for listed in LISTS):
        outcomes.append((what, await _try(scene, attempt)))
    for story in STORIES:
        async for what, attempt in story(scene):
            outcomes.append((what, await _try(scene, attempt)))
    return outcomes


async def _try(scene: Scene, attempt: Callable[[], Awaitable[Any]]) -> str:
    """Give what is wrong with how an attempt ended; nothing, if it was denied."""
    scene.intruder.begin()
    await attempt()
    try:
        found = await scene.intruder.look()
    except TimeoutError:
        return "no sentence denied it"
    return f"shown: {found.leaks[0]}" if found.leaks else ""


async def _check_that_leaks_are_seen(scene: Scene) -> None:
    """A trap that nothing trips proves nothing: somebody who may read the basket does."""
    scene.intruder.begin()
    await scene.maya.command("board", "/work", "basket")
    await scene.maya.wait_for(lambda screen: SECRETS[0] in str(screen.views), what="the board's basket")
    assert scene.intruder.list_leaks()


async def _ask_repository(scene: Scene) -> tuple[int, int]:
    url = scene.intruder.rows.database_url
    async with opening_database(url) as database:
        team_id = TeamId(scene.intruder.workspace.identity.team_id)
        return await attempts.count_open_repositories(Store(database, lambda *_: None), scene, team_id)


TEAM: Final = TeamId("T0BENCH")
CHANNEL: Final = ChannelId("C0NOTES")


async def _fill(store: Store) -> None:
    now = datetime.now(UTC)
    async with store.for_team(TEAM).begin() as work:
        basket = Basket(id=BasketId("bsk_1"), team_id=TEAM, channel_id=CHANNEL)
        await work.baskets.add(basket)
        for number in range(SEARCHED_ENTRIES):
            text = f"Note {number}: " + "Die Flügel der Windräder drehen sich über Århus. " * 6
            await work.baskets.add_block(
                SubstrateBlock(
                    id=BlockId(f"blk_{number:06}"),
                    basket_id=basket.id,
                    text=text[:300],
                    author="Maya",
                    permalink=None,
                    created_at=now,
                )
            )


async def _search(store: Store) -> float:
    access = BasketAccess(channel_id=CHANNEL, user_id=UserId("U0MAYA"), checked_at=datetime.now(UTC))
    started = time.perf_counter()
    async with store.for_team(TEAM).read() as work:
        texts = await work.baskets.list_texts(access, archived=False, most=SEARCHED_ENTRIES)
    assert find_entries(texts, "arhus 19999") == ["blk_019999"]
    return (time.perf_counter() - started) * 1000
