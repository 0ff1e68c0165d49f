"""Who asks: a browser, known by its cookie, with all its tabs."""

from __future__ import annotations

import hashlib


def session_key() -> str:
    """Return a name for the session that is asking, of which its cookie cannot be told; one outside any."""
    from solara.scope import get_session_id

    try:
        known = get_session_id()
    except (RuntimeError, KeyError, LookupError):
        known = "none"
    return hashlib.sha256(f"stcsim dashboard {known}".encode()).hexdigest()[:32]
