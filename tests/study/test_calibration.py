"""What calibration leaves open, how patterns are read, and that no input is a target."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.errors import InputError
from stcsim.parameters import register
from stcsim.sources import sources
from stcsim.spec import ASSUMED
from stcsim.study.calibration import episodes, patterns
from stcsim.study.calibration.patterns import FITTED, HELD_OUT, PATTERNS, median_days
from stcsim.study.calibration.prior import DERIVED, draw, free_quantities, path_of, place
from stcsim.study.calibration.trials import Trials, points_within, run_trials
from stcsim.study.worlds import PARAMETERS, value_at
from tests.study.studies import study_scenario

SCENARIO = study_scenario(14, 28)


def test_at_least_three_patterns_are_held_out() -> None:
    assert len(HELD_OUT) >= 3
    assert len(FITTED) >= 5


def test_what_comes_from_a_source_is_not_free() -> None:
    """But for the parameters that were worked out from a pattern, which is a target here."""
    basis = {f"{PARAMETERS}.{q.path}": q.basis for q in register()}
    for q in free_quantities(SCENARIO):
        path = path_of(q)
        assert basis[path] == ASSUMED or basis[path] in PATTERNS[DERIVED[path]].sources, path


def test_a_figure_that_is_an_input_is_no_target() -> None:
    """Where a source has set a parameter that stays fixed, the pattern says which other figure it is."""
    free = {path_of(q) for q in free_quantities(SCENARIO)}
    inputs = {q.basis for q in register() if f"{PARAMETERS}.{q.path}" not in free}
    for pattern in PATTERNS.values():
        assert set(pattern.sources) <= set(sources())
        for source in pattern.sources:
            assert "validation" in sources()[source].uses
        if inputs & set(pattern.sources):
            assert pattern.apart, pattern.name


def test_what_the_scenario_says_is_known() -> None:
    p = SCENARIO.parameters
    licensing = p.licensing.model_copy(update={"load": 0.7})
    own = SCENARIO.model_copy(update={"parameters": p.model_copy(update={"licensing": licensing})})
    paths = [[path_of(q) for q in free_quantities(s)] for s in (SCENARIO, own)]
    assert set(paths[0]) - set(paths[1]) == {"parameters.licensing.load"}
    assert "parameters.licensing.load" not in dict(draw(own, 1, 1))


def test_draws_lie_in_their_ranges_and_places_say_where() -> None:
    by_path = {path_of(q): q for q in free_quantities(SCENARIO)}
    drawn = dict(draw(SCENARIO, 1, 1))
    assert set(drawn) == set(by_path)
    assert drawn == dict(draw(SCENARIO, 1, 1))
    assert drawn != dict(draw(SCENARIO, 1, 2))
    for path, value in drawn.items():
        at = place(by_path[path], value)
        assert 0 <= at <= 1
        assert value_at(by_path[path], at) == pytest.approx(value)


@pytest.mark.parametrize(("median", "sigma"), [(19.0, 1.02), (33.0, 0.8)])
def test_the_median_is_that_of_the_lognormal_law(median: float, sigma: float) -> None:
    days = median * np.exp(sigma * np.random.default_rng(1).standard_normal(200_000))
    found = median_days(float(np.mean(days <= 28)), float(np.mean(days <= 84)))
    assert found == pytest.approx(median, rel=0.02)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_scales_are_undone(name: str) -> None:
    pattern = PATTERNS[name]
    values = np.array([0.1, 0.5, pattern.value])
    assert pattern.unscaled(pattern.scaled(values)) == pytest.approx(values)
    near = pattern.unscaled(np.array([pattern.target + 0.01 * pattern.scaled_error]))[0]
    assert near - pattern.value == pytest.approx(0.01 * pattern.error, rel=0.05)


def test_the_flood_and_the_trainers_do_not_touch() -> None:
    """Own trainers leave licensing as it is: a fifth more applications do what they do without them."""
    competences = set(episodes.CASCADE.competences)
    assert not competences & {"licensing_review", "legal_drafting"}
    congested = episodes.settings(SCENARIO)[episodes.CONGESTED]
    assert congested.shocks.resource_scramble[-1].applications == episodes.MORE_CASES


@pytest.fixture(scope="module")
def trials() -> Trials:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(episodes, "WEEKS", 76)
        return run_trials(SCENARIO, 3, 3, jobs=1)


def test_trials_hold_every_point_with_its_patterns(trials: Trials) -> None:
    assert trials.numbers.tolist() == [1, 2, 3]
    assert trials.failed == 0
    assert trials.values.shape == (3, len(free_quantities(SCENARIO)))
    assert set(trials.patterns) == set(PATTERNS) == set(trials.defaults)
    for name in ("licence_days", "refused_share", "congestion", "retention_6_months"):
        assert np.isfinite(trials.patterns[name]).all(), name
        assert np.ptp(trials.patterns[name]) > 0, name
    assert (trials.patterns["congestion"] >= 1).all()


def test_an_interrupt_keeps_what_was_finished_the_same_alone(
    trials: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(episodes, "WEEKS", 76)
    monkeypatch.setattr(episodes, "STACKED_UNITS", 1)

    def stop(done: int, total: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    found = run_trials(SCENARIO, 3, 3, jobs=1, progress=stop)
    assert found.interrupted
    assert found.numbers.tolist() == [1]
    for name, values in found.patterns.items():
        assert np.array_equal(values, trials.patterns[name][:1], equal_nan=True), name


def test_a_budget_is_counted_in_runs() -> None:
    assert points_within(1200) == 399
    with pytest.raises(InputError, match="at least 123"):
        points_within(100)


def test_patterns_are_named_once() -> None:
    assert len(patterns.PATTERNS) == len(FITTED) + len(HELD_OUT)
