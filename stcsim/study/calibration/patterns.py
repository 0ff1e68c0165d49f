"""The patterns: how each is read from simulated episodes, and what was observed.

A pattern is a relation that public figures show, such as that a fifth more cases doubled the time that they
took. Its error is how far the figure may be from what the region would show if the model were right: the
spread between years and authorities that were reported, and what is lost in setting one against the other.
Patterns to fit shape the posterior; those that are held out are only reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log
from types import MappingProxyType
from typing import Literal

import numpy as np
from scipy.special import ndtri

from stcsim.draws import F8
from stcsim.outcomes.trade import DAYS_OF_20_WORKING, DAYS_OF_60_WORKING
from stcsim.study.calibration.episodes import CASCADE, COURSE_WEEKS, INTAKE, MORE_CASES, Episodes

MONTH_WEEKS = 4
LAST_YEAR = 13
"""Months of four weeks in a year."""
LEAST_SHARE = 0.005
"""Shares are kept so far from 0 and 1, where their log-odds end."""

Scale = Literal["log", "share"]


@dataclass(frozen=True)
class Pattern:
    """One pattern.

    Parameters
    ----------
    name, text : identifier, and what it is in one line
    unit : of the value
    value : observed
    error : standard deviation of the observed value, in its unit
    scale : on which runs and observation are compared: logarithms of ratios and times, log-odds of shares
    sources : keys of ``sources.yaml``
    basis : how value and error follow from the sources
    read : its value in the episodes of one point, NaN where undefined
    held_out : whether it is only reported
    apart : which figures of the same sources are inputs, and that this one is none of them
    """

    name: str
    text: str
    unit: str
    value: float
    error: float
    scale: Scale
    sources: tuple[str, ...]
    basis: str
    read: Callable[[Episodes], float]
    held_out: bool = False
    apart: str = ""

    def scaled(self, values: F8) -> F8:
        """Return values on the scale on which they are compared; NaN where they have none."""
        x = np.asarray(values, dtype=np.float64)
        if self.scale == "log":
            return np.asarray(np.log(np.where(x > 0, x, np.nan)))
        kept = np.clip(x, LEAST_SHARE, 1 - LEAST_SHARE)
        return np.asarray(np.log(kept / (1 - kept)))

    def unscaled(self, scaled: F8) -> F8:
        """Return values from their scale: the inverse of `scaled`."""
        x = np.asarray(scaled, dtype=np.float64)
        return np.asarray(np.exp(x) if self.scale == "log" else 1 / (1 + np.exp(-x)))

    @property
    def target(self) -> float:
        """What was observed, on the scale."""
        return float(self.scaled(np.array(self.value)))

    @property
    def scaled_error(self) -> float:
        """Its standard deviation on the scale, by the slope of the scale where it was observed."""
        return self.error / (self.value if self.scale == "log" else self.value * (1 - self.value))


def median_days(within_20: float, within_60: float) -> float:
    """Return the median of the lognormal law through the shares decided within 20 and 60 working days."""
    low, high = (float(ndtri(min(max(s, LEAST_SHARE), 1 - LEAST_SHARE))) for s in (within_20, within_60))
    sigma = log(DAYS_OF_60_WORKING / DAYS_OF_20_WORKING) / max(high - low, 0.1)
    return DAYS_OF_20_WORKING * exp(-sigma * low)


def _added_days(e: Episodes) -> float:
    """Days by which congestion lengthens the way to a licence, in the third year: the wait, alike for all."""
    name = "licit_delay_mean"
    return float(np.mean(e.congested.series[name][-LAST_YEAR:] - e.usual.series[name][-LAST_YEAR:]))


def _congestion(e: Episodes) -> float:
    before = median_days(e.usual.outcomes["licences_within_20"], e.usual.outcomes["licences_within_60"])
    return (before + max(_added_days(e), 0.0)) / before


def _open_cases(e: Episodes) -> float:
    before = float(np.mean(e.usual.series["licit_delay_mean"][-LAST_YEAR:]))
    return MORE_CASES * (before + max(_added_days(e), 0.0)) / before


def _refused(e: Episodes) -> float:
    refused, issued = (e.usual.outcomes[f"stat_{n}"] for n in ("refusals", "licences"))
    return refused / (refused + issued) if refused + issued > 0 else float("nan")


def retention(e: Episodes, months: int) -> float:
    """Return what is left, so many months later, of the use that courses brought at once.

    Use is what is captured and the share of the rest that is in use anyway. The courses' quarter ends within
    its fourth month; that month's end is taken as at once.
    """
    captured, latent = (
        e.course.series[n] - e.usual.series[n] for n in ("captured_capacity", "latent_capacity")
    )
    added = captured + e.scenario.parameters.capacity.latent_use * latent
    ends = MONTH_WEEKS * np.arange(1, len(added) + 1)
    first = -(-COURSE_WEEKS // MONTH_WEEKS) * MONTH_WEEKS
    at_once, later = np.interp([first, first + 52 * months / 12], ends, added)
    return float(later / at_once) if at_once > 0 else float("nan")


def _still_active(e: Episodes) -> float:
    taught = CASCADE.trainers_per_year * (INTAKE[1] - INTAKE[0]) / 52 * len(e.scenario.countries)
    began = taught * e.scenario.parameters.trainers.activation_teach_back
    return e.congested.outcomes["own_trainers"] / began if began > 0 else float("nan")


def _cases(e: Episodes) -> tuple[float, float]:
    return e.usual.outcomes["convictions"], e.usual.outcomes["administrative_penalties"]


def _disclosures(e: Episodes) -> float:
    return (e.usual.outcomes["stat_disclosures"] + 0.5) / (sum(_cases(e)) + 0.5)


def _convicted(e: Episodes) -> float:
    convictions, penalties = _cases(e)
    total = convictions + penalties
    return convictions / total if total > 0 else float("nan")


def _unfavourable(e: Episodes) -> float:
    done = e.usual.outcomes["stat_checks"]
    return e.usual.outcomes["checks_unfavourable"] / done if done > 0 else float("nan")


_ALL = (
    Pattern(
        "licence_days",
        "mean time to a licence decision",
        "days",
        26.5,
        5.0,
        "log",
        ("bis_fy2008", "bis_fy2012"),
        "27 and 26 days reported for two years; a fifth either way between authorities",
        lambda e: e.usual.outcomes["licence_days_mean"],
    ),
    Pattern(
        "refused_share",
        "licence decisions that are refusals",
        "share",
        0.039,
        0.016,
        "share",
        ("uk_siel_2024q2",),
        "3.9% in one quarter; 1.9 to 6.1% in others",
        _refused,
    ),
    Pattern(
        "congestion",
        "median time to a licence after three years with a fifth more cases, over the usual one",
        "ratio",
        1.9,
        0.25,
        "log",
        ("gao_08_89",),
        "the median almost doubled",
        _congestion,
        apart="the fifth more cases are an input; the load was worked out from the doubling, so it is free",
    ),
    Pattern(
        "retention_6_months",
        "use of what a course taught after six months, over that at once",
        "share",
        0.71,
        0.08,
        "share",
        ("saks_belcourt_2006",),
        "44 over 62% of employees, as training professionals report it",
        lambda e: retention(e, 6),
        apart="the 62% at once are an input; the rate of capture was fitted to what follows, so it is free",
    ),
    Pattern(
        "trainers_still_active",
        "active own trainers two years after they were trained, over those of them who taught at all",
        "ratio",
        0.95,
        0.12,
        "log",
        ("slmta_2014",),
        "87 over 92% of trainers, trained in the years before; in the runs those whom they trained count too",
        _still_active,
        apart="how many ever teach, and how many people each teaches, are inputs; how many last is not",
    ),
    Pattern(
        "disclosures_per_case",
        "disclosures of firms, over convictions and administrative penalties",
        "ratio",
        4.65,
        2.3,
        "log",
        ("bis_disclosures_2021", "bis_enforcement_fy2011"),
        "400 a year over 39 and 47, ten years apart: a factor of about one and a half either way",
        _disclosures,
    ),
    Pattern(
        "within_20_working_days",
        "applications decided within 20 working days",
        "share",
        0.64,
        0.10,
        "share",
        ("uk_siel_2024q2",),
        "64% in one quarter; a tenth either way between quarters",
        lambda e: e.usual.outcomes["licences_within_20"],
        held_out=True,
        apart="the law of handling times comes from the year before (uk_siel_2023) and is an input",
    ),
    Pattern(
        "within_60_working_days",
        "applications decided within 60 working days",
        "share",
        0.89,
        0.04,
        "share",
        ("uk_siel_2024q2",),
        "89% in one quarter",
        lambda e: e.usual.outcomes["licences_within_60"],
        held_out=True,
        apart="the law of handling times comes from the year before (uk_siel_2023) and is an input",
    ),
    Pattern(
        "retention_12_months",
        "use of what a course taught after twelve months, over that at once",
        "share",
        0.55,
        0.08,
        "share",
        ("saks_belcourt_2006",),
        "34 over 62% of employees",
        lambda e: retention(e, 12),
        held_out=True,
        apart="the 62% at once are an input; the rate of capture was fitted to what follows, so it is free",
    ),
    Pattern(
        "open_cases",
        "cases in process in the third year with a fifth more, over the usual number",
        "ratio",
        2.0,
        0.4,
        "log",
        ("gao_08_89",),
        "from about 5,000 to more than 10,000 at the peak; by Little's law from times and arrivals",
        _open_cases,
        held_out=True,
        apart="the fifth more cases are an input; the load was worked out from the doubling, so it is free",
    ),
    Pattern(
        "unfavourable_checks",
        "end-use checks that find out a bad end user",
        "share",
        0.24,
        0.08,
        "share",
        ("bis_end_use_checks_2023",),
        "24% less than favourable among parties selected for risk; 15 to 25% reported",
        _unfavourable,
        held_out=True,
    ),
    Pattern(
        "convictions_of_penalties",
        "convictions, over convictions and administrative penalties",
        "share",
        0.45,
        0.10,
        "share",
        ("bis_enforcement_fy2011",),
        "39 of 86, and 31 of 84 the year before",
        _convicted,
        held_out=True,
    ),
)

PATTERNS: Mapping[str, Pattern] = MappingProxyType({p.name: p for p in _ALL})
"""Every pattern by name, those to fit first."""
FITTED: tuple[str, ...] = tuple(p.name for p in _ALL if not p.held_out)
HELD_OUT: tuple[str, ...] = tuple(p.name for p in _ALL if p.held_out)
