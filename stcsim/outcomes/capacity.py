"""Knowledge, practices, skills and tools: what is in use, what lies idle, what assistance leaves behind.

Stocks are those at the end of the counted time, over the competences that the roles of bodies use. A body
without staff weighs nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import FIRM_CLASSES, PILLARS
from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome, outcomes
from stcsim.outcomes.tables import Tables, ratio
from stcsim.processes.audiences import PILLAR as PILLAR_OF_ACTIVITY
from stcsim.processes.record import PILLAR_INDEX
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import YEAR_DAYS

CLASSES: dict[str, tuple[str, ...]] = {
    "agencies": ("agency",),
    "partners": ("partner",),
    "frontline": ("post", "stretch"),
}
"""Classes of bodies by their kinds."""
PILLAR_WORDS: dict[str, str] = {
    "legal_regulatory": "law and regulation",
    "licensing": "licensing",
    "enforcement": "enforcement",
    "government_industry": "work with industry",
    "interagency_international": "inter-agency and international work",
}
WEEK_DAYS = 7.0
DAYS_AFTER_AID = 2 * YEAR_DAYS
"""How long after the last activity a body is asked what is left."""


def _used(tables: Tables) -> Any:
    """Weight of each competence of each body, shape (holders, 9): 0 where unused, or where nobody works."""
    holders = tables.state.holders
    return holders.uses * np.minimum(holders.staff_base, 1.0)[:, None]


def _captured_by(tables: Tables, body: Any) -> tuple[F8, F8]:
    """Sums by run, over bodies chosen by a mask of shape (holders,), of captured capacity and of weights."""
    holders = tables.state.holders
    weight = _used(tables) * body[:, None]
    captured = holders.captured.mean(axis=2) * weight
    rows = np.repeat(holders.run, weight.shape[1])
    return tables.by_run(rows, captured.reshape(-1)), tables.by_run(rows, weight.reshape(-1))


@outcome(label="captured capacity", unit="share", better="higher")
def captured_capacity(tables: Tables) -> F8:
    """Share of what bodies need to know and have for their roles that they use, at the end."""
    return tables.now["captured"]


@outcome(label="captured capacity over time", unit="share", better="higher")
def captured_capacity_mean(tables: Tables) -> F8:
    """Captured capacity, mean over the ends of the months."""
    return tables.mean_stock("captured")


@outcome(
    label="share of acquired capacity in use",
    unit="share",
    better="higher",
    undefined="where nothing was acquired",
)
def captured_share(tables: Tables) -> F8:
    """Captured capacity over all capacity acquired, in use or not, at the end."""
    captured = tables.now["captured"]
    return ratio(captured, captured + tables.now["latent"])


@outcomes(
    "captured",
    {"agencies": "agencies", "partners": "partners", "frontline": "checkpoints and patrols"},
    label="captured capacity of {}",
    unit="share",
    better="higher",
    undefined="where there are none",
)
def captured_by_class(tables: Tables, name: str) -> F8:
    """Captured capacity of {} at the end."""
    kinds = [HOLDER_KINDS.index(k) for k in CLASSES[name]]
    return ratio(*_captured_by(tables, np.isin(tables.state.holders.kind, kinds)))


@outcome(
    label="dispersion of captured capacity", unit="share", better="lower", undefined="with nobody at work"
)
def captured_dispersion(tables: Tables) -> F8:
    """Standard deviation of captured capacity between bodies at the end, each over what its role uses."""
    holders = tables.state.holders
    used = _used(tables)
    weight = used.sum(axis=1)
    mine = (holders.captured.mean(axis=2) * used).sum(axis=1) / np.maximum(weight, 1e-12)
    at_work = np.minimum(weight, 1.0)
    number = tables.by_run(holders.run, at_work)
    mean = ratio(tables.by_run(holders.run, mine * at_work), number)
    squares = ratio(tables.by_run(holders.run, at_work * (mine - mean[holders.run]) ** 2), number)
    return np.sqrt(squares)


@outcome(
    label="captured capacity two years after aid",
    unit="share",
    better="higher",
    undefined="where there are none",
)
def captured_after_aid(tables: Tables) -> F8:
    """Captured capacity, at the end, of bodies trained or equipped once, but not in the last two years."""
    activities = tables.state.activities
    last = np.full(len(tables.state.holders.key), -np.inf)
    np.maximum.at(last, activities.col("holder"), activities.col("day"))
    return ratio(*_captured_by(tables, np.isfinite(last) & (last <= tables.end - DAYS_AFTER_AID)))


@outcome(label="competence", unit="share", better="higher")
def competence(tables: Tables) -> F8:
    """Effective competence at the end, mean over the competences that roles use."""
    return tables.now["competence"]


@outcomes(
    "competence",
    PILLAR_WORDS,
    label="competence in {}",
    unit="share",
    better="higher",
    undefined="where no role does",
)
def competence_by_pillar(tables: Tables, pillar: str) -> F8:
    """Effective competence in {} at the end, mean over the roles that use it."""
    holders = tables.state.holders
    used = (_used(tables)[:, PILLARS.index(pillar) == PILLAR_INDEX] > 0).any(axis=1)
    return np.where(tables.by_run(holders.run[used]) > 0, tables.now[f"competence_{pillar}"], np.nan)


@outcome(label="idle equipment", unit="share", better="lower")
def idle_equipment(tables: Tables) -> F8:
    """Share of the tools that bodies hold at the end which exceeds their skill to use them."""
    return tables.now["tools_idle"]


@outcome(label="activities delivered twice", unit="share", better="lower", undefined="without activities")
def duplication_share(tables: Tables) -> F8:
    """Share of activities that another donor gave the same body in the same quarter."""
    activities, rows = tables.state.activities, tables.delivered
    run, twice = activities.run[rows], activities.collided[rows]
    return ratio(tables.by_run(run[twice]), tables.by_run(run))


@outcome(
    label="captured capacity per thousand dollars",
    unit="competences/thousand_usd",
    better="higher",
    undefined="without activities",
)
def captured_per_thousand_usd(tables: Tables) -> F8:
    """Competences in use at the end, over all bodies, per thousand dollars spent on activities."""
    everybody = np.ones(len(tables.state.holders.key), dtype=np.bool_)
    activities, rows = tables.state.activities, tables.delivered
    money = tables.by_run(activities.run[rows], activities.cost[rows])
    return ratio(_captured_by(tables, everybody)[0], money)


@outcome(label="national money given up where aid flows", unit="share", better="lower")
def national_money_displaced(tables: Tables) -> F8:
    """Share of national money for use and upkeep that has given way to aid, mean over months."""
    return tables.mean_stock("displaced")


@outcome(label="national money for use and upkeep", unit="thousand_usd/yr", better="higher")
def national_capacity_budget(tables: Tables) -> F8:
    """What national budgets pay for using capacity and for upkeep, aid aside, mean over months."""
    return tables.mean_stock("national_money")


@outcome(
    label="rank correlation of aid with the true gaps",
    unit="correlation",
    better="higher",
    undefined="without aid",
)
def aid_need_correlation(tables: Tables) -> F8:
    """How alike donors' money and what people lack rank over countries and competences, mean of quarters."""
    return ratio(tables.total("aid_need"), tables.total("aid_need_quarters"))


@outcome(
    label="requests for assistance that nobody answers",
    unit="share",
    better="lower",
    undefined="without donors",
)
def requests_unmet(tables: Tables) -> F8:
    """Share of the competences in which a country lags its own mean that got no aid in the quarter."""
    return ratio(tables.total("requests_unmet"), tables.total("requests"))


@outcome(label="upkeep of equipment that is funded", unit="share", better="higher")
def upkeep_funded(tables: Tables) -> F8:
    """Funded share of the upkeep of tools, whoever pays, mean over bodies and the ends of months."""
    return tables.mean_stock("upkeep_funded")


@outcome(label="use of what is learnt that is funded", unit="share", better="higher")
def use_funded(tables: Tables) -> F8:
    """Funded share of what using acquired capacity costs, whoever pays, mean over bodies and months."""
    return tables.mean_stock("use_funded")


@outcome(label="countries that graduated", unit="countries", better="higher")
def graduated_countries(tables: Tables) -> F8:
    """Countries whose captured capacity has held for a year without the aid that they had."""
    countries = tables.state.countries
    return tables.by_run(countries.run[np.isfinite(countries.graduated)])


@outcome(
    label="week of graduation",
    unit="weeks",
    better="lower",
    undefined="where no country graduated",
)
def graduation_week(tables: Tables) -> F8:
    """Week after the start of the counted time in which countries graduated, mean; below 0 before it."""
    countries = tables.state.countries
    done = np.isfinite(countries.graduated)
    weeks = (countries.graduated[done] - tables.first) / WEEK_DAYS
    return ratio(tables.by_run(countries.run[done], weeks), tables.by_run(countries.run[done]))


@outcome(
    label="pillars in which a country is aided", unit="pillars", better="higher", undefined="without aid"
)
def pillars_covered(tables: Tables) -> F8:
    """Pillars, of five, in which donors held an activity, mean over countries and years with any."""
    state, rows = tables.state, tables.delivered
    activities, holders, countries = state.activities, state.holders, state.countries
    home = holders.country[activities.holder[rows]]
    rows = rows[(home >= 0) & (activities.donor[rows] >= 0)]
    home = holders.country[activities.holder[rows]]
    year = ((activities.day[rows] - tables.first) // YEAR_DAYS).astype(np.int64)
    place = year * len(countries.key) + home
    aided = np.unique(place) % max(1, len(countries.key))
    covered = np.unique(place * len(PILLARS) + PILLAR_OF_ACTIVITY[activities.activity[rows]]) // len(PILLARS)
    covered = covered % max(1, len(countries.key))
    return ratio(tables.by_run(countries.run[covered]), tables.by_run(countries.run[aided]))


@outcome(label="awareness of small firms", unit="share", better="higher", undefined="without such firms")
def awareness_sme(tables: Tables) -> F8:
    """Mean chance that a small exporting firm recognises a transfer as controlled, at the end."""
    firms = tables.state.firms
    small = (firms.firm_class == FIRM_CLASSES.index("sme")) & (firms.rate > 0)
    return ratio(tables.by_run(firms.run[small], firms.awareness[small]), tables.by_run(firms.run[small]))


@outcome(label="awareness of exporters", unit="share", better="higher", undefined="without exports")
def awareness(tables: Tables) -> F8:
    """Mean chance that an export is recognised by its firm as controlled, at the end."""
    firms = tables.state.firms
    return ratio(tables.by_run(firms.run, firms.awareness * firms.rate), tables.by_run(firms.run, firms.rate))


@outcome(label="political will", unit="share", better="higher")
def political_will(tables: Tables) -> F8:
    """Political will at the end, mean over countries."""
    return tables.now["will"]
