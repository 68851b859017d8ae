"""Who may press the buttons of a piece of work."""

from dataclasses import dataclass

from recipes.errors import UserFixableError


@dataclass(eq=False)
class NotTheRequester(UserFixableError):
    """Somebody else pressed the button."""

    requester: str

    def advice(self) -> str:
        """Say who may."""
        return f"Only <@{self.requester}>, who asked for this, can do that. You can ask me for your own version."


def check_requester(requester: str, user_id: str) -> None:
    """Refuse anybody but the person who asked.

    Raises:
        NotTheRequester: it is somebody else.
    """
    if user_id != requester:
        raise NotTheRequester(requester)
