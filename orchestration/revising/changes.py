"""Changes: what somebody asked for, done to a content; all else stays as it is, entry by entry.

Numbers in a wish are those of the file that people have before them, so "swap 2 and 4, drop 6" means the old 6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from orchestration.revising.parts import KEYS, Json, Part, find_part, list_parts, name_unit, with_parts
from orchestration.revising.shapes import may_show, show_as
from orchestration.skills.content import Deck
from orchestration.skills.content_texts import Content
from orchestration.skills.paper.content import Document
from orchestration.skills.problems import ContentRefused, parse_content
from orchestration.skills.sheet.content import Workbook
from recipes.revision import (
    LAST,
    Add,
    AnyChange,
    Drop,
    KeepCount,
    MakeFormat,
    Move,
    Place,
    Restore,
    Reword,
    SetTheme,
    ShowAs,
    Swap,
    Unit,
    WishRefused,
)

_MODELS: Final[Mapping[str, tuple[type[Content], str]]] = {
    "pptx": (Deck, "the deck"),
    "docx": (Document, "the document"),
    "pdf": (Document, "the document"),
    "xlsx": (Workbook, "the workbook"),
}
PAPERS: Final = ("docx", "pdf")
# These come last where a deck has to be shorter: it opens, ends and is proven by them.
_FRAME: Final = ("title", "closing", "sources")
NAMED: Final = 3
TITLE_CHARS: Final = 60


@dataclass(frozen=True)
class Revised:
    """A content after changes."""

    file_format: str
    content: Json
    said: tuple[str, ...]
    """What was done, a sentence each."""
    pages: int = 0
    """How many slides the parts made before; how many they make now shows when the file is built."""
    numbers: tuple[int, ...] = ()
    """The numbers that its parts had before, in their new order."""


def revise(
    file_format: str, content: Mapping[str, Any], changes: Sequence[AnyChange], *, pages: Sequence[int] = ()
) -> Revised:
    """Give a content with these changes done: pure, the same each time.

    Args:
        file_format: Of the file that it made.
        content: As its agent gave it.
        changes: What is asked for.
        pages: How many slides of the file each slide made; nothing: each made one.

    Raises:
        WishRefused: one of them cannot be done, or could mean several things.
    """
    desk = _Desk(file_format, dict(content), pages)
    for change in changes:
        desk.change(change)
    _check(desk.file_format, desk.content)
    return Revised(desk.file_format, desk.content, tuple(desk.said), desk.pages, desk.numbers)


class _Desk:
    """A content in the hands of whoever changes it."""

    def __init__(self, file_format: str, content: Json, pages: Sequence[int]) -> None:
        self.file_format = file_format
        self.said: list[str] = []
        self._content = content
        self._unit: Unit = name_unit(file_format)
        self._named = list_parts(file_format, content, pages)
        self._now = list(self._named)
        """In their new order, as they are now; each keeps its old number."""

    @property
    def content(self) -> Json:
        return with_parts(self.file_format, self._content, self._now)

    @property
    def pages(self) -> int:
        return sum(each.pages for each in self._now)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(each.number for each in self._now)

    def change(self, change: AnyChange) -> None:
        match change:
            case SetTheme():
                self._set_theme(change.theme)
            case Drop():
                self._drop([self._find(each) for each in change.places])
            case KeepCount():
                self._keep(change.count)
            case Swap():
                self._swap(self._find(change.first), self._find(change.second))
            case Move():
                self._move(self._find(change.place), change.to)
            case ShowAs():
                self._show(change)
            case MakeFormat():
                self._make_format(change.file_format)
            case Restore() | Reword() | Add():
                raise WishRefused("That goes by itself: say it in a message of its own.")

    def _find(self, place: Place) -> Part:
        """Find a part by the number that it had, as it is now."""
        found = find_part(self._named, place, unit=self._unit)
        at = next((each for each in self._now if each.number == found.number), None)
        if at is None:
            raise WishRefused(f"{self._call(found)} is left out already.")
        return at

    def _set_theme(self, theme: str) -> None:
        if self._content.get("theme", "slate") == theme:
            raise WishRefused(f"It has the {theme.capitalize()} theme already.")
        self._content = {**self._content, "theme": theme}
        self.said.append(f"The theme is {theme.capitalize()} now.")

    def _drop(self, parts: Sequence[Part]) -> None:
        gone = {each.number for each in parts}
        self._now = [each for each in self._now if each.number not in gone]
        if not self._now:
            raise WishRefused(f"That would leave no {self._unit} at all.")
        self.said += [f"{self._call(each)} is left out: “{each.title[:TITLE_CHARS]}”." for each in parts]

    def _keep(self, count: int) -> None:
        have = sum(each.pages for each in self._now)
        if have == count:
            raise WishRefused(f"It has {count} {self._unit}s already.")
        if have < count or count < 1:
            raise WishRefused(
                f"It has {have} {self._unit}s, and what there is to say is said on them: for more of them, ask anew."
            )
        # What matters most comes first, so the last of what carries the findings goes first.
        order = sorted(self._now, key=lambda each: (each.kind in _FRAME, -each.number))
        left = [each for each in order if each.kind not in {"title", "sources"} and each.number > self._now[0].number]
        gone: list[Part] = []
        while left and have - sum(each.pages for each in gone) > count:
            gone.append(left.pop(0))
        if have - sum(each.pages for each in gone) > count:
            raise WishRefused(f"Without its opening and its sources it would be nothing: {have} cannot become {count}.")
        self._drop(sorted(gone, key=lambda each: each.number))

    def _swap(self, first: Part, second: Part) -> None:
        if first.number == second.number:
            raise WishRefused(f"{self._call(first)} cannot change places with itself.")
        places = {first.number: second, second.number: first}
        self._now = [places.get(each.number, each) for each in self._now]
        self.said.append(f"{self._unit.capitalize()}s {first.number} and {second.number} changed places.")

    def _move(self, part: Part, to: int) -> None:
        others = [each for each in self._now if each.number != part.number]
        most = len(others) - bool(others and others[-1].kind == "sources")
        at = most if to == LAST else min(max(to - 1, 0), most)
        self._now = [*others[:at], part, *others[at:]]
        self.said.append(f"{self._call(part)} is number {at + 1} now.")

    def _show(self, change: ShowAs) -> None:
        if self._unit != "slide":
            raise WishRefused("I can do that with slides only: ask for the document anew, and say what to show how.")
        language = str(self._content.get("language", "en"))
        part = self._find(change.place) if change.place is not None else self._guess(change, language)
        shaped = show_as(part.pieces[0], change.shape, language=language, where=self._call(part))
        if shaped == part.pieces[0]:
            raise WishRefused(f"{self._call(part)} is that already.")
        self._now = [replace(each, pieces=(shaped,)) if each.number == part.number else each for each in self._now]
        self.said.append(f"{self._call(part)} is {_name(change.shape)} now.")

    def _guess(self, change: ShowAs, language: str) -> Part:
        """Find the only slide that can be shown so."""
        fitting = [each for each in self._now if may_show(each.pieces[0], change.shape, language=language)]
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            raise WishRefused(f"No slide can be shown as {_name(change.shape)}.")
        numbers = ", ".join(str(each.number) for each in fitting)
        raise WishRefused(f"Which slide do you mean? It could be {numbers}: say the number, too.")

    def _make_format(self, file_format: str) -> None:
        if self.file_format not in PAPERS:
            raise WishRefused("Only documents can become a file of another kind: Word or PDF.")
        if file_format == self.file_format:
            raise WishRefused(f"It is a {_FORMAT_NAMES[file_format]} already.")
        self.file_format = file_format
        self.said.append(f"It is a {_FORMAT_NAMES[file_format]} now.")

    def _call(self, part: Part) -> str:
        return f"{self._unit.capitalize()} {part.number}"


_FORMAT_NAMES: Final = {"docx": "Word document", "pdf": "PDF"}


def _name(shape: str) -> str:
    names = {"table": "a table", "bullets": "a list", "chart": "a chart", "area": "an area chart"}
    return names.get(shape, f"a {shape.replace('_', ' ')} chart")


def check_content(file_format: str, content: Mapping[str, Any]) -> None:
    """Refuse what makes no file of this kind.

    Raises:
        ContentRefused: with a sentence for each thing to mend.
    """
    model, name = _MODELS[file_format]
    parse_content(model, content, name)


def _check(file_format: str, content: Json) -> None:
    """Refuse what makes no file, in the words that say why."""
    try:
        check_content(file_format, content)
    except ContentRefused as refused:
        raise WishRefused(f"That cannot be done as it stands: {refused.problems[0]}.") from refused
    if not content[KEYS[file_format][0]]:
        raise WishRefused("That would leave nothing.")
