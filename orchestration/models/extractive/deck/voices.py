"""Voices: somebody's own words, on a slide of their own."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import structs

from orchestration.models.extractive.cues import is_personal
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import LABEL_CHARS, Frame, Place, Slide, cite, describe_source
from orchestration.models.extractive.statements import Statement

_LEAST_CHARS: Final = 40
_MOST_CHARS: Final = 320


class Voices:
    """Gives the words of one person at a time; a slide's title counts what the same person said before."""

    def __init__(self, pool: Pool, frame: Frame) -> None:
        self._pool = pool
        self._frame = frame
        self._heard: Counter[str] = Counter()

    def list_striking(self) -> Iterator[Slide]:
        """Give what people say for themselves or pass on from others, once for each of them."""
        return self._list(lambda each: is_personal(each.shown) and not self._heard[each.voice])

    def list_any(self) -> Iterator[Slide]:
        """Give messages of those who were not heard yet, then what single sentences are left."""
        yield from self._list(lambda each: not self._heard[each.voice])
        yield from self._list(lambda each: self._heard[each.voice] < len(self._frame.words.what_voices_say), files=True)

    def _list(self, is_wanted: Callable[[Statement], bool], *, files: bool = False) -> Iterator[Slide]:
        def fits(statement: Statement) -> bool:
            is_long = _LEAST_CHARS <= len(statement.shown) <= _MOST_CHARS
            return is_long and (files or statement.is_message) and is_wanted(statement)

        while taken := self._pool.take(1, fits):
            yield self._make(taken[0])

    def _make(self, statement: Statement) -> Slide:
        name = statement.voice
        said = self._frame.words.what_voices_say[self._heard[name]]
        title = (said if statement.is_message else self._frame.words.from_group).format(name=name)
        self._heard[name] += 1
        where = structs.replace(statement.source, author=None) if statement.is_message else statement.source
        return Slide(
            place=Place.QUOTE,
            section=self._frame.words.voices,
            content={
                "kind": "quote",
                "title": escape_marks(clip_words(title, self._frame.room.headline_chars)),
                "quote": cite(statement.shown, statement.passage_id),
                "attribution": escape_marks(clip_words(name, LABEL_CHARS)),
                "role": escape_marks(describe_source(where, self._frame.words)),
            },
            statements=(statement,),
        )
