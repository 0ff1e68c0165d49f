"""Writes down whom a process calls: put on the path of a server and its jobs, Python imports it by itself."""

from __future__ import annotations

import os
import sys
from typing import Any

NAMES = ("localhost", "::1", "", None)


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host not in NAMES and not str(host).startswith("127."):
        # At the start of every process: another module to import is one that a trial would wait for.
        with open(os.environ["STCSIM_CALLED"], "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{event} {host}\n")


if "STCSIM_CALLED" in os.environ:
    sys.addaudithook(hook)
