"""The command of the benchmarks: what fails costs its own line alone, and the page says what it is."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as bench
from benchmarks import environments
from benchmarks.machine import COMPILED
from benchmarks.outcome import Found, milliseconds, number, page, text_of
from benchmarks.rows import NAMES, awareness, comparison, screening, week
from benchmarks.settings import Settings


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPILED, "0")


def test_a_page_that_cannot_be_written_is_refused_before_anything_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(week, "run", lambda settings, found: ran.append("week"))
    for out in (tmp_path / "nowhere" / "x.md", tmp_path):
        with pytest.raises(SystemExit) as ended:
            bench.main(["week", "--quick", "--out", str(out)])
        assert ended.value.code == 2
        assert "--out" in capsys.readouterr().err
    assert not ran


def test_a_line_that_fails_leaves_those_before_it_and_the_rows_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(settings: Settings, found: Found) -> None:
        found.told("first", "peer", "2 times")
        raise FileNotFoundError("no such\npeer | at all")

    monkeypatch.setattr(screening, "run", broken)
    monkeypatch.setattr(week, "run", lambda settings, found: found.told("a week", "peer", "3 times"))
    out = tmp_path / "page.md"
    assert bench.main(["screening", "week", "--quick", "--out", str(out)]) == 1
    text = out.read_text(encoding="utf-8")
    assert "| first | peer | 2 times |" in text
    assert "not measured |  |  | FileNotFoundError: peer / at all |" in text
    assert "| a week | peer | 3 times |" in text
    assert [p.name for p in tmp_path.iterdir()] == ["page.md"]
    assert "a week, against peer: 3 times" in capsys.readouterr().out


def test_what_was_measured_before_a_stop_stays_beside_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(settings: Settings, found: Found) -> None:
        found.told("a week", "peer", "3 times")
        raise KeyboardInterrupt

    monkeypatch.setattr(week, "run", stopped)
    out = tmp_path / "page.md"
    out.write_text("the last one", encoding="utf-8")
    assert bench.main(["week", "--quick", "--out", str(out)]) == 130
    assert out.read_text(encoding="utf-8") == "the last one"
    text = (tmp_path / "page.md.part").read_text(encoding="utf-8")
    assert "3 times" in text
    assert "stopped" in text


def test_only_a_whole_run_writes_the_page_of_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results.md")
    monkeypatch.setattr(bench, "NAMES", ("week",))
    monkeypatch.setattr(week, "run", lambda settings, found: None)
    for given in (["--rounds", "2"], ["--no-environments"], ["--quick"], ["week"]):
        assert bench.main(given) == 0
        assert not list(tmp_path.iterdir())
    assert bench.main([]) == 0
    assert (tmp_path / "results.md").exists()


def test_the_head_says_what_is_missing_to_a_whole_run() -> None:
    whole = page({name: Found() for name in NAMES}, Settings())
    assert "Made with `make bench`" in whole
    assert "Not a whole run" not in whole
    assert f"{COMPILED}=0" in whole
    part = page({name: Found() for name in NAMES[1:]}, Settings(2, True, False))
    head = part.split("| Work")[0]
    assert "make bench" not in head
    for said in ("Not a whole run", "small sizes", "fewer than 5", "without peers", f"rows {NAMES[0]}."):
        assert said in head


def test_numbers_have_three_digits_and_no_exponent() -> None:
    values = (3234.0, 1.2345e6, 60.0, 0.01234, 1.234e-6, 5e3, float("inf"))
    assert [number(v) for v in values] == [
        "3,230",
        "1,230,000",
        "60",
        "0.0123",
        "0.00000123",
        "5,000",
        "Infinity",
    ]
    assert milliseconds((1.0, 3.0, 2.0)) == "2,000 ms (1,000 to 3,000)"


def test_no_goal_is_judged_at_small_sizes_or_by_what_was_not_told() -> None:
    tried, found = Found(judged=False), Found()
    tried.most("memory", "nothing", 300.0, 200, "bytes")
    found.most("memory", "nothing", float("nan"), 200, "bytes")
    assert text_of(tried.lines[0]) == "memory, against nothing: 300 bytes"
    assert text_of(found.lines[0]).startswith("memory, against nothing: not measured [")


def test_an_environment_without_its_interpreter_is_made_anew_and_a_failure_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str]) -> None:
        asked.append(command)
        raise OSError("no index")

    monkeypatch.setenv("STCSIM_BENCH_CACHE", str(tmp_path))
    monkeypatch.setattr(environments, "_run", run)
    folder = tmp_path / f"starsim-{sys.version_info.major}.{sys.version_info.minor}"
    folder.mkdir()
    (folder / ".ready").touch()
    environments.python_of.cache_clear()
    try:
        python, why = environments.python_of("starsim")
        assert (python, len(asked)) == ("", 1)
        assert "no index" in why
        assert environments.python_of("starsim") == (python, why)
        assert len(asked) == 1
    finally:
        environments.python_of.cache_clear()


def test_a_peer_that_is_gone_costs_its_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def compare(found: Found, settings: Settings, work: str, *given: Any) -> None:
        found.told(work, given[2], "40 times")

    monkeypatch.setattr(awareness, "_compare", compare)
    monkeypatch.setattr(environments, "python_of", lambda name: ("/nowhere/python", ""))
    awareness.run(Settings(quick=True), found := Found())
    assert [line.value for line in found.lines] == ["40 times", *["not measured"] * 3]
    assert found.failed


def test_a_command_that_is_stopped_takes_its_processes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command's child would write a file half a second after the stop."""
    child = "import time, pathlib; time.sleep(0.5); pathlib.Path('alive').touch()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    begun: list[Any] = []

    def stop(self: Any, *_: Any, **__: Any) -> Any:
        begun.append(self)
        time.sleep(0.3)
        monkeypatch.undo()
        raise SystemExit(143)

    monkeypatch.setattr(subprocess.Popen, "communicate", stop)
    with pytest.raises(SystemExit):
        comparison.run_with_its_own([sys.executable, "-c", code], str(tmp_path))
    assert begun[0].returncode is not None
    time.sleep(0.8)
    assert not (tmp_path / "alive").exists()
