"""The few heads that a table needs and a slide of another shape has no words for."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wording:
    """Column heads."""

    number: str
    what: str
    detail: str
    figure: str
    value: str
    change: str
    when: str


_WORDINGS: Final = {
    "en": Wording("No.", "What", "Detail", "Figure", "Value", "Change", "When"),
    "de": Wording("Nr.", "Was", "Einzelheit", "Kennzahl", "Wert", "Veränderung", "Wann"),
    "fr": Wording("N°", "Quoi", "Détail", "Chiffre", "Valeur", "Évolution", "Quand"),
    "es": Wording("N.º", "Qué", "Detalle", "Cifra", "Valor", "Cambio", "Cuándo"),
}


def wording_for(language: str) -> Wording:
    """Give the heads for a language tag such as `de` or `de-CH`; English where we have none."""
    return _WORDINGS.get(language.partition("-")[0], _WORDINGS["en"])
