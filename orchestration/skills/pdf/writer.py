"""The PDF skill: content in, a tagged PDF file out."""

import datetime as dt
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

from orchestration.skills.paper.content import Document
from orchestration.skills.paper.page import paper_for
from orchestration.skills.paper.setting import Setting
from orchestration.skills.paper.wording import region_tag
from orchestration.skills.pdf.composer import Composer
from orchestration.skills.problems import ContentRefused

# A document without a date is given this one: the same content is the same bytes.
UNDATED: Final = dt.date(2000, 1, 1)
# PDF/UA-1: tagged, with titles, languages and descriptions, as typst itself checks.
STANDARD: Final = "ua-1"
EXAMPLE_SIGNS: Final = 5

_FOLDER: Final = Path(__file__).parent / "typesetting"
_FONTS: Final = Path(__file__).parent / "fonts"
_UNSHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
# Where a script's font is found on Debian; every other script is in the core package.
_PACKAGES: Final = (
    (re.compile(r"[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uffe6\U00020000-\U0003ffff]"), "fonts-noto-cjk"),
    (re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff]"), "fonts-noto-color-emoji"),
)
_CORE_PACKAGE: Final = "fonts-noto-core"


def build_pdf(document: Document) -> bytes:
    """Give the document as a PDF; the same document gives the same bytes. Pure but for the fonts, blocking.

    Signs that our own fonts do not have are set in the machine's, where it has them.

    Raises:
        ContentRefused: no font has some of the signs; the sentence names the package to install.
    """
    setting = Setting.of(document)
    paper = paper_for(region_tag(document.language))
    day = document.date or UNDATED
    data = {**Composer(setting, paper).compose(), "day": [day.year, day.month, day.day]}
    said = json.dumps(data, ensure_ascii=False)
    try:
        return _compile(said, day, with_system_fonts=False)
    except typst.TypstError as error:
        if not _UNSHOWN.search(_say(error)):
            raise
    try:
        return _compile(said, day, with_system_fonts=True)
    except typst.TypstError as error:
        if not _UNSHOWN.search(_say(error)):
            raise
        raise ContentRefused([_name_missing(_say(error))]) from error


def _compile(data: str, day: dt.date, *, with_system_fonts: bool) -> bytes:
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    made = typst.Compiler(
        input=_FOLDER / "paper.typ",
        root=_FOLDER,
        font_paths=_load_fonts(with_system_fonts=with_system_fonts),
        ignore_system_fonts=not with_system_fonts,
        sys_inputs={"paper": data},
    ).compile(format="pdf", pdf_standards=STANDARD, timestamp=moment)
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@lru_cache
def _load_fonts(*, with_system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_system_fonts, include_embedded_fonts=True, font_paths=[str(_FONTS)])


def _say(error: typst.TypstError) -> str:
    return f"{error} {error.diagnostic}"


def _name_missing(said: str) -> str:
    """Give the sentence that says which signs no font has, and what to install."""
    signs = "".join(dict.fromkeys(sign for text in _UNSHOWN.findall(said) for sign in text))
    packages = {next((name for kind, name in _PACKAGES if kind.match(sign)), _CORE_PACKAGE) for sign in signs}
    more = f" and {len(signs) - EXAMPLE_SIGNS} more signs" if len(signs) > EXAMPLE_SIGNS else ""
    shown = "".join(signs[:EXAMPLE_SIGNS])
    return (
        f"no font here has '{shown}'{more}; leave them out, or have the package {' and '.join(sorted(packages))} "
        "installed where this runs"
    )
