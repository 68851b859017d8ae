"""What goes wrong with the provider, in our own families. None of them holds a word of anybody's."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orchestration.models.claude.models import find_last_day
from recipes.errors import DefectError, TransientError, UserFixableError

# An answer that broke off was paid for: asking again and again is not free, unlike where nothing was answered.
BROKEN_REPLIES: Final = 5
_ACCESS: Final = {
    "bedrock": "AWS_BEARER_TOKEN_BEDROCK, or the usual AWS_ variables or profile",
    "vertex": "GOOGLE_APPLICATION_CREDENTIALS, or logs in with `gcloud auth application-default login`",
}


@dataclass(eq=False)
class ModelBusy(TransientError):
    """The provider has no room at the moment, or trouble of its own."""

    model: str
    reason: str
    retry_after_s: float | None = None

    def pause(self) -> timedelta | None:
        """Give how long the provider asked to be left alone."""
        return None if self.retry_after_s is None else timedelta(seconds=self.retry_after_s)

    def advice(self) -> str:
        """Say that waiting helps."""
        return "The language model is overloaded and stayed so. What was done is kept: let it go on in a while."


@dataclass(eq=False)
class ModelUnreachable(TransientError):
    """The provider could not be reached, or said nothing for too long."""

    model: str
    reason: str

    def advice(self) -> str:
        """Say what to look at."""
        return (
            "The language model could not be reached. What was done is kept: let it go on in a while, or ask whoever "
            "runs me to look at `threadwork doctor`."
        )


@dataclass(eq=False)
class ReplyBroken(TransientError):
    """An answer began and did not come to its end, or was no answer; none of it counts."""

    model: str
    reason: str

    def most_tries(self) -> int | None:
        """Give how often to ask at most."""
        return BROKEN_REPLIES

    def advice(self) -> str:
        """Say that none of it was used."""
        return (
            "The language model's answers broke off several times, and half an answer is none. What was done is kept: "
            "let it go on in a while."
        )


@dataclass(eq=False)
class KeyMissing(UserFixableError):
    """Work was approved for a model that needs a key, and none is set."""

    model: str

    def advice(self) -> str:
        """Say what to set."""
        return (
            f"This was approved for `{self.model}`, and no key for it is set. Whoever runs me sets ANTHROPIC_API_KEY."
        )


@dataclass(eq=False)
class KeyRefused(UserFixableError):
    """The provider does not take the key: wrong, revoked, or of another organisation."""

    cloud: str = ""
    """Whose credentials they are, where they are no key of the provider's own."""

    def advice(self) -> str:
        """Say what to set."""
        if self.cloud:
            return (
                f"{self.cloud.capitalize()} does not take our credentials for the language model. Whoever runs me sets "
                f"{_ACCESS.get(self.cloud, 'its credentials')}."
            )
        return "The language model's provider does not take our key. Whoever runs me sets another ANTHROPIC_API_KEY."


@dataclass(eq=False)
class CloudExtraMissing(UserFixableError):
    """The library of a cloud that is set is not installed."""

    cloud: str

    def advice(self) -> str:
        """Say what to install."""
        return (
            f"THREADWORK_MODEL_HOST={self.cloud} needs one more library: whoever runs me installs it with "
            f"`pip install 'threadwork[{self.cloud}]'`."
        )


@dataclass(eq=False)
class CloudAccessMissing(UserFixableError):
    """A cloud is set, and this machine has no credentials for it."""

    cloud: str

    def advice(self) -> str:
        """Say what to set."""
        access = _ACCESS.get(self.cloud, "its credentials")
        return f"I have no credentials for the language model on {self.cloud}. Whoever runs me sets {access}."


@dataclass(eq=False)
class ModelForbidden(UserFixableError):
    """The key may not do this."""

    model: str

    def advice(self) -> str:
        """Say who can allow it."""
        return (
            f"Our key may not use the model `{self.model}`. Whoever runs me allows it in the provider's console, or "
            "sets another THREADWORK_MODEL."
        )


@dataclass(eq=False)
class ModelUnknown(UserFixableError):
    """There is no such model, or not for this key."""

    model: str

    def advice(self) -> str:
        """Say where the name comes from; of work that was approved for a model which is gone, how it goes on."""
        if last_day := find_last_day(self.model):
            return (
                f"The provider took the model `{self.model}` away after {last_day.day} {last_day:%B %Y}, and this was "
                "approved for it. Ask for it again, and it is staged for the model that works now."
            )
        return (
            f"The provider knows no model `{self.model}`. Whoever runs me sets THREADWORK_MODEL and "
            "THREADWORK_PARTNER_MODEL to names that it knows."
        )


@dataclass(eq=False)
class CreditUsedUp(UserFixableError):
    """The provider wants to be paid first."""

    def advice(self) -> str:
        """Say who can mend it."""
        return "Our account with the language model's provider has no credit left. Whoever runs me can add some."


@dataclass(eq=False)
class RequestTooLarge(UserFixableError):
    """The provider takes no request of this size."""

    model: str

    def advice(self) -> str:
        """Say what to do."""
        return "That is more than the language model takes at once. Leave sources out of the brief, and ask again."


@dataclass(eq=False)
class RequestRefused(DefectError):
    """The provider says that our request is wrong."""

    model: str
    status: int
    reason: str
    request_id: str

    def advice(self) -> str:
        """Apologise."""
        return "The language model's provider refused what I asked of it. What was staged is kept."
