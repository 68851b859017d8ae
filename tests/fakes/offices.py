"""An office program that is none: it makes a ready PDF of whatever it gets, or keeps one waiting, or fails."""

import fcntl
import io
import sys
import time
from pathlib import Path
from typing import Final

from reportlab.pdfgen.canvas import Canvas

SLIDE_PT: Final = (960, 540)
ENDING_S: Final = 30
_BODY: Final = """#!{python}
import fcntl, json, os, pathlib, shutil, subprocess, sys
here = pathlib.Path(__file__).parent
held = (here / "held").open("w")
fcntl.flock(held, fcntl.LOCK_SH)
with (here / "asked.jsonl").open("a") as told:
    told.write(json.dumps(sys.argv[1:]) + "\\n")
(here / "environment.json").write_text(json.dumps(dict(os.environ)))
{does}
"""
_DOES: Final = {
    "makes": 'shutil.copy(here / "ready.pdf", pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1]) / "file.pdf")',
    # The real one is a script that starts a program that starts another.
    "waits": 'subprocess.run(["/bin/sleep", "600"], pass_fds=[held.fileno()])',
    "fails": "sys.exit(1)",
}


def make_office(folder: Path, *, does: str = "makes", pages: int = 6) -> Path:
    """Put a program named soffice into a folder; it notes there what it is asked, and its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ready.pdf").write_bytes(make_pdf(pages))
    program = folder / "soffice"
    program.write_text(_BODY.format(python=sys.executable, does=_DOES[does]), encoding="utf-8")
    program.chmod(0o755)
    return program


def is_alive(folder: Path) -> bool:
    """Tell whether a program that was put there, or what it started, still runs once all had time to end."""
    with (folder / "held").open("w") as held:
        for _ in range(ENDING_S * 20):
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.05)
            else:
                return False
    return True


def make_pdf(pages: int) -> bytes:
    """Give a PDF of slides with a number each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SLIDE_PT, invariant=True)
    for number in range(1, pages + 1):
        canvas.drawString(100, 300, f"Slide {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
