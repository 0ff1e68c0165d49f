"""The eleven stylised facts that a credible model has to show, in the reference region: sign and margin.

Each compares arms seed by seed; what is asserted is that the 99% interval of the mean paired difference lies
beyond a margin. Margins are parts of what came out, so a fact that is there only just fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.engine.engine import Arm, Engine
from stcsim.processes.licensing import service
from stcsim.processes.recognition import officers_skill, rarity, recognition_probit
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State
from stcsim.structure.arrangements import Budget, Post
from tests.evidence.reference import (
    F8,
    Arranged,
    Seed,
    Stack,
    begun,
    bounds,
    falls,
    finished,
    reference,
    rises,
)
from tests.regions import at_once, changed

OFTEN, USUAL, RARE = 300.0, 60.0, 25.0
"""Potential attempts of a network a year: more than in the scenario, so that two years show something."""
QUIET: dict[str, Any] = {"donors": (), "networks": ()}
NATIONAL = (
    *("licensing_authority", "customs_headquarters", "intelligence", "law_enforcement", "foreign_affairs"),
    *("trade_ministry", "border_guard", "defence", "technical_authority", "prosecutor", "regulator"),
    "legislature",
)
FEW = ("licensing_authority", "customs_headquarters", "intelligence")
IDENTIFYING, INSPECTING = COMPETENCES.index("commodity_identification"), COMPETENCES.index("inspection")
SKILLS, TOOLS = 2, 3


@pytest.fixture(scope="module")
def seeds(seed_of: Seed) -> tuple[int, ...]:
    return tuple(seed_of(f"facts/{i}") for i in range(12))


def busy(weeks: int = 104, attempts: float = USUAL, **parts: Any) -> ScenarioSpec:
    return reference(weeks, parameters={"adversary.attempts": attempts}, **parts)


def at_posts(stack: Stack, values: F8) -> F8:
    """Mean over staffed posts of a value per holder, (arms, seeds)."""
    h = stack.engine.state.holders
    rows = np.flatnonzero((h.kind == HOLDER_KINDS.index("post")) & (h.staff_base > 0))
    runs = stack.engine.state.runs
    total = np.bincount(h.run[rows], weights=values[rows], minlength=runs)
    return stack.by_arm(total / np.bincount(h.run[rows], minlength=runs))


def weeks(stack: Stack, number: int) -> Stack:
    for _ in range(number):
        stack.engine.step()
    return stack


def attempts_at_posts(state: State, run: int) -> Mapping[int, int]:
    """Post of each attempt of networks after half a year, by the attempt's key; -1 without a post."""
    c = state.cases
    ours = np.flatnonzero((c.col("run") == run) & (c.col("network") >= 0) & (c.col("born") > 52 * 7))
    post = np.where(c.col("post")[ours] >= 0, c.col("post")[ours] % state.posts.n, -1)
    return dict(zip(c.col("key")[ours].tolist(), post.tolist(), strict=True))


TIGHTENED = "Tamoria/land_1"


def uneven(spec: ScenarioSpec) -> ScenarioSpec:
    """Return the region with most supply and good posts in one country, but for its crossings on land."""
    countries = tuple(
        c
        if c.id != "Tamoria"
        else c.model_copy(
            update={
                "supply": 1.0,
                "checkpoints": tuple(
                    p if p.kind == "land" else p.model_copy(update={"competence": 0.75})
                    for p in c.checkpoints
                ),
            }
        )
        for c in spec.countries
    )
    return spec.model_copy(update={"countries": countries})


@lru_cache(maxsize=1)
def often(seeds: tuple[int, ...]) -> Stack:
    """Networks that try often: as it is, and with many inspectors at one post."""
    more = (Arranged(wanted=(Post(TIGHTENED, 60.0, "inspector"),)),)
    return finished(uneven(busy(78, OFTEN)), seeds, [(), more])


def test_1_tightening_one_checkpoint_moves_the_flow_to_the_weakest(seeds: tuple[int, ...]) -> None:
    """A crossing gets sixty inspectors: what used it goes elsewhere, at home where least is seen."""
    stack = often(seeds[:8])
    state, number = stack.engine.state, stack.seeds
    place = state.posts.ids.index(TIGHTENED)
    country = state.posts.country[: state.posts.n]
    others = np.setdiff1d(np.flatnonzero(country == country[place]), place)
    lost, gone_elsewhere, weaker = [], [], []
    for s in range(number):
        usual, now = attempts_at_posts(state, s), attempts_at_posts(state, number + s)
        used = [k for k, post in usual.items() if post == place]
        left = [now[k] for k in used if now[k] != place]
        moved = [post for post in left if post >= 0]
        lost.append(len(left) / len(used))
        gone_elsewhere.append(len(moved) / len(left))
        seen = state.posts.seen.reshape(-1, state.posts.n)[s]
        near = [post for post in moved if post in others]
        weaker.append(float(seen[near].mean() - seen[others].mean()) if near else np.nan)
    assert rises(np.array(lost), 0.25)
    assert rises(np.array(gone_elsewhere), 0.15)
    assert falls(np.array(weaker), 0.05)


def recognised(stack: Stack) -> F8:
    """Chance that an officer who inspects a strategic good recognises it, mean over posts; first arm."""
    state = stack.engine.state
    posts, p = state.posts, stack.engine.spec.parameters.screening
    share = posts.found / np.where(posts.inspected > 0, posts.inspected, np.inf)
    probit = recognition_probit(p, officers_skill(state))
    chance = ndtr(probit - rarity(share, p.prevalence_slope, p.prevalence_reference))
    at = np.flatnonzero(~posts.stretch)
    total = np.bincount(posts.run[at], weights=chance[at], minlength=state.runs)
    return np.asarray((total / np.bincount(posts.run[at], minlength=state.runs))[: stack.seeds])


@pytest.mark.slow
def test_2_rare_targets_are_missed_more_often(seeds: tuple[int, ...]) -> None:
    """The same officers in a world with a tenth of the violations."""
    rare = busy(78, RARE)
    few = tuple(
        c.model_copy(update={"firms": tuple(f.model_copy(update={"count": 1}) for f in c.firms)})
        for c in rare.countries
    )
    scarce = finished(uneven(rare.model_copy(update={"countries": few})), seeds[:8], [()])
    assert rises(recognised(often(seeds[:8])) - recognised(scarce), 0.03)


def test_3_training_once_fades_within_6_to_13_months_unless_kept_up(seeds: tuple[int, ...]) -> None:
    """What a quarter's courses add to skill in use at posts is halved 6 to 13 months after they end."""
    course: dict[str, Any] = {"activities": ("commodity_identification_training",), "roles": ("post",)}
    once = at_once("training_programme", end=13, events_per_year=8.0, **course)
    refreshed = at_once("training_programme", start=26, events_per_year=1.0, **course)
    arms: list[Arm] = [(), (once,), (once, at_once("capacity_capture")), (once, refreshed)]

    def in_use(stack: Stack) -> F8:
        h = stack.engine.state.holders
        phi = stack.engine.spec.parameters.capacity.latent_use
        skill = h.captured[:, IDENTIFYING, SKILLS] + phi * h.latent[:, IDENTIFYING, SKILLS]
        values = at_posts(stack, skill)
        return values[1:] - values[0]

    kept = {}
    for share in (0.3, 0.9):
        spec = reference(78, 13, {"capacity.institutionalised": share}, **QUIET)
        stack = weeks(begun(spec, seeds[:6], arms), 13)
        taught = in_use(stack)
        half_a_year = in_use(weeks(stack, 26)) / taught
        thirteen_months = in_use(weeks(stack, 30)) / taught
        kept[share] = thirteen_months
        assert rises(taught[0], 0.05)
        if share == 0.3:
            assert rises(half_a_year[0], 0.5)
            assert falls(thirteen_months[0] - 0.5)
    assert rises(kept[0.3][1] - kept[0.3][0], 0.02)
    assert rises(kept[0.3][2] - kept[0.3][0], 0.15)
    assert rises(kept[0.9][0] - kept[0.3][0], 0.02)


def equipped(spec: ScenarioSpec, share: float) -> ScenarioSpec:
    """Return the region with that share of the tools at every post."""
    countries = tuple(
        c.model_copy(
            update={"checkpoints": tuple(p.model_copy(update={"equipment": share}) for p in c.checkpoints)}
        )
        for c in spec.countries
    )
    return spec.model_copy(update={"countries": countries})


@pytest.mark.slow
def test_4_skill_needs_tools_and_donated_tools_need_upkeep(seeds: tuple[int, ...]) -> None:
    """The same courses add twice as much where the tools are; kits decay when three years' support ends."""
    course = at_once(
        "training_programme", activities=("inspection_procedures",), roles=("post",), events_per_year=8.0
    )
    gained = {}
    for share in (0.1, 0.6):
        spec = equipped(reference(26, 13, **QUIET), share)
        stack = finished(spec, seeds[:6], [(), (course,)])
        level = at_posts(stack, stack.engine.state.holders.competence[:, INSPECTING])
        gained[share] = level[1] - level[0]
    assert rises(gained[0.6] - 2 * gained[0.1], 0.02)

    kits = at_once(
        "training_programme",
        activities=("detection_equipment",),
        roles=("post",),
        events_per_year=4.0,
        end=156,
    )
    countries = ("Orsund", "Maravel", "Tamoria", "Vasteny")
    paid = tuple(Budget("border_programme", c, 300.0, "upkeep") for c in countries)
    spec = equipped(reference(312, 13, **QUIET), 0.2)
    arms: list[Arm] = [(), (kits, Arranged(wanted=paid, end=156)), (kits, Arranged(wanted=paid))]
    stack = weeks(begun(spec, seeds[:3], arms), 156)

    def tools() -> F8:
        h = stack.engine.state.holders
        return at_posts(stack, h.latent[:, INSPECTING, TOOLS] + h.captured[:, INSPECTING, TOOLS])

    given = tools()
    weeks(stack, 156)
    later = tools()
    donated = given[1] - given[0]
    assert rises(donated, 0.2)
    # a quarter of what was donated is gone three years after support has ended, little where it goes on
    assert falls((later[1] - given[1]) / donated, 0.25)
    assert rises((later[2] - later[1]) / donated, 0.1)


def test_5_uncoordinated_donors_duplicate_while_needs_stay_unmatched(seeds: tuple[int, ...]) -> None:
    """An activity meets more needs of bodies, each counted once, when donors plan together."""
    apart: Arm = ()
    together: Arm = (at_once("donor_coordination", shared_priorities=True),)
    stack = finished(reference(104, 13, networks=()), seeds, [apart, together])
    found, state = stack.outcomes(), stack.engine.state
    assert rises(found["duplication_share"][0] - found["duplication_share"][1], 0.05)
    a = state.activities
    counted = a.col("day") >= stack.engine.warm_up
    what = np.stack([a.col("run"), a.col("holder"), a.col("activity")])[:, counted]
    served = np.unique(what, axis=1)[0]
    matched = stack.by_arm(np.bincount(served, minlength=state.runs))
    delivered = stack.by_arm(np.bincount(a.col("run")[counted], minlength=state.runs))
    assert rises(matched[1] / delivered[1] - matched[0] / delivered[0], 0.01)


@pytest.mark.slow
def test_6_forums_help_most_where_no_tie_existed_and_each_adds_less(seeds: tuple[int, ...]) -> None:
    """A working group in a region without and with ad hoc ties; then more and more meetings."""

    def group(per_year: float) -> Arm:
        return (at_once("interagency_working_group", per_year=per_year, members=NATIONAL),)

    helped = {}
    for chance in (0.05, 0.95):
        spec = reference(78, parameters={"information.tie_probability": chance})
        arms = [(), group(12.0), *([group(6.0), group(24.0), group(48.0)] if chance < 0.5 else [])]
        helped[chance] = finished(spec, seeds[:10], arms).outcomes()
    for name, margin in (("stat_items_shared", 20.0), ("frontline_days_restricted", -1.0)):
        without, with_ = (helped[chance][name][1] - helped[chance][name][0] for chance in (0.05, 0.95))
        assert (rises if margin > 0 else falls)(without - with_, abs(margin)), name
    days = helped[0.05]["frontline_days_restricted"]
    none, twelve, six, two_dozen, four_dozen = days
    # doubling the meetings saves less each time
    assert rises((none - six) - (six - twelve), 5.0)
    assert rises((six - twelve) - (twelve - two_dozen), 0.3)
    assert rises((twelve - two_dozen) - (two_dozen - four_dozen), 0.1)


@pytest.mark.slow
def test_7_hubs_win_as_membership_grows_and_small_groups_do_without(seeds: tuple[int, ...]) -> None:
    """Meetings of three bodies take fewest hours shared, those of twelve under a lead; trust grows alike."""
    spec = reference(78)
    arms: list[Arm] = [
        (at_once("interagency_working_group", form=form, members=members),)
        for members in (FEW, NATIONAL)
        for form in ("shared", "lead")
    ]
    arms += [(), *((at_once("coordinating_entity", members=m),) for m in (FEW, NATIONAL))]
    found = finished(spec, seeds[:8], arms).outcomes()
    hours, trust, items = (found[n] for n in ("coordination_hours_meetings", "trust", "stat_items_shared"))
    assert falls(hours[0] - hours[1])
    assert rises(hours[2] - hours[3], 200.0)
    for shared, lead in ((0, 1), (2, 3)):
        low, high = bounds(trust[shared] - trust[lead])
        assert max(abs(low), abs(high)) < 0.001
    # what one more item costs falls with members over a hub, and does not where all meet with all
    cost, none = found["total_cost"], 4
    price = {a: np.log((cost[a] - cost[none]) / (items[a] - items[none])) for a in (0, 2, 5, 6)}
    assert falls(price[6] - price[5], 0.05)
    assert rises((price[2] - price[0]) - (price[6] - price[5]), 0.1)


def checks(consequence: bool) -> Arm:
    return (
        at_once("post_shipment_checks", consequence=consequence, per_year=100.0, pre_licence_per_year=0.0),
    )


def reforms() -> list[Arm]:
    """Laws where they lack something; the same laws with officers and training."""
    where: dict[str, Any] = {"countries": ("Maravel", "Tamoria", "Vasteny")}
    reform = at_once("legislative_reform", **where)
    officers: dict[str, Any] = {"inspectors": 1.0, "licensing_officers": 0.0, "investigators": 0.0}
    hired = at_once("additional_staff", thousand_usd_per_year=2e4, analysts=0.0, **officers, **where)
    taught = at_once(
        "training_programme",
        activities=("frontline_enforcement_course", "commodity_identification_training"),
        events_per_year=6.0,
        **where,
    )
    return [(reform,), (reform, hired, taught)]


@lru_cache(maxsize=1)
def usual(seeds: tuple[int, ...]) -> Mapping[str, F8]:
    """Outcomes as it is, of checks with and without consequence, of reforms without and with officers."""
    return finished(busy(), seeds, [(), checks(True), checks(False), *reforms()]).outcomes()


@pytest.mark.slow
def test_8_checks_work_when_refusal_has_consequences(seeds: tuple[int, ...]) -> None:
    """The same checks with and without: a result that nobody acts on changes little."""
    found = usual(seeds)["diversions"][:3]
    level = float(found[0].mean())
    assert falls(found[1] - found[0], 0.03 * level)
    assert falls(found[1] - found[2], 0.02 * level)
    low, high = bounds(found[2] - found[0])
    assert max(abs(low), abs(high)) < 0.05 * level


def test_9_queues_are_non_linear_and_a_surge_costs_later(seeds: tuple[int, ...]) -> None:
    """Equal steps of load add more and more days; courses and meetings cancelled for half a year are missed.

    The backlog shrinks while they are; then officers know less, and handle fewer applications.
    """
    spec, loads = reference(78, 26, **QUIET), (0.7, 0.85, 1.0)
    loaded = [changed(spec.parameters, **{"licensing.load": load}) for load in loads for _ in seeds]
    engine = Engine.begin(spec, [*seeds] * len(loads), loaded).warm().finish()
    less, some, full = Stack(engine, len(seeds)).outcomes()["licence_days_mean"]
    assert rises(full - 2 * some + less)

    teaches = {
        "activities": ("licensing_officer_course", "licensing_coaching", "licensing_procedures_advice"),
        "roles": ("licensing_authority",),
        "events_per_year": 6.0,
    }

    def standing(**dates: int) -> Arm:
        meets = at_once("interagency_working_group", per_year=52.0, hours=8.0, **dates)
        return (at_once("training_programme", **teaches, **dates), meets)

    spec = reference(104, 26, {"licensing.load": 0.95}, **QUIET)
    stack = begun(spec, seeds, [standing(), standing(end=26) + standing(start=52)])

    def now() -> tuple[F8, F8]:
        countries = stack.engine.state.countries
        backlog = stack.by_arm(np.bincount(countries.run, weights=countries.backlog))
        able = stack.by_arm(np.bincount(countries.run, weights=service(stack.engine.state)))
        return backlog[1] - backlog[0], able[1] / able[0] - 1

    backlog, able = now()
    assert not backlog.any()
    weeks(stack, 52)
    backlog, able = now()
    assert falls(backlog)
    assert rises(able, 0.05)
    weeks(stack, 16)
    later = now()[1]
    assert falls(later, 0.005)
    weeks(stack, 36)
    assert falls(now()[1], 0.0005)


def test_10_rising_seizures_do_not_imply_rising_detection(seeds: tuple[int, ...]) -> None:
    """Networks try twice as often: statistics show many more seizures, and a smaller share is caught."""
    before, after = usual(seeds), finished(busy(attempts=2 * USUAL), seeds, [()]).outcomes()
    level = float(before["stat_seizures"][0].mean())
    assert rises(after["stat_seizures"][0] - before["stat_seizures"][0], 0.2 * level)
    assert bounds(after["detection_share"][0] - before["detection_share"][0])[1] < 0.005


def test_11_legislation_outruns_enforcement(seeds: tuple[int, ...]) -> None:
    """Laws fill fields at once and detection stays where it was; officers and training move transfers."""
    names = ("stat_matrix_legal", "detection_share", "diversions")
    found = {name: usual(seeds)[name][[0, 3, 4]] for name in names}
    fields = found["stat_matrix_legal"]
    assert rises(fields[1] / fields[0] - 1, 0.25)
    caught = found["detection_share"]
    assert bounds(caught[1] - caught[0])[1] < 0.1 * float(caught[0].mean())
    through = found["diversions"]
    level = float(through[0].mean())
    assert bounds(through[1] - through[0])[0] > -0.08 * level
    assert falls(through[2] - through[1], 0.03 * level)
