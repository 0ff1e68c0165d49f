"""A comparison with known effects, in the shape of a study's tables, without running any model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.outcomes.info import OutcomeInfo

INFOS = (
    OutcomeInfo(
        "diversions",
        "illicit transfers completed",
        "transfers",
        "lower",
        "Illicit transfers",
        "truth",
        "Attempts caused by a network that were completed or released at the clock.",
    ),
    OutcomeInfo(
        "detection_share",
        "share of attempts interdicted",
        "share",
        "higher",
        "Illicit transfers",
        "truth",
        "Interdictions over attempts.",
    ),
    OutcomeInfo(
        "licit_delay_mean",
        "mean delay of honest consignments",
        "days",
        "lower",
        "Honest trade",
        "truth",
        "Mean time at a checkpoint over honest consignments.",
    ),
    OutcomeInfo(
        "captured_capacity",
        "captured capacity",
        "share",
        "higher",
        "Capacity",
        "truth",
        "Mean captured competence of the declared roles.",
    ),
    OutcomeInfo(
        "coordination_hours",
        "hours of coordination",
        "hours",
        "none",
        "Coordination",
        "truth",
        "Hours that bodies spend on coordinating in a counted year.",
    ),
    OutcomeInfo(
        "total_cost",
        "total cost",
        "thousand_usd",
        "lower",
        "Cost",
        "truth",
        "National and donor cost, hours at wage.",
    ),
    OutcomeInfo(
        "stat_seizures",
        "seizures",
        "seizures",
        "none",
        "Statistics",
        "statistics",
        "Seizures that an agency's statistics would show.",
    ),
    OutcomeInfo(
        "stat_people_trained",
        "people trained",
        "people",
        "none",
        "Statistics",
        "statistics",
        "Seats.",
    ),
    OutcomeInfo("tiny_rate", "rate of a rare event", "1/yr", "lower", "Other", "truth", "Tiny numbers."),
    OutcomeInfo(
        "always_zero", "what never happens", "events", "lower", "Other", "truth", "Zero in every run."
    ),
)
HEADLINE = ("diversions", "licit_delay_mean", "captured_capacity", "total_cost")
BASE = {
    "diversions": 234.0,
    "detection_share": 0.15,
    "licit_delay_mean": 3.4,
    "captured_capacity": 0.31,
    "coordination_hours": 5200.0,
    "total_cost": 18_400.0,
    "stat_seizures": 35.0,
    "stat_people_trained": 400.0,
    "tiny_rate": 3e-6,
    "always_zero": 0.0,
}

ARMS: Mapping[str, Mapping[str, float]] = {
    "frontline_channel": {
        "diversions": -0.15,
        "licit_delay_mean": -0.3,
        "coordination_hours": 1.2,
        "total_cost": 0.03,
    },
    "working_group": {"diversions": -0.13, "coordination_hours": 0.9, "total_cost": 0.02},
    "coordinating_entity": {"diversions": -0.24, "coordination_hours": 1.4, "total_cost": 0.06},
    "sharing_agreement": {"diversions": -0.10, "stat_seizures": 0.3, "total_cost": 0.015},
    "legal_clearance": {"diversions": -0.02, "total_cost": 0.01},
    "frontline_and_sharing": {
        "diversions": -0.33,
        "licit_delay_mean": -0.35,
        "detection_share": 0.4,
        "stat_seizures": 0.25,
        "total_cost": 0.05,
    },
    "end_use_checks": {"diversions": -0.06, "licit_delay_mean": 0.08, "total_cost": 0.03},
    "industry_outreach": {
        "diversions": 0.0,
        "licit_delay_mean": 0.12,
        "stat_people_trained": 2.0,
        "total_cost": 0.04,
    },
    "donor_coordination": {"diversions": -0.03, "captured_capacity": 0.12, "total_cost": -0.01},
    "capacity_capture": {"diversions": -0.03, "captured_capacity": 0.45, "total_cost": 0.07},
    "training_programme": {
        "diversions": -0.12,
        "captured_capacity": 0.3,
        "stat_people_trained": 12.0,
        "detection_share": -0.2,
        "stat_seizures": 0.2,
        "total_cost": 0.11,
    },
    "leadership_engagement": {"diversions": -0.15, "licit_delay_mean": 0.47, "total_cost": 0.02},
}
"""Relative effect of each arm by outcome; what is not named does not change."""

LABELS = {
    "frontline_channel": "Channel between the frontline and the centre",
    "working_group": "Inter-agency working group",
    "coordinating_entity": "Coordinating entity",
    "sharing_agreement": "Information-sharing agreement",
    "legal_clearance": "Legal clearance",
    "frontline_and_sharing": "Frontline channel with sharing agreement and legal clearance together",
    "end_use_checks": "Post-shipment checks",
    "industry_outreach": "Industry outreach",
    "donor_coordination": "Donor coordination",
    "capacity_capture": "Capacity capture",
    "training_programme": "Training programme",
    "leadership_engagement": "Leadership engagement",
}


def with_rivals(arms: Mapping[str, Mapping[str, float]]) -> dict[str, Mapping[str, float]]:
    """Every arm followed by its rival: the same cost, a third of the effect."""
    table: dict[str, Mapping[str, float]] = {}
    for name, effect in arms.items():
        table[name] = effect
        table[f"{name}~staff"] = {
            "diversions": effect.get("diversions", 0.0) / 3 - 0.02,
            "total_cost": effect.get("total_cost", 0.0),
        }
    return table


def runs_of(
    arms: Mapping[str, Mapping[str, float]],
    *,
    replications: int = 20,
    worlds: int = 10,
    pairs_per_world: int = 2,
    noise: float = 0.03,
    seed: int = 1,
) -> pd.DataFrame:
    """Runs in which an arm multiplies an outcome by ``1 + effect``; some of the noise is common to a pair."""
    rng = np.random.default_rng(seed)
    units = [(0, r) for r in range(replications)]
    units += [(w, r) for w in range(1, worlds + 1) for r in range(pairs_per_world)]
    taste = {a: rng.normal(1.0, 0.3, worlds + 1) for a in arms}
    size = rng.lognormal(0.0, 0.15, worlds + 1)
    rows = []
    for world, replication in units:
        common = {n: rng.normal(0, 0.1) for n in BASE}
        for arm in ("baseline", *arms):
            effects = {} if arm == "baseline" else arms[arm]
            scale = 1.0 if world == 0 else taste.get(arm, np.ones(worlds + 1))[world]
            values = {}
            for name, base in BASE.items():
                own = rng.normal(0, noise) if arm != "baseline" else 0.0
                level = base * (1.0 if world == 0 else size[world]) * (1 + common[name] + own)
                values[name] = level * (1 + scale * effects.get(name, 0.0))
            rows.append(
                {
                    "arm": arm,
                    "world": world,
                    "replication": replication,
                    "seed": 7 + 1000 * world + replication,
                    "key": f"{arm}-{world}-{replication}",
                    **values,
                }
            )
    return pd.DataFrame(rows)


def series_of(
    arms: Mapping[str, Mapping[str, float]], *, replications: int = 20, months: int = 65, seed: int = 2
) -> pd.DataFrame:
    """Monthly transfers and stock of capacity that part from the baseline over a year."""
    rng = np.random.default_rng(seed)
    month = np.arange(months)
    ramp = np.clip((month - 3) / 13, 0, 1)
    parts = []
    for replication in range(replications):
        common = rng.normal(0, 0.8, months)
        drift = np.cumsum(rng.normal(0, 0.004, months))
        for arm in ("baseline", *arms):
            effect = arms.get(arm, {})
            flow = np.maximum(
                0, (4.0 + common) * (1 + effect.get("diversions", 0.0) * ramp) + rng.normal(0, 0.2, months)
            )
            stock = (0.31 + drift) * (1 + effect.get("captured_capacity", 0.0) * ramp)
            for name, value in (("diversions", flow), ("captured_capacity", stock)):
                parts.append(
                    pd.DataFrame(
                        {
                            "arm": arm,
                            "world": 0,
                            "replication": replication,
                            "month": month,
                            "name": name,
                            "value": value,
                        }
                    )
                )
    return pd.concat(parts, ignore_index=True)


ROLES = (
    "customs_headquarters",
    "post",
    "licensing_authority",
    "intelligence",
    "law_enforcement",
    "technical_authority",
    "trade_ministry",
    "prosecutor",
    "donor",
    "foreign_affairs",
)


def bodies_of(
    arms: Mapping[str, Mapping[str, float]], *, replications: int = 20, seed: int = 3
) -> pd.DataFrame:
    """Hours of coordination by role, falling along `ROLES`, more in arms that coordinate."""
    rng = np.random.default_rng(seed)
    rows = []
    for i, arm in enumerate(("baseline", *arms)):
        total = 5200.0 * (1 + arms.get(arm, {}).get("coordination_hours", 0.1 * (i % 4)))
        weights = np.array([1 / (1 + (j + i % 3) % len(ROLES)) for j in range(len(ROLES))])
        for replication in range(replications):
            for role, weight in zip(ROLES, weights / weights.sum(), strict=True):
                hours = total * weight * rng.lognormal(0, 0.05)
                rows.append(
                    {"arm": arm, "world": 0, "replication": replication, "body": role, "hours": hours}
                )
    return pd.DataFrame(rows)


def comparison_of(
    runs: pd.DataFrame, *, arms: Sequence[str] | None = None, headline: Sequence[str] = HEADLINE
) -> Comparison:
    """Compare with a small bootstrap, in the order of the table's arms."""
    order = arms if arms is not None else [str(a) for a in runs["arm"].unique() if a != "baseline"]
    return compare_arms(runs, INFOS, headline, arms=order, bootstrap=300)
