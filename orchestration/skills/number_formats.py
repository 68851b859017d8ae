"""Numbers shown by a chart's number format, as a spreadsheet would show them: `#,##0.0`, `0%`, `"$"0`."""

import re
from typing import Final

_DIGITS: Final = re.compile(r"[#0,.]+")


def show_value(value: float, number_format: str) -> str:
    """Give a number in this format; what stands around the digits stays."""
    code = number_format.partition(";")[0].replace('"', "")
    found = _DIGITS.search(code)
    if found is None:
        return code
    decimals = len(found[0].partition(".")[2].replace(",", ""))
    scaled = value * 100 if "%" in code else value
    digits = f"{abs(scaled):{',' if ',' in found[0] else ''}.{decimals}f}"
    sign = "-" if scaled < 0 and digits.strip("0.,") else ""
    return f"{sign}{code[: found.start()]}{digits}{code[found.end() :]}"
