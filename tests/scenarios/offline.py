"""The command in a process that may open no connection, but to the ports in ALLOWED_PORTS: whoever tries is told of."""

import os
import sys
from typing import Any

from bot.cli import main

ALLOWED = {int(port) for port in os.environ.pop("ALLOWED_PORTS", "").split(",") if port}
REACHING = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


class OutsideReached(RuntimeError):
    """Something was looked up or connected to."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in REACHING:
        return
    address = arguments[1] if event.startswith("socket.s") or event == "socket.connect" else arguments
    if isinstance(address, tuple) and not ALLOWED & {part for part in address if isinstance(part, int)}:
        print("OutsideReached", event, address, flush=True)
        raise OutsideReached(event)


sys.addaudithook(_watch)
main()
