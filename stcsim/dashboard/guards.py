"""What is refused before a page sees it, and what every answer says to the browser.

Foreign hosts (names that somebody else points to this machine), web sites that open our connection from
elsewhere, large bodies.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stcsim.dashboard.limits import BODY_BYTES

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII | re.IGNORECASE)
_NAME_LENGTH = 253


def host_name(header: str) -> str:
    """Return the name or number in a header ``Host``, without port and brackets, in lower case."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def is_number(name: str) -> bool:
    """Whether a host is named by its number, which nobody can point elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_host_name(text: str) -> bool:
    """Whether browsers can call a server by this: a number, or a name of the DNS, without port and scheme."""
    if is_number(text):
        return True
    labels = text.split(".")
    # Browsers read a name that ends in digits as a number.
    return (
        len(text) <= _NAME_LENGTH
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )


def policy(host: str, nonce: str = "") -> str:
    """Return the content security policy: nothing from elsewhere, no script that we have not sent.

    Vue compiles templates, which takes ``unsafe-eval``; styles stand in attributes.
    """
    scripts = f"'self' 'nonce-{nonce}' 'unsafe-eval'" if nonce else "'self'"
    rules = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{host} wss://{host}" if host else "'self'",
        "worker-src": "'self' blob:",
        "base-uri": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Guards:
    """Wraps an application.

    Parameters
    ----------
    app : what is guarded
    hosts : names under which this server may be called, besides numbers where `numbers` is True
    numbers : whether it may be called by any number
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK, numbers: bool = False) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._numbers = numbers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let pass with headers."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        refused = self._refusal(scope, headers, host)
        if refused:
            if scope["type"] == "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 1008, "reason": refused[1]})
            else:
                await PlainTextResponse(refused[1], status_code=refused[0])(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                nonce = getattr(scope.get("state"), "nonce", "") or scope.get("state", {}).get("nonce", "")
                # A page that asks for less, such as a report, says so itself.
                answer.setdefault("content-security-policy", policy(host, nonce))
                answer["x-content-type-options"] = "nosniff"
                answer["x-frame-options"] = "DENY"
                answer["referrer-policy"] = "no-referrer"
                answer["cross-origin-opener-policy"] = "same-origin"
                answer["cross-origin-resource-policy"] = "same-origin"
                answer["permissions-policy"] = "camera=(), geolocation=(), microphone=(), usb=()"
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _refusal(self, scope: Scope, headers: Headers, host: str) -> tuple[int, str] | None:
        name = host_name(host)
        if name not in self._hosts and not (self._numbers and is_number(name)):
            return 421, "This server is not known by that name."
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, "Requests from other sites are not answered."
        if scope["type"] == "websocket":
            return None
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "This is not done here."
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdigit() or int(length) > BODY_BYTES:
            return 413, "This is more than is taken here."
        return None
