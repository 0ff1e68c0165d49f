"""Small random scenarios for Hypothesis, degenerate ones among them: whatever the file format accepts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from stcsim.actors.agency import ROLES
from stcsim.actors.checkpoint import POST_KINDS, STRETCH_KINDS
from stcsim.actors.partner import PARTNER_KINDS
from stcsim.actors.vocabulary import FAMILIES, FIRM_CLASSES, PILLARS
from stcsim.mechanisms import MECHANISMS
from stcsim.shocks import SHOCKS
from tests.regions import LIVELY

share = st.sampled_from([0.0, 0.3, 1.0]) | st.floats(0.0, 1.0)
level = st.sampled_from([0.05, 0.5, 0.95])
people = st.sampled_from([0.0, 0.5, 3.0, 40.0])

LAWS = st.fixed_dictionaries(
    {},
    optional={
        **{
            topic: st.booleans()
            for topic in (
                *("export", "reexport", "transit", "brokering", "intangible", "catch_all", "detention"),
                *("extension", "administrative_penalties", "criminal_penalties", "shares_data_on_nationals"),
            )
        },
        "detention_working_days": st.sampled_from([1.0, 10.0, 120.0]),
        "extension_working_days": st.sampled_from([0.0, 30.0]),
        "evidence_abroad": st.sampled_from(["none", "ad_hoc", "joint"]),
    },
)
AGENCY = st.fixed_dictionaries(
    {"role": st.sampled_from(ROLES), "staff": people}, optional={"authority": share, "competence": level}
)
PARTNER = st.fixed_dictionaries({"kind": st.sampled_from(PARTNER_KINDS), "staff": people})
POST = st.fixed_dictionaries(
    {"kind": st.sampled_from(POST_KINDS), "traffic": st.sampled_from([0.0, 30.0, 1e4, 1e6])},
    optional={"count": st.integers(1, 3), "inspectors": people, "equipment": share},
)
STRETCH = st.fixed_dictionaries(
    {"kind": st.sampled_from(STRETCH_KINDS)}, optional={"patrols": share, "staff": people}
)
FIRMS = st.fixed_dictionaries(
    {"firm_class": st.sampled_from(FIRM_CLASSES), "count": st.sampled_from([0, 1, 2, 30])},
    optional={
        "exports_per_year": st.sampled_from([0.0, 2.0, 200.0]),
        "awareness": share,
        "compliance_programme": share,
    },
)


def distinct(
    kind: str, entries: st.SearchStrategy[dict[str, Any]], most: int
) -> st.SearchStrategy[list[Any]]:
    """Lists whose identities do not clash: the second of a kind is left out."""
    return st.lists(entries, max_size=most, unique_by=lambda e: e[kind])


def countries(identity: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.just(identity),
            "law": LAWS,
            "agencies": distinct("role", AGENCY, 8),
            "checkpoints": distinct("kind", POST, 3),
            "stretches": distinct("kind", STRETCH, 1),
            "firms": distinct("firm_class", FIRMS, 3),
            "partners": distinct("kind", PARTNER, 2),
        },
        optional={
            "will": share,
            "competence": level,
            "upkeep": share,
            "funding": share,
            "supply": share,
            "wage_level": st.sampled_from([0.05, 1.0]),
            "vulnerability": st.fixed_dictionaries(
                {},
                optional={
                    "recruitable": st.sampled_from([0.0, 10.0]),
                    "insider_share": st.sampled_from([0.0, 0.5]),
                    "transit_flow": share,
                },
            ),
        },
    )


DONOR = st.fixed_dictionaries(
    {"budget": st.sampled_from([0.0, 2500.0, 1e6])},
    optional={
        "priorities": st.lists(
            st.fixed_dictionaries(
                {"pillar": st.sampled_from(PILLARS), "weight": st.sampled_from([0.0, 2.0])}
            ),
            max_size=2,
        ),
        "active_from_week": st.sampled_from([0, 6]),
    },
)
NETWORK = st.fixed_dictionaries(
    {
        "attempts": st.sampled_from([0.0, 15.0, 400.0]),
        "fronts": st.sampled_from([1, 6]),
        "wanted": st.lists(st.sampled_from(FAMILIES), max_size=2),
    },
    optional={"skill": st.sampled_from([0.1, 10.0]), "kind": st.sampled_from(["state_linked", "non_state"])},
)
STRUCTURE = st.fixed_dictionaries(
    {},
    optional={
        "adversary": st.sampled_from(["none", "logit", "best_response"]),
        "complements": st.sampled_from(["ces", "linear", "minimum"]),
        "contagion": st.sampled_from(["simple", "threshold"]),
        "deterrence": st.sampled_from(["own", "heard"]),
        "capture": st.sampled_from(["rate", "immediate"]),
    },
)


TIMES = st.sampled_from([(0, 6, 7), (10, 5, 7), (13, 4, 7), (0, 2, 1)])
"""Weeks of warm-up, weeks counted, days of a step. Most is decided at the end of a quarter, 13 weeks."""


@st.composite
def raw_scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Scenarios of one to three countries as a file would say them, a few weeks about a quarter's end."""
    ids = ["A", "B", "C"][: draw(st.integers(1, 3))]
    donors = [{"id": f"d{i}", **d} for i, d in enumerate(draw(st.lists(DONOR, max_size=3)))]
    home = st.sampled_from(ids)
    networks = [
        {"id": f"n{i}", "home": draw(home), **n} for i, n in enumerate(draw(st.lists(NETWORK, max_size=2)))
    ]
    shocks = {
        name: {"at_week": draw(st.integers(0, 4)), "weeks": 3, "country": draw(st.sampled_from(["", *ids]))}
        for name in draw(st.lists(st.sampled_from(list(SHOCKS)), max_size=2, unique=True))
    }
    warm_up, counted, step = draw(TIMES)
    return {
        "name": "random",
        "time": {"warm_up_weeks": warm_up, "counted_weeks": counted, "step_days": step},
        "structure": draw(STRUCTURE),
        "countries": [draw(countries(i)) for i in ids],
        "partners": draw(distinct("kind", PARTNER, 1)),
        "donors": donors,
        "networks": networks,
        "shocks": shocks,
    }


@st.composite
def arms(draw: st.DrawFn) -> tuple[Any, ...]:
    """A few mechanisms with everything on, soon in force; some end."""
    names = draw(st.lists(st.sampled_from(list(MECHANISMS)), max_size=5, unique=True))
    return tuple(
        MECHANISMS[n](
            **{
                **LIVELY.get(n, {}),
                "start": draw(st.integers(0, 2)),
                "lead_time": draw(st.integers(0, 2)),
                "end": draw(st.sampled_from([None, 5])),
                "coverage": draw(st.sampled_from([1.0, 0.5, 0.0])),
            }
        )
        for n in names
    )
