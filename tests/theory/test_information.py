"""Information against closed forms: delay of channels and chains, hubs against links, what stays at home."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import Draws, mix
from stcsim.engine.build import build
from stcsim.engine.compile import apply_plans
from stcsim.engine.convene import CHAIR_SHARE
from stcsim.engine.make_plan import make_plan
from stcsim.engine.plan import Names
from stcsim.engine.schedule import Directory
from stcsim.parameters import Parameters
from stcsim.processes.hazards import recompute_rates
from stcsim.processes.information import step_information
from stcsim.processes.new_items import Birth, bear
from stcsim.scenario.roster import roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.items import SUBJECT_PARTY
from stcsim.state.populations import LAW_INDEX
from stcsim.state.state import State, When
from stcsim.structure.arrangements import Channel, Charge, Convening
from tests.equivalence import equivalent, same_law
from tests.regions import changed, spec_of

Seed = Callable[[str], int]
F8 = NDArray[np.float64]
DRAWS = Draws()
ROLES = ("customs_headquarters", "foreign_affairs", "intelligence", "law_enforcement", "trade_ministry")
PARTIES = CATEGORIES.index("parties")
EVERYTHING = frozenset(HANDLINGS)


def bodies(countries: str = "A", staff: float = 1e5, **parameters: float) -> tuple[ScenarioSpec, Parameters]:
    """Countries of five bodies each that know nobody: no ties but arranged ones, and items that stay."""
    raw = {
        "name": "bodies",
        "countries": [{"id": c, "agencies": [{"role": r, "staff": staff} for r in ROLES]} for c in countries],
    }
    given = {"information.tie_probability": 0.0, "information.item_life": 100.0, **parameters}
    spec = spec_of(raw)
    return spec, changed(spec.parameters, **given)


def arranged(spec: ScenarioSpec, p: Parameters, seed: int, arrangements: Sequence[Any]) -> State:
    """The state of one run in which these arrangements are in force."""
    state = build(spec, seed, p)
    state.holders.competence_quarter[:] = state.holders.competence
    plan = make_plan(arrangements, Directory.of(roster(spec)).names, p)
    apply_plans(state, DRAWS, [plan])
    recompute_rates(state, 0.0)
    return state


def channel(
    source: str, target: str, days: float, handling: frozenset[str] = EVERYTHING, **kind: Any
) -> Channel:
    return Channel(source, target, days, frozenset(CATEGORIES), handling, **kind)


def send(state: State, source: str, n: int, seed: int, handling: str = "open", **given: Any) -> None:
    """Let `n` items be born at one body on day 0."""
    when = When(0, 7, 0)
    origin = state.holders.ids.index(source)
    values: dict[str, Any] = {
        "category": PARTIES,
        "subject_kind": SUBJECT_PARTY,
        "subject": 0,
        "generation": 0,
        "home": state.holders.country[origin],
        "truth": np.ones(n, dtype=np.bool_),
        "handling": HANDLINGS.index(handling),
        "reliability": 1.0,
        "day": 0.0,
        **given,
    }
    key = mix(np.uint64(seed), np.arange(n))
    birth = Birth(run=np.zeros(n, dtype=np.int64), origin=np.full(n, origin), key=key, **values)
    bear(state, DRAWS, when, birth)


def pass_on(state: State, days: int, step: int) -> None:
    for day in range(0, days, step):
        step_information(state, DRAWS, When(day, step, 0))


def when_known(state: State, body: str, column: str = "received") -> F8:
    """Days on which a body got the items alive, in the order of their slots."""
    h = state.holders.ids.index(body)
    slots = np.flatnonzero(state.items.alive[0])
    return np.asarray(getattr(state.items, column)[0, slots, h])


# ---- one channel, a chain


@pytest.mark.parametrize(
    ("days", "trust", "vetting"), [(20.0, 1.0, False), (9.0, 0.3, False), (12.0, 0.6, True)]
)
@pytest.mark.parametrize("step", [1, 7])
def test_delay_on_one_channel_is_exponential(
    days: float, trust: float, vetting: bool, step: int, seed_of: Seed
) -> None:
    """Mean ``1 / (lambda T)``, what vetting takes included."""
    spec, p = bodies(**{"trust.domestic": trust, "information.vetting_delay_days": 6.0})
    state = arranged(spec, p, 1, [channel("A/intelligence", "A/law_enforcement", days, vetting=vetting)])
    send(state, "A/intelligence", 4000, seed_of(f"channel/{days}"))
    mean = (days + 6.0 * vetting) / trust
    pass_on(state, 4200, step)
    delay = when_known(state, "A/law_enforcement")
    assert np.isfinite(delay).all()
    assert same_law(delay, lambda t: 1 - np.exp(-t / mean))


def hypoexponential(t: F8, means: Sequence[float]) -> F8:
    """Distribution function of a sum of exponential delays with distinct means."""
    total = np.zeros_like(t)
    for i, m in enumerate(means):
        weight = np.prod([m / (m - other) for j, other in enumerate(means) if j != i])
        total += weight * (1 - np.exp(-t / m))
    return total


def test_delay_on_a_chain_of_four_is_hypoexponential_whatever_the_step(seed_of: Seed) -> None:
    """The way takes the sum of four exponential delays; mailboxes, opened once a day, add half a day each.

    A step of a week and one of a day give the same arrivals to the last bit.
    """
    spec, p = bodies(**{"trust.domestic": 0.5})
    hops = list(pairwise(ROLES))
    days = (2.0, 5.0, 3.5, 9.0)
    channels = [channel(f"A/{u}", f"A/{v}", d) for (u, v), d in zip(hops, days, strict=True)]
    found = []
    for step in (7, 1):
        state = arranged(spec, p, 1, channels)
        send(state, f"A/{ROLES[0]}", 4000, seed_of("chain"))
        pass_on(state, 700, step)
        found.append(state)
    week, day = (when_known(s, f"A/{ROLES[4]}") for s in found)
    assert np.isfinite(week).all()
    assert np.array_equal(week, day)
    waiting = np.zeros(len(week))
    for body in ROLES[1:4]:
        got, read = (when_known(found[0], f"A/{body}", c) for c in ("received", "read"))
        assert (read == np.floor(got) + 1).all()
        waiting += read - got
    means = [d / 0.5 for d in days]
    assert same_law(week - waiting, lambda t: hypoexponential(t, means))
    # from the arrival of an exponential time that starts at the turn of a day to the next turn
    mail = sum(1 / np.expm1(1 / m) + 1 - m for m in means[:3])
    # standard errors .008 and .4 days
    assert equivalent(waiting - mail, margin=0.03)
    assert equivalent(week - (sum(means) + mail), margin=1.5)


def test_the_first_of_two_ways_counts(seed_of: Seed) -> None:
    """Hazards of senders add: the earlier of two exponential arrivals."""
    spec, p = bodies(**{"trust.domestic": 1.0})
    state = arranged(spec, p, 1, [
        channel("A/intelligence", "A/law_enforcement", 30.0),
        channel("A/intelligence", "A/customs_headquarters", 0.5),
        channel("A/customs_headquarters", "A/law_enforcement", 15.0),
    ])  # fmt: skip
    send(state, "A/intelligence", 4000, seed_of("two ways"))
    pass_on(state, 700, 7)
    delay = when_known(state, "A/law_enforcement")
    early = when_known(state, "A/customs_headquarters", "read")
    # in units of the hazard that has accumulated by then, every arrival is Exp(1)
    hazard = delay / 30.0 + np.maximum(delay - early, 0.0) / 15.0
    assert same_law(hazard, lambda t: 1 - np.exp(-t))


def test_a_sender_at_capacity_slows_all_its_channels_alike() -> None:
    """``lambda_uv <- lambda_uv min(1, Lambda_u a_u / sum_v lambda_uv)``."""
    able = {"trust.domestic": 1.0, "information.sender_capacity": 200.0, "information.liaison_share": 0.05}
    spec, p = bodies(staff=2.0, **able)
    targets = [r for r in ROLES if r != "intelligence"]
    state = arranged(spec, p, 1, [channel("A/intelligence", f"A/{r}", 4.0) for r in targets])
    rate = state.compiled.edge_rate
    wanted, can = 4 * 364 / 4.0, 200.0 * 0.05 * 2.0 * state.holders.available_quarter[2]
    assert len(rate) == 4
    assert rate == pytest.approx(np.full(4, can / wanted / 4.0))


# ---- hubs


def test_a_dispatch_of_the_hub_costs_one_exchange_and_counts_as_one() -> None:
    """Members more make a hub neither dearer nor slower; links of one sender become both."""
    spec, p = bodies(staff=2.0, **{"trust.domestic": 1.0})
    targets = [f"A/{r}" for r in ROLES if r != "intelligence"]
    for members in (1, 2, 4):
        hub = [channel("A/intelligence", t, 50.0, hub="A/intelligence") for t in targets[:members]]
        links = [channel("A/intelligence", t, 50.0) for t in targets[:members]]
        by_hub, by_link = (arranged(spec, p, 1, a).compiled for a in (hub, links))
        assert by_hub.edge_hours.sum() == pytest.approx(p.coordination.exchange_hours)
        assert by_link.edge_hours.sum() == pytest.approx(members * p.coordination.exchange_hours)
        assert by_hub.edge_rate == pytest.approx(np.full(members, by_hub.edge_rate[0]))
        assert (by_hub.edge_rate >= by_link.edge_rate - 1e-15).all()


def hours_of(members: int, form: str, secretariat: float) -> float:
    """Hours a year that a group of this form takes, in the model's accounts."""
    ids = tuple(f"A/{i:02d}" for i in range(members))
    names = Names(
        {h: i for i, h in enumerate(ids)}, {"A": 0}, {}, {}, (0,) * members, ("agency",) * members, ()
    )
    p = changed(
        Parameters(), **{"coordination.shared_link_hours": CHAIR_SHARE, "coordination.lead_factor": 1.0}
    )
    chair = ids[0] if form == "lead" else ""
    wanted = [Convening(ids, form, chair, "working", 12.0, 4.0)]
    if form == "lead":
        wanted.append(Charge(ids[0], secretariat, 0.0, "secretariat"))
    plan = make_plan(wanted, names, p)
    return float(plan.meeting_hours.sum() + plan.duty_hours.sum())


@pytest.mark.parametrize(("fixed", "crossover"), [(5, 5), (10, 6), (20, 8), (40, 11)])
def test_a_lead_organisation_wins_from_some_number_of_members_on(fixed: int, crossover: int) -> None:
    """``F + c (n - 1)`` against ``c n (n - 1) / 2``: cheaper from 5, 6, 8, 11 for F/c = 5, 10, 20, 40."""
    c = CHAIR_SHARE * 4.0 * 12.0
    base = 4.0 * 12.0
    for n in range(2, 20):
        shared, lead = hours_of(n, "shared", 0.0), hours_of(n, "lead", fixed * c)
        assert shared - n * base == pytest.approx(c * n * (n - 1) / 2)
        assert lead - n * base == pytest.approx(fixed * c + c * (n - 1))
        assert (lead <= shared + 1e-9) == (n >= crossover)


# ---- what stays at home


REGION = ("A/intelligence", "B/intelligence", "C/intelligence")


def three_states(seed: int, clears: str = "") -> State:
    """A, B and C in a ring of channels that carry every caveat but the originator's; A keeps its data in."""
    spec, p = bodies("ABC", **{"trust.domestic": 1.0, "trust.cross_border": 1.0})
    carried = EVERYTHING - {"originator_controlled"}
    ring = [channel(u, v, 5.0, carried) for u in REGION for v in REGION if u != v]
    home = [channel(f"{s}/intelligence", f"{s}/law_enforcement", 5.0, carried) for s in "ABC"]
    state = arranged(spec, p, seed, [*ring, *home])
    keeps = LAW_INDEX["shares_data_on_nationals"]
    state.countries.law[:, keeps] = [clears == "A", True, True]
    return state


@pytest.mark.parametrize("clears", ["", "A"])
def test_data_on_nationals_cross_no_border_but_by_law(clears: str, seed_of: Seed) -> None:
    state = three_states(1, clears)
    send(state, "A/intelligence", 200, seed_of("own"), "own_national")
    pass_on(state, 364, 7)
    assert np.isfinite(when_known(state, "A/law_enforcement")).all()
    for body in ("B/intelligence", "C/intelligence", "C/law_enforcement"):
        assert np.isfinite(when_known(state, body)).any() == (clears == "A")


def test_nor_do_they_walk_round_by_a_third_state(seed_of: Seed) -> None:
    """Even where B has come to know it (by a visit, say), no channel of B's carries it on."""
    state = three_states(1)
    send(state, "A/intelligence", 200, seed_of("third"), "own_national")
    b = state.holders.ids.index("B/intelligence")
    slots = np.flatnonzero(state.items.alive[0])
    for column in (state.items.received, state.items.read):
        column[0, slots, b] = 1.0
    recompute_rates(state, 1.0)
    pass_on(state, 364, 7)
    assert np.isfinite(when_known(state, "B/law_enforcement")).all(), "at home in B it goes on"
    assert np.isinf(when_known(state, "C/intelligence")).all()
    # the law of the origin decides, once it clears them
    state.countries.law[0, LAW_INDEX["shares_data_on_nationals"]] = True
    recompute_rates(state, 364.0)
    for day in range(364, 728, 7):
        step_information(state, DRAWS, When(day, 7, 0))
    assert np.isfinite(when_known(state, "C/intelligence")).all()


def test_what_the_originator_controls_goes_where_it_is_listed_or_vetted(seed_of: Seed) -> None:
    """On no channel, at home or abroad, that does not list it; a vetted one sends tear-lines of use."""
    spec, p = bodies("AB", **{"trust.domestic": 1.0, "trust.cross_border": 1.0})
    rest = EVERYTHING - {"originator_controlled"}
    state = arranged(spec, p, 1, [
        channel("A/intelligence", "A/law_enforcement", 2.0, rest),
        channel("A/intelligence", "B/law_enforcement", 2.0, rest),
        channel("A/intelligence", "A/customs_headquarters", 2.0, EVERYTHING),
        channel("A/intelligence", "B/intelligence", 2.0, rest, vetting=True),
    ])  # fmt: skip
    n = 2000
    send(state, "A/intelligence", n, seed_of("originator"), "originator_controlled")
    pass_on(state, 364, 7)
    known = {b: np.isfinite(when_known(state, b)) for b in state.holders.ids}
    assert not known["A/law_enforcement"].any()
    assert not known["B/law_enforcement"].any()
    assert known["A/customs_headquarters"].all()
    # standard error .010
    assert equivalent(known["B/intelligence"] - (1 - p.information.tearline_loss), margin=0.04)


def test_vetting_stops_its_share_of_false_items_and_no_true_one(seed_of: Seed) -> None:
    spec, p = bodies(**{"trust.domestic": 1.0})
    state = arranged(spec, p, 1, [channel("A/intelligence", "A/law_enforcement", 2.0, vetting=True)])
    n = 4000
    truth = np.arange(n) % 2 == 0
    send(state, "A/intelligence", n, seed_of("vetting"), truth=truth)
    pass_on(state, 364, 7)
    come = np.isfinite(when_known(state, "A/law_enforcement"))
    true = state.items.truth[0, np.flatnonzero(state.items.alive[0])]
    assert come[true].all()
    # standard error .010
    assert equivalent(come[~true] - (1 - p.information.vetting_removes), margin=0.04)


# ---- reading


def test_the_most_reliable_and_then_the_newest_are_read_first(seed_of: Seed) -> None:
    """As many a day as working hours allow; the rest waits, and goes no further."""
    spec, p = bodies(**{"trust.domestic": 1.0})
    state = arranged(spec, p, 1, [
        channel("A/intelligence", "A/law_enforcement", 0.5),
        channel("A/law_enforcement", "A/foreign_affairs", 0.5),
    ])  # fmt: skip
    h = state.holders.ids.index("A/law_enforcement")
    a_day = 3
    hours = a_day * 364 * p.information.hours_per_item
    per_person = p.coordination.hours_per_fte * p.information.reading_share * state.holders.available[h]
    state.holders.staff[h] = (hours + 1e-3) / (per_person * state.holders.analyst_share[h])
    n = 60
    reliability = np.repeat([0.2, 1.0, 0.6], 20)
    send(state, "A/intelligence", n, seed_of("reading"), reliability=reliability, day=-np.arange(n) / 100.0)
    pass_on(state, 40, 1)
    slots = np.flatnonzero(state.items.alive[0])
    score, born = state.items.reliability[0, slots], state.items.born[0, slots]
    got, read = when_known(state, "A/law_enforcement"), when_known(state, "A/law_enforcement", "read")
    assert (np.unique(read, return_counts=True)[1] <= a_day).all()
    for day in np.unique(read):
        waiting = (got < day) & (read >= day)
        chosen = waiting & (read == day)
        left = waiting & ~chosen
        if left.any():
            worst = min(zip(score[chosen], born[chosen], strict=True))
            assert worst > max(zip(score[left], born[left], strict=True))
            assert chosen.sum() == a_day
    later = when_known(state, "A/foreign_affairs")
    assert (later > read).all()


def test_beyond_the_capacity_to_read_more_sharing_is_read_no_sooner_and_by_nobody_more(seed_of: Seed) -> None:
    """As many items are read as working hours allow, whatever arrives; below it, all that arrives."""
    spec, p = bodies(**{"trust.domestic": 1.0})
    a_day, days = 2, 60
    read = {}
    for n in (60, 300, 600):
        state = arranged(spec, p, 1, [channel("A/intelligence", "A/law_enforcement", 0.5)])
        h = state.holders.ids.index("A/law_enforcement")
        hours = a_day * 364 * p.information.hours_per_item
        per_person = p.coordination.hours_per_fte * p.information.reading_share * state.holders.available[h]
        state.holders.staff[h] = (hours + 1e-3) / (per_person * state.holders.analyst_share[h])
        send(state, "A/intelligence", n, seed_of("beyond"))
        pass_on(state, days, 1)
        assert np.isfinite(when_known(state, "A/law_enforcement")).all()
        read[n] = int(np.isfinite(when_known(state, "A/law_enforcement", "read")).sum())
    assert read[60] == 60
    assert read[300] == read[600] == pytest.approx(a_day * days, abs=2 * a_day)
