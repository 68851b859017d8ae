"""The work bundle: everything an agent will see, frozen. Its digest is its identity.

The digest is SHA-256 over the canonical JSON (RFC 8785) of exactly these fields: the same inputs give the same digest
on each database, today and after a restart. Ids of request and ticket, requester, priority, permalinks, estimate and
audience stand outside.
"""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from pydantic import BaseModel, ConfigDict

from recipes.canonical import dump_canonical, dump_members, dump_sources
from recipes.errors import DefectError, UserFixableError
from recipes.ids import BasketId, BundleId, Digest, PassageId, RecipeSlug, SourceId
from recipes.parameters import Value
from recipes.recipe import AgentType, OutputContract
from recipes.source import EXACT_INTEGER, LeftOut, Passage, Source

# Sources are frozen whole up to this much text; what is beyond is left out, and said
BUNDLE_TEXT_CHARS: Final = 2_000_000
HALF_CHARACTER: Final = "half a character (a lone surrogate)"


class BundleRecipe(BaseModel):
    """The recipe as the agent sees it: filled in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: RecipeSlug
    version: int
    instructions: str
    contract: OutputContract


class BundleAgent(BaseModel):
    """Who works, with which model and tools, how far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: AgentType
    model: str
    effort: str
    tools: tuple[str, ...]
    caps: dict[str, int]


class WorkBundle(BaseModel):
    """The frozen parcel, version 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    basket: BasketId
    task: str
    recipe: BundleRecipe
    parameters: dict[str, Value]
    agent: BundleAgent
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the contract's plain JSON value."""
        return {**self.apart_to_json(), "sources": list(map(_source_to_json, self.sources))}

    def apart_to_json(self) -> dict[str, Any]:
        """Give the same without the sources, which may be many and large."""
        return {"schema": self.schema_version, **self.model_dump(mode="json", exclude={"schema_version", "sources"})}

    def find_source(self, source_id: str) -> Source | None:
        """Give the source of this id, if there is one."""
        return next((source for source in self.sources if source.id == source_id), None)

    def list_passages(self) -> Iterator[Passage]:
        """Give each passage, source by source."""
        for source in self.sources:
            yield from source.passages


def _source_to_json(source: Source) -> dict[str, Any]:
    """Give a source's plain value."""
    return {
        "author": source.author,
        "digest": source.digest,
        "id": source.id,
        "kind": source.kind.value,
        "locator": source.locator,
        "passages": list(map(_passage_to_json, source.passages)),
        "ts": source.ts,
    }


def _passage_to_json(passage: Passage) -> dict[str, Any]:
    """Give a passage's text or table, with or without a locator: what it has not is not there at all."""
    if passage.table is None and passage.locator is None:
        return {"id": passage.id, "text": passage.text}
    plain: dict[str, Any] = {"id": passage.id}
    if passage.locator is not None:
        plain["locator"] = passage.locator
    if passage.table is None:
        return {**plain, "text": passage.text}
    # The cells of a row are plain values.
    rows = list(map(list, passage.table.rows))
    return {**plain, "table": {**passage.table.model_dump(mode="json", exclude={"rows"}), "rows": rows}}


@dataclass(frozen=True, kw_only=True)
class FrozenBundle:
    """A bundle as it is stored: its id, its canonical bytes and their digest."""

    id: BundleId
    digest: Digest
    canonical: bytes

    def open(self) -> WorkBundle:
        """Give the bundle, after checking that not a byte was touched.

        Raises:
            BundleTampered: the bytes are not those that were frozen.
        """
        if find_digest(self.canonical) != self.digest:
            raise BundleTampered(self.id)
        return read_bundle(self.canonical)


@dataclass(eq=False)
class BundleTampered(DefectError):
    """A stored bundle is not what was approved."""

    bundle_id: str

    def advice(self) -> str:
        """Say that nothing ran on it."""
        return "What was approved is no longer what is stored, so I did not work on it. Please stage it again."


@dataclass(eq=False)
class BundleMissing(DefectError):
    """What was approved is not stored any more."""

    bundle_id: str

    def advice(self) -> str:
        """Say that there is nothing to work on."""
        return "What was approved is no longer stored, so there is nothing to work on. Please stage it again."


@dataclass(eq=False)
class BundleRefused(UserFixableError):
    """Something in a bundle has no canonical form, so that nobody could say later whether it is still the same."""

    place: str
    problem: str

    def advice(self) -> str:
        """Say what cannot be frozen, and what to do."""
        return f"I cannot freeze what I would read: {self.place} holds {self.problem}. Please mend it, or leave it out."


def freeze(bundle_id: BundleId, bundle: WorkBundle) -> FrozenBundle:
    """Give the bundle in canonical form, with its digest.

    Raises:
        BundleRefused: a number or a character in it has no canonical form.
    """
    try:
        members = {name: dump_canonical(value) for name, value in bundle.apart_to_json().items()}
        canonical = dump_members({**members, "sources": dump_sources(bundle.sources)})
    except ValueError as error:
        raise next(_list_refused(bundle.to_json()), error) from error
    return FrozenBundle(id=bundle_id, digest=find_digest(canonical), canonical=canonical)


def read_bundle(canonical: bytes) -> WorkBundle:
    """Give the bundle that these canonical bytes hold."""
    plain: dict[str, Any] = json.loads(canonical, parse_int=_read_whole)
    version = plain.pop("schema")
    return WorkBundle.model_validate({**plain, "schema_version": version})


def find_digest(content: bytes) -> Digest:
    """Give the SHA-256 of these bytes, in lower-case hexadecimal."""
    return Digest(hashlib.sha256(content).hexdigest())


def find_text_digest(text: str, *, place: str) -> Digest:
    """Give the SHA-256 of a text as UTF-8.

    Raises:
        BundleRefused: it holds half a character, which has no UTF-8; the error names the place.
    """
    try:
        return find_digest(text.encode())
    except UnicodeEncodeError as error:
        raise BundleRefused(place, HALF_CHARACTER) from error


def source_of(passage_id: PassageId | str) -> SourceId:
    """Give the source that a passage belongs to."""
    return SourceId(passage_id.partition(".")[0])


def _read_whole(digits: str) -> int | float:
    """Give a whole number of JSON; one that is too large for digits to count was frozen from a float."""
    number = int(digits)
    return number if abs(number) <= EXACT_INTEGER else float(digits)


def _list_refused(plain: dict[str, Any]) -> Iterator[BundleRefused]:
    for source in plain["sources"]:
        named = str(source["locator"]).encode(errors="replace").decode()
        yield from (BundleRefused(f"{source['id']}, {named},", problem) for problem in _list_problems(source))
    for key, value in plain.items():
        yield from (BundleRefused(f"its part `{key}`", problem) for problem in _list_problems(value))


def _list_problems(value: object) -> Iterator[str]:
    """Give what has no canonical form in a JSON value; keys are names that recipes give."""
    match value:
        case dict():
            for each in cast("dict[str, object]", value).values():
                yield from _list_problems(each)
        case list() | tuple():
            for each in cast("list[object]", value):
                yield from _list_problems(each)
        case str() if any("\ud800" <= each <= "\udfff" for each in value):
            yield HALF_CHARACTER
        case float() if not math.isfinite(value):
            yield f"{value} where a number should be"
        case int() if abs(value) > EXACT_INTEGER:
            yield "a whole number that is too large to be kept exactly"
        case _:
            return
