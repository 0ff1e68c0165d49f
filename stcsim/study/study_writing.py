"""A study written so that it can be read again wherever it lies, whatever the library says by then."""

from __future__ import annotations

from typing import Any

import yaml

from stcsim.scenario.writing import spec_text
from stcsim.study.plan import StudyPlan
from stcsim.study.store.manifest import STUDY_FILE

STUDY = STUDY_FILE
SCENARIOS = "scenarios"
_HEAD = "# What was run. The scenarios in the folder beside this file have every setting laid on them.\n"


def files_of(plan: StudyPlan) -> dict[str, str]:
    """Return the files of a folder that holds a study: the study, and its scenarios, by path from the folder.

    Read again, they give the same runs with the same keys.
    """
    data: dict[str, Any] = plan.spec.model_dump(mode="json", exclude_unset=True)
    data["format"] = plan.spec.format
    data["scenario"] = [{"name": name, "scenario": f"{SCENARIOS}/{name}.yaml"} for name in plan.names]
    data.pop("settings", None)
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
    written = {f"{SCENARIOS}/{n}.yaml": spec_text(s) for n, s in zip(plan.names, plan.scenarios, strict=True)}
    return {STUDY: _HEAD + text, **written}
