"""What the page of a study tells, part by part: charts with their commands, sentences, tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from stcsim.analysis.ranking import Ranking
from stcsim.analysis.turning import plain_label
from stcsim.api.study_analyses import commands_of, figure_command
from stcsim.charts.box_ranges import box_charts
from stcsim.charts.chart import Chart
from stcsim.charts.front import front_chart
from stcsim.charts.holding import measures_chart, sets_chart
from stcsim.charts.movers import movers_chart
from stcsim.charts.over_values import over_values_chart
from stcsim.charts.places import places_chart
from stcsim.dashboard.studies.reading import without_place
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.plane import COST
from stcsim.pictures.standing import in_sentence
from stcsim.pictures.words import capital, listed
from stcsim.report.study import ScenarioFindings, StudyFindings
from stcsim.report.study.figures import figure_name
from stcsim.report.study.inputs import WEIGHTS, Where
from stcsim.report.study.parts import said_of


@dataclass(frozen=True)
class Shown:
    """A study's folder as readers write it.

    Parameters
    ----------
    folder : on this machine
    name : for readers
    """

    folder: Path
    name: str

    def clean(self, sentence: str) -> str:
        """Return a sentence without a path of this machine."""
        return without_place(sentence, self.folder, self.name)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chart, and the line that gives the same numbers.

    Parameters
    ----------
    chart : what is drawn
    command : as it is typed
    """

    chart: Chart
    command: str


def ranked_by(part: ScenarioFindings) -> dict[str, str]:
    """Return what arms are ranked by in one scenario, in words by name."""
    found = {outcome: capital(INFOS[outcome].label) for outcome in part.rankings}
    return found | ({WEIGHTS: "The study's weights"} if part.weighted is not None else {})


def first_outcome(part: ScenarioFindings) -> str:
    """Return the outcome by which everything but the ranking is told, empty without any."""
    return next((o for o in part.rankings if o != COST), next(iter(part.rankings), ""))


def brief_lines(findings: StudyFindings, part: ScenarioFindings, shown: Shown) -> tuple[str, ...]:
    """Return what was found in a few sentences."""
    return tuple(shown.clean(line) for line in said_of(part, findings))


def lacking_lines(part: ScenarioFindings, shown: Shown) -> tuple[str, ...]:
    """Return why something is not shown."""
    return tuple(shown.clean(line) for line in dict.fromkeys((*part.lost, *part.lacking)))


def rankings_of(part: ScenarioFindings) -> dict[str, Ranking]:
    """Return every ranking of one scenario, that by the weights of the study last."""
    return {**part.rankings, **({WEIGHTS: part.weighted} if part.weighted is not None else {})}


def ranking_drawn(findings: StudyFindings, part: ScenarioFindings, by: str, shown: Shown) -> Drawn | None:
    """Return the chance of every place by an outcome or by the weights; None where no arm differs by it."""
    found = rankings_of(part)[by]
    if not found.differs:
        return None
    words = "your weights" if by == WEIGHTS else INFOS[by].label
    name = f"ranking-{by}".replace("_", "-")
    chart = places_chart(found, words, findings.labels, name, part.sets.get(by))
    command = commands_of(shown.name)["ranking"]
    return Drawn(chart, command if by == WEIGHTS else f"{command} --outcome {by}")


def front_drawn(findings: StudyFindings, part: ScenarioFindings, shown: Shown) -> Drawn | None:
    """Return the plane of effect and cost."""
    if part.front is None:
        return None
    info = INFOS[first_outcome(part)]
    cost = "cost beyond the baseline, thousand US dollars over the counted years"
    words = capital(info.label), unit_words(info.unit), cost
    chart = front_chart(part.front, *words, findings.labels, "pareto")
    return Drawn(chart, figure_command(shown.name, figure_name("pareto", part, findings)))


def holding_drawn(findings: StudyFindings, part: ScenarioFindings, shown: Shown) -> tuple[Drawn, ...]:
    """Return in how many sets the best arm is best, and under other measures."""
    if part.robust is None:
        return ()
    outcome = part.robust.outcome
    words = INFOS[outcome].label if outcome in INFOS else outcome
    command = figure_command(shown.name, figure_name("robustness", part, findings))
    sets = sets_chart(part.robust, part.sets[outcome], words, findings.labels, "robustness")
    measures = measures_chart(part.robust, part.sets[outcome], findings.labels, "measures")
    return Drawn(sets, command), Drawn(measures, command)


def turn_lines(findings: StudyFindings, part: ScenarioFindings) -> tuple[str, ...]:
    """Return where the order turns, a sentence an assumption, or that none was found."""
    return part.robust.turn_sentences(findings.labels) if part.robust is not None else ()


def moved_targets(part: ScenarioFindings) -> dict[str, str]:
    """Return what sensitivity was asked about, in words by number."""
    return {str(i): capital(moved.target) for i, moved in enumerate(part.moved)}


def moved_drawn(part: ScenarioFindings, target: str, shown: Shown) -> Drawn | None:
    """Return which assumptions move one target, by its number."""
    if not target.isdigit() or int(target) >= len(part.moved):
        return None
    moved = part.moved[int(target)]
    unit, name = unit_words(moved.unit), f"sensitivity-{int(target) + 1}"
    chart = movers_chart(moved.found, moved.target, unit, plain_label, name)
    return Drawn(chart, commands_of(shown.name)["sensitivity"])


def boxes_drawn(where: Where, what: str, command: str) -> tuple[Drawn, ...]:
    """Return the boxes of assumptions in which something holds.

    Parameters
    ----------
    what : holds in them, in words
    command : that looks for them
    """
    charts = box_charts(where.found, what, where.ranges, plain_label, "box")
    return tuple(Drawn(chart, command) for chart in charts)


def values_drawn(findings: StudyFindings, part: ScenarioFindings, shown: Shown) -> tuple[Drawn, ...]:
    """Return what arms do at each value of what is varied one by one."""
    found = []
    for outcome, over in part.over:
        info, name = INFOS[outcome], figure_name(f"values-{outcome}-{over.path}", part, findings)
        unit, what = unit_words(info.unit), plain_label(over.path)
        chart = over_values_chart(over, capital(info.label), unit, what, findings.labels, name)
        found.append(Drawn(chart, figure_command(shown.name, name)))
    return tuple(found)


def chances_table(findings: StudyFindings, part: ScenarioFindings) -> pd.DataFrame:
    """Return the chance of each arm to be best by each outcome, in percent; NaN where no arm differs."""
    rankings = {ranked_by(part)[o]: r for o, r in rankings_of(part).items()}
    arms = next(iter(rankings.values())).arms if rankings else ()
    columns = {
        words: [100 * float(r.best[r.arms.index(arm)]) if r.differs else math.nan for arm in arms]
        for words, r in rankings.items()
    }
    return pd.DataFrame({"Arm": [findings.labels.get(arm, arm) for arm in arms], **columns})


def leaders(part: ScenarioFindings, labels: Mapping[str, str]) -> str:
    """Say which arm is first by which outcome, most outcomes first."""
    words = {name: said[:1].lower() + said[1:] for name, said in ranked_by(part).items()}
    first: dict[str, list[str]] = {}
    for name, ranking in rankings_of(part).items():
        if ranking.differs:
            first.setdefault(in_sentence(ranking.winner, labels), []).append(words[name])
    if not first:
        return "No arm differs from another by anything that was looked at"
    told = sorted(first.items(), key=lambda item: -len(item[1]))
    alike = [words[name] for name, ranking in rankings_of(part).items() if not ranking.differs]
    if len(told) == 1 and not alike:
        return capital(f"{told[0][0]} is first by everything that was looked at")
    said = [
        f"{arm} is first by {listed(by)}" if not i else f"{arm} by {listed(by)}"
        for i, (arm, by) in enumerate(told)
    ]
    said += [f"by {listed(alike)} no arm differs"] if alike else []
    return capital("; ".join(said))


def regret_table(part: ScenarioFindings, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return what is lost by each arm where another would have been better; empty where that is not known."""
    if part.regret is None:
        return pd.DataFrame()
    table = part.regret.table()
    return pd.DataFrame(
        {
            "Arm": [labels.get(arm, arm) for arm in table["arm"]],
            "Mean": table["mean"],
            "Mean: from": table["mean_low"],
            "Mean: to": table["mean_high"],
            "In 9 of 10 sets at most": table["high"],
            "Worst set": table["largest"],
            "Nothing lost in, %": 100 * table["zero"],
        }
    )


def regret_finding(part: ScenarioFindings, labels: Mapping[str, str]) -> str:
    """Say which arm loses least on average, and which in the worst set."""
    found = part.regret
    if found is None:
        return ""
    least, safest = (in_sentence(arm, labels) for arm in (found.least, found.safest))
    if least == safest:
        return capital(f"{least} loses least, on average and in the worst sampled set")
    return capital(f"{least} loses least on average, {safest} in the worst sampled set")


def failures_table(findings: StudyFindings, shown: Shown) -> pd.DataFrame:
    """Return the runs that came to no end, one row each."""
    columns = {
        "arm": "Arm",
        "scenario": "Scenario",
        "world": "Point",
        "replication": "Replication",
        "stage": "Stage",
        "error": "Error",
    }
    table = findings.facts.failures.rename(columns=columns)
    left_out = {"Scenario"} if len({part.name for part in findings.parts}) == 1 else set()
    table = table[[name for name in columns.values() if name in {*table.columns} - left_out]]
    table = table.reset_index(drop=True)
    if "Scenario" in table.columns:
        called = {part.name: part.called for part in findings.parts}
        table["Scenario"] = [called.get(str(name), str(name)) for name in table["Scenario"]]
    if "Arm" in table.columns:
        table["Arm"] = [findings.labels.get(str(arm), str(arm)) for arm in table["Arm"]]
    if "Error" in table.columns:
        table["Error"] = [shown.clean(str(error)) for error in table["Error"]]
    return table
