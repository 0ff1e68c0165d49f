"""Messages that browsers send over a connection: which are none, told before anything works on them.

A page sends messages of Jupyter: text in JSON, or bytes whose first part is the JSON and whose others are
buffers. https://jupyter-client.readthedocs.io/en/stable/messaging.html
"""

from __future__ import annotations

import json
import struct
from itertools import pairwise
from typing import Any

_ABOUT_WIDGETS = ("comm_open", "comm_msg", "comm_close")
_KNOWN = (*_ABOUT_WIDGETS, "kernel_info_request", "comm_info_request", "shutdown_request")
_WORD = 200
"""Longest name of anything in a message."""


def fault(message: str | bytes) -> str:
    """Return why this is no message of a page, empty where it is one."""
    try:
        found = json.loads(message if isinstance(message, str) else _first_part(message))
    except RecursionError:
        return "nested too deeply"
    except (ValueError, struct.error):
        return "not a message in JSON"
    return _fault_of(found)


def _first_part(message: bytes) -> bytes:
    (parts,) = struct.unpack_from("!I", message)
    # Asked before so much memory is taken as the number says.
    if not 1 <= parts <= (len(message) - 4) // 4:
        raise ValueError(parts)
    offsets = struct.unpack_from(f"!{parts}I", message, 4)
    bounds = (4 * (parts + 1), *offsets, len(message))
    if any(after < before for before, after in pairwise(bounds)):
        raise ValueError(offsets)
    return message[offsets[0] : offsets[1] if parts > 1 else None]


def _fault_of(found: Any) -> str:
    if not isinstance(found, dict):
        return "not an object"
    header, content = found.get("header"), found.get("content", {})
    if not isinstance(header, dict):
        return "without a header"
    if header.get("msg_type") not in _KNOWN:
        return "of a kind that is not known"
    if not _is_word(found.get("channel")):
        return "without a channel"
    if not isinstance(content, dict):
        return "without content"
    if header["msg_type"] in _ABOUT_WIDGETS and not _is_word(content.get("comm_id")):
        return "about nothing"
    if header["msg_type"] == "comm_open" and not _is_word(content.get("target_name")):
        return "for nobody"
    return ""


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _WORD
