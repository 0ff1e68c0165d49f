"""The merge laws: commutative, associative, one arrangement per key, and nothing lost that adds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.structure.arrangements import (
    KINDS,
    Arrangement,
    Budget,
    Cascade,
    Channel,
    Charge,
    Checks,
    Contact,
    Convening,
    Exchange,
    FollowUp,
    Mandate,
    Planning,
    Post,
    Programme,
    Recognition,
    TrainerPool,
    merge,
    only,
)

# Few identities, so that keys meet often; amounts that floats add exactly, so that equal means equal.
who = st.sampled_from(["A/x", "A/y", "B/x", "donor_1"])
group = st.lists(who, min_size=1, max_size=3, unique=True).map(tuple)
amount = st.integers(0, 64).map(lambda k: k / 8)
some = st.sampled_from(
    [frozenset({"parties"}), frozenset({"lists", "parties", "networks"}), frozenset({"open"})]
)
yes = st.booleans()
taught = st.sampled_from([("inspection",), ("inspection", "investigation")])

STRATEGIES: dict[type, st.SearchStrategy[Any]] = {
    Channel: st.builds(Channel, who, who, amount, some, some, yes, yes, st.sampled_from(["", "A/x"])),
    Convening: st.builds(
        Convening,
        group,
        st.sampled_from(["shared", "lead"]),
        st.sampled_from(["", "A/x"]),
        st.sampled_from(["working", "principals"]),
        amount,
        st.sampled_from([4.0, 8.0]),
        yes,
        yes,
    ),
    Programme: st.builds(Programme, st.sampled_from(["course", "seminar"]), group, amount, who),
    FollowUp: st.builds(
        FollowUp, group, st.sampled_from([("inspection",), ("inspection", "investigation")]), amount
    ),
    Recognition: st.builds(Recognition, who, who, st.sampled_from(["map", "agreement"])),
    Contact: st.builds(Contact, who, who),
    Mandate: st.builds(
        Mandate, st.sampled_from(["A", "B"]), st.sampled_from(["transit", "no_undercut"]), yes
    ),
    Planning: st.builds(Planning, group, yes, yes, yes, st.sampled_from(["", "donor_1"])),
    Checks: st.builds(Checks, who, st.sampled_from(["pre_licence", "post_shipment"]), amount, amount),
    Post: st.builds(Post, who, amount, st.sampled_from(["inspector", "liaison"])),
    Budget: st.builds(Budget, who, who, amount, st.sampled_from(["upkeep", "capture"])),
    Charge: st.builds(Charge, who, amount, amount, st.sampled_from(["a", "b"]), amount),
    Cascade: st.builds(Cascade, who, taught, amount, who, yes),
    TrainerPool: st.builds(TrainerPool, who, taught, amount),
    Exchange: st.builds(Exchange, who, who, amount, st.sampled_from([2.0, 4.0])),
}
FREE: dict[type, dict[str, st.SearchStrategy[Any]]] = {
    Channel: {"mean_delay_days": amount},
    Convening: {"per_year": amount},
    Programme: {"events_per_year": amount},
    FollowUp: {"hours_per_year": amount},
    Contact: {},
    Recognition: {"source": st.sampled_from(["map", "agreement"])},
    Mandate: {"value": yes},
    Planning: {
        "sees_commitments": yes,
        "shared_priorities": yes,
        "assessed": yes,
        "chair": st.sampled_from(["", "A/x"]),
    },
    Checks: {"per_year": amount},
    Post: {"staff": amount},
    Budget: {"thousand_usd_per_year": amount},
    Cascade: {"trainers_per_year": amount},
    TrainerPool: {"events_per_year": amount},
    Exchange: {"visits_per_year": amount},
    Charge: {"hours_per_year": amount, "thousand_usd_per_year": amount, "once_thousand_usd": amount},
}
"""What two arrangements of one kind and key may differ in, besides the order of those they name."""


@st.composite
def twin(draw: st.DrawFn, a: Arrangement) -> Arrangement:
    """An arrangement with the key of `a`."""
    other = {name: draw(values) for name, values in FREE[type(a)].items()}
    named = {f.name: getattr(a, f.name) for f in fields(a) if isinstance(getattr(a, f.name), tuple)}
    return replace(a, **other, **{name: tuple(draw(st.permutations(value))) for name, value in named.items()})


@st.composite
def mixture(draw: st.DrawFn) -> list[Arrangement]:
    """Arrangements of all kinds of which many have a twin."""
    singles = draw(st.lists(st.one_of(*STRATEGIES.values()), max_size=8))
    paired = singles and draw(st.lists(st.sampled_from(singles), max_size=6))
    return draw(st.permutations([*singles, *(draw(twin(a)) for a in paired)]))


mixed = mixture()


def test_every_kind_is_generated() -> None:
    assert set(STRATEGIES) == set(KINDS)


@given(st.data(), mixed)
def test_order_changes_nothing(data: st.DataObject, given_: list[Arrangement]) -> None:
    assert merge(data.draw(st.permutations(given_))) == merge(given_)


@given(mixed, mixed)
def test_grouping_changes_nothing(left: list[Arrangement], right: list[Arrangement]) -> None:
    assert merge([*merge(left), *merge(right)]) == merge([*left, *right])


@pytest.mark.parametrize("kind", KINDS, ids=[k.__name__ for k in KINDS])
@given(data=st.data())
def test_two_with_one_key_merge_alike_from_either_side(kind: type, data: st.DataObject) -> None:
    a = data.draw(STRATEGIES[kind])
    b = data.draw(twin(a))
    assert b.key == a.key
    once, twice = merge([a, b]), merge([b, a])
    assert once == twice
    assert len(once) == 1
    assert a.merge(b).key == a.key


@given(mixed)
def test_one_arrangement_a_key(given_: list[Arrangement]) -> None:
    keys = [(type(a).__name__, *a.key) for a in merge(given_)]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(type(a).__name__, *a.key) for a in given_}


ADDS = {
    Convening: "per_year",
    Programme: "events_per_year",
    Checks: "per_year",
    Post: "staff",
    Budget: "thousand_usd_per_year",
    Charge: "hours_per_year",
}


@given(mixed)
def test_what_adds_is_kept_in_all(given_: list[Arrangement]) -> None:
    before: dict[type, float] = defaultdict(float)
    after: dict[type, float] = defaultdict(float)
    for total, found in ((before, given_), (after, merge(given_))):
        for a in found:
            if type(a) in ADDS:
                total[type(a)] += getattr(a, ADDS[type(a)])
    assert before == after


@given(mixed)
def test_what_does_not_add_never_grows_beyond_the_best_given(given_: list[Arrangement]) -> None:
    merged = merge(given_)
    for channel in only(Channel, merged):
        assert channel.mean_delay_days == min(
            a.mean_delay_days for a in only(Channel, given_) if a.key == channel.key
        )
    for plan in only(FollowUp, merged):
        assert plan.hours_per_year == max(
            a.hours_per_year for a in only(FollowUp, given_) if a.key == plan.key
        )
    for mandate in only(Mandate, merged):
        assert mandate.value == any(a.value for a in only(Mandate, given_) if a.key == mandate.key)


@given(mixed)
def test_only_sorts_whatever_the_order_given(given_: list[Arrangement]) -> None:
    for kind in KINDS:
        found: list[Any] = only(kind, given_)
        assert found == only(kind, given_[::-1])
        assert len(found) == sum(isinstance(a, kind) for a in given_)
