"""Entries: a source as a file's own list of sources has it, and the language tag that a file carries."""

from typing import Any, Final

from msgspec import structs

from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.slides import LABEL_CHARS, describe_source
from orchestration.models.extractive.wording import Wording
from recipes.source import Source, SourceKind

LOCALES: Final = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT"}
_KINDS: Final = {SourceKind.MESSAGE: "message", SourceKind.BLOCK: "message", SourceKind.FETCH: "web"}


def find_locale(language: str) -> str:
    """Give the language tag that a file of this language carries."""
    return LOCALES.get(language, language)


def describe_entry(source: Source, words: Wording) -> dict[str, Any]:
    """Give a source as a file's own list of sources has it."""
    kind = _KINDS.get(source.kind) or ("data" if any(passage.table for passage in source.passages) else "file")
    if source.kind is SourceKind.MESSAGE and source.author:
        where = describe_source(structs.replace(source, author=None), words)
        return {
            "id": source.id,
            "title": clip_words(words.message_by.format(name=source.author), LABEL_CHARS),
            "locator": where,
            "kind": kind,
        }
    described: dict[str, Any] = {"id": source.id, "title": clip_words(source.locator, LABEL_CHARS), "kind": kind}
    if tables := [passage.table.name for passage in source.passages if passage.table]:
        described["locator"] = clip_words(words.tables.format(names=", ".join(tables)), LABEL_CHARS)
    if source.kind is SourceKind.FETCH:
        described["url"] = source.locator
    return described
