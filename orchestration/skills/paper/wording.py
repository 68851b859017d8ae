"""The few words a document adds of its own, in its language where we have it, else in English."""

import datetime as dt
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wording:
    """Headings, labels and the names of states."""

    contents: str
    sources: str
    figure: str
    table: str
    total: str
    page: str
    of: str
    done: str
    next: str
    planned: str
    risk: str
    when: str
    what: str
    state: str
    months: tuple[str, ...]
    day: str
    """How a day is written: `{day}`, `{month}`, `{year}`."""


_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_GERMAN_MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
_FRENCH_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_SPANISH_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip

_WORDINGS: Final = {
    "en": Wording("Contents", "Sources", "Figure", "Table", "Total", "Page", "of", "Done", "Next", "Planned", "At risk",
                  "When", "Milestone", "State", _ENGLISH_MONTHS, "{day} {month} {year}"),
    "de": Wording("Inhalt", "Quellen", "Abbildung", "Tabelle", "Summe", "Seite", "von", "Erledigt", "Als Nächstes",
                  "Geplant", "Gefährdet", "Wann", "Meilenstein", "Stand", _GERMAN_MONTHS, "{day}. {month} {year}"),
    "fr": Wording("Sommaire", "Sources", "Figure", "Tableau", "Total", "Page", "sur", "Fait", "Ensuite", "Prévu",
                  "À risque", "Quand", "Étape", "État", _FRENCH_MONTHS, "{day} {month} {year}"),
    "es": Wording("Contenido", "Fuentes", "Gráfico", "Tabla", "Total", "Página", "de", "Hecho", "Siguiente",
                  "Planificado", "En riesgo", "Cuándo", "Hito", "Estado",
                  _SPANISH_MONTHS, "{day} de {month} de {year}"),
}  # fmt: skip
_REGIONS: Final = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT"}


def wording_for(language: str) -> Wording:
    """Give the words for a language tag such as `de` or `de-CH`."""
    return _WORDINGS.get(language.partition("-")[0], _WORDINGS["en"])


def region_tag(language: str) -> str:
    """Give the tag programs expect on text, with a region: `en-US` for `en`."""
    return language if "-" in language else _REGIONS.get(language, language)


def say_day(day: dt.date, words: Wording) -> str:
    """Give a day as people of this language write it."""
    return words.day.format(day=day.day, month=words.months[day.month - 1], year=day.year)
