"""Prices: what tokens cost, by a dated table. What the table does not hold has no price, and none is made up."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from recipes.errors import UserFixableError
from recipes.usage import Usage

PER: Final = 1_000_000
CENT: Final = Decimal("0.01")

Price = Annotated[Decimal, Field(ge=0)]


class PriceBand(BaseModel):
    """Dollars for a million tokens of each kind, for calls up to some size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt_tokens_up_to: Annotated[int, Field(gt=0)] | None = None
    """Of the whole prompt, cached or not; None where there is no end."""
    input: Price
    output: Price
    cache_write: Price | None = None
    cache_read: Price | None = None

    def holds(self, usage: Usage) -> bool:
        """Tell whether a call of this size is priced by this band."""
        return self.prompt_tokens_up_to is None or usage.prompt_tokens <= self.prompt_tokens_up_to

    def price(self, usage: Usage) -> Decimal | None:
        """Give the price of one call; None where it used what has none."""
        kinds = (
            (usage.input_tokens, self.input),
            (usage.output_tokens, self.output),
            (usage.cache_write_tokens, self.cache_write),
            (usage.cache_read_tokens, self.cache_read),
        )
        if any(tokens and price is None for tokens, price in kinds):
            return None
        return sum((tokens * price for tokens, price in kinds if price is not None), Decimal()) / PER


class SearchPrice(BaseModel):
    """Dollars for a thousand web searches, beside the tokens that their results take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_thousand: Price
    as_of: date
    source: str

    def price(self, searches: int) -> Decimal:
        """Give the price of so many."""
        return self.per_thousand * searches / 1_000


class PriceTable(BaseModel):
    """The prices of models, as they were on a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    source: str
    currency: Literal["USD"]
    models: dict[str, Annotated[tuple[PriceBand, ...], Field(min_length=1)]]
    web_search: SearchPrice | None = None
    """None: searches have no price, and neither has a call that searched."""

    @model_validator(mode="after")
    def _check_bands(self) -> Self:
        for name, bands in self.models.items():
            ends = [each.prompt_tokens_up_to for each in bands]
            bounds = [end for end in ends if end is not None]
            if ends[-1] is not None or len(bounds) != len(ends) - 1 or bounds != sorted(bounds):
                raise ValueError(f"the bands of {name} do not rise to one without an end")
        return self

    def price(self, model: str, usage: Usage) -> Decimal | None:
        """Give the price of one call in dollars; None for a model that has no row.

        Args:
            model: Which model was called.
            usage: Of one call: the band goes by its prompt, so calls are priced one by one.
        """
        bands = self.models.get(model, ())
        tokens = next((band.price(usage) for band in bands if band.holds(usage)), None)
        if tokens is None or not usage.web_searches:
            return tokens
        return None if self.web_search is None else tokens + self.web_search.price(usage.web_searches)

    def price_all(self, model: str, usages: Iterable[Usage]) -> Decimal | None:
        """Give the price of several calls; None where one of them has none."""
        prices = [self.price(model, each) for each in usages]
        known = [each for each in prices if each is not None]
        return sum(known, Decimal()) if len(known) == len(prices) else None


def show_money(amount_usd: Decimal) -> str:
    """Give an amount as people read it, to the cent: "$1.20", "under $0.01"."""
    if 0 < amount_usd < CENT:
        return "under $0.01"
    return f"${amount_usd.quantize(CENT):,}"


@dataclass(eq=False)
class PricesRefused(UserFixableError):
    """A file does not make a table of prices."""

    name: str
    problem: str

    def advice(self) -> str:
        """Name the file and its first problem."""
        return f"The prices in {self.name} cannot be used: {self.problem}."


def read_prices(name: str, toml: str) -> PriceTable:
    """Give the table that a TOML text holds.

    Args:
        name: What to call the text in an error: its file name.
        toml: The whole text.

    Raises:
        PricesRefused: it is not TOML, or a field is missing or wrong.
    """
    try:
        # A price is a decimal number: 0.1 as a binary one is a little more.
        return PriceTable.model_validate(tomllib.loads(toml, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise PricesRefused(name, f"it is not TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise PricesRefused(name, f"{place}: {said}" if place else said) from error
