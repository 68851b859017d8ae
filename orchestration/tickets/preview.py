"""The preview of what was delivered: a picture under it, once, after everything else, and never in its way."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orchestration.effects import Effects
from orchestration.ports import ThreadPort
from orchestration.previews.renderer import Renderer, Shown
from orchestration.revising.difference import compare
from orchestration.revising.numbers import count_pages
from orchestration.tickets.delivery import Delivery, fence_of
from orchestration.tickets.earlier import find_content
from orchestration.tickets.log import read_kept
from recipes.ids import SlackFileId
from recipes.output import WorkOutput
from recipes.recipe import OutputFormat
from recipes.revision import Revision
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store
from storage.vault import Vault

# Slides beside one another in a strip: more are too small to be read.
CHANGED_SHOWN: Final = 3
LABELS: Final = ("Before", "After")
NO_PICTURE: Final = "none"
"""In the ledger, where there could be none: nobody tries again."""


class Previewing:
    """Draws pictures of outputs and shares them."""

    def __init__(
        self,
        *,
        store: Store,
        threads: ThreadPort,
        vault: Vault,
        effects: Effects,
        delivery: Delivery,
        renderer: Renderer,
    ) -> None:
        self._store = store
        self._threads = threads
        self._vault = vault
        self._effects = effects
        self._delivery = delivery
        self._renderer = renderer

    async def show(self, ticket: WorkTicket, output: WorkOutput, revision: Revision | None) -> None:
        """Put a picture of an output under it, if there can be one; of a revision what it changed, before and after.

        Raises:
            LeaseLost, SegmentSuperseded: it is no longer ours to do.
        """
        if output.file_id is None or not self._renderer.may_show(output.file_format):
            return

        title = "Preview" if output.version == 1 else f"Preview of version {output.version}"

        async def upload() -> str:
            files = await self._list_shown(ticket, output, revision)
            picture = await self._renderer.draw(files, labels=LABELS)
            if picture is None:
                return NO_PICTURE
            return await self._threads.upload(ticket.team_id, f"preview-{output.version}.png", picture, title=title)

        async def look() -> str | None:
            # What was uploaded and not shared, nobody sees: another one does no harm.
            return None

        key = f"preview:{output.id}"
        file_id = await self._effects.once(ticket.thread, key, do=upload, look=look, fence=fence_of(ticket))
        if file_id != NO_PICTURE:
            await self._delivery.share(ticket, SlackFileId(file_id), title=title)

    async def _list_shown(self, ticket: WorkTicket, output: WorkOutput, revision: Revision | None) -> Sequence[Shown]:
        """Give what to draw: the whole file, or of a revision the slides that say something else than before."""
        whole = await self._open(output)
        if revision is None or revision.restored is not None or revision.earlier.content is None:
            return [whole]
        async with self._store.for_team(ticket.team_id).read() as work:
            content = find_content((await read_kept(work, ticket)).turns, output.file_id, revision)
            earlier = await work.outputs.get(revision.earlier.output_id)
        if content is None or {earlier.file_format, output.file_format} != {OutputFormat.PPTX}:
            return [whole]
        pages = await asyncio.to_thread(count_pages, whole.content, len(content["slides"]))
        both = (revision.earlier.pages, pages)
        found = compare(OutputFormat.PPTX, revision.earlier.content, content, pages=both)
        if not found.changed:
            return [whole]
        before = await self._open(earlier)
        return [
            replace(before, pages=found.before[:CHANGED_SHOWN]),
            replace(whole, pages=found.changed[:CHANGED_SHOWN]),
        ]

    async def _open(self, output: WorkOutput) -> Shown:
        if output.file_id is None or output.file_format is None:
            raise ValueError(f"output {output.id} has no file")
        return Shown(file_format=output.file_format, content=await self._vault.open(output.file_id))
