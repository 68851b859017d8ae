"""What all DrawingML has: its namespace, its unit of length, and fills in the colours of the theme."""

from typing import Final

from orchestration.skills.design.geometry import EMU_PER_PT

DRAWING_NAMESPACE: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def emu(points: float) -> int:
    """Give points in the unit of the file."""
    return round(points * EMU_PER_PT)


def solid(ink: str) -> str:
    """Give a fill in a colour of the theme."""
    return f"<a:solidFill>{colour(ink)}</a:solidFill>"


def colour(ink: str) -> str:
    """Give a colour of the theme: an `Ink`, or another name with its shade in the same form."""
    name, *changes = ink.split("|")
    changed = "".join(f'<a:{change.partition("=")[0]} val="{change.partition("=")[2]}"/>' for change in changes)
    return f'<a:schemeClr val="{name}">{changed}</a:schemeClr>'
