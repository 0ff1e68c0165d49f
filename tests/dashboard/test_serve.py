"""Which address and which names a server takes, and which option is named where it cannot."""

from __future__ import annotations

import socket

import pytest

pytest.importorskip("solara", reason="the dashboard needs the extra 'dashboard'")

from stcsim.dashboard.guards import is_host_name
from stcsim.dashboard.serve import serve
from stcsim.errors import InputError


def problem_of(host: str = "127.0.0.1", port: int = 0, names: tuple[str, ...] = ()) -> str:
    with pytest.raises(InputError) as raised:
        serve(port, None, host, names=names)
    assert len(raised.value.problems) == 1
    return str(raised.value.problems[0])


@pytest.mark.parametrize("host", ["300.1.1.1", "no name", "a..b", "x" * 70 + ".example", "::1::"])
def test_host_that_is_none_is_named_with_its_own_repair(host: str) -> None:
    said = problem_of(host)
    assert said.startswith("--host: ")
    assert "cannot be used" in said
    assert "127.0.0.1" in said
    assert "free" not in said


def test_address_of_another_machine_is_named() -> None:
    # Of a range that is kept for documentation, which no machine has.
    said = problem_of("192.0.2.1")
    assert said.startswith("--host: '192.0.2.1' is no address of this machine")


@pytest.mark.parametrize("host", ["", " "])
def test_empty_host_does_not_open_the_server_to_all(host: str) -> None:
    assert problem_of(host).startswith("--host: the address is empty")


def test_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = problem_of(port=taken.getsockname()[1])
    assert said.startswith("--port: ")
    assert "0 takes a free one" in said


WRONG = ["", "''", "a b", "https://a.example", "a.example:80", "a/b", "*", "-a", "a.", "1.2.3", "ä.example"]


@pytest.mark.parametrize("name", [*WRONG, "a" * 64, ".".join(["abc"] * 80), "a\n"])
def test_name_that_is_none_is_refused(name: str) -> None:
    assert problem_of(names=("good.example", name)).startswith("--name: ")


@pytest.mark.parametrize("name", ["localhost", "Dashboard.Example.org", "my_box", "x1", "10.0.0.1", "::1"])
def test_names_by_which_servers_are_called_are_taken(name: str) -> None:
    assert is_host_name(name)
