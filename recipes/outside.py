"""What a turn got from outside its bundle, as the provider told it: searches, words of pages, runs of code."""

from pydantic import BaseModel, ConfigDict


class WebPage(BaseModel):
    """A page that a search found."""

    model_config = ConfigDict(frozen=True)

    url: str
    title: str
    age: str | None = None
    """How old the search engine says that it is."""


class WebSearch(BaseModel):
    """One search: what was looked for, and what came of it."""

    model_config = ConfigDict(frozen=True)

    query: str
    pages: tuple[WebPage, ...] = ()
    problem: str | None = None


class WebQuote(BaseModel):
    """Words of a page, as the provider quotes them."""

    model_config = ConfigDict(frozen=True)

    url: str
    title: str
    text: str


class CodeRun(BaseModel):
    """One run of code on the provider's machines."""

    model_config = ConfigDict(frozen=True)

    code: str
    printed: str = ""
    return_code: int | None = None
    problem: str | None = None
    file_ids: tuple[str, ...] = ()
    """The files that it left, by the provider's ids."""


class Outside(BaseModel):
    """What one turn got from outside the bundle."""

    model_config = ConfigDict(frozen=True)

    searches: tuple[WebSearch, ...] = ()
    quotes: tuple[WebQuote, ...] = ()
    runs: tuple[CodeRun, ...] = ()

    def is_empty(self) -> bool:
        """Tell whether the turn stayed within the bundle."""
        return not (self.searches or self.quotes or self.runs)

    def list_file_ids(self) -> tuple[str, ...]:
        """Give the files that runs left, each once."""
        return tuple(dict.fromkeys(each for run in self.runs for each in run.file_ids))
