"""LibreOffice, where it is installed: shows how files of ours are set on pages, as a person's own program would.

The one door to it. It gets a folder and a profile of its own, of this process's environment no more than it needs, and
a limit of time, after which all that it started is ended.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

PROGRAMS: Final = ("soffice", "libreoffice")
EXPORTS: Final = {"pptx": "impress_pdf_Export", "docx": "writer_pdf_Export", "xlsx": "calc_pdf_Export"}
"""The export filter of each kind of file that it can show."""
# Measured: 2 s for a deck of ten slides, 5 s for a document of fifty pages or where others want the processor too. What
# takes longer than this hangs.
PATIENCE: Final = timedelta(seconds=60)

Options = Mapping[str, Mapping[str, str]]
"""What its export filters take, by name."""
NO_OPTIONS: Final[Options] = {}


def find_office() -> str | None:
    """Give where LibreOffice is, if it is installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def set_as_pdf(
    program: str, content: bytes, file_format: str, *, last_page: int | None = None, patience: timedelta = PATIENCE
) -> bytes | None:
    """Give a file of ours as LibreOffice prints it; None where it cannot, or takes too long. Blocking.

    Args:
        program: Where LibreOffice is.
        content: Of a file that this program made: it names nothing outside of itself.
        file_format: One of `EXPORTS`.
        last_page: Where to end; None: with the last page that there is.
        patience: How long it may take.
    """
    options: Options = {"PageRange": {"type": "string", "value": f"1-{last_page}"}} if last_page else NO_OPTIONS
    with tempfile.TemporaryDirectory(prefix="threadwork-office-") as name:
        source = Path(name) / f"file.{file_format}"
        source.write_bytes(content)
        print_files(program, [source], options=options, patience=patience)
        made = source.with_suffix(".pdf")
        return made.read_bytes() if made.exists() else None


def print_files(
    program: str, sources: Sequence[Path], *, options: Options = NO_OPTIONS, patience: timedelta = PATIENCE
) -> None:
    """Put a PDF beside each of these files, as far as LibreOffice opens them. Blocking.

    Args:
        program: Where LibreOffice is.
        sources: Files of one kind, in one folder.
        options: Of the export.
        patience: How long all of it may take.
    """
    first = sources[0]
    wanted = f"pdf:{EXPORTS[first.suffix[1:]]}" + (f":{json.dumps(options)}" if options else "")
    with tempfile.TemporaryDirectory(prefix="threadwork-office-") as home:
        # A profile of its own: two that share one wait for each other, or refuse.
        profile = f"-env:UserInstallation={(Path(home) / 'profile').as_uri()}"
        target = ["--convert-to", wanted, "--outdir", str(first.parent)]
        _run([program, profile, "--headless", "--norestore", *target, *map(str, sources)], home, patience)


def _run(command: list[str], home: str, patience: timedelta) -> None:
    """Run a program to its end, or to the end of its time; whatever it started ends with it."""
    process = subprocess.Popen(  # noqa: S603 - the program that was found, and names made here
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "HOME": home, "TMPDIR": home},
        start_new_session=True,
    )
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience.total_seconds())
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
