"""Files of people: fetched once, then kept in the vault, and known in their conversation's basket."""

from orchestration.baskets.access import renew
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.readers.passages import FILE_BYTES
from recipes.audience import BasketAccess
from recipes.conversation import Said, SharedFile
from recipes.ids import AssetId, UserId
from recipes.source import AssetStatus, Basket, FileRefused, ReferenceAsset
from storage.unit_of_work import Store
from storage.vault import Vault


class AssetShelf:
    """Where shared files are got from."""

    def __init__(self, *, store: Store, threads: ThreadPort, vault: Vault, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._threads = threads
        self._vault = vault
        self._clock = clock
        self._ids = ids

    async def fetch(
        self, access: BasketAccess, basket: Basket, said: Said, file: SharedFile, *, added_by: UserId | None = None
    ) -> tuple[ReferenceAsset, bytes]:
        """Give a shared file and its bytes, from the vault where it was fetched before.

        Args:
            access: Whose.
            basket: Of the conversation that it was shared in.
            said: The message that shared it.
            file: As the message names it.
            added_by: Who puts it into the basket, for all work that reads it.

        Raises:
            FileRefused: it cannot be fetched, or somebody archived it.
            BasketClosed: the proof is old, and the person left meanwhile.
        """
        access = await renew(self._threads, self._clock, access, team_id=basket.team_id)
        async with self._store.for_team(basket.team_id).begin() as work:
            known = await work.baskets.find_asset(access, basket.id, file.id)
        if known is not None and known.archived and added_by is None:
            raise FileRefused(file.name, "was taken out of this channel's basket")
        asset = known or self._new_asset(basket, said, file)
        if added_by is not None and (asset.added_by is None or asset.archived):
            asset = asset.model_copy(update={"added_by": added_by, "archived": False, "archived_by": None})
        try:
            asset, content = await self._open(basket, asset, file)
        except FileRefused as refused:
            # Kept for the record only: what an administrator can mend is tried again at the next staging.
            await self._save(basket, asset.model_copy(update={"problem": refused.problem}))
            raise
        if asset != known:
            await self._save(basket, asset)
        return asset, content

    async def open(self, asset: ReferenceAsset) -> tuple[ReferenceAsset, bytes]:
        """Give a file that was put into a basket, and its bytes.

        Raises:
            FileRefused: it could not be fetched when it was put there.
        """
        if asset.digest is None:
            raise FileRefused(asset.filename, asset.problem or "could not be fetched")
        return asset, await self._vault.open(asset.digest)

    async def _open(self, basket: Basket, asset: ReferenceAsset, file: SharedFile) -> tuple[ReferenceAsset, bytes]:
        if asset.digest is not None:
            return asset, await self._vault.open(asset.digest)
        content = await self._threads.open_file(basket.team_id, file, most_bytes=FILE_BYTES)
        kept = {"status": AssetStatus.READY, "digest": await self._vault.save(content), "size_bytes": len(content)}
        return asset.model_copy(update={**kept, "problem": None}), content

    async def _save(self, basket: Basket, asset: ReferenceAsset) -> None:
        async with self._store.for_team(basket.team_id).begin() as work:
            await work.baskets.save_asset(asset)

    def _new_asset(self, basket: Basket, said: Said, file: SharedFile) -> ReferenceAsset:
        return ReferenceAsset(
            id=AssetId(self._ids.make("ast")),
            basket_id=basket.id,
            slack_file_id=file.id,
            thread_ts=said.thread.thread_ts,
            shared_ts=said.ts,
            filename=file.name,
            size_bytes=file.size_bytes,
            author=said.author,
            permalink=file.permalink or said.permalink,
            status=AssetStatus.UNREADABLE,
            digest=None,
            created_at=self._clock.now(),
        )
