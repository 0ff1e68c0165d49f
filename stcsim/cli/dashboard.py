"""The command ``dashboard``: the same as the other commands, in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Options

PORT = "8765"
HOST = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("dashboard")(dashboard)


def dashboard(
    port: Annotated[
        str, typer.Option("--port", metavar="N", help="Port to listen on; 0 takes a free one.")
    ] = PORT,
    results: Annotated[
        str | None,
        typer.Option("--results", metavar="DIR", help="Folder of studies, results and scenarios to open."),
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Address to listen on; by default reached from here alone."
        ),
    ] = HOST,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="Further name under which the server may be called."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser at once.")] = False,
) -> None:
    """Serve the dashboard to browsers on this machine, until Ctrl-C."""
    options = Options()
    number = options.whole("--port", port, 0, 65_535)
    folder = options.folder("--results", results)
    options.check()

    from stcsim.dashboard.serve import serve

    def ready(url: str) -> None:
        if host not in (HOST, "localhost", "::1"):
            print_aside(f"--host: whoever reaches {host} may use the dashboard; it asks for no password")
        write(f"The dashboard: {url}  (Ctrl-C ends it)")

    serve(number, folder, host, names=names or (), open_browser=show, ready=ready)
