"""Baskets as people use them: looked at, searched, tidied."""

import asyncio
from collections.abc import Sequence
from typing import Final

from orchestration.arrivals import Arrivals, lane_of
from orchestration.baskets.access import check_fresh, open_basket
from orchestration.baskets.corrections import ARCHIVED, Corrections
from orchestration.baskets.keeping import Wish
from orchestration.bell import Bell
from orchestration.ports import Clock, Ids, ThreadPort
from recipes.audience import BasketAccess
from recipes.basket import BasketEntry, BasketPage, EntryNotFound, EntryText, entry_of, fold
from recipes.conversation import InboxKind
from recipes.ids import ChannelId, TeamId, UserId
from storage.unit_of_work import Store, UnitOfWork

# docs.slack.dev, view object: 100 blocks. An entry is two, and nobody reads more in one go.
PAGE_ENTRIES: Final = 20
# The newest so many are searched, by looking at each: `basket_search_ms` in tests/bench says how long it takes.
SEARCHED_ENTRIES: Final = 20_000
SEARCH_CHARS: Final = 100


class Baskets:
    """What people do with the basket of a conversation that they are in; each verb makes sure that they are."""

    def __init__(
        self, *, store: Store, threads: ThreadPort, corrections: Corrections, bell: Bell, clock: Clock, ids: Ids
    ) -> None:
        self._store = store
        self._threads = threads
        self._corrections = corrections
        self._bell = bell
        self._clock = clock
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def show(
        self,
        team_id: TeamId,
        channel_id: ChannelId,
        user_id: UserId,
        *,
        words: str = "",
        number: int = 0,
        is_archive: bool = False,
    ) -> BasketPage:
        """Give a page of a basket, newest first.

        Args:
            team_id: The workspace.
            channel_id: Whose basket.
            user_id: Who looks.
            words: Each must stand in an entry, whatever its case and accents; none shows everything.
            number: Which page, from 0; the last, if there are fewer.
            is_archive: Show what people archived instead.

        Raises:
            BasketClosed, TransientError: as `open_basket` says.
        """
        access = await self._open(team_id, channel_id, user_id)
        return await self._read(team_id, access, words[:SEARCH_CHARS].strip(), number, is_archive=is_archive)

    async def archive(self, team_id: TeamId, channel_id: ChannelId, user_id: UserId, entry_id: str) -> BasketEntry:
        """Take an entry out of its basket, and give it, so that it can be put back.

        Raises:
            EntryNotFound: this basket has no such entry. The others as `show` says.
        """
        access = await self._open(team_id, channel_id, user_id)
        async with self._store.for_team(team_id).begin() as work:
            entry = await _save_archived(work, access, entry_id, by=user_id)
            await self._corrections.void(work, channel_id, [entry_id], ARCHIVED)
        self._bell.ring()
        return entry

    async def put_back(self, team_id: TeamId, channel_id: ChannelId, user_id: UserId, entry_id: str) -> BasketEntry:
        """Put an archived entry back into its basket, and give it.

        Raises:
            EntryNotFound: this basket has no such entry, or its message was deleted. The others as `show` says.
        """
        access = await self._open(team_id, channel_id, user_id)
        async with self._store.for_team(team_id).begin() as work:
            return await _save_archived(work, access, entry_id, by=None)

    async def ask_to_keep(self, wish: Wish, *, pressed_ts: str) -> None:
        """Keep the wish that a message be put into its basket; the intake fulfils it, and says so."""
        thread = wish.said.thread
        async with self._store.for_team(thread.team_id).begin() as work:
            await self._arrivals.add(
                work,
                thread.team_id,
                InboxKind.BASKET_ADD,
                wish.model_dump(mode="json"),
                key=f"keep:{thread.channel_id}:{wish.said.ts}:{wish.by}:{pressed_ts}",
                lane=lane_of(thread),
                happened_ts=pressed_ts or None,
            )
        self._bell.ring()

    async def _open(self, team_id: TeamId, channel_id: ChannelId, user_id: UserId) -> BasketAccess:
        return await open_basket(self._threads, self._clock, team_id=team_id, channel_id=channel_id, user_id=user_id)

    async def _read(
        self, team_id: TeamId, access: BasketAccess, words: str, number: int, *, is_archive: bool
    ) -> BasketPage:
        check_fresh(access, self._clock)
        async with self._store.for_team(team_id).read() as work:
            texts = await work.baskets.list_texts(
                access, archived=is_archive, most=SEARCHED_ENTRIES, with_words=bool(words)
            )
            found = await asyncio.to_thread(find_entries, texts, words)
            page_count = max(1, -(-len(found) // PAGE_ENTRIES))
            number = min(max(number, 0), page_count - 1)
            entries = await _list_entries(work, access, found[number * PAGE_ENTRIES :][:PAGE_ENTRIES])
        return BasketPage(
            channel_id=access.channel_id,
            words=words,
            is_archive=is_archive,
            number=number,
            page_count=page_count,
            found_count=len(found),
            entries=entries,
            is_cut=len(texts) >= SEARCHED_ENTRIES,
        )


def find_entries(texts: Sequence[EntryText], words: str) -> list[str]:
    """Give the ids of the entries that hold each of these words, newest first."""
    wanted = fold(words).split()
    found = [entry_id for entry_id, text in texts if not wanted or _holds(fold(text), wanted)]
    # Behind its prefix, an id sorts by the time it was made.
    return sorted(found, key=lambda entry_id: entry_id.partition("_")[2], reverse=True)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return all(word in text for word in wanted)


async def _list_entries(work: UnitOfWork, access: BasketAccess, ids: Sequence[str]) -> tuple[BasketEntry, ...]:
    kept = (*await work.baskets.list_blocks_of(access, ids), *await work.baskets.list_assets_of(access, ids))
    entries = {entry.id: entry for entry in map(entry_of, kept)}
    return tuple(entries[entry_id] for entry_id in ids if entry_id in entries)


async def _save_archived(work: UnitOfWork, access: BasketAccess, entry_id: str, *, by: UserId | None) -> BasketEntry:
    if not await work.baskets.save_archived(access, entry_id, by=by):
        raise EntryNotFound(entry_id)
    (entry,) = await _list_entries(work, access, [entry_id])
    return entry
