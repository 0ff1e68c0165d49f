"""What a run and a comparison give back: tidy tables, pictures, files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.export import long_table, plain_json, to_json
from stcsim.analysis.headlines import headline_table
from stcsim.api.analysed import ANALYSED, write_analysis
from stcsim.api.provenance import RESOLVED, Request
from stcsim.errors import Interrupted
from stcsim.outcomes.registry import INFOS
from stcsim.study.comparing import Study
from stcsim.study.table_files import FILES, write_table, write_tables
from stcsim.study.whole_files import write_text

if TYPE_CHECKING:
    from stcsim.pictures.picture import Picture

CSV, JSON, REPORT = "comparison.csv", "comparison.json", "report.html"
_NAMED, _NOTED = 8, 5
OUR_FILES: tuple[str, ...] = (*FILES, ANALYSED, CSV, JSON, REPORT, RESOLVED)
"""What a comparison writes; whatever else is in a folder is left alone."""
RUN_FILES: tuple[str, ...] = (
    "run_outcomes.csv",
    "run_series.parquet",
    "run_cases.parquet",
    "run_bodies.parquet",
    "run_matrix.csv",
)
"""What a single run writes."""


@dataclass(frozen=True, eq=False, repr=False)
class SingleRun:
    """One run of one arm.

    Parameters
    ----------
    arm : its name
    seed : of its chance
    key : content key, equal for runs made from the same
    outcomes : one row an outcome: `outcome`, `label`, `family`, `unit`, `better`, `view`, `value`
    series : one row a month and name: `arm`, `world`, `replication`, `month`, `name`, `value`
    cases : one row a consignment of interest, see `stcsim.study.cases.case_table`
    bodies : hours of coordination a counted year: `arm`, `world`, `replication`, `body`, `hours`
    matrix : measures in place where arms branch and at the end, see `stcsim.study.matrix_table.matrix_table`
    seconds : time by phase of a step, empty unless it was asked for
    notes : what a reader has to know, such as mechanisms that did nothing
    """

    arm: str
    seed: int
    key: str
    outcomes: pd.DataFrame
    series: pd.DataFrame
    cases: pd.DataFrame
    bodies: pd.DataFrame
    matrix: pd.DataFrame
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([f"<run of arm {self.arm!r}, seed {self.seed}>", *_some(self.notes)])

    def __getitem__(self, outcome: str) -> float:
        """Return the value of an outcome by name."""
        # the stubs let a cell be anything; this column holds numbers alone
        return float(self.outcomes.set_index("outcome").loc[outcome, "value"])  # type: ignore[arg-type]

    def plot(self, name: str = "diversions") -> Picture:
        """Return a picture of a monthly series; notebooks show it, ``.save(path)`` writes it.

        Raises
        ------
        InputError
            there is no such series
        """
        from stcsim.pictures.plot import plot_series

        return plot_series(self.series, name)

    def save(self, folder: Path | str) -> Path:
        """Write the tables into a folder, made where it is missing, and return it.

        Only files of the names in `RUN_FILES` are replaced.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / RUN_FILES[0], self.outcomes.to_csv(index=False, lineterminator="\n"))
        for name, table in zip(RUN_FILES[1:4], (self.series, self.cases, self.bodies), strict=True):
            write_table(folder / name, table)
        write_text(folder / RUN_FILES[4], self.matrix.to_csv(index=False, lineterminator="\n"))
        return folder


@dataclass(frozen=True, eq=False, repr=False)
class ComparisonResult:
    """Arms against the baseline: the runs, what they say, and where they come from.

    Parameters
    ----------
    request : what was asked for
    study : the runs
    comparison : the analysis of them
    """

    request: Request
    study: Study
    comparison: Comparison

    def __repr__(self) -> str:
        found = Counter(str(word) for word in self.headlines["verdict"])
        words = ", ".join(f"{count} {word}" for word, count in found.most_common())
        arms = self.comparison.arms[1:]
        named = ", ".join(arms[:_NAMED]) + (f" and {len(arms) - _NAMED} more" if len(arms) > _NAMED else "")
        lines = [
            f"<comparison of {self.request.scenario.name!r}: {named}, against {self.comparison.baseline}",
            f" {len(self.runs)} runs; headlines: {words}; see .headlines, .plot(), .report()>",
        ]
        return "\n".join([*lines, *_some(self.comparison.notes)])

    @property
    def runs(self) -> pd.DataFrame:
        """One row a run: `arm`, `world`, `replication`, `seed`, `key`, one column an outcome."""
        return self.study.tables.runs

    @property
    def series(self) -> pd.DataFrame:
        """Monthly series: `arm`, `world`, `replication`, `month`, `name`, `value`."""
        return self.study.tables.series

    @property
    def bodies(self) -> pd.DataFrame:
        """Hours of coordination a counted year: `arm`, `world`, `replication`, `body`, `hours`."""
        return self.study.tables.bodies

    @property
    def failures(self) -> pd.DataFrame:
        """Runs that came to no end: `arm`, `world`, `replication`, `seed`, `key`, `error`."""
        return self.study.tables.failures

    @property
    def table(self) -> pd.DataFrame:
        """Everything by outcome and arm: levels, differences over runs and over assumptions, verdicts."""
        return long_table(self.comparison)

    @property
    def headlines(self) -> pd.DataFrame:
        """The headline outcomes by arm in words: verdict, change, both intervals."""
        return headline_table(self.comparison)

    @property
    def rivals(self) -> pd.DataFrame:
        """Rivals of equal cost: `arm`, `world`, `target`, `budget` a year, `realised`, `share`.

        Money is in thousand US dollars, but for `share` (realised over target).
        """
        rows = [(r.arm, r.world, r.target, r.budget, r.realised, r.share) for r in self.study.rivals]
        return pd.DataFrame(rows, columns=["arm", "world", "target", "budget", "realised", "share"])

    @property
    def labels(self) -> dict[str, str]:
        """Names of the arms for people."""
        return {arm.name: arm.label for arm in self.study.arms}

    @property
    def provenance(self) -> dict[str, Any]:
        """Version, seed, scenario, command to repeat."""
        return {**self.request.provenance(), "complete": not self.study.interrupted}

    def to_dict(self) -> dict[str, Any]:
        """Return outcomes by arm and where they come from, as plain JSON values."""
        document = to_json(self.comparison, self.provenance)
        if self.request.equal_cost:
            document["equal_cost"] = plain_json(self.rivals.to_dict("records"))
        return document

    def to_json(self, indent: int | None = 1) -> str:
        """Return `to_dict` as the text of a JSON document."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False, allow_nan=False)

    def plot(self, kind: Literal["differences", "cost", "statistics"] = "differences") -> Picture:
        """Return a picture; notebooks show it, ``.save(path)`` writes it.

        Parameters
        ----------
        kind : forest plot of the headlines, plane of cost and effect, or statistics beside what happened

        Raises
        ------
        InputError
            there is no such picture
        """
        from stcsim.pictures.plot import plot_comparison

        return plot_comparison(self.comparison, kind, self.labels)

    def plot_series(self, name: str) -> Picture:
        """Return a picture of one monthly series in all arms.

        Raises
        ------
        InputError
            there is no such series
        """
        from stcsim.pictures.plot import plot_series

        arms = list(self.comparison.arms[1:])
        return plot_series(self.series, name, arms=arms, labels=self.labels)

    def report(self, path: Path | str = REPORT) -> Path:
        """Write the report, one HTML file that needs no network, and return its path.

        Parameters
        ----------
        path : file, or an existing folder
        """
        from stcsim.api.describing import assumptions, scenario_info
        from stcsim.report import write_report
        from stcsim.report.inputs import Provenance

        facts = self.provenance
        spec = self.request.scenario
        named = {
            "Version of the model": facts["model_version"],
            "Settings": ", ".join(facts["settings"]) or "none beside the file",
            "Computed on": facts["platform"],
            "Packages": ", ".join(f"{name} {found}" for name, found in facts["packages"].items()),
            "Finished": "yes" if facts["complete"] else "no: stopped before the end",
        }
        origin = Provenance(
            facts["version"], facts["seed"], facts["scenario_hash"], facts["command"], self.resolved, named
        )
        return write_report(
            path,
            self.comparison,
            self.runs,
            self.series,
            self.bodies,
            origin,
            scenario_info(spec, self.study.arms),
            assumptions(spec, self.study.arms),
        )

    @property
    def resolved(self) -> str:
        """The scenario with every default filled in, as YAML."""
        from stcsim.scenario.writing import spec_text

        return spec_text(self.request.scenario)

    def save(self, folder: Path | str) -> Path:
        """Write everything into a folder, made where it is missing, and return the path of the report.

        Only files of the names in `OUR_FILES` are replaced.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_tables(folder, self.study.tables)
        write_analysis(folder, self.comparison, self.request.seed)
        write_text(folder / RESOLVED, self.resolved)
        write_text(folder / JSON, f"{self.to_json()}\n")
        write_text(folder / CSV, self.table.to_csv(index=False, lineterminator="\n"))
        return self.report(folder / REPORT)


class ComparisonInterrupted(Interrupted):
    """The user stopped a comparison.

    Parameters
    ----------
    message : what was finished
    result : comparison of what was finished; None where that does not suffice for one
    """

    def __init__(self, message: str, result: ComparisonResult | None = None) -> None:
        super().__init__(message)
        self.result = result


def outcome_rows(values: dict[str, float]) -> pd.DataFrame:
    """Return outcomes with what is said about each, one row an outcome."""
    rows = [
        (name, i.label, i.family, i.unit, i.better, i.view, values[name])
        for name, i in INFOS.items()
        if name in values
    ]
    return pd.DataFrame(rows, columns=["outcome", "label", "family", "unit", "better", "view", "value"])


def _some(notes: Sequence[str]) -> list[str]:
    """Return the first notes, a line each, and how many there are beside them."""
    more = len(notes) - _NOTED
    return [*(f" {note}" for note in notes[:_NOTED]), *([f" and {more} more notes"] if more > 0 else [])]
