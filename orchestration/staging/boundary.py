"""The staging boundary: reads the thread, its files and the basket for the last time, and freezes what was read."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from orchestration.baskets.access import list_closed
from orchestration.baskets.assets import AssetShelf
from orchestration.baskets.contents import BasketContent, BasketContents
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.readers.process import CHILDREN, Readers
from orchestration.staging.estimates import RUNS_READ, estimate
from orchestration.staging.gathering import REMOVED, Chosen, Found, Gathered, make_gist
from orchestration.staging.ranking import WordIndexes
from recipes.audience import Audience
from recipes.basket import BlockText
from recipes.brief import Brief, BriefAnswer, BriefSource, OfferedTool
from recipes.bundle import BundleAgent, BundleRecipe, FrozenBundle, WorkBundle, freeze
from recipes.conversation import Said, Thread
from recipes.draft import Draft, NothingToRead
from recipes.ids import BundleId, ChannelId, SourceKey
from recipes.price import PriceTable
from recipes.recipe import FilledRecipe, Recipe
from recipes.server_tool import ServerTool
from recipes.source import (
    Basket,
    FileRefused,
    LeftOut,
    Passage,
    ReferenceAsset,
    Source,
    SourceKind,
)
from recipes.ticket import NO_LANGUAGE_MODEL
from storage.unit_of_work import Store
from storage.vault import Vault

# A longer message to the bot holds more than the request, so it is read like any other.
REQUEST_CHARS: Final = 300
# Slack shows ten files in one message; a thread with more than this is not one piece of work
FILES: Final = 20
# two are read while the next is fetched; the bytes of as many are in memory
FILES_AT_ONCE: Final = CHILDREN + 1

Opening = Callable[[], Awaitable[tuple[ReferenceAsset, bytes]]]
"""Gets a file; it may be refused."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A frozen candidate, where its sources can be opened and came from, and the brief that shows it."""

    bundle: FrozenBundle
    permalinks: dict[str, str]
    origins: dict[str, ChannelId]
    """The channel of each source: who is in it may read that source."""
    brief: Brief


class Staging:
    """Makes candidates: reads, measures, cuts, freezes. Nothing runs on one before it is approved."""

    def __init__(
        self,
        *,
        store: Store,
        threads: ThreadPort,
        vault: Vault,
        readers: Readers,
        clock: Clock,
        ids: Ids,
        model: str,
        prices: PriceTable,
        server_tools: Collection[ServerTool] = (),
    ) -> None:
        self._store = store
        self._threads = threads
        self._contents = BasketContents(store=store, threads=threads, clock=clock, ids=ids)
        self._shelf = AssetShelf(store=store, threads=threads, vault=vault, clock=clock, ids=ids)
        self._indexes = WordIndexes()
        self._readers = readers
        self._clock = clock
        self._ids = ids
        self._model = model
        self._prices = prices
        self._server_tools = frozenset(server_tools)
        """Those that the settings let people tick."""

    async def stage(self, draft: Draft, thread: Thread, recipe: Recipe) -> Staged:
        """Give the candidate for this draft as everything stands now.

        Raises:
            BasketClosed: the requester may not read this conversation's basket, or the one that they named.
            NothingToRead: there is no source at all.
            TransientError: Slack cannot be asked at the moment.
        """
        own = await self._contents.read_own(draft)
        named = await self._contents.read_named(draft)
        audience = await self._threads.audience(thread.team_id, thread.channel_id)
        messages = await self._read_transcript(draft, thread)
        gathered = Gathered(unwanted=frozenset(draft.removed))
        _gather_messages(gathered, messages, draft, audience)
        await self._gather_files(gathered, own, [*messages, *await self._find_handed_in(draft, thread, messages)])
        for content in (own, named) if named and _is_wanted(gathered, named) else (own,):
            _gather_blocks(gathered, content, known={said.permalink for said in messages})
            await self._gather_assets(gathered, content, known={file.id for said in messages for file in said.files})
        if not gathered.found:
            raise NothingToRead(draft.channel_id, is_left_out=bool(gathered.removed))
        filled = recipe.fill(draft.values())
        words = " ".join([filled.task, *(str(value) for value in filled.parameters.values())])
        chosen = await asyncio.to_thread(gathered.choose, words, self._indexes.open)
        bundle = self._bundle(draft, recipe, filled, own.basket, chosen)
        frozen = await asyncio.to_thread(freeze, BundleId(self._ids.make("bun")), bundle)
        origins = chosen.list_origins()
        others = [named.other] if named and named.other and named.access.channel_id in origins.values() else []
        closed = await list_closed(self._threads, audience, others, team_id=draft.team_id)
        brief = await self._brief(draft, recipe, bundle, frozen, chosen, audience, closed=closed)
        return Staged(bundle=frozen, permalinks=chosen.list_permalinks(), origins=origins, brief=brief)

    async def _read_transcript(self, draft: Draft, thread: Thread) -> tuple[Said, ...]:
        async with self._store.for_team(draft.team_id).read() as work:
            return await work.transcript.list(thread)

    async def _find_handed_in(self, draft: Draft, thread: Thread, messages: Sequence[Said]) -> list[Said]:
        """Give what was handed in with a form as if it were said where the thread begins."""
        known = {file.id for said in messages for file in said.files}
        handed = [file for answer in draft.answers.values() for file in answer.files if file.id not in known]
        if not handed:
            return []
        said = Said(thread=thread, ts=thread.thread_ts, user_id=draft.user_id, text="", files=tuple(handed))
        return [await self._threads.describe(said)]

    async def _gather_files(self, gathered: Gathered, own: BasketContent, messages: Sequence[Said]) -> None:
        shared = [
            (said, file)
            for said in messages
            for file in said.files
            if gathered.wants(SourceKey(file.id), name=file.name)
        ]
        for _, file in shared[FILES:]:
            gathered.left_out.append(
                LeftOut(source=file.name, reason=f"only the first {FILES} files of a thread are read")
            )
        fetched = (partial(self._shelf.fetch, own.access, own.basket, said, file) for said, file in shared[:FILES])
        await self._gather_side_by_side(gathered, own, fetched)

    async def _gather_assets(self, gathered: Gathered, content: BasketContent, *, known: Collection[str]) -> None:
        """Take the files that people put into a basket, but for those that the thread holds itself."""
        wanted = [
            asset
            for asset in content.assets
            if asset.slack_file_id not in known
            and gathered.wants(SourceKey(asset.slack_file_id), name=asset.filename, origin=content.origin)
        ]
        opened = (partial(self._shelf.open, asset) for asset in wanted)
        await self._gather_side_by_side(gathered, content, opened)

    async def _gather_side_by_side(self, gathered: Gathered, content: BasketContent, files: Iterable[Opening]) -> None:
        """Take files, some at the same time, in the order that they were given in."""
        places = asyncio.Semaphore(FILES_AT_ONCE)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._read_file(places, content, opening)) for opening in files]
        except ExceptionGroup as several:
            # Who asked for a brief is told of one trouble.
            raise several.exceptions[0] from several
        for task in tasks:
            gathered.extend(task.result())

    async def _read_file(self, places: asyncio.Semaphore, content: BasketContent, opening: Opening) -> Gathered:
        """Give a file's passages and what of it is left out; or, if it is refused, why."""
        async with places:
            try:
                asset, file = await opening()
                read = await self._readers.read(asset.filename, file)
            except FileRefused as refused:
                return Gathered(left_out=[LeftOut(source=refused.filename, reason=refused.problem)])
        found = Found(
            key=SourceKey(asset.slack_file_id),
            kind=SourceKind.ASSET,
            parts=read.passages,
            locator=asset.filename,
            digest=asset.digest,
            author=asset.author,
            ts=asset.shared_ts,
            permalink=asset.permalink,
            origin=content.access.channel_id,
            entry_id=asset.id,
        )
        left_out = [LeftOut(source=asset.filename, reason=reason) for reason in read.left_out]
        return Gathered(found=[found], left_out=left_out)

    def _list_offered(self, recipe: Recipe) -> tuple[ServerTool, ...]:
        """Give what may be ticked: what recipe and settings allow, where a language model works."""
        if recipe.agent.choose_model(self._model) == NO_LANGUAGE_MODEL:
            return ()
        return tuple(each for each in recipe.agent.server_tools if each in self._server_tools)

    def _bundle(self, draft: Draft, recipe: Recipe, filled: FilledRecipe, basket: Basket, chosen: Chosen) -> WorkBundle:
        model = recipe.agent.choose_model(self._model)
        ticked = (each for each in self._list_offered(recipe) if each in draft.server_tools)
        return WorkBundle(
            basket=basket.id,
            task=filled.task,
            recipe=BundleRecipe(
                slug=recipe.slug,
                version=recipe.version,
                instructions=filled.instructions,
                contract=recipe.output.chosen(filled.parameters),
            ),
            parameters=filled.parameters,
            agent=BundleAgent(
                type=recipe.agent.type,
                model=model,
                effort=recipe.agent.effort,
                tools=(*recipe.agent.tools, *ticked),
                caps=recipe.agent.list_caps(model),
            ),
            sources=chosen.sources,
            left_out=chosen.left_out,
        )

    async def _brief(
        self,
        draft: Draft,
        recipe: Recipe,
        bundle: WorkBundle,
        frozen: FrozenBundle,
        chosen: Chosen,
        audience: Audience,
        *,
        closed: tuple[ChannelId, ...],
    ) -> Brief:
        async with self._store.for_team(draft.team_id).begin() as work:
            runs = await work.tickets.list_runs(recipe.slug, bundle.agent.model, most=RUNS_READ)
        return Brief(
            draft_id=draft.id,
            brief_no=draft.brief_no + 1,
            requester=draft.user_id,
            recipe_name=recipe.name,
            task=bundle.task,
            answers=tuple(
                BriefAnswer(parameter=each, value=bundle.parameters[each.name], answer=draft.answers.get(each.name))
                for each in recipe.parameters
                if each.name in bundle.parameters
            ),
            sources=await asyncio.to_thread(_brief_sources, chosen, audience),
            left_out=tuple(each for each in bundle.left_out if each != REMOVED),
            output_format=bundle.recipe.contract.format,
            uses_language_model=bundle.agent.model != NO_LANGUAGE_MODEL,
            estimate=await asyncio.to_thread(estimate, frozen, bundle, runs, self._prices),
            audience=audience,
            digest=frozen.digest,
            removed=chosen.removed,
            closed=closed,
            sharing=draft.sharing,
            offered=tuple(
                OfferedTool(tool=each, is_on=each in bundle.agent.tools) for each in self._list_offered(recipe)
            ),
            search_price=self._prices.web_search,
        )


def _gather_messages(gathered: Gathered, messages: Sequence[Said], draft: Draft, audience: Audience) -> None:
    place = "direct message" if audience.kind == "direct" else "thread message"
    to_bot = [said for said in messages if _is_request(said, draft)]
    if to_bot:
        count = "a message" if len(to_bot) == 1 else f"{len(to_bot)} messages"
        gathered.left_out.append(LeftOut(source=f"{count} to me", reason="the request itself, nothing to quote"))
    for said in messages:
        if not said.text.strip() or said in to_bot:
            continue
        if not gathered.wants(SourceKey(said.ts), name=_by(place, said.author), text=said.text):
            continue
        gathered.found.append(
            Found(
                key=SourceKey(said.ts),
                kind=SourceKind.MESSAGE,
                parts=(said.text,),
                locator=place,
                digest=None,
                author=said.author,
                ts=said.ts,
                permalink=said.permalink,
                origin=said.thread.channel_id,
            )
        )


def _is_request(said: Said, draft: Draft) -> bool:
    """Tell whether a message only says what to make: it was said to the bot, gave an answer, and is short."""
    answered = {draft.also_from_ts, *draft.standing.spoken, *(each.origin.ts for each in draft.answers.values())}
    is_said_to_us = said.user_id == draft.user_id and (said.mentions_bot or said.ts in answered)
    return is_said_to_us and bool(said.text.strip()) and len(said.text) <= REQUEST_CHARS


def _gather_blocks(gathered: Gathered, content: BasketContent, *, known: Collection[str | None]) -> None:
    """Take the blocks of a basket, but for messages that the thread holds itself; there may be thousands."""
    place, origin, channel_id = content.place, content.origin, content.access.channel_id
    for block in content.blocks:
        if block.message_ts is not None and block.permalink in known:
            continue
        key, locator = SourceKey(block.id), f"{_name_block(block)} in {place}"
        if key in gathered.unwanted:
            gathered.note_removed(key, name=_by(locator, block.author), text=block.text, origin=origin)
            continue
        gathered.found.append(
            Found(
                key, SourceKind.BLOCK, (block.text,), locator, None,
                block.author, block.message_ts, block.permalink, channel_id, block.id,
            )
        )  # fmt: skip


def _is_wanted(gathered: Gathered, named: BasketContent) -> bool:
    key = SourceKey(named.access.channel_id)
    return gathered.wants(key, name=f"all of {named.place}", origin=named.origin)


def _by(locator: str, author: str | None) -> str:
    return f"{locator} by {author}" if author else locator


def _name_block(block: BlockText) -> str:
    if block.found_by is not None:
        return f"finding of {block.found_by}"
    return "message" if block.message_ts is not None else "note"


def _brief_sources(chosen: Chosen, audience: Audience) -> tuple[BriefSource, ...]:
    here, pairs = audience.channel_id, zip(chosen.sources, chosen.found, strict=True)
    return tuple([_brief_source(source, found, here) for source, found in pairs])


def _brief_source(source: Source, found: Found, here: ChannelId) -> BriefSource:
    return BriefSource(
        id=source.id,
        kind=source.kind,
        locator=source.locator,
        author=source.author,
        permalink=found.permalink,
        extent=_tell_extent(source.passages),
        origin=found.origin if found.origin != here else None,
        entry_id=found.entry_id,
        key=found.key,
        gist="" if source.kind is SourceKind.ASSET else make_gist(source.passages[0].text or ""),
    )


def _tell_extent(passages: Sequence[Passage]) -> str:
    extents: list[str] = []
    chars = 0
    for passage in passages:
        if passage.table is not None:
            extents.append(f"{len(passage.table.rows):,} rows × {len(passage.table.columns)} columns")
        elif passage.text is not None:
            chars += len(passage.text)
    if chars:
        extents.append(f"{chars:,} characters")
    return ", ".join(extents)
