"""What is no template is turned away with a sentence, before any library opens it."""

import io
from typing import Any, Final

from pptx import Presentation
from pptx.exc import PythonPptxError

from orchestration.readers.kinds import FileKind, sniff_kind
from orchestration.skills.deck.foreign.parts import resize, strip
from orchestration.skills.design.drawingml import emu
from orchestration.skills.design.geometry import SLIDE_WIDTH_PT
from recipes.source import FileRefused

# A template is masters, layouts and their pictures.
TEMPLATE_BYTES: Final = 20 * 1024 * 1024
# Large companies' templates have some 60 layouts.
LAYOUTS: Final = 200


def open_template(filename: str, content: bytes) -> Any:  # noqa: ANN401 - python-pptx's presentation is untyped
    """Give the presentation without its slides and all else that is not its look. Blocking.

    Raises:
        FileRefused: it is no template that slides can be built on; the clause says why.
    """
    if len(content) > TEMPLATE_BYTES:
        raise FileRefused(filename, f"is larger than {TEMPLATE_BYTES // 1024**2} MB, too large for a template")
    if sniff_kind(filename, content) is not FileKind.PRESENTATION:
        raise FileRefused(filename, "is no presentation; a template is a .pptx file")
    try:
        file: Any = Presentation(io.BytesIO(content))
        layouts = list(file.slide_layouts)
    except (PythonPptxError, LookupError, ValueError, OSError, SyntaxError, AttributeError) as error:
        raise FileRefused(filename, "is damaged: it does not open as a presentation") from error
    if not layouts:
        raise FileRefused(filename, "has no layouts, so there is nothing to build slides on")
    if len(layouts) > LAYOUTS:
        raise FileRefused(filename, f"has {len(layouts)} layouts; a template may have {LAYOUTS}")
    if not any(_is_title(place) for layout in layouts for place in layout.placeholders):
        raise FileRefused(filename, "has no layout with a place for a title")
    strip(file)
    resize(file, emu(SLIDE_WIDTH_PT))
    return file


def _is_title(place: Any) -> bool:  # noqa: ANN401 - python-pptx's placeholders are untyped
    return place.placeholder_format.idx == 0
