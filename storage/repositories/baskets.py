"""Baskets: the knowledge of each conversation. Reading one takes a `BasketAccess`."""

from collections.abc import Collection, Mapping, Sequence
from itertools import starmap
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, literal, select, true, union_all, update

from recipes.audience import BasketAccess
from recipes.basket import BlockText, EntryText
from recipes.ids import BasketId, ChannelId, MessageTs, SlackFileId, UserId
from recipes.source import Basket, ReferenceAsset, SubstrateBlock
from storage.repositories.rows import TeamConnection
from storage.tables import baskets, reference_assets, substrate_blocks

ENTRIES: Final = (substrate_blocks, reference_assets)
GONE: Final[Mapping[str, Any]] = MappingProxyType({"archived": True, "archived_by": None})
"""What a row says whose message was deleted."""


class BasketRepository:
    """Baskets, their substrate blocks and reference assets, of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def find(self, channel_id: ChannelId) -> Basket | None:
        """Find the basket of a conversation."""
        return await self._team.find(baskets, Basket, baskets.c.channel_id == channel_id)

    async def add(self, basket: Basket) -> None:
        """Keep a new basket."""
        await self._team.add(baskets, basket)

    async def add_block(self, block: SubstrateBlock) -> None:
        """Put a block into its basket."""
        await self._team.add(substrate_blocks, block)

    async def add_message_block(self, block: SubstrateBlock) -> bool:
        """Put a message's block into its basket, unless that message is in it already; tell whether it was not."""
        return await self._team.add_new(substrate_blocks, block, "team_id", "basket_id", "message_ts")

    async def list_blocks(self, access: BasketAccess, basket_id: BasketId) -> tuple[BlockText, ...]:
        """Give what work reads of the active blocks, oldest first."""
        blocks = substrate_blocks.c
        query = (
            self._opened(access, substrate_blocks)
            .with_only_columns(
                blocks.id, blocks.text, blocks.author, blocks.permalink, blocks.message_ts,
                blocks.finding["ticket_id"].as_string(),
            )
            .where(blocks.basket_id == basket_id, blocks.archived.is_(other=False))
        )  # fmt: skip
        rows = (await self._team.connection.execute(query)).all()
        # They come nearly so: the database would take long to put them in order, each with its text.
        return tuple(sorted(starmap(BlockText, rows), key=attrgetter("id")))

    async def list_assets(self, access: BasketAccess) -> tuple[ReferenceAsset, ...]:
        """Give the active files that were put there for all work that reads this basket, oldest first."""
        query = self._opened(access, reference_assets).where(
            reference_assets.c.added_by.is_not(None), reference_assets.c.archived.is_(other=False)
        )
        return tuple(await self._team.list(query.order_by(reference_assets.c.id), ReferenceAsset))

    async def list_texts(
        self, access: BasketAccess, *, archived: bool, most: int, with_words: bool = True
    ) -> tuple[EntryText, ...]:
        """Give what there is to search in the newest entries, in no order.

        Args:
            access: Whose.
            archived: Those that people archived, instead of active ones.
            most: As many blocks, and as many files.
            with_words: Without, the texts are empty: for who only counts and pages.
        """
        texts = union_all(
            *(
                self._opened(access, table)
                .with_only_columns(table.c.id, _words_of(table) if with_words else literal(""))
                .where(table.c.archived.is_(archived), table.c.archived_by.is_not(None) if archived else true())
                .order_by(table.c.id.desc())
                .limit(most)
                .subquery()
                .select()
                for table in ENTRIES
            )
        )
        return tuple(EntryText(*row) for row in await self._team.connection.execute(texts))

    async def list_blocks_of(self, access: BasketAccess, ids: Collection[str]) -> Sequence[SubstrateBlock]:
        """Give the blocks of these ids that are in this basket."""
        query = self._opened(access, substrate_blocks).where(substrate_blocks.c.id.in_(ids))
        return await self._team.list(query, SubstrateBlock)

    async def list_assets_of(self, access: BasketAccess, ids: Collection[str]) -> Sequence[ReferenceAsset]:
        """Give the files of these ids that are in this basket."""
        query = self._opened(access, reference_assets).where(reference_assets.c.id.in_(ids))
        return await self._team.list(query, ReferenceAsset)

    async def find_message_block(self, access: BasketAccess, message_ts: MessageTs) -> SubstrateBlock | None:
        """Find the block that a message became."""
        query = self._opened(access, substrate_blocks).where(substrate_blocks.c.message_ts == message_ts)
        found = await self._team.list(query, SubstrateBlock)
        return found[0] if found else None

    async def find_asset(self, access: BasketAccess, basket_id: BasketId, slack_file_id: str) -> ReferenceAsset | None:
        """Find what is kept of a file that was shared in the conversation of this access."""
        query = self._opened(access, reference_assets).where(
            reference_assets.c.basket_id == basket_id, reference_assets.c.slack_file_id == slack_file_id
        )
        found = await self._team.list(query, ReferenceAsset)
        return found[0] if found else None

    async def save_block(self, block: SubstrateBlock) -> None:
        """Keep what is known of a block now."""
        await self._team.save(substrate_blocks, block)

    async def save_asset(self, asset: ReferenceAsset) -> None:
        """Keep what is known of a shared file now."""
        if await self._team.find(reference_assets, ReferenceAsset, reference_assets.c.id == asset.id) is None:
            await self._team.add(reference_assets, asset)
        else:
            await self._team.save(reference_assets, asset)

    async def has_message(self, channel_id: ChannelId, message_ts: MessageTs) -> bool:
        """Tell whether anything in a basket follows this message."""
        for table in ENTRIES:
            query = select(table.c.id).where(self._of_message(table, channel_id, message_ts)).limit(1)
            if (await self._team.connection.execute(query)).first() is not None:
                return True
        return False

    async def rewrite_message(
        self, channel_id: ChannelId, message_ts: MessageTs, *, text: str, file_ids: Collection[SlackFileId]
    ) -> tuple[str, ...]:
        """Give the block of an edited message its new text, and archive the files that it lost.

        Returns:
            The ids of what is no longer as it was.
        """
        block = self._of_message(substrate_blocks, channel_id, message_ts)
        lost = self._of_message(reference_assets, channel_id, message_ts)
        return (
            *await self._change(substrate_blocks, block, substrate_blocks.c.text != text, text=text),
            *await self._change(reference_assets, lost, reference_assets.c.slack_file_id.not_in(file_ids), **GONE),
        )

    async def remove_message(self, channel_id: ChannelId, message_ts: MessageTs) -> tuple[str, ...]:
        """Archive for good what came from a deleted message, without its words; give the ids."""
        block = self._of_message(substrate_blocks, channel_id, message_ts)
        files = self._of_message(reference_assets, channel_id, message_ts)
        return (
            *await self._change(substrate_blocks, block, text="", **GONE),
            *await self._change(reference_assets, files, **GONE),
        )

    async def save_archived(self, access: BasketAccess, entry_id: str, *, by: UserId | None) -> bool:
        """Note that a person archived an entry of this basket, or with nobody put it back; tell whether it is there."""
        changes = {"archived": by is not None, "archived_by": by}
        for table in ENTRIES:
            is_there = table.c.basket_id.in_(self._basket_of(access.channel_id))
            # What went with its message stays gone.
            is_free = table.c.archived.is_(other=False) | table.c.archived_by.is_not(None)
            if await self._change(table, table.c.id == entry_id, is_there, is_free, **changes):
                return True
        return False

    def _opened(self, access: BasketAccess, table: Table) -> Select[Any]:
        """Give the query for a table's rows that this access opens, and no others."""
        return select(table).where(self._team.mine(table, table.c.basket_id.in_(self._basket_of(access.channel_id))))

    def _basket_of(self, channel_id: ChannelId) -> Select[Any]:
        return select(baskets.c.id).where(self._team.mine(baskets, baskets.c.channel_id == channel_id))

    def _of_message(self, table: Table, channel_id: ChannelId, message_ts: MessageTs) -> ColumnElement[bool]:
        ts = table.c.message_ts if table is substrate_blocks else table.c.shared_ts
        return self._team.mine(table, ts == message_ts, table.c.basket_id.in_(self._basket_of(channel_id)))

    async def _change(self, table: Table, *where: ColumnElement[bool], **values: object) -> tuple[str, ...]:
        changed = update(table).where(self._team.mine(table, *where)).values(**values).returning(table.c.id)
        return tuple((await self._team.connection.execute(changed)).scalars())


def _words_of(table: Table) -> ColumnElement[str]:
    return table.c.text if table is substrate_blocks else table.c.filename
