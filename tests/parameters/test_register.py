"""The assumption register is complete, sensible and traceable."""

from __future__ import annotations

import math
import re
import subprocess
import sys

import pytest
from pydantic import ValidationError

from stcsim.parameters import FirmParameters, Parameters, register
from stcsim.sources import sources
from stcsim.spec import ASSUMED, QuantityInfo

REGISTER = register()
SWEPT = [q for q in REGISTER if q.sweep is not None]


def build(path: str, value: float) -> Parameters:
    group, name = path.split(".")
    return Parameters.model_validate({group: {name: value}})


def test_register_lists_every_field_of_every_group_once() -> None:
    declared = [
        f"{group}.{name}"
        for group, info in Parameters.model_fields.items()
        for name in info.annotation.model_fields
    ]
    assert [q.path for q in REGISTER] == declared
    assert len(set(declared)) == len(declared)


@pytest.mark.parametrize("q", REGISTER, ids=lambda q: q.path)
def test_each_parameter_is_described_and_bounded(q: QuantityInfo) -> None:
    assert q.text.endswith((".", '."')), "one or two plain sentences"
    assert len(q.text) > 20
    assert q.unit
    assert q.low is not None
    assert q.high is not None
    assert q.low <= q.default <= q.high
    if q.sweep is not None:
        assert q.low <= q.sweep[0] <= q.default <= q.sweep[1] <= q.high
        assert q.sweep[0] < q.sweep[1]


@pytest.mark.parametrize("q", REGISTER, ids=lambda q: q.path)
def test_each_bound_is_enforced(q: QuantityInfo) -> None:
    assert q.low is not None
    assert q.high is not None
    wrong = [q.low - 1, q.high + 1, math.nan, math.inf, "1", True, None]
    for value in wrong:
        with pytest.raises(ValidationError):
            build(q.path, value)


@pytest.mark.parametrize("q", SWEPT, ids=lambda q: q.path)
def test_both_ends_of_each_sweep_are_accepted(q: QuantityInfo) -> None:
    assert q.sweep is not None
    group, name = q.path.split(".")
    for end in q.sweep:
        assert getattr(getattr(build(q.path, end), group), name) == end


def test_every_sampled_world_is_valid() -> None:
    """Joint corners of the sweeps: rules between parameters never reject a world that a sweep can draw."""
    for corner in (0, 1):
        for flipped in SWEPT:
            table: dict[str, dict[str, float]] = {}
            for q in SWEPT:
                assert q.sweep is not None
                group, name = q.path.split(".")
                table.setdefault(group, {})[name] = q.sweep[1 - corner if q is flipped else corner]
            Parameters.model_validate(table)


def test_awareness_may_not_live_without_outreach() -> None:
    with pytest.raises(ValidationError, match=r"contagion 0\.3 has to be below awareness_decay 0\.3"):
        FirmParameters(contagion=0.3)


def test_parameters_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        Parameters().firms.margin = 1.0
    with pytest.raises(ValidationError):
        Parameters.model_validate({"firms": {"markup": 1.0}})


def test_parameters_round_trip_through_json() -> None:
    changed = build("adversary.choice_intensity", 3.5)
    assert Parameters.model_validate_json(changed.model_dump_json()) == changed
    assert changed != Parameters()


def test_every_basis_is_assumed_or_a_known_source() -> None:
    known = set(sources())
    unknown = {q.path: q.basis for q in REGISTER if q.basis != ASSUMED and q.basis not in known}
    assert unknown == {}


def test_a_source_with_a_derived_figure_says_so_where_it_is_used() -> None:
    """A default that rests on arithmetic tells its reader what was done."""
    table = sources()
    words = re.compile(r"derived|fitted|discounted|rounded", re.IGNORECASE)
    silent = [
        q.path
        for q in REGISTER
        if q.basis != ASSUMED and table[q.basis].confidence == "D" and not words.search(q.text)
    ]
    assert silent == []


def test_the_register_needs_no_numpy() -> None:
    """``stcsim check`` starts quickly only while specs stay free of the numerical libraries."""
    code = (
        "import sys, stcsim.parameters as p, stcsim.sources as s; p.register(); s.sources(); "
        "sys.exit(any(m in sys.modules for m in ('numpy', 'scipy', 'pandas', 'mesa')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
