"""Register at posts, tiers of licences and credit for disclosure, in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from stcsim.draws import Draws, keys_of
from stcsim.parameters import Parameters
from stcsim.processes.firms import compliance_of, disclosing, register_seen
from stcsim.processes.register import held_in_spite, misused
from stcsim.processes.tiers import covered, unreviewed, waits
from stcsim.state.populations import LAW_INDEX
from tests.processes.screening_state import PostSpec, region, set_law, ship
from tests.theory.test_firms import firms

DRAWS = Draws()
KEYS = keys_of([f"export/{i}" for i in range(40_000)])
P = Parameters()
ALL, NONE = np.ones(len(KEYS), dtype=np.bool_), np.zeros(len(KEYS), dtype=np.bool_)


def test_a_visible_register_clears_its_share_of_what_looks_controlled() -> None:
    state = region((PostSpec("port"),))
    assert held_in_spite(state).tolist() == [1.0]
    set_law(state, "register_visible", True)
    assert held_in_spite(state).tolist() == [1 - state.values.runs[0].detention.ambiguous_licensed]


def test_a_visible_register_selects_its_share_of_misused_licences_and_no_other_goods() -> None:
    state = region((PostSpec("port"),))
    names = [f"licensed/{i}" for i in range(20_000)]
    rows = ship(state, names, 0, due=1.0, licensed=True)
    assert not misused(state, DRAWS, rows).any()
    set_law(state, "register_visible", True)
    share = state.values.runs[0].screening.licence_misuse
    assert misused(state, DRAWS, rows).mean() == pytest.approx(share, abs=0.01)
    state.cases.licensed[rows] = False
    assert not misused(state, DRAWS, rows).any()


def test_protection_holds_where_officers_see_the_register() -> None:
    state = firms()
    odds = []
    for visible in (False, True):
        state.countries.law[:, LAW_INDEX["register_visible"]] = visible
        assert register_seen(state).tolist() == [float(visible)]
        c = compliance_of(state)[0]
        odds.append(math.log(c / (1 - c)))
    assert odds[1] - odds[0] == pytest.approx(P.firms.protection)


def test_tiers_widen_what_needs_no_application_for_firms_with_a_programme_alone() -> None:
    q = P.licensing
    general = q.general_share + (1 - q.general_share) * q.tier_general
    whole = q.global_share + (1 - q.global_share) * q.tier_global
    expected = {
        (False, False): q.general_share,
        (False, True): q.general_share,
        (True, False): 1 - (1 - q.general_share) * (1 - q.global_share),
        (True, True): 1 - (1 - general) * (1 - whole),
    }
    for (programme, tiers), share in expected.items():
        found = covered(DRAWS, KEYS, ALL if programme else NONE, ALL if tiers else NONE, P)
        assert found.mean() == pytest.approx(share, abs=0.01)
    assert waits(ALL, ALL, P)[0] == pytest.approx((1 - q.tier_general) * (1 - q.tier_global))
    assert waits(NONE, ALL, P)[0] == waits(ALL, NONE, P)[0] == 1.0


def test_tiers_are_abused_by_their_share() -> None:
    assert not unreviewed(DRAWS, KEYS, NONE, P).any()
    assert unreviewed(DRAWS, KEYS, ALL, P).mean() == pytest.approx(P.licensing.tier_abuse, abs=0.01)


def test_credit_raises_disclosure_and_lowers_the_fine_that_is_feared() -> None:
    p = P.firms
    assert disclosing(p, ALL)[0] == pytest.approx(p.disclosure_probability * (1 + p.disclosure_gain))
    assert disclosing(p, NONE)[0] == p.disclosure_probability
    sure = p.model_copy(update={"disclosure_probability": 0.9})
    assert disclosing(sure, ALL)[0] == 1.0
    state = firms()
    state.firms.programme[:] = True
    logits = []
    for credit in (False, True):
        state.countries.law[:, LAW_INDEX["disclosure_credit"]] = credit
        c = compliance_of(state)[0]
        logits.append(math.log(c / (1 - c)))
    lost = p.perceived_detection_start * p.fine_multiple / p.margin * p.penalty_credit * disclosing(p, ALL)[0]
    assert logits[0] - logits[1] == pytest.approx(lost)
