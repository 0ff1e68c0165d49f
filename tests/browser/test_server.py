"""What a server answers, refuses and says, asked without a browser."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from stcsim.dashboard.limits import MESSAGE_BYTES
from tests.browser import servers


def ask(
    server: servers.Served,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[int, dict[str, str], str]:
    where = urlsplit(server.url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_listens_on_this_machine_alone(served: servers.Served) -> None:
    port = urlsplit(served.url).port
    # Who listens on all addresses would answer on another one of the loopback as well.
    with pytest.raises(OSError, match=r"refused|assign|unreachable|timed out"):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_document_says_what_may_run_and_every_script_is_ours(served: servers.Served) -> None:
    _, headers, text = ask(served, "/")
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    nonce = re.search(r"'nonce-([\w-]+)'", rules["script-src"])
    assert nonce is not None
    assert "unsafe-inline" not in rules["script-src"]
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert "http" not in headers["content-security-policy"].replace("https", "")
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert scripts
    assert all(f'nonce="{nonce[1]}"' in script for script in scripts)
    assert headers["x-content-type-options"] == "nosniff"
    assert nonce[1] not in ask(served, "/")[2]


def test_document_is_in_english_and_may_be_enlarged(served: servers.Served) -> None:
    text = ask(served, "/")[2]
    assert '<html lang="en">' in text
    wide = re.search(r'<meta name="viewport" content="([^"]*)"', text)
    assert wide is not None
    assert "user-scalable" not in wide[1]
    assert "maximum-scale" not in wide[1]


def test_cookie_is_kept_from_scripts_and_other_sites(served: servers.Served) -> None:
    cookie = ask(served, "/")[1]["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.1", "", "[::1"])
def test_foreign_names_are_refused(served: servers.Served, host: str) -> None:
    assert ask(served, "/", headers={"Host": host})[0] in (400, 421)


def test_requests_of_other_sites_are_refused(served: servers.Served) -> None:
    assert ask(served, "/", headers={"Origin": "http://evil.example"})[0] == 403
    assert ask(served, "/", headers={"Origin": "null"})[0] == 403
    assert ask(served, "/", headers={"Origin": served.url})[0] == 200


def upgrade(server: servers.Served, origin: str) -> str:
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), timeout=60) as line:
        asked = (
            "GET /jupyter/api/kernels/11111111-1111-4111-8111-111111111111/channels?session_id=p HTTP/1.1\r\n"
            f"Host: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: {origin}\r\n\r\n"
        )
        line.sendall(asked.encode())
        return line.recv(200).decode("utf-8", "replace").split("\r\n")[0]


def test_connections_of_other_sites_are_refused(served: servers.Served) -> None:
    assert " 403 " in upgrade(served, "http://evil.example")
    assert " 101 " in upgrade(served, served.url)


def test_large_bodies_are_refused_unread(served: servers.Served) -> None:
    path = "/_solara/api/close/x?session_id=y"
    assert ask(served, path, "POST", body=b"x" * 70_000)[0] == 413
    assert ask(served, path, "POST", headers={"Transfer-Encoding": "chunked"})[0] == 413
    assert ask(served, "/", "PUT")[0] == 405


def test_large_messages_end_the_connection(served: servers.Served) -> None:
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    where = urlsplit(served.url)
    address = (
        f"ws://{where.netloc}/jupyter/api/kernels/22222222-2222-4222-8222-222222222222/channels?session_id=p"
    )
    with connect(address, origin=served.url) as line:
        with pytest.raises(ConnectionClosed):  # noqa: PT012 - the second call may be the one that tells
            line.send(b"x" * (MESSAGE_BYTES + 1))
            for _ in range(100):
                line.recv(timeout=60)
        assert line.close_code == 1009


def test_closing_of_no_tab_is_refused(served: servers.Served) -> None:
    status, _, text = ask(served, "/_solara/api/close/abc", "POST")
    assert (status, len(text.splitlines())) == (400, 1)
    assert ask(served, "/_solara/api/close/abc?session_id=p", "POST")[0] == 200
    assert "Traceback" not in served.said()


def test_nonsense_ends_a_connection_and_fills_no_log(served: servers.Served) -> None:
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    where = urlsplit(served.url)
    kernels = f"ws://{where.netloc}/jupyter/api/kernels/33333333-3333-4333-8333-333333333333/channels"
    before = len(served.said().splitlines())
    cookie = {"Cookie": "solara-session-id=nonsense"}
    for frame in ("junk", "{}", b"bytes", "[" * 500_000, '{"header": {"msg_type": "comm_msg"}}', "x") * 2:
        with connect(f"{kernels}?session_id=p", origin=served.url, additional_headers=cookie) as line:
            line.send(frame)
            with pytest.raises(ConnectionClosed):
                line.recv(timeout=60)
            assert line.close_code == 1003
    # A tab without a number, and one of the browser above that another asks for.
    for address, who in (
        (kernels, cookie),
        (f"{kernels}?session_id=p", {"Cookie": "solara-session-id=thief"}),
    ):
        with connect(address, origin=served.url, additional_headers=who) as line:
            with pytest.raises(ConnectionClosed):
                line.recv(timeout=60)
            assert line.close_code == 4003
    close = "/_solara/api/close/33333333-3333-4333-8333-333333333333?session_id=another"
    assert ask(served, close, "POST")[0] == 400
    told = served.said().splitlines()[before:]
    assert 1 <= len(told) <= 6, told
    assert "connection" in told[0]
    assert ask(served, "/")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_solara/cdn/../../../../etc/passwd",
        "/_solara/cdn/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fsettings.py",
        "/static/assets/../../settings.py",
        "/jupyter/nbextensions/../../../etc/passwd",
        "/static/public/app.py",
        "/_solara/cdn/vega@5/build/vega.min.js",
        "/resourcez",
        "/_solara/api/evict/x",
        "/no/such/page",
        "/flows/more",
    ],
)
def test_nothing_else_is_served(served: servers.Served, path: str) -> None:
    status, _, text = ask(served, path)
    assert status in (404, 405)
    assert "root:" not in text
    assert "Traceback" not in text


def test_browser_is_sent_what_it_asks_for_from_this_machine(served: servers.Served) -> None:
    _, _, text = ask(served, "/")
    asked = re.findall(r"""(?:src|href)=["'](/[^"']+)["']""", text)
    assert len(asked) > 4
    for path in asked:
        assert ask(served, path)[0] == 200, path
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", text)


def test_taken_port_and_missing_folder_are_said_in_a_line(served: servers.Served, tmp_path: Path) -> None:
    for words, part in (
        (["--port", str(urlsplit(served.url).port)], "cannot be used"),
        (["--port", "70000"], "above the maximum"),
        (["--port", "0", "--results", str(tmp_path / "nowhere")], "is no folder"),
        (["--port", "0", "--host", "nonsense.invalid"], "--host: 'nonsense.invalid' cannot be used"),
        (["--port", "0", "--name", "''"], "--name: '''' is no name"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "stcsim", "dashboard", *words],
            capture_output=True,
            text=True,
            timeout=300,
            cwd=servers.ROOT,
        )
        assert done.returncode == 2, done
        assert part in done.stderr
        assert len(done.stderr.splitlines()) == 2, "the problem, and how many there are"
        assert "Traceback" not in done.stderr
