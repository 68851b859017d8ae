"""How numbers are written and what is said of tables, in the sources' language where we have it, else in English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    """The marks within numbers, and the sentences that are made of a table's own headers and values."""

    thousands: str
    decimal: str
    value_in: str
    """A value, or a name, at a point in time such as a year."""
    value_on: str
    """The same on a day."""
    beside: str
    since: str
    ends: str
    peak: str
    is_highest: str
    by_axis: str
    by_axes: str
    span: str
    period: str
    largest: str
    largest_of: str
    sorted_by: str
    first_rows: str
    some_rows: str
    some_columns: str
    leading_only: str
    one_part: str
    copied: str

    def show(self, value: float) -> str:
        """Give a number with its thousands parted and every digit that the source has."""
        return f"{value:,}".translate({ord(","): self.thousands, ord("."): self.decimal})

    def show_when(self, value: str, when: str) -> str:
        """Give a value with its point in time: "in 2024", "in Q3 2024", but "on 2024-03-31"."""
        is_day = len(when) >= _DAY_CHARS and when[:4].isdigit()
        return (self.value_on if is_day else self.value_in).format(value=value, when=when)


_DAY_CHARS: Final = 10
_WORDS: Final = {
    "en": FigureWords(
        thousands=",",
        decimal=".",
        value_in="{value} in {when}",
        value_on="{value} on {when}",
        beside="{last}, beside {first}",
        since="from {value}",
        ends="highest {top} ({high}), lowest {bottom} ({low})",
        peak="highest {top} ({high})",
        is_highest="{said} is the highest",
        by_axis="{value} by {axis}",
        by_axes="{value} by {axis} and {series}",
        span="{name}, {first} to {last}",
        period="period",
        largest="Largest {name}",
        largest_of="{table}: largest {name}",
        sorted_by="Sorted by {name}.",
        first_rows="The first rows are shown.",
        some_rows="Some rows are shown; the file holds the others.",
        some_columns="Some columns are left out.",
        leading_only="Of {name}, only the values with the largest latest {value} are shown.",
        one_part="Shown is one value of {name} only.",
        copied="Copied from {name}.",
    ),
    "de": FigureWords(
        thousands=".",
        decimal=",",
        value_in="{value} ({when})",
        value_on="{value} ({when})",
        beside="{last}, neben {first}",
        since="von {value}",
        ends="am höchsten {top} ({high}), am niedrigsten {bottom} ({low})",
        peak="am höchsten {top} ({high})",
        is_highest="{said} ist der höchste Wert",
        by_axis="{value} nach {axis}",
        by_axes="{value} nach {axis} und {series}",
        span="{name}, {first} bis {last}",
        period="Zeitraum",
        largest="{name}: die größten Werte",
        largest_of="{table}: die größten Werte von {name}",
        sorted_by="Geordnet nach {name}.",
        first_rows="Gezeigt sind die ersten Zeilen.",
        some_rows="Gezeigt sind einige Zeilen; die Datei enthält die übrigen.",
        some_columns="Einige Spalten sind ausgelassen.",
        leading_only="Gezeigt sind bei {name} nur die größten nach dem jüngsten Wert von {value}.",
        one_part="Gezeigt ist nur ein Wert von {name}.",
        copied="Übernommen aus {name}.",
    ),
    "fr": FigureWords(
        thousands="\N{NARROW NO-BREAK SPACE}",
        decimal=",",
        value_in="{value} ({when})",
        value_on="{value} ({when})",
        beside="{last}, à côté de {first}",
        since="contre {value}",
        ends="maximum {top} ({high}), minimum {bottom} ({low})",
        peak="maximum {top} ({high})",
        is_highest="{said} est la valeur la plus haute",
        by_axis="{value} par {axis}",
        by_axes="{value} par {axis} et {series}",
        span="{name}, {first} à {last}",
        period="période",
        largest="{name} : les plus grandes valeurs",
        largest_of="{table} : les plus grandes valeurs de {name}",
        sorted_by="Trié par {name}.",
        first_rows="Les premières lignes sont montrées.",
        some_rows="Quelques lignes sont montrées ; le fichier contient les autres.",
        some_columns="Quelques colonnes sont omises.",
        leading_only="De {name}, seules sont montrées les plus grandes selon la dernière valeur de {value}.",
        one_part="Une seule valeur de {name} est montrée.",
        copied="Copié de {name}.",
    ),
    "es": FigureWords(
        thousands=".",
        decimal=",",
        value_in="{value} ({when})",
        value_on="{value} ({when})",
        beside="{last}, junto a {first}",
        since="desde {value}",
        ends="máximo {top} ({high}), mínimo {bottom} ({low})",
        peak="máximo {top} ({high})",
        is_highest="{said} es el valor más alto",
        by_axis="{value} por {axis}",
        by_axes="{value} por {axis} y {series}",
        span="{name}, {first} a {last}",
        period="período",
        largest="{name}: los valores más altos",
        largest_of="{table}: los valores más altos de {name}",
        sorted_by="Ordenado por {name}.",
        first_rows="Se muestran las primeras filas.",
        some_rows="Se muestran algunas filas; el archivo contiene las demás.",
        some_columns="Se omiten algunas columnas.",
        leading_only="De {name}, solo se muestran los mayores según el último valor de {value}.",
        one_part="Solo se muestra un valor de {name}.",
        copied="Copiado de {name}.",
    ),
}
ENGLISH: Final = _WORDS["en"]


def figure_words_for(language: str) -> FigureWords:
    """Give the words for a language tag such as `de` or `de-CH`."""
    return _WORDS.get(language.partition("-")[0], ENGLISH)
