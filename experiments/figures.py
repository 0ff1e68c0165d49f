"""Main figures of the studies beside it, from the folders that they were run into.

::

    stcsim study run experiments/legal_limits.yaml --out legal_limits
    python experiments/figures.py legal_limits legal_limits      # name of the study, folder

Writes ``results/NAME.json`` beside it and, between the two remarks that say so, table and sentences into the
study's page in ``docs``.
"""

from __future__ import annotations

import json
import math
import re
import shlex
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import t as student

from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.expected_gains import expected_gains
from stcsim.analysis.ranking import rank
from stcsim.analysis.regret import regret
from stcsim.analysis.robustness import robustness
from stcsim.analysis.turning import find_turns
from stcsim.errors import InputError, StcsimError, quote
from stcsim.study.planned import PlannedStudy
from stcsim.study.store.manifest import check_same
from stcsim.study.store.reading import StoredRuns, read_runs
from stcsim.study.study_reading import read_study

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
RESULTS = HERE / "results"
BEGIN, END = "<!-- figures: made by experiments/figures.py -->", "<!-- end of figures -->"
WIDTH = 120


@dataclass(frozen=True)
class Figures:
    """What a study has found.

    Parameters
    ----------
    study : its name
    runs : runs that it is found from
    numbers : one mapping a row of the main table
    said : sentences
    """

    study: str
    runs: int
    numbers: tuple[dict[str, Any], ...]
    said: tuple[str, ...]

    def row(self, **where: str) -> dict[str, Any]:
        """Return the one row that holds these words."""
        (found,) = [row for row in self.numbers if all(row[k] == v for k, v in where.items())]
        return found


@dataclass(frozen=True)
class Difference:
    """A mean paired difference over sampled sets of assumptions, with its interval of 95%.

    Parameters
    ----------
    mean, low, high : in percent of the baseline's mean over the sets, or in the outcome's unit
    share : of the sets in which it is positive, without the noise of the few runs in each
    """

    mean: float
    low: float
    high: float
    share: float

    def words(self, digits: int = 1, unit: str = "%") -> str:
        """Return it with its interval; two decimals at most where one that is not 0 would read as 0."""
        known = (self.mean, self.low, self.high)
        while digits < 2 and any(x and not round(x, digits) for x in known):
            digits += 1
        return f"{self.mean:+.{digits}f}{unit} ({self.low:+.{digits}f} to {self.high:+.{digits}f})"


def sampled(kept: StoredRuns, outcomes: Sequence[str], scenario: str | None = None) -> Cube:
    """Return the sampled points of a study, or of one of its scenarios."""
    points = kept.points
    rows = points.drop(columns=["world", "scenario"])
    first = points.drop_duplicates("scenario")["world"]
    wanted = ~points["world"].isin(first)
    if scenario is not None:
        wanted &= points["scenario"] == scenario
    runs = kept.runs_with(list(outcomes))
    chosen = points[wanted & points["world"].isin(runs["world"])]
    assert len(rows.columns), "the study varies something"
    return cube_of(runs[runs["world"].isin(chosen["world"])], chosen, outcomes, arms=kept.arms[1:])


def contrast(
    cube: Cube, outcome: str, arm: str, other: str = "baseline", *, relative: bool = True
) -> Difference:
    """Return how much more of an outcome one arm has than another.

    A percentage is a ratio of means over sets, and its interval that of such a ratio: sets in which there is
    more of the outcome have larger differences too (Cochran 1977, Sampling Techniques, chapter 6).
    """
    values = cube.of(outcome)
    one, two = values[cube.arms.index(arm)], values[cube.arms.index(other)]
    paired = np.where(np.isfinite(one) & np.isfinite(two), one - two, np.nan)
    whole = np.isfinite(paired).all(axis=1)
    difference, base = paired[whole].mean(axis=1), np.nanmean(values[0][whole], axis=1)
    scale = 100.0 / float(base.mean()) if relative else 1.0
    mean = float(scale * difference.mean())
    left = scale * difference - (mean * base / base.mean() if relative else mean)
    half = float(student.ppf(0.975, len(left) - 1)) * float(left.std(ddof=1)) / math.sqrt(len(left))
    found = expected_gains(np.stack([np.zeros_like(paired[whole]), paired[whole]]))
    share = float(found.best()[:, :, 1].mean())
    return Difference(mean, mean - half, mean + half, share)


def by_set(cube: Cube, outcome: str, arm: str, other: str) -> Any:
    """Return the mean paired difference of two arms in each set, in percent of the baseline's mean."""
    values = cube.of(outcome)
    one, two = values[cube.arms.index(arm)], values[cube.arms.index(other)]
    return 100.0 * (one - two).mean(axis=1) / float(np.nanmean(values[0]))


def _flat(**differences: Difference) -> dict[str, float]:
    """Return differences as columns."""
    return {
        name if part == "mean" else f"{name}_{part}": round(value, 6)
        for name, d in differences.items()
        for part, value in vars(d).items()
    }


def rank_robustness(kept: StoredRuns) -> Figures:
    """Rank the arms by transfers, and ask whether the order holds."""
    outcomes = ["diversions", "captured_capacity", "total_cost"]
    cube = sampled(kept, outcomes)
    places = rank(cube, "diversions").table().set_index("arm")
    lost = regret(cube, "diversions").table().set_index("arm")
    held = robustness(cube, "diversions")
    rows = []
    for arm in places.index:
        if arm == "baseline":
            continue
        d = {o: contrast(cube, o, arm) for o in outcomes}
        rows.append(
            {
                "arm": arm,
                **_flat(transfers=d["diversions"], capacity=d["captured_capacity"], cost=d["total_cost"]),
                "best_on_average": round(float(places.loc[arm, "best"]), 4),
                "best_in_sets": round(float(held.firsts[cube.arms.index(arm)]) / held.of, 4),
                "regret": round(float(lost.loc[arm, "mean"]), 4),
            }
        )
    return Figures("rank_robustness", len(kept.runs_with([])), tuple(rows), held.sentences())


def legal_limits(kept: StoredRuns) -> Figures:
    """Set sharing beside the baseline, and the two choices beside each other."""
    outcomes = ["diversions", "licit_false_hits", "frontline_within_90", "items_blocked", "total_cost"]
    cube = sampled(kept, outcomes)
    pairs = [(arm, "baseline") for arm in cube.arms[1:]]
    pairs += [("vetted", "unvetted"), ("cleared_vetted", "cleared_unvetted")]
    pairs += [("cleared_unvetted", "unvetted"), ("cleared_vetted", "vetted")]
    rows = []
    for arm, other in pairs:
        d = {o: contrast(cube, o, arm, other) for o in outcomes}
        rows.append(
            {
                "arm": arm,
                "beside": other,
                **_flat(
                    transfers=d["diversions"],
                    false_hits=d["licit_false_hits"],
                    in_time=d["frontline_within_90"],
                    blocked=d["items_blocked"],
                    cost=d["total_cost"],
                ),
            }
        )
    said = []
    for one, two in (("vetted", "unvetted"), ("cleared_vetted", "cleared_unvetted")):
        turns = find_turns(-by_set(cube, "diversions", one, two), cube.inputs)
        said += [f"The order of {one} and {two} turns when {turn.words()}." for turn in turns]
    return Figures("legal_limits", len(kept.runs_with([])), tuple(rows), tuple(said))


def capture_or_training(kept: StoredRuns) -> Figures:
    """Set follow-up beside more training, where there is little aid, as much as usual, and much."""
    capacity = ["captured_capacity", "captured_capacity_mean", "competence"]
    outcomes = [*capacity, "coordination_hours", "total_cost"]
    rows: list[dict[str, Any]] = []
    said: list[str] = []
    for name in kept.points["scenario"].unique():
        cube = sampled(kept, outcomes, name)
        d = {o: contrast(cube, o, "capture", "training") for o in outcomes}
        rows.append(
            {
                "scenario": name,
                **_flat(
                    capacity=d["captured_capacity"],
                    capacity_meanwhile=d["captured_capacity_mean"],
                    competence=d["competence"],
                    hours=d["coordination_hours"],
                    cost=d["total_cost"],
                    capture=contrast(cube, "captured_capacity", "capture"),
                    training=contrast(cube, "captured_capacity", "training"),
                ),
            }
        )
        if name == "usual_aid":
            turns = find_turns(by_set(cube, "captured_capacity", "capture", "training"), cube.inputs)
            said = [f"With usual aid more training is better when {turn.words()}." for turn in turns]
            said = said or ["No single assumption was found that turns the order with usual aid."]
    return Figures("capture_or_training", len(kept.runs_with([])), tuple(rows), tuple(said))


def number_of_donors(kept: StoredRuns) -> Figures:
    """Set coordination beside doing without, for each number of donors."""
    outcomes = ["duplication_share", "captured_per_thousand_usd", "coordination_hours_donors", "total_cost"]
    rows = []
    for name in kept.points["scenario"].unique():
        cube = sampled(kept, outcomes, name)
        for arm in cube.arms[1:]:
            rows.append(
                {
                    "donors": int(name.rpartition("_")[2]),
                    "arm": arm,
                    "twice": round(100 * float(np.nanmean(cube.of("duplication_share")[0])), 4),
                    **_flat(
                        less=contrast(cube, "duplication_share", arm),
                        capacity=contrast(cube, "captured_per_thousand_usd", arm),
                        hours=contrast(cube, "coordination_hours_donors", arm, relative=False),
                        cost=contrast(cube, "total_cost", arm),
                    ),
                }
            )
    return Figures("number_of_donors", len(kept.runs_with([])), tuple(rows), ())


STUDIES: dict[str, Callable[[StoredRuns], Figures]] = {
    f.__name__: f for f in (rank_robustness, legal_limits, capture_or_training, number_of_donors)
}


def _part(row: dict[str, Any], name: str, digits: int = 1, unit: str = "%") -> str:
    parts = {"mean": name, **{part: f"{name}_{part}" for part in ("low", "high", "share")}}
    return Difference(**{part: row[column] for part, column in parts.items()}).words(digits, unit)


def _sets(row: dict[str, Any], name: str, less: bool = False) -> str:
    share = row[f"{name}_share"]
    return f"{1 - share if less else share:.0%}"


def _cells(study: str, row: dict[str, Any]) -> dict[str, str]:
    """Return a row of the table as people read it."""
    if study == "rank_robustness":
        return {
            "Arm": f"`{row['arm']}`",
            "Transfers": _part(row, "transfers"),
            "Best on average": f"{row['best_on_average']:.0%}",
            "Best in": f"{row['best_in_sets']:.0%} of sets",
            "Regret": f"{row['regret']:.1f}",
            "Capacity in use": _part(row, "capacity"),
            "Cost": f"{row['cost']:+.0f}%",
        }
    if study == "legal_limits":
        return {
            "Arm": f"`{row['arm']}`",
            "Beside": f"`{row['beside']}`",
            "Transfers": _part(row, "transfers"),
            "Fewer in": _sets(row, "transfers", less=True),
            "Honest trade wrongly named": _part(row, "false_hits", 0),
            "Read within 90 days": _part(row, "in_time"),
            "Items blocked by law": _part(row, "blocked", 0),
            "Cost": f"{row['cost']:+.1f}%",
        }
    if study == "capture_or_training":
        return {
            "Aid": row["scenario"].replace("_aid", ""),
            "Capture": _part(row, "capture"),
            "More training": _part(row, "training"),
            "Capture beside training": _part(row, "capacity"),
            "Capture better in": _sets(row, "capacity"),
            "Competence": _part(row, "competence"),
            "Hours": f"{row['hours']:+.1f}%",
            "Cost": f"{row['cost']:+.1f}%",
        }
    return {
        "Donors": str(row["donors"]),
        "Delivered twice without": f"{row['twice']:.1f}%",
        "Arm": f"`{row['arm']}`",
        "Delivered twice": _part(row, "less", 0),
        "Less in": _sets(row, "less", less=True),
        "Capacity per dollar": _part(row, "capacity"),
        "Hours of donors a year": f"{row['hours']:+,.0f}",
        "Cost": f"{row['cost']:+.1f}%",
    }


def lines(found: Figures) -> str:
    """Return the part of a page that is made of figures."""
    rows = [_cells(found.study, row) for row in found.numbers]
    head = list(rows[0])
    table = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    table += [f"| {' | '.join(row.values())} |" for row in rows]
    said = [textwrap.fill(f"- {text}", WIDTH, subsequent_indent="  ") for text in found.said]
    counted = f"From {found.runs:,} runs."
    return "\n".join([BEGIN, *table, "", counted, *([""] if said else []), *said, END])


def save(found: Figures) -> Path:
    """Write figures beside this file."""
    path = RESULTS / f"{found.study}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(vars(found), indent=1) + "\n", encoding="utf-8")
    return path


def read(study: str) -> Figures:
    """Read what `save` has written."""
    data = json.loads((RESULTS / f"{study}.json").read_text(encoding="utf-8"))
    return Figures(data["study"], data["runs"], tuple(data["numbers"]), tuple(data["said"]))


def page_of(study: str) -> Path:
    """Return the page of a study."""
    return DOCS / f"{study.replace('_', '-')}.md"


def with_figures(text: str, found: Figures) -> str:
    """Return a page with its figures replaced."""
    between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return between.sub(lambda _: lines(found), text)


def runs_of(study: str, folder: str) -> StoredRuns:
    """Return the runs of a folder, refusing those of another study.

    Raises
    ------
    StcsimError
        there is no such study, nothing of one in the folder, another study, or too few runs of it
    """
    if study not in STUDIES:
        raise InputError(f"there is no study {quote(study)} here; there are {', '.join(STUDIES)}")
    kept = read_runs(folder)
    name = str(kept.manifest["study"]["name"])
    if name != study:
        raise InputError(f"{quote(folder, 200)} holds the study {quote(name)}, not {quote(study)}")
    plan = read_study(HERE / f"{study}.yaml").plan
    planned = PlannedStudy(plan)
    check_same(Path(folder), kept.manifest, planned.identity(), planned.files())
    there = len(kept.runs_with([]))
    if there < plan.runs:
        raise InputError(
            f"{quote(folder, 200)} holds {there:,} of {plan.runs:,} runs: stcsim study run "
            f"{shlex.quote(str(HERE / f'{study}.yaml'))} --out {shlex.quote(folder)}"
        )
    return kept


def main(study: str, folder: str) -> None:
    """Compute, write, and put into the page."""
    kept = runs_of(study, folder)
    found = STUDIES[study](kept)
    save(found)
    page = page_of(study)
    if page.is_file():
        page.write_text(with_figures(page.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.stdout.write(lines(found) + "\n")


def program(arguments: Sequence[str]) -> int:
    """Do what a command line says; return its status, 2 where the line or the folder is wrong."""
    if len(arguments) != 2:
        sys.stderr.write("Usage: python experiments/figures.py STUDY FOLDER\n")
        return 2
    try:
        main(*arguments)
    except StcsimError as error:
        # Repairs of a study speak of its own command; here the sentence alone counts.
        said = error.problems[0].message if isinstance(error, InputError) else str(error)
        sys.stderr.write(f"{said}. Nothing was written.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(program(sys.argv[1:]))
