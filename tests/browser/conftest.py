"""Browser tests: a real server, a real Chromium, and pages that ask nobody else and break nowhere.

``page`` is a window in a session of its own on the server of the dashboard, ``trial_page`` one on the pages
of `tests.browser.trial`; ``open_window`` opens more. When a test ends, each of its windows must have asked
nobody but the server, thrown no error, and been answered without a status of 400 or more; what a test wants
to happen it puts into ``window.expected`` as a part of the message.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium, servers

pytest.importorskip("playwright", reason="browser tests need the extra 'test'")
pytest.importorskip("axe_playwright_python", reason="browser tests need the extra 'test'")
pytest.importorskip("solara", reason="browser tests need the extra 'test'")

from playwright.sync_api import sync_playwright

from tests.browser.window import Window


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    program = chromium.find()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.MISSING, pytrace=False)
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=chromium.arguments())
        yield started
        started.close()


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the server of the dashboard is given with ``--results``."""
    folder = tmp_path_factory.mktemp("given") / "results"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def served(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Served]:
    """The server of the dashboard."""
    server = servers.start(tmp_path_factory.mktemp("server"), servers.COMMAND, "--results", str(results))
    yield server
    server.end()
    assert not server.called(), f"the server has called others: {server.called()}"
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture(scope="session")
def trial(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Served]:
    """A server of the pages that are made to be tried."""
    server = servers.start(tmp_path_factory.mktemp("trial"), servers.TRIAL)
    yield server
    server.end()
    assert not server.called(), f"the server has called others: {server.called()}"


@pytest.fixture(scope="session")
def contexts(browser: Any) -> dict[bool, list[Any]]:
    """Contexts of the browser that nobody uses, with and without touch.

    They are used again: a browser that knows the server's files opens a page in half the time.
    """
    return {False: [], True: []}


@pytest.fixture
def open_window(browser: Any, contexts: dict[bool, list[Any]]) -> Iterator[Callable[..., Window]]:
    """Function from a server, and options of `Window`, to a window in a session of its own."""
    windows: list[Window] = []
    used: list[tuple[bool, Any]] = []

    def opened(server: servers.Served, *, has_touch: bool = False, **options: Any) -> Window:
        free = contexts[has_touch]
        used.append((has_touch, free.pop() if free else browser.new_context(has_touch=has_touch)))
        windows.append(Window(used[-1][1], server.url, **options))
        return windows[-1]

    yield opened
    for has_touch, context in used:
        contexts[has_touch].append(context)
    wrong = [line for window in windows for line in window.close()]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def page(open_window: Callable[..., Window], served: servers.Served) -> Window:
    """A window on the dashboard."""
    return open_window(served)


@pytest.fixture
def trial_page(open_window: Callable[..., Window], trial: servers.Served) -> Window:
    """A window on the pages that are made to be tried."""
    return open_window(trial)
