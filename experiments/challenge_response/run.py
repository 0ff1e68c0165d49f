"""Five challenges against five responses at equal cost: is each best answered by its own response.

::

    python experiments/challenge_response/run.py            # a few minutes on two cores

Reads ``study.yaml`` beside it, writes ``results.csv`` beside it and the page that people read,
``docs/challenge-response.md``.
"""

from __future__ import annotations

import math
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from pydantic import Field
from scipy.stats import t as student

import stcsim
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.spec import Spec, quantities

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "challenge-response.md"
RESULTS = HERE / "results.csv"
TRIAL_RUNS = 2
"""Pairs by which a cost is measured while levers are moved."""
CLOSE = 0.02
"""Costs are equal when they miss the budget by no more than this share."""
STAFF = "additional_staff"


class Challenge(Spec):
    """One challenge: settings that make it the binding one, and the response proposed for it."""

    name: str
    label: str
    own: str
    settings: list[str]


class Response(Spec):
    """One response: mechanisms, and the numbers that are moved until it costs what all cost."""

    name: str
    label: str
    mechanisms: dict[str, Any]
    levers: list[str]

    def arm(self, factor: float, staff: float = 0.0) -> ResolvedArm:
        """Return it with its levers at `factor` times their defaults, and staff.

        Levers stay within their sweep ranges; `staff` is in thousand USD a year.
        """
        chosen: list[Mechanism] = []
        for name, given in self.mechanisms.items():
            kind = MECHANISMS[name]
            ranges = {q.path: q.sweep for q in quantities(kind)}
            fields = [lever.partition(".")[2] for lever in self.levers if lever.startswith(f"{name}.")]
            for one in given if isinstance(given, list) else [given]:
                base = kind.model_validate(one)
                moved = {}
                for field in fields:
                    low, high = ranges[field] or (None, None)
                    if low is None or high is None:
                        raise ValueError(f"{name}.{field} has no sweep range, so it is no lever")
                    default = float(getattr(base, field))
                    # what is off by default is moved along its range
                    value = default * factor if default else high * max(0.0, 1.0 - 1.0 / factor)
                    moved[field] = min(max(value, low), high)
                chosen.append(kind.model_validate({**base.model_dump(), **moved}))
        if staff > 0:
            chosen.append(MECHANISMS[STAFF].model_validate({"thousand_usd_per_year": staff}))
        return ResolvedArm(self.name, self.label, tuple(chosen))


class Study(Spec):
    """The study as its file says."""

    scenario: str
    seed: int
    replications: int = Field(ge=2)
    worlds: int
    outcome: str
    budget: float
    challenges: list[Challenge]
    responses: list[Response]


def read(path: Path = HERE / "study.yaml") -> Study:
    """Return the study of a file."""
    return Study.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def yearly_costs(spec: ScenarioSpec, arms: Sequence[ResolvedArm], seed: int) -> dict[str, float]:
    """Return what each arm costs a year more than the baseline, by a few pairs under default assumptions."""
    runs = stcsim.compare(spec, list(arms), replications=TRIAL_RUNS, seed=seed).runs
    mean = runs.groupby("arm")["total_cost"].mean()
    years = spec.time.counted_weeks / 52
    return {arm.name: float(mean[arm.name] - mean[BASELINE]) / years for arm in arms}


def equal_arms(spec: ScenarioSpec, study: Study, budget: float) -> dict[str, ResolvedArm]:
    """Return each response at the cost of the budget: levers first, staff for what they leave.

    Levers of all responses move at once, by the secant on the logarithm of their factor.
    """
    factor = {r.name: 1.0 for r in study.responses}
    staff = dict.fromkeys(factor, 0.0)
    before: dict[str, tuple[float, float]] = {}
    arms: dict[str, ResolvedArm] = {}
    off = list(study.responses)
    for _ in range(8):
        tried = {r.name: r.arm(factor[r.name], staff[r.name]) for r in off}
        arms |= tried
        costs = yearly_costs(spec, list(tried.values()), study.seed)
        sys.stdout.write("  " + ", ".join(f"{name} {cost:.0f}" for name, cost in costs.items()) + "\n")
        sys.stdout.flush()
        off = [r for r in off if abs(costs[r.name] / budget - 1) > CLOSE]
        if not off:
            break
        for name in (r.name for r in off):
            held, cost = before.get(name), costs[name]
            before[name] = (factor[name], cost)
            missing = budget - cost
            stuck = held is not None and abs(held[1] - cost) < CLOSE * budget
            if staff[name] or (stuck and missing > 0):
                staff[name] = max(0.0, staff[name] + missing)
                continue
            slope = 1.0
            if held is not None and held[0] != factor[name] and cost > 0 < held[1]:
                slope = math.log(cost / held[1]) / math.log(factor[name] / held[0])
            step = math.log(budget / max(cost, 0.01 * budget)) / max(slope, 0.2)
            factor[name] *= math.exp(min(max(step, -2.0), 2.0))
    return arms


def run(study: Study) -> pd.DataFrame:
    """Return one row a challenge and response: change, interval, cost, how often it is best."""
    rows = []
    for challenge in study.challenges:
        sys.stdout.write(f"{challenge.label}: setting costs equal\n")
        spec = stcsim.load(study.scenario, challenge.settings)
        arms = equal_arms(spec, study, study.budget)
        rival = ResolvedArm(
            STAFF,
            "The same money on staff",
            (MECHANISMS[STAFF].model_validate({"thousand_usd_per_year": study.budget}),),
        )
        sys.stdout.write(f"{challenge.label}: comparing\n")
        found = stcsim.compare(
            spec, [*arms.values(), rival], study.replications, study.worlds, seed=study.seed
        )
        best = _best(found.runs, study)
        behind = _against(found.runs, study.outcome, challenge.own)
        table = found.table.set_index(["outcome", "arm"])
        years = spec.time.counted_weeks / 52
        for name in [*arms, STAFF]:
            row, cost = table.loc[(study.outcome, name)], table.loc[("total_cost", name)]
            rows.append(
                {
                    "challenge": challenge.name,
                    "response": name,
                    "own": name == challenge.own,
                    "effect": row["runs_relative"] / 100,
                    "low": row["runs_relative_low"] / 100,
                    "high": row["runs_relative_high"] / 100,
                    "verdict": row["verdict"],
                    "cost_per_year": cost["runs_mean"] / years,
                    "best_share": best.get(name, math.nan),
                    **dict(zip(("lead", "lead_low", "lead_high"), behind[name], strict=True)),
                }
            )
    return pd.DataFrame(rows)


def _best(runs: pd.DataFrame, study: Study) -> dict[str, float]:
    """Return the share of sampled worlds in which each response has the fewest, by the mean of its pairs."""
    names = [r.name for r in study.responses]
    sampled = runs[(runs["world"] > 0) & runs["arm"].isin(names)]
    mean = sampled.pivot_table(study.outcome, "world", "arm")[names]
    winners = np.asarray(mean.to_numpy().argmin(axis=1))
    return {name: float((winners == i).mean()) for i, name in enumerate(names)}


def _against(runs: pd.DataFrame, outcome: str, own: str) -> dict[str, tuple[float, float, float]]:
    """Return how far each arm lies above the own response, relative to the baseline, with 95% intervals."""
    table = runs[runs["world"] == 0].pivot_table(outcome, "replication", "arm")
    by, n = float(table[BASELINE].mean()), len(table)
    found = {}
    for name in table.columns:
        gap = (table[name] - table[own]).to_numpy() / by
        half = float(student.ppf(0.975, n - 1)) * float(gap.std(ddof=1)) / math.sqrt(n)
        found[str(name)] = float(gap.mean()), float(gap.mean()) - half, float(gap.mean()) + half
    return found


def page(study: Study, results: pd.DataFrame) -> str:
    """Return the page that says what came of it."""
    labels = {r.name: r.label for r in study.responses} | {STAFF: "The same money on staff"}
    head = ["Challenge that binds", *labels.values()]
    lines = [_row(head), _row(["---"] * len(head))]
    answers = []
    for challenge in study.challenges:
        mine = results[results["challenge"] == challenge.name].set_index("response")
        five = mine.drop(STAFF)
        best = str(five["effect"].idxmin())
        cells = []
        for name in labels:
            row = mine.loc[name]
            text = f"{_percent(row['effect'])} ({_percent(row['low'])} to {_percent(row['high'])})"
            text = f"**{text}**" if name == best else text
            cells.append(f"{text} ←" if name == challenge.own else text)
        lines.append(_row([challenge.label, *cells]))
        answers.append(_answer(challenge, five, labels, best))
    costs = results["cost_per_year"]
    said = _wrapped(
        f"""Practitioners named five challenges first and proposed five responses.
        Here each challenge is made the binding one in `{study.scenario}` by settings, and each
        response costs the same: {study.budget:,.0f} thousand USD a year more than doing nothing
        (realised: {costs.min():,.0f} to {costs.max():,.0f}).
        Its numbers are moved within their sweep ranges until it does; what a response cannot absorb
        within them is spent on staff. The settings, the levers and the pairing of challenges and
        responses stood in [study.yaml](../experiments/challenge_response/study.yaml) before the
        first run."""
    )
    reading = _wrapped(
        f"""Change in illicit transfers completed against the baseline, mean of {study.replications} paired
        runs under default assumptions with its 95% interval; **bold** the largest reduction among the five, ←
        the response proposed for this challenge:"""
    )
    hits = _hits(study, results)
    verb, whom = ("is", "it") if hits == 1 else ("are", "them")
    end = _wrapped(
        f"""{hits} of {len(study.challenges)} challenges {verb} best answered by the response proposed
        for {whom}. What a response does rests on assumed intensities; which one is best turns with them, as
        the shares of sampled assumptions say."""
    )
    turned = _wrapped(
        f"""The other way round: does a response do most where its own challenge binds?
        {_where(study, results, labels)} All are judged by one outcome here; what a response is for besides,
        such as capacity that stays or honest firms that comply, is not counted."""
    )
    title = "# Does each response best answer its own challenge?"
    made = "<!-- Made by experiments/challenge_response/run.py; what is changed here is lost. -->"
    parts = [title, made, said, reading, "\n".join(lines), "\n".join(answers), end, turned]
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 120, break_long_words=False, break_on_hyphens=False)


def _hits(study: Study, results: pd.DataFrame) -> int:
    hits = 0
    for challenge in study.challenges:
        five = results[(results["challenge"] == challenge.name) & (results["response"] != STAFF)]
        hits += str(five.set_index("response")["effect"].idxmin()) == challenge.own
    return hits


def _where(study: Study, results: pd.DataFrame, labels: dict[str, str]) -> str:
    """Return in words under which challenge each response lowers the outcome most."""
    short = {c.name: c.label for c in study.challenges}
    own = {c.own: c.name for c in study.challenges}
    most = {
        name: str(mine.set_index("challenge")["effect"].idxmin())
        for name, mine in results.groupby("response", sort=False)
        if name in own
    }
    at_home = [f"*{labels[r]}*" for r, c in most.items() if own[r] == c]
    others = [f"*{labels[r]}* under “{short[c]}”" for r, c in most.items() if own[r] != c]
    said = f"{len(at_home)} of {len(most)} do: {', '.join(at_home) or 'none'}."
    return said + (f" The others do most elsewhere: {'; '.join(others)}." if others else "")


def _answer(challenge: Challenge, five: pd.DataFrame, labels: dict[str, str], best: str) -> str:
    rank = int(five["effect"].rank()[challenge.own])
    share = five["best_share"]
    own = f"its own response, *{labels[challenge.own]}*,"
    if best == challenge.own:
        said = f"{own} lowers transfers most"
    else:
        lead, low, high = (-float(five.loc[best, x]) for x in ("lead", "lead_high", "lead_low"))
        said = (
            f"{own} comes {_ORDINAL[rank - 1]} of five; *{labels[best]}* lowers transfers most, by {lead:.1%}"
        )
        said += f" of the baseline more ({low:.1%} to {high:.1%})".replace("-", "−")
        said += "" if low > 0 else ", which cannot be told from none"
    often = f"{share[challenge.own]:.0%} of sampled sets of assumptions put the own response first"
    if best != challenge.own:
        often += f", {share[best]:.0%} put *{labels[best]}* first"
    return f"- **{challenge.label}**: {said}; {often}."


_ORDINAL = ("first", "second", "third", "fourth", "last")


def _percent(value: float) -> str:
    return f"{value * 100:+.1f}%".replace("-", "−") if math.isfinite(value) else "n/a"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    asked = read()
    made = run(asked)
    made.to_csv(RESULTS, index=False, float_format="%.6g", lineterminator="\n")
    PAGE.write_text(page(asked, made), encoding="utf-8")
    sys.stdout.write(f"{RESULTS.name} and {PAGE.name} are written\n")
