"""What a study was asked and what was run of it, in words."""

from __future__ import annotations

from stcsim.api.opening_studies import OpenStudy
from stcsim.outcomes.registry import INFOS
from stcsim.report.study import StudyFacts
from stcsim.study.environment import package_version
from stcsim.study.study_writing import STUDY


def facts_of(opened: OpenStudy, folder: str) -> StudyFacts:
    """Return what was asked and what was run, for people.

    Parameters
    ----------
    folder : as the user gave it
    """
    plan, kept = opened.study.plan, opened.study.kept
    spec, manifest = plan.spec, kept.manifest
    factors = plan.points.factors
    shown = ", ".join(f.path for f in factors[:6]) + (
        f" and {len(factors) - 6} more" if len(factors) > 6 else ""
    )
    asked = {
        "Scenarios": ", ".join(plan.names),
        "Arms": ", ".join(a.label for a in plan.arms[1:])
        + ("; rivals of equal cost" if spec.equal_cost else ""),
        "Varied": shown or "nothing",
        "Design": f"{spec.design.kind.replace('_', ' ')}, seed {spec.design.seed}",
        "Points": f"{len(plan.points):,}",
        "Outcomes": ", ".join(INFOS[o].label for o in opened.headline),
    }
    ends = manifest.get("executions", [])
    versions = ", ".join(dict.fromkeys(str(e.get("version", "")) for e in ends))
    where = "; ".join(dict.fromkeys(str(e.get("platform", "")) for e in ends))
    failures = kept.failures
    missing = max(0, plan.runs - int(opened.runs["arm"].isin([a.name for a in plan.arms]).sum()))
    ran = {
        "Runs": f"{len(opened.runs):,} runs of {opened.runs['arm'].nunique()} arms",
        "Failed or missing": f"{len(failures):,} failed, {missing:,} of those asked for are missing",
        "Executions": f"{len(ends)}; the last one {ends[-1].get('end', '') if ends else ''}",
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
