"""Scenarios that a page may use: of the library, of the folder of results, or of this session alone.

The address names them: ``reference_region``, ``file:name.yaml``, ``own:<12 hexadecimal digits>``, and
``saved:folder`` for that of a comparison among the results. A name that
this session may not use leads nowhere; no name is ever taken for a path.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from stcsim.api.provenance import RESOLVED
from stcsim.dashboard.limits import OWN_SCENARIOS, OWN_SESSIONS, UPLOAD_BYTES
from stcsim.dashboard.running import this_server
from stcsim.dashboard.session import session_key
from stcsim.errors import InputError, Problem
from stcsim.pictures.words import capital
from stcsim.scenario.library import folder as library_folder
from stcsim.scenario.library import names as library_names
from stcsim.scenario.loading import Loaded, load
from stcsim.scenario.spec import ScenarioSpec

OWN, FILE, SAVED = "own:", "file:", "saved:"
_OWN_NAME = re.compile(r"own:([0-9a-f]{12})")
_START_BYTES = 65_536
_STUDY = re.compile(r"^(?:scenario|design|uncertainties)[ \t]*:", re.MULTILINE)
"""What a study says and a scenario does not: both are such files, and a study is on a page of its own."""
_TITLE = re.compile(r"""^title[ \t]*:[ \t]*["']?([^\s"'>|#][^"'#\r\n]{0,119})""", re.MULTILINE)
"""A title in one line, as nearly all are; others go by their names."""
_FILE_NAME = re.compile(r"file:([A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.ya?ml)")


@dataclass(frozen=True)
class ScenarioSource:
    """A scenario and where its text is.

    Parameters
    ----------
    name : in the address
    path : of its text
    argv : by which a command finds it: its name in the library, or the name of a file beside which it runs
    """

    name: str
    path: Path
    argv: str

    @property
    def in_library(self) -> bool:
        """Whether everybody has it, so that a command may name it."""
        return not self.name.startswith((OWN, FILE, SAVED))

    @cached_property
    def text(self) -> str:
        """The text as it stands."""
        return self.path.read_text(encoding="utf-8-sig")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def loaded(self) -> Loaded:
        """The scenario with the place of each value.

        Raises
        ------
        InputError
            with every problem that was found, files by their names alone
        """
        return _loaded(self.path, self.digest, self.argv)

    @property
    def spec(self) -> ScenarioSpec:
        """The scenario.

        Raises
        ------
        InputError
            with every problem that was found, files by their names alone
        """
        return self.loaded.spec


@lru_cache(maxsize=64)
def _loaded(path: Path, digest: str, shown: str) -> Loaded:  # noqa: ARG001 - the digest says which text it was
    try:
        return load(path)
    except InputError as error:
        raise InputError([named(p, shown) for p in error.problems], error.hint, error.more) from None


def named(problem: Problem, shown: str) -> Problem:
    """Return a problem that calls its file by its name alone."""
    file = Path(problem.file).name if problem.file else ""
    return Problem(
        shown if file == "scenario.yaml" else file,
        problem.line,
        problem.column,
        problem.path,
        problem.message,
        problem.repair,
    )


def library() -> tuple[str, ...]:
    """Return the names of the scenarios of the library."""
    return library_names()


def files() -> tuple[str, ...]:
    """Return the names, as the address has them, of scenario files that lie in the folder of results."""
    results = this_server().results
    if results is None or not results.is_dir():
        return ()
    found = {f"{FILE}{path.name}": path for path in results.iterdir() if path.suffix in (".yaml", ".yml")}
    named = {name: path for name, path in found.items() if _FILE_NAME.fullmatch(name)}
    return tuple(sorted(name for name, path in named.items() if not _STUDY.search(_start(path))))


def label_of(name: str) -> str:
    """Return what people call a scenario: its title, and the name by which commands know it."""
    source = source_of(name)
    if source is None:
        return name
    called = name.removeprefix(FILE).removeprefix(SAVED)
    if name.startswith(OWN):
        called = "yours"
    elif source.in_library:
        called = called.replace("_", " ")
    title = title_in(source.path)
    return f"{title} ({called})" if title else capital(called)


def title_in(path: Path) -> str:
    """Return the title that the text of a scenario gives it in one line; empty where it does not."""
    found = _TITLE.search(_start(path))
    return found[1].strip() if found is not None else ""


def _start(path: Path) -> str:
    """Return the text of a file as far as what it is called may stand; empty where it cannot be read."""
    try:
        # A link may lead elsewhere, and no other place is read.
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return file.read(_START_BYTES).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def own() -> tuple[str, ...]:
    """Return the names of this session's own scenarios, the newest first."""
    home = _own_folder()
    found = sorted(home.glob("*/scenario.yaml"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    return tuple(f"{OWN}{path.parent.name}" for path in found)


def source_of(name: str) -> ScenarioSource | None:
    """Return the scenario that the address calls `name`, None where this session has none of that name."""
    if name in library_names():
        return ScenarioSource(name, library_folder() / f"{name}.yaml", name)
    if match := _OWN_NAME.fullmatch(name):
        path = _own_folder() / match[1] / "scenario.yaml"
        return ScenarioSource(name, path, "scenario.yaml") if path.is_file() else None
    if name.startswith(SAVED):
        return _of_saved(name)
    if name in files():
        file = name.removeprefix(FILE)
        results = this_server().results
        assert results is not None
        path = results / file
        # A link may lead elsewhere; what is given is the folder, not what links in it lead to.
        inside = path.resolve().is_relative_to(results.resolve())
        return ScenarioSource(name, path, file) if inside and path.is_file() else None
    return None


def _of_saved(name: str) -> ScenarioSource | None:
    """Return the scenario that a comparison among the results was run on, with every default filled in."""
    from stcsim.dashboard.studies.folders import folder_named, is_own_file

    found = folder_named(this_server().results, name.removeprefix(SAVED))
    if found is None or found[1] != "comparison" or not is_own_file(found[0] / RESOLVED):
        return None
    return ScenarioSource(name, found[0] / RESOLVED, RESOLVED)


def keep(text: str) -> ScenarioSource:
    """Keep a text as a scenario of this session alone, valid or not.

    Raises
    ------
    InputError
        it is larger than a scenario may be
    """
    data = text.encode()
    if len(data) > UPLOAD_BYTES:
        said = f"the scenario has {len(data):,} bytes, more than the {UPLOAD_BYTES:,} of a scenario file"
        raise InputError([Problem("", 0, 0, "", said)])
    short = hashlib.sha256(data).hexdigest()[:12]
    # Each text has a folder of its own: what it extends has to lie there or in the library.
    home = _own_folder() / short
    home.mkdir(parents=True, exist_ok=True)
    (home / "scenario.yaml").write_bytes(data)
    for old in own()[OWN_SCENARIOS:]:
        shutil.rmtree(_own_folder() / old.removeprefix(OWN), ignore_errors=True)
    sessions = sorted(_own_folder().parent.iterdir(), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for session in sessions[OWN_SESSIONS:]:
        shutil.rmtree(session, ignore_errors=True)
    found = source_of(f"{OWN}{short}")
    assert found is not None
    return found


def _own_folder() -> Path:
    return this_server().folder / "own" / session_key()
