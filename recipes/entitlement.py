"""Who may press the buttons of a piece of work."""

from collections.abc import Sequence
from dataclasses import dataclass

from recipes.errors import UserFixableError
from recipes.ids import UserId


@dataclass(eq=False)
class NotTheRequester(UserFixableError):
    """Somebody else pressed the button."""

    requester: str

    def advice(self) -> str:
        """Say who may."""
        return f"Only <@{self.requester}>, who asked for this, can do that. You can ask me for your own version."


@dataclass(eq=False)
class NotAnAdmin(UserFixableError):
    """Somebody pressed what only admins may."""

    admins: list[str]

    def advice(self) -> str:
        """Say who may."""
        return f"Only {', '.join(f'<@{each}>' for each in self.admins)} may raise what work here costs."


def check_requester(requester: str, user_id: str) -> None:
    """Refuse anybody but the person who asked.

    Raises:
        NotTheRequester: it is somebody else.
    """
    if user_id != requester:
        raise NotTheRequester(requester)


def list_raisers(requester: str, admins: Sequence[str]) -> tuple[UserId, ...]:
    """Give who may raise a cap: the admins, or where none are named, who asked for the work."""
    return tuple(UserId(each) for each in (admins or (requester,)))


def check_may_raise(requester: str, admins: Sequence[str], user_id: str) -> None:
    """Refuse anybody who may not raise the cap of this work.

    Raises:
        NotAnAdmin, NotTheRequester: they may not.
    """
    if not admins:
        check_requester(requester, user_id)
    elif user_id not in admins:
        raise NotAnAdmin([*admins])
