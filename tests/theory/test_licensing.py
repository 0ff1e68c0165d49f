"""The licensing queue against the laws of queues: its own fluid law, Kingman's limit, and Erlang's servers.

With thousands of applications a year a queue of random arrivals and servers hardly waits until it explodes,
so the model's is its fluid limit with work and staff that vary slowly. Erlang's law therefore does not
describe the model; it is held here against servers simulated with the same keyed clocks, and against the
limit.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from stcsim.draws import Draws, mix
from stcsim.engine.build import build
from stcsim.processes.licensing import licence_days, step_queue, triaging, wait_days
from stcsim.state.state import State, When, stack
from tests.equivalence import equivalent, same_law
from tests.regions import changed, spec_of

Seed = Callable[[str], int]
F8 = NDArray[np.float64]
DRAWS = Draws()
YEAR = 364


def authorities(runs: int = 1, seed: int = 1, **parameters: float) -> State:
    """An authority with a thousand applications a year in each run."""
    agencies = [{"role": "licensing_authority", "staff": 20.0}]
    spec = spec_of({"name": "queue", "countries": [{"id": "A", "agencies": agencies}]})
    p = changed(spec.parameters, **parameters)
    state = stack([build(spec, seed + i, p) for i in range(runs)])
    state.holders.competence_start[:] = state.holders.competence
    state.countries.applications[:] = state.countries.flow[:] = 1000.0
    return state


def steps(state: State, weeks: int, arrivals: float = 1.0) -> list[F8]:
    """Let weeks of work arrive, relative to the start; return the days of waiting after each."""
    waits = []
    for week in range(weeks):
        state.countries.arrived[:] = arrivals * state.countries.applications * 7 / YEAR
        step_queue(state, DRAWS, When(7 * week, 7, 0))
        waits.append(wait_days(state))
    return waits


STILL = {"licensing.load_sd": 0.0, "licensing.staff_sd": 0.0, "licensing.triage_backlog_days": 1e4}


# ---- the fluid law


@pytest.mark.parametrize("load", [0.6, 0.99])
def test_below_capacity_without_noise_nothing_waits(load: float) -> None:
    assert not np.any(steps(authorities(**STILL, **{"licensing.load": load}), 104))


def test_above_capacity_the_backlog_grows_by_the_difference() -> None:
    """``dB/dt = lambda - mu``, and who applies waits ``B / mu``: the time that Newell's fluid queue takes."""
    load = 1.25
    waits = steps(authorities(**STILL, **{"licensing.load": load}), 52)
    mu = 1000.0 / load
    weeks = np.arange(1, 53)
    backlog = (1000.0 - mu) * weeks / 52
    assert np.array(waits)[:, 0] == pytest.approx(backlog / mu * YEAR)


def test_a_backlog_clears_at_the_spare_capacity() -> None:
    state = authorities(**STILL, **{"licensing.load": 0.8})
    state.countries.backlog[:] = 100.0
    spare = 1000.0 / 0.8 - 1000.0
    waits = np.array(steps(state, 40))[:, 0]
    expected = np.maximum(100.0 - spare * np.arange(1, 41) / 52, 0.0) / (1000.0 / 0.8) * YEAR
    assert waits == pytest.approx(expected)


def test_service_follows_staff_time_and_skill() -> None:
    """``mu`` in proportion to people at work and to the square root of competence against the start."""
    state = authorities(**STILL)
    state.countries.backlog[:] = 100.0
    before = wait_days(state)[0]
    h = state.holders
    h.added_officers[:] = 20.0
    assert wait_days(state)[0] == pytest.approx(before / 2)
    h.added_officers[:] = 0.0
    h.available[:] = h.available_start * 0.5
    assert wait_days(state)[0] == pytest.approx(before * 2)
    h.available[:] = h.available_start
    h.competence[:] = h.competence_start * 1.44
    assert wait_days(state)[0] == pytest.approx(before / 1.2)


def test_an_authority_that_is_flooded_sorts() -> None:
    """Triage begins at its backlog and speeds service up by three tenths."""
    state = authorities(**{"licensing.load_sd": 0.0, "licensing.staff_sd": 0.0, "licensing.load": 1.0})
    state.countries.backlog[:] = [59.0 / YEAR * 1000.0]
    assert not triaging(state).any()
    before = wait_days(state)[0] / state.countries.backlog[0]
    state.countries.backlog[:] = [61.0 / YEAR * 1000.0]
    assert triaging(state).all()
    assert wait_days(state)[0] / state.countries.backlog[0] == pytest.approx(before / 1.3)


def test_heavy_traffic_waits_exponentially_as_kingman_found(seed_of: Seed) -> None:
    """White noise of sd s on weekly work near capacity: mean ``s^2 / (2 (1 - rho))`` weeks, exponential.

    Kingman (1961, doi 10.1017/S0305004100036094). The limit holds as the load goes to 1; at .97 the reflected
    walk is below it by about .58 standard deviations of a step (Siegmund 1979, doi 10.2307/1426700).
    """
    s, load = 0.1, 0.97
    noise = {"licensing.load_memory": 0.0, "licensing.load_sd": s, "licensing.staff_sd": 0.0}
    state = authorities(
        60, seed_of("kingman"), **noise, **{"licensing.load": load, "licensing.triage_backlog_days": 1e4}
    )
    waits = np.array(steps(state, 1500)[200:]) / 7
    mean_work, spread = math.exp(s * s / 2), math.exp(s * s / 2) * math.sqrt(math.expm1(s * s))
    rho, sigma = load * mean_work, load * spread
    kingman = sigma**2 / (2 * (1 - rho))
    # runs are independent, weeks are not: the mean of each run is one number; standard error .02 weeks
    assert equivalent(waits.mean(axis=0) - (kingman - 0.5826 * sigma), margin=0.12 * kingman)
    apart = waits[::40].ravel()
    assert same_law(apart[apart > 0], lambda t: 1 - np.exp(-t / kingman), margin=0.15)


# ---- what applicants see


def seen(load: float, seed: int, weeks: int = 208, rise: float = 0.0) -> F8:
    """Days from application to decision of twenty applicants a week in 60 runs, shape (weeks, applicants).

    From the second to the fourth year applications rise steadily, by `rise` in all.
    """
    runs = 60
    state = authorities(runs, seed, **{"licensing.load": load})
    n = 20 * runs
    country = np.repeat(np.arange(runs), 20)
    found = []
    for week in range(weeks):
        more = 1 + rise * min(max((week - 52) / 156, 0.0), 1.0)
        state.countries.arrived[:] = more * state.countries.applications * 7 / YEAR
        step_queue(state, DRAWS, When(7 * week, 7, 0))
        key = mix(np.uint64(seed), week * n + np.arange(n))
        found.append(licence_days(state, DRAWS, country, country, key))
    return np.array(found)


def test_time_to_a_licence_is_near_what_is_published(seed_of: Seed) -> None:
    """Mean near 26 days, skewed, three fifths in 20 working days (UK: 43 to 75%), nine tenths in 60."""
    days = seen(0.85, seed_of("licence days"))[52:]
    assert 23 < days.mean() < 31
    assert 12 < np.median(days) < 24
    assert 0.5 < (days <= 28).mean() < 0.78
    assert 0.83 < (days <= 84).mean() < 0.99


def test_a_fifth_more_applications_almost_doubles_the_median(seed_of: Seed) -> None:
    """US State, FY2003-06 (GAO-08-89): 20% more cases over three years, the median time almost doubled."""
    days = seen(0.85, seed_of("fifth"), rise=0.2)
    before, after = np.median(days[:52]), np.median(days[-52:])
    assert 1.6 < after / before < 2.3


def test_waiting_is_not_linear_in_load(seed_of: Seed) -> None:
    means = [seen(load, seed_of("load"), 156)[52:].mean() for load in (0.65, 0.75, 0.85, 0.95)]
    rises = np.diff(means)
    assert (rises > 0).all()
    assert rises[2] > 1.5 * rises[1] > 2.25 * rises[0]


def test_handling_has_the_register_s_law(seed_of: Seed) -> None:
    """Lognormal with mean 20 and sigma 1, plus referral and dispute, each exponential for its share."""
    state = authorities(**STILL, **{"licensing.referral_share": 0.0, "licensing.dispute_share": 0.0})
    n = 4000
    key = mix(np.uint64(seed_of("handling")), np.arange(n))
    none = np.zeros(n, dtype=np.int64)
    days = licence_days(state, DRAWS, none, none, key)
    z = (np.log(days) - math.log(20.0) + 0.5) / 1.0
    assert same_law(z, lambda x: 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))))
    every = authorities(**STILL, **{"licensing.referral_share": 1.0, "licensing.dispute_share": 0.0})
    extra = licence_days(every, DRAWS, none, none, key) - days
    assert same_law(extra, lambda t: 1 - np.exp(-t / 10.0))


# ---- Erlang's servers


def erlang_c(arrivals: float, rate: float, servers: int) -> tuple[float, float]:
    """Chance of waiting and mean wait in a queue of random arrivals and exponential service (Erlang 1917)."""
    a = arrivals / rate
    rho = a / servers
    below = sum(a**k / math.factorial(k) for k in range(servers))
    top = a**servers / math.factorial(servers) / (1 - rho)
    waits = top / (below + top)
    return waits, waits / (servers * rate - arrivals)


@pytest.mark.parametrize(
    ("arrivals", "rate", "servers", "wait"),
    [(8, 10, 1, 0.4), (8, 3, 3, 0.7975), (16, 3, 6, 0.3568), (9, 1, 10, 0.6687), (18, 1, 20, 0.2754)],
)
def test_waits_at_exponential_servers_by_keyed_clocks(
    arrivals: float, rate: float, servers: int, wait: float, seed_of: Seed
) -> None:
    """Kiefer and Wolfowitz' recursion of the servers' work, many queues side by side, against Erlang."""
    assert erlang_c(arrivals, rate, servers)[1] == pytest.approx(wait, abs=5e-5)
    queues, customers, from_ = 800, 3000, 600
    key = mix(np.uint64(seed_of(f"erlang/{arrivals}/{servers}")), np.arange(queues))
    work = np.zeros((queues, servers))
    total = np.zeros(queues)
    for n in range(customers):
        gap = DRAWS.clock("arrive", key, n) / arrivals
        work = np.sort(np.maximum(work - gap[:, None], 0.0), axis=1)
        if n >= from_:
            total += work[:, 0]
        work[:, 0] += DRAWS.clock("serve", key, n) / rate
    # standard errors are at most 2.2% of the wait
    assert equivalent(total / (customers - from_) - wait, margin=0.1 * wait)


def test_pooling_two_queues_more_than_halves_the_wait() -> None:
    """Two single servers (.8, 1) wait 4.0; two servers of one queue (1.6, 1) wait 1.778."""
    assert erlang_c(0.8, 1.0, 1)[1] == pytest.approx(4.0)
    assert erlang_c(1.6, 1.0, 2)[1] == pytest.approx(1.7778, abs=1e-4)


@pytest.mark.parametrize("size", [10, 100, 1000])
def test_large_offices_of_servers_tend_to_the_fluid_law(size: int) -> None:
    """At a load of .9 the wait falls faster than 1/size: to the fluid limit, in which nobody waits."""
    small, large = erlang_c_large(size), erlang_c_large(2 * size)
    assert large < small / 2


def erlang_c_large(servers: int, load: float = 0.9) -> float:
    """Mean wait in units of service, by Erlang's recursion for the chance of blocking, stable at any size."""
    a = load * servers
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = a * blocked / (k + a * blocked)
    waits = blocked / (1 - load * (1 - blocked))
    return waits / (servers * (1 - load))
