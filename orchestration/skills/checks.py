"""What is true of a finished file: each check reads the real bytes back and says in a sentence what it found."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from orchestration.skills.deck.reader import DeckUnreadable, ReadChart, ReadDeck, ReadSlide, ReadText, read_deck
from orchestration.skills.design.geometry import Box
from orchestration.skills.marks import LINK_SCHEMES
from recipes.output import Check

# Programs differ by a hair in the height of a row of text; less than this is not seen.
OVERFLOW_PT: Final = 2.0
# Boxes touch at their edges; less than this share of the smaller one is no overlap.
OVERLAP_SHARE: Final = 0.03
# More examples than this make a sentence nobody reads.
EXAMPLES: Final = 5

_CITATION: Final = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class SlideText:
    """All that can be read on one slide."""

    number: int
    title: str
    texts: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    charts: tuple[ReadChart, ...]
    notes: str


def check_deck(content: bytes, *, slides: int | range | None = None) -> list[Check]:
    """Give the checks of a presentation, the failed ones among them; one that does not open has the first check only.

    Args:
        content: the bytes of the .pptx file.
        slides: how many slides the file must have, title and sources slides included: a number, or a range of numbers
            (`range(3, 31)` is 3 to 30); None leaves it open.
    """
    try:
        deck = read_deck(content)
    except DeckUnreadable as error:
        return [Check(name="opens", passed=False, said=f"the file does not open: {error.reason}")]
    checks = [Check(name="opens", passed=True, said=f"the file opens and has {len(deck.slides)} slides")]
    checks += [_count(len(deck.slides), slides)] if slides is not None else []
    return [*checks, *(_verdict(name, good, find(deck)) for name, good, find in _FINDERS)]


def deck_text(content: bytes) -> list[SlideText]:
    """Give all that can be read in a presentation, slide by slide: texts, table cells, chart values, notes.

    Raises:
        DeckUnreadable: if it does not open.
    """
    return [_slide_text(slide) for slide in read_deck(content).slides]


def _slide_text(slide: ReadSlide) -> SlideText:
    tables = tuple(tuple(tuple(_read(cell) for cell in row) for row in table) for table in slide.tables)
    texts = tuple(_read(text) for text in slide.texts if text.text)
    return SlideText(slide.number, slide.title, texts, tables, slide.charts, slide.notes)


def _read(text: ReadText) -> str:
    """Give the words as they are read: breaks inside long words and spaces that do not break are the layout's."""
    return text.text.replace("\v", "").replace("\N{NO-BREAK SPACE}", " ")


def _count(found: int, wanted: int | range) -> Check:
    allowed = range(wanted, wanted + 1) if isinstance(wanted, int) else wanted
    asked = str(wanted) if isinstance(wanted, int) else f"{allowed.start} to {allowed.stop - 1}"
    said = f"the file has {found} slides, {asked} were asked for"
    return Check(name="slide count", passed=found in allowed, said=said)


def _verdict(name: str, good: str, findings: Iterable[str]) -> Check:
    found = list(findings)
    if not found:
        return Check(name=name, passed=True, said=good)
    more = f"; and {len(found) - EXAMPLES} more" if len(found) > EXAMPLES else ""
    return Check(name=name, passed=False, said="; ".join(found[:EXAMPLES]) + more)


def _untitled(deck: ReadDeck) -> Iterator[str]:
    return (f"slide {slide.number} has no title" for slide in deck.slides if not slide.title)


def _empty(deck: ReadDeck) -> Iterator[str]:
    for slide in deck.slides:
        for text in slide.texts:
            if text.is_placeholder and not text.text:
                yield f"slide {slide.number} has an empty placeholder '{text.where}'"


def _overflowing(deck: ReadDeck) -> Iterator[str]:
    for slide in deck.slides:
        cells = [cell for table in slide.tables for row in table for cell in row]
        for text in (*slide.texts, *cells):
            over = _overflow_pt(text, deck) if text.text else 0.0
            if over > OVERFLOW_PT:
                yield f"slide {slide.number}: '{text.where}' overflows by {over:.0f} pt ('{text.text[:30]}')"


def _overflow_pt(text: ReadText, deck: ReadDeck) -> float:
    return deck.ruler.height_pt(text.lines, text.box.width) - text.box.height


def _overlapping(deck: ReadDeck) -> Iterator[str]:
    """Find words that run into other words, or into a table, chart or picture."""
    for slide in deck.slides:
        inks = [(text.where, _ink(text, deck)) for text in slide.texts if text.text and not text.is_decorative]
        pairs = [(one, other) for at, one in enumerate(inks) for other in (*inks[at + 1 :], *slide.solids)]
        for (one, box), (other, second) in (*pairs, *combinations(slide.solids, 2)):
            if _common(box, second) > OVERLAP_SHARE * min(_area(box), _area(second)):
                yield f"slide {slide.number}: '{one}' and '{other}' run into one another"


def _ink(text: ReadText, deck: ReadDeck) -> Box:
    """Give the box that the words really take in theirs."""
    height = min(deck.ruler.height_pt(text.lines, text.box.width), text.box.height)
    width = min(text.box.width, max(deck.ruler.width_pt(line) for line in text.lines))
    free = text.box.height - height
    top = text.box.y + {"t": 0.0, "ctr": free / 2, "b": free}.get(text.anchor, 0.0)
    return Box(text.box.x, top, width, height)


def _common(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    return width * height if width > 0 and height > 0 else 0.0


def _area(box: Box) -> float:
    return box.width * box.height


def _illegible(deck: ReadDeck) -> Iterator[str]:
    for slide in deck.slides:
        for found in slide.faint:
            yield f"slide {slide.number}: '{found.text[:30]}' in '{found.where}' has a contrast of {found.ratio:.1f}"


def _off_slide(deck: ReadDeck) -> Iterator[str]:
    return (f"slide {slide.number}: '{name}' leaves the slide" for slide in deck.slides for name in slide.off_slide)


def _undescribed(deck: ReadDeck) -> Iterator[str]:
    return (f"slide {slide.number}: '{name}' has no alt text" for slide in deck.slides for name in slide.without_alt)


def _unnoted(deck: ReadDeck) -> Iterator[str]:
    return (f"slide {slide.number} has no speaker notes" for slide in deck.slides if not slide.notes)


def _unlisted(deck: ReadDeck) -> Iterator[str]:
    """Find citations whose number no list of sources has; such a list is a table headed `#`."""
    tables = [table for slide in deck.slides for table in slide.tables if table[0][0].text == "#"]
    listed = {row[0].text for table in tables for row in table[1:]}
    for slide in deck.slides:
        for number in dict.fromkeys(_cited(slide)):
            if number not in listed:
                yield f"slide {slide.number} cites [{number}], which no list of sources has"


def _cited(slide: ReadSlide) -> Iterator[str]:
    cells: Sequence[ReadText] = [cell for table in slide.tables for row in table for cell in row]
    for text in (*slide.texts, *cells):
        raised = "".join(span.text for line in text.lines for span in line.spans if span.source_id)
        yield from _CITATION.findall(raised)


def _unsafe(deck: ReadDeck) -> Iterator[str]:
    for slide in deck.slides:
        for link in slide.links:
            if not link.startswith((*LINK_SCHEMES, "#/ppt/slides/")):
                yield f"slide {slide.number} links to '{link[:60]}'"


_FINDERS: Final[Sequence[tuple[str, str, Callable[[ReadDeck], Iterable[str]]]]] = (
    ("titles", "every slide has a title", _untitled),
    ("placeholders", "no placeholder is empty", _empty),
    ("overflow", "all text fits its place, measured with the deck's fonts", _overflowing),
    ("overlap", "nothing runs into anything else", _overlapping),
    ("contrast", "all text stands out from what is behind it", _illegible),
    ("bounds", "nothing leaves the slide", _off_slide),
    ("alt text", "every chart, table and picture is described", _undescribed),
    ("notes", "every slide has speaker notes", _unnoted),
    ("sources", "every cited source is listed", _unlisted),
    ("links", "links lead to http, https or mailto addresses or within the deck", _unsafe),
)
