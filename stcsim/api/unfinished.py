"""What was asked for and has no result: missing and failed runs, options without any."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence

import pandas as pd

from stcsim.analysis.study_points import StudyFolder
from stcsim.api.opening import Kept, named_arm
from stcsim.api.provenance import RESOLVED
from stcsim.pictures.effects import Effects
from stcsim.pictures.style import BASELINE, is_rival
from stcsim.report.brief import Gaps
from stcsim.scenario.arms import ResolvedArm, arm_names
from stcsim.study.equal_cost import has_rival
from stcsim.study.store.folder import COMPLETE

_ROW = ["arm", "world", "replication"]


def gaps_of_comparison(kept: Kept, effects: Effects) -> Gaps:
    """Return what a comparison lacks of what was asked for.

    Rivals count as asked for as often as the arm that each is to rival has been run.
    """
    facts, failures = kept.provenance, kept.tables.failures
    named = facts.get("arms") or [n for n in arm_names(kept.scenario) if n != BASELINE]
    asked = [named_arm(name, kept.scenario) for name in dict.fromkeys(named)]
    worlds = int(facts.get("worlds") or 0)
    units = int(facts.get("replications") or 0) + worlds * int(facts.get("pairs_per_world") or 0)
    stopped = not facts.get("complete", True)
    rivals = sum(has_rival(arm) for arm in asked) if facts.get("equal_cost") and stopped else 0
    done, failed = _counted(kept.tables.runs, failures, with_rivals=bool(rivals))
    total = max(units * (1 + len(asked) + rivals), done + failed) if units else done + failed
    out = os.fspath(kept.folder)
    finish = f"{facts['command']} --out {shlex.quote(out)}"
    return Gaps(
        total,
        failed,
        total - done - failed,
        stopped,
        _silent(asked, effects, failures),
        finish,
        _first_failure(kept) if failed else "",
    )


def gaps_of_study(study: StudyFolder, runs: pd.DataFrame, effects: Effects) -> Gaps:
    """Return what a study lacks of the runs that its plan asks for in any case, all scenarios together.

    Parameters
    ----------
    runs : of the whole study
    """
    plan, failures = study.plan, study.kept.failures
    done, failed = _counted(runs, failures, with_rivals=False)
    more = sum(is_rival(str(arm)) for arm in failures["arm"])
    ends = study.kept.manifest.get("executions", [])
    stopped = bool(ends) and ends[-1].get("end", COMPLETE) != COMPLETE
    total = max(plan.runs, done + failed)
    where = shlex.quote(os.fspath(study.folder))
    return Gaps(
        total + more,
        failed + more,
        total - done - failed,
        stopped,
        _silent(plan.arms[1:], effects, failures),
        study.again,
        f"stcsim study failures {where}; one of them again: stcsim study rerun {where} RUN",
    )


def _counted(runs: pd.DataFrame, failures: pd.DataFrame, *, with_rivals: bool) -> tuple[int, int]:
    """Return how many runs came to their end and how many failed; a run that came to its end did not fail."""

    def own(table: pd.DataFrame) -> set[tuple[str, int, int]]:
        rows = table[_ROW].itertuples(index=False, name=None)
        return {(str(a), int(w), int(r)) for a, w, r in rows if with_rivals or not is_rival(str(a))}

    done = own(runs)
    return len(done), len(own(failures) - done)


def _silent(
    asked: Sequence[ResolvedArm], effects: Effects, failures: pd.DataFrame
) -> tuple[tuple[str, str], ...]:
    """Return the options that were asked for and are not in the comparison, with the reason."""
    broken = set(failures["arm"].astype(str))
    return tuple(
        (arm.label, "failed" if arm.name in broken else "missing")
        for arm in asked
        if arm.name not in effects.arms and arm.name != BASELINE
    )


def _first_failure(kept: Kept) -> str:
    """Return the line that runs again the first run that failed under the default assumptions."""
    failures = kept.tables.failures.sort_values(_ROW)
    own = failures[(failures["world"] == 0) & ~failures["arm"].astype(str).map(is_rival)]
    if own.empty:
        return f"failures.parquet in {shlex.quote(os.fspath(kept.folder))}"
    row = own.iloc[0]
    words = ["stcsim", "run", os.fspath(kept.folder / RESOLVED), "--arm", str(row["arm"])]
    return shlex.join([*words, "--seed", str(row["seed"])])
