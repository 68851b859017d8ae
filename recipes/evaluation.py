"""An evaluation: stored bundles worked on anew by several contenders, and what came of it, to be compared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Self

from pydantic import BaseModel, ConfigDict

from recipes.ending import Ending
from recipes.errors import UserFixableError
from recipes.ids import Digest, RecipeSlug
from recipes.usage import Usage


class Contender(BaseModel):
    """A model with the prompts that it gets."""

    model_config = ConfigDict(frozen=True)

    model: str
    prompts: str
    """What people call them: this release's, or a folder's name."""
    prompts_digest: Digest


class Trial(BaseModel):
    """One bundle, worked on once by one contender."""

    model_config = ConfigDict(frozen=True)

    contender: Contender
    bundle_digest: Digest
    task: str
    ending: Ending | None = None
    """How the agent ended; None where something was in the way."""
    problem: str | None = None
    """The sentence that says what was in the way."""
    delivered: bool = False
    checks: int = 0
    """Of the contract, on the file as it was read back."""
    checks_passed: int = 0
    failed_checks: tuple[str, ...] = ()
    claims: int = 0
    """Figures, quotations and marks that lead nowhere."""
    claims_found: int = 0
    """Those of them that stand in their source, follow from it, or repeat the request."""
    turns: int = 0
    refused_calls: int = 0
    """Tool calls that were answered with what was wrong about them."""
    questions: int = 0
    """Of the agent; nobody answers one in an evaluation."""
    usage: Usage = Usage()
    cost_usd: Decimal | None = None
    """None for a model without a price."""
    took_ms: int = 0


class Scores(BaseModel):
    """What a contender's trials come to."""

    model_config = ConfigDict(frozen=True)

    trials: int
    delivered: int
    checks: int
    checks_passed: int
    claims: int
    claims_found: int
    turns: float
    """The median, as with the time: one long trial says little."""
    refused_calls: int
    tokens: int
    cost_usd: Decimal | None
    took_ms: float


class Evaluation(BaseModel):
    """All trials of one run of the command."""

    model_config = ConfigDict(frozen=True)

    id: str
    recipe_slug: RecipeSlug
    made_at: datetime
    prices_as_of: date
    contenders: tuple[Contender, ...]
    trials: tuple[Trial, ...]
    cap_usd: Decimal | None = None
    """What it might spend; None where no contender costs anything."""
    spent_usd: Decimal = Decimal()
    """As the account has it, calls that led to nothing included."""
    stopped: str | None = None
    """The sentence that says why not all of it was done."""

    def list_of(self, contender: Contender) -> tuple[Trial, ...]:
        """Give a contender's trials."""
        return tuple(each for each in self.trials if each.contender == contender)

    def list_tried_by_all(self) -> frozenset[Digest]:
        """Give the bundles that each contender worked on."""
        first, *others = (
            frozenset(each.bundle_digest for each in self.list_of(contender)) for contender in self.contenders
        )
        return first.intersection(*others)

    def narrowed_to(self, bundles: frozenset[Digest]) -> Self:
        """Give it with the trials on these bundles only."""
        return self.model_copy(update={"trials": tuple(each for each in self.trials if each.bundle_digest in bundles)})


def score(trials: Sequence[Trial]) -> Scores:
    """Give what trials come to; of one that delivered nothing, nothing is checked."""
    costs = [each.cost_usd for each in trials]
    known = [cost for cost in costs if cost is not None]

    def count(what: Callable[[Trial], int]) -> int:
        return sum(map(what, trials))

    return Scores(
        trials=len(trials),
        delivered=count(lambda each: each.delivered),
        checks=count(lambda each: each.checks),
        checks_passed=count(lambda each: each.checks_passed),
        claims=count(lambda each: each.claims),
        claims_found=count(lambda each: each.claims_found),
        turns=_middle(each.turns for each in trials),
        refused_calls=count(lambda each: each.refused_calls),
        tokens=count(lambda each: each.usage.tokens),
        cost_usd=sum(known, Decimal()) if len(known) == len(costs) else None,
        took_ms=_middle(each.took_ms for each in trials),
    )


def _middle(numbers: Iterable[int]) -> float:
    given = list(numbers)
    return float(median(given)) if given else 0.0


@dataclass(eq=False)
class NothingToEvaluate(UserFixableError):
    """No stored bundle is of this recipe."""

    slug: str
    known: list[str]

    def advice(self) -> str:
        """Say of which recipes there are some."""
        there_are = f"There is work by {', '.join(self.known)}" if self.known else "There is no work at all yet"
        return f"No work by the recipe `{self.slug}` is kept here. {there_are}."


@dataclass(eq=False)
class CapMissing(UserFixableError):
    """A language model is to be asked, and nobody said how much that may cost."""

    model: str

    def advice(self) -> str:
        """Say which option."""
        return f"`{self.model}` costs money: say with --usd how many dollars this may take at most."


@dataclass(eq=False)
class PriceMissing(UserFixableError):
    """A cap in dollars would hold nothing back."""

    model: str
    as_of: str

    def advice(self) -> str:
        """Say where prices come from."""
        return (
            f"The prices of {self.as_of} do not hold all that `{self.model}` asks for (input, output, cache write, "
            "cache read), so no cap would hold it back: name a file that does in THREADWORK_PRICES."
        )


@dataclass(eq=False)
class KeyNeeded(UserFixableError):
    """A language model is to be asked, and there is no way to it."""

    model: str

    def advice(self) -> str:
        """Say what works without."""
        return f"`{self.model}` needs a key: set ANTHROPIC_API_KEY, or take --model extractive, which needs none."


@dataclass(eq=False)
class ModelGoesAway(UserFixableError):
    """The provider takes a model away."""

    model: str
    last_day: str

    def advice(self) -> str:
        """Say until when."""
        return f"The provider takes `{self.model}` away after {self.last_day}: name another one with --model."


@dataclass(eq=False)
class PromptsRefused(UserFixableError):
    """A folder holds no prompts."""

    folder: str
    problem: str
    """A clause that follows the folder's name: "is not a folder"."""

    def advice(self) -> str:
        """Say what is wrong with the folder."""
        return f"{self.folder} {self.problem}."


@dataclass(eq=False)
class ResultsRefused(UserFixableError):
    """A file of results cannot be written, or is none."""

    file: str
    problem: str
    """A clause that follows the file's name."""

    def advice(self) -> str:
        """Say what is wrong with the file."""
        return f"{self.file} {self.problem}."
