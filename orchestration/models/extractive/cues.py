"""What a sentence is for, by its words: a finding, a decision, a task, an open question. Regular expressions only."""

import re
from typing import Final

_I: Final = re.IGNORECASE

_CUES: Final = re.compile(
    r"\b(?:because|caus(?:e|ed|es)|root cause|due to|cost|costs|budget|revenue|margin|risk|risks|impact"
    r"|increas\w+|decreas\w+"
    r"|rose|fell|grew|grow\w*|drop\w*|declin\w+|doubled|tripled|halved|overtook|exceed\w*|record|highest|lowest"
    r"|largest|most"
    r"|found|finding|result\w*|shows?|evidence|recommend\w*|propos\w+|should|must|target|plan|goal|launch\w*"
    r"|ship\w*|fix\w*"
    r"|resolved|mitigat\w+|fail\w*|outage|weil|wegen|ursache|kosten|umsatz|risiko|ergebnis\w*|stieg|sank"
    r"|gestiegen|gesunken"
    r"|empfehl\w+|ziel|soll\w*|parce que|à cause|coûts?|chiffre d'affaires|risque|résultat\w*|hausse|baisse|augment\w+"
    r"|recommand\w+|objectif|porque|costes?|ingresos|riesgo|resultado\w*|aument\w+|disminuy\w+|cay[óo]|objetivo)\b",
    _I,
)
_DECISION: Final = re.compile(
    r"\b(?:decided|decision|agreed (?:to|on|that)|approved|signed off|we(?:'ll| will) go with|going with"
    r"|beschlossen|entschieden"
    r"|entscheidung|vereinbart|genehmigt|d[ée]cid[ée]|d[ée]cision|valid[ée]|convenu|decidido|decidimos|acordado"
    r"|aprobado)\b",
    _I,
)
_RISK: Final = re.compile(
    r"\b(?:risks?|block(?:ed|er|ing)|concern(?:ed|s)?|worr(?:y|ied)|at risk|risik(?:o|en)|blockiert|sorge|gefährdet"
    r"|risques?|bloqu[ée]|riesgos?)\b",
    _I,
)
_UNSETTLED: Final = re.compile(
    r"\b(?:open (?:question|issue|point)s?|unclear|not sure|unknown|unresolved|undecided|unklar"
    r"|offene?r? (?:frage|punkt)\w*|incertain|question ouverte|pas clair|pendiente|dudas?)\b",
    _I,
)
# a risk that is gone, or that only measures something
_SETTLED: Final = re.compile(
    r"\b(?:removed?s?|no|without|resolved|mitigated|eliminated|kein\w*|ohne|beseitigt|aucun|sans|sin|ning[úu]n)"
    r"(?: \w+){0,2} (?:risks?|concerns?|risik(?:o|en)|risques?|riesgos?)\b",
    _I,
)

_REASON: Final = re.compile(
    r"\b(?:because|due to|root cause|caused by|reasons?|weil|wegen|ursachen?|gr[uü]nde?|parce que|à cause|raisons?"
    r"|causes?|porque|a causa|motivos?|causas?)\b",
    _I,
)

_TASK: Final = re.compile(
    r"^(?:action(?: item)?s?|todo|to do|next steps?|aufgabe|nächster schritt|à faire|tarea)\s*[:–-]\s*", _I
)
_OWNER: Final = re.compile(
    r"\b(?:owner|verantwortlich|responsable)\s*[:=]\s*@?(?P<name>[^\W\d_][\w’'-]*(?: [A-ZÀ-Ý][\w’'-]+)?)", _I
)
_MYSELF: Final = re.compile(
    r"\b(?:I will|I'll|I’ll|I am going to|I take|ich werde|ich übernehme|ich kümmere|je vais|je m'occupe"
    r"|yo me encargo)\b",
    _I,
)
_TAKES_ON: Final = r"(?:will|to|is going to|takes|owns|übernimmt|wird|macht|kümmert|va|s'occupe|se encarga|prepara)"
_ANNOUNCEMENT: Final = re.compile(
    r"^(?:i(?:'ve| have)? (?:just )?(?:attached|put|uploaded|shared|posted|added)|(?:here(?:'s| is| are)"
    r"|attached|see)\b"
    r"|(?:i'm )?(?:kicking off|starting) (?:the|this|a) (?:thread|channel)"
    r"|(?:the )?(?:numbers|data|notes|files?) (?:is|are) (?:in|here|attached)|hier (?:ist|sind)|anbei|im anhang|voici"
    r"|ci-joint|adjunto|aquí)\b",
    _I,
)
_LEANING: Final = re.compile(
    r"^(?:it|this|that|these|those|they|he|she|also|then|so|but|and|or|das|dies\w*|er|es|aber|und|auch|cela|ça"
    r"|ils?|elles?"
    r"|mais|et|aussi|eso|esto|pero|también)\b"
    r"|\b(?:see|about|of|for|do|does|did|with|after|before|like|saw|fix|change) (?:this|that|it|these"
    r"|those)\b(?! \w+s\b)",
    _I,
)
_PERSONAL: Final = re.compile(
    r"[\"“„«][^\"”“»]{20,}[\"”“»]|\b(?:told (?:me|us)|said that|says that|honestly|frankly"
    r"|i (?:feel|felt|love|hate|wish|gave up|stopped|was (?:surprised|shocked))|we (?:feel|love|hate|gave up)"
    r"|sagen?,? dass|sagten?,? dass|erzählt\w*|ehrlich|ich (?:finde|fühle|liebe)"
    r"|disent que|m'a dit|nous a dit|franchement|me dijo|nos dijo|dicen que|sinceramente)\b",
    _I,
)
_ORDER: Final = re.compile(
    r"\b(?:in (?:this|the following) order|steps?|process|procedure|sequence|workflow|how (?:it|this) works"
    r"|reihenfolge|schritte?|ablauf|vorgehen|étapes?|ordre|procédure|déroulement|pasos?|orden|procedimiento)\b",
    _I,
)
_PLANNED: Final = re.compile(
    r"\b(?:will|plan\w*|due|by|target\w*|launch\w*|soll|wird|geplant|bis|prévu|avant|previsto)\b", _I
)


def is_announcement(text: str) -> bool:
    """Tell whether a sentence only says that something is shared here."""
    return _ANNOUNCEMENT.match(text) is not None


def leans_on_others(text: str) -> bool:
    """Tell whether a sentence points at something said before it, so that it says little alone."""
    return _LEANING.search(text) is not None


def is_question(text: str) -> bool:
    """Tell whether a sentence asks."""
    return text.rstrip(' )"”').endswith(("?", "\uff1f"))


def has_cue(text: str) -> bool:
    """Tell whether a sentence holds a word that findings have."""
    return bool(_CUES.search(text)) or is_decision(text) or is_open_issue(text)


def is_decision(text: str) -> bool:
    """Tell whether a sentence states a decision."""
    return bool(_DECISION.search(text)) and not is_question(text)


def is_open_issue(text: str) -> bool:
    """Tell whether a sentence names a risk or an open question."""
    return is_unsettled(text) or is_risk(text)


def is_unsettled(text: str) -> bool:
    """Tell whether a sentence names an open question."""
    return bool(_UNSETTLED.search(text))


def is_risk(text: str) -> bool:
    """Tell whether a sentence names a risk that is still there."""
    return bool(_RISK.search(text)) and not _SETTLED.search(text)


def is_personal(text: str) -> bool:
    """Tell whether a sentence speaks for somebody: it says what a person feels, or passes on somebody's words."""
    return bool(_PERSONAL.search(text))


def tells_order(text: str) -> bool:
    """Tell whether words announce steps that follow one another."""
    return bool(_ORDER.search(text))


def is_reason(text: str) -> bool:
    """Tell whether a sentence says why."""
    return bool(_REASON.search(text))


def is_planned(text: str) -> bool:
    """Tell whether a sentence speaks of what is to come."""
    return bool(_PLANNED.search(text))


def find_owner(text: str, people: frozenset[str], author: str | None) -> str | None:
    """Give who takes a task on: somebody of the thread, a mentioned person, or the author who says I.

    Args:
        text: The sentence.
        people: Full and first names of those who speak in the thread.
        author: Who says it.
    """
    if named := _OWNER.search(text):
        return named["name"]
    if _MYSELF.search(text):
        return author
    for name in sorted(people, key=len, reverse=True):
        if re.search(rf"(?:^|[\s@,:]){re.escape(name)}(?:>|,)?\s+(?:please\s+)?{_TAKES_ON}\b", text):
            return name
    return None


def is_task(text: str) -> bool:
    """Tell whether a sentence begins as a task does."""
    return _TASK.match(text) is not None
