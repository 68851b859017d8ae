"""How an agent's work ends, and the words for the ways in which it ends too early."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from recipes.errors import UserFixableError


class Ending(StrEnum):
    """Why an agent stopped working."""

    DONE = "done"
    ASKED = "asked"
    """Somebody has to answer first."""
    TURNS = "turns"
    TOKENS = "tokens"
    SPENT = "spent"
    MISFITS = "misfits"
    SILENT = "silent"
    DECLINED = "declined"
    FULL = "full"

    @property
    def is_early(self) -> bool:
        """Tell whether the agent was not finished."""
        return self not in {Ending.DONE, Ending.ASKED}

    def describe(self) -> str:
        """Say in a clause what happened."""
        return _CLAUSES[self]


_CLAUSES: Final = {
    Ending.DONE: "the agent was done",
    Ending.ASKED: "the agent asked something",
    Ending.TURNS: "the agent used up the turns that its recipe allows",
    Ending.TOKENS: "the agent used up the tokens that its recipe allows",
    Ending.SPENT: "what it may spend on the language model is used up",
    Ending.MISFITS: "the agent called a tool wrongly three times in a row",
    Ending.SILENT: "the agent ended again and again without handing anything in",
    Ending.DECLINED: "the language model declined to go on with it",
    Ending.FULL: "the work outgrew what the language model can keep in mind",
}
_ADVICE: Final = {
    Ending.TURNS: "Ask for less at once, or leave sources out of the brief.",
    Ending.TOKENS: "Ask for less at once, or leave sources out of the brief.",
    Ending.DECLINED: "Ask for it in other words, or leave out what it may object to.",
    Ending.FULL: "Leave sources out of the brief, and ask again.",
}


@dataclass(eq=False)
class WorkEndedEarly(UserFixableError):
    """The agent had to stop before there was anything to deliver."""

    ticket_id: str
    ending: str

    def advice(self) -> str:
        """Say what happened and what to do."""
        ending = Ending(self.ending) if self.ending in set(Ending) else Ending.SILENT
        what_to_do = _ADVICE.get(ending, "Ask for it again, perhaps in other words.")
        return f"Nothing was finished: {ending.describe()}. What was staged is kept. {what_to_do}"
