"""Baskets: the knowledge of each conversation. Reading one takes a `BasketAccess`."""

from sqlalchemy import select

from recipes.audience import BasketAccess
from recipes.ids import BasketId, ChannelId
from recipes.source import Basket, ReferenceAsset, SubstrateBlock
from storage.repositories.rows import TeamConnection
from storage.tables import baskets, reference_assets, substrate_blocks


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

    async def list_blocks(self, access: BasketAccess, basket_id: BasketId) -> tuple[SubstrateBlock, ...]:
        """Give the active blocks, oldest first."""
        query = (
            select(substrate_blocks)
            .join(baskets, baskets.c.id == substrate_blocks.c.basket_id)
            .where(
                self._team.mine(substrate_blocks, substrate_blocks.c.basket_id == basket_id),
                baskets.c.channel_id == access.channel_id,
                substrate_blocks.c.archived.is_(other=False),
            )
            .order_by(substrate_blocks.c.id)
        )
        return tuple(await self._team.list(query, SubstrateBlock))

    async def find_asset(self, access: BasketAccess, basket_id: BasketId, slack_file_id: str) -> ReferenceAsset | None:
        """Find what is kept of a file that was shared in the conversation of this access."""
        query = (
            select(reference_assets)
            .join(baskets, baskets.c.id == reference_assets.c.basket_id)
            .where(
                self._team.mine(reference_assets, reference_assets.c.basket_id == basket_id),
                baskets.c.channel_id == access.channel_id,
                reference_assets.c.slack_file_id == slack_file_id,
            )
        )
        found = await self._team.list(query, ReferenceAsset)
        return found[0] if found else None

    async def save_asset(self, asset: ReferenceAsset) -> None:
        """Keep what is known of a shared file now."""
        if await self._team.find(reference_assets, ReferenceAsset, reference_assets.c.id == asset.id) is None:
            await self._team.add(reference_assets, asset)
        else:
            await self._team.save(reference_assets, asset)
