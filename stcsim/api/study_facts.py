"""What a study was asked and what was run of it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from stcsim.analysis.study_ranking import in_play
from stcsim.analysis.turning import plain_label
from stcsim.api.opening_studies import OpenStudy
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.words import capital_words, counted
from stcsim.report.study import StudyFacts
from stcsim.report.study.inputs import Named
from stcsim.study.environment import package_version
from stcsim.study.factors import STRUCTURE
from stcsim.study.study_file import Kind
from stcsim.study.study_writing import STUDY
from stcsim.study.worlds import MECHANISM, PARAMETERS

_KINDS = (STRUCTURE, PARAMETERS, MECHANISM)
"""Heads of paths, in the order in which they are told."""
_IDLE = "{} of mechanisms that no arm has"
DESIGNS: Mapping[Kind, str] = {
    "list": "points as they are listed",
    "grid": "every combination of values",
    "latin_hypercube": "sampled sets, spread evenly over all ranges",
    "sobol": "a design that tells which share of the variance goes with what",
    "morris": "a design that changes one assumption at a time, to sort out many",
    "worlds": "sampled sets of assumptions",
}
"""What designs are, in words."""


def _none_of(number: int) -> str:
    return f"{number:,}" if number else "none"


def facts_of(opened: OpenStudy, folder: str) -> StudyFacts:
    """Return what was asked and what was run, for people.

    Parameters
    ----------
    folder : as the user gave it
    """
    plan, kept = opened.study.plan, opened.study.kept
    spec, manifest = plan.spec, kept.manifest
    every = [f.path for f in plan.points.factors]
    moving = sorted(in_play(opened.study), key=lambda path: _KINDS.index(path.partition(".")[0]))
    varied = tuple(Named(plain_label(path), path) for path in moving)
    idle = len(every) - len(moving)
    asked: dict[str, str | tuple[Named, ...]] = {
        "Scenarios": tuple(
            Named(scenario.title or capital_words(name), name)
            for name, scenario in zip(plan.names, plan.scenarios, strict=True)
        ),
        "Arms": tuple(Named(a.label, a.name) for a in plan.arms[1:]),
        **({"Rivals": "each arm's whole cost spent on staff instead"} if spec.equal_cost else {}),
        "Varied": varied or "nothing",
        **({"Varied, and nothing hangs on it": _IDLE.format(counted(idle, "number"))} if idle else {}),
        "Design": f"{DESIGNS[spec.design.kind]} ({spec.design.kind}), seed {spec.design.seed}",
        "Points": f"{len(plan.points):,}, the defaults of each scenario among them",
        "Outcomes": ", ".join(INFOS[o].label for o in opened.headline),
    }
    ends = manifest.get("executions", [])
    versions = ", ".join(dict.fromkeys(str(e.get("version", "")) for e in ends))
    where = "; ".join(dict.fromkeys(str(e.get("platform", "")) for e in ends))
    failures = kept.failures
    missing = max(0, plan.runs - int(opened.runs["arm"].isin([a.name for a in plan.arms]).sum()))
    ran = {
        "Runs": f"{len(opened.runs):,} runs of {opened.runs['arm'].nunique()} arms",
        "Failed or missing": f"{_none_of(len(failures))} failed, {_none_of(missing)} missing",
        "Times it was started": f"{len(ends)}; the last one: {ends[-1].get('end', '') if ends else ''}",
        "Model": f"version {manifest.get('model_version')}, stcsim {versions}",
        "Computed on": where,
    }
    columns = ["arm", "scenario", "world", "replication", "stage", "error"]
    return StudyFacts(
        spec.name,
        spec.title,
        spec.question,
        folder,
        str(manifest["study"].get("command", "")),
        asked,
        ran,
        failures[[c for c in columns if c in failures.columns]],
        (opened.study.folder / STUDY).read_text(encoding="utf-8"),
        package_version(),
    )
