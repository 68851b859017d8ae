"""How long the readers take for the corpus's 20 files, and how large they grow."""

import asyncio
import gc
import time
from pathlib import Path

from orchestration.readers.passages import ReadFile
from orchestration.readers.process import Readers
from tests.bench.corpus import open_corpus
from tests.bench.row import Row


async def measure_reading(name: str) -> Row:
    """Read all files at once by children that have started; give the seconds."""
    files = await asyncio.to_thread(open_corpus)
    async with Readers() as readers:
        await asyncio.gather(*(readers.read("warm.txt", b"warm") for _ in range(readers.most_children)))
        gc.collect()
        started = time.perf_counter()
        reads = await asyncio.gather(*(readers.read(each, content) for each, content in files.items()))
        took_s = time.perf_counter() - started
        peaks = [await asyncio.to_thread(_read_peak_mb, child.process.pid) for child in readers._idle]
    return Row(name=name, value=took_s, unit="s", baseline=None, note=_describe(files, reads, peaks))


def _describe(files: dict[str, bytes], reads: list[ReadFile], peaks: list[int]) -> str:
    size_mb = sum(map(len, files.values())) / 1024**2
    passages = sum(len(read.passages) for read in reads)
    return f"{len(files)} files, {size_mb:.0f} MB, {passages:,} passages; children up to {max(peaks)} MB"


def _read_peak_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
