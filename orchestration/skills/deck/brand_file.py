"""The file that a workspace's look is set in: TOML, with paths beside it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from orchestration.skills.deck.brand import Brand, TemplateFile, brand_stage
from orchestration.skills.pictures import PictureRefused, read_picture
from recipes.errors import UserFixableError
from recipes.source import FileRefused

_COLOURS: Final = ("primary", "secondary")
_FONTS: Final = ("heading_font", "body_font")
_FILES: Final = ("logo", "template")
_DIGITS: Final = re.compile("#?([0-9A-Fa-f]{6})")
FONT_CHARS: Final = 60


@dataclass(eq=False)
class BrandRefused(UserFixableError):
    """The file of the look cannot be used."""

    path: str
    problem: str

    def advice(self) -> str:
        """Name the file and what is wrong with it."""
        return f"THREADWORK_BRAND, {self.path}: {self.problem}."


def load_brand(path: Path) -> Brand:
    """Give the look that a file sets. Blocking.

    Raises:
        BrandRefused: it cannot be read, or holds what it should not.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrandRefused(str(path), f"cannot be read ({error})") from error
    known = {*_COLOURS, *_FONTS, *_FILES}
    for name, value in raw.items():
        if name not in known:
            raise BrandRefused(str(path), f"{name} is unknown; it may hold {', '.join(sorted(known))}")
        if not isinstance(value, str) or not value.strip():
            raise BrandRefused(str(path), f"{name} is no text")
    return _checked(path, cast("dict[str, str]", raw))


def _checked(path: Path, raw: dict[str, str]) -> Brand:
    fields: dict[str, Any] = {name: _colour(path, name, raw[name]) for name in _COLOURS if name in raw}
    fields |= {name: raw[name].strip()[:FONT_CHARS] for name in _FONTS if name in raw}
    contents = {name: _open(path, name, raw[name]) for name in _FILES if name in raw}
    try:
        if "logo" in contents:
            fields["logo"] = read_picture(contents["logo"])
        if "template" in contents:
            fields["template"] = TemplateFile(Path(raw["template"]).name, contents["template"])
        brand = Brand(**fields)
        brand_stage("slate", brand)
    except PictureRefused as refused:
        raise BrandRefused(str(path), f"the logo {refused.problem}") from refused
    except FileRefused as refused:
        raise BrandRefused(str(path), f"the template {refused.problem}") from refused
    return brand


def _colour(path: Path, name: str, said: str) -> str:
    found = _DIGITS.fullmatch(said.strip())
    if found is None:
        raise BrandRefused(str(path), f"{name} is {said[:20]!r}; write it like #1D5FAA")
    return found[1].upper()


def _open(path: Path, name: str, said: str) -> bytes:
    try:
        return (path.parent / said).read_bytes()
    except OSError as error:
        raise BrandRefused(str(path), f"the {name} cannot be read ({error})") from error
