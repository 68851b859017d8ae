"""The text writer: a body with marks becomes Markdown with numbered, linked sources."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from orchestration.skills.leads import Lead, rewrite_leads
from orchestration.skills.marks import keep_links, safe_url, source_of

SOURCES_HEADING: Final = "## Sources"
CITATION: Final = re.compile(r"\s*\[@(?P<id>S\d+(?:\.\d+)?)\]")
# how Slack, which reads this Markdown too, writes people, channels and everybody
MENTION: Final = re.compile(r"<(?=[@#!])")
# `*big*` and `__big__`, but not `q3_final_plan` and `2 * 3`
_PAIR: Final = re.compile(
    r"(?<![\w\\*])(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>[^*]*?[^\s*_\\])(?P=mark)(?![\w*])"
)
_SOURCE_ID: Final = re.compile(r"S\d+")


@dataclass(frozen=True, kw_only=True)
class TextSource:
    """A source as the list at the end shows it."""

    id: str
    title: str
    url: str | None


@dataclass(frozen=True, kw_only=True)
class WrittenText:
    """A text as people read it, and what its numbered citations stand for."""

    text: str
    citations: Mapping[int, tuple[str, ...]]
    """The passages, or the source as a whole, that were cited by this number."""


def write_text(body: str, *, sources: Iterable[TextSource], known_urls: frozenset[str]) -> WrittenText:
    """Give the Markdown that people read.

    Marks become numbers in the order of their first use, listed at the end. A link survives only if its address stands
    in a source; mentions and HTML become plain words. A text shows no picture: a source that is one is said in words,
    by its caption and what is to be seen, and cited; of any other the words stay, since to look at it would call a
    stranger's server.

    Args:
        body: Markdown with marks such as `[@S3.2]`.
        sources: Those of the bundle.
        known_urls: The addresses that stand in the sources.
    """
    by_id = {source.id: source for source in sources}
    safe = MENTION.sub("&lt;", rewrite_leads(body, lambda lead: _say(lead, known_urls)))
    cited = list(dict.fromkeys(source_of(found["id"]) for found in CITATION.finditer(safe)))
    numbers = {source_id: number for number, source_id in enumerate(cited, start=1) if source_id in by_id}
    text = CITATION.sub(lambda found: _cite(source_of(found["id"]), numbers, by_id), safe).strip()
    # a mark that goes brings together what stood around it
    own_urls = known_urls | {source.url for source in by_id.values() if source.url}
    text = rewrite_leads(text, lambda lead: _say(lead, own_urls))
    whole = f"{text}\n\n{_list(numbers, by_id)}".strip() if numbers else text
    citations = {
        number: tuple(mark for mark in list_marks(safe) if source_of(mark) == source_id)
        for source_id, number in numbers.items()
    }
    return WrittenText(text=f"{whole}\n", citations=citations)


def list_marks(body: str) -> tuple[str, ...]:
    """Give the passages and sources that the marks of a text name, each once."""
    return tuple(dict.fromkeys(found["id"] for found in CITATION.finditer(rewrite_leads(body, _say_picture))))


def list_urls(texts: Iterable[str]) -> frozenset[str]:
    """Give the addresses that stand in these texts."""
    found = (each.rstrip(".,;:!?)") for text in texts for each in re.findall(r"https?://[^\s<>|\"']+", text))
    return frozenset(url for url in found if safe_url(url))


def unlink(content: Any, known_urls: Collection[str]) -> Any:  # noqa: ANN401 (JSON)
    """Give a file's content in which only addresses that stand in the sources are links; of others their words stay."""
    if isinstance(content, str):
        return keep_links(content, known_urls)
    if isinstance(content, list):
        return [unlink(each, known_urls) for each in cast("list[Any]", content)]
    if isinstance(content, dict):
        kept = {k: v for k, v in cast("dict[str, Any]", content).items() if k != "url" or v in known_urls}
        return {name: unlink(each, known_urls) for name, each in kept.items()}
    return content


def _say(lead: Lead, known_urls: Collection[str]) -> str | None:
    if lead.kind == "picture":
        return _say_picture(lead)
    if lead.target in known_urls:
        return None
    return lead.words if lead.kind == "link" else f"&lt;{lead.words}>"


def _say_picture(lead: Lead) -> str | None:
    """Give a picture in words and the mark of its source; anything else stands."""
    if lead.kind != "picture":
        return None
    if not _SOURCE_ID.fullmatch(lead.target):
        return lead.words
    marks = "".join(f" [@{found['id']}]" for found in CITATION.finditer(lead.words))
    words = (CITATION.sub("", lead.words), lead.caption)
    seen, caption = (_escape(_PAIR.sub(r"\g<words>", each).strip()) for each in words)
    said = f"{caption} ({seen})" if caption and seen else caption or seen
    cited = f"[@{lead.target}]{marks}"
    return f"*{said}* {cited}" if said else cited


def _escape(words: str) -> str:
    """Give words that stand within emphasis; an underscore within a word is no mark, and stays bare."""
    return re.sub(r"\\.|\*|(?<![^\W_])_|_(?![^\W_])", lambda found: f"\\{found[0]}"[-2:], words)


def _cite(source_id: str, numbers: Mapping[str, int], by_id: Mapping[str, TextSource]) -> str:
    if source_id not in numbers:
        return ""
    url = by_id[source_id].url
    shown = f"\\[{numbers[source_id]}\\]"
    return f" [{shown}]({url})" if url else f" {shown}"


def _list(numbers: Mapping[str, int], by_id: Mapping[str, TextSource]) -> str:
    lines = [f"{number}. {_name(by_id[source_id])}" for source_id, number in numbers.items()]
    return "\n".join([SOURCES_HEADING, "", *lines])


def _name(source: TextSource) -> str:
    title = re.sub(r"([\\`*_\[\]>])", r"\\\1", source.title).replace("<", "&lt;")
    return f"[{title}]({source.url})" if source.url else title
