"""The child process: reads what to show as JSON from its input, and writes a PNG to its output.

It runs apart because what it calls may take any amount of time and memory. Who started it asks it to end with SIGTERM:
it ends the office program first. Started as `python -m orchestration.previews.child`.
"""

import base64
import json
import resource
import signal
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn, cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs] (it ships none)
from PIL import Image

from orchestration.office import set_as_pdf
from orchestration.previews.sheet import make_sheet, make_strip

# An office program maps more than it uses; measured: 1.1 GB of addresses, 300 MB of memory for a deck of 30 slides.
MEMORY_BYTES: Final = 4 * 1024**3
CPU_S: Final = 60
PAGE_WIDTH_PX: Final = 960
PAGES: Final = 12
"""So many are shown at most; of a workbook or a long document they are its beginning."""

Json = dict[str, Any]


def main() -> None:
    """Show what the order asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    signal.signal(signal.SIGTERM, _end)
    order: Json = json.load(sys.stdin)
    shown = [_list_pages(each) for each in cast("list[Json]", order["files"])]
    if len(shown) == 1:
        made = make_sheet(shown[0])
    else:
        made = make_strip(shown[0], shown[1], labels=cast("tuple[str, str]", tuple(order["labels"])))
    sys.stdout.buffer.write(made)


def _end(*_: object) -> NoReturn:
    sys.exit(1)


def _list_pages(file: Json) -> list[Image.Image]:
    """Give the pictures of a file's pages: of those that are named, or of the first."""
    numbers = cast("list[int] | None", file["pages"])
    if numbers == []:
        return []
    content = base64.b64decode(file["content"])
    if file["format"] == "pdf":
        return _draw(content, numbers)
    pdf = set_as_pdf(file["office"], content, file["format"], last_page=max(numbers) if numbers else PAGES)
    if pdf is None:
        sys.exit(1)
    return _draw(pdf, numbers)


def _draw(pdf: bytes, numbers: Sequence[int] | None) -> list[Image.Image]:
    document: Any = pypdfium2.PdfDocument(pdf)
    wanted = [no for no in numbers if no <= len(document)] if numbers else range(1, len(document) + 1)
    pictures: list[Image.Image] = []
    for number in list(wanted)[:PAGES]:
        page = document[number - 1]
        pictures.append(page.render(scale=PAGE_WIDTH_PX / page.get_width()).to_pil())
    return pictures


if __name__ == "__main__":
    main()
