"""What each arm costs beyond the baseline and who pays: national budgets, donors, hours at wage."""

from __future__ import annotations

import math

import pandas as pd

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effects
from stcsim.pictures.findings import verdict_words
from stcsim.pictures.plane import COST
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import MISSING, capital, counted, percent, signed
from stcsim.report.html import Child, Html, join, table, tag

PAYERS = {
    "cost_national": "national budgets",
    "cost_donor": "donors",
    "cost_industry": "industry",
    "hours_value": "hours at wage",
}
"""The outcomes that add up to the total, and who bears each."""
_NAMED = 3
"""Arms that the brief tells in words; the table has all."""


def extra_money(runs: pd.DataFrame) -> pd.DataFrame | None:
    """Return the mean paired difference to the baseline under default assumptions; None without the split.

    Parameters
    ----------
    runs : one row a run

    Returns
    -------
    DataFrame
        one row an arm, columns of `PAYERS` and the total, in the outcomes' unit
    """
    columns = [*PAYERS, COST]
    if not set(columns) <= set(runs.columns):
        return None
    own = runs[runs["world"] == 0].set_index(["arm", "replication"])[columns]
    base = own.xs(BASELINE, level="arm")
    apart = own - base.reindex(own.index.get_level_values("replication")).to_numpy()
    return apart.groupby(level="arm").mean()


def money_line(effects: Effects, extra: pd.DataFrame | None) -> str:
    """Return the cost in money: for the first arms what they cost more and how it splits."""
    unit = unit_words(effects.info(COST).unit)
    parts = []
    for arm in effects.own[:_NAMED]:
        e = effects.get(arm, COST)
        split = "" if extra is None else f"; {_split(extra, arm)}"
        parts.append(f"{effects.label(arm)} {signed(e.mean)} {unit} ({verdict_words(e)}{split})")
    rest = len(effects.own) - _NAMED
    more = "" if rest <= 0 else f"; {counted(rest, 'more arm')} below"
    label = capital(effects.info(COST).label)
    return f"{label} beyond the baseline over the counted years: {', '.join(parts)}{more}"


def _split(extra: pd.DataFrame, arm: str) -> str:
    money = zip(PAYERS.values(), _money(extra, arm), strict=False)
    return ", ".join(f"{words} {signed(x)}" for words, x in money if x)


def _money(extra: pd.DataFrame, arm: str) -> list[float]:
    """Extra money of an arm by payer and in total, NaN where it has no pair under default assumptions."""
    return [float(extra[name].to_dict().get(arm, math.nan)) for name in (*PAYERS, COST)]


def payers_part(effects: Effects, extra: pd.DataFrame | None) -> Html | None:
    """Return the table of who pays, None when the runs do not tell."""
    if extra is None or COST not in effects.infos:
        return None
    rows: list[list[Child]] = []
    for arm in effects.arms:
        money = _money(extra, arm)
        base = effects.get(arm, COST).base
        share = money[-1] / base if base > 0 else math.nan
        rows.append(
            [
                effects.label(arm),
                *(signed(x) for x in money),
                percent(share) if math.isfinite(share) else MISSING,
            ]
        )
    unit = unit_words(effects.info(COST).unit)
    words = (
        f"In {unit} over all counted years: mean difference to the baseline under default assumptions. "
        "Hours at wage are time of staff who are paid anyway: no budget line, but not free. The last column "
        "compares with what the baseline itself spends on coordination and aid; ordinary salaries and "
        "running costs of the agencies are not in it, so that it is no share of their budgets."
    )
    head: list[Child] = [
        "Arm",
        *(capital(name) for name in PAYERS.values()),
        "Total",
        "Of the baseline's own",
    ]
    return join(
        tag("p", words, class_="small"),
        table(head, rows, caption=f"Extra cost in {unit}", numeric=frozenset(range(1, len(head)))),
    )
