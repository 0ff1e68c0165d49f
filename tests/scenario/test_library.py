"""The library: found by name, a current schema, every number with its basis, the regions as promised."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.composing import compose
from stcsim.scenario.library import find, folder, names
from stcsim.scenario.loading import load
from stcsim.scenario.nodes import leaves
from stcsim.scenario.reading import read
from stcsim.scenario.roster import roster
from stcsim.scenario.schema import schema, schema_text
from stcsim.scenario.spec import ScenarioSpec
from stcsim.scenario.starter import SCHEMA_LINE
from stcsim.sources import sources
from tests.scenario.files import MINIMAL, write

every = pytest.mark.parametrize("name", names())


@every
def test_a_scenario_is_called_like_its_file(name: str) -> None:
    loaded = load(name)
    assert loaded.spec.name == name
    assert loaded.spec.title
    assert loaded.spec.question.endswith("?")


@every
def test_editors_find_the_schema(name: str) -> None:
    assert find(name).read_text(encoding="utf-8").startswith(f"{SCHEMA_LINE}\n")


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_the_scenario_of_a_challenge_shows_one_of_its_outcomes(challenge: str) -> None:
    row = CHALLENGES[challenge]
    assert set(row.outcomes) & set(load(row.scenario).spec.headline)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("new_system", "political_will"),
        ("transshipment_hub", "consistency"),
        ("graduation", "upkeep_funded"),
        ("donor_crowd", "stat_events"),
        ("emerging_technology", "technology_leaks"),
        ("island_state", "attendance_poorest"),
    ],
)
def test_headlines_answer_the_question(name: str, outcome: str) -> None:
    assert outcome in load(name).spec.headline
    assert any(c.scenario == name and outcome in c.outcomes for c in CHALLENGES.values())


def test_the_schema_is_current() -> None:
    found = (folder() / "schema.json").read_text(encoding="utf-8")
    assert found == schema_text(), "stcsim schema > scenarios/schema.json"


def _spec_schema(name: str) -> Any:
    return schema()["$defs"][name]


def test_the_schema_describes_every_key_with_its_unit() -> None:
    for name, definition in schema()["$defs"].items():
        for key, said in definition.get("properties", {}).items():
            assert said.get("description"), f"{name}.{key}"
    assert _spec_schema("CheckpointSpec")["properties"]["traffic"]["description"].endswith(
        "Unit: declarations/yr."
    )
    assert set(_spec_schema("MechanismSet")["properties"]) == set(MECHANISMS)
    assert schema()["additionalProperties"] is False
    assert "extends" in schema()["properties"]
    json.dumps(schema(), allow_nan=False)


def test_a_schema_that_would_refuse_the_library_is_no_schema() -> None:
    found = schema()
    for name in names():
        node, _ = compose(read(find(name)))
        assert node is not None
        for steps, _leaf in leaves(node):
            _assert_known(found, found, steps)


def _assert_known(root: dict[str, Any], part: dict[str, Any], steps: tuple[str | int, ...]) -> None:
    """Follow steps through a schema: each has to be a property, or an entry of a list."""
    while "$ref" in part:
        part = root["$defs"][part["$ref"].rpartition("/")[2]]
    if not steps:
        return
    forms = [f for key in ("oneOf", "anyOf") for f in part.get(key, []) if "required" not in f]
    if isinstance(steps[0], int):
        lists = [f for f in (part, *forms) if f.get("type") == "array"]
        assert lists, steps
        _assert_known(root, lists[0].get("items", {}), steps[1:])
        return
    if forms and "properties" not in part:
        part = next(f for f in forms if f.get("type") != "array")
        _assert_known(root, part, steps)
        return
    assert steps[0] in part["properties"], steps
    _assert_known(root, part["properties"][steps[0]], steps[1:])


@every
def test_every_number_has_its_basis_on_its_line(name: str) -> None:
    path = find(name)
    node, _ = compose(read(path))
    assert node is not None
    text = path.read_text(encoding="utf-8").splitlines()
    known = {"assumed", "chosen", *sources()}
    for steps, leaf in leaves(node):
        value = getattr(leaf, "value", None)
        if steps == ("format",) or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        line = text[leaf.place.line - 1]
        said = set(re.findall(r"\w+", line.partition("#")[2]))
        assert said & known, f"{name}.yaml:{leaf.place.line}: {line.strip()}"


def test_the_reference_region_is_the_one_that_was_asked_for() -> None:
    spec = load("reference_region").spec
    found = roster(spec)
    assert len(spec.countries) == 4
    assert 90 <= sum(h.kind != "stretch" for h in found.holders) <= 110
    assert sum(g.count for g in found.firm_groups) == 2000
    assert (len(spec.donors), len(spec.networks)) == (3, 6)
    assert (spec.time.warm_up_weeks, spec.time.counted_weeks) == (104, 260)
    for country in spec.countries:
        assert 7 <= len(country.agencies) <= 15
    assert [c.competence for c in spec.countries] == [0.62, 0.5, 0.34, 0.28]
    assert [c.will for c in spec.countries] == [0.6, 0.4, 0.35, 0.25]
    assert [{p.traffic for p in c.checkpoints} for c in spec.countries] == [{3e5}, {4e5}, {1.5e5}, {5e4}]
    assert sum(not c.law.shares_data_on_nationals for c in spec.countries) == 2
    shares = {
        k: sum(g.count for g in found.firm_groups if g.firm_class == k) / 2000 for k in ("large", "sme")
    }
    assert shares == {"large": 0.05, "sme": 0.8}
    assert len(spec.arms) >= 10
    chosen = {m.name for arm in spec.arms for m in arm.chosen()}
    assert chosen == {
        "leadership_engagement",
        "industry_outreach",
        "training_programme",
        "train_the_trainer",
        "post_shipment_checks",
        "information_sharing_agreement",
        "frontline_channel",
        "interagency_working_group",
        "coordinating_entity",
        "donor_coordination",
        "capacity_capture",
        "ecosystem_mapping",
        "legal_clearance",
        "additional_staff",
    }


def test_the_small_region_is_small() -> None:
    spec = load("small_region").spec
    found = roster(spec)
    assert len(spec.countries) == 2
    assert 20 <= len(found.holders) <= 30
    assert sum(g.count for g in found.firm_groups) == 300
    assert (len(spec.donors), len(spec.networks)) == (2, 2)
    assert (spec.time.warm_up_weeks, spec.time.counted_weeks) == (26, 104)
    assert [a.name for a in spec.arms] == ["frontline_channel", "training_programme", "donor_coordination"]


def test_the_large_exporter_is_large() -> None:
    spec = load("large_exporter").spec
    found = roster(spec)
    posts = [p for c in spec.countries for p in c.checkpoints]
    assert sum(p.count for p in posts) == 40
    assert sum(p.count * p.traffic for p in posts) == 30e6
    assert sum(g.count for g in found.firm_groups) == 100_000
    assert sum(h.kind in ("agency", "partner") for h in found.holders) == 400
    assert spec.time.counted_weeks == 260


def test_a_file_goes_before_a_name_and_a_name_before_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small_region").mkdir()
    assert find("small_region") == folder() / "small_region.yaml"
    (tmp_path / "small_region").rmdir()
    write(tmp_path, MINIMAL, "small_region")
    assert load("small_region").spec.name == "s"
    (tmp_path / "mine").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        load("mine")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "smal_region",
            "there is no scenario 'smal_region' in the library, and no file of that name. Did you mean",
        ),
        ("", "there is no scenario '' in the library"),
        ("nothing", "there is no scenario 'nothing' in the library, and no file of that name."),
        ("x" * 9000, "there is no scenario 'xxx"),
        ("no/where.yaml", "no/where.yaml  is no file that exists."),
        ("nowhere.yaml", "nowhere.yaml  is no file that exists."),
    ],
)
def test_names_of_nothing(name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load(name)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_file_with_that_name_and_its_suffix_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, MINIMAL, "mine.yaml")
    with pytest.raises(InputError, match=re.escape("Did you mean 'mine.yaml'?")):
        load("mine")


def test_a_scenario_made_by_a_program_is_the_same_as_one_from_a_file() -> None:
    spec = load("small_region").spec
    assert ScenarioSpec.model_validate_json(spec.model_dump_json()) == spec
