"""Page Truth and statistics: what your own figures would show beside what is so."""

from __future__ import annotations

import pandas as pd
import solara

from stcsim.charts.truth import truth_chart
from stcsim.dashboard.address import choice
from stcsim.dashboard.asking.arms import arm_options
from stcsim.dashboard.asking.following import use_found
from stcsim.dashboard.comparing.choosing import choices_finding, choices_table
from stcsim.dashboard.comparing.findings import caution, outcomes_table
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.opened import Shown
from stcsim.dashboard.comparing.page import ComparisonPage
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Choice, DataTable, Notice
from stcsim.pictures.effects import Effects
from stcsim.pictures.style import arm_styles
from stcsim.pictures.truth import known_pairs, pairs_finding

SHOWN = "as statistics show it"


@solara.component
def Page() -> Element:
    """Show what is compared, and how statistics and truth go apart."""
    return ComparisonPage("truth", Results)


@solara.component
def Results(followed: Followed, shown: Shown) -> Element:
    """Show the finding over all pairs, what statistics would choose, and pair by pair."""
    effects = shown.effects
    followed, notes = use_found(followed, {"arm": choice("", ("", *effects.own))})
    pairs = known_pairs(effects)
    if not pairs or not effects.own:
        return Notice("None of the statistics of this comparison can be told in percent of the baseline.")
    found = f"{pairs_finding(effects, pairs)}."
    charts = [Card(chart=truth_chart(effects, *pair), repeat=followed.repeat) for pair in pairs]
    return html(
        "div",
        *map(Notice, notes),
        Choosing(followed, effects, found),
        html("div", *charts, class_="st-grid"),
        Statistics(followed, shown),
        class_="cmp",
        data_testid="results",
    )


@solara.component
def Choosing(followed: Followed, effects: Effects, found: str) -> Element:
    """Show which arm each statistic would choose."""
    table = choices_table(effects)
    return Card(
        choices_finding(effects),
        "For each figure that yearly reports show as success: the [[arm]] in which it rises most, at least "
        f"[[probably]], and what that arm does to what it is for. {found}",
        [DataTable(table, "What each statistic would choose", sortable=False), Notice(caution(effects))],
        table=table,
        name="what-statistics-choose",
        repeat=followed.repeat,
    )


@solara.component
def Statistics(followed: Followed, shown: Shown) -> Element:
    """Show everything that an agency could have counted, for one arm."""
    effects = shown.effects
    arm = followed.values["arm"] or effects.own[0]

    def read() -> pd.DataFrame:
        table = outcomes_table(effects, arm)
        return table[table["Seen"] == SHOWN].drop(columns=["Seen", "Family", "Kind"])

    table = solara.use_memo(read, [id(shown), arm])
    pick = Choice(
        "Arm",
        arm,
        arm_options(effects.own, effects.label, arm_styles(effects.drawn)),
        lambda value: followed.change(arm=value),
    )
    title = f"What an agency could have counted itself with {effects.label(arm)}"
    return Card(
        title,
        "[[statistics|Statistics]] are counted as agencies count them, with what they cannot see left out. "
        "All of them are [[exploratory]].",
        [DataTable(table, title)],
        table=table,
        name="statistics",
        arm=arm,
        controls=[pick],
        repeat=followed.repeat,
    )
