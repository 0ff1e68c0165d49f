"""How many connections are open at once, and what becomes of those that send nonsense."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("solara", reason="the dashboard needs the extra 'dashboard'")

from starlette.types import Message, Receive, Scope, Send

from stcsim.dashboard.connections import REFUSED, Connections
from stcsim.dashboard.limits import ALL_TABS, SESSION_TABS

CONNECT = {"type": "websocket.connect"}
LEFT = {"type": "websocket.disconnect", "code": 1001}


async def page(_: Scope, receive: Receive, send: Send) -> None:
    """Take connections as Solara does, and break on one word."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        if "break" in message["text"]:
            raise KeyError("of a browser")
        await send({"type": "websocket.send", "text": "answer"})
    await send({"type": "websocket.close", "code": 1000})


class Client:
    """A browser's end of a connection."""

    def __init__(self, guarded: Connections, cookie: str, origin: bool = True) -> None:
        headers = [(b"cookie", f"solara-session-id={cookie}".encode())] if cookie else []
        headers += [(b"origin", b"http://localhost")] if origin else []
        self.got: list[Message] = []
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self.say(CONNECT)
        scope = {"type": "websocket", "headers": headers}
        self.task = asyncio.ensure_future(guarded(scope, self._messages.get, self._take))

    async def _take(self, message: Message) -> None:
        self.got.append(message)

    def say(self, *messages: Message) -> None:
        for message in messages:
            self._messages.put_nowait(message)

    def text(self, text: str) -> None:
        self.say({"type": "websocket.receive", "text": text})

    async def settle(self) -> Client:
        for _ in range(10):
            await asyncio.sleep(0)
        return self

    @property
    def end(self) -> Message | None:
        closed = [message for message in self.got if message["type"] == "websocket.close"]
        assert len(closed) <= 1
        return closed[0] if closed else None


async def several(
    guarded: Connections, number: int, cookie: Callable[[int], str], **more: Any
) -> list[Client]:
    return [await Client(guarded, cookie(n), **more).settle() for n in range(number)]


def test_one_browser_has_so_many_tabs_and_another_room_of_its_own() -> None:
    async def run() -> None:
        guarded = Connections(page)
        tabs = await several(guarded, SESSION_TABS + 3, lambda _: "one")
        assert [tab.end is None for tab in tabs] == [True] * SESSION_TABS + [False] * 3
        end = tabs[-1].end
        assert end is not None
        assert end["code"] == REFUSED
        assert end["reason"].startswith("Too many tabs of this browser")
        assert len(end["reason"].encode()) <= 123
        assert (await Client(guarded, "other").settle()).end is None
        tabs[0].say(LEFT)
        await tabs[0].settle()
        assert (await Client(guarded, "one").settle()).end is None, "a closed tab makes room"

    asyncio.run(run())


@pytest.mark.parametrize("more", [{"cookie": lambda _: ""}, {"cookie": str, "origin": False}])
def test_all_without_cookie_or_origin_count_as_one_browser(more: dict[str, Any]) -> None:
    async def run() -> None:
        tabs = await several(Connections(page), SESSION_TABS + 5, **more)
        assert sum(tab.end is None for tab in tabs) == SESSION_TABS

    asyncio.run(run())


def test_all_browsers_together_have_a_bound() -> None:
    async def run() -> None:
        tabs = await several(Connections(page), ALL_TABS + 2, str)
        assert [tab.end is None for tab in tabs] == [True] * ALL_TABS + [False] * 2
        end = tabs[-1].end
        assert end is not None
        assert "on this server" in end["reason"]
        assert len(end["reason"].encode()) <= 123

    asyncio.run(run())


KNOWN = '{"header": {"msg_type": "comm_msg"}, "channel": "shell", "content": {"comm_id": "%s"}}'


def test_nonsense_ends_its_connection_with_a_line_and_few_lines_for_many(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def run() -> None:
        guarded = Connections(page)
        for _ in range(50):
            client = await Client(guarded, "one").settle()
            client.text(KNOWN % "fine")
            client.text("[" * 500_000)
            client.text(KNOWN % "late")
            await client.settle()
            assert [message["type"] for message in client.got[:2]] == ["websocket.accept", "websocket.send"]
            assert client.end is not None
            assert client.end["code"] == 1003
            assert len(client.got) == 3
            assert client.task.done()
        assert len([await Client(guarded, "one").settle() for _ in range(SESSION_TABS)]) == SESSION_TABS

    with caplog.at_level(logging.WARNING, "stcsim.dashboard"):
        asyncio.run(run())
    assert len(caplog.messages) == 3
    assert all("\n" not in line and "nested too deeply" in line for line in caplog.messages)
    assert "more of this client is not written" in caplog.messages[-1]


def test_what_breaks_on_a_message_is_a_line_that_says_where(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        client = await Client(Connections(page), "one").settle()
        client.text(KNOWN % "break")
        await client.settle()
        assert client.end is not None
        assert client.end["code"] == 1011
        assert client.task.exception() is None

    with caplog.at_level(logging.WARNING, "stcsim.dashboard"):
        asyncio.run(run())
    assert len(caplog.messages) == 1
    assert "KeyError in line" in caplog.messages[0]
    assert caplog.records[0].exc_info is None


def test_lines_of_all_clients_together_have_a_bound(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        guarded = Connections(page)
        for number in range(100):
            client = await Client(guarded, str(number)).settle()
            client.text("junk")
            await client.settle()

    with caplog.at_level(logging.WARNING, "stcsim.dashboard"):
        asyncio.run(run())
    assert len(caplog.messages) == 30


def test_a_connection_may_be_refused_for_a_reason() -> None:
    async def run() -> None:
        client = await Client(Connections(page, lambda _: "Not this one."), "one").settle()
        assert client.end == {"type": "websocket.close", "code": REFUSED, "reason": "Not this one."}

    asyncio.run(run())
