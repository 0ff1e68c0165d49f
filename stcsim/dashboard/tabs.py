"""What Solara keeps of a tab: which browser may use it, and when it goes."""

from __future__ import annotations

import asyncio

from solara.server import kernel_context
from solara.server import starlette as served
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope
from starlette.websockets import WebSocket

from stcsim.dashboard.document import COOKIE
from stcsim.dashboard.gone import spare

_FORGETTING = asyncio.Lock()


def refusal(scope: Scope) -> str:
    """Return why a connection is not taken, empty where it is: it says no tab, or that of another browser."""
    asked = HTTPConnection(scope)
    if not asked.query_params.get("session_id"):
        return "Which tab this is is not said."
    number = asked.url.path.removeprefix("/jupyter/api/kernels/").partition("/")[0]
    context = kernel_context.contexts.get(number)
    if context is not None and context.session_id != asked.cookies.get(COOKIE):
        return "This tab is not of this browser."
    return ""


def close(request: Request) -> Response:
    """Take note that a tab is closed, of which its browser tells the number."""
    page = request.query_params.get("session_id")
    if not page:
        return PlainTextResponse("Which tab is closed is not said.", status_code=400)
    context = kernel_context.contexts.get(request.path_params["kernel_id"])
    if context is not None and page not in context.page_status:
        return PlainTextResponse("There is no such tab.", status_code=400)
    answer: Response = served.close(request)
    return answer


async def connection(line: WebSocket) -> None:
    """Serve a tab as long as it is connected."""
    try:
        await served.kernel_connection(line)
    finally:
        # Those that went without a word may come back; not so many that they fill the memory.
        async with _FORGETTING:
            for context in spare(tuple(kernel_context.contexts.values())):
                if not context.closed_event.is_set():
                    await run_in_threadpool(context.close, "too many tabs have gone")
