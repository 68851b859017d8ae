"""Spending: whose account a model call is on, what calls took, and how far an account goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from recipes.errors import TransientError, UserFixableError
from recipes.ids import CallId, ChannelId, TeamId, UserId
from recipes.price import show_money
from recipes.usage import Usage

NANO: Final = 1_000_000_000
# A call is over long before: whoever made it died, and what it took is not known.
RESERVED_FOR: Final = timedelta(minutes=30)
# A longer wait than this is an outage: somebody has to look again before.
LONGEST_REST: Final = timedelta(minutes=5)

# Where nothing is set: some ten times what a usual deck takes, and as much in a month as a small team may use.
TICKET_TOKENS: Final = 2_000_000
TICKET_USD: Final = Decimal(5)
PERSON_MONTH_USD: Final = Decimal(100)
CHANNEL_MONTH_USD: Final = Decimal(300)
MONTH_USD: Final = Decimal(1_000)

OwnerKind = Literal["draft", "ticket", "evaluation"]


class SpendOwner(BaseModel):
    """What a model call is made for: a draft while people talk, a ticket while an agent works, an evaluation."""

    model_config = ConfigDict(frozen=True)

    kind: OwnerKind
    id: str
    team_id: TeamId
    user_id: UserId
    """Who asked for it."""
    channel_id: ChannelId
    """Where."""


class CallStatus(StrEnum):
    """What is known of a model call."""

    RESERVED = "reserved"
    """It left, or is about to: it counts as the most that it can take."""
    SETTLED = "settled"


class ModelCall(BaseModel):
    """One call of a model, on somebody's account."""

    model_config = ConfigDict(frozen=True)

    id: CallId
    owner_kind: OwnerKind
    owner_id: str
    user_id: UserId
    channel_id: ChannelId
    model: str
    status: CallStatus = CallStatus.RESERVED
    usage: Usage
    """What it took; of one that is not settled, the most that it can take."""
    tokens: int
    """Of these the new ones, to be summed: what the provider had kept is read again at each turn."""
    cost_nanousd: int | None
    """In billionths of a dollar; None for a model without a price."""
    created_at: datetime
    expires_at: datetime
    """Until then it counts, settled or not."""

    def settled(self, usage: Usage, cost_usd: Decimal | None) -> Self:
        """Give the call as it was in the end."""
        known = {"status": CallStatus.SETTLED, "usage": usage, "tokens": usage.count_new()}
        return self.model_copy(update={**known, "cost_nanousd": to_nanousd(cost_usd)})


class Reservation(BaseModel):
    """The right to make one call."""

    model_config = ConfigDict(frozen=True)

    id: CallId
    team_id: TeamId
    model: str


class Spent(BaseModel):
    """What a piece of work took."""

    model_config = ConfigDict(frozen=True)

    tokens: int
    """New ones."""
    cost_usd: Decimal | None
    """None where one of its calls has no price."""


class Taken(BaseModel):
    """What is spent already, open calls included."""

    model_config = ConfigDict(frozen=True)

    calls: int = 0
    """Of the draft or ticket."""
    tokens: int = 0
    cost_usd: Decimal = Decimal()
    person_usd: Decimal = Decimal()
    """In this month, by the person; and so on."""
    channel_usd: Decimal = Decimal()
    workspace_usd: Decimal = Decimal()


Dollars = Annotated[Decimal, Field(ge=0)]


class Caps(BaseModel):
    """How far accounts go. Months are the calendar's, in UTC."""

    model_config = ConfigDict(frozen=True)

    draft_calls: Annotated[int, Field(ge=0)] = 8
    ticket_tokens: Annotated[int, Field(ge=0)] = TICKET_TOKENS
    ticket_usd: Dollars = TICKET_USD
    person_month_usd: Dollars = PERSON_MONTH_USD
    channel_month_usd: Dollars = CHANNEL_MONTH_USD
    month_usd: Dollars = MONTH_USD
    evaluation_usd: Dollars = Decimal()
    """Whoever starts an evaluation says what it may cost."""

    def check(self, owner: SpendOwner, taken: Taken, *, tokens: int, cost_usd: Decimal) -> None:
        """Refuse a call that could go over what its account may spend.

        Args:
            owner: Whose account.
            taken: What is spent already.
            tokens: The most that the call can take.
            cost_usd: The most that it can cost; 0 for a model without a price, which only tokens hold back.

        Raises:
            DraftCallsUsedUp, TicketTokensUsedUp, MoneyUsedUp: it could.
        """
        if owner.kind == "draft" and taken.calls >= self.draft_calls:
            raise DraftCallsUsedUp(taken.calls, self.draft_calls)
        if owner.kind == "ticket" and taken.tokens + tokens > self.ticket_tokens:
            raise TicketTokensUsedUp(taken.tokens, self.ticket_tokens)
        for account, spent, cap in self._list_accounts(owner, taken):
            if cost_usd and spent + cost_usd > cap:
                raise MoneyUsedUp(account, show_money(spent), show_money(cap))

    def raised(self, *, tokens: int, usd: Decimal) -> Self:
        """Give the caps with what was added to those of one piece of work."""
        more = {"ticket_tokens": self.ticket_tokens + tokens, "ticket_usd": self.ticket_usd + usd}
        return self.model_copy(update=more)

    def _list_accounts(self, owner: SpendOwner, taken: Taken) -> Iterator[tuple[str, Decimal, Decimal]]:
        """Give the accounts that a call is on, with what is spent and what may be, the narrowest first."""
        if owner.kind == "ticket":
            yield "ticket", taken.cost_usd, self.ticket_usd
        if owner.kind == "evaluation":
            yield "evaluation", taken.cost_usd, self.evaluation_usd
        else:
            yield "person", taken.person_usd, self.person_month_usd
            yield "channel", taken.channel_usd, self.channel_month_usd
        yield "workspace", taken.workspace_usd, self.month_usd


class AccountUsedUp(UserFixableError):
    """A call could take an account over what it may spend, so it did not leave."""

    @property
    def raisable(self) -> Literal["usd", "tokens"] | None:
        """Tell of what kind the cap is, if it is that of one piece of work, which can be raised for it alone."""
        return None


@dataclass(eq=False)
class DraftCallsUsedUp(AccountUsedUp):
    """The thinking partner asked the model as often for one draft as it may."""

    calls: int
    cap: int

    def advice(self) -> str:
        """Say what still works."""
        return (
            f"I asked the language model {self.calls} times about this request, and {self.cap} is as often as I may; "
            "the form works without it."
        )


@dataclass(eq=False)
class TicketTokensUsedUp(AccountUsedUp):
    """The next call of a ticket could take it over its tokens."""

    tokens: int
    cap: int

    @property
    def raisable(self) -> Literal["usd", "tokens"] | None:
        """See `AccountUsedUp.raisable`."""
        return "tokens"

    def advice(self) -> str:
        """Say what is spent, of how much, and who can raise it."""
        return (
            f"This work has taken {self.tokens:,} of the {self.cap:,} tokens that one piece of work may take, and its "
            "next step could go over that; whoever runs me can raise THREADWORK_TICKET_TOKENS, then let it go on."
        )


@dataclass(eq=False)
class MoneyUsedUp(AccountUsedUp):
    """The next call could cost more than an account has left."""

    account: str
    spent: str
    cap: str

    @property
    def raisable(self) -> Literal["usd", "tokens"] | None:
        """See `AccountUsedUp.raisable`."""
        return "usd" if self.account == "ticket" else None

    def advice(self) -> str:
        """Say what is spent, of how much, and who can raise it."""
        if self.account == "evaluation":
            return f"This evaluation has taken {self.spent} of {self.cap}, and its next call could go over that."
        whose, setting = _ACCOUNTS.get(self.account, _ACCOUNTS["workspace"])
        return (
            f"{whose} {self.spent} of the {self.cap} that may be spent on the language model, and the next step could "
            f"go over that; whoever runs me can raise {setting}, then let it go on."
        )


@dataclass(eq=False)
class ModelRests(TransientError):
    """The provider of a model asked to be left alone for a while, and all processes do."""

    model: str
    rest_s: float

    def pause(self) -> timedelta:
        """Give how long it still is."""
        return timedelta(seconds=self.rest_s)

    def advice(self) -> str:
        """Say that waiting helps."""
        return "The language model has no room for us at the moment. What was done is kept: let it go on in a while."


_ACCOUNTS: Final = {
    "ticket": ("This piece of work has taken", "THREADWORK_TICKET_USD"),
    "person": ("Your work of this month has taken", "THREADWORK_PERSON_MONTH_USD"),
    "channel": ("The work of this month in this channel has taken", "THREADWORK_CHANNEL_MONTH_USD"),
    "workspace": ("The work of this month in this workspace has taken", "THREADWORK_MONTH_USD"),
}


def to_nanousd(amount_usd: Decimal | None) -> int | None:
    """Give an amount in billionths of a dollar, the form in which it is kept: every price makes a whole number."""
    return None if amount_usd is None else round(amount_usd * NANO)


def from_nanousd(kept: int) -> Decimal:
    """Give an amount that is kept, in dollars."""
    return Decimal(kept) / NANO
