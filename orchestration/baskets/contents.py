"""What staging reads of baskets: the conversation's own, and the one that a person named."""

from dataclasses import dataclass

from orchestration.baskets.access import check_fresh, open_basket
from orchestration.ports import Clock, Ids, ThreadPort
from recipes.audience import Audience, BasketAccess
from recipes.basket import BlockText
from recipes.draft import Draft
from recipes.ids import BasketId, ChannelId, TeamId
from recipes.source import Basket, ReferenceAsset
from storage.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class BasketContent:
    """What work would read of one basket."""

    access: BasketAccess
    basket: Basket
    other: Audience | None
    """Of the other channel; None for the conversation's own basket."""
    blocks: tuple[BlockText, ...]
    assets: tuple[ReferenceAsset, ...]

    @property
    def origin(self) -> ChannelId | None:
        """Give the other channel that it is the basket of."""
        return None if self.other is None else self.other.channel_id

    @property
    def place(self) -> str:
        """Give how people call it."""
        if self.other is None:
            return "this channel's basket"
        return f"the basket of #{self.other.name or self.other.channel_id}"


class BasketContents:
    """Opens baskets for a draft's requester."""

    def __init__(self, *, store: Store, threads: ThreadPort, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._threads = threads
        self._clock = clock
        self._ids = ids

    async def read_own(self, draft: Draft) -> BasketContent:
        """Give what is in the basket of the draft's conversation.

        Raises:
            BasketClosed, TransientError: as `open_basket` says.
        """
        return await self._read(await self._open(draft, draft.channel_id), draft.team_id, other=None)

    async def read_named(self, draft: Draft) -> BasketContent | None:
        """Give what is in the basket that the requester named, if they named one.

        Raises:
            BasketClosed, TransientError: as `open_basket` says.
        """
        if draft.also_from is None:
            return None
        access = await self._open(draft, draft.also_from)
        audience = await self._threads.audience(draft.team_id, draft.also_from)
        return await self._read(access, draft.team_id, other=audience)

    async def _open(self, draft: Draft, channel_id: ChannelId) -> BasketAccess:
        return await open_basket(
            self._threads, self._clock, team_id=draft.team_id, channel_id=channel_id, user_id=draft.user_id
        )

    async def _read(self, access: BasketAccess, team_id: TeamId, *, other: Audience | None) -> BasketContent:
        check_fresh(access, self._clock)
        async with self._store.for_team(team_id).begin() as work:
            basket = await get_basket(work, self._ids, team_id=team_id, channel_id=access.channel_id)

        async def read(work: UnitOfWork) -> BasketContent:
            blocks = await work.baskets.list_blocks(access, basket.id)
            assets = await work.baskets.list_assets(access)
            return BasketContent(access=access, basket=basket, other=other, blocks=blocks, assets=assets)

        # Thousands of blocks: not on the loop.
        return await self._store.for_team(team_id).run(read, read_only=True)


async def get_basket(work: UnitOfWork, ids: Ids, *, team_id: TeamId, channel_id: ChannelId) -> Basket:
    """Give the basket of a conversation; each has one, from the first time that it is asked for."""
    found = await work.baskets.find(channel_id)
    if found is not None:
        return found
    basket = Basket(id=BasketId(ids.make("bsk")), team_id=team_id, channel_id=channel_id)
    await work.baskets.add(basket)
    return basket
