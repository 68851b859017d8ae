"""Scripts: which of them a text is written in, which way they run, and whose fonts show them.

Latin, Greek and Cyrillic are in the fonts of every theme and are none of these.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from unicodedata import bidirectional

from orchestration.skills.characters import find_direction, is_right_to_left

CORE_PACKAGE: Final = "fonts-noto-core"
EAST_ASIAN_PACKAGE: Final = "fonts-noto-cjk"
EMOJI_PACKAGE: Final = "fonts-noto-color-emoji"
# Languages that are written from right to left (Unicode CLDR, character order).
_RTL_LANGUAGES: Final = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_RTL_SIGN: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Joiners and selectors of looks are what emoji are put together with.
_EMOJI: Final = re.compile("[\u200d\ufe0e\ufe0f\u20e3\u2600-\u27bf\U0001f000-\U0001faff]")


@dataclass(frozen=True)
class Script:
    """A script: its ISO 15924 name, its signs as a set for regular expressions, and what shows them."""

    name: str
    signs: str
    font: str
    """The family that Debian has it in."""
    office_font: str
    """The family that Windows and Office bring for it."""
    language: str
    """The language tag that programs take for it where nothing better is known."""
    package: str = CORE_PACKAGE

    @property
    def is_east_asian(self) -> bool:
        """True where signs fill the em."""
        return self.package == EAST_ASIAN_PACKAGE

    def holds(self, text: str) -> bool:
        """Tell whether the text has a sign of it."""
        return re.search(f"[{self.signs}]", text) is not None


def _indic(name: str, first: int, font: str, language: str) -> Script:
    """Give an Indic script; their blocks are of one length, and Windows has one family for all."""
    return Script(name, f"{chr(first)}-{chr(first + 0x7F)}", font, "Nirmala UI", language)


SCRIPTS: Final[Sequence[Script]] = (
    Script("Armn", "\u0530-\u058f", "Noto Sans Armenian", "Sylfaen", "hy-AM"),
    Script("Hebr", "\u0590-\u05ff\ufb1d-\ufb4f", "Noto Sans Hebrew", "Arial", "he-IL"),
    Script("Arab", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "Noto Sans Arabic", "Arial",
           "ar-SA"),
    _indic("Deva", 0x0900, "Noto Sans Devanagari", "hi-IN"),
    _indic("Beng", 0x0980, "Noto Sans Bengali", "bn-BD"),
    _indic("Guru", 0x0A00, "Noto Sans Gurmukhi", "pa-IN"),
    _indic("Gujr", 0x0A80, "Noto Sans Gujarati", "gu-IN"),
    _indic("Orya", 0x0B00, "Noto Sans Oriya", "or-IN"),
    _indic("Taml", 0x0B80, "Noto Sans Tamil", "ta-IN"),
    _indic("Telu", 0x0C00, "Noto Sans Telugu", "te-IN"),
    _indic("Knda", 0x0C80, "Noto Sans Kannada", "kn-IN"),
    _indic("Mlym", 0x0D00, "Noto Sans Malayalam", "ml-IN"),
    _indic("Sinh", 0x0D80, "Noto Sans Sinhala", "si-LK"),
    Script("Thai", "\u0e00-\u0e7f", "Noto Sans Thai", "Leelawadee UI", "th-TH"),
    Script("Laoo", "\u0e80-\u0eff", "Noto Sans Lao", "Leelawadee UI", "lo-LA"),
    Script("Mymr", "\u1000-\u109f", "Noto Sans Myanmar", "Myanmar Text", "my-MM"),
    Script("Geor", "\u10a0-\u10ff", "Noto Sans Georgian", "Sylfaen", "ka-GE"),
    Script("Ethi", "\u1200-\u139f", "Noto Sans Ethiopic", "Ebrima", "am-ET"),
    Script("Khmr", "\u1780-\u17ff", "Noto Sans Khmer", "Leelawadee UI", "km-KH"),
    Script("Jpan", "\u3040-\u30ff\u31f0-\u31ff", "Noto Sans CJK JP", "Yu Gothic", "ja-JP", EAST_ASIAN_PACKAGE),
    Script("Hang", "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff", "Noto Sans CJK KR", "Malgun Gothic", "ko-KR",
           EAST_ASIAN_PACKAGE),
    Script("Hant", "\u3100-\u312f", "Noto Sans CJK TC", "Microsoft JhengHei", "zh-TW", EAST_ASIAN_PACKAGE),
    Script("Hans", "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffe6\U00020000-\U0003ffff",
           "Noto Sans CJK SC", "Microsoft YaHei", "zh-CN", EAST_ASIAN_PACKAGE),
)  # fmt: skip
_FOREIGN: Final = re.compile(f"[{''.join(script.signs for script in SCRIPTS)}]")


@dataclass(frozen=True)
class Tongue:
    """What programs are told of a text's languages: the main one, and those of its East Asian and complex scripts."""

    language: str
    east_asian: str = "ja-JP"
    complex: str = "ar-SA"
    is_rtl: bool = False

    @classmethod
    def of(cls, language: str, title: str, text: str) -> "Tongue":
        """Give the tongue of a file.

        Args:
            language: As its content says, with a region.
            title: Decides the direction of the whole where the language does not.
            text: All that stands in it.
        """
        scripts = list_scripts(text, language)
        east = next((each.language for each in scripts if each.is_east_asian), cls.east_asian)
        other = next((each.language for each in scripts if not each.is_east_asian), cls.complex)
        is_rtl = runs_right_to_left(language) or is_right_to_left(title)
        own = language.partition("-")[0]
        return cls(
            language,
            language if own in {"zh", "ja", "ko"} else east,
            language if other.partition("-")[0] == own or (is_rtl and runs_right_to_left(language)) else other,
            is_rtl,
        )

    def turns(self, text: str) -> bool | None:
        """Give whether a paragraph runs from right to left where it runs against the whole; else None.

        In a text from right to left only what has no letter of such a script runs the other way.
        """
        if self.is_rtl:
            return False if find_direction(text) is False and not holds_right_to_left(text) else None
        return True if is_right_to_left(text) else None


def runs_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return language.partition("-")[0] in _RTL_LANGUAGES


def list_scripts(text: str, language: str = "") -> list[Script]:
    """Give the scripts of a text, that of the language first."""
    signs = "".join(_FOREIGN.findall("".join(set(text))))
    found = [script for script in SCRIPTS if signs and script.holds(signs)]
    return sorted(found, key=lambda script: not _is_of(script, language))


def holds_right_to_left(text: str) -> bool:
    """Tell whether a sign of the text runs from right to left."""
    return _RTL_SIGN.search(text) is not None


def find_package(sign: str) -> str:
    """Give the Debian package whose fonts show a sign."""
    script = next((each for each in SCRIPTS if each.holds(sign)), None)
    if script is not None:
        return script.package
    return EMOJI_PACKAGE if _EMOJI.match(sign) else CORE_PACKAGE


def split_directions(text: str, *, is_rtl: bool) -> list[tuple[str, bool]]:
    """Give the stretches of a text, each with whether it runs from right to left.

    What has no direction of its own, figures among it, goes with its neighbours where they agree, else with the
    paragraph.
    """
    if not holds_right_to_left(text):
        return [(text, False)]
    directions = list(_settle(list(_list_strong(text)), is_rtl=is_rtl))
    parts = groupby(zip(text, directions, strict=True), key=lambda pair: pair[1])
    return [("".join(sign for sign, _ in pairs), direction) for direction, pairs in parts]


def _settle(directions: Sequence[bool | None], *, is_rtl: bool) -> Iterator[bool]:
    before: bool | None = None
    after = [is_rtl] * len(directions)
    following: bool | None = None
    for at in range(len(directions) - 1, -1, -1):
        following = following if directions[at] is None else directions[at]
        after[at] = is_rtl if following is None else following
    for at, direction in enumerate(directions):
        before = direction if direction is not None else before
        if direction is not None:
            yield direction
        else:
            yield after[at] if before == after[at] else is_rtl


def _list_strong(text: str) -> Iterator[bool | None]:
    """Give the direction of each sign, True from right to left; figures go on as Latin words before them do."""
    is_latin = False
    for sign in text:
        kind = bidirectional(sign)
        is_latin = kind == "L" if kind in {"L", "R", "AL"} else is_latin
        yield {"R": True, "AL": True, "L": False, "EN": False if is_latin else None}.get(kind)


def _is_of(script: Script, language: str) -> bool:
    own, _, region = language.partition("-")
    if own == "zh":
        return script.name == ("Hant" if region in {"TW", "HK", "MO", "Hant"} else "Hans")
    if own in {"fa", "ur", "ps"}:
        return script.name == "Arab"
    return script.language.partition("-")[0] == own
