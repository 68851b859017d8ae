"""The readers without their child process; the process itself has tests of its own."""

from orchestration.readers.passages import ReadFile
from orchestration.readers.reading import read_file


class FakeReaders:
    """Reads in this process, and remembers what it read."""

    def __init__(self) -> None:
        self.read_names: list[str] = []

    async def read(self, filename: str, content: bytes) -> ReadFile:
        self.read_names.append(filename)
        return read_file(filename, content)
