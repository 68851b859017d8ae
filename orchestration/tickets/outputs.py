"""The verb on what was delivered: show what it stands on. It reads, and writes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from orchestration.baskets.access import open_basket
from orchestration.ports import Clock, ThreadPort
from recipes.bundle import WorkBundle, source_of
from recipes.errors import TransientError, UserFixableError
from recipes.ids import ChannelId, PassageId, TeamId, UserId
from recipes.output import OutputNotFound, WorkOutput
from recipes.provenance import ListedSource, SourceList
from recipes.source import Source
from storage.unit_of_work import Store


@dataclass(frozen=True)
class _Kept:
    """What is kept of an output and what it stands on."""

    output: WorkOutput
    bundle: WorkBundle
    """With what the work found outside it."""
    permalinks: Mapping[str, str]
    origins: Mapping[str, ChannelId]
    """The channel that each source came from; one that is not named came from where the work was done."""


class Outputs:
    """What was delivered."""

    def __init__(self, *, store: Store, threads: ThreadPort, clock: Clock) -> None:
        self._store = store
        self._threads = threads
        self._clock = clock

    async def list_sources(
        self, team_id: TeamId, output_id: str, *, channel_id: ChannelId, user_id: UserId
    ) -> SourceList:
        """Give what an output stands on, to somebody who sees the thread that it was delivered to.

        No source's text is in it. Of a source that came from another conversation, who is not in it gets the name only.

        Args:
            team_id: Whose.
            output_id: Of the output.
            channel_id: Where the button was pressed.
            user_id: Who pressed it.

        Raises:
            OutputNotFound: there is none, or it was delivered elsewhere.
        """
        kept = await self._read(team_id, output_id, channel_id)
        elsewhere = {*kept.origins.values()} - {channel_id}
        closed = {each for each in elsewhere if not await self._may_read(team_id, each, user_id)}
        return _list(kept, closed)

    async def _read(self, team_id: TeamId, output_id: str, channel_id: ChannelId) -> _Kept:
        async with self._store.for_team(team_id).read() as work:
            output = await work.outputs.get(output_id)
            ticket = await work.tickets.get(output.ticket_id)
            if ticket.channel_id != channel_id:
                raise OutputNotFound(output_id)
            frozen, permalinks = await work.bundles.get_with_permalinks(ticket.bundle_id)
            # All that was found, not only by then: what an output cites keeps its number.
            annex = await work.annexes.get(ticket.id, ticket.bundle_id)
            origins = await work.bundles.get_origins(ticket.bundle_id)
            return _Kept(output, annex.extend(frozen.open()), {**permalinks, **annex.list_urls()}, origins)

    async def _may_read(self, team_id: TeamId, channel_id: ChannelId, user_id: UserId) -> bool:
        """Tell whether a person is in a conversation that sources are from; what cannot be checked is denied."""
        try:
            await open_basket(self._threads, self._clock, team_id=team_id, channel_id=channel_id, user_id=user_id)
        except (UserFixableError, TransientError):
            return False
        return True


def _list(kept: _Kept, closed: Collection[ChannelId]) -> SourceList:
    report = kept.output.provenance
    standing = report.standing if report else {}
    claimed = {source_of(passage) for claim in kept.output.claims for passage in claim.passages}
    stood_on = {passage for each in (report.findings if report else ()) for passage in each.passages}
    cited = [source for source in kept.bundle.sources if source.id in claimed or source.id in standing]
    listed = [
        _describe(source, kept.permalinks, standing.get(source.id, 0), stood_on)
        if kept.origins.get(source.id) not in closed
        else ListedSource(id=source.id, name=source.locator, is_open=False, standing=standing.get(source.id, 0))
        for source in cited
    ]
    return SourceList(
        output_id=kept.output.id,
        title=kept.output.title,
        provenance=report,
        sources=tuple(sorted(listed, key=lambda each: -each.standing)),
    )


def _describe(source: Source, permalinks: Mapping[str, str], standing: int, stood_on: set[PassageId]) -> ListedSource:
    places = (passage.locator for passage in source.passages if passage.id in stood_on)
    return ListedSource(
        id=source.id,
        name=source.locator,
        author=source.author,
        ts=source.ts,
        permalink=permalinks.get(source.id),
        locators=tuple(dict.fromkeys(place for place in places if place)),
        standing=standing,
    )
