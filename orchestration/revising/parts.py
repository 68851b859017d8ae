"""Parts: the slides, sections or sheets of a content, as people count and name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from orchestration.skills.marks import plain_text
from recipes.canonical import dump_canonical
from recipes.ids import Digest
from recipes.revision import LAST, Place, Unit, WishRefused

Json = dict[str, Any]
KEYS: Final[Mapping[str, tuple[str, Unit]]] = {
    "pptx": ("slides", "slide"),
    "docx": ("sections", "section"),
    "pdf": ("sections", "section"),
    "xlsx": ("sheets", "sheet"),
}
TITLE_CHARS: Final = 80


@dataclass(frozen=True)
class Part:
    """A slide, a section with those below it, or a sheet."""

    number: int
    """As people count it: of the first slide of the file that it makes."""
    title: str
    pieces: tuple[Json, ...]
    """The entries of the content that it is made of."""
    pages: int = 1
    """How many slides of the file it makes."""

    @property
    def digest(self) -> Digest:
        """Give the SHA-256 of what it says, in canonical form."""
        return Digest(sha256(dump_canonical(list(self.pieces))).hexdigest())

    @property
    def kind(self) -> str:
        """Give the kind of its slide; of other parts there is none."""
        return str(self.pieces[0].get("kind", ""))


def name_unit(file_format: str | None) -> Unit:
    """Give what the parts of such a file are called."""
    return KEYS[file_format or ""][1]


def list_parts(file_format: str, content: Mapping[str, Any], pages: Sequence[int] = ()) -> list[Part]:
    """Give the parts of a content, in order.

    Args:
        file_format: Of the file that it makes.
        content: As its agent gave it.
        pages: How many slides of the file each slide makes; nothing: each makes one.
    """
    entries: Sequence[Json] = content[KEYS[file_format][0]]
    if file_format == "pptx":
        return _list_slides(entries, str(content["title"]), pages or (1,) * len(entries))
    if file_format == "xlsx":
        return [Part(no, str(each["name"]), (each,)) for no, each in enumerate(entries, 1)]
    return _list_sections(entries)


def with_parts(file_format: str, content: Mapping[str, Any], parts: Sequence[Part]) -> Json:
    """Give the content with these parts in place of its own."""
    return {**content, KEYS[file_format][0]: [piece for part in parts for piece in part.pieces]}


def find_part(parts: Sequence[Part], place: Place, *, unit: Unit) -> Part:
    """Give the part that somebody means.

    Raises:
        WishRefused: there is none, or several fit.
    """
    if place == LAST:
        return next((each for each in reversed(parts) if each.kind != "sources"), parts[-1])
    if isinstance(place, str):
        return _find_named(parts, place, unit)
    for part in parts:
        if part.number <= place < part.number + part.pages:
            return part
    count = parts[-1].number + parts[-1].pages - 1
    raise WishRefused(f"There is no {unit} {place}: there are {count}.")


def _find_named(parts: Sequence[Part], place: str, unit: Unit) -> Part:
    wanted = place.casefold()
    fitting = [each for each in parts if each.title.casefold() == wanted] or [
        each for each in parts if wanted in each.title.casefold()
    ]
    if len(fitting) == 1:
        return fitting[0]
    titles = ", ".join(f"“{each.title[:TITLE_CHARS]}”" for each in (fitting or parts))
    said = "More than one fits" if fitting else f"No {unit} is called “{place}”"
    raise WishRefused(f"{said}. Which do you mean: {titles}?")


def _list_slides(entries: Sequence[Json], title: str, pages: Sequence[int]) -> list[Part]:
    parts, number = list[Part](), 1
    for entry, count in zip(entries, pages, strict=True):
        named = entry.get("title") or (str(entry["kind"]).capitalize() if entry["kind"] != "title" else title)
        parts.append(Part(number, plain_text(str(named)), (entry,), count))
        number += count
    return parts


def _list_sections(entries: Sequence[Json]) -> list[Part]:
    """Give the sections of the first level, each with those below it."""
    groups = list[list[Json]]()
    for entry in entries:
        if not groups or entry.get("level", 1) == 1:
            groups.append([])
        groups[-1].append(entry)
    return [Part(no, plain_text(str(group[0]["heading"])), tuple(group)) for no, group in enumerate(groups, 1)]
