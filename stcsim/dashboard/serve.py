"""Serve the dashboard: for this machine alone unless told otherwise, without any call to others."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from stcsim.dashboard.guards import LOOPBACK, is_host_name, is_number
from stcsim.dashboard.limits import ALL_TABS, IDLE_TAB, MESSAGE_BYTES, SESSION_TABS
from stcsim.dashboard.running import open_server
from stcsim.dashboard.sparing import PackagesSparing
from stcsim.errors import InputError, Problem, quote

SETTINGS = {
    "SOLARA_APP": "stcsim.dashboard.app",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "none",
    "SOLARA_TELEMETRY_SERVER_FINGERPRINT": "none",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "stcsim",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_KERNEL_CULL_TIMEOUT": IDLE_TAB,
    "SOLARA_KERNEL_MAX_COUNT": str(ALL_TABS),
    "SOLARA_KERNEL_MAX_PER_SESSION": str(SESSION_TABS),
    "SOLARA_SESSION_HTTP_ONLY": "True",
}
"""What Solara is told, before it is imported: no telemetry, no banner, tabs that are gone are forgotten."""
_FAREWELL_SECONDS = 1
_ADDRESSES = "127.0.0.1 is for this machine alone, 0.0.0.0 for all its addresses."


def _problem(option: str, said: str, repair: str = "") -> InputError:
    return InputError([Problem("", 0, 0, option, said, repair)])


def check_installed() -> None:
    """Make sure that what the dashboard needs is there.

    Raises
    ------
    InputError
        it is not
    """
    lacking = [name for name in ("solara", "ipyvuetify", "markdown_it") if find_spec(name) is None]
    if lacking:
        said = f"the dashboard needs packages that are not installed: {', '.join(lacking)}"
        raise InputError([Problem("", 0, 0, "", said, "Install the extra: pip install 'stcsim[dashboard]'.")])


def _check_names(host: str, names: Sequence[str]) -> None:
    problems = []
    if not host.strip():
        # The system would take it for all addresses.
        problems.append(Problem("", 0, 0, "--host", "the address is empty", _ADDRESSES))
    said = "is no name under which browsers call a server"
    repair = "A name as dashboard.example.org, without scheme, port and path."
    for name in names:
        if not is_host_name(name):
            problems.append(Problem("", 0, 0, "--name", f"{quote(name)} {said}", repair))
    if problems:
        raise InputError(problems)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = None
    try:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        # Whoever comes between the line that tells the address and the first answer waits for it.
        listening.listen(128)
    except (OSError, ValueError) as error:
        if listening is not None:
            listening.close()
        raise _unusable(host, port, error) from None
    listening.set_inheritable(False)
    return listening


def _unusable(host: str, port: int, error: OSError | ValueError) -> InputError:
    number = getattr(error, "errno", None)
    if isinstance(error, (socket.gaierror, ValueError)) or number == errno.EAFNOSUPPORT:
        reason = getattr(error, "strerror", "") or "it is no address"
        return _problem("--host", f"{quote(host)} cannot be used: {reason}", _ADDRESSES)
    if number == errno.EADDRNOTAVAIL:
        return _problem("--host", f"{quote(host)} is no address of this machine", _ADDRESSES)
    reason = getattr(error, "strerror", "") or "it is none"
    return _problem("--port", f"{host}:{port} cannot be used: {reason}", "0 takes a free one.")


def serve(
    port: int,
    results: Path | None,
    host: str = "127.0.0.1",
    *,
    names: Sequence[str] = (),
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until told to end; whatever was started ends with it.

    Parameters
    ----------
    port : to listen on; 0 takes a free one
    results : folder whose results, studies and scenarios pages may open; None for none
    host : address to listen on; by default this machine is the only one that reaches it
    names : further names under which the server may be called
    open_browser : show it in a browser at once
    ready : told the address, when it answers

    Raises
    ------
    InputError
        the folder is none, a name or the address is none, the port is taken, or what is needed is not
        installed
    """
    check_installed()
    _check_names(host, names)
    if results is not None and not results.is_dir():
        raise _problem("--results", f"'{results}' is no folder")
    listening = _listen(host, port)
    running = open_server(results.resolve() if results is not None else None)
    homes = {name: str(running.folder / "home") for name in ("SOLARA_HOME", "IPYTHONDIR")}
    os.environ.update(SETTINGS, **homes)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{listening.getsockname()[1]}/"

    import uvicorn

    from stcsim.dashboard.application import application

    def told() -> None:
        if ready is not None:
            ready(url)
        if open_browser:
            import webbrowser

            webbrowser.open(url)

    hosts = [*LOOPBACK, host, *names]
    everywhere = host in ("0.0.0.0", "::")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(PackagesSparing())
    # Of this it writes one for each connection of a client that keeps no cookies.
    logging.getLogger("solara.server.fastapi").setLevel(logging.ERROR)
    app = application(running, hosts, everywhere or (is_number(host) and host not in LOOPBACK), told)
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws_max_size=MESSAGE_BYTES,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        running.board.close()
        listening.close()
