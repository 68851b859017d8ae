"""Which statements carry most: TextRank on TF-IDF, nearness to the topic, figures and cues; picked for variety.

Own code: the kept libraries for ranking bring numpy, a graph library or downloads; dictionaries do for one thread.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.models.extractive.cues import (
    has_cue,
    is_announcement,
    is_decision,
    is_question,
    is_task,
    leans_on_others,
)
from orchestration.models.extractive.dates import find_due
from orchestration.models.extractive.figures import has_figure
from orchestration.models.extractive.milestones import list_milestones
from orchestration.models.extractive.statements import Statement

# the weights of the offline summary that was measured, with the bonus for first sentences and the topic it lacked
FIGURE_WEIGHT: Final = 0.6
CUE_WEIGHT: Final = 0.5
DECISION_WEIGHT: Final = 0.3
TASK_WEIGHT: Final = 0.5
# what happens on a day that it begins with
DATE_WEIGHT: Final = 0.4
FIRST_WEIGHT: Final = 0.3
TOPIC_WEIGHT: Final = 0.9
QUESTION_WEIGHT: Final = -0.7
LEANING_WEIGHT: Final = -0.5
ANNOUNCEMENT_WEIGHT: Final = -0.6
SHORT_WEIGHT: Final = -0.3
SHORT_STEMS: Final = 3
# relevance against variety when the next statement is picked
MMR_BALANCE: Final = 0.7
LIKENESS_WEIGHT: Final = 0.6
# a sentence without topic, figure or cue that is not central either says nothing that a slide needs
LEAST_SCORE: Final = 0.4
# beyond this many the graph costs more than a turn may; the best by the other marks are ranked
RANKED_STATEMENTS: Final = 600
_DAMPING: Final = 0.85
_ROUNDS: Final = 20

Vector = dict[str, float]


@dataclass(frozen=True)
class Ranked:
    """A statement with what picking needs."""

    statement: Statement
    score: float
    vector: Vector


def rank_statements(statements: Sequence[Statement], topic: Sequence[str]) -> list[Ranked]:
    """Give the statements, best first; equals in the bundle's order.

    Args:
        statements: In the bundle's order.
        topic: The topic's stems.
    """
    weigh = weigh_terms(statements)
    vectors = [_find_vector(statement.stems, weigh) for statement in statements]
    aim = _find_vector(topic, weigh)
    nearness = [multiply(vector, aim) for vector in vectors]
    closest = max(nearness, default=0.0) or 1.0
    marks = [_mark(each, near / closest) for each, near in zip(statements, nearness, strict=True)]
    kept = sorted(sorted(range(len(statements)), key=lambda at: -marks[at])[:RANKED_STATEMENTS])
    centrality = _find_centrality([vectors[at] for at in kept])
    ranked = [Ranked(statements[at], marks[at] + rank, vectors[at]) for at, rank in zip(kept, centrality, strict=True)]
    return sorted(ranked, key=lambda each: (-round(each.score, 9), each.statement.place))


def weigh_terms(statements: Sequence[Statement]) -> dict[str, float]:
    """Give what each stem is worth: the rarer, the more."""
    counts = Counter(term for statement in statements for term in set(statement.stems))
    return {term: math.log(1 + len(statements) / count) for term, count in counts.items()}


def multiply(one: Vector, other: Vector) -> float:
    """Give the cosine of two vectors of length one."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large.get(term, 0.0) for term, weight in small.items())


class Pool:
    """The ranked statements that no slide has taken yet."""

    def __init__(self, ranked: Iterable[Ranked]) -> None:
        self._order = list(ranked)
        self._taken: dict[int, Vector] = {}

    def __len__(self) -> int:
        """Count what is left."""
        return len(self._order) - len(self._taken)

    def list_left(self) -> list[Statement]:
        """Give what is left, best first."""
        return [each.statement for each in self._list_ranked()]

    def take(self, count: int, fits: Callable[[Statement], bool] = lambda _: True) -> list[Statement]:
        """Take up to this many statements that fit: good ones, unlike those taken before."""
        fitting = [each for each in self._list_ranked() if fits(each.statement)]
        likeness = [self._find_likeness(each) for each in fitting]
        taken: list[Statement] = []
        while fitting and len(taken) < count:
            values = [
                MMR_BALANCE * each.score - LIKENESS_WEIGHT * near for each, near in zip(fitting, likeness, strict=True)
            ]
            best = max(range(len(fitting)), key=values.__getitem__)
            picked = fitting.pop(best)
            likeness.pop(best)
            likeness = [
                max(near, multiply(each.vector, picked.vector)) for each, near in zip(fitting, likeness, strict=True)
            ]
            self._taken[picked.statement.place] = picked.vector
            taken.append(picked.statement)
        return taken

    def take_all(self, wanted: Iterable[Statement]) -> None:
        """Take these statements, so that no other slide has them."""
        places = {statement.place for statement in wanted}
        self._taken |= {each.statement.place: each.vector for each in self._order if each.statement.place in places}

    def give_back(self, unused: Iterable[Statement]) -> None:
        """Put statements back that there was no room for."""
        for statement in unused:
            self._taken.pop(statement.place, None)

    def _list_ranked(self) -> list[Ranked]:
        return [each for each in self._order if each.statement.place not in self._taken]

    def _find_likeness(self, ranked: Ranked) -> float:
        return max((multiply(ranked.vector, taken) for taken in self._taken.values()), default=0.0)


def _mark(statement: Statement, nearness: float) -> float:
    """Give what a sentence's own words and place are worth; opening a message counts only with something to say."""
    shown = statement.shown
    worth = FIGURE_WEIGHT * has_figure(shown) + CUE_WEIGHT * has_cue(shown) + TOPIC_WEIGHT * nearness
    return (
        worth
        + DECISION_WEIGHT * is_decision(shown)
        + TASK_WEIGHT * (is_task(shown) or find_due(shown) is not None)
        + DATE_WEIGHT * any(each.is_lead for each in list_milestones(statement))
        + FIRST_WEIGHT * (statement.is_first and worth > 0)
        + QUESTION_WEIGHT * is_question(shown)
        + LEANING_WEIGHT * leans_on_others(shown)
        + ANNOUNCEMENT_WEIGHT * is_announcement(shown)
        + SHORT_WEIGHT * (len(statement.stems) < SHORT_STEMS)
    )


def _find_vector(stems: Sequence[str], weigh: dict[str, float]) -> Vector:
    weights = {term: count * weigh[term] for term, count in Counter(stems).items() if term in weigh}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _find_centrality(vectors: Sequence[Vector]) -> list[float]:
    """Give each vector's TextRank, scaled so that the greatest is 1."""
    links = _link(vectors)
    strength = [sum(near.values()) for near in links]
    rank = [1.0] * len(vectors)
    for _ in range(_ROUNDS):
        rank = [
            1 - _DAMPING + _DAMPING * sum(weight / strength[other] * rank[other] for other, weight in near.items())
            for near in links
        ]
    top = max(rank, default=1.0)
    return [each / top for each in rank]


def _link(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """Give each vector's neighbours with their cosine, by an index of terms."""
    holders: dict[str, list[int]] = defaultdict(list)
    links: list[dict[int, float]] = [{} for _ in vectors]
    for place, vector in enumerate(vectors):
        for term, weight in vector.items():
            for other in holders[term]:
                near = weight * vectors[other][term]
                links[place][other] = links[place].get(other, 0.0) + near
                links[other][place] = links[other].get(place, 0.0) + near
            holders[term].append(place)
    return links
