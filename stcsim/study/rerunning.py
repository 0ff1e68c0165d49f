"""One failed run again: alone, in this process, from what its record says it was made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from stcsim.errors import InputError, Problem, quote
from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.resolving import arm_content
from stcsim.study.planned import PlannedStudy
from stcsim.study.specs import RunResult, RunSpec, run_one
from stcsim.study.store.failures import read_failures
from stcsim.study.store.folder import Entry, opened
from stcsim.study.store.reading import read_runs
from stcsim.study.study_reading import read_study
from stcsim.study.study_writing import STUDY


def rerun_failure(folder: Path, name: str, warn: Callable[[str], None]) -> RunResult:
    """Run a failed run of a study again; its row is kept, or its record renewed.

    Parameters
    ----------
    folder : of the study
    name : first characters of the `id` of its record, or of its key
    warn : told what was set aside in the folder

    Raises
    ------
    InputError
        there is no such record, or no single one; the folder holds another version of the model, or is
        being written
    """
    kept = read_runs(folder)
    record = _record(folder, name)
    study = PlannedStudy(read_study(folder / STUDY).plan, kept.manifest["study"]["command"])
    spec = _spec(study, record)
    if spec.key != record["key"]:
        raise _wrong(name, "its record does not fit the study beside it: it would be another run")
    with opened(
        folder, study.identity(), study.files(), study.points(), study.columns(), how="one run", warn=warn
    ) as store:
        result = run_one(spec)
        inputs = {"point": record["inputs"]["point"], "mechanisms": arm_content(spec.arm.mechanisms)}
        store.add([Entry(record["scenario"], result, inputs)])
    return result


def _record(folder: Path, name: str) -> Mapping[str, Any]:
    found = [r for r in read_failures(folder) if r["id"].startswith(name) or r["key"].startswith(name)]
    if not found:
        raise _wrong(name, "no run that failed is called so", f"See: stcsim study failures {folder}.")
    if len(found) > 1:
        raise _wrong(name, f"{len(found)} runs that failed are called so", "Write more of the name.")
    return found[0]


def _spec(study: PlannedStudy, record: Mapping[str, Any]) -> RunSpec:
    """Return the run of a record."""
    plan, point = study.plan, study.plan.points[record["world"]]
    chosen = []
    for entry in record["inputs"]["mechanisms"]:
        values = {key: value for key, value in entry.items() if key != "mechanism"}
        chosen.append(MECHANISMS[entry["mechanism"]].model_validate(values, strict=False))
    arm = ResolvedArm(record["arm"], record["arm"], tuple(chosen))
    return RunSpec(
        plan.scenario_at(point), arm, record["seed"], record["replication"], point.number, point.overrides
    )


def _wrong(name: str, message: str, repair: str = "") -> InputError:
    return InputError([Problem("", 0, 0, quote(name), message, repair)])
