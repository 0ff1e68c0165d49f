"""Whether the order holds whatever is assumed: in how many sampled sets, and where it turns.

The number of sets in which an arm is best is without the noise of the few runs in each of them
(`stcsim.analysis.expected_gains`). It is a share of sets as they were drawn, no probability that the arm is
best: nobody knows how likely an assumption is. That is why it stands beside the same share under other
measures (`stcsim.analysis.measures`), and beside the assumptions that turn the order
(`stcsim.analysis.turning`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.cube import Cube
from stcsim.analysis.expected_gains import WORLD_DRAWS, ExpectedGains, expected_gains
from stcsim.analysis.heavy import HEAVY, first_as_seen, kurtosis
from stcsim.analysis.measures import AS_DRAWN, Measure, around_defaults, as_drawn, by_switch, tilted
from stcsim.analysis.moments import moments
from stcsim.analysis.turning import Turn, find_turns, plain_label
from stcsim.draws import F8
from stcsim.errors import InputError
from stcsim.study.factors import known_quantities

FEWEST_SETS = 5
"""Sampled sets below which nothing is said of robustness."""
ONE_PAIR = "One pair a set: the noise of runs is in these numbers."


@dataclass(frozen=True)
class Held:
    """How one arm does under one measure.

    Parameters
    ----------
    measure, words : which
    effective : number of sets of equal weight that would say as much
    first : the arm with the best mean gain under it
    share, low, high : share of the sets in which the arm is best, with an interval for other sets drawn in
        the same way
    """

    measure: str
    words: str
    effective: float
    first: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Robustness:
    """How far the place of the best arm holds over assumptions.

    Parameters
    ----------
    outcome : by which arms are ordered, or what else they are ordered by
    arms : names, the baseline first
    best : the arm that is looked at: the one with the best mean over sets when no other was asked for
    next_best : the arm that is best in most of the other sets
    count, count_low, count_high : sets in which `best` is best: expected number, with what the noise of runs
        leaves open; where that noise is of rare events, as far as the number that runs show
    seen : number of sets in which `best` has the highest mean of its few runs
    rare : whether the noise between `best` and `next_best` is that of rare events
    of : sampled sets in which every arm has a value
    left_out : sets that are not among them
    firsts : expected number of sets in which each arm is best, shape (arms,)
    held : measures, the one that was drawn first
    turns : assumptions and switches that turn the order of `best` and another arm, by that arm
    noise_known : whether there were two pairs in a set, so that noise could be taken out
    """

    outcome: str
    arms: tuple[str, ...]
    best: str
    next_best: str
    count: int
    count_low: int
    count_high: int
    seen: int
    rare: bool
    of: int
    left_out: int
    firsts: F8
    held: tuple[Held, ...]
    turns: tuple[tuple[str, Turn], ...]
    noise_known: bool

    def table(self) -> pd.DataFrame:
        """Return one row a measure, with the fields of `Held`."""
        return pd.DataFrame([vars(held) for held in self.held])

    def sentences(
        self, labels: Mapping[str, str] | None = None, named: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return what is to be said, the main sentence first.

        Parameters
        ----------
        labels : of arms, by name
        named : of assumptions and switches, by path
        """
        label = {arm: (labels or {}).get(arm, arm) for arm in self.arms}
        width = ""
        if self.count_low < self.count_high:
            width = f"; with more runs in each it may be {self.count_low} to {self.count_high}"
        said = [
            f"{label[self.best]} is best in {self.count} of {self.of} sampled assumption sets "
            f"({self.held[0].words}; not a probability){width}."
        ]
        said += [*self.turn_sentences(labels, named), *self.weighted_sentences(labels)]
        told, share = f"{self.count / self.of:.0%}", self.held[0].share
        if self.noise_known and told != f"{share:.0%}":
            said.append(
                f"The noise of runs is taken out of counts and shares, so that they need be no whole sets: "
                f"{self.count} of {self.of} stands for {share * self.of:.1f} of {self.of}, "
                f"which is {share:.0%}."
            )
        if self.rare:
            said.append(
                f"Arms differ in few runs and by much: as these show it {label[self.best]} is best in "
                f"{self.seen} of {self.of} sets, and in {self.count} if the noise of runs is taken out as if "
                "it were normal, which it is not here. More pairs a set tell which is nearer."
            )
        if not self.noise_known:
            said.append(ONE_PAIR)
        return tuple(said)

    def turn_sentences(
        self, labels: Mapping[str, str] | None = None, named: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return what turns the order, a sentence an assumption; parameters as for `sentences`."""
        label = {arm: (labels or {}).get(arm, arm) for arm in self.arms}
        if not self.turns and self.count < self.of:
            return ("No single assumption was found that turns the order.",)
        return tuple(
            f"The order of {label[self.best]} and {label[other]} turns when "
            f"{turn.words((named or {}).get(turn.path, ''))}."
            for other, turn in self.turns
        )

    def weighted_sentences(self, labels: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Return what becomes of the best arm where some sets count more, a sentence each.

        Parameters
        ----------
        labels : of arms, by name
        """
        said = []
        for held in self.held[1:]:
            there = (labels or {}).get(held.first, held.first)
            first = "" if held.first == self.best else f"; there {there} is best on average"
            around = f"{100 * held.low:.0f} to {held.high:.0%} with other sets; here {self.held[0].share:.0%}"
            said.append(f"Where {held.words}: {held.share:.0%} ({around}){first}.")
        return tuple(said)


def sampled(cube: Cube, scenarios: int = 1) -> Cube:
    """Return a study without the points at which nothing is varied, which have the lowest numbers.

    Parameters
    ----------
    scenarios : how many the study has, and with it how many such points
    """
    return cube.take(np.flatnonzero(cube.worlds >= scenarios))


def robustness(
    cube: Cube,
    by: str | Mapping[str, float],
    *,
    arm: str | None = None,
    paths: Sequence[str] | None = None,
    defaults: Mapping[str, float] | None = None,
    drawn: str = AS_DRAWN,
    level: float = 0.95,
    draws: int = WORLD_DRAWS,
    seed: int = 0,
) -> Robustness:
    """Return how far the place of the best arm holds over sampled sets of assumptions.

    Parameters
    ----------
    cube : sampled points of a study (`sampled`)
    by : an outcome, or weights of several
    arm : which to look at; the one with the best mean when not given
    paths : assumptions and switches that may turn the order; all that vary when not given. Fewer find more
    defaults : values by path from which distances are measured; the register's when not given
    drawn : how the sets were drawn, in words
    level : coverage of the intervals, and probability of naming no turn where there is none
    draws, seed : of what is drawn

    Raises
    ------
    InputError
        fewer than `FEWEST_SETS` sets have a value in every arm; the arm is not among them; the outcome has no
        better direction
    """
    gain = cube.gain(by) if isinstance(by, str) else cube.score(by)
    found = expected_gains(gain, shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
    if len(found.rows) < FEWEST_SETS:
        raise InputError(
            f"{len(found.rows)} sampled assumption sets say nothing of robustness: take {FEWEST_SETS} or more"
        )
    if arm is not None and arm not in cube.arms:
        raise InputError(f"the study has no arm {arm}")
    own = cube.take(found.rows)
    complete = np.where(np.isfinite(gain).all(axis=0), gain, np.nan)[:, found.rows]
    means = moments(np.moveaxis(complete, 2, 0)).mean  # (arms, worlds)
    place = int(means.mean(axis=1).argmax()) if arm is None else cube.arms.index(arm)
    first = found.best()
    firsts = first.mean(axis=0).sum(axis=0)
    others = [i for i in np.argsort(-firsts, kind="stable") if i != place]
    next_best = int(others[0])

    turns = _turns(means, place, others, firsts, own.inputs, paths, level, seed)
    measures = [as_drawn(len(found.rows), drawn), *_measures(own.inputs, defaults, turns)]
    counts = first[:, :, place].sum(axis=1)
    low, high = np.quantile(counts, [(1 - level) / 2, (1 + level) / 2])
    seen = round(float(first_as_seen(means)[place]))
    rare = found.noise_known and kurtosis(complete[place] - complete[next_best]) > HEAVY
    if rare:
        low, high = min(low, seen), max(high, seen)
    return Robustness(
        outcome=by if isinstance(by, str) else "weighted outcomes",
        arms=cube.arms,
        best=cube.arms[place],
        next_best=cube.arms[next_best] if firsts[next_best] >= 0.5 else "",
        count=round(float(firsts[place])),
        count_low=int(np.floor(low + 0.5)),
        count_high=int(np.floor(high + 0.5)),
        seen=seen,
        rare=rare,
        of=len(found.rows),
        left_out=len(cube.worlds) - len(found.rows),
        firsts=firsts,
        held=tuple(_held(m, found, first[:, :, place], means, cube.arms, level) for m in measures),
        turns=tuple((cube.arms[other], turn) for other, turn in turns),
        noise_known=found.noise_known,
    )


def _turns(
    means: F8,
    place: int,
    others: Sequence[int],
    firsts: F8,
    inputs: pd.DataFrame,
    paths: Sequence[str] | None,
    level: float,
    seed: int,
) -> list[tuple[int, Turn]]:
    """Return what turns the order of the arm and those that are best somewhere, each assumption once."""
    rivals = [i for i in others if firsts[i] >= 0.5]
    found: dict[str, tuple[int, Turn]] = {}
    for rival in rivals:
        # The error is shared by the rivals that are looked at.
        shared = 1.0 - (1.0 - level) / len(rivals)
        for turn in find_turns(means[place] - means[rival], inputs, paths=paths, level=shared, seed=seed):
            if turn.path not in found or turn.gain > found[turn.path][1].gain:
                found[turn.path] = rival, turn
    return sorted(found.values(), key=lambda pair: -pair[1].gain)


def _measures(
    inputs: pd.DataFrame, defaults: Mapping[str, float] | None, turns: Sequence[tuple[int, Turn]]
) -> list[Measure]:
    """Return the measures beside the drawn one."""
    given = register_defaults(inputs.columns) if defaults is None else defaults
    found = [*around_defaults(inputs, given), *by_switch(inputs)]
    for _, turn in turns:
        if turn.values:
            continue
        score = np.asarray(inputs[turn.path].rank(), dtype=np.float64)
        side = "high" if turn.above else "low"
        words = f"sets with a {side} {plain_label(turn.path)} count more"
        towards = tilted(f"{side}:{turn.path}", words, score if turn.above else -score)
        if towards is not None:
            found.append(towards)
    return found


def register_defaults(paths: Iterable[str]) -> dict[str, float]:
    """Return the defaults of the register for the paths that have a number."""
    known = known_quantities()
    found = {path: known[path].default for path in paths if path in known}
    return {p: float(v) for p, v in found.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}


def _held(
    measure: Measure, found: ExpectedGains, first: F8, means: F8, arms: Sequence[str], level: float
) -> Held:
    """Return how an arm does under a measure.

    Parameters
    ----------
    first : draws of whether it is best in each set, shape (draws, worlds)
    means : gains in each set, shape (arms, worlds)
    """
    # A weight of a set is its share under the measure times how often a sample of sets would hold it.
    weights = found.weights * measure.weights
    shares = (weights * first).sum(axis=1) / weights.sum(axis=1)
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2])
    return Held(
        measure=measure.name,
        words=measure.words,
        effective=measure.effective,
        first=arms[int((means @ measure.weights).argmax())],
        share=float((measure.weights * first.mean(axis=0)).sum()),
        low=float(low),
        high=float(high),
    )
