"""A Word document's styles: which of them make a heading, a list item, or text that nobody sees."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from orchestration.readers.packages.markup import Element, find_value, name_of

# Word itself allows eleven generations
_GENERATIONS: Final = 20
# outline levels 0 to 8 are Heading 1 to 9; 9 is body text
_BODY_LEVEL: Final = 9
_OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True)
class _Style:
    name: str = ""
    parent: str | None = None
    level: int | None = None
    is_listed: bool | None = None
    is_hidden: bool | None = None


@dataclass(frozen=True)
class Styles:
    """The styles of one document."""

    by_id: dict[str, _Style] = field(default_factory=dict[str, _Style])

    def find_level(self, paragraph: Element) -> int | None:
        """Give the level of a heading, 0 for the document's title; None for other paragraphs."""
        chain = list(self._list_chain(paragraph, "pPr", "pStyle"))
        level = next((each.level for each in chain if each.level is not None), None)
        if level is not None and level < _BODY_LEVEL:
            return level + 1
        return 0 if any(each.name == "title" for each in chain) else None

    def is_listed(self, paragraph: Element) -> bool:
        """Tell whether a paragraph is an item of a list."""
        chain = self._list_chain(paragraph, "pPr", "pStyle")
        return next((each.is_listed for each in chain if each.is_listed is not None), False)

    def is_hidden(self, run: Element) -> bool:
        """Tell whether a run's text is not shown."""
        chain = self._list_chain(run, "rPr", "rStyle")
        return next((each.is_hidden for each in chain if each.is_hidden is not None), False)

    def _list_chain(self, element: Element, properties: str, reference: str) -> Iterator[_Style]:
        """Give what an element says itself, then its style, then the styles that this one stands on."""
        stated = find_child(element, properties)
        if stated is None:
            return
        yield _read_style(stated, "", None)
        named = find_child(stated, reference)
        style_id = find_value(named, "val") if named is not None else None
        for _ in range(_GENERATIONS):
            style = self.by_id.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = style.parent


def read_styles(root: Element) -> Styles:
    """Give the styles of a styles part."""
    return Styles({find_value(each, "styleId") or "": _open_style(each) for each in root if name_of(each) == "style"})


def find_child(element: Element, name: str) -> Element | None:
    """Give the first child of this name."""
    return next((child for child in element if name_of(child) == name), None)


def _open_style(element: Element) -> _Style:
    name, parent = find_child(element, "name"), find_child(element, "basedOn")
    said = (find_value(name, "val") or "").casefold() if name is not None else ""
    return _read_style(element, said, find_value(parent, "val") if parent is not None else None)


def _read_style(element: Element, name: str, parent: str | None) -> _Style:
    stated = {name_of(each): each for each in element.iter()}
    level = find_value(stated["outlineLvl"], "val") if "outlineLvl" in stated else None
    is_listed = (find_value(stated["numId"], "val") != "0") if "numId" in stated else None
    hidden = stated.get("vanish")
    is_hidden = (find_value(hidden, "val") or "").casefold() not in _OFF if hidden is not None else None
    return _Style(name, parent, int(level) if level and level.isdecimal() else None, is_listed, is_hidden)
