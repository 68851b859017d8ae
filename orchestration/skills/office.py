"""LibreOffice, where it is installed: shows how a file of ours is set on pages, as a person's own program would."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

# A document of fifty pages takes five seconds on a crowded machine; what takes longer than this hangs.
SETTING_SECONDS: Final = 60
_PROGRAMS: Final = ("soffice", "libreoffice")


def find_office() -> str | None:
    """Give where LibreOffice is, if it is installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def set_as_pdf(content: bytes, suffix: str) -> bytes | None:
    """Give a file of ours as LibreOffice prints it; None where it is not installed, or reads no such files. Blocking.

    Args:
        content: Of a file that this program made: it names nothing outside of itself.
        suffix: Of its name: `.docx`.
    """
    program = find_office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file{suffix}"
        source.write_bytes(content)
        # A profile of its own: two that share one wait for each other, or refuse.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        _run([program, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)])
        made = source.with_suffix(".pdf")
        return made.read_bytes() if made.exists() else None


def _run(command: list[str]) -> None:
    """Run a program to its end, or to the end of its time with all that it started."""
    process = subprocess.Popen(  # noqa: S603 - the program that was found, and names made here
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(SETTING_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
