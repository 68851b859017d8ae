"""Picks: which statements are quoted, by worth and variety, until the words that are wanted are used."""

from collections.abc import Callable, Mapping

from orchestration.models.extractive.material import Material
from orchestration.models.extractive.ranking import LIKENESS_WEIGHT, MMR_BALANCE, Ranked, multiply
from orchestration.models.extractive.statements import Statement

Fits = Callable[[Statement], bool]
Measure = Callable[[Statement], int]


class Picks:
    """What is not quoted yet, and how like it is to what is."""

    def __init__(self, material: Material, measure: Measure) -> None:
        self._ranked = {each.statement.place: each for each in material.ranked}
        self._left: dict[int, Ranked] = {
            **self._ranked,
            **{each.place: Ranked(each, 0.0, {}) for each in material.statements if each.place not in self._ranked},
        }
        self._likeness = dict.fromkeys(self._ranked, 0.0)
        self._measure = measure
        self._words: dict[int, int] = {}

    def count_fitting(self, fits: Fits) -> int:
        """Count what is left, worth quoting, and fits."""
        return sum(fits(each.statement) for place, each in self._left.items() if place in self._ranked)

    def take(self, words: int, fits: Fits, *, most: int | None = None) -> list[Statement]:
        """Take the best statements that fit into so many words, each unlike those taken before."""
        taken: list[Statement] = []
        candidates = [place for place, each in self._left.items() if place in self._ranked and fits(each.statement)]
        while most is None or len(taken) < most:
            candidates = [place for place in candidates if place in self._left and self._cost(place) <= words]
            if not candidates:
                break
            place = max(candidates, key=self._value)
            words -= self._cost(place)
            taken.append(self.take_one(place))
        return taken

    def take_for(self, fits: Mapping[int, float], words: int, *, is_needed: bool = False) -> Statement | None:
        """Take the statement that fits best, as long as it has no more than so many words, if there is one left.

        Args:
            fits: How well statements fit, by their place.
            words: How many it may have.
            is_needed: One that is worth little will do.
        """
        left = self._left if is_needed else self._left.keys() & self._ranked.keys()
        candidates = [place for place in sorted(fits) if place in left and self._cost(place) <= words]
        if not candidates:
            return None
        return self.take_one(max(candidates, key=lambda place: self._value(place) + fits[place]))

    def take_one(self, place: int) -> Statement:
        """Take the statement at this place."""
        picked = self._left.pop(place)
        self._likeness.pop(place, None)
        for other, likeness in self._likeness.items():
            self._likeness[other] = max(likeness, multiply(self._ranked[other].vector, picked.vector))
        return picked.statement

    def _value(self, place: int) -> float:
        return MMR_BALANCE * self._left[place].score - LIKENESS_WEIGHT * self._likeness.get(place, 0.0)

    def _cost(self, place: int) -> int:
        if place not in self._words:
            self._words[place] = self._measure(self._left[place].statement)
        return self._words[place]
