"""The list behind the Sources button: what has no source first, then each source with what stands on it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.views.limits import (
    LABEL_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    actions,
    button,
    clip,
    context,
    escape,
    header,
    plain,
    section,
)
from bot.views.provenance_words import say_finding, say_provenance
from recipes.provenance import ListedSource, SourceList

# A view takes 100 blocks; a screen is read, more is turned over.
PAGE_ENTRIES: Final = 30
NAME_CHARS: Final = 160
LOCATORS: Final = 6
COMPARED: Final = (
    "Each number and each quotation was compared with the passages that are cited beside it. Units, numbers in words, "
    "pictures, and whether a number means what is said of it, were not."
)
UNCHECKED: Final = "This was delivered before figures were compared with their sources."
WITHOUT: Final = "Without a source"
SOURCES: Final = "Sources"

_Entry = tuple[str, str]
"""The heading that it belongs under, and its line."""


def render_sources(listed: SourceList, *, channel_id: str, page: int = 0) -> Block:
    """Give the modal.

    Args:
        listed: What to show.
        channel_id: Where the button was pressed; kept for turning pages.
        page: From 0; beyond the last one it is the last.
    """
    entries = list(_list_entries(listed))
    last = max(len(entries) - 1, 0) // PAGE_ENTRIES
    shown = min(page, last)
    return {
        "type": "modal",
        "title": plain("Sources", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "private_metadata": channel_id,
        "blocks": [
            *_lead(listed),
            *_headed(entries[shown * PAGE_ENTRIES : (shown + 1) * PAGE_ENTRIES]),
            *_turns(listed, shown, last),
        ],
    }


def _lead(listed: SourceList) -> list[Block]:
    report = listed.provenance
    said = UNCHECKED if report is None else f"{say_provenance(report)}."
    lead = section(f"*{escape(clip(listed.title, NAME_CHARS))}*\n{said[:1].upper()}{said[1:]}")
    return [lead, *([] if report is None else [context(COMPARED)])]


def _list_entries(listed: SourceList) -> Iterator[_Entry]:
    if listed.provenance is not None:
        for finding in listed.provenance.list_missing():
            yield WITHOUT, say_finding(finding)
        if unlisted := listed.provenance.count_missing() - len(listed.provenance.list_missing()):
            yield WITHOUT, f"… and {unlisted:,} more"
    for source in listed.sources:
        yield SOURCES, _say_source(source)


def _headed(entries: Sequence[_Entry]) -> Iterator[Block]:
    heading = ""
    for belongs, line in entries:
        if belongs != heading:
            heading = belongs
            yield header(heading)
        yield section(line)
    if not entries:
        yield section("No source is cited.")


def _turns(listed: SourceList, page: int, last: int) -> Iterator[Block]:
    """Give the buttons that turn pages, each in a row of its own: an action's id occurs once in a block."""
    if page > 0:
        yield actions(button("Back", "output.sources", f"{listed.output_id}.{page - 1}"))
    if page < last:
        yield actions(button(f"More ({page + 2} of {last + 1})", "output.sources", f"{listed.output_id}.{page + 1}"))


def _say_source(source: ListedSource) -> str:
    name = escape(clip(source.name, NAME_CHARS))
    linked = f"<{source.permalink}|{name}>" if source.permalink else name
    count = "nothing found in it" if not source.standing else f"{source.standing} found in it"
    if not source.is_open:
        return f"`{source.id}` {name}: {count}. It is from a conversation that you are not in."
    known = [f"by {escape(source.author)}" if source.author else "", _say_when(source.ts)]
    cited = [*source.locators[:LOCATORS], *(["…"] if len(source.locators) > LOCATORS else [])]
    details = [each for each in (*known, escape(clip(", ".join(cited), LABEL_CHARS))) if each]
    return "\n".join([f"`{source.id}` {linked}: {count}", *([" · ".join(details)] if details else [])])


def _say_when(ts: str | None) -> str:
    if not ts:
        return ""
    seconds = int(float(ts))
    fallback = f"{datetime.fromtimestamp(seconds, UTC):%d %b %Y %H:%M} UTC"
    return f"<!date^{seconds}^{{date_short_pretty}} {{time}}|{fallback}>"
