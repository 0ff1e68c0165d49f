"""The one document that a browser is sent: Solara's, with what a reader and a strict policy need."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_HERE = Path(__file__).resolve().parent
TITLE = "stcsim"
_WIDE = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_ICON = '<link rel="icon" type="image/svg+xml" href="/dashboard.svg">'
COOKIE = "solara-session-id"
"""By which a browser is known."""
_YEAR = 365 * 24 * 3600
_NOWHERE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>No such page · stcsim</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/dashboard.css?v={}"></head>
<body class="nowhere"><h1>There is no such page</h1><p><a href="/">To the dashboard</a></p></body></html>
"""


class DocumentError(RuntimeError):
    """Solara's document is not the one that is known here: another version of it."""


@lru_cache(maxsize=1)
def style() -> str:
    """Return all style sheets of the dashboard, the layout first."""
    first = _HERE / "layout.css"
    rest = sorted(path for path in _HERE.rglob("*.css") if path != first)
    return "\n".join(path.read_text(encoding="utf-8") for path in (first, *rest))


@lru_cache(maxsize=1)
def style_version() -> str:
    """Return a word that changes with the style sheets."""
    return hashlib.sha256(style().encode()).hexdigest()[:16]


def _replaced(text: str, old: str, new: str) -> str:
    if old not in text:
        raise DocumentError(f"lacks {old!r}")
    return text.replace(old, new)


def completed(text: str, nonce: str) -> str:
    """Return Solara's document with its language, a page that can be enlarged, our style, and no traces.

    Raises
    ------
    DocumentError
        it is not the one that is known here
    """
    start = text.index('<meta name="viewport"')
    text = text[:start] + _WIDE + text[text.index(">", start) + 1 :]
    start = text.index('<link rel="icon"')
    end = text.index(">", text.rindex('<link rel="icon"')) + 1
    text = text[:start] + _ICON + text[end:]
    text = _replaced(text, "<html>", '<html lang="en">')
    # What a kernel prints or breaks on is none of the reader's.
    text = _replaced(text, "var debug = true;", "var debug = false;")
    first = (_HERE / "head.js").read_text(encoding="utf-8")
    text = _replaced(text, "<head>", f"<head>\n<script>{first}</script>")
    sheet = f'<link rel="stylesheet" href="/dashboard.css?v={style_version()}">'
    text = _replaced(text, "</head>", f"{sheet}\n</head>")
    return text.replace("<script", f'<script nonce="{nonce}"')


def root(request: Request) -> Response:
    """Answer with the document, where a page has this address."""
    from solara.server import server
    from solara.server.app import apps

    path = request.url.path
    known_paths = {"/", *(f"/{route.path}" for route in apps["__default__"].routes)}
    content = server.read_root(path, "") if path in known_paths else None
    if content is None:
        return HTMLResponse(_NOWHERE.format(style_version()), status_code=404)
    nonce = secrets.token_urlsafe(16)
    response = HTMLResponse(completed(content, nonce))
    request.state.nonce = nonce
    known = server.get_session_id_cookie(request.cookies)
    response.set_cookie(
        COOKIE,
        known if known and len(known) <= 80 else secrets.token_urlsafe(24),
        max_age=_YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    response.headers["cache-control"] = "no-store"
    return response


def icon(request: Request) -> Response:  # noqa: ARG001 - what routes are called with
    """Answer with the icon of the dashboard."""
    kept = {"cache-control": "public, max-age=86400"}
    return Response((_HERE / "icon.svg").read_bytes(), media_type="image/svg+xml", headers=kept)


def style_sheet(request: Request) -> Response:  # noqa: ARG001 - what routes are called with
    """Answer with the style of the dashboard."""
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(style(), media_type="text/css", headers=kept)
