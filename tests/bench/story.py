"""How long the demo's story takes, from the command to the exit."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.row import Row


async def measure_story(name: str) -> Row:
    """Run `threadwork demo --once` in an empty folder, once."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.cli",
            "demo",
            "--once",
            cwd=folder,
            env=environment,
            stdout=asyncio.subprocess.DEVNULL,
        )
        code = await process.wait()
        took = time.perf_counter() - started
    return Row(name=name, value=took, unit="s", baseline=None, note=f"whole process, exit code {code}")
