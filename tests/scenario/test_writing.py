"""What is written means what was read: shown scenarios load to the same, keys follow the world alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.composing import compose
from stcsim.scenario.library import names
from stcsim.scenario.loading import Loaded, load
from stcsim.scenario.nodes import plain
from stcsim.scenario.reading import Source
from stcsim.scenario.resolving import arm_content, canonical_json, content
from stcsim.scenario.starter import starter
from stcsim.scenario.writing import difference, scalar_text, yaml_text
from tests.scenario.files import HEAD, write

TEXT = f"""\
{HEAD}title: "Über 'alles': yes"
countries:
  - id: A
    name: NO
    law: {{transit: false}}
    agencies: [{{role: customs_headquarters, staff: 5}}, {{role: defence}}]
    firms: [{{firm_class: sme, count: 10}}]
  - id: B
    will: 0.25
donors: [{{id: x}}, {{id: y, budget: 10}}]
networks: [{{id: n, home: A, wanted: [manpads]}}]
shocks:
  conflict: {{at_week: 10, country: A}}
arms:
  - name: one
    mechanisms:
      frontline_channel: {{mean_delay_days: 2}}
      interagency_working_group: [{{level: working}}, {{level: principals, per_year: 2}}]
"""


@pytest.mark.parametrize("origin", [False, True])
@pytest.mark.parametrize("name", [*names(), ""])
def test_what_is_shown_loads_to_the_same(tmp_path: Path, name: str, origin: bool) -> None:
    loaded = load(name or write(tmp_path, TEXT))
    again = load(write(tmp_path, yaml_text(loaded, origin), "again.yaml"))
    assert again.spec == loaded.spec
    assert difference(loaded, again) == []


def remarks(loaded: Loaded) -> dict[str, str]:
    found = {}
    for line in yaml_text(loaded, origin=True).splitlines():
        value, mark, remark = line.partition("  # ")
        if mark:
            found[value.strip()] = remark
    return found


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    write(tmp_path, TEXT, "base.yaml")
    path = write(tmp_path, "extends: base.yaml\nname: s\ncountries:\n  - {id: B, competence: 0.3}\n")
    found = remarks(load(path, ["donors[x].budget=77"]))
    assert found["will: 0.25"].endswith("base.yaml:11")
    assert found["competence: 0.3"].endswith("s.yaml:4")
    assert found["budget: 77.0"] == "--set"
    assert found["mean_delay_days: 2.0"].endswith("base.yaml:19")
    assert found["per_year: 2.0"].endswith("base.yaml:20")
    assert found["- at_week: 10"].endswith("base.yaml:15")
    assert found["wanted: [manpads]"].endswith("base.yaml:13")
    assert found["fine_multiple: 3.0"] == "register, uk_penalties"
    assert found["upkeep: 0.5"] == "default, assumed"


@given(st.one_of(st.text(max_size=40), st.booleans(), st.integers(-(10**20), 10**20), st.none()))
def test_every_scalar_comes_back(value: object) -> None:
    # Control characters and lone surrogates are refused in files; labels of programs may hold them.
    text = scalar_text(value)
    if isinstance(value, str) and not all(c.isprintable() for c in value):
        return
    node, wrong = compose(Source("f", text=f"a: {text}\nb: [{text}]\n"))
    assert not wrong
    assert node is not None
    assert plain(node) == {"a": value, "b": [value]}


@pytest.mark.parametrize(
    "word", ["yes", "Off", "null", "1e3", "010", "0x1", "12:30", "a: b", "a #b", "- a", ""]
)
def test_words_that_another_reader_would_take_for_something_else_are_quoted(word: str) -> None:
    assert scalar_text(word) == f'"{word}"'


def test_difference_tells_entries_apart_by_identity(tmp_path: Path) -> None:
    one = load(write(tmp_path, TEXT))
    changed = (
        TEXT.replace("will: 0.25", "will: 0.5")
        .replace("{role: defence}", "{role: regulator}")
        .replace("mean_delay_days: 2", "mean_delay_days: 4")
        .replace("donors: [{id: x}, {id: y, budget: 10}]", "donors: [{id: y, budget: 10}, {id: x}]")
    )
    assert difference(one, load(write(tmp_path, changed, "other.yaml"))) == [
        '- countries[A].agencies[defence].id: ""',
        '- countries[A].agencies[defence].name: ""',
        "- countries[A].agencies[defence].role: defence",
        "- countries[A].agencies[defence].staff: 10.0",
        "- countries[A].agencies[defence].authority: 0.5",
        "- countries[A].agencies[defence].interest: null",
        "- countries[A].agencies[defence].competence: null",
        "~ countries[B].will: 0.25 -> 0.5",
        "~ arms[one].mechanisms.frontline_channel[0].mean_delay_days: 2.0 -> 4.0",
        '+ countries[A].agencies[regulator].id: ""',
        '+ countries[A].agencies[regulator].name: ""',
        "+ countries[A].agencies[regulator].role: regulator",
        "+ countries[A].agencies[regulator].staff: 10.0",
        "+ countries[A].agencies[regulator].authority: 0.5",
        "+ countries[A].agencies[regulator].interest: null",
        "+ countries[A].agencies[regulator].competence: null",
    ]


def key(folder: Path, text: str) -> str:
    return canonical_json(content(load(write(folder, text)).spec))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: s", "name: other"),
        ('title: "Über', 'title: "Unter'),
        ("name: NO", "name: YES"),
        ("- name: one", "- name: two\n    label: Two"),
        ("{id: x}, {id: y, budget: 10}", "{id: y, budget: 10.0, name: Why}, {id: x}"),
        ("{role: defence}]", "{id: defence, role: defence, staff: 10}]"),
        ("format: 1", "format: 1\nheadline: [attempts]"),
        ("law: {transit: false}", "law: {transit: false, detention_working_days: 10.0}"),
        ("mean_delay_days: 2", "mean_delay_days: 9"),
    ],
)
def test_wording_order_and_arms_change_no_key(tmp_path: Path, before: str, after: str) -> None:
    assert before in TEXT
    assert key(tmp_path, TEXT.replace(before, after, 1)) == key(tmp_path, TEXT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("will: 0.25", "will: 0.26"),
        ("{transit: false}", "{transit: true}"),
        ("{id: x}", "{id: z}"),
        ("at_week: 10", "at_week: 11"),
        ("format: 1", "format: 1\nparameters: {firms: {margin: 0.3}}"),
        ("format: 1", "format: 1\ntime: {counted_weeks: 261}"),
        ("format: 1", "format: 1\nstructure: {adversary: none}"),
    ],
)
def test_every_change_of_the_world_changes_the_key(tmp_path: Path, before: str, after: str) -> None:
    assert key(tmp_path, TEXT.replace(before, after, 1)) != key(tmp_path, TEXT)


def test_the_content_of_an_arm_is_the_same_for_every_order() -> None:
    chosen = [kind() for kind in MECHANISMS.values()]
    assert canonical_json(arm_content(chosen)) == canonical_json(arm_content(chosen[::-1]))
    assert len({canonical_json(arm_content([m])) for m in chosen}) == len(chosen)
    assert arm_content([]) == []


def test_the_starter_passes_every_check(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, starter("mine", ("diversions",))))
    assert loaded.spec.name == "mine"
    assert len(loaded.spec.arms) == 2
