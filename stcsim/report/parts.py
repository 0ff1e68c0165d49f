"""The parts of a report that show pictures: a finding, what its marks mean, the drawing."""

from __future__ import annotations

import math

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.cost_effectiveness import cost_effectiveness
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.series import SERIES
from stcsim.pictures.effects import Effects
from stcsim.pictures.findings import across_arms
from stcsim.pictures.hours import hours_by_body
from stcsim.pictures.picture import Picture
from stcsim.pictures.plane import COST
from stcsim.pictures.series import time_series
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.pictures.truth import truth_and_statistics
from stcsim.pictures.words import number, span
from stcsim.report.costs import money_line
from stcsim.report.html import Child, Html, details, join, table, tag
from stcsim.report.inputs import ScenarioInfo, SeriesInfo


def card(body: Child) -> Html:
    """Return a white card around `body`."""
    return tag("div", body, class_="card")


def optional_card(body: Html | None) -> Html | None:
    """Return a card around `body`, None when there is none."""
    return None if body is None else card(body)


def figure(picture: Picture, *, level: str = "h3") -> Html:
    """A picture as a card: the finding as its heading, the meaning of its marks below, panels that wrap."""
    several = len(picture.panels) > 1
    panels = [
        tag("div", tag("h4", panel.title) if several and panel.title else None, Html(svg), class_="panel")
        for panel, svg in zip(picture.panels, picture.svgs(), strict=True)
    ]
    kind = (
        "panels small-ones"
        if several and picture.panels[0].width < 400
        else "panels"
        if several
        else "single"
    )
    return tag(
        "figure",
        tag("figcaption", tag(level, picture.title), tag("p", picture.subtitle, class_="small")),
        tag("div", *panels, class_=kind),
        class_="card",
    )


def brief_part(effects: Effects, costs: Picture | None, extra: pd.DataFrame | None) -> Html:
    """Return the findings of all headlines, and how far they may be trusted.

    Parameters
    ----------
    costs : plane of cost and effect
    extra : what each arm costs beyond the baseline, see `stcsim.report.costs.extra_money`
    """
    lines = [across_arms(effects, o) for o in effects.headline if o != COST]
    if COST in effects.infos and effects.own:
        lines.append(money_line(effects, extra))
    points = [tag("li", f"{line}.") for line in lines]
    if costs is not None and effects.rivals:
        points.append(tag("li", f"{costs.title}."))
    if effects.worlds:
        how = (
            'Clearly and probably come from the row "mean over assumptions" of each arm: clearly when its '
            "interval excludes zero for all arms and headlines at once and 95% of the sets agree, probably "
            "when the plain one does and 80% agree. The range that holds 95% of the sets "
            "is another thing and decides nothing."
        )
        note = tag("p", how, class_="small")
    else:
        how = (
            "Assumptions were not varied. Clearly and probably speak of chance alone here: clearly when the "
            "interval over runs excludes zero for all arms and headlines at once, probably when the plain "
            "one does; the one behind the word is printed. Another set of assumptions "
            "may turn them around. Repeat with --worlds 10 or more before drawing conclusions."
        )
        note = tag("p", tag("strong", "Read with care: "), how, class_="notice")
    gaps = [n for n in effects.notes if "not varied" not in n]
    return card(
        join(
            tag("ul", *points, class_="points"),
            note,
            tag("p", "; ".join(gaps), class_="notice") if gaps else None,
        )
    )


def time_part(effects: Effects, series: pd.DataFrame, info: ScenarioInfo) -> Html | None:
    """Return the monthly series, the first open; None when there are none."""
    if series.empty:
        return None
    present = {str(name) for name in series.loc[series["world"] == 0, "name"]}
    wanted = [s for s in info.series if s.name in present] or _series_of(effects, present)
    labels = {a: effects.label(a) for a in (BASELINE, *effects.arms)}
    styles = arm_styles(effects.drawn)
    pictures = [
        time_series(
            series, s.name, arms=effects.arms, label=s.label, unit=s.unit, labels=labels, styles=styles
        )
        for s in wanted
    ]
    pictures = [p for p in pictures if p.panels]
    if not pictures:
        return None
    rest = [details(p.title, figure(p)) for p in pictures[1:]]
    return join(figure(pictures[0]), *(card(d) for d in rest))


def _series_of(effects: Effects, names: set[str]) -> list[SeriesInfo]:
    """Describe the series of the headlines; without any, the first few there are."""
    found = []
    for name in [o for o in effects.headline if o in names] or sorted(names)[:3]:
        drawn = SERIES.get(name)
        label, unit = (drawn.label, drawn.unit) if drawn else (name.replace("_", " "), "")
        found.append(SeriesInfo(name, label, unit))
    return found


def cost_part(
    effects: Effects, picture: Picture | None, comparison: Comparison, runs: pd.DataFrame
) -> Html | None:
    """Return the plane of cost and effect and the cost per unit gained, None without a cost."""
    if picture is None:
        return None
    outcome = next(o for o in effects.headline if o != COST)
    return join(figure(picture), optional_card(_ratios(effects, comparison, runs, outcome)))


def _ratios(effects: Effects, comparison: Comparison, runs: pd.DataFrame, outcome: str) -> Html | None:
    """Cost per unit gained, only where the effect's interval excludes zero."""
    info = effects.info(outcome)
    if info.better == "none":
        return None
    found = cost_effectiveness(
        runs,
        info,
        effects.info(COST),
        comparison.baseline,
        arms=list(comparison.arms),
        level=comparison.level,
        effect_level=comparison.cell_level,
    )
    rows: list[list[Child]] = []
    by_arm = {str(r["arm"]): r for r in found.to_dict("records")}
    unit = unit_words(effects.info(COST).unit)
    for arm in effects.arms:
        row = by_arm[arm]
        ratio = float(row["ratio"])
        finite = math.isfinite(ratio)
        rows.append(
            [
                effects.label(arm),
                number(ratio) if finite else "none given",
                span(float(row["ratio_low"]), float(row["ratio_high"]), relative=False) if finite else "",
                str(row["reading"]),
            ]
        )
    words = (
        f"In {unit} for each unit of {info.label} that is "
        f"{'averted' if info.better == 'lower' else 'gained'}, default "
        "assumptions. No ratio is given where the interval of the effect over all arms and headlines at once "
        "holds zero or may be coincidence; a ratio below zero saves money. The reading knows chance alone: "
        "what it calls a gain may be unclear over other assumptions."
    )
    return details(
        f"Cost per unit of {info.label}",
        tag("p", words),
        table(
            ["Arm", "Ratio", "95% interval", "Reading (runs only)"],
            rows,
            caption="Cost per unit",
            numeric=frozenset({1, 2}),
        ),
        class_="printed",
    )


def hours_part(effects: Effects, bodies: pd.DataFrame) -> Html | None:
    """Return who bears the hours, None when nobody does."""
    if bodies.empty:
        return None
    labels = {a: effects.label(a) for a in effects.arms}
    picture = hours_by_body(bodies, arms=effects.arms, labels=labels)
    return None if picture is None else figure(picture)


def statistics_part(effects: Effects) -> Html | None:
    """Return what happened beside what statistics show, None when the comparison has no such pair."""
    picture = truth_and_statistics(effects)
    return None if picture is None else figure(picture)
