"""The way in: a ticket's bundle, run again offline, its files written to a folder and compared with the delivered ones.

    records.py     what is kept of the ticket, read once, through a window that nothing can be changed through
    run.py         the ticket's agent with its tools on its bundle, in memory
    log.py         the kept turns, as the loop finds them after a crash
    comparison.py  what differs between two files
    folder.py      where the files go

It knows no Slack, writes nothing to the records or the vault, and asks no model outside.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from orchestration.models.port import ModelPort
from orchestration.replay.comparison import describe_differences
from orchestration.replay.folder import check_folder, write_file
from orchestration.replay.records import TicketRecords, read_records
from orchestration.replay.run import Run, Shelf, run_again
from orchestration.skills.deck.brand import NO_BRAND, Brand
from orchestration.tickets.output_maker import make_filename, write_whole
from recipes.bundle import WorkBundle
from recipes.errors import ThreadworkError
from recipes.output import WorkOutput
from recipes.recipe import OutputFormat
from recipes.replay import Match, Replay, ReplayedOutput, compare
from storage.files import make_vault


async def replay(
    ticket_id: str, folder: Path, *, database_url: str, files_url: str, model: ModelPort, brand: Brand = NO_BRAND
) -> Replay:
    """Run a ticket again, write what it makes to a folder, and give how that compares with what was delivered.

    Args:
        ticket_id: Of the ticket, in whichever workspace.
        folder: Where its files go: not there yet, or empty.
        database_url: Where the records are.
        files_url: Where the delivered files are; opened for what files show, what code left, and what differs.
        brand: The look of presentations that name no template of their own.
        model: One that answers without a network, for a ticket that has no finished turn.

    Raises:
        FolderRefused, NoTicketId, TicketUnknown, DatabaseUnreachable, TablesNotOurs, TurnsNotKept: as they say.
        BundleMissing, BundleTampered: there is no bundle, or not the one that was approved; nothing ran.
    """
    check_folder(folder)
    records = await read_records(ticket_id, database_url=database_url)
    bundle = await asyncio.to_thread(records.frozen.open)
    left = [each.digest for each in records.kept.annex.list_files() if each.digest is not None]
    files = [await make_vault(files_url).open(digest) for digest in left]
    shelf = Shelf(open_source=lambda digest: make_vault(files_url).open(digest), brand=brand)
    run = await run_again(records, bundle, model=model, shelf=shelf, files=files)
    delivered: list[WorkOutput | None] = [*records.kept.outputs]
    delivered += [None] * (len(run.outputs) - len(delivered))
    outputs = [
        await _compare(folder, output, content, then, files_url)
        for (output, content), then in zip(run.outputs, delivered, strict=False)
    ]
    outputs += [_name_missing(each) for each in records.kept.outputs[len(run.outputs) :]]
    return _tell(records, bundle, run, outputs)


async def _compare(
    folder: Path, output: WorkOutput, content: bytes, delivered: WorkOutput | None, files_url: str
) -> ReplayedOutput:
    match = compare(output, delivered)
    name = output.filename or make_filename(output.title, OutputFormat.MARKDOWN)
    return ReplayedOutput(
        title=output.title,
        filename=await asyncio.to_thread(write_file, folder, name, content),
        size_bytes=len(content),
        digest=output.digest,
        delivered_digest=delivered.digest if delivered else None,
        match=match,
        differences=await _find_differences(content, delivered, files_url) if match is Match.DIFFERS else (),
        provenance=output.provenance,
        has_same_findings=delivered is not None and output.provenance == delivered.provenance,
    )


def _name_missing(delivered: WorkOutput) -> ReplayedOutput:
    return ReplayedOutput(
        title=delivered.title, delivered_digest=delivered.digest, match=Match.MISSING, provenance=delivered.provenance
    )


async def _find_differences(content: bytes, delivered: WorkOutput | None, files_url: str) -> tuple[str, ...]:
    """Look into the delivered bytes too, if they are still to be had."""
    if delivered is None:
        return ()
    try:
        if delivered.file_id is None:
            then = write_whole(delivered.title, delivered.body)
        else:
            then = await make_vault(files_url).open(delivered.file_id)
    except ThreadworkError:
        return ("the delivered file cannot be opened any more, so nobody can say what differs",)
    return await asyncio.to_thread(describe_differences, content, then)


def _tell(records: TicketRecords, bundle: WorkBundle, run: Run, outputs: Sequence[ReplayedOutput]) -> Replay:
    return Replay(
        ticket_id=records.ticket.id,
        status=records.ticket.status,
        recipe_slug=bundle.recipe.slug,
        recipe_version=bundle.recipe.version,
        bundle_digest=records.frozen.digest,
        bundle_bytes=len(records.frozen.canonical),
        sources=len(bundle.sources),
        left_out=len(bundle.left_out),
        model=bundle.agent.model,
        kept_turns=len(records.kept.turns),
        is_waiting=run.is_waiting,
        refusals=run.refusals,
        outputs=tuple(outputs),
    )
