"""The colours that elements of a file say by themselves, as six hex digits."""

import re
from typing import Any, Final

from PIL import ImageColor

from orchestration.skills.design.palette import changed, mixed

A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
BLACK: Final = "000000"
WHITE: Final = "FFFFFF"
# What is meant by a colour of the system where a file keeps no last one, as Windows shows it.
_SYSTEM: Final = {
    "window": WHITE,
    "windowText": BLACK,
    "btnFace": "F0F0F0",
    "btnText": BLACK,
    "grayText": "6D6D6D",
    "highlight": "0078D7",
    "highlightText": WHITE,
    "hotLight": "0066CC",
}
_IN_FULL: Final = {"dk": "dark", "lt": "light", "med": "medium"}
_SHORTENED: Final = re.compile("^(dk|lt|med)(?=[A-Z])")
_DIGITS: Final = re.compile("[0-9A-F]{6}")


def said_digits(colour: Any) -> str | None:  # noqa: ANN401 - an element of the file
    """Give the digits of a colour that is no other's name, without its shade; None for one in no form we know."""
    value = str(colour.get("val", ""))
    said = {
        f"{A}srgbClr": value,
        f"{A}sysClr": str(colour.get("lastClr") or _SYSTEM.get(value, "")),
        f"{A}prstClr": _preset_digits(value),
    }.get(str(colour.tag), "")
    return said.upper() if _DIGITS.fullmatch(said.upper()) else None


def shaded(digits: str, colour: Any) -> str:  # noqa: ANN401 - an element of the file
    """Give the shade of these digits that an element asks for."""
    amounts = {str(change.tag).removeprefix(A): _share(str(change.get("val", "100%"))) for change in colour}
    digits = changed(digits, amounts.get("lumMod", 1.0), amounts.get("lumOff", 0.0))
    digits = mixed(BLACK, digits, amounts["shade"]) if "shade" in amounts else digits
    return mixed(WHITE, digits, amounts["tint"]) if "tint" in amounts else digits


def _share(said: str) -> float:
    """Give a share as a number: files say it in thousandths of a percent, strict ones as `60%`."""
    return float(said.removesuffix("%")) / 100 if said.endswith("%") else int(said) / 100_000


def _preset_digits(name: str) -> str:
    """Give a preset's digits: they are the colours of the web, some also in a shorter spelling, `dkBlue`."""
    in_full = _SHORTENED.sub(lambda short: _IN_FULL[short[0]], name)
    return str(ImageColor.colormap.get(in_full.lower(), "")).removeprefix("#")
