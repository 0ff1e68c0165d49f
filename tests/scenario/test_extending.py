"""What a file takes from the one that it extends, that places survive, and that nothing strays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stcsim.errors import InputError
from stcsim.scenario import library
from stcsim.scenario.extending import CHAIN_LIMIT
from stcsim.scenario.loading import load, load_text
from tests.scenario.files import HEAD, MINIMAL, problems, write

BASE = f"""\
{HEAD.replace("name: s", "name: base")}title: Base
question: What?
headline: [diversions, total_cost]
countries:
  - id: A
    will: 0.3
    law: {{transit: false, catch_all: false}}
    agencies:
      - {{role: customs_headquarters, staff: 5}}
      - {{id: second, role: law_enforcement, staff: 6}}
    firms:
      - {{firm_class: sme, count: 10}}
      - {{firm_class: sme, sector: chemicals, count: 20}}
  - id: B
arms:
  - name: one
    mechanisms:
      frontline_channel: {{mean_delay_days: 5, post_hours: 10}}
      training_programme: {{}}
"""


def said(folder: Path, text: str, base: str = BASE) -> list[str]:
    write(folder, base, "base.yaml")
    return [str(p).replace(str(folder) + "/", "") for p in problems(write(folder, text))]


def test_the_extending_file_wins_and_the_rest_is_inherited(tmp_path: Path) -> None:
    write(tmp_path, BASE, "base.yaml")
    text = """\
extends: base.yaml
name: s
title: Mine
headline: [attempts]
countries:
  - id: C
  - id: A
    law: {transit: true}
    agencies:
      - {role: legislature}
      - {role: customs_headquarters, staff: 9}
      - {id: second, authority: 0.7}
    firms:
      - {firm_class: sme, sector: chemicals, count: 99}
arms:
  - name: one
    mechanisms:
      frontline_channel: {mean_delay_days: 2}
      training_programme: null
  - name: two
    mechanisms: {leadership_engagement: {}}
"""
    loaded = load(write(tmp_path, text))
    spec = loaded.spec
    assert (spec.name, spec.title, spec.question, spec.headline) == ("s", "Mine", "What?", ("attempts",))
    a = spec.countries[0]
    assert [c.id for c in spec.countries] == ["A", "B", "C"]
    assert (a.will, a.law.transit, a.law.catch_all) == (0.3, True, False)
    assert [(g.role, g.staff, g.authority) for g in a.agencies] == [
        ("customs_headquarters", 9.0, 0.5),
        ("law_enforcement", 6.0, 0.7),
        ("legislature", 10.0, 0.5),
    ]
    assert [(f.sector, f.count) for f in a.firms] == [("general", 10), ("chemicals", 99)]
    one, two = spec.arms
    assert [m.name for m in one.chosen()] == ["frontline_channel"]
    assert one.chosen()[0].model_dump()["mean_delay_days"] == 2.0
    assert one.chosen()[0].model_dump()["post_hours"] == 10.0
    assert two.name == "two"
    # Each value knows the file that says it.
    origin = loaded.origin
    assert str(origin["countries[0].will"]).endswith("base.yaml:8")
    assert str(origin["countries[0].law.transit"]).endswith("s.yaml:8")
    assert str(origin["countries[0].agencies[1].staff"]).endswith("base.yaml:12")
    assert str(origin["countries[0].agencies[1].authority"]).endswith("s.yaml:12")
    assert [Path(f.name).name for f in loaded.files] == ["s.yaml", "base.yaml"]


def test_null_takes_a_value_away_so_that_the_default_holds(tmp_path: Path) -> None:
    write(tmp_path, BASE, "base.yaml")
    text = "extends: base.yaml\nname: s\nheadline: null\ncountries:\n  - {id: A, will: null}\n"
    spec = load(write(tmp_path, text)).spec
    assert spec.countries[0].will == 0.4
    assert len(spec.headline) == 4


def test_an_empty_list_and_a_new_one_replace(tmp_path: Path) -> None:
    write(tmp_path, BASE.replace("arms:\n", "channels: []\narms:\n"), "base.yaml")
    spec = load(write(tmp_path, "extends: base.yaml\nname: s\nheadline: [total_cost]\n")).spec
    assert spec.headline == ("total_cost",)


def test_a_name_is_not_inherited(tmp_path: Path) -> None:
    assert said(tmp_path, "extends: base.yaml\n") == [
        "s.yaml:1:1  name: this is required and missing. Name of the scenario, as its file is called."
    ]


def test_a_chain_is_followed_from_each_file_on(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path, BASE, "base.yaml")
    write(tmp_path / "deep", "extends: ../base.yaml\nname: m\ncountries:\n  - {id: B, will: 0.9}\n", "m.yaml")
    spec = load(write(tmp_path, "extends: deep/m.yaml\nname: s\n")).spec
    assert [c.will for c in spec.countries] == [0.3, 0.9]


def test_a_scenario_of_the_library_can_be_extended_from_anywhere(tmp_path: Path) -> None:
    spec = load(write(tmp_path, "extends: small_region\nname: s\ntime: {counted_weeks: 10}\n")).spec
    assert spec.time.counted_weeks == 10
    assert len(spec.countries) == 2


def test_cycles(tmp_path: Path) -> None:
    assert said(tmp_path, "extends: s.yaml\nname: s\n") == [
        "s.yaml:1:1  extends: this leads in a circle: 's.yaml' to 's.yaml'. Take one of these 'extends' out."
    ]
    base = "extends: s.yaml\nname: base\n"
    assert said(tmp_path, "extends: base.yaml\nname: s\n", base) == [
        "base.yaml:1:1  extends: this leads in a circle: 's.yaml' to 'base.yaml' to 's.yaml'. "
        "Take one of these 'extends' out."
    ]


def test_a_link_is_no_way_round_the_search_for_cycles(tmp_path: Path) -> None:
    (tmp_path / "again.yaml").symlink_to(tmp_path / "s.yaml")
    assert "in a circle" in said(tmp_path, "extends: again.yaml\nname: s\n")[0]


def test_a_chain_has_an_end(tmp_path: Path) -> None:
    for i in range(CHAIN_LIMIT + 1):
        write(tmp_path, f"extends: c{i + 1}.yaml\nname: s\n", f"c{i}.yaml")
    assert str(problems(tmp_path / "c0.yaml")[0]).endswith(
        f"c{CHAIN_LIMIT - 1}.yaml:1:1  extends: more than {CHAIN_LIMIT} files extend one another."
    )


@pytest.mark.parametrize(
    "target", ["../outside.yaml", "link.yaml", "folder/../../outside.yaml", "/etc/hostname.yaml"]
)
def test_strays(tmp_path: Path, target: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    outside = write(tmp_path, MINIMAL, "outside.yaml")
    (home / "link.yaml").symlink_to(outside)
    (home / "folder").mkdir()
    (line,) = [str(p) for p in problems(write(home, f"extends: {target}\nname: s\n"))]
    assert "lies outside the folder of the file that was named and outside the library" in line
    assert ":1:1  extends:" in line


def test_what_is_extended_cannot_lead_out_of_the_folder_either(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    write(tmp_path, MINIMAL, "outside.yaml")
    write(home, "extends: ../outside.yaml\nname: m\n", "m.yaml")
    (line,) = [str(p) for p in problems(write(home, "extends: m.yaml\nname: s\n"))]
    assert "m.yaml:1:1  extends: this lies outside" in line
    assert "../outside" not in line


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_cannot_be_extended(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for target, reason in (
        ("none.yaml", "it is no file that exists"),
        ("folder.yaml", "it is a folder"),
        ("pipe.yaml", "it is a pipe"),
        ("'a\\0'", "no file that exists"),
        ("'a/\u2028b.yaml'", "no file that exists"),
        ("smal_region", "is no scenario of the library. Did you mean 'small_region'?"),
        ("[a]", "has to be the name or path of one scenario"),
        ("", "has to be the name or path of one scenario"),
        ("3", "has to be the name or path of one scenario"),
    ):
        (line,) = said(tmp_path, f"extends: {target}\nname: s\n")
        assert line.startswith("s.yaml:1:1  extends: ")
        assert reason in line


SECRET = "Kq7secret"


@pytest.mark.parametrize(
    "base",
    [
        f"{MINIMAL}{SECRET}: 1\n",
        f"{MINIMAL}    {SECRET}: {{x: 1}}\n",
        f"{MINIMAL}    will: {SECRET}\n",
        f"{MINIMAL}    will: '{SECRET}'\n",
        f"{MINIMAL}    name: [{SECRET}]\n",
        f"{MINIMAL}    law: {{transit: {SECRET}}}\n",
        f"{MINIMAL}    firms: [{{firm_class: {SECRET}, count: 1}}]\n",
        f"{MINIMAL}networks: [{{id: n, home: {SECRET}}}]\n",
        f"{MINIMAL}headline: [{SECRET}]\n",
        f"{MINIMAL}arms: [{{name: a, mechanisms: {{frontline_channel: {{countries: [{SECRET}]}}}}}}]\n",
        f"{MINIMAL}arms: [{{name: a, mechanisms: {{training_programme: {{activities: [{SECRET}]}}}}}}]\n",
        f"{MINIMAL}arms: [{{name: a, mechanisms: {{{SECRET}: {{}}}}}}]\n",
        f"{MINIMAL}  - id: {SECRET}\n  - id: {SECRET}\n",
        f"{MINIMAL}x: {{{SECRET}: 1, {SECRET}: 2}}\n",
        f"{MINIMAL}x: !{SECRET} 1\n",
        f"{MINIMAL}x: *{SECRET}\n",
        f"{SECRET}\n",
        f"{MINIMAL}\n  {SECRET}: [\n",
        f"{MINIMAL}%{SECRET}\n  - 'x",
        f"extends: {SECRET}\nname: x\n",
        f"extends: {SECRET}/x.yaml\nname: x\n",
        f"extends: [{SECRET}]\nname: x\n",
        f"{MINIMAL}donors: [{{id: d, countries: [{SECRET}, {SECRET}]}}]\n",
        f"{MINIMAL}channels: [{{source: {SECRET}, target: {SECRET}, mean_delay_days: 3}}]\n",
        f"{MINIMAL}shocks: {{{SECRET}: {{}}}}\n",
        f"{MINIMAL}parameters: {{{SECRET}: {{}}}}\n",
    ],
)
def test_nothing_of_an_extended_file_is_quoted(tmp_path: Path, base: str) -> None:
    text = "extends: base.yaml\nname: s\ncountries:\n  - {id: A, will: 2}\n"
    for line in said(tmp_path, text, base):
        assert SECRET not in line
        assert SECRET.lower() not in line.lower()


def test_a_name_of_an_extended_file_is_not_offered_as_a_repair(tmp_path: Path) -> None:
    base = f"{HEAD}countries:\n  - id: {SECRET}\n"
    (line,) = said(tmp_path, f"extends: base.yaml\nname: s\nnetworks: [{{id: n, home: {SECRET}x}}]\n", base)
    assert "Did you mean" not in line


def test_the_library_is_in_the_checkout() -> None:
    assert {"small_region", "reference_region"} <= set(library.names())


def test_text_of_no_file_extends_the_library_and_no_file(tmp_path: Path) -> None:
    spec = load_text(b"extends: small_region\nname: mine\ntime: {counted_weeks: 52}\n", "mine.yaml").spec
    assert (spec.name, spec.time.counted_weeks, spec.time.warm_up_weeks) == ("mine", 52, 26)
    secret = write(tmp_path, BASE, "secret.yaml")
    for name in (str(secret), "secret.yaml", "../secret.yaml", "/etc/passwd"):
        with pytest.raises(InputError, match="is no scenario of the library") as caught:
            load_text(f"extends: {name}\nname: mine\n".encode(), "mine.yaml")
        assert [(p.file, p.line, p.path) for p in caught.value.problems] == [("mine.yaml", 1, "extends")]
