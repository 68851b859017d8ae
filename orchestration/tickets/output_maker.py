"""The output maker: turns what an agent hands in into an output, checked against the bundle that it stands on."""

import asyncio
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from orchestration.agents.host import ToolRefused
from orchestration.agents.tools import EmitWorkOutput
from orchestration.ports import Clock, Ids
from orchestration.provenance.expressions import ExpressionUnclear, check_expression
from orchestration.provenance.report import report_on_file, report_on_text
from orchestration.skills.text import TextSource, list_marks, list_urls, write_text
from recipes.annex import Annex
from recipes.bundle import WorkBundle, find_digest
from recipes.ids import Digest, OutputId, TicketId
from recipes.output import BuiltFile, Claim, GenerationMethod, WorkOutput
from recipes.recipe import OutputFormat
from recipes.revision import Revision
from recipes.source import Source, SourceKind
from storage.vault import Vault

FILENAME_CHARS: Final = 80
# docs.slack.dev, markdown block: 12,000 characters a message; slackapi/bolt-js#2509: some 13,000 in all its blocks.
# A longer text is a file too.
MESSAGE_CHARS: Final = 8_000
CITED_SHOWN: Final = 5


class OutputMaker:
    """Makes the outputs of one ticket; nothing is kept yet but a long text's file."""

    def __init__(
        self,
        *,
        ticket_id: TicketId,
        bundle: WorkBundle,
        permalinks: Mapping[str, str],
        vault: Vault,
        clock: Clock,
        ids: Ids,
        annex_digest: Digest | None = None,
        revision: Revision | None = None,
    ) -> None:
        """Take what outputs are checked against.

        Args:
            ticket_id: Whose outputs these are.
            bundle: All that may be cited.
            permalinks: Where each source can be opened, by source id.
            vault: Where files are kept.
            clock: For the times of outputs.
            ids: For outputs.
            annex_digest: Of what was found outside, where that may be cited too.
            revision: What the ticket changes of earlier work, if it does.
        """
        self._ticket_id = ticket_id
        self._bundle = bundle
        self._permalinks = permalinks
        self._annex_digest = annex_digest
        self._vault = vault
        self._clock = clock
        self._ids = ids
        self._revision = revision

    def standing_on(self, annex: Annex) -> "OutputMaker":
        """Give the maker of outputs that may cite what was found outside the bundle too."""
        return OutputMaker(
            ticket_id=self._ticket_id,
            bundle=annex.extend(self._bundle),
            permalinks={**self._permalinks, **annex.list_urls()},
            vault=self._vault,
            clock=self._clock,
            ids=self._ids,
            annex_digest=annex.find_digest(),
            revision=self._revision,
        )

    async def make(self, call: EmitWorkOutput, built: Sequence[BuiltFile]) -> WorkOutput:
        """Give the output of what was handed in.

        Args:
            call: What the agent said.
            built: The files that this ticket built.

        Raises:
            ToolRefused: the contract asks for something else, or something is cited that is not in the bundle.
        """
        for claim in call.claims:
            self._check_claim(claim)
        contract = self._bundle.recipe.contract
        if call.output_type != contract.output_type:
            raise ToolRefused(f"The contract asks for a {contract.output_type}.")
        made = await (
            self._make_text(call) if contract.format is OutputFormat.MARKDOWN else self._make_file(call, built)
        )
        if self._revision is None:
            return made
        earlier = self._revision.earlier
        return made.model_copy(update={"version": earlier.version + 1, "supersedes": earlier.output_id})

    def check_cited(self, what: str, cited: Iterable[str]) -> None:
        """Refuse marks that lead nowhere.

        Raises:
            ToolRefused: the bundle does not have what is cited.
        """
        known = {each.id for each in self._bundle.sources} | {each.id for each in self._bundle.list_passages()}
        if unknown := [each for each in cited if each not in known]:
            raise ToolRefused(f"{what} cites {', '.join(unknown[:CITED_SHOWN])}, which the bundle does not have.")

    def _check_claim(self, claim: Claim) -> None:
        """Refuse a claim that nobody can check."""
        named = f"The claim “{claim.text[:80]}”"
        known = {passage.id for passage in self._bundle.list_passages()}
        if unknown := [each for each in claim.passages if each not in known]:
            raise ToolRefused(f"{named} cites {unknown[0]}, which is not in the bundle.")
        if claim.kind == "computed":
            try:
                check_expression(claim.expression or "", claim.passages)
            except ExpressionUnclear as unclear:
                raise ToolRefused(f"{named} has an expression that cannot be worked out: {unclear}.") from unclear

    async def _make_file(self, call: EmitWorkOutput, files: Sequence[BuiltFile]) -> WorkOutput:
        built = next((file for file in files if file.file_id == call.file_id), None)
        if built is None:
            raise ToolRefused(
                f"No file {call.file_id} was built here. Build it with Skill and give the file_id that it answers."
            )
        wanted = (self._revision and self._revision.file_format) or self._bundle.recipe.contract.format
        if built.file_format != wanted:
            raise ToolRefused(f"The contract asks for a file as {wanted}.")
        content = await self._vault.open(built.file_id)
        return WorkOutput(
            id=OutputId(self._ids.make("out")),
            ticket_id=self._ticket_id,
            output_type=call.output_type,
            title=call.title,
            body=call.body,
            file_id=built.file_id,
            file_format=built.file_format,
            filename=make_filename(call.title, built.file_format),
            generation_method=built.method,
            digest=built.file_id,
            claims=call.claims,
            checks=built.checks,
            provenance=await asyncio.to_thread(
                report_on_file, built.file_format, content, bundle=self._bundle, claims=call.claims
            ),
            annex_digest=self._annex_digest,
            created_at=self._clock.now(),
        )

    async def _make_text(self, call: EmitWorkOutput) -> WorkOutput:
        """Write the text; one that is too long for a message is a file too."""
        if call.file_id is not None:
            raise ToolRefused("The contract asks for a text: give it as body, without a file.")
        self.check_cited("The text", list_marks(call.body))
        # What pages of the web say leads nowhere but to those pages.
        own = (source for source in self._bundle.sources if source.kind is not SourceKind.FETCH)
        texts = (passage.text for source in own for passage in source.passages if passage.text is not None)
        sources = [
            TextSource(id=source.id, title=_name_source(source), url=self._permalinks.get(source.id))
            for source in self._bundle.sources
        ]
        known_urls = list_urls(texts) | {each.url for each in sources if each.url}
        written = write_text(call.body, sources=sources, known_urls=known_urls)
        text = written.text
        whole = write_whole(call.title, text)
        is_long = len(text) > MESSAGE_CHARS
        return WorkOutput(
            id=OutputId(self._ids.make("out")),
            ticket_id=self._ticket_id,
            output_type=call.output_type,
            title=call.title,
            body=text,
            file_id=await self._vault.save(whole) if is_long else None,
            file_format=OutputFormat.MARKDOWN if is_long else None,
            filename=make_filename(call.title, OutputFormat.MARKDOWN) if is_long else None,
            generation_method=GenerationMethod.TEXT,
            digest=find_digest(whole),
            claims=call.claims,
            provenance=await asyncio.to_thread(
                report_on_text, call.title, written, bundle=self._bundle, claims=call.claims
            ),
            annex_digest=self._annex_digest,
            created_at=self._clock.now(),
        )


def make_filename(title: str, file_format: str) -> str:
    """Give a file name that every system takes: the title's letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", title)
    words = re.findall(r"\w+", plain)
    stem = "-".join(words)[:FILENAME_CHARS].strip("-") or "report"
    return f"{stem}.{file_format}"


def write_whole(title: str, body: str) -> bytes:
    """Give a text in Markdown as the file that it is, or would be if it were longer."""
    return f"# {title}\n\n{body}".encode()


def _name_source(source: Source) -> str:
    return f"{source.locator} by {source.author}" if source.author else source.locator
