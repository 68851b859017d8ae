"""Each hostile file, read by the real readers: refused with a sentence, or read safely; and then a good one."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.readers.passages import FILE_TEXT_CHARS, PASSAGE_CHARS, PASSAGES, ReadFile, count_chars
from orchestration.readers.process import Readers
from recipes.source import FileRefused, Table
from tests.orchestration.readers.hostile.canary import SECRET, Canary
from tests.orchestration.readers.hostile.markup import HIDDEN, list_markup
from tests.orchestration.readers.hostile.packages import list_packages
from tests.orchestration.readers.hostile.pages import list_pdfs, list_webs
from tests.orchestration.readers.hostile.texts import list_liars, list_tables, list_texts

# the promise: nothing hangs longer
MOST_S = 20.0
Family = Callable[[Canary], dict[str, tuple[str, bytes]]]
FAMILIES: tuple[Family, ...] = (list_packages, list_markup, list_pdfs, list_webs, list_tables, list_texts, list_liars)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
GOOD = ("good.csv", b"month,rate\nMay,3.5\n")


@dataclass(frozen=True)
class Trial:
    """What became of one hostile file."""

    name: str
    took_s: float
    outcome: str
    problems: tuple[str, ...]


async def try_all(families: Sequence[Family] = FAMILIES) -> list[Trial]:
    """Read every hostile file, and after each a good one, while a canary watches."""
    trials: list[Trial] = []
    with tempfile.TemporaryDirectory() as folder:
        async with Canary(Path(folder)) as canary, Readers(most_children=1) as readers:
            for family in families:
                for name, (filename, content) in family(canary).items():
                    trials.append(await _try(readers, canary, name, filename, content))
    return trials


async def _try(readers: Readers, canary: Canary, name: str, filename: str, content: bytes) -> Trial:
    started = time.perf_counter()
    problems: list[str] = []
    try:
        read = await readers.read(filename, content)
        outcome = f"read: {len(read.passages)} passages; {'; '.join(read.left_out)}"
        problems += _judge(read)
    except FileRefused as refused:
        outcome = refused.problem
        problems += (
            [] if re.match(r"(is|are|holds|took|needs|contains|expands|cannot) \S", outcome) else ["no sentence"]
        )
    took_s = time.perf_counter() - started
    if took_s > MOST_S:
        problems.append(f"took {took_s:.0f} s")
    good = await readers.read(*GOOD)
    if not isinstance(good.passages[0].content, Table):
        problems.append("the next file was not read")
    problems += canary.list_touches()
    return Trial(name, took_s, outcome, tuple(problems))


def _judge(read: ReadFile) -> Iterator[str]:
    said = [*_list_said(read), *read.left_out]
    if any(SECRET in each or HIDDEN in each for each in said):
        yield "what is hidden or lies elsewhere was read"
    if any(UNSEEN.search(each) for each in said):
        yield "characters that nobody sees were kept"
    texts = [each.content for each in read.passages if isinstance(each.content, str)]
    if any(len(text) > PASSAGE_CHARS for text in texts):
        yield "a passage is too long"
    if len(read.passages) > PASSAGES or sum(count_chars(each.content) for each in read.passages) > FILE_TEXT_CHARS:
        yield "more was read than a file may hold"


def _list_said(read: ReadFile) -> Iterator[str]:
    for passage in read.passages:
        yield passage.locator
        if isinstance(passage.content, str):
            yield passage.content
        else:
            yield from (column.name for column in passage.content.columns)
            yield from (cell for row in passage.content.rows for cell in row if isinstance(cell, str))
