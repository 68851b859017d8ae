"""The form that says what to change of a delivered thing: what it offers, what was entered, and what is wrong in it."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from recipes.ids import OutputId
from recipes.revision import Unit, Version

WORDS_CHARS: Final = 1_500
FEWEST: Final = 2
"""An opening, and what it opens."""
COUNT_DIGITS: Final = 4
NOTHING_ASKED: Final = "Say here what to change, or choose something below."
Length = Literal["shorter", "longer"]


class RevisionForm(BaseModel):
    """What can be chosen of one thing."""

    model_config = ConfigDict(frozen=True)

    output_id: OutputId
    title: str
    versions: tuple[Version, ...]
    """Newest first."""
    start: int
    """The version that is started from where nobody says otherwise."""
    unit: Unit | None
    """What its parts are called; None for a text."""
    count: int | None = None
    """How many slides the version has that is started from, of a presentation that may have fewer."""
    theme: str | None = None
    """The colours of a presentation, in that version; None where there are none to choose."""
    may_write: bool = False
    """A language model works on it."""


class RevisionEntries(BaseModel):
    """What stands in the form when it is sent."""

    model_config = ConfigDict(frozen=True)

    output_id: str
    words: str = ""
    theme: str | None = None
    count: str = ""
    length: Length | None = None
    may_write: bool = False
    """What the form said: a language model works on it."""
    version: int | None = None
    """An earlier one to start from; None: the newest, whichever that is when this is worked."""

    def say(self) -> str:
        """Give it in words, as the list of versions has it."""
        said = (
            self.words.strip(),
            self.length or "",
            f"the {self.theme.capitalize()} theme" if self.theme else "",
            f"{self.count} slides" if self.count else "",
            f"from version {self.version}" if self.version else "",
        )
        return "; ".join(each for each in said if each)


def find_problems(entries: RevisionEntries) -> dict[str, str]:
    """Give a sentence for each field that does not do, by its name, as far as the entries alone tell."""
    problems = dict[str, str]()
    if len(entries.words) > WORDS_CHARS:
        problems["words"] = f"That is {len(entries.words):,} characters; say it in {WORDS_CHARS:,}."
    if entries.count and not _is_count(entries.count):
        problems["count"] = f"Give a whole number from {FEWEST}."
    is_asked = entries.words.strip() or entries.theme or entries.count or entries.length or entries.version is not None
    if not is_asked and not problems:
        problems["words"] = NOTHING_ASKED
    return problems


def _is_count(count: str) -> bool:
    return count.isdecimal() and len(count) <= COUNT_DIGITS and int(count) >= FEWEST
