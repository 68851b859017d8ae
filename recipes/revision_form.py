"""The form that says what to change of a delivered thing: what it offers, what was entered, and what is wrong in it."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from recipes.ids import OutputId
from recipes.revision import Unit, Version

WORDS_CHARS: Final = 1_500
FEWEST: Final = 2
"""An opening, and what it opens."""
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
    """How many slides it has, of a presentation that may have fewer."""
    theme: str | None = None
    """The colours of a presentation; None where there are none to choose."""
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


def find_problems(form: RevisionForm, entries: RevisionEntries) -> dict[str, str]:
    """Give a sentence for each field that does not do, by its name."""
    problems = dict[str, str]()
    if len(entries.words) > WORDS_CHARS:
        problems["words"] = f"That is {len(entries.words):,} characters; say it in {WORDS_CHARS:,}."
    if entries.count and (said := _check_count(form, entries.count)):
        problems["count"] = said
    if entries.version is not None and entries.version not in {each.number for each in form.versions}:
        problems["version"] = "There is no such version any more: choose another one."
    is_asked = entries.words.strip() or entries.theme or entries.count or entries.length or entries.version is not None
    if not is_asked and not problems:
        problems["words"] = NOTHING_ASKED
    return problems


def _check_count(form: RevisionForm, count: str) -> str | None:
    have = form.count or 0
    if not count.isdecimal() or not FEWEST <= int(count) < have:
        return f"It has {have} slides: give a whole number from {FEWEST} to {have - 1}."
    return None
