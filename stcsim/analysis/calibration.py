"""What a calibration says: of each parameter how far its range shrank, of each pattern how well it fits.

Contraction is one less the ratio of the standard deviations of posterior and prior, of the place in the
range on which the parameter is drawn. Under `LEAST_CONTRACTION`, or where the one of so many parameters that
contracts most comes as far by chance, it is *not identified by these patterns* and keeps its range.

A pattern that hardly any point of the prior shows cannot be fitted by choosing parameters: it is reported as
out of reach and shapes nothing, instead of pushing every parameter to an edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from stcsim.analysis.approximate_bayes import (
    COPIES,
    ENDS,
    Posterior,
    chance_level,
    contraction,
    noisy,
    posterior,
    weighted_quantile,
)
from stcsim.analysis.recovery import Recovery, recover
from stcsim.draws import F8
from stcsim.errors import InputError
from stcsim.study.calibration.patterns import PATTERNS, Pattern
from stcsim.study.calibration.prior import DERIVED, path_of
from stcsim.study.calibration.trials import FEWEST_POINTS, Trials
from stcsim.study.worlds import value_at

LEAST_CONTRACTION = 0.20
"""Below, a parameter is not identified."""
WITHIN_REACH = 0.02
"""A pattern is out of reach where a smaller share of the prior's points lies beyond what was observed."""
MOST_UNDEFINED = 0.2
"""A pattern that more of the points leave undefined is not used."""
FAR = 2.0
"""Errors of an observation beyond which the middle of the runs is far from it."""
SHOWN = "shown"
NOT_IDENTIFIED = "not identified by these patterns"


@dataclass(frozen=True)
class ParameterResult:
    """What is said of one parameter.

    Parameters
    ----------
    path, unit : as in the register
    default : of the register
    prior_low, prior_high : its range
    low, median, high : 90% interval and median of the posterior; the range and the default where it is not
        identified
    contraction : 0 nothing learnt, 1 known
    identified : whether the patterns say something of it
    words : the same for people
    """

    path: str
    unit: str
    default: float
    prior_low: float
    prior_high: float
    low: float
    median: float
    high: float
    contraction: float
    identified: bool
    words: str


@dataclass(frozen=True)
class PatternResult:
    """What is said of one pattern.

    Parameters
    ----------
    name, text, unit, sources, basis : of the pattern
    role : ``fitted``, ``held out``, ``out of reach`` or ``undefined``
    observed, error : value and standard deviation
    default : under the defaults
    prior_low, prior_median, prior_high : 90% of the prior's points
    low, median, high : 90% interval and median of what points of the posterior show; NaN where undefined
    words : whether the observed value lies in that, its own error taken in, and is near the middle
    """

    name: str
    text: str
    unit: str
    sources: tuple[str, ...]
    basis: str
    role: str
    observed: float
    error: float
    default: float
    prior_low: float
    prior_median: float
    prior_high: float
    low: float
    median: float
    high: float
    words: str


@dataclass(frozen=True, eq=False)
class Calibration:
    """The whole result.

    Parameters
    ----------
    points : that came to an end
    kept : that the posterior rests on, and `size` the effective number of them
    chance : contraction that the largest of all parameters may reach by chance
    parameters : all that were free, those with the largest contraction first
    patterns : all, those to fit first
    recovery : of synthetic truths, on the same points
    notes : what a reader has to know
    """

    points: int
    kept: int
    size: float
    chance: float
    parameters: tuple[ParameterResult, ...]
    patterns: tuple[PatternResult, ...]
    recovery: Recovery
    notes: tuple[str, ...]

    @property
    def identified(self) -> tuple[ParameterResult, ...]:
        """The parameters of which the patterns say something."""
        return tuple(p for p in self.parameters if p.identified)


def calibrate(trials: Trials, seed: int = 1) -> Calibration:
    """Return what the patterns say about the parameters of some trials.

    Parameters
    ----------
    trials : points of the prior and what they show
    seed : of the observations' errors

    Raises
    ------
    InputError
        too few points, or fewer than two patterns that could be fitted
    """
    roles = {name: _role(trials, pattern) for name, pattern in PATTERNS.items()}
    used = [PATTERNS[name] for name, role in roles.items() if role == "fitted"]
    scaled = {name: p.scaled(trials.patterns[name]) for name, p in PATTERNS.items()}
    whole = np.ones(len(trials.numbers), dtype=np.bool_)
    for pattern in used:
        whole &= np.isfinite(scaled[pattern.name])
    if len(used) < 2:
        said = "; ".join(f"{name}: {role}" for name, role in roles.items() if PATTERNS[name] not in used)
        raise InputError(f"fewer than two patterns can be fitted in this scenario ({said})")
    if int(whole.sum()) < FEWEST_POINTS:
        raise InputError(f"{int(whole.sum())} points came to an end; at least {FEWEST_POINTS} are needed")
    places = trials.places[whole]
    clean = np.stack([scaled[p.name][whole] for p in used], axis=1)
    errors = np.array([p.scaled_error for p in used])
    shown = noisy(clean, errors, seed, COPIES)
    target = np.array([p.target for p in used])
    others, names = _filled({n: v[whole] for n, v in scaled.items()})
    found = posterior(places, shown, target, others=others)
    level = chance_level(places, shown, target, seed)
    parameters = _parameters(trials, places, found, level)
    told = {name: column for column, name in enumerate(names)}
    patterns = tuple(_pattern(trials, PATTERNS[n], roles[n], found, told.get(n, -1)) for n in PATTERNS)
    chosen = [i for i, q in enumerate(trials.quantities) if _named(parameters, path_of(q)).identified]
    recovery = recover(places, clean, errors, chosen, seed)
    ordered = sorted(parameters, key=lambda p: (not p.identified, -p.contraction, p.path))
    return Calibration(
        int(whole.sum()),
        len(np.unique(found.rows)),
        found.size,
        level,
        tuple(ordered),
        patterns,
        recovery,
        _notes(trials, roles),
    )


def _role(trials: Trials, pattern: Pattern) -> str:
    """Return what part a pattern plays."""
    values = pattern.scaled(trials.patterns[pattern.name])
    known = values[np.isfinite(values)]
    if len(known) < (1 - MOST_UNDEFINED) * max(len(values), 1):
        return "undefined"
    if pattern.held_out:
        return "held out"
    shown = noisy(known[:, None], np.array([pattern.scaled_error]))[:, 0]
    beyond = min(float(np.mean(shown > pattern.target)), float(np.mean(shown < pattern.target)))
    return "fitted" if beyond >= WITHIN_REACH else "out of reach"


def _filled(scaled: dict[str, F8]) -> tuple[F8, list[str]]:
    """Return the patterns that hardly any point leaves undefined as columns, the gaps at their median."""
    names = [n for n, v in scaled.items() if np.isfinite(v).mean() >= 1 - MOST_UNDEFINED]
    columns = [np.where(np.isfinite(scaled[n]), scaled[n], np.nanmedian(scaled[n])) for n in names]
    return np.stack(columns, axis=1), names


def _parameters(trials: Trials, places: F8, found: Posterior, level: float) -> list[ParameterResult]:
    shrunk = contraction(places, found)
    low, middle, high = (found.quantile(share) for share in ENDS)
    out = []
    for i, q in enumerate(trials.quantities):
        assert q.sweep is not None
        narrower = float(shrunk[i])
        known = narrower >= max(LEAST_CONTRACTION, level)
        ends = [value_at(q, float(x)) for x in (low[i], middle[i], high[i])]
        if not known:
            ends = [float(q.sweep[0]), float(q.default), float(q.sweep[1])]
        path = path_of(q)
        words = f"{narrower:.0%} narrower" if known else NOT_IDENTIFIED
        if path in DERIVED and not known:
            words += f"; derived from {DERIVED[path]}"
        out.append(
            ParameterResult(
                path,
                q.unit,
                float(q.default),
                float(q.sweep[0]),
                float(q.sweep[1]),
                low=ends[0],
                median=ends[1],
                high=ends[2],
                contraction=narrower,
                identified=known,
                words=words,
            )
        )
    return out


def _named(parameters: Sequence[ParameterResult], path: str) -> ParameterResult:
    return next(p for p in parameters if p.path == path)


def _pattern(trials: Trials, pattern: Pattern, role: str, found: Posterior, column: int) -> PatternResult:
    values = trials.patterns[pattern.name]
    known = values[np.isfinite(values)]
    before = [float(np.quantile(known, s)) if len(known) else float("nan") for s in ENDS]
    after = [float("nan")] * 3
    words = "undefined in this scenario"
    if column >= 0:
        draws = found.others[:, column : column + 1]
        scaled = [float(weighted_quantile(draws, found.weights, s)[0]) for s in ENDS]
        after = [float(x) for x in pattern.unscaled(np.array(scaled))]
        # what was observed could lie off by its own error as well
        half = 1.645 * pattern.scaled_error
        low = scaled[1] - sqrt((scaled[1] - scaled[0]) ** 2 + half**2)
        high = scaled[1] + sqrt((scaled[2] - scaled[1]) ** 2 + half**2)
        inside = low <= pattern.target <= high
        side = "below" if pattern.target > scaled[1] else "above"
        far = abs(pattern.target - scaled[1]) > FAR * pattern.scaled_error
        words = SHOWN if not far else f"shown by some: most runs lie {side} it"
        if not inside:
            words = f"not shown: runs lie {side} it"
    return PatternResult(
        pattern.name,
        pattern.text,
        pattern.unit,
        pattern.sources,
        pattern.basis,
        role,
        pattern.value,
        pattern.error,
        trials.defaults[pattern.name],
        prior_low=before[0],
        prior_median=before[1],
        prior_high=before[2],
        low=after[0],
        median=after[1],
        high=after[2],
        words=words,
    )


def _notes(trials: Trials, roles: dict[str, str]) -> tuple[str, ...]:
    """Say what a reader has to know."""
    notes = []
    if trials.failed:
        several = "s are" if trials.failed > 1 else " is"
        notes.append(f"{trials.failed} point{several} left out because a run failed")
    if trials.interrupted:
        notes.append("stopped before its end: fewer points than were asked for")
    out = [n for n, role in roles.items() if role == "out of reach"]
    if out:
        names = ", ".join(out)
        notes.append(f"hardly any point shows {names}: not fitted; the model or the ranges are wrong there")
    return tuple(notes)
