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
_ITALIAN_MONTHS: Final = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip
_PORTUGUESE_MONTHS: Final = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
    "dezembro",
)  # fmt: skip
_DUTCH_MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_RUSSIAN_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_ARABIC_MONTHS: Final = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
_HEBREW_MONTHS: Final = (
    "בינואר", "בפברואר", "במרץ", "באפריל", "במאי", "ביוני", "ביולי", "באוגוסט", "בספטמבר", "באוקטובר", "בנובמבר",
    "בדצמבר",
)  # fmt: skip
_HINDI_MONTHS: Final = (
    "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
)  # fmt: skip
_NUMBERED_MONTHS: Final = tuple(str(number) for number in range(1, 13))

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
    "it": Wording("Indice", "Fonti", "Figura", "Tabella", "Totale", "Pagina", "di", "Fatto", "Prossimo", "Previsto",
                  "A rischio", "Quando", "Tappa", "Stato", _ITALIAN_MONTHS, "{day} {month} {year}"),
    "pt": Wording("Índice", "Fontes", "Figura", "Tabela", "Total", "Página", "de", "Concluído", "A seguir", "Previsto",
                  "Em risco", "Quando", "Marco", "Estado", _PORTUGUESE_MONTHS, "{day} de {month} de {year}"),
    "nl": Wording("Inhoud", "Bronnen", "Figuur", "Tabel", "Totaal", "Pagina", "van", "Klaar", "Hierna", "Gepland",
                  "Risico", "Wanneer", "Mijlpaal", "Stand", _DUTCH_MONTHS, "{day} {month} {year}"),
    "ru": Wording("Содержание", "Источники", "Рисунок", "Таблица", "Итого", "Страница", "из", "Готово", "Далее",
                  "По плану", "Под угрозой", "Когда", "Этап", "Состояние", _RUSSIAN_MONTHS, "{day} {month} {year}"),
    "ar": Wording("المحتويات", "المصادر", "الشكل", "الجدول", "المجموع", "صفحة", "من", "تم", "التالي", "مخطط", "في خطر",
                  "متى", "المرحلة", "الحالة", _ARABIC_MONTHS, "{day} {month} {year}"),
    "he": Wording("תוכן העניינים", "מקורות", "איור", "טבלה", "סך הכול", "עמוד", "מתוך", "הושלם", "הבא", "מתוכנן",
                  "בסיכון", "מתי", "אבן דרך", "מצב", _HEBREW_MONTHS, "{day} {month} {year}"),
    "hi": Wording("विषय-सूची", "स्रोत", "चित्र", "तालिका", "कुल", "पृष्ठ", "/", "पूर्ण", "अगला", "नियोजित", "जोखिम में",
                  "कब", "पड़ाव", "स्थिति", _HINDI_MONTHS, "{day} {month} {year}"),
    "zh": Wording("目录", "来源", "图", "表", "合计", "页", "/", "已完成", "下一步", "计划中", "有风险", "时间",
                  "里程碑", "状态", _NUMBERED_MONTHS, "{year}年{month}月{day}日"),
    "ja": Wording("目次", "出典", "図", "表", "合計", "ページ", "/", "完了", "次", "予定", "リスクあり", "時期",
                  "マイルストーン", "状況", _NUMBERED_MONTHS, "{year}年{month}月{day}日"),
    "ko": Wording("목차", "출처", "그림", "표", "합계", "페이지", "/", "완료", "다음", "예정", "위험", "시기", "이정표",
                  "상태", _NUMBERED_MONTHS, "{year}년 {month}월 {day}일"),
}  # fmt: skip
_REGIONS: Final = {
    "en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT", "nl": "nl-NL",
    "ru": "ru-RU", "ar": "ar-SA", "he": "he-IL", "hi": "hi-IN", "zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR",
}  # fmt: skip


def wording_for(language: str) -> Wording:
    """Give the words for a language tag such as `de` or `de-CH`."""
    return _WORDINGS.get(language.partition("-")[0], _WORDINGS["en"])


def region_tag(language: str) -> str:
    """Give the tag programs expect on text, with a region: `en-US` for `en`."""
    return language if "-" in language else _REGIONS.get(language, language)


def say_day(day: dt.date, words: Wording) -> str:
    """Give a day as people of this language write it."""
    return words.day.format(day=day.day, month=words.months[day.month - 1], year=day.year)
