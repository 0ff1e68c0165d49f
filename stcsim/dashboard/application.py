"""The web application: Solara's routes that are needed, no other, behind our guards.

Imported only when `stcsim.dashboard.serve` has told Solara its settings.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from solara.server import settings
from solara.server import starlette as served
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from stcsim.dashboard.connections import Connections
from stcsim.dashboard.document import icon, root, style_sheet
from stcsim.dashboard.guards import Guards
from stcsim.dashboard.running import Running
from stcsim.dashboard.studies import documents
from stcsim.dashboard.tabs import close, connection, refusal


# Solara is typed in parts: whether this base has a type depends on what is installed.
class Kept(served.StaticCdn):  # type: ignore[misc, unused-ignore]
    """Libraries of the browser as installed; what is not there is not fetched from anywhere."""

    lookup_path = StaticFiles.lookup_path


def routes() -> list[BaseRoute]:
    """Return all routes: documents, connections, files of packages."""
    return [
        Route("/readyz", endpoint=served.readyz, methods=["GET"]),
        Route("/dashboard.css", endpoint=style_sheet, methods=["GET"]),
        Route("/dashboard.svg", endpoint=icon, methods=["GET"]),
        WebSocketRoute("/jupyter/api/kernels/{kernel_id}/{name}", endpoint=connection),
        Route("/jupyter/api/kernels/{id}", endpoint=served.kernels, methods=["GET"]),
        Route("/_solara/api/close/{kernel_id}", endpoint=close, methods=["POST"]),
        Route("/documents/{kind}/{name:path}", endpoint=documents.answer, methods=["GET"]),
        Mount("/_solara/cdn", app=Kept(directory=settings.assets.proxy_cache_dir)),
        Mount("/static/assets", app=served.StaticAssets()),
        Mount("/jupyter/nbextensions", app=served.StaticNbFiles()),
        Mount("/static", app=StaticFiles(directory=served.server.solara_static)),
        Route("/{path:path}", endpoint=root, methods=["GET"]),
    ]


def application(
    running: Running, hosts: Iterable[str], numbers: bool, ready: Callable[[], None]
) -> Starlette:
    """Return the application of a server.

    Parameters
    ----------
    running : what its pages share, its jobs end with it
    hosts, numbers : names under which it may be called, see `Guards`
    ready : called when it is about to answer
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with served.lifespan(app):
            settings.main.base_url = "/"
            settings.main.root_path = ""
            ready()
            try:
                yield
            finally:
                # Before pages: what they wait for has to end first.
                running.board.close()

    logging.getLogger("stcsim.dashboard").setLevel(logging.INFO)
    return Starlette(
        routes=routes(),
        lifespan=lifespan,
        middleware=[
            Middleware(Guards, hosts=tuple(hosts), numbers=numbers),
            Middleware(Connections, refusal=refusal),
            *served.middleware,
        ],
    )
