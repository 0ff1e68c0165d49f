"""Cards about money: who pays what, what one unit gained costs, and whether staff would do as much for it."""

from __future__ import annotations

import solara

from stcsim.dashboard.comparing.findings import payers_formats, payers_table
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.opened import Shown
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, DataTable
from stcsim.outcomes.info import unit_words
from stcsim.pictures.duels import duels_finding, duels_of, duels_table
from stcsim.pictures.leading import first_outcome
from stcsim.pictures.plane import COST


@solara.component
def Payers(followed: Followed, shown: Shown) -> Element:
    """Show who pays, and what one unit of the first headline costs where an arm gains any."""
    effects = shown.effects
    table = solara.use_memo(
        lambda: payers_table(effects, shown.kept.comparison, shown.kept.tables.runs), [id(shown)]
    )
    if table is None:
        return html("div")
    unit = unit_words(effects.info(COST).unit)
    said = (
        f"In {unit} over all counted years: mean difference to the [[baseline]] under default assumptions. "
        "Hours at wage are time of staff who are paid anyway: no budget line, but not free."
    )
    if any(str(name).startswith("For each") for name in table.columns):
        said += (
            f" The last column: total cost over the change in {effects.info(first_outcome(effects)).label}, "
            "with its interval over [[runs]]; none where that change may be nothing."
        )
    return Card(
        "What each arm costs beyond the baseline, and who pays",
        said,
        [DataTable(table, f"Extra cost in {unit}", formats=payers_formats(table), sortable=False)],
        table=table,
        name="payers",
        repeat=followed.repeat,
    )


@solara.component
def OnStaff(followed: Followed, shown: Shown, outcome: str) -> Element:
    """Show each arm beside the same money on staff; nothing where that was not run."""
    effects = shown.effects
    duels = solara.use_memo(lambda: duels_of(effects, shown.kept.tables.runs, outcome), [id(shown), outcome])
    if not duels:
        return html("div")
    table = duels_table(effects, duels, outcome)
    over = (
        f"means of {effects.worlds} [[sampled set|sampled sets]] of assumptions"
        if effects.worlds
        else f"{effects.pairs} [[runs]] under default assumptions"
    )
    return Card(
        duels_finding(effects, duels, outcome),
        f"Is it coordination, or just the money? Each [[arm]] less the [[same money on staff]], run by run, "
        f"over {over}, with the {effects.level:.0%} interval of that difference by itself. Open: it holds "
        "zero.",
        [DataTable(table, "Each arm beside the same money on staff", sortable=False)],
        table=table,
        name="beside-staff",
        repeat=followed.repeat,
    )
