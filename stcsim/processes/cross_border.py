"""Law enforcement across the border: what two states have agreed on, in cases against networks abroad.

An agreement holds between two states that both have it. By a joint protocol both states' investigators work
on a case: the better skill of the two counts, each bears half of the hours, and the time that there is for
the case is the mean of what each has. An agreement on evidence makes what lies abroad count in court as what
lies at home. Common terms save the referrals that differing terms lose. Without extradition a conviction of a
network abroad is one in absentia, which leaves most of it at work.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import ORIGINS
from stcsim.draws import F8, I8
from stcsim.processes.rows import held, sums
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State

ADVERSARY = ORIGINS.index("adversary")
JOINT_LEVEL = 2
"""Level of the evidence protocol at which evidence from abroad counts as that from home."""


def home_of_network(state: State, rows: I8) -> I8:
    """Return the country row where the network behind each case is at home; the case's own without one."""
    cases = state.cases
    country = cases.country[rows]
    if not state.networks.n:
        return country
    network = cases.network[rows]
    ours = (cases.origin[rows] == ADVERSARY) & (network >= 0)
    return np.where(ours, state.networks.home[np.maximum(network, 0)], country)


def agreed(state: State, country: I8, home: I8, topic: str) -> B1:
    """Return whether a case is against a network abroad and both states hold the agreement, shape (n,).

    Parameters
    ----------
    country, home : of the case, and of the network behind it
    """
    law = state.countries.law[:, LAW_INDEX[topic]]
    if not law.any():
        return np.zeros(len(country), dtype=np.bool_)
    return np.asarray((country != home) & law[country] & law[home])


def evidence_factor(level: I8, across: B1, ad_hoc: Any) -> F8:
    """Return what the evidence protocol leaves of the chance of conviction, shape (n,).

    Without any protocol a fifth of what an ad hoc request gives; by a joint protocol as at home.
    """
    by_level = np.where(level == 0, ad_hoc / 5, np.where(level == 1, ad_hoc, 1.0))
    return np.asarray(np.where(across, by_level, 1.0))


def evidence_level(state: State, country: I8, home: I8) -> I8:
    """Return the level of the evidence protocol in each case, by the law at home or an agreement."""
    joint = agreed(state, country, home, "evidence_agreement")
    return np.where(joint, JOINT_LEVEL, state.countries.evidence[country])


def pooled(state: State, country: I8, home: I8, by_country: F8, how: Any) -> F8:
    """Return a figure of each case's state, pooled with the network's home where they investigate jointly.

    Parameters
    ----------
    country, home : of the case, and of the network behind it
    by_country : figure of each country, shape (countries,)
    how : function of both states' figures, such as the greater or the mean
    """
    own, joint = by_country[country], agreed(state, country, home, "joint_protocol")
    return np.where(joint, how(own, by_country[home]), own) if joint.any() else own


def caseload(state: State, rows: I8) -> F8:
    """Return the cases that each country's law enforcement works on, by their hours, shape (countries,)."""
    country, effort, n = (
        state.cases.country.take(rows),
        state.cases.effort.take(rows),
        len(state.countries.key),
    )
    if not state.countries.law[:, LAW_INDEX["joint_protocol"]].any():
        return sums(country, effort, n)
    home = home_of_network(state, rows)
    lent = np.where(agreed(state, country, home, "joint_protocol"), effort / 2, 0.0)
    own = np.bincount(country, weights=effort - lent, minlength=n)
    return np.asarray(own + np.bincount(home, weights=lent, minlength=n))


def skill_of(state: State, competence: F8) -> F8:
    """Return a competence of each country's law enforcement, 0 where there is none, shape (countries,)."""
    return held(competence, state.countries.law_enforcement)
