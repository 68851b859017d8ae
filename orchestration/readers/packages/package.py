"""An Office file as a package: its parts by name, and which part points to which. Nothing is fetched from elsewhere."""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Self

from orchestration.readers.packages.markup import Element, find_value, name_of, parse_markup
from recipes.source import FileRefused

# what a relationship of this kind is to people; a link that somebody may click is nothing that is missing
_LINKED: Final = {
    "image": "pictures",
    "attachedTemplate": "a template",
    "oleObject": "objects",
    "externalLinkPath": "other workbooks",
    "externalLink": "other workbooks",
    "video": "videos",
    "audio": "sounds",
    "media": "media",
}
_CLICKED: Final = frozenset({"hyperlink", "hlinkClick"})
_EMBEDDED_FOLDERS: Final = ("embeddings", "activeX", "ctrlProps")


@dataclass(frozen=True)
class Relationship:
    """One part points to another, or to something elsewhere."""

    id: str
    kind: str
    """The last word of its type: "slide", "image", "hyperlink"."""
    target: str
    """The part's name, or the address elsewhere."""
    is_external: bool


@dataclass(frozen=True)
class Package:
    """The parts of an Office file; its archive was found harmless when its kind was."""

    filename: str
    archive: zipfile.ZipFile

    @classmethod
    @contextmanager
    def open(cls, filename: str, content: bytes) -> Generator[Self]:
        """Give the package of a file that `sniff_kind` knows, for as long as the block lasts."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield cls(filename, archive)

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self.archive.NameToInfo

    def read(self, name: str) -> Element:
        """Give the root of an XML part.

        Raises:
            FileRefused: the part is missing, or no XML that I open.
        """
        try:
            content = self.archive.read(name)
        except (KeyError, zipfile.BadZipFile, EOFError) as error:
            raise FileRefused(self.filename, f"is damaged: its part {name} is missing or broken") from error
        return parse_markup(self.filename, content)

    def list_relationships(self, name: str) -> list[Relationship]:
        """Give what a part points to; of the package itself for an empty name."""
        folder, base = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(listing):
            return []
        return [_read_relationship(folder, each) for each in self.read(listing) if name_of(each) == "Relationship"]

    def find_related(self, name: str, kind: str) -> str | None:
        """Give the first part of this kind that a part points to, if it is there."""
        targets = (each.target for each in self.list_relationships(name) if each.kind == kind and not each.is_external)
        return next((target for target in targets if self.has(target)), None)

    def name_ignored(self) -> Iterator[str]:
        """Say what belongs to the content and is not read: what lies elsewhere, and other programs' objects."""
        linked = Counter[str]()
        for part in self.archive.namelist():
            if part.endswith(".rels"):
                linked.update(_LINKED.get(kind, "other content") for kind in self._list_external(part))
        if linked:
            said = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(linked.items()))
            yield f"linked content that lies elsewhere and is never fetched: {said}"
        embedded = [part for part in self.archive.namelist() if _is_embedded(part)]
        if embedded:
            yield f"embedded objects of other programs ({len(embedded)})"

    def _list_external(self, listing: str) -> Iterator[str]:
        for each in self.read(listing):
            relationship = _read_relationship("", each)
            if relationship.is_external and relationship.kind not in _CLICKED:
                yield relationship.kind


def _read_relationship(folder: str, element: Element) -> Relationship:
    target = find_value(element, "Target") or ""
    is_external = (find_value(element, "TargetMode") or "").casefold() == "external"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = (find_value(element, "Type") or "").rpartition("/")[2]
    return Relationship(find_value(element, "Id") or "", kind, target, is_external)


def _is_embedded(part: str) -> bool:
    folder = posixpath.basename(posixpath.dirname(part))
    # The workbook behind a chart is read in the chart itself.
    return folder in _EMBEDDED_FOLDERS and not part.endswith((".xlsx", ".rels"))
