"""What is a message of a page and what is none."""

from __future__ import annotations

import json
import struct

import pytest

from stcsim.dashboard.frames import fault


def message(kind: str = "comm_msg", **changed: object) -> dict[str, object]:
    content = {"comm_id": "a1", "target_name": "jupyter.widget", "data": {"method": "update", "state": {}}}
    return {"header": {"msg_type": kind}, "channel": "shell", "content": content, **changed}


def packed(first: bytes, *rest: bytes) -> bytes:
    parts = (first, *rest)
    at = 4 * (len(parts) + 1)
    offsets = [at + sum(map(len, parts[:n])) for n in range(len(parts))]
    return struct.pack(f"!{len(parts) + 1}I", len(parts), *offsets) + b"".join(parts)


@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "comm_close", "comm_info_request"])
def test_messages_of_a_page_are_taken(kind: str) -> None:
    text = json.dumps(message(kind))
    assert fault(text) == ""
    assert fault(packed(text.encode())) == ""
    assert fault(packed(text.encode(), b"\x00" * 40, b"")) == ""


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        ("junk", "JSON"),
        ("", "JSON"),
        ("[" * 500_000, "deeply"),
        ("[]", "object"),
        ("{}", "header"),
        (b"", "JSON"),
        (b"abc", "JSON"),
        (b"\x00\x01\x02", "JSON"),
        (struct.pack("!I", 0), "JSON"),
        # A number of parts that would take gigabytes.
        (struct.pack("!I", 2**31 - 1) + b"x" * 100, "JSON"),
        (struct.pack("!3I", 2, 12, 2**32 - 1) + b"{}", "JSON"),
        (struct.pack("!2I", 1, 0), "JSON"),
        (packed(b"{}"), "header"),
        (packed(b"\xff\xfe"), "JSON"),
        (json.dumps(message("execute_request")), "kind"),
        (json.dumps(message(header={"msg_type": ["comm_msg"]})), "kind"),
        (json.dumps(message(channel=None)), "channel"),
        (json.dumps(message(content=[])), "content"),
        (json.dumps(message(content={"comm_id": "x" * 10_000})), "about"),
        (json.dumps(message("comm_open", content={"comm_id": "x"})), "nobody"),
    ],
)
def test_all_else_is_told_in_a_few_words(frame: str | bytes, why: str) -> None:
    said = fault(frame)
    assert why in said
    assert len(said) < 60
