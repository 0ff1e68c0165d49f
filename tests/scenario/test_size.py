"""A population, horizon or volume that cannot be held is refused from counts, before anything is made."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from stcsim.scenario import size as sizes
from stcsim.scenario.loading import load
from stcsim.scenario.size import MEMORY_SHARE, machine_memory, refusal, size
from stcsim.scenario.spec import ScenarioSpec
from tests.scenario.files import HEAD, lines, write

A = f"{HEAD}countries:\n  - id: A\n"


def spec(folder: Path, rest: str = "") -> ScenarioSpec:
    return load(write(folder, A + rest)).spec


def test_counts_are_exact(tmp_path: Path) -> None:
    found = size(
        spec(
            tmp_path,
            "    agencies: [{role: defence}]\n    checkpoints: [{kind: sea, count: 5}]\n"
            "    stretches: [{kind: green, count: 3}]\n    partners: [{kind: media}]\n"
            "    firms: [{firm_class: sme, count: 40}, {firm_class: large, count: 2}]\n"
            "partners: [{kind: multilateral}]\ntime: {warm_up_weeks: 4, counted_weeks: 6, step_days: 1}\n",
        )
    )
    assert (found.holders, found.firms, found.steps) == (11, 42, 70)


@pytest.mark.parametrize(
    "more",
    [
        "    firms: [{firm_class: sme, count: 100000}]\n",
        "    checkpoints: [{kind: sea, count: 900}]\n",
        "networks: [{id: n, home: A, attempts: 5000}]\n",
        "time: {counted_weeks: 2000}\n",
        "time: {step_days: 1}\n",
    ],
)
def test_more_of_anything_takes_more(tmp_path: Path, more: str) -> None:
    few, many = size(spec(tmp_path)), size(spec(tmp_path, more))
    assert many.seconds > few.seconds
    assert many.memory >= few.memory


def test_volume_of_ordinary_trade_is_free(tmp_path: Path) -> None:
    rest = "    checkpoints: [{{kind: sea, traffic: {}}}]\n"
    assert size(spec(tmp_path, rest.format(1))) == size(spec(tmp_path, rest.format(1e9)))


@pytest.mark.parametrize(
    ("rest", "counted"),
    [
        ("    firms: [" + "{firm_class: sme, count: 10000000}, " * 60 + "]\n", "600,000,000 firms"),
        ("    checkpoints: [" + "{kind: sea, count: 1000}, " * 900 + "]\n", "900,000 holders"),
        (
            "    firms: [{firm_class: sme, count: 9000000, exports_per_year: 10000}]\n",
            "consignments of interest",
        ),
        (
            "    checkpoints: [{kind: sea, count: 1000}]\nnetworks: ["
            + "".join(f"{{id: n{i}, home: A, attempts: 10000, fronts: 100, skill: 0.1}}, " for i in range(99))
            + "]\ntime: {counted_weeks: 2600, step_days: 1}\n",
            "consignments of interest",
        ),
    ],
)
def test_what_cannot_be_held_is_refused_at_once(tmp_path: Path, rest: str, counted: str) -> None:
    began = time.process_time()
    (line,) = lines(tmp_path, A + rest)
    assert time.process_time() - began < 5
    assert "one run would take about" in line
    assert counted in line
    assert line.endswith(("Lower counts, rates or the horizon.", "Lower counts or the horizon."))


def test_a_run_that_takes_days_is_refused() -> None:
    firms = {"firm_class": "sme", "count": 10_000_000, "exports_per_year": 0}
    region = {"name": "s", "countries": [{"id": c, "firms": [firms]} for c in "AB"]}
    horizon = {"warm_up_weeks": 2000, "counted_weeks": 2600, "step_days": 1}
    few = size(ScenarioSpec.model_validate_json(json.dumps(region)))
    many = size(ScenarioSpec.model_validate_json(json.dumps({**region, "time": horizon})))
    assert refusal(few, memory=1e15) is None
    refused = refusal(many, memory=1e15)
    assert refused is not None
    assert " h (0 holders, 20,000,000 firms" in refused[0]


def test_the_machine_decides(tmp_path: Path) -> None:
    found = size(spec(tmp_path))
    assert refusal(found, memory=found.memory / MEMORY_SHARE * 1.01) is None
    refused = refusal(found, memory=found.memory / MEMORY_SHARE * 0.99)
    assert refused is not None
    assert "this machine has" in refused[0]


def test_memory_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1e8 < machine_memory() < 1e14
    monkeypatch.setattr(sizes, "_limits", list)
    assert machine_memory() == 4e9


def test_the_reference_region_fits_a_small_machine() -> None:
    assert refusal(load("reference_region").size, memory=1e9) is None
