"""Cases between agencies and across borders, in closed form on consignments made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.draws import F8, I8, Draws, keys_of
from stcsim.outcomes.registry import compute
from stcsim.processes import cases
from stcsim.processes.cross_border import agreed, caseload, evidence_level, home_of_network
from stcsim.processes.referral import LOST, TWICE, WAITING, open_cases, referral_rate
from stcsim.state.events import LADDER
from stcsim.state.populations import LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When
from stcsim.state.table import columns_of
from tests.outcomes.hand_made import FIRST, attempt, blank, put, tables

DRAWS = Draws()
N = 20_000
WHEN = When(FIRST, 7, FIRST)
A, B, C = range(3)


def seized(state: State, country: int, network: int, fate: str = "interdicted_checkpoint") -> I8:
    """N consignments of a network stopped in a country, and their rows."""
    values = {f.name: np.zeros(N) for f in columns_of(state.cases)}
    values |= {
        "key": keys_of([f"case/{i}" for i in range(N)]),
        "origin": np.full(N, ORIGINS.index("adversary")),
        "network": np.full(N, network),
        "country": np.full(N, country),
        "fate": np.full(N, FATES.index(fate)),
        "fate_day": np.full(N, float(FIRST)),
        "discovered": np.full(N, np.inf),
        "ladder_due": np.full(N, np.inf),
    }
    return np.asarray(state.cases.append(**values))


def agree(state: State, *topics: str, countries: tuple[int, ...] = (A, B)) -> State:
    for topic in topics:
        state.countries.law[list(countries), LAW_INDEX[topic]] = True
    return state


def north() -> State:
    """Network 0 is at home in B; A has cases against it; nobody has channels."""
    state = blank()
    assert state.networks.home[0] == B
    state.compiled.referral_customs[:] = 0.0
    state.compiled.referral_licensing[:] = 0.0
    return state


@pytest.mark.parametrize("clarity", [0.0, 0.4, 1.0])
def test_shares_lost_and_opened_twice(clarity: float) -> None:
    state = north()
    state.countries.clarity[:] = clarity
    rows = seized(state, A, 0)
    open_cases(state, DRAWS, WHEN, rows)
    p = state.values.runs[0].cases
    lost = (state.cases.ladder[rows] == LOST).mean()
    twice = (state.cases.effort[rows] == TWICE).mean()
    assert lost == pytest.approx(p.lost_referral * (1 - clarity), abs=0.01)
    assert twice == pytest.approx((1 - lost) * p.worked_twice * (1 - clarity), abs=0.01)
    found = compute(tables(state))
    assert found["cases_lost"][0] == (state.cases.ladder[rows] == LOST).sum()
    assert found["cases_worked_twice"][0] == (state.cases.effort[rows] == TWICE).sum()


@pytest.mark.parametrize("per_day", [0.0, 1 / 360, 1 / 30])
def test_channels_compete_with_the_way_of_papers_between_strangers(per_day: float) -> None:
    state = north()
    state.compiled.referral_customs[A] = per_day
    rows = seized(state, A, 0)
    open_cases(state, DRAWS, WHEN, rows)
    p = state.values.runs[0].cases
    expected = 1 / (1 / p.referral_days + per_day)
    assert np.allclose(1 / referral_rate(state, rows), expected)
    waited = state.cases.ladder_due[rows[state.cases.ladder[rows] == WAITING]] - FIRST
    assert waited.mean() == pytest.approx(expected, rel=0.03)
    assert compute(tables(state))["referral_days"][0] == pytest.approx(waited.mean())


def test_what_law_enforcement_stopped_itself_does_not_wait() -> None:
    state = north()
    rows = seized(state, A, 0, "stopped_intelligence")
    open_cases(state, DRAWS, WHEN, rows)
    kept = rows[state.cases.ladder[rows] == WAITING]
    assert (state.cases.ladder_due[kept] == FIRST).all()
    assert np.isnan(compute(tables(state))["referral_days"][0])


def test_common_terms_save_their_share_of_lost_referrals_abroad_only() -> None:
    shares = []
    for country, topics in ((A, ()), (A, ("common_terms",)), (B, ("common_terms",))):
        state = agree(north(), *topics)
        rows = seized(state, country, 0)
        open_cases(state, DRAWS, WHEN, rows)
        shares.append((state.cases.ladder[rows] == LOST).mean())
    none, abroad, home = shares
    assert abroad == pytest.approx(none * (1 - state.values.runs[0].cases.lost_in_translation), rel=0.06)
    assert home == none


def test_an_agreement_needs_both_states() -> None:
    state = agree(north(), "evidence_agreement", countries=(A, C))
    rows = seized(state, A, 0)
    ends = state.cases.country[rows], home_of_network(state, rows)
    assert not agreed(state, *ends, "evidence_agreement").any()
    assert (evidence_level(state, *ends) == state.countries.evidence[A]).all()
    agree(state, "evidence_agreement")
    assert (evidence_level(state, *ends) == 2).all()


def decided(state: State, country: int = A, hours: float = 1e9) -> tuple[float, F8]:
    """Share prosecuted of cases against network 0, and the caseload that they were to every country."""
    police = state.countries.law_enforcement
    state.holders.competence[police[:3], cases.INVESTIGATION] = (0.3, 0.8, 0.5)
    state.holders.staff[police[:3]] = hours
    rows = seized(state, country, 0)
    state.cases.ladder[rows] = LADDER.index("referred")
    state.cases.ladder_due[rows] = WHEN.day
    state.cases.effort[rows] = 1.0
    state.countries.caseload[:] = load = caseload(state, rows)
    cases.step_ladder(state, DRAWS, WHEN)
    return float((state.cases.ladder[rows] == LADDER.index("prosecution")).mean()), load


def test_what_each_agreement_adds_to_a_prosecution() -> None:
    """``slope * skill * evidence``: ad hoc .4 of home; joint takes the better skill of .3 and .8."""
    p = north().values.runs[0].cases
    ad_hoc, slope = p.cross_border_factor, p.conviction_slope
    assert decided(north())[0] == pytest.approx(slope * 0.3 * ad_hoc, abs=0.006)
    assert decided(agree(north(), "evidence_agreement"))[0] == pytest.approx(slope * 0.3, abs=0.01)
    assert decided(agree(north(), "joint_protocol"))[0] == pytest.approx(slope * 0.8 * ad_hoc, abs=0.01)
    both = decided(agree(north(), "joint_protocol", "evidence_agreement"))[0]
    assert both == pytest.approx(slope * 0.8, abs=0.01)


def test_a_joint_case_takes_half_of_its_hours_from_each_state() -> None:
    assert decided(north())[1][:2].tolist() == [N, 0]
    assert decided(agree(north(), "joint_protocol"))[1][:2].tolist() == [N / 2, N / 2]


def test_without_time_for_them_cases_come_to_nothing_whatever_is_agreed() -> None:
    everything = ("joint_protocol", "common_terms", "evidence_agreement", "extradition")
    assert decided(agree(north(), *everything), hours=0.0)[0] == 0.0


def test_more_of_one_stage_saturates_at_the_next() -> None:
    """Twice the investigators' time helps while time is short and no longer once there is enough."""
    p = north().values.runs[0]
    enough = N * p.cases.hours_per_case / (cases.INVESTIGATING_SHARE * p.coordination.hours_per_fte)
    shares = [decided(north(), country=B, hours=enough * k)[0] for k in (0.25, 0.5, 2.0, 4.0)]
    available = north().holders.available[north().countries.law_enforcement[B]]
    assert shares[1] / shares[0] == pytest.approx(2.0, rel=0.1)
    assert shares[3] == shares[2] == pytest.approx(p.cases.conviction_slope * 0.8, abs=0.01)
    assert shares[1] == pytest.approx(0.5 * available * p.cases.conviction_slope * 0.8, abs=0.01)


@pytest.mark.parametrize(("topics", "share"), [((), None), (("extradition",), 1.0)])
def test_a_conviction_abroad_disrupts_in_full_only_where_it_can_be_executed(
    topics: tuple[str, ...], share: float | None
) -> None:
    state = agree(north(), *topics)
    p = state.values.runs[0].cases
    rows = seized(state, A, 0)[:1]
    state.cases.ladder[rows] = LADDER.index("prosecution")
    state.cases.ladder_due[rows] = WHEN.day
    cases.step_ladder(state, DRAWS, WHEN)
    left = p.disruption_in_absentia if share is None else share
    assert state.networks.disrupted_until[0] == pytest.approx(WHEN.day + p.disruption * left * YEAR_DAYS)


def test_stages_of_the_chain_and_their_product() -> None:
    """Eight reached the border, six were looked at, four stopped; of these cases one lost, one in court."""
    state = blank()
    stopped = {"inspected": True, "recognised": True}
    ends = ("lost", "conviction", "warning", "referred")
    rows = [attempt("interdicted_checkpoint", **stopped, ladder=LADDER.index(e)) for e in ends]
    rows += [attempt("completed", inspected=True)] * 2 + [attempt("completed")] * 2
    put(state, "cases", rows)
    state.ledger.add("convictions", 0, np.zeros(1, dtype=np.int64))
    v = {k: x[0] for k, x in compute(tables(state)).items()}
    assert v["chain_detect"] == 6 / 8
    assert v["chain_interdict"] == 4 / 6
    assert v["chain_investigate"] == 3 / 4
    assert v["chain_prosecute"] == 1 / 2
    assert v["convictions_per_seizure"] == 1 / 4


def test_a_joint_team_keeps_one_file() -> None:
    state = agree(north(), "joint_protocol")
    state.countries.clarity[:] = 0.0
    rows = seized(state, A, 0)
    open_cases(state, DRAWS, WHEN, rows)
    assert (state.cases.effort[rows] == 1.0).all()
    at_home = north()
    at_home.countries.clarity[:] = 0.0
    rows = seized(at_home, A, 0)
    open_cases(at_home, DRAWS, WHEN, rows)
    assert (at_home.cases.effort[rows] == TWICE).any()


def test_law_enforcement_knows_the_front_of_a_case_that_it_takes_up() -> None:
    """From the day on which the referral arrives; not where the network has dropped that front."""
    state = north()
    rows = seized(state, A, 0)
    cases_, fronts = state.cases, state.fronts
    cases_.front[rows] = -1
    cases_.front[rows[:2]] = [0, 1]
    cases_.generation[rows[:2]] = [fronts.generation[0], fronts.generation[1] - 1]
    open_cases(state, DRAWS, WHEN, rows)
    cases_.ladder[rows[:2]] = WAITING
    cases_.ladder_due[rows[:2]] = FIRST + 3.0
    cases.step_ladder(state, DRAWS, When(FIRST, 7, FIRST))
    assert fronts.first_known[0] == FIRST + 3.0
    assert np.isinf(fronts.first_known[1:]).all()
