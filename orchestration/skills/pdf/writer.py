"""The PDF skill: content in, a tagged PDF file out."""

import datetime as dt
import json
import re
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

from orchestration.skills.paper.content import Document
from orchestration.skills.paper.page import paper_for
from orchestration.skills.paper.setting import Setting
from orchestration.skills.paper.wording import region_tag
from orchestration.skills.pdf.composer import Composer, name_picture
from orchestration.skills.pictures import NO_PICTURES, Pictures
from orchestration.skills.problems import ContentRefused
from orchestration.skills.scripts import Script, find_package, list_scripts

# A document without a date is given this one: the same content is the same bytes.
UNDATED: Final = dt.date(2000, 1, 1)
# PDF/UA-1: tagged, with titles, languages and descriptions, as typst itself checks.
STANDARD: Final = "ua-1"
EXAMPLE_SIGNS: Final = 5

_FOLDER: Final = Path(__file__).parent / "typesetting"
_TYPESETTING: Final = "paper.typ"
_FONTS: Final = Path(__file__).parent / "fonts"
_UNSHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
# Families that machines have other scripts in, where those of a script alone are not there.
_BROAD_FONTS: Final = ("Noto Sans", "DejaVu Sans")


def build_pdf(document: Document, *, pictures: Pictures = NO_PICTURES) -> bytes:
    """Give the document as a PDF; the same document gives the same bytes. Pure but for the fonts, blocking.

    Signs that our own fonts do not have are set in the machine's, where it has them.

    Args:
        document: What stands in it.
        pictures: Of the sources that it shows.

    Raises:
        ContentRefused: it shows a source that is no picture, or no font has some of the signs; then the sentence names
            the package to install.
    """
    setting = Setting.of(document, pictures)
    with _opened_folder(pictures) as folder:
        return _build(setting, folder)


def _build(setting: Setting, folder: Path) -> bytes:
    document = setting.document
    paper = paper_for(region_tag(document.language))
    day = document.date or UNDATED
    data = {**Composer(setting, paper).compose(), "day": [day.year, day.month, day.day], "fonts": []}
    said = json.dumps(data, ensure_ascii=False)
    scripts = list_scripts(said, setting.tongue.language)
    if not scripts:
        try:
            return _compile(said, day, folder, with_system_fonts=False)
        except typst.TypstError as error:
            if not _UNSHOWN.search(_say(error)):
                raise
    data["fonts"] = _list_fonts(scripts)
    try:
        return _compile(json.dumps(data, ensure_ascii=False), day, folder, with_system_fonts=True)
    except typst.TypstError as error:
        if not _UNSHOWN.search(_say(error)):
            raise
        raise ContentRefused([_name_missing(_say(error))]) from error


def _list_fonts(scripts: Sequence[Script]) -> list[str]:
    """Give the families of this machine that show these scripts, in their order."""
    known = _load_fonts(with_system_fonts=True).families()
    wanted = [*(script.font for script in scripts), *_BROAD_FONTS]
    return [family for family in dict.fromkeys(wanted) if family in known]


@contextmanager
def _opened_folder(pictures: Pictures) -> Generator[Path]:
    """Give the folder with the typesetting, and with the pictures beside it: it can read nothing elsewhere."""
    if not pictures:
        yield _FOLDER
        return
    with TemporaryDirectory(prefix="threadwork-pdf-") as name:
        folder = Path(name)
        shutil.copy(_FOLDER / _TYPESETTING, folder)
        for source_id, picture in pictures.items():
            (folder / name_picture(source_id, picture)).write_bytes(picture.content)
        yield folder


def _compile(data: str, day: dt.date, folder: Path, *, with_system_fonts: bool) -> bytes:
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    made = typst.Compiler(
        input=folder / _TYPESETTING,
        root=folder,
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
    packages = {find_package(sign) for sign in signs}
    more = f" and {len(signs) - EXAMPLE_SIGNS} more signs" if len(signs) > EXAMPLE_SIGNS else ""
    shown = "".join(signs[:EXAMPLE_SIGNS])
    return (
        f"no font here has '{shown}'{more}; leave them out, or have the package {' and '.join(sorted(packages))} "
        "installed where this runs"
    )
