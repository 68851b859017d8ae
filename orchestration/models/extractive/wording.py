"""The few words a file adds around what the sources say, in the sources' language where we have it, else in English."""

from dataclasses import dataclass
from typing import Final

from orchestration.models.extractive.disclosure import DISCLOSURE


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Names of sections and groups, titles of slides that quote nothing, and what is said of sources and tables."""

    disclosure: str
    agenda: str
    sources: str
    findings: str
    more_findings: str
    figures: str
    dates: str
    decisions: str
    options: str
    process: str
    voices: str
    next_steps: str
    decisions_and_steps: str
    decided: str
    open_questions: str
    risks: str
    open_issues: str
    """Heads questions and risks together."""
    decided_and_open: str
    """Says that decisions stand beside what is open."""
    what_voices_say: tuple[str, str, str, str]
    """The first, second, third and further slides of one person's words."""
    two_voices: str
    from_group: str
    message_by: str
    shared_by: str
    tables: str
    largest_only: str
    spaced_points: str
    spaced_rows: str
    key_findings: str
    in_figures: str
    """Heads the charts of a document."""
    silence: str
    """Stands where a question has no answer."""
    older: str
    short: str


_WORDINGS: Final = {
    "en": Wording(
        disclosure=DISCLOSURE,
        agenda="What we will cover",
        sources="Sources",
        findings="Findings",
        more_findings="Further findings",
        figures="Figures",
        dates="Dates",
        decisions="Decisions",
        options="Options",
        process="Process",
        voices="Voices",
        next_steps="Next steps",
        decisions_and_steps="Decisions and next steps",
        decided="Decided",
        open_questions="Open questions",
        risks="Risks",
        open_issues="Risks and open questions",
        decided_and_open="What is decided, and what is open",
        what_voices_say=("What {name} says", "What {name} also says", "More from {name}", "Further words from {name}"),
        two_voices="What {one} and {other} say",
        from_group="From {name}",
        message_by="Message by {name}",
        shared_by="shared by {name}",
        tables="table {names}",
        largest_only="Only the largest by {name} are shown.",
        spaced_points="Evenly spaced points are shown, the first and the last among them.",
        spaced_rows="Evenly spaced rows are shown, the highest and the lowest among them.",
        key_findings="Key findings",
        in_figures="What the figures show",
        silence="The sources say nothing on this.",
        older="Messages from before {day} are not quoted.",
        short=(
            "You asked for about {words} words. The sources hold no more findings that fit; "
            "nothing was invented to fill the rest."
        ),
    ),
    "de": Wording(
        disclosure="Auszug ohne Sprachmodell: die Sätze sind wörtlich aus den Quellen",
        agenda="Worum es geht",
        sources="Quellen",
        findings="Ergebnisse",
        more_findings="Weitere Ergebnisse",
        figures="Zahlen",
        dates="Termine",
        decisions="Entscheidungen",
        options="Varianten",
        process="Ablauf",
        voices="Stimmen",
        next_steps="Nächste Schritte",
        decisions_and_steps="Entscheidungen und nächste Schritte",
        decided="Entschieden",
        open_questions="Offene Fragen",
        risks="Risiken",
        open_issues="Risiken und offene Fragen",
        decided_and_open="Was entschieden ist und was offen ist",
        what_voices_say=("Was {name} sagt", "Was {name} noch sagt", "Mehr von {name}", "Weiteres von {name}"),
        two_voices="Was {one} und {other} sagen",
        from_group="Aus {name}",
        message_by="Nachricht von {name}",
        shared_by="geteilt von {name}",
        tables="Tabelle {names}",
        largest_only="Gezeigt sind nur die größten nach {name}.",
        spaced_points="Gezeigt sind Werte in gleichen Abständen, der erste und der letzte darunter.",
        spaced_rows="Gezeigt sind Zeilen in gleichen Abständen, die höchste und die niedrigste darunter.",
        key_findings="Das Wichtigste",
        in_figures="Was die Zahlen zeigen",
        silence="Dazu sagen die Quellen nichts.",
        older="Nachrichten von vor dem {day} sind nicht zitiert.",
        short=(
            "Gewünscht waren etwa {words} Wörter. Mehr passende Aussagen enthalten die Quellen nicht; "
            "nichts wurde erfunden, um den Rest zu füllen."
        ),
    ),
    "fr": Wording(
        disclosure="Extraits, sans modèle de langage : les phrases sont citées des sources",
        agenda="Au programme",
        sources="Sources",
        findings="Constats",
        more_findings="Autres constats",
        figures="Chiffres",
        dates="Dates",
        decisions="Décisions",
        options="Options",
        process="Déroulement",
        voices="Paroles",
        next_steps="Prochaines étapes",
        decisions_and_steps="Décisions et prochaines étapes",
        decided="Décidé",
        open_questions="Questions ouvertes",
        risks="Risques",
        open_issues="Risques et questions ouvertes",
        decided_and_open="Ce qui est décidé, ce qui reste ouvert",
        what_voices_say=("Ce que dit {name}", "Ce que dit aussi {name}", "Encore {name}", "Autres mots de {name}"),
        two_voices="Ce que disent {one} et {other}",
        from_group="Extrait de {name}",
        message_by="Message de {name}",
        shared_by="partagé par {name}",
        tables="tableau {names}",
        largest_only="Seules les plus grandes valeurs de {name} sont montrées.",
        spaced_points="Des points régulièrement espacés sont montrés, dont le premier et le dernier.",
        spaced_rows="Des lignes régulièrement espacées sont montrées, dont la plus haute et la plus basse.",
        key_findings="L'essentiel",
        in_figures="Ce que montrent les chiffres",
        silence="Les sources n'en disent rien.",
        older="Les messages d'avant le {day} ne sont pas cités.",
        short=(
            "Vous avez demandé environ {words} mots. Les sources ne contiennent pas d'autres constats qui "
            "conviennent ; rien n'a été inventé pour remplir le reste."
        ),
    ),
    "es": Wording(
        disclosure="Extractos, sin modelo de lenguaje: las frases se citan de las fuentes",
        agenda="De qué trata",
        sources="Fuentes",
        findings="Resultados",
        more_findings="Más resultados",
        figures="Cifras",
        dates="Fechas",
        decisions="Decisiones",
        options="Opciones",
        process="Proceso",
        voices="Voces",
        next_steps="Próximos pasos",
        decisions_and_steps="Decisiones y próximos pasos",
        decided="Decidido",
        open_questions="Preguntas abiertas",
        risks="Riesgos",
        open_issues="Riesgos y preguntas abiertas",
        decided_and_open="Lo decidido y lo que queda abierto",
        what_voices_say=(
            "Lo que dice {name}", "Lo que también dice {name}", "Más de {name}", "Otras palabras de {name}",
        ),
        two_voices="Lo que dicen {one} y {other}",
        from_group="De {name}",
        message_by="Mensaje de {name}",
        shared_by="compartido por {name}",
        tables="tabla {names}",
        largest_only="Solo se muestran los mayores por {name}.",
        spaced_points="Se muestran puntos a intervalos regulares, entre ellos el primero y el último.",
        spaced_rows="Se muestran filas a intervalos regulares, entre ellas la más alta y la más baja.",
        key_findings="Lo esencial",
        in_figures="Lo que muestran las cifras",
        silence="Las fuentes no dicen nada sobre esto.",
        older="No se citan los mensajes de antes del {day}.",
        short=(
            "Se pidieron unas {words} palabras. Las fuentes no contienen más resultados que encajen; "
            "no se inventó nada para llenar el resto."
        ),
    ),
}  # fmt: skip


def wording_for(language: str) -> Wording:
    """Give the words for a language tag such as `de` or `de-CH`."""
    return _WORDINGS.get(language.partition("-")[0], _WORDINGS["en"])
