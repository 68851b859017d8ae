"""The child process: reads what to show as JSON from its input, and writes a PNG to its output.

It runs apart because what it calls may take any amount of time and memory; who started it ends it and all that it
started. Started as `python -m orchestration.previews.child`.
"""

import base64
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs] (it ships none)
from PIL import Image

from orchestration.previews.sheet import make_sheet, make_strip

# An office program maps more than it uses; measured: 1.1 GB of addresses, 300 MB of memory for a deck of 30 slides.
MEMORY_BYTES: Final = 4 * 1024**3
CPU_S: Final = 60
PAGE_WIDTH_PX: Final = 960
PAGES: Final = 12
"""So many are shown at most; of a workbook or a long document they are its beginning."""
FILTERS: Final = {"pptx": "impress_pdf_Export", "docx": "writer_pdf_Export", "xlsx": "calc_pdf_Export"}

Json = dict[str, Any]


def main() -> None:
    """Show what the order asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    order: Json = json.load(sys.stdin)
    shown = [_list_pages(each) for each in cast("list[Json]", order["files"])]
    if len(shown) == 1:
        made = make_sheet(shown[0])
    else:
        made = make_strip(shown[0], shown[1], labels=cast("tuple[str, str]", tuple(order["labels"])))
    sys.stdout.buffer.write(made)


def _list_pages(file: Json) -> list[Image.Image]:
    """Give the pictures of a file's pages: of those that are named, or of the first."""
    numbers = cast("list[int] | None", file["pages"])
    if numbers == []:
        return []
    content = base64.b64decode(file["content"])
    pdf = content if file["format"] == "pdf" else _make_pdf(file["format"], content, file["office"], numbers)
    return _draw(pdf, numbers)


def _make_pdf(file_format: str, content: bytes, office: str, numbers: Sequence[int] | None) -> bytes:
    """Give a file as a PDF; the office program gets a profile of its own, and no more of us than it needs."""
    with tempfile.TemporaryDirectory(prefix="threadwork-preview-") as name:
        folder = Path(name)
        source = folder / f"file.{file_format}"
        source.write_bytes(content)
        most = max(numbers) if numbers else PAGES
        pages = json.dumps({"PageRange": {"type": "string", "value": f"1-{most}"}})
        subprocess.run(  # noqa: S603 (a program that the operator installed, on a file that we made)
            [
                office,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                f"pdf:{FILTERS[file_format]}:{pages}",
                "--outdir",
                str(folder),
                str(source),
            ],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder)},
        )
        return (folder / "file.pdf").read_bytes()


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
