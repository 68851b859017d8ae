"""Earlier work, as a revision starts from it: the versions of an output, and the content that each was built from."""

from collections.abc import Sequence
from typing import Any, Final

from orchestration.models.port import TurnDelta
from orchestration.revising.settling import settle
from orchestration.tickets.log import read_kept
from recipes.annex import Annex
from recipes.conversation import Thread
from recipes.output import BuiltFile, WorkOutput
from recipes.revision import AnyChange, EarlierWork, Restore, Revision, Version, WishRefused
from recipes.ticket import WorkTicket
from storage.unit_of_work import UnitOfWork

VERSIONS: Final = 40


async def find_source(work: UnitOfWork, newest: WorkOutput, changes: Sequence[AnyChange]) -> WorkOutput:
    """Give the version that these changes start from: the newest, where they ask for no other.

    Raises:
        WishRefused: there is no such version.
    """
    asked = next((each for each in changes if isinstance(each, Restore)), None)
    if asked is None:
        return newest
    lineage = await list_lineage(work, newest)
    version = newest.version - 1 if asked.version is None else asked.version
    if version == newest.version and len(changes) == 1:
        raise WishRefused(f"Version {version} is the newest already.")
    found = next((each for each in lineage if each.version == version), None)
    if found is None:
        known = ", ".join(str(each.version) for each in reversed(lineage))
        raise WishRefused(f"There is no version {max(version, 0)} of this: there is {known}.")
    return found


async def read_earlier(work: UnitOfWork, source: WorkOutput, newest: WorkOutput) -> EarlierWork:
    """Give what to start from.

    Args:
        work: The transaction.
        source: The version whose content that is.
        newest: The one whose place is taken.

    Raises:
        WishRefused: what it was made of is no longer kept.
    """
    kept = await read_kept(work, await work.tickets.get(source.ticket_id))
    turns = kept.turns
    revision = await work.revisions.find(source.ticket_id)
    content = None if source.generation_method == "text" else find_content(turns, source.file_id, revision)
    if source.generation_method != "text" and content is None:
        raise WishRefused("What this was made of is no longer kept, so it cannot be changed. Ask for it anew.")
    # What rules did stands in the content, and names parts by numbers that they no longer have.
    asked = [revision.words] if revision is not None and revision.needs_model else []
    return EarlierWork(
        output_id=newest.id,
        version=newest.version,
        title=source.title,
        body=_find_body(turns, source) if content is None else source.body,
        output_type=source.output_type,
        file_format=None if content is None else source.file_format,
        content=content,
        claims=source.claims,
        found=kept.annex.hand_on(),
        asked=(*(revision.earlier.asked if revision else ()), *asked),
    )


def find_content(turns: Sequence[TurnDelta], file_id: str | None, revision: Revision | None) -> dict[str, Any] | None:
    """Find what a file was built from, as its agent gave it; of a revision, with what nobody named put back."""
    built = {
        result.tool_use_id
        for turn in turns
        for result in turn.results
        if not result.is_error and result.content.startswith('{"file_id"')
        if BuiltFile.model_validate_json(result.content).file_id == file_id
    }
    calls = [call for turn in turns for call in turn.tool_calls() if call.id in built and call.name == "Skill"]
    if not calls:
        return None
    return settle(revision, calls[-1].input["skill"], calls[-1].input["content"])


def _find_body(turns: Sequence[TurnDelta], output: WorkOutput) -> str:
    """Give a text as its agent gave it: with the marks of what it cites."""
    calls = [call for turn in turns for call in turn.tool_calls() if call.name == "emit_work_output"]
    return str(calls[-1].input["body"]) if calls else output.body


async def list_lineage(work: UnitOfWork, newest: WorkOutput, *, most: int = VERSIONS) -> list[WorkOutput]:
    """Give an output and those before it whose place it took, newest first."""
    lineage = [newest]
    while lineage[-1].supersedes is not None and len(lineage) < most:
        lineage.append(await work.outputs.get(lineage[-1].supersedes))
    return lineage


async def find_newest_version(work: UnitOfWork, thread: Thread, output: WorkOutput) -> WorkOutput:
    """Give the newest version of what an output is a version of."""
    for each in await work.outputs.list_newest_in(thread, most=VERSIONS):
        if output.id in {one.id for one in await list_lineage(work, each)}:
            return each
    return output


async def keep_child(work: UnitOfWork, child: WorkTicket, revision: Revision) -> None:
    """Keep a child ticket, what it is to do, and what the work that it starts from found outside the bundle."""
    await work.tickets.add(child)
    await work.revisions.add(revision.model_copy(update={"id": child.id}))
    annex = Annex(bundle=child.bundle_id, ticket=child.id)
    for entry in revision.earlier.found:
        annex = annex.with_entry(entry)
        await work.annexes.add_newest(annex)


async def describe_version(work: UnitOfWork, output: WorkOutput) -> Version:
    """Give a version with the words that asked for it."""
    revision = await work.revisions.find(output.ticket_id)
    return Version(
        output_id=output.id,
        number=output.version,
        words=revision.words if revision else None,
        digest=output.digest,
        created_at=output.created_at,
    )
