"""One process of ours whose model is the desk: `python -m tests.chaos.process serve|talk|work`, settings as usual."""

import asyncio
import os
import sys

from bot.app import serve, work
from bot.logs import configure_logs
from bot.settings import read_settings
from recipes.errors import ThreadworkError
from tests.chaos.desk import ADDRESS, DeskModel


async def run(role: str) -> None:
    """Run until killed, or until it cannot go on."""
    settings = read_settings(dict(os.environ))
    configure_logs(settings.log)
    model, ready = DeskModel(os.environ[ADDRESS]), asyncio.Event()
    if role == "work":
        await work(settings, ready=ready, model=model)
    else:
        await serve(settings, ready=ready, works=role == "serve", model=model)


if __name__ == "__main__":
    try:
        asyncio.run(run(sys.argv[1]))
    except* ThreadworkError as group:
        sys.exit(str(group.exceptions))
