"""The few words a workbook adds of its own, in its language where we have it, else in English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wording:
    """Names of the added sheets, and labels on them."""

    about: str
    sources: str
    total: str
    date: str
    author: str
    made_from: str
    contents: str
    rows: str
    reading: str
    live: str
    source: str
    kind: str
    where: str
    used_in: str
    origins: str
    range: str
    table: str
    columns: str
    how: str
    passages: str


_WORDINGS: Final = {
    "en": Wording(
        "About", "Sources", "Total", "Date", "Author", "Made from", "Contents", "rows", "How to read it",
        "Totals, shares and key figures are live formulas. The sheet “Sources” says of each range where its values"
        " come from.",
        "Source", "Kind", "Where", "Used in", "Where the values come from", "Range", "Table", "Columns", "Taken how",
        "Passages",
    ),
    "de": Wording(
        "Über", "Quellen", "Summe", "Datum", "Verfasser", "Erstellt aus", "Inhalt", "Zeilen", "Lesehilfe",
        "Summen, Anteile und Kennzahlen sind lebende Formeln. Das Blatt „Quellen“ sagt zu jedem Bereich, woher seine"
        " Werte stammen.",
        "Quelle", "Art", "Stelle", "Verwendet in", "Woher die Werte stammen", "Bereich", "Tabelle", "Spalten",
        "Entnommen", "Passagen",
    ),
    "fr": Wording(
        "À propos", "Sources", "Total", "Date", "Auteur", "Établi à partir de", "Contenu", "lignes", "Lecture",
        "Les totaux, parts et chiffres clés sont des formules. La feuille « Sources » indique d’où vient chaque plage.",
        "Source", "Type", "Où", "Utilisé dans", "D’où viennent les valeurs", "Plage", "Tableau", "Colonnes",
        "Repris comment", "Passages",
    ),
    "es": Wording(
        "Acerca de", "Fuentes", "Total", "Fecha", "Autor", "Elaborado a partir de", "Contenido", "filas", "Lectura",
        "Los totales, porcentajes y cifras clave son fórmulas. La hoja «Fuentes» dice de dónde viene cada rango.",
        "Fuente", "Tipo", "Dónde", "Usado en", "De dónde vienen los valores", "Rango", "Tabla", "Columnas",
        "Tomado cómo", "Pasajes",
    ),
}  # fmt: skip


def wording_for(language: str) -> Wording:
    """Give the words for a language tag such as `de` or `de-CH`."""
    return _WORDINGS.get(language.partition("-")[0], _WORDINGS["en"])


def is_own_name(name: str) -> bool:
    """Tell whether a sheet of this name is added in some language."""
    return name.casefold() in {own.casefold() for each in _WORDINGS.values() for own in (each.about, each.sources)}
