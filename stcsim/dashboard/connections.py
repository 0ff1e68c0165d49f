"""Connections of tabs: how many are open at once, and an end of those that send what no page sends."""

from __future__ import annotations

import hashlib
import logging
import secrets
import traceback
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stcsim.dashboard.document import COOKIE
from stcsim.dashboard.frames import fault
from stcsim.dashboard.limits import ALL_TABS, SESSION_TABS
from stcsim.dashboard.sparing import Sparing

LOG = logging.getLogger("stcsim.dashboard")
REFUSED = 4003
"""Code of the end of a connection that is not taken; ``head.js`` shows its reason and tries no more."""
_UNSUPPORTED = 1003
_BROKEN = 1011
_NAMELESS = ""
"""Who sends no cookie or no origin, which browsers do; all of them count as one browser."""
_CLIENT_LINES = 3
_ALL_LINES = 30


def _crowded(open_now: Counter[str], client: str) -> str:
    # A reason has 123 bytes.
    if open_now[client] >= SESSION_TABS:
        said = f"Too many tabs of this browser are open, {SESSION_TABS} at most."
        return f"{said} Close some, then load this page again."
    if open_now.total() >= ALL_TABS:
        return f"Too many tabs are open on this server, {ALL_TABS} at most. Load this page again in a while."
    return ""


class Connections:
    """Wraps an application, of which it guards the websockets.

    Parameters
    ----------
    app : what is guarded
    refusal : told the scope of a connection, says why it is not taken; empty where it is
    """

    def __init__(self, app: ASGIApp, refusal: Callable[[Scope], str] = lambda _: "") -> None:
        self._app = app
        self._refusal = refusal
        self._open: Counter[str] = Counter()
        self._client_lines = Sparing(_CLIENT_LINES)
        self._all_lines = Sparing(_ALL_LINES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pass what is no websocket; of those count, watch and end."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        client = client_of(Headers(scope=scope))
        refused = self._refusal(scope) or _crowded(self._open, client)
        if refused:
            self._tell(client, secrets.token_hex(3).upper(), refused)
            await receive()
            # A browser is told why only where it was let in.
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": REFUSED, "reason": refused})
            return
        self._open[client] += 1
        try:
            await self._watch(client, scope, receive, send)
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]

    async def _watch(self, client: str, scope: Scope, receive: Receive, send: Send) -> None:
        reference = secrets.token_hex(3).upper()
        ended = False

        async def end(code: int, why: str) -> None:
            nonlocal ended
            self._tell(client, reference, why)
            if not ended:
                ended = True
                await send({"type": "websocket.close", "code": code, "reason": ""})

        async def watched() -> Message:
            nonlocal ended
            message = await receive()
            if message["type"] == "websocket.receive":
                text = message.get("text")
                why = fault(text if text is not None else message.get("bytes") or b"")
                if why:
                    await end(_UNSUPPORTED, f"a message {why}")
                    return {"type": "websocket.disconnect", "code": _UNSUPPORTED}
            ended = ended or message["type"] == "websocket.disconnect"
            return message

        async def sent(message: Message) -> None:
            nonlocal ended
            # A page may have something to say that has not yet seen the end.
            if not ended:
                ended = message["type"] == "websocket.close"
                await send(message)

        try:
            await self._app(scope, watched, sent)
        except Exception as error:
            # Whatever breaks on a message ends its connection alone.
            await end(_BROKEN, _place(error))

    def _tell(self, client: str, reference: str, why: str) -> None:
        left = self._client_lines.left(client)
        if left > 0 and self._all_lines.left("") > 0:
            more = "; more of this client is not written in this minute" if left == 1 else ""
            LOG.warning("connection %s ended: %s%s", reference, why.rstrip("."), more)


def client_of(headers: Headers) -> str:
    """Return a name for the browser of a connection, of which its cookie cannot be told."""
    cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    if not cookie or "origin" not in headers:
        return _NAMELESS
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()


def _place(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" in line {last[0].lineno} of {last[0].filename}" if last else ""
    return f"it broke with {type(error).__name__}{where}"
