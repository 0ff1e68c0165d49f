"""Sources: complete, unique, used, and consistent with the defaults derived from them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml
from scipy.optimize import brentq
from scipy.stats import norm

import stcsim.sources
from stcsim.parameters import Parameters, register
from stcsim.sources import CONFIDENCE, Source, sources
from stcsim.spec import ASSUMED

DEFAULTS = Parameters()


@pytest.mark.parametrize("source", sources().values(), ids=lambda s: s.key)
def test_each_source_can_be_found_and_judged(source: Source) -> None:
    assert source.title.strip() == source.title
    assert source.url.startswith(("http://", "https://"))
    assert source.confidence in CONFIDENCE
    assert len(source.fact) > 20
    assert len(set(source.uses)) == len(source.uses)


def test_no_key_is_given_twice() -> None:
    text = Path(stcsim.sources.__file__).with_name("sources.yaml").read_text(encoding="utf-8")
    node = yaml.compose(text)
    keys = [key.value for key, _ in node.value]
    assert len(keys) == len(set(keys))


def test_a_source_for_parameters_is_the_basis_of_one_and_no_other_is() -> None:
    bases = {q.basis for q in register()} - {ASSUMED}
    assert {key for key, source in sources().items() if "parameters" in source.uses} == bases


def test_the_table_is_read_once_and_cannot_be_changed() -> None:
    assert sources() is sources()
    with pytest.raises(TypeError):
        sources()["new"] = next(iter(sources().values()))


def test_decay_follows_from_the_half_life() -> None:
    assert DEFAULTS.capacity.decay_latent == pytest.approx(math.log(2) / (11 / 12), abs=0.005)


def test_transfer_of_training_comes_near_the_reported_shares() -> None:
    """What those who stay use after 0, 6 and 12 months, with background capture near .2 a year."""
    c = DEFAULTS.capacity
    kappa, dl, dx = 0.2, c.decay_latent, c.decay_captured
    out = kappa + dl

    def used(t: float) -> float:
        latent = math.exp(-out * t)
        captured = kappa * (math.exp(-dx * t) - math.exp(-out * t)) / (out - dx)
        return captured + c.latent_use * latent

    for t, reported in ((0.0, 0.62), (0.5, 0.44), (1.0, 0.34)):
        assert used(t) == pytest.approx(reported, abs=0.025)


def test_targeting_curve_has_the_stated_separation() -> None:
    """Four fifths of the offences in the 30% of declarations with the highest score."""
    d = norm.ppf(0.8) + norm.ppf(0.7)
    assert d == pytest.approx(1.37, abs=0.01)
    s = DEFAULTS.screening
    assert s.targeting_base + s.targeting_slope * 0.45 == pytest.approx(d, abs=0.02)


def test_prevalence_slope_fits_the_reported_misses() -> None:
    x = [math.log(p / (1 - p)) for p in (0.5, 0.1, 0.01)]
    y = [norm.ppf(1 - miss) for miss in (0.07, 0.16, 0.30)]
    mx, my = sum(x) / 3, sum(y) / 3
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)
    assert DEFAULTS.screening.prevalence_slope == pytest.approx(slope, abs=0.002)


def test_handling_time_lies_below_the_lognormal_through_the_published_shares() -> None:
    """52% within 20 and 87% within 60 working days, referral and queue included."""
    z20, z60 = norm.ppf(0.52), norm.ppf(0.87)
    sigma = math.log(60 / 20) / (z60 - z20)
    assert DEFAULTS.licensing.handling_sigma == pytest.approx(sigma, abs=0.03)
    median_calendar = 20 * math.exp(-sigma * z20) * 7 / 5
    own_median = DEFAULTS.licensing.handling_days * math.exp(-(DEFAULTS.licensing.handling_sigma**2) / 2)
    assert own_median < median_calendar


def test_load_brackets_the_doubling_of_time_by_a_fifth_more_cases() -> None:
    """In a single-server queue, a fifth more arrivals double the time at a load of 5/7, which becomes 6/7."""
    rho = brentq(lambda r: (1 - r) / (1 - 1.2 * r) - 2, 0.1, 0.83)
    assert rho == pytest.approx(5 / 7)
    assert rho < DEFAULTS.licensing.load <= 1.2 * rho + 0.01


def test_shares_follow_from_the_published_counts() -> None:
    assert DEFAULTS.licensing.false_refusal == pytest.approx(568 / (19_412 + 568), abs=0.0005)
    assert DEFAULTS.licensing.dispute_share == pytest.approx(312 / 24_782, abs=0.0005)
    assert DEFAULTS.licensing.returned_share == pytest.approx(3_656 / 24_782, abs=0.01)
    assert DEFAULTS.checks.coverage == pytest.approx(428 / 26_340, abs=0.0005)
    assert DEFAULTS.donors.seats == pytest.approx(270 / 10)


def test_cost_of_an_event_stays_below_what_the_programme_spent_on_one() -> None:
    assert DEFAULTS.donors.event_cost < 41_000 / 260
