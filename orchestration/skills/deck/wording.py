"""The few words a deck adds of its own, in the deck's language where we have it, else in English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wording:
    """Column heads, labels and the names of states."""

    sources: str
    source: str
    where: str
    used_on: str
    done: str
    next: str
    risk: str
    recommended: str
    region: str


_WORDINGS: Final = {
    "en": Wording("Sources", "Source", "Where", "Used on slide", "Done", "Next", "At risk", "Recommended", "en-US"),
    "de": Wording(
        "Quellen", "Quelle", "Stelle", "Auf Folie", "Erledigt", "Als Nächstes", "Gefährdet", "Empfohlen", "de-DE"
    ),
    "fr": Wording("Sources", "Source", "Où", "Diapositive", "Fait", "Ensuite", "À risque", "Recommandé", "fr-FR"),
    "es": Wording(
        "Fuentes", "Fuente", "Dónde", "Diapositiva", "Hecho", "Siguiente", "En riesgo", "Recomendado", "es-ES"
    ),
}


def wording_for(language: str) -> Wording:
    """Give the words for a language tag such as `de` or `de-CH`."""
    return _WORDINGS.get(language.partition("-")[0], _WORDINGS["en"])


def region_tag(language: str) -> str:
    """Give the tag programs expect on text, with a region: `en-US` for `en`."""
    return language if "-" in language else getattr(_WORDINGS.get(language), "region", language)
