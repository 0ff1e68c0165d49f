"""The program as a process: starts at once, ends with the right status, never with a trace."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer

from stcsim.cli import GROUPS, application, main, usage
from stcsim.errors import InputError
from tests.scenario.files import MINIMAL, write
from tests.scenario.test_composing import HEAVY

PROGRAM = [sys.executable, "-m", "stcsim"]
ROOT = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    left = {
        k: v
        for k, v in os.environ.items()
        if k not in ("PYTHONDONTWRITEBYTECODE", "PYDANTIC_DISABLE_PLUGINS")
    }
    return {**left, "PYTHONPATH": str(ROOT), **more}


def call(*words: str, memory: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
    def bound() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))

    return subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        env=environment(**more),
        preexec_fn=bound,
        check=False,
    )


def test_the_table_of_groups_is_what_they_register() -> None:
    for module, commands in GROUPS.items():
        app = application([module])
        names = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
        groups = [g.typer_instance.info.name for g in app.registered_groups if g.typer_instance]
        assert (*names, *groups) == commands


def test_help_loads_no_specs() -> None:
    code = (
        "import sys; from stcsim.cli import main; status = main(['--help']); "
        "sys.exit(status or ' '.join({'pydantic', 'numpy', 'yaml', 'rich'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_checking_loads_nothing_numerical() -> None:
    code = (
        "import sys; from stcsim.cli import main; status = main(['check', 'small_region']); "
        "heavy = {'numpy', 'pandas', 'scipy', 'mesa', 'matplotlib', 'rich', 'networkx', 'pyarrow'}; "
        "sys.exit(status or ' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chek", "x"], "'chek': there is no such command. Did you mean 'check'"),
        (["compere", "x"], "'compere': there is no such command. Did you mean 'compare'?"),
        (["qqqq"], "'qqqq': there is no such command. Commands: brief, calibrate, check,"),
        (["check", "--sett", "a=1", "x"], "'--sett': there is no such option. Did you mean '--set'?"),
        (
            ["show", "--format", "json"],
            "'--format': there is no such option. Options here: --origin, --set, --help.",
        ),
        (
            ["check"],
            "SCENARIO: this is required and missing. File, or name of a scenario in the library.",
        ),
        (["check", "x", "--set"], "--set: a value is missing. Give one behind it"),
        (["run", "x", "--profile=3"], "--profile: does not take a value."),
        (["list"], "KIND: this is required and missing. What to list: mechanisms, challenges,"),
        (
            ["list", "challenges", "a", "b"],
            "'b': more than this command takes. Write: stcsim list KIND [NAME].",
        ),
        (["new", "a", "b", "c"], "'b c': more than this command takes. Write: stcsim new NAME."),
    ],
)
def test_wrong_usage(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said, summary = capsys.readouterr().err.splitlines()
    assert said.startswith(message)
    assert summary.startswith("1 problem; nothing was run. See: stcsim")
    assert summary.endswith("--help")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        # the parser's own words for it change with its version
        (["go", "--size", "x"], r"--size: .*valid integer.*\. How many\."),
        (["go"], r"--size: this is required and missing\. How many\."),
        (["go", "--size"], r"--size: a value is missing\. Give one behind it, as the help shows\."),
    ],
)
def test_wrong_usage_of_a_typed_option(words: list[str], message: str) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)

    def go(size: Annotated[int, typer.Option("--size", help="How many.")]) -> None:
        raise AssertionError(size)

    app.command()(go)
    with pytest.raises(InputError) as error:
        usage.call(app, words)
    assert re.fullmatch(message, str(error.value))


def test_alone_it_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    said = capsys.readouterr()
    assert "Usage: stcsim" in said.out + said.err


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word]) == 0
    said = capsys.readouterr().out
    assert all(command in said for commands in GROUPS.values() for command in commands)
    for commands in GROUPS.values():
        for command in commands:
            assert main([command, word]) == 0


def test_a_terminal_without_these_characters(tmp_path: Path) -> None:
    path = write(tmp_path, f"{MINIMAL}    name: Ünsal\n    will: 'ü\u2026'\n")
    for coding in ("ascii", "latin-1"):
        done = call("check", str(path), PYTHONIOENCODING=coding)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert (
            call("show", "small_region", "--set", "title=Ünsal\u2026", PYTHONIOENCODING=coding).returncode
            == 0
        )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_that_nobody_writes_to_is_answered_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    done = call("check", str(tmp_path / "pipe.yaml"))
    assert done.returncode == 2
    assert "is a pipe" in done.stderr


def test_who_stops_reading_gets_no_trace() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert said == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


def test_streams_that_are_closed() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&- 2>&-', "sh", *PROGRAM, "check", "small_region"], env=environment(), check=False
    )
    assert done.returncode == 0


def test_stopping_ends_with_130(tmp_path: Path) -> None:
    code = (
        "import sys, time, stcsim.scenario.loading as l\n"
        "def slow(*a): print('in', flush=True); time.sleep(60)\n"
        "l.load = slow\n"
        "from stcsim.cli import main; sys.exit(main(['check', 'x']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        text=True,
        # whoever runs the tests in the background has its children ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said


@pytest.mark.parametrize("name", ["keys", "entries", "same key", "laughs", "anchors", "brackets"])
def test_attacks_stay_within_time_and_memory(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, HEAVY[name][:1_048_576])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = call("check", str(path), memory=500_000_000)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 2
    assert after.ru_utime - before.ru_utime < 5
    assert len(done.stderr.encode()) + len(done.stdout.encode()) <= 20_000
    assert "Traceback" not in done.stderr


def test_a_closed_terminal_is_nothing_under_nohup() -> None:
    code = (
        "import os, signal, sys, stcsim.scenario.loading as l\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "def heard(*a): os.kill(os.getpid(), signal.SIGHUP); sys.exit(7)\n"
        "l.load = heard\n"
        "from stcsim.cli import main; sys.exit(main(['check', 'x']))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=environment(), check=False).returncode == 7


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(s) for s in (signal.SIGTERM, signal.SIGHUP)]
    assert main(["check", "small_region"]) == 0
    assert [signal.getsignal(s) for s in (signal.SIGTERM, signal.SIGHUP)] == before
