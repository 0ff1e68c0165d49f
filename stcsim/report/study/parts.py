"""Parts of the report of a study that are no figures: sentences and tables."""

from __future__ import annotations

from stcsim.analysis.again import Again
from stcsim.analysis.ahead import Ahead
from stcsim.analysis.ranking import Ranking
from stcsim.analysis.robustness import Robustness
from stcsim.analysis.turning import plain_label
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.discovery import discovery_picture
from stcsim.pictures.leading import leading_finding
from stcsim.pictures.ranking import finding as rank_finding
from stcsim.pictures.ranking import on_average, share_words
from stcsim.pictures.standing import left_open, other_counts
from stcsim.pictures.words import MISSING, capital, number
from stcsim.report.brief.numbers import numbers_part
from stcsim.report.costs import extra_money, payers_part
from stcsim.report.html import Child, Html, details, join, table, tag
from stcsim.report.parts import card, optional_card
from stcsim.report.study.inputs import WEIGHTS, ScenarioFindings, StudyFindings
from stcsim.scenario.arms import BASELINE


def brief_points(findings: StudyFindings) -> Html:
    """Return what was found in a few sentences."""
    points: list[Html] = []
    for part in findings.parts:
        said = [tag("li", line) for line in said_of(part, findings)]
        if part.name and len(findings.parts) > 1 and said:
            points.append(tag("li", tag("strong", part.called), tag("ul", *said)))
        else:
            points += said
    if not points:
        points = [tag("li", "Too little was run to say anything; see what is not shown, and why.")]
    return tag("ul", *points, class_="points")


def said_of(part: ScenarioFindings, findings: StudyFindings) -> list[str]:
    """Return what was found of one scenario in a few sentences."""
    said: list[str] = [*part.lost]
    for outcome, ranking in list(part.rankings.items())[:1]:
        said.append(_ranked(ranking, INFOS[outcome].label, part.sets.get(outcome), findings, part.robust))
    if part.weighted is not None:
        said.append(_ranked(part.weighted, "by your weights", part.sets.get(WEIGHTS), findings))
    said += part.robust.turn_sentences(findings.labels)[:1] if part.robust is not None else ()
    for moved in part.moved[:2]:
        matter = sum(f == "matters" for f in moved.found.findings)
        of = len(moved.found.paths)
        said.append(
            f"{capital(moved.target)}: {matter} of {of} assumptions matter, as far as these runs can tell."
        )
    if part.where is not None:
        drawn = discovery_picture(part.where.found, part.where.what, part.where.ranges, plain_label)
        said.append(
            f"{drawn.title}."
            if drawn
            else "No ranges of a few assumptions were found in which it is more frequent than elsewhere that "
            f"{part.where.what}."
        )
    if len(said) == len(part.lost) and part.effects is not None:
        said.append(f"{leading_finding(part.effects)}.")
    said += [_estimated(found, part, findings) for found in part.again]
    chosen = part.weighted or next(iter(part.rankings.values()), None)
    if not part.again and chosen is not None and chosen.winner != BASELINE:
        said.append(
            "The first arm was chosen by these runs, so it looks better than it is: run it again with other "
            "chance (stcsim study fresh) before anything is decided."
        )
    return said


def _ranked(
    ranking: Ranking,
    outcome: str,
    sets: Ahead | None,
    findings: StudyFindings,
    robust: Robustness | None = None,
) -> str:
    """Return what can be told set by set, what that leaves open, and what holds on average over the sets."""
    labels = findings.labels
    told = [rank_finding(ranking, outcome, labels, sets)]
    if sets is not None and ranking.differs:
        told += [left_open(robust, labels)] if robust is not None else []
        told.append(on_average(ranking, labels))
    return " ".join(f"{one}." for one in told if one)


def _estimated(found: Again, part: ScenarioFindings, findings: StudyFindings) -> str:
    """Return what an arm gains on seeds that had no part in choosing it."""
    info = INFOS[next(iter(part.rankings))]
    less = "less" if info.better == "lower" else "more"
    gain = f"{number(found.after)} ({number(found.low)} to {number(found.high)})"
    return (
        f"{findings.labels.get(found.arm, found.arm)} on fresh seeds: {gain} {less} of {info.label} than the "
        f"baseline, against {number(found.before)} in the runs that chose it"
        f"{'' if found.holds else '; it may gain nothing'}."
    )


def again_part(findings: StudyFindings) -> Html | None:
    """Return the arms that were run again on fresh seeds."""
    said = [tag("li", _estimated(found, part, findings)) for part in findings.parts for found in part.again]
    return card(tag("ul", *said)) if said else None


def numbers(findings: StudyFindings) -> Html | None:
    """Return the words and numbers that a brief of each scenario gives, a table a scenario."""
    found = [numbers_part(p.effects, p.runs) for p in findings.parts if p.effects is not None]
    return card(join(*found)) if found else None


def payers(findings: StudyFindings) -> Html | None:
    """Return who pays, a table a scenario."""
    found = [
        part_of
        for part in findings.parts
        if part.effects is not None
        and (part_of := payers_part(part.effects, extra_money(part.runs))) is not None
    ]
    return optional_card(join(*found)) if found else None


def best_table(findings: StudyFindings) -> Html | None:
    """Return the chance of each arm to be best by each outcome."""
    tables = []
    for part in findings.parts:
        if not part.rankings:
            continue
        arms = next(iter(part.rankings.values())).arms
        columns = {INFOS[o].label: r for o, r in part.rankings.items()}
        if part.weighted is not None:
            columns["your weights"] = part.weighted
        head: list[Child] = ["Arm", *(capital(name) for name in columns)]
        rows: list[list[Child]] = [
            [
                findings.labels.get(arm, arm),
                *(
                    (share_words(float(r.best[r.arms.index(arm)])) or "0%") if r.differs else MISSING
                    for r in columns.values()
                ),
            ]
            for arm in arms
        ]
        caption = f"Chance to be best{f' ({part.name})' if part.name and len(findings.parts) > 1 else ''}"
        tables.append(table(head, rows, caption=caption, numeric=frozenset(range(1, len(head)))))
    return card(join(*tables)) if tables else None


def regret_table(findings: StudyFindings) -> Html | None:
    """Return what is lost by each arm where another would have been better."""
    tables = []
    for part in findings.parts:
        found = part.regret
        if found is None:
            continue
        unit = INFOS[next(iter(part.rankings))].label
        rows: list[list[Child]] = [
            [
                findings.labels.get(str(r["arm"]), str(r["arm"])),
                number(float(r["mean"])),
                f"{number(float(r['mean_low']))} to {number(float(r['mean_high']))}",
                number(float(r["high"])),
                number(float(r["largest"])),
                share_words(float(r["zero"])) or "0%",
            ]
            for r in found.table().to_dict("records")
        ]
        head: list[Child] = [
            "Arm",
            "Mean",
            "95% interval",
            "In 9 of 10 sets at most",
            "Worst set",
            "Nothing lost",
        ]
        caption = f"Regret in {unit}: what is lost where another arm would have been better"
        tables.append(table(head, rows, caption=caption, numeric=frozenset(range(1, len(head)))))
    return card(details("Regret", *tables, class_="printed")) if tables else None


def held_part(findings: StudyFindings) -> Html | None:
    """Return the sentences of robustness."""
    said = [
        tag("li", line)
        for part in findings.parts
        if part.robust is not None
        for line in (
            *part.robust.turn_sentences(findings.labels),
            *part.robust.weighted_sentences(findings.labels),
            other_counts(part.robust, findings.labels),
        )
    ]
    return card(tag("ul", *said)) if said else None


def lacking_part(findings: StudyFindings) -> Html | None:
    """Return why something is not shown."""
    said = list(dict.fromkeys(line for part in findings.parts for line in (*part.lost, *part.lacking)))
    return card(tag("ul", *(tag("li", line) for line in said))) if said else None
