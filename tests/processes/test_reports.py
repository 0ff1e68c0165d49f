"""Firms that know whom to tell report more: in proportion to how they are heard there, and none unaware."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.draws import Draws, keys_of, seeded
from stcsim.engine.compile import apply_plans
from stcsim.engine.engine import Engine
from stcsim.engine.make_plan import make_plan
from stcsim.engine.schedule import Directory
from stcsim.processes.adversary import _at_firms, heard_share
from stcsim.scenario.roster import roster
from stcsim.state.events import STAGES
from stcsim.state.state import State
from stcsim.state.table import columns_of
from stcsim.structure.arrangements import Contact
from tests.regions import small_region

SPEC = small_region()
N = 20_000
DRAWS = Draws()


@cache
def _begun() -> State:
    return Engine.begin(SPEC, [1]).state


def asked_with(*contacts: Contact) -> State:
    """The region with these contacts, and N enquiries put to firms of A."""
    state = _begun().take([0])
    plan = make_plan(contacts, Directory.of(roster(SPEC)).names, SPEC.parameters)
    apply_plans(state, DRAWS, [plan])
    rows = {f.name: 0 for f in columns_of(state.cases)}
    keys = seeded(keys_of(tuple(str(i) for i in range(N))), 1)
    given = {"origin": ORIGINS.index("adversary"), "stage": STAGES.index("border"), "fate_day": np.nan}
    state.cases.append(**{**rows, **given, "key": keys, "run": np.zeros(N, dtype=np.int64), "born": 1.0})
    return state


def reported(state: State) -> float:
    """Share of the enquiries that end by a report."""
    _at_firms(state, DRAWS, np.arange(state.cases.count - N, state.cases.count))
    return float(
        (state.cases.fate[state.cases.count - N : state.cases.count] == FATES.index("stopped_report")).mean()
    )


def everybody() -> list[Contact]:
    groups = [g for g in _begun().firm_groups if g.startswith("A/")]
    return [Contact(g, "A/customs_headquarters") for g in groups]


def aware(state: State) -> float:
    firms = state.firms
    mine = firms.country == 0
    return float((firms.rate * firms.awareness)[mine].sum() / firms.rate[mine].sum())


def test_reports_are_in_proportion_to_awareness_and_to_being_heard() -> None:
    p = SPEC.parameters.information
    alone, all_ = asked_with(), asked_with(*everybody())
    assert heard_share(alone)[0] == 0.0
    heard = heard_share(all_)[0]
    customs = all_.holders.ids.index("A/customs_headquarters")
    assert heard == pytest.approx(all_.holders.available_quarter[customs])
    error = 4 * 0.5 / np.sqrt(N)
    assert reported(alone) == pytest.approx(aware(alone) * p.report_rate, abs=error)
    chance = p.report_rate + (p.contact_report_rate - p.report_rate) * heard
    assert reported(all_) == pytest.approx(aware(all_) * chance, abs=error)


def test_a_contact_of_some_firms_counts_by_their_aware_trade() -> None:
    state = asked_with(*everybody()[:1])
    firms = state.firms
    mine = firms.country == 0
    trade = firms.rate * firms.awareness
    share = trade[mine & (state.compiled.contact > 0)].sum() / trade[mine].sum()
    assert 0 < share < 1
    whole = heard_share(asked_with(*everybody()))[0]
    assert heard_share(state)[0] == pytest.approx(share * whole)


def test_nobody_unaware_reports() -> None:
    state = asked_with(*everybody())
    state.firms.awareness[:] = 0.0
    assert reported(state) == 0.0


def test_who_has_no_staff_hears_nothing() -> None:
    state = _begun().take([0])
    state.holders.staff[state.holders.ids.index("A/customs_headquarters")] = 0.0
    plan = make_plan(everybody(), Directory.of(roster(SPEC)).names, SPEC.parameters)
    apply_plans(state, DRAWS, [plan])
    assert not state.compiled.contact.any()
