"""The engine: a stack of runs, each with its arm, moved on step by step."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stcsim.draws import F8, Draws
from stcsim.engine.build import build_runs
from stcsim.engine.compile import apply_plans
from stcsim.engine.consensus import Agreement, concerned, weeks_to_agree
from stcsim.engine.exits import set_exits
from stcsim.engine.make_plan import make_plan
from stcsim.engine.phases import PHASES
from stcsim.engine.plan import Plan
from stcsim.engine.schedule import (
    Asked,
    Directory,
    active,
    in_force,
    standing_channels,
    turning_points,
)
from stcsim.engine.strike import destroy, strain
from stcsim.mechanisms import Mechanism
from stcsim.parameters import Parameters
from stcsim.processes.detention import answered_share
from stcsim.processes.hazards import recompute_rates
from stcsim.processes.hours import set_staff
from stcsim.processes.inspection import start_posts
from stcsim.scenario.roster import roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks import Shock
from stcsim.state.state import State, Switches, When
from stcsim.structure.arrangements import Arrangement

Arm = tuple[Mechanism, ...]
QUARTER_DAYS = 91


@dataclass(frozen=True)
class _Known:
    """What a plan was made from, so that it is made anew only when that has changed."""

    mechanisms: tuple[tuple[Mechanism, bool], ...]
    ready: tuple[bool, ...]
    recognised: bytes
    plan: Plan


def violations_expected(state: State) -> F8:
    """Return violations a year that reach each post at the start, shape (posts,).

    Exports of a country that are not licensed leave by its posts in proportion to their traffic.
    """
    firms, posts = state.firms, state.posts
    size = len(state.countries.key)
    breach = (
        firms.rate * (1 - firms.awareness * firms.compliance) * (1 - state.at(firms).firms.intangible_share)
    )
    by_country = np.bincount(firms.country, weights=breach, minlength=size)
    traffic = np.bincount(posts.country, weights=posts.traffic, minlength=size)
    share = posts.traffic / np.maximum(traffic[posts.country], 1e-9)
    return np.asarray(by_country[posts.country] * share)


class Engine:
    """Moves the stacked runs of one scenario on.

    Parameters
    ----------
    spec : the scenario
    state : its runs; made by `begin`, or by `branch` of another engine
    arms : mechanisms of each run, shape (R,)
    day : days since the start of the warm-up
    mute : kinds of arrangement that are removed, to show that an effect has no other route; one set for all
        runs, or one for each
    """

    def __init__(
        self,
        spec: ScenarioSpec,
        state: State,
        arms: Sequence[Arm],
        day: int = 0,
        mute: frozenset[str] | Sequence[frozenset[str]] = frozenset(),
    ) -> None:
        self.spec = spec
        self.state = state
        self.arms = [tuple(a) for a in arms]
        self.day = day
        self.mute = (mute,) * state.runs if isinstance(mute, frozenset) else tuple(mute)
        self.draws = Draws()
        self.warm_up = spec.time.warm_up_weeks * 7
        self.days = int(spec.time.step_days)
        people = roster(spec)
        self.directory = Directory.of(people)
        self._donors = people.donors
        self._standing = standing_channels(spec)
        self.shocks: tuple[Shock, ...] = spec.all_shocks()
        self.seconds: dict[str, float] | None = None
        """Seconds by phase, filled where profiling is asked for."""
        self._known: list[_Known | None] = [None] * state.runs
        self._plans: dict[tuple[frozenset[Arrangement], int], Plan] = {}
        """Plans made in this week, by what is wanted and whose parameters hold."""
        self._agreed = [Agreement(self.counted_week) for _ in range(state.runs)]
        self._charged: list[set[tuple[str, str]]] = [set() for _ in range(state.runs)]
        self._turns = {0} | self._shock_turns()
        for arm in self.arms:
            self._turns |= turning_points(arm)

    @classmethod
    def begin(
        cls,
        spec: ScenarioSpec,
        seeds: Sequence[int],
        worlds: Sequence[Parameters | None] | None = None,
        switches: Switches | None = None,
    ) -> Engine:
        """Return an engine at the start of the warm-up, one run per seed.

        Parameters
        ----------
        worlds : parameters of each run; the scenario's where None
        switches : structural alternatives; the scenario's when not given
        """
        assumed = list(worlds) if worlds is not None else [None] * len(seeds)
        runs = [(spec, s, w) for s, w in zip(seeds, assumed, strict=True)]
        return cls.started(spec, build_runs(runs, switches=switches))

    @classmethod
    def started(cls, spec: ScenarioSpec, state: State) -> Engine:
        """Return an engine at the start of the warm-up of runs that have just been built.

        Parameters
        ----------
        spec : the scenario of all, for what is no column of a state: calendar, roster, channels and shocks
        state : runs that may differ in every column
        """
        engine = cls(spec, state, [()] * state.runs)
        engine._refresh(-(engine.warm_up // 7))
        baseline = state.compiled.meeting_hours
        per_fte = state.at(state.holders).coordination.hours_per_fte
        state.holders.available[:] = np.clip(
            1 - baseline / (per_fte * np.maximum(state.holders.staff_base, 0.5)), 0.05, 1
        )
        state.holders.available_start[:] = state.holders.available
        state.holders.available_quarter[:] = state.holders.available
        state.holders.competence_quarter[:] = state.holders.competence
        engine._refresh(-(engine.warm_up // 7))
        c, n = state.compiled, state.holders.n
        state.holders.tied[c.edge_from, c.edge_to % n] = True
        state.holders.tied[c.edge_to, c.edge_from % n] = True
        start_posts(state, violations_expected(state))
        state.posts.answered[:] = state.posts.answered_start[:] = answered_share(state)
        return engine

    @property
    def counted_week(self) -> int:
        """Weeks since arms branched; negative in the warm-up."""
        return (self.day - self.warm_up) // 7

    def warm(self) -> Engine:
        """Run the warm-up to its end and return the engine."""
        while self.day < self.warm_up:
            self.step()
        return self

    def finish(self) -> Engine:
        """Run to the horizon and return the engine."""
        end = self.warm_up + self.spec.time.counted_weeks * 7
        while self.day < end:
            self.step()
        return self

    def branch(
        self,
        blocks: Sequence[int],
        arms: Sequence[Arm],
        mute: frozenset[str] | Sequence[frozenset[str]] = frozenset(),
    ) -> Engine:
        """Return an engine whose runs start from copies of this one's, each with its arm.

        Parameters
        ----------
        blocks : run of this engine that each new run copies
        arms : mechanisms of each new run
        """
        return Engine(self.spec, self.state.take(blocks), arms, self.day, mute)

    def handed_over(self, arms: Sequence[Arm]) -> Engine:
        """Return an engine that goes on with the runs of this one, without a copy: this one has none left.

        Parameters
        ----------
        arms : mechanisms of each run
        """
        state = self.state
        del self.state
        return Engine(self.spec, state, arms, self.day, self.mute)

    def step(self) -> None:
        """Take one step."""
        when = When(self.day, self.days, self.warm_up)
        week = self.counted_week
        if when.day % 7 == 0:
            destroy(self.state, self.shocks, week)
        fresh = all(k is None for k in self._known)
        turns = when.day % 7 == 0 and week in self._turns
        if fresh or turns or when.day % QUARTER_DAYS == 0:
            started = time.perf_counter()
            if when.quarter_starts:
                self.state.holders.available_quarter[:] = self.state.holders.available
                self.state.holders.competence_quarter[:] = self.state.holders.competence
            self._refresh(week)
            self._took("structure", started)
        if when.day % 28 == 0:
            self.state.cases.let_go(float(when.day))
        if self.seconds is None:
            for phase in PHASES:
                phase.function(self.state, self.draws, when)
        else:
            for phase in PHASES:
                started = time.perf_counter()
                phase.function(self.state, self.draws, when)
                self._took(phase.name, started)
        self.day += self.days

    def _took(self, name: str, started: float) -> None:
        if self.seconds is not None:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def _shock_turns(self) -> set[int]:
        return {w for s in self.shocks for w in s.turns()}

    def _refresh(self, week: int) -> None:
        """Ask mechanisms, apply shocks, compile the structure, and set the hazards of information anew."""
        state = self.state
        strain(state, self.shocks, week)
        set_exits(state, self._donors, self.shocks, week, self.warm_up)
        set_staff(state)
        self._plans.clear()
        plans = [self._plan(r, week) for r in range(state.runs)]
        apply_plans(state, self.draws, plans, self.day // QUARTER_DAYS)
        recompute_rates(state, float(self.day))
        month = (self.day - self.warm_up) // 28
        for r, plan in enumerate(plans):
            new = set(plan.once) - self._charged[r]
            self._charged[r] |= new
            for key in sorted(new):
                donor, money = plan.once[key]
                amounts = np.zeros(state.runs)
                amounts[r] = money
                state.ledger.add_runs("cost_donor" if donor else "cost_national", month, amounts)
                state.ledger.add_runs("cost_once", month, amounts)

    def _plan(self, run: int, week: int) -> Plan:
        state, n = self.state, self.state.holders.n
        known = self._known[run]
        asked = Asked(lambda: self.directory.view(state, run, week))
        if week >= 0 and self.arms[run]:
            self._agree(run, week, asked)
        chosen = active(self.arms[run], week, self._agreed[run].due) if week >= 0 else ()
        ready = tuple(week >= m.start + m.lead_time for m, _ in chosen)
        same = known is not None and known.mechanisms == chosen and known.ready == ready
        # a run that is stacked with others is not asked again because something turns in one of them
        if known is not None and same and self.day % QUARTER_DAYS:
            return known.plan
        seen = state.holders.recognises[run * n : (run + 1) * n].tobytes() if chosen else b""
        goes_on = any(m.asked_each_quarter for m, _ in chosen)
        if known is not None and same and known.recognised == seen and not goes_on:
            return known.plan
        wanted: frozenset[Arrangement] = frozenset()
        if chosen:
            wanted = in_force(chosen, asked, self.mute[run])
            self._count_agreements(run, week, asked)
        plan = self._made(wanted, state.values.runs[run])
        self._known[run] = _Known(chosen, ready, seen, plan)
        return plan

    def _made(self, wanted: frozenset[Arrangement], p: Parameters) -> Plan:
        """Return the plan of what is wanted; runs of equal wants and parameters share it."""
        held = wanted, id(p)
        if held not in self._plans:
            self._plans[held] = make_plan([*wanted, *self._standing], self.directory.names, p)
        return self._plans[held]

    def _agree(self, run: int, week: int, asked: Asked) -> None:
        """Set when mechanisms decided by now take effect; those that wait are asked again each quarter."""
        state, known = self.state, self._known[run]
        m = state.countries.n
        heads = state.compiled.principals[run * m : (run + 1) * m] if known is not None else np.zeros(m)

        def delay(mechanism: Mechanism) -> float:
            bodies = concerned(asked.wants(mechanism), state, run, self.directory.names)
            return weeks_to_agree(state, run, bodies, heads)

        agreement = self._agreed[run]
        agreement.settle(self.arms[run], week, self.day % QUARTER_DAYS == 0, delay)
        self._turns |= set(agreement.due.values())

    def _count_agreements(self, run: int, week: int, asked: Asked) -> None:
        """Count the mechanisms that take effect now and the weeks that each waited for consensus."""
        waited = self._agreed[run].newly(self.arms[run], week, lambda m: asked.works(m, self.mute[run]))
        one = np.zeros(self.state.runs)
        one[run] = 1.0
        month = (self.day - self.warm_up) // 28
        if waited:
            self.state.ledger.add_runs("adopted", month, one * len(waited))
            self.state.ledger.add_runs("consensus_weeks", month, one * sum(waited))
