"""Jobs as a reader sees them: from click to result, cancelled, wrong; they end with the server."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import servers
from tests.browser.window import JOB_PATIENCE, Window

LONG = "/?scenario=small_region&replications=20000"


def wait_for(shown: Any, state: str) -> None:
    expect(shown.get_by_test_id("state")).to_have_text(state, timeout=JOB_PATIENCE)


def wait_for_runs(shown: Any) -> None:
    """Wait until the long job says how far it is."""
    expect(shown.get_by_test_id("text")).to_have_text(re.compile(" of 40000 runs"), timeout=JOB_PATIENCE)


def push(shown: Any, name: str) -> None:
    shown.get_by_role("button", name=name).click()


def test_job_runs_from_click_to_result_which_is_kept(trial_page: Window) -> None:
    path = "/?scenario=small_region&seed=11"
    shown = trial_page.visit(path)
    wait_for(shown, "idle")
    command = "stcsim compare small_region --arms frontline_channel --replications 2 --seed 11"
    expect(shown.get_by_test_id("command")).to_have_text(command)
    push(shown, "Start")
    wait_for(shown, "done")
    # The same address shows it again, without a click.
    trial_page.visit(path)
    wait_for(shown, "done")


def test_job_is_cancelled(trial_page: Window, trial: servers.Served) -> None:
    shown = trial_page.visit(f"{LONG}&seed=12")
    push(shown, "Start")
    wait_for(shown, "running")
    wait_for_runs(shown)
    started = servers.descendants(trial.process.pid)
    push(shown, "Cancel")
    wait_for(shown, "stopped")
    assert servers.left_of(started, 60) == set()


def test_second_job_of_a_session_waits_for_the_first(trial_page: Window) -> None:
    first = trial_page.visit(f"{LONG}&seed=13")
    push(first, "Start")
    wait_for(first, "running")
    second = trial_page.visit("/?scenario=small_region&seed=14", trial_page.tab())
    push(second, "Start")
    wait_for(second, "queued")
    expect(second.get_by_test_id("text")).to_contain_text("your other run")
    push(first, "Cancel")
    wait_for(first, "stopped")
    wait_for(second, "running")
    push(second, "Cancel")
    wait_for(second, "stopped")


def under_way(window: Window, server: servers.Served) -> set[int]:
    """Start a long job and return the processes of the server, once it runs."""
    # The page will lose its server, which is no fault of the page.
    window.expected.append("")
    shown = window.visit(LONG)
    push(shown, "Start")
    wait_for_runs(shown)
    started = servers.descendants(server.process.pid) | {server.process.pid}
    assert len(started) >= 2
    return started


def ended(server: servers.Served, started: set[int], number: signal.Signals) -> list[Path]:
    """Send the server a signal, see that nothing of it is left, and return the folders that it leaves."""
    server.process.send_signal(number)
    server.process.wait(60)
    assert servers.left_of(started, 60) == set()
    return list(server.home.glob("stcsim-dashboard-*"))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_nothing_is_left_of_a_server_with_a_running_job(
    open_window: Callable[..., Window], tmp_path: Path, number: signal.Signals
) -> None:
    first = servers.start(tmp_path, servers.TRIAL)
    try:
        started = under_way(open_window(first), first)
        kept = ended(first, started, signal.SIGKILL)
        assert len(kept) == 1
    finally:
        first.end()
    # The next server clears away what that one could not, and leaves nothing itself.
    second = servers.start(tmp_path, servers.TRIAL)
    try:
        started = under_way(open_window(second), second)
        assert not kept[0].exists()
        assert ended(second, started, number) == []
    finally:
        second.end()
