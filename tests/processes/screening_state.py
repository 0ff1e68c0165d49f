"""Small states for tests of what happens at the border: two bodies and posts a country, fronts, no firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, DRIVES, FATES, LAW, ORIGINS, WAYS
from stcsim.draws import I8, keys_of, seeded
from stcsim.ledger import Ledger
from stcsim.parameters import Parameters
from stcsim.state.compiled import Compiled
from stcsim.state.events import LADDER, STAGES, Cases
from stcsim.state.items import Items
from stcsim.state.market import Firms, Fronts, Networks, Technologies
from stcsim.state.populations import LAW_INDEX, Countries, Donors, Holders, Posts
from stcsim.state.state import Options, State, Switches, When
from stcsim.state.table import EventTable, columns_of
from stcsim.state.values import RunValues

_DTYPES = {"F8": np.float64, "I8": np.int64, "I4": np.int32, "U64": np.uint64, "B1": np.bool_}

NO_LAW = (
    *("joint_protocol", "common_terms", "evidence_agreement", "extradition"),
    *("register_visible", "licence_tiers", "disclosure_credit"),
)
"""Agreements and links that nobody has without a mechanism."""


@dataclass(frozen=True)
class PostSpec:
    """A post of a test: traffic of a year, inspectors, or an open stretch with patrols."""

    id: str
    traffic: float = 150_000.0
    inspectors: float = 10.0
    stretch: bool = False
    patrols: float = 0.0


TWO = (PostSpec("port"), PostSpec("river", traffic=1_000.0, inspectors=0.1))


def population(kind: type[Any], ids: Sequence[str], seeds: Sequence[int], **given: Any) -> Any:
    """Fill a population with zeros, then with what is given: per run (n rows) or a number."""
    n, runs = len(ids), len(seeds)
    rows = n * runs
    made: dict[str, Any] = {"n": n, "ids": tuple(ids)}
    for f in fields(kind):
        if f.name in ("n", "ids"):
            continue
        value = np.zeros(rows, dtype=_DTYPES[str(f.type)])
        if f.name in given:
            per_run = np.asarray(given[f.name])
            if per_run.ndim == 0:
                value[:] = per_run
            else:
                value = np.concatenate([per_run] * runs).astype(value.dtype)
            refers = f.metadata["refers"]
            if refers and per_run.ndim:
                shift = np.repeat(np.arange(runs), n) * given["sizes"][refers]
                value = np.where(value >= 0, value + shift, value)
        made[f.name] = value
    made["run"] = np.repeat(np.arange(runs), n)
    keys = keys_of(tuple(ids)) if n else np.zeros(0, dtype=np.uint64)
    made["key"] = np.concatenate([seeded(keys, s) if n else keys for s in seeds])
    return kind(**made)


def region(
    posts: Sequence[PostSpec] = TWO,
    seeds: Sequence[int] = (1,),
    *,
    countries: int = 1,
    competence: float = 0.45,
    fronts: int = 2,
    parameters: Parameters | Sequence[Parameters] | None = None,
    brute_force: bool = False,
    answer: float = np.inf,
    weeks: int = 520,
) -> State:
    """Return a state with the same posts in each country, full law, a licensing and a technical authority."""
    names = [f"C{i}" for i in range(countries)]
    bodies = [f"{c}/{h}" for c in names for h in ("authority", "technical", *(p.id for p in posts))]
    per_country = 2 + len(posts)
    runs = len(seeds)
    sizes = {"countries": countries, "holders": len(bodies), "networks": 1, "runs": 1, "posts": len(posts)}
    home = np.repeat(np.arange(countries), per_country)
    first = np.arange(countries) * per_country
    c = population(
        Countries,
        names,
        seeds,
        sizes=sizes,
        law=np.tile([topic not in NO_LAW for topic in LAW], (countries, 1)),
        detention_days=14.0,
        extended_days=14.0,
        will=1.0,
        strain=np.ones((countries, len(DRIVES))),
        applications=1000.0,
        authority=first,
        technical=first + 1,
    )
    h = population(
        Holders,
        bodies,
        seeds,
        sizes=sizes,
        country=home,
        available=1.0,
        staff=10.0,
        staff_base=10.0,
        manning=1.0,
        exchange=1.0,
        competence=np.full((len(bodies), len(COMPETENCES)), competence),
    )
    holder = np.concatenate([f + 2 + np.arange(len(posts)) for f in first])
    k = population(
        Posts,
        [f"{n}/{p.id}" for n in names for p in posts],
        seeds,
        sizes=sizes,
        holder=holder,
        country=np.repeat(np.arange(countries), len(posts)),
        stretch=[p.stretch for p in posts] * countries,
        traffic=[p.traffic for p in posts] * countries,
        inspectors=[p.inspectors for p in posts] * countries,
        patrols=[p.patrols for p in posts] * countries,
    )
    slots = [f"N/front_{i}" for i in range(fronts)]
    unknown = np.full((fronts, len(bodies)), -np.inf)
    if parameters is None or isinstance(parameters, Parameters):
        parameters = [parameters or Parameters()] * runs
    none = np.zeros(0, dtype=np.int64)
    kinds = {kind.__name__: kind for kind in EventTable.__subclasses__()}
    tables: dict[str, Any] = {
        f.name: kinds[str(f.type)].empty(64) for f in fields(State) if f.name in State.EVENTS
    }
    return State(
        seeds=np.array(seeds, dtype=np.int64),
        newest_list=np.zeros(runs),
        values=RunValues(parameters),
        switches=Switches(brute_force=brute_force),
        roles=("any",),
        firm_groups=(),
        options=Options(none, none, none, np.zeros(0, dtype=np.uint64)),
        countries=c,
        holders=h,
        posts=k,
        firms=population(Firms, (), seeds),
        networks=population(Networks, ("N",), seeds),
        fronts=population(
            Fronts, slots, seeds, sizes=sizes, network=0, known_until=unknown, network_known_until=unknown
        ),
        donors=population(Donors, (), seeds),
        technologies=population(Technologies, (), seeds),
        items=Items.empty(runs, len(bodies), 4),
        compiled=compiled(runs * countries, c.technical[k.country].copy(), answer),
        ledger=Ledger(runs, weeks // 4, len(h.key)),
        **tables,
    )


def compiled(countries: int, answerer: I8, answer: float) -> Compiled:
    """Return a structure without edges; answers take `answer` days and are given at competence .45.

    Parameters
    ----------
    countries : of all runs
    answerer : row of the holder that each post asks, shape (posts,)
    """
    made: dict[str, Any] = {f.name: np.zeros(0) for f in fields(Compiled)}
    posts = len(answerer)
    made |= {"answer_delay": np.full(posts, answer), "reach_back": np.full(posts, 0.45)}
    made |= {"answerer": answerer, "linked": np.ones(posts, dtype=np.bool_)}
    for name in ("prelicence", "postshipment", "prelicence_hours", "postshipment_hours"):
        made[name] = np.zeros(countries)
    return Compiled(**made)


def week(number: int, days: int = 7, offset: int = 0, warm_up: int = 0) -> When:
    """Return the step of a week, or a day of it."""
    return When(day=7 * number + offset, days=days, warm_up=warm_up)


def ship(state: State, names: Sequence[str], post: Any, **given: Any) -> Any:
    """Add consignments of interest that arrive at posts; keys are those of `names`, seeded by their runs."""
    n = len(names)
    post = np.broadcast_to(np.asarray(post, dtype=np.int64), n)
    run = state.posts.run[post] if state.posts.n else np.zeros(n, dtype=np.int64)
    home = state.posts.country[post] if state.posts.n else run
    values: dict[str, Any] = {f.name: 0 for f in columns_of(Cases)}
    values |= {
        "run": run,
        "key": seeded(keys_of(tuple(names)), state.seeds[run]),
        "origin": ORIGINS.index("adversary"),
        "network": run * state.networks.n,
        "firm": -1,
        "front": -1,
        "technology": -1,
        "country": home,
        "supplier": home,
        "post": post,
        "way": WAYS.index("unlicensed"),
        "stage": STAGES.index("border"),
        "release": np.inf,
        "fate": FATES.index("in_process"),
        "fate_day": np.nan,
        "opportunities": 1.0,
        "discovered": np.inf,
        "ladder": LADDER.index("none"),
        "ladder_due": np.inf,
        "effort": 0.0,
        "misclassified": False,
    }
    unknown = set(given) - set(values)
    assert not unknown, unknown
    return state.cases.append(**(values | given))


def with_parameters(**groups: dict[str, float]) -> Parameters:
    """Return the defaults with some values replaced, by group."""
    made = Parameters()
    return made.model_copy(
        update={g: getattr(made, g).model_copy(update=values) for g, values in groups.items()}
    )


def set_law(state: State, topic: str, value: bool) -> None:
    """Switch a topic of the law in all countries."""
    state.countries.law[:, LAW_INDEX[topic]] = value


def brute(state: State) -> State:
    """Return the state with every ordinary consignment scored."""
    return replace(state, switches=replace(state.switches, brute_force=True))
