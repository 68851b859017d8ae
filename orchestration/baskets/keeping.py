"""Keeping: messages, files and findings that people put into a basket by Slack's own menu."""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from orchestration.baskets.access import open_basket
from orchestration.baskets.assets import AssetShelf
from orchestration.baskets.contents import get_basket
from orchestration.ports import Clock, Ids, ThreadPort
from recipes.audience import BasketAccess
from recipes.conversation import InboxItem, Said
from recipes.entitlement import check_requester
from recipes.errors import UserFixableError
from recipes.ids import BlockId, MessageTs, UserId
from recipes.output import WorkOutput
from recipes.source import Basket, FileRefused, Finding, SubstrateBlock
from storage.unit_of_work import Store, UnitOfWork
from storage.vault import Vault

SUMMARY: Final = "summary:"
"""How the keys of the messages begin that say what was delivered."""
ALREADY: Final = "That is in this channel's basket already. `/work basket` shows what is in it."


class Wish(BaseModel):
    """What somebody chose at a message."""

    model_config = ConfigDict(frozen=True)

    said: Said
    by: UserId
    speaker: Literal["person", "us", "app"]


@dataclass(eq=False)
class NothingToKeep(UserFixableError):
    """The message has neither words of people nor files, and is no result of ours."""

    message_ts: str

    def advice(self) -> str:
        """Say what can be kept."""
        return "I keep what people wrote, files, and the results that I delivered. That message is none of these."


class Keeping:
    """Puts messages into the basket of their conversation, each once."""

    def __init__(self, *, store: Store, threads: ThreadPort, vault: Vault, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._threads = threads
        self._shelf = AssetShelf(store=store, threads=threads, vault=vault, clock=clock, ids=ids)
        self._clock = clock
        self._ids = ids

    async def keep(self, item: InboxItem) -> None:
        """Put the message into its basket, and say so to whoever wished it."""
        wish = Wish.model_validate(item.payload)
        try:
            answer = await self._keep(wish)
        except UserFixableError as refused:
            answer = refused.advice()
        await self.answer(item, answer)

    async def answer(self, item: InboxItem, said: str) -> None:
        """Say something to whoever wished this, and to nobody else."""
        wish = Wish.model_validate(item.payload)
        await self._threads.whisper(wish.said.thread, wish.by, text=said, in_thread=wish.said.is_reply)

    async def _keep(self, wish: Wish) -> str:
        thread = wish.said.thread
        access = await open_basket(
            self._threads, self._clock, team_id=thread.team_id, channel_id=thread.channel_id, user_id=wish.by
        )
        match wish.speaker:
            case "person":
                return await self._keep_message(access, await self._threads.describe(wish.said), wish.by)
            case "us":
                return await self._keep_finding(access, wish)
            case "app":
                raise NothingToKeep(wish.said.ts)

    async def _keep_message(self, access: BasketAccess, said: Said, by: UserId) -> str:
        if not said.text.strip() and not said.files:
            raise NothingToKeep(said.ts)
        is_new = False
        async with self._store.for_team(said.thread.team_id).begin() as work:
            basket = await get_basket(work, self._ids, team_id=said.thread.team_id, channel_id=access.channel_id)
            if said.text.strip():
                is_new = await self._add_block(
                    work, access, self._block(basket, said, by, text=said.text), said_ts=said.ts
                )
            known = [await work.baskets.find_asset(access, basket.id, file.id) for file in said.files]
        is_new = is_new or any(asset is None or asset.added_by is None or asset.archived for asset in known)
        problems = await self._keep_files(access, basket, said, by)
        return " ".join([_confirm(said) if is_new else ALREADY, *problems])

    async def _keep_files(self, access: BasketAccess, basket: Basket, said: Said, by: UserId) -> list[str]:
        """Fetch the files while they are there; give what is wrong with some."""
        problems: list[str] = []
        for file in said.files:
            try:
                await self._shelf.fetch(access, basket, said, file, added_by=by)
            except FileRefused as refused:
                problems.append(refused.advice())
        return problems

    async def _keep_finding(self, access: BasketAccess, wish: Wish) -> str:
        said = wish.said
        async with self._store.for_team(said.thread.team_id).begin() as work:
            output = await self._find_output(work, wish)
            basket = await get_basket(work, self._ids, team_id=said.thread.team_id, channel_id=access.channel_id)
        accepted = await self._threads.describe(said.model_copy(update={"user_id": wish.by, "text": "", "words": ""}))
        block = self._block(basket, accepted, wish.by, text=f"{output.title}\n\n{output.body}".strip())
        finding = Finding(ticket_id=output.ticket_id, output_id=output.id, digest=output.digest)
        async with self._store.for_team(said.thread.team_id).begin() as work:
            is_new = await self._add_block(work, access, block.model_copy(update={"finding": finding}), said_ts=said.ts)
        return "Accepted: this result is in this channel's basket now, as a finding." if is_new else ALREADY

    async def _find_output(self, work: UnitOfWork, wish: Wish) -> WorkOutput:
        """Give what this message of ours delivered, to the person who asked for it.

        Raises:
            NothingToKeep: it delivered nothing.
            NotTheRequester: somebody else asked for it.
        """
        key = await work.effects.find_key(wish.said.ts, prefix=SUMMARY)
        if key is None:
            raise NothingToKeep(wish.said.ts)
        output = await work.outputs.get(key.removeprefix(SUMMARY))
        ticket = await work.tickets.get(output.ticket_id)
        if ticket.channel_id != wish.said.thread.channel_id:
            raise NothingToKeep(wish.said.ts)
        check_requester(ticket.requester, wish.by)
        return output

    async def _add_block(
        self, work: UnitOfWork, access: BasketAccess, block: SubstrateBlock, *, said_ts: MessageTs
    ) -> bool:
        """Keep a message's block; one that somebody archived is put back. Tell whether that changed anything."""
        if await work.baskets.add_message_block(block):
            return True
        known = await work.baskets.find_message_block(access, said_ts)
        if known is None or not known.archived:
            return False
        await work.baskets.save_block(block.model_copy(update={"id": known.id}))
        return True

    def _block(self, basket: Basket, said: Said, by: UserId, *, text: str) -> SubstrateBlock:
        return SubstrateBlock(
            id=BlockId(self._ids.make("blk")),
            basket_id=basket.id,
            text=text,
            author=said.author,
            permalink=said.permalink,
            created_at=self._clock.now(),
            added_by=by,
            message_ts=said.ts,
        )


def _confirm(said: Said) -> str:
    files = f"{len(said.files)} file{'s' if len(said.files) > 1 else ''}" if said.files else ""
    what = " and ".join(part for part in ("the message" if said.text.strip() else "", files) if part)
    return f"Added to this channel's basket: {what}. Work that starts here reads it; `/work basket` shows it."
