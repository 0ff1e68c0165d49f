"""Where the numbers in a folder come from, and whether a study may go on in it."""

from __future__ import annotations

import json
import os
import platform
import shlex
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stcsim.errors import InputError, Problem, StoreError, quote
from stcsim.outcomes.registry import INFOS
from stcsim.study.environment import package_version, platform_words, versions
from stcsim.study.keys import MODEL_VERSION
from stcsim.study.store.changes import changes, shown
from stcsim.study.store.durable import write_json

MANIFEST = "manifest.json"
STUDY_FILE, SCENARIOS = "study.yaml", "scenarios/"
"""The study and its scenarios as they were run, beside the manifest."""
FORMAT = 1
_SEEDS = ("design.seed", "design.common_seeds")
_PLACES: Mapping[str, Callable[[str], tuple[str, tuple[str, ...]]]] = {
    "scenarios": lambda name: (f"{SCENARIOS}{name}.yaml", ()),
    "arms": lambda _: ("", ("arms",)),
}
"""Files and values that tell what has changed."""


@dataclass(frozen=True)
class Identity:
    """What a study is made from, as far as its rows depend on it.

    Parameters
    ----------
    name, title, question : for people
    scenarios : hash of each, by its name in the study, in the order in which points are numbered
    arms : hash of what is chosen in each, by name, the baseline first
    seeds : of some first runs, which name the chance of all
    command : the line that runs it
    """

    name: str
    title: str
    question: str
    scenarios: Mapping[str, str]
    arms: Mapping[str, str]
    seeds: tuple[int, ...]
    command: str = ""


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a folder, None where there is none.

    Raises
    ------
    StoreError
        there is one that nobody can read
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        found = None
    if not _is_whole(found):
        said = f"{quote(path, 200)} is damaged and cannot be read. The runs beside it are untouched"
        raise StoreError(f"{said}; `{anew(folder)}` writes it anew")
    assert isinstance(found, dict)
    return found


def _is_whole(found: object) -> bool:
    """Whether what was read is a manifest; one of another format only has to say so."""
    if not isinstance(found, dict) or "format" not in found:
        return False
    if found["format"] != FORMAT:
        return True
    study, kinds = found.get("study"), {"scenarios": dict, "arms": dict, "seeds": list, "command": str}
    return (
        isinstance(study, dict)
        and all(isinstance(study.get(name), kind) for name, kind in kinds.items())
        and isinstance(found.get("executions"), list)
    )


def anew(folder: Path) -> str:
    """Return the command that writes the manifest of a folder anew, and runs nothing that is there."""
    where = shlex.quote(str(folder))
    return f"stcsim study run {shlex.quote(str(folder / STUDY_FILE))} --out {where}"


def check_files(folder: Path, files: Mapping[str, str]) -> None:
    """Make sure that a study may go on in a folder whose manifest is lost, by the files beside it.

    Raises
    ------
    InputError
        what is there comes from another study
    """
    for what, among, heads in (("scenarios", SCENARIOS, ()), ("seeds", STUDY_FILE, _SEEDS)):
        if found := changes(folder, files, among, heads):
            raise _other(f"{quote(folder, 200)} holds runs of other {what}: {shown(found)}")


def check_same(
    folder: Path, manifest: Mapping[str, Any], identity: Identity, files: Mapping[str, str]
) -> None:
    """Make sure that a study may go on in a folder.

    More replications, points and arms than before, and another question, are no other study.

    Parameters
    ----------
    files : texts that are kept beside the runs as they would be now, which tell what has changed

    Raises
    ------
    InputError
        what is there comes from another version of the model, or from another study
    """
    where = quote(folder, 200)
    told = manifest.get("model_version")
    if manifest["format"] != FORMAT:
        raise _other(f"{where} was written in another format ({manifest['format']}) than this one ({FORMAT})")
    if told != MODEL_VERSION:
        raise _other(
            f"{where} holds runs of model version {told}, and this is version {MODEL_VERSION}: the numbers "
            "would not be of one kind. They stay as they are and readable"
        )
    known = manifest["study"]
    for what, now in (("scenarios", identity.scenarios), ("arms", identity.arms)):
        before = known[what]
        changed = [name for name in before if name in now and before[name] != now[name]]
        if changed:
            found = changes(folder, files, *_PLACES[what](changed[0]))
            told_how = f" ({shown(found)})" if found else ""
            raise _other(f"{where} holds runs of other {what}: {changed[0]} has changed since{told_how}")
    if list(known["scenarios"]) != list(identity.scenarios):
        said = ", ".join(known["scenarios"])
        raise _other(f"{where} holds runs of other scenarios ({said})")
    if list(known["seeds"]) != list(identity.seeds):
        found = changes(folder, files, STUDY_FILE, _SEEDS)
        first = f"its first run has seed {known['seeds'][0]}, and would have {identity.seeds[0]} now"
        raise _other(f"{where} holds runs with other seeds: {shown(found) or first}")


def other_points(folder: Path, number: int) -> InputError:
    """Return the error that points are not those that were run there."""
    return _other(f"{quote(folder, 200)} holds runs of other points: point {number} has changed since")


def _other(message: str) -> InputError:
    return InputError([Problem("", 0, 0, "--out", message, "Choose another folder.")])


def new_manifest(identity: Identity) -> dict[str, Any]:
    """Return a manifest without executions."""
    columns = {name: {"label": info.label, "unit": info.unit} for name, info in INFOS.items()}
    return {
        "format": FORMAT,
        "model_version": MODEL_VERSION,
        "study": _plain(identity),
        "executions": [],
        "columns": columns,
    }


def with_identity(manifest: Mapping[str, Any], identity: Identity) -> dict[str, Any]:
    """Return a manifest that tells the study as it is now, with arms of before behind its own."""
    now = _plain(identity)
    now["arms"] = {**now["arms"], **manifest["study"]["arms"]}
    return {**manifest, "study": now}


def _plain(identity: Identity) -> dict[str, Any]:
    return {**asdict(identity), "seeds": list(identity.seeds)}


def execution(word: str, how: str, before: int) -> dict[str, Any]:
    """Return what is said of an execution that begins.

    Parameters
    ----------
    word : that only this execution has
    how : what does the work
    before : runs that were there
    """
    return {
        "id": word,
        "started": now(),
        "ended": None,
        "end": "",
        "how": how,
        "host": platform.node(),
        "pid": os.getpid(),
        "version": package_version(),
        "platform": platform_words(),
        "packages": dict(versions()),
        "runs_before": before,
        "runs_added": 0,
        "failed": 0,
    }


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest durably."""
    write_json(folder / MANIFEST, manifest)


def now() -> str:
    """Return the time as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")
