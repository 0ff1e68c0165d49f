"""What the documentation shows works: scenarios load, mistakes read as printed, the mechanism conforms."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from stcsim.api.results import ComparisonResult
from stcsim.engine.engine import Engine
from stcsim.errors import InputError
from stcsim.mechanisms import Mechanism
from stcsim.mechanisms.base import REGISTRY
from stcsim.scenario.arms import resolve_arms
from stcsim.scenario.loading import load
from stcsim.scenario.spec import ScenarioSpec
from tests.conformance import test_mechanisms as conformance
from tests.docs.pages import PAGES, ROOT, blocks, shell_lines
from tests.regions import raw_region, spec_of

SCENARIOS = ROOT / "docs" / "scenarios.md"
MECHANISMS = ROOT / "docs" / "mechanisms.md"


def _save(text: str, folder: Path) -> str:
    """Write a block into a folder under the name in its first line; return that name."""
    name = text.splitlines()[0].removeprefix("#").strip()
    assert name.endswith(".yaml"), "the first line of an example names its file"
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_what_the_readme_calls_exists() -> None:
    (text,) = blocks(ROOT / "README.md", "python")
    compile(text, "README.md", "exec")
    named = re.findall(r"result\.(\w+)", text)
    assert named
    for name in named:
        assert hasattr(ComparisonResult, name), name
    call = re.search(r'stcsim\.compare\("(\w+)", \[([^]]+)\]', text)
    assert call is not None
    arms = [arm.strip().strip('"') for arm in call[2].split(",")]
    assert len(resolve_arms(arms, load(call[1]).spec)) == len(arms)


def test_arms_named_on_command_lines_exist() -> None:
    for page in PAGES:
        for line in shell_lines(page):
            named = re.search(r"compare reference_region .*--arms (\S+)", line)
            if named:
                resolve_arms(named[1].split(","), load("reference_region").spec)


def test_settings_shown_fit_the_reference_region() -> None:
    """A loop's variable stands for each of its values."""
    shown: list[str] = []
    for page in PAGES:
        lines = list(shell_lines(page))
        loops = dict(m.groups() for line in lines if (m := re.match(r"for (\w+) in (.+); do", line)))
        for setting in (x for line in lines for x in re.findall(r"--set (\S+)", line)):
            path, _, value = setting.partition("=")
            values = loops[value[1:]].split() if value.startswith("$") else [value]
            shown += [f"{path}={own}" for own in values]
    assert len(shown) > 3
    for setting in shown:
        assert load("reference_region", [setting]).overrides == (setting,)


def test_every_scenario_shown_passes_every_check(tmp_path: Path) -> None:
    names = [_save(text, tmp_path) for text in blocks(SCENARIOS, "yaml")]
    assert len(names) >= 4
    for name in names:
        loaded = load(tmp_path / name)
        assert loaded.spec.name == Path(name).stem


def test_the_example_of_precedence_ends_as_it_says(tmp_path: Path) -> None:
    for text in blocks(SCENARIOS, "yaml"):
        _save(text, tmp_path)
    reference = load("reference_region").spec
    found = load(tmp_path / "stricter_hub.yaml").spec
    assert found.time.counted_weeks == 156
    assert found.time.warm_up_weeks == reference.time.warm_up_weeks
    assert found.headline == ("diversions", "diversions_third_country", "total_cost")
    assert [c.id for c in found.countries] == [c.id for c in reference.countries]
    hub = next(c for c in found.countries if c.id == "Maravel")
    before = next(c for c in reference.countries if c.id == "Maravel")
    assert hub.law.catch_all
    assert not before.law.catch_all
    assert not hub.law.brokering
    assert len(hub.agencies) == len(before.agencies)
    assert next(a.staff for a in hub.agencies if a.role == "intelligence") == 20
    assert len(found.arms) == len(reference.arms)


def test_mistakes_are_reported_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in blocks(SCENARIOS, "yaml"):
        _save(text, tmp_path)
    (wrong,) = blocks(SCENARIOS, "yaml wrong")
    (said,) = blocks(SCENARIOS, "text")
    with pytest.raises(InputError) as found:
        load(_save(wrong, tmp_path))
    assert str(found.value).strip() == said.strip()


@pytest.fixture
def example(tmp_path: Path) -> Iterator[ModuleType]:
    """The worked example as a module, taken out of the registry afterwards."""
    (text,) = blocks(MECHANISMS, "python")
    path = tmp_path / "contact_desks.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("contact_desks", path)
    assert spec is not None
    assert spec.loader is not None
    before = set(REGISTRY)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]
    for name in set(REGISTRY) - before:
        del REGISTRY[name]


def test_the_example_of_a_mechanism_conforms(example: ModuleType) -> None:
    kind: type[Mechanism] = example.ContactDesks
    assert REGISTRY[kind.name] is kind
    for check in (
        conformance.test_answers_and_sources_are_known,
        conformance.test_route_is_exactly_what_it_arranges_besides_charges,
        conformance.test_nothing_is_free,
        conformance.test_round_trips_through_json_and_pickle,
        conformance.test_same_answer_each_time_and_whatever_the_order_of_the_roster,
        conformance.test_inert_at_coverage_zero,
        conformance.test_more_coverage_only_adds,
        conformance.test_every_quantity_has_a_range_to_sweep_that_holds_its_default,
        conformance.test_it_reads_nothing_but_the_view,
        conformance.test_asked_of_nobody_it_wants_nothing_and_says_what_is_missing,
        conformance.test_it_ends_after_it_starts,
    ):
        check(kind)


def test_the_example_of_a_mechanism_works_in_a_run(example: ModuleType) -> None:
    spec: ScenarioSpec = spec_of(raw_region(warm_up=4, counted=8))
    mechanism = example.ContactDesks(lead_time=4)
    engine = Engine.begin(spec, [3]).warm().branch([0, 0], [(), (mechanism,)])
    for _ in range(4):
        engine.step()
    assert np.ptp(engine.state.holders.added_liaison.reshape(2, -1), axis=0).max() == 0, "lead time"
    engine.finish()
    without, staffed = engine.state.holders.added_liaison.reshape(2, -1).sum(axis=1)
    assert without == 0
    assert staffed == 3, "one officer for each of three countries"
    costs = engine.state.ledger.total("cost_national")
    assert costs[1] > costs[0]
