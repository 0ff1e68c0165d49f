"""Twins of the benchmarks state one law, and what does not is refused a ratio."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stcsim
from benchmarks.agreement import DisagreementError, check_totals, check_twins
from benchmarks.interleaved import ROOT, Ratio, Timing, Variant, VariantError, measure
from benchmarks.outcome import Found, page
from benchmarks.rows import NAMES
from benchmarks.rows.growth import exponent
from benchmarks.settings import Settings
from benchmarks.twins import (
    awareness_mesa,
    awareness_stcsim,
    hot_mesa,
    hot_stcsim,
    screening_mesa,
    screening_stcsim,
)
from benchmarks.twins.awareness_columns import write_columns
from benchmarks.twins.hot_columns import write_world
from stcsim.actors.country import CountrySpec
from stcsim.scenario.spec import ScenarioSpec

SMALL = {"consignments": 1_500.0, "checkpoints": 20}


def timing(label: str, *seconds: float, totals: dict[str, float] | None = None) -> Timing:
    return Timing(label, seconds, tuple([totals or {"n": 1.0}] * len(seconds)), 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(("enumerate_all", "batch"), [(True, False), (False, False), (False, True)])
def test_screening_has_the_totals_of_its_mesa_twin(enumerate_all: bool, batch: bool) -> None:
    """Forty weeks of twenty posts: 4,000 violations, of which about 350 are inspected, so a tenth shows."""
    mesa = screening_mesa.build(**SMALL, batch=batch)
    ours = screening_stcsim.build(**SMALL, weeks=4, enumerate_all=enumerate_all)
    check_totals([mesa() for _ in range(40)], [ours() for _ in range(40)], "screening", 1 / 4)


def test_awareness_is_that_of_its_mesa_twin(tmp_path: Path) -> None:
    columns = tmp_path / "columns.npz"
    write_columns(columns, 400)
    ours, mesa = awareness_stcsim.build(400, days=3)(), awareness_mesa.build(str(columns), days=3)()
    assert ours["awareness"] == pytest.approx(mesa["awareness"], rel=1e-12)
    assert awareness_stcsim.build(400, days=4)()["awareness"] != pytest.approx(ours["awareness"], rel=1e-6)


def test_the_hottest_processes_have_the_totals_of_their_mesa_twin(tmp_path: Path) -> None:
    """A year of ten small, busy regions: much is known, read, listed, selected, inspected and held."""
    spec = busy()
    ours, seeds, weeks = [], range(1, 11), 52
    hot = hot_stcsim.Hot(spec, seeds)
    hot.take(weeks)
    totals = hot.totals()
    ours = [{name: float(values[r]) for name, values in totals.items()} for r in range(len(seeds))]
    mesa = []
    for seed in seeds:
        write_world(world := tmp_path / "world.json", spec, seed)
        mesa.append(hot_mesa.build(str(world), weeks, seed, agents_as_consignments=False)())
    assert set(ours[0]) == set(mesa[0])
    for name in set(ours[0]):
        assert sum(t[name] for t in mesa) > 10, name
    check_totals(ours, mesa, "the hottest processes")


def busy() -> ScenarioSpec:
    """Return a small region with little trade, whose posts inspect much of it, and with much information."""
    spec = stcsim.load(
        "small_region",
        (
            "parameters.information.intelligence_rate=6",
            "parameters.information.delay_domestic=30",
            "parameters.information.delay_cross_border=60",
            "parameters.information.item_life=0.25",
            "parameters.information.reading_share=0.5",
            "parameters.information.sender_capacity=4000",
            "parameters.information.report_rate=0.4",
            "parameters.screening.inspected_share=0.2",
            "parameters.screening.false_hits_per_listing=3",
            "parameters.adversary.attempts=150",
        ),
    )

    def quiet(country: CountrySpec) -> CountrySpec:
        posts = tuple(p.model_copy(update={"traffic": p.traffic / 200}) for p in country.checkpoints)
        return country.model_copy(update={"checkpoints": posts})

    return spec.model_copy(update={"countries": tuple(quiet(c) for c in spec.countries)})


def test_the_twin_of_the_hottest_processes_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    spec = stcsim.load("small_region", ("structure.contagion=threshold",))
    with pytest.raises(ValueError, match="switches"):
        write_world(tmp_path / "world.json", spec)


def test_the_documentation_tells_every_row() -> None:
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == [*NAMES]
    words = " ".join(re.findall(r"-m benchmarks ([^#\n]*)", text)).split()
    source = (ROOT / "benchmarks" / "__main__.py").read_text(encoding="utf-8")
    assert {w for w in words if w.startswith("--")} <= set(re.findall(r'"(--[a-z-]+)"', source))
    assert {w for w in words if w.isidentifier()} <= set(NAMES)


def test_other_laws_are_noticed() -> None:
    one = [{"n": 100.0 + k % 3} for k in range(10)]
    check_totals(one, [{"n": 99.0 + k % 4} for k in range(10)], "like")
    with pytest.raises(DisagreementError, match="n differs"):
        check_totals(one, [{"n": 104.0 + k % 4} for k in range(10)], "unlike")
    with pytest.raises(DisagreementError, match="no total"):
        check_totals(one, [{"m": 1.0}], "strangers")
    with pytest.raises(DisagreementError, match="a and b"):
        check_twins([timing("a", 1.0), timing("b", 1.0, totals={"n": 2.0})], (1, 1))


def test_variants_run_in_turn_in_processes_of_their_own() -> None:
    fast = Variant("counted", "benchmarks.twins.screening_stcsim:build", {**SMALL, "weeks": 2}, 2)
    found = measure([fast, fast], rounds=2)
    assert [len(t.seconds) for t in found] == [2, 2]
    assert found[0].totals == found[1].totals
    with pytest.raises(VariantError, match="status"):
        measure([Variant("nobody", "benchmarks.twins.nobody:build")])


def test_ratios_carry_their_spread() -> None:
    ratio = Ratio.of(timing("slow", 4.0, 6.0, 5.0), timing("fast", 2.0, 1.0, 1.0))
    assert (ratio.value, ratio.low, ratio.high) == (5.0, 2.0, 6.0)


def test_the_exponent_is_the_steepest_part() -> None:
    assert exponent((1, 10, 100), (1.0, 1.0, 10.0)) == pytest.approx(1.0)


def test_the_page_says_what_was_reached() -> None:
    found = Found()
    found.times("work", "peer", Ratio(70.0, 60.0, 80.0), 60, "1 and 70 ms")
    found.most("memory", "nothing", 300.0, 200, "bytes")
    found.left_out("awareness", "peer", "no index within reach")
    text = page({"awareness": found}, Settings())
    assert "| work | peer | 70 times (60 to 80) | at least 60 | yes | 1 and 70 ms |" in text
    assert "| memory | nothing | 300 bytes | at most 200 bytes | no |  |" in text
    assert "not measured" in text
