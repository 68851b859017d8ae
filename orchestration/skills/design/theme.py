"""The theme part of an Office file: where its colours and fonts come from."""

from typing import Final

from orchestration.skills.design.drawingml import DRAWING_NAMESPACE
from orchestration.skills.design.palette import Palette
from orchestration.skills.scripts import SCRIPTS

# Programs take the one of the text's language: see `themeFontLang` of documents.
_SCRIPT_FONTS: Final = "".join(f'<a:font script="{each.name}" typeface="{each.office_font}"/>' for each in SCRIPTS)


def theme_xml(name: str, palette: Palette, fonts: tuple[str, str] | None = None) -> str:
    """Give the theme part: twelve colours, two fonts, and plain fills, lines and effects.

    Args:
        name: Of the theme.
        palette: Its colours.
        fonts: For headings and for text, where they are others than the palette's.
    """
    colours = {
        "dk1": palette.text, "lt1": palette.paper, "dk2": palette.night, "lt2": palette.panel,
        "accent1": palette.accent, "accent2": palette.second, "accent3": palette.warm, "accent4": palette.muted,
        "accent5": palette.good, "accent6": palette.bad, "hlink": palette.accent, "folHlink": palette.muted,
    }  # fmt: skip
    scheme = "".join(f'<a:{slot}><a:srgbClr val="{rgb}"/></a:{slot}>' for slot, rgb in colours.items())
    heading, body = fonts or (palette.heading_font, palette.body_font)
    faces = _font("major", heading) + _font("minor", body)
    return (
        f'<a:theme {DRAWING_NAMESPACE} name="Threadwork {name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{scheme}</a:clrScheme><a:fontScheme name="{name}">{faces}</a:fontScheme>'
        f'<a:fmtScheme name="{name}">{_plain_formats()}</a:fmtScheme></a:themeElements></a:theme>'
    )


def _plain_formats() -> str:
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:prstDash val="solid"/></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f"<a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst>"
    )


def _font(part: str, name: str) -> str:
    other = f'<a:ea typeface=""/><a:cs typeface=""/>{_SCRIPT_FONTS}'
    return f'<a:{part}Font><a:latin typeface="{name}"/>{other}</a:{part}Font>'
