"""An office program that is none: it makes a ready PDF of whatever it gets, or keeps one waiting, or fails."""

import io
import sys
from pathlib import Path
from typing import Final

from reportlab.pdfgen.canvas import Canvas

SLIDE_PT: Final = (960, 540)
_BODY: Final = """#!{python}
import json, pathlib, shutil, sys, time
here = pathlib.Path(__file__).parent
with (here / "asked.jsonl").open("a") as told:
    told.write(json.dumps(sys.argv[1:]) + "\\n")
{does}
"""
_DOES: Final = {
    "makes": 'shutil.copy(here / "ready.pdf", pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1]) / "file.pdf")',
    "waits": "time.sleep(600)",
    "fails": "sys.exit(1)",
}


def make_office(folder: Path, *, does: str = "makes", pages: int = 6) -> Path:
    """Put a program named soffice into a folder; it notes what it is asked in `asked.jsonl` there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ready.pdf").write_bytes(make_pdf(pages))
    program = folder / "soffice"
    program.write_text(_BODY.format(python=sys.executable, does=_DOES[does]), encoding="utf-8")
    program.chmod(0o755)
    return program


def make_pdf(pages: int) -> bytes:
    """Give a PDF of slides with a number each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SLIDE_PT, invariant=True)
    for number in range(1, pages + 1):
        canvas.drawString(100, 300, f"Slide {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
