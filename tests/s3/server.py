"""A local S3 server for tests: moto's, a process of its own on a free loopback port, with all it keeps in memory."""

import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from tests.fakes.ports import find_free_port

# Made by `make s3`: the server's libraries do not go together with ours.
PYTHON: Final = Path(__file__).parents[2] / ".venv" / "s3" / "bin" / "python"
START_S: Final = 60.0
LOOK_S: Final = 0.05


class S3Server:
    """One server; it can be killed and started again, and keeps its address, but no file."""

    def __init__(self) -> None:
        self._port = find_free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Give its address."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and return when it answers."""
        command = [PYTHON, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the S3 server does not start")
            time.sleep(LOOK_S)

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def add_bucket(self, name: str) -> None:
        """Make a bucket."""
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/{name}", method="PUT")).close()  # noqa: S310 (our own)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url).close()  # noqa: S310 (our own)
        except urllib.error.URLError:
            return False
        return True
