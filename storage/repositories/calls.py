"""Model calls: kept before they leave, and summed to see how far an account still goes."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from recipes.ids import CallId
from recipes.spend import CallStatus, ModelCall, SpendOwner, Spent, Taken, from_nanousd
from storage.repositories.rows import TeamConnection, is_own
from storage.tables import model_calls, model_rests


def _sum(amount: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(amount), 0)


SPENT: Final = (
    func.count(model_calls.c.id),
    func.count(model_calls.c.cost_nanousd),
    _sum(model_calls.c.tokens),
    _sum(model_calls.c.cost_nanousd),
)
"""The columns of what settled calls took."""

_SUM_SPENT: Final = select(*SPENT).where(is_own(model_calls, "owner_id", "status"))


class CallRepository:
    """Model calls of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def lock(self) -> None:
        """Let nobody else reserve anything here until the unit of work ends; SQLite has one writer anyway."""
        connection = self._team.connection
        if connection.dialect.name == "postgresql":
            key = func.hashtextextended(f"{self._team.team_id}:model_calls", 0)
            await connection.execute(select(func.pg_advisory_xact_lock(key)))

    async def add(self, call: ModelCall) -> None:
        """Keep a call that is about to leave."""
        await self._team.add(model_calls, call)

    async def find_open(self, call_id: CallId) -> ModelCall | None:
        """Find a call of which nobody has said yet what it took, locked until the unit of work ends."""
        is_open = model_calls.c.status == CallStatus.RESERVED
        return await self._team.find(model_calls, ModelCall, model_calls.c.id == call_id, is_open, lock=True)

    async def save(self, call: ModelCall) -> None:
        """Keep a changed call."""
        await self._team.save(model_calls, call)

    async def find_rest(self, model: str, *, now: datetime) -> datetime | None:
        """Find until when this model is left alone, whichever workspace its provider turned away."""
        query = select(model_rests.c.until).where(model_rests.c.model == model, model_rests.c.until > now)
        return (await self._team.connection.execute(query)).scalar_one_or_none()

    async def save_rest(self, model: str, until: datetime) -> None:
        """Leave a model alone until then, or longer if that was asked for already."""
        make = postgresql.insert if self._team.connection.dialect.name == "postgresql" else sqlite.insert
        await self._team.connection.execute(
            make(model_rests)
            .values(model=model, until=until)
            .on_conflict_do_update(
                index_elements=[model_rests.c.model], set_={"until": until}, where=model_rests.c.until < until
            )
        )

    async def sum_taken(self, owner: SpendOwner, *, since: datetime, now: datetime) -> Taken:
        """Give what is spent already on this account and on those that it is part of.

        Args:
            owner: Whose account.
            since: When the month began.
            now: What was reserved and has expired by now counts no more.
        """
        calls, tokens, own = await self._sum_own(owner, now)
        cost, mine = func.coalesce(model_calls.c.cost_nanousd, 0), model_calls.c
        month = select(
            _sum(case((mine.user_id == owner.user_id, cost), else_=0)),
            _sum(case((mine.channel_id == owner.channel_id, cost), else_=0)),
            _sum(cost),
        ).where(self._team.mine(model_calls, mine.created_at >= since, _counts(now)))
        person, channel, workspace = (await self._team.connection.execute(month)).one()
        return Taken(
            calls=calls,
            tokens=int(tokens),
            cost_usd=from_nanousd(int(own)),
            person_usd=from_nanousd(int(person)),
            channel_usd=from_nanousd(int(channel)),
            workspace_usd=from_nanousd(int(workspace)),
        )

    async def find_spent(self, owner_id: str) -> Spent | None:
        """Find what all settled calls of a draft or ticket took; None where it made none."""
        own = self._team.own(owner_id=owner_id, status=CallStatus.SETTLED)
        return spent_of(*(await self._team.connection.execute(_SUM_SPENT, own)).one())

    async def _sum_own(self, owner: SpendOwner, now: datetime) -> tuple[int, int, int]:
        """Give how many calls an owner made, expired ones too: they left; and the tokens and the cost that count."""
        counted = _counts(now)
        query = select(
            func.count(),
            _sum(case((counted, model_calls.c.tokens), else_=0)),
            _sum(case((counted, func.coalesce(model_calls.c.cost_nanousd, 0)), else_=0)),
        ).where(self._team.mine(model_calls, model_calls.c.owner_id == owner.id))
        calls, tokens, cost = (await self._team.connection.execute(query)).one()
        return calls, tokens, cost


def spent_of(calls: int, priced: int, tokens: int, cost_nanousd: int) -> Spent | None:
    """Give what `SPENT` found."""
    if not calls:
        return None
    return Spent(tokens=int(tokens), cost_usd=from_nanousd(int(cost_nanousd)) if calls == priced else None)


def _counts(now: datetime) -> ColumnElement[bool]:
    return or_(model_calls.c.status == CallStatus.SETTLED, model_calls.c.expires_at > now)
