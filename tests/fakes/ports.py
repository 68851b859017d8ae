"""Ports for the servers of tests, which others must not take between being found and being listened on."""

import itertools
import os
import socket
from collections.abc import Iterator
from typing import Final

# Below those that the system gives to outgoing connections: from 32768 on Linux (ip_local_port_range), from 49152 as
# IANA asks. One of those may be gone a moment after it was found, and while a bot starts again.
LOWEST: Final = 20_000
HIGHEST: Final = 32_000
# Test processes have neighbouring numbers; each begins far enough from the next.
APART: Final = 211


def _go_round() -> Iterator[int]:
    ports = range(LOWEST, HIGHEST)
    begin = os.getpid() * APART % len(ports)
    return itertools.cycle((*ports[begin:], *ports[:begin]))


_ports: Final = _go_round()


def find_free_port() -> int:
    """Give a port of this machine where nobody listens, a different one each time."""
    for port in _ports:
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("there is always a next port")
