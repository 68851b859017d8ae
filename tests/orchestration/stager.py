"""A process that stages generated input and says the digest: `python -m tests.orchestration.stager URL FOLDER PLAN`.

The input is the corpus of the bench, made small: messages of three people, files of each kind, notes of two baskets,
more than a bundle holds. PLAN is JSON: `fills` (a seed: write the rows first, ordered by chance; null: they are there).
"""

import asyncio
import contextlib
import json
import locale
import sys
from itertools import count
from pathlib import Path
from random import Random

from orchestration.moment import UlidIds
from orchestration.readers.process import Readers
from orchestration.staging import gathering
from orchestration.staging.boundary import Staging
from orchestration.staging.gathering import LESS
from recipes.bundle import find_digest
from recipes.conversation import Said, SharedFile
from recipes.ids import BundleId
from recipes.source import AssetStatus, Basket, ReferenceAsset, SubstrateBlock
from storage.prices import load_prices
from storage.schema import opening_database
from storage.unit_of_work import Store
from storage.vault import Vault
from tests.bench import corpus
from tests.bench.sayings import list_messages
from tests.fakes.moment import START, FakeClock
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM, THREAD, make_answer, make_draft, read_powerpoint_report
from tests.fakes.stores import RecordingEnqueue
from tests.fakes.threads import FakeThreads, Place

FINANCE = "C0FINANCE"
NOTES = 40
# Names and words that a locale, a normal form or an alphabet could change.
WORDS = (
    "Ångström",
    "A\u030angstro\u0308m",
    "\u0130stanbul \u0131ss\u0131z",
    "straße",
    "\U0001f4c8 \U0001f469\u200d\U0001f4bb",
    "سعر",
    "\uff11\uff12",
)
AUTHORS = ((JONAS, "Jonas"), (MAYA, "Maya"), ("U0ALES", "Aleš Žižka"))
SMALL = {"PDF_PAGES": (2, 3), "SHEET_ROWS": 60, "TABLE_ROWS": 80, "CHAPTERS": 3, "SLIDES": 6}


def make_files(folder: Path) -> dict[str, bytes]:
    """Give the corpus's files, each kind of them, small."""
    for name, size in {**SMALL, "PDF_PICTURE": (20, 20), "PICTURE": (20, 20)}.items():
        setattr(corpus, name, size)
    return corpus.open_corpus(folder)


def make_messages(files: dict[str, bytes]) -> list[Said]:
    """Give the thread, a file with each of its first messages."""
    shared = [
        SharedFile(
            id=f"F{number:04d}", name=name, size_bytes=len(content), url=f"https://files.slack.com/F{number:04d}"
        )
        for number, (name, content) in enumerate(files.items())
    ]
    said: list[Said] = []
    for number, text in enumerate(list_messages()):
        user_id, author = AUTHORS[number % len(AUTHORS)]
        said.append(
            Said(
                thread=THREAD,
                ts=f"1794906{number:03d}.000100",
                user_id=user_id,
                author=author,
                text=f"{text} {WORDS[number % len(WORDS)]}",
                files=tuple(shared[number : number + 1]),
                permalink=f"https://sandbox.slack.com/archives/{CHANNEL}/p1794906{number:03d}000100",
            )
        )
    return said


def make_baskets(files: dict[str, bytes]) -> tuple[list[Basket], list[SubstrateBlock], list[ReferenceAsset]]:
    """Give both baskets, their notes, some of them archived, and a file that was put into one."""
    baskets = [
        Basket(id=f"bsk_{number}", team_id=TEAM, channel_id=channel)
        for number, channel in enumerate((CHANNEL, FINANCE))
    ]
    numbers = count(1)
    blocks = [
        SubstrateBlock(
            id=f"blk_{(number := next(numbers)):06d}",
            basket_id=basket.id,
            text=f"Note {number}: churn in {WORDS[number % len(WORDS)]} is {number / 7} percent.",
            author=AUTHORS[number % len(AUTHORS)][1],
            permalink=None,
            created_at=START,
            archived=number % 5 == 0,
            archived_by=MAYA if number % 5 == 0 else None,
        )
        for basket in baskets
        for _ in range(NOTES)
    ]
    name, content = next(iter(files.items()))
    asset = ReferenceAsset(
        id="ast_000001",
        basket_id="bsk_1",
        slack_file_id="F9999",
        thread_ts=THREAD.thread_ts,
        shared_ts=THREAD.thread_ts,
        filename=f"copy of {name}",
        size_bytes=len(content),
        author="Maya",
        permalink=None,
        status=AssetStatus.READY,
        digest=find_digest(content),
        added_by=MAYA,
        created_at=START,
    )
    return baskets, blocks, [asset]


async def fill(store: Store, vault: Vault, files: dict[str, bytes], chance: Random) -> None:
    """Write all rows, in an order by chance."""
    messages = make_messages(files)
    baskets, blocks, assets = make_baskets(files)
    for rows in (messages, baskets, blocks):
        chance.shuffle(rows)
    await vault.save(next(iter(files.values())))
    async with store.for_team(TEAM).begin() as work:
        for basket in baskets:
            await work.baskets.add(basket)
        for block in blocks:
            await work.baskets.add_block(block)
        for asset in assets:
            await work.baskets.save_asset(asset)
        for said in messages:
            await work.transcript.save(said)


def make_threads(files: dict[str, bytes]) -> FakeThreads:
    """Give the workspace; its people come in another order each time."""
    threads = FakeThreads()
    threads.places[FINANCE] = Place([MAYA, "U0BOT"], kind="private", name="finance")
    threads.contents = {f"F{number:04d}": content for number, content in enumerate(files.values())}
    return threads


async def main(url: str, folder: Path, fills: int | None) -> None:
    """Stage, and print what came of it."""
    gathering.BUNDLE_TEXT_CHARS = 60_000  # pyright: ignore[reportConstantRedefinition]
    files = make_files(folder / "corpus")
    vault, clock, ids = Vault(folder / "files"), FakeClock(), UlidIds()
    async with opening_database(url) as database, Readers() as readers:
        store = Store(database, RecordingEnqueue())
        # Who comes later finds the files in the vault only: Slack has them no more.
        threads = make_threads(files if fills is not None else {})
        if fills is not None:
            await fill(store, vault, files, Random(fills))
        staging = Staging(
            store=store,
            threads=threads,
            vault=vault,
            readers=readers,
            clock=clock,
            ids=ids,
            model="extractive",
            prices=load_prices(),
        )
        draft = make_draft(answers={"topic": make_answer("churn, revenue and the pilot")}, also_from=FINANCE)
        staged = await staging.stage(draft, THREAD, read_powerpoint_report())
        async with store.for_team(TEAM).begin() as work:
            await work.bundles.add(staged.bundle, permalinks=staged.permalinks, origins=staged.origins, now=clock.now())
        async with store.for_team(TEAM).read() as work:
            kept = (await work.bundles.get(BundleId(staged.bundle.id))).open()
    told = {
        "digest": staged.bundle.digest,
        "sources": len(kept.sources),
        "kinds": sorted({source.kind for source in kept.sources}),
        "left_out": len(kept.left_out),
        "sheds": any(LESS in each.reason for each in kept.left_out),
        "links": len(staged.permalinks),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    with contextlib.suppress(locale.Error):
        # As a library might, for the whole process.
        locale.setlocale(locale.LC_ALL, "")
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])["fills"]))
