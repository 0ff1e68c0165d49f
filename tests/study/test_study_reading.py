"""Study files: what is wrong with them, at which line, and what is written back."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.errors import InputError
from stcsim.study.points_table import points_table
from stcsim.study.study_reading import read_study
from stcsim.study.study_writing import files_of
from tests.study.studies import write_study
from tests.study.test_plan import CUBE, planned, study_file

WRONG = """\
format: 1
name: wrong
scenario: [small_region.yaml, {name: b, scenario: small_region.yaml, settings: [parameters.firms.marginx=1]}]
settings: [time.counted_weeks=9]
arms: [chanel, {name: mine, mechanisms: {capacity_capture: {countries: [Nowhere]}}}]
levers:
  mechanisms.capacity_capture.coverag: [1]
  mechanisms.frontline_channel.coverage: {low: 0.5, high: 3}
uncertainties: {firms.margin: null, parameters.firms.norm: {low: 3, high: 2}}
structure: {structure.captur: [rate], structure.capture: [rates]}
design: {kind: sobol, points: 8, levels: 3}
outcomes: [diversion]
weights: {diversions: -1}
replications: {until: {outcome: diversion, halfwidth: 5%}, min: 30}
"""


def problems_of(path: Path, text: str) -> list[tuple[int, str, str]]:
    """Return line, path and words of each problem of a file."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_study(path)
    assert all(p.file == str(path) for p in caught.value.problems)
    return [(p.line, p.path, f"{p.message}. {p.repair}") for p in caught.value.problems]


def test_every_problem_has_its_line_and_its_repair(tmp_path: Path) -> None:
    write_study(tmp_path)
    found = problems_of(tmp_path / "wrong.yaml", WRONG)
    assert [(line, path) for line, path, _ in found] == [
        (3, "scenario[1].settings[0]"),
        (5, "arms[0]"),
        (5, "arms[1].mechanisms.capacity_capture.countries[0]"),
        (7, "levers.mechanisms.capacity_capture.coverag"),
        (9, "uncertainties.firms.margin"),
        (9, "uncertainties.parameters.firms.norm.high"),
        (10, "structure.structure.captur"),
        (10, "structure.structure.capture[0]"),
        (11, "design.levels"),
        (12, "outcomes[0]"),
        (13, "weights.diversions"),
        (14, "replications.until.outcome"),
    ]
    repairs = {path: said for _, path, said in found}
    assert "Did you mean 'margin'?" in repairs["scenario[1].settings[0]"]
    assert "Did you mean 'channel'?" in repairs["arms[0]"]
    assert "Did you mean 'coverage'?" in repairs["levers.mechanisms.capacity_capture.coverag"]
    assert "Did you mean 'parameters.firms.margin'?" in repairs["uncertainties.firms.margin"]
    assert "Did you mean 'structure.capture'?" in repairs["structure.structure.captur"]
    assert "Known here: kind, seed, common_seeds, points, second_order." in repairs["design.levels"]


def test_names_are_checked_though_other_keys_are_wrong(tmp_path: Path) -> None:
    write_study(tmp_path)
    shapes = """\
name: wrong
scenario: small_region.yaml
arms: [chanel]
replications: 1
desing: {kind: worlds}
equal_cost: perhaps
outcomes: [diversion]
"""
    found = problems_of(tmp_path / "shapes.yaml", shapes)
    assert [(line, path) for line, path, _ in found] == [
        (1, "format"),
        (3, "arms[0]"),
        (4, "replications"),
        (5, "desing"),
        (6, "equal_cost"),
        (7, "outcomes[0]"),
    ]
    levers = shapes.replace("[chanel]", "[channel]\nlevers: {mechanisms.frontline_channel.coverag: [1]}")
    assert "levers.mechanisms.frontline_channel.coverag" in [
        path for _, path, _ in problems_of(tmp_path / "levers.yaml", levers)
    ]
    # What hangs on a key that is wrong is not judged: there is no scenario to look for arms in.
    without = shapes.replace("scenario: small_region.yaml", "scenario: 5")
    assert [path for _, path, _ in problems_of(tmp_path / "without.yaml", without)] == [
        "format",
        "scenario",
        "replications",
        "desing",
        "equal_cost",
        "outcomes[0]",
    ]


HEAD = "format: 1\nname: asked\nscenario: small_region.yaml\n"


@pytest.mark.parametrize(
    ("text", "line", "path", "said"),
    [
        ("design: {kind: sobl}", 4, "design.kind", "Did you mean 'sobol'?"),
        ("design: {kind: worlds, points: 3}", 4, "design", "needs something to vary"),
        ("uncertainties: all\ndesign: {kind: worlds}", 5, "design.points", "required and missing"),
        ("uncertainties: alll", 4, "uncertainties", "Did you mean 'all'?"),
        ("uncertainties: 5", 4, "uncertainties", "a list of paths or groups, or a mapping"),
        ("uncertainties: [parameters.trust]", 4, "uncertainties", "'design' is missing"),
        ("uncertainties: [parameters.trust]\ndesign: {seed: 2}", 4, "uncertainties", "the design is a list"),
        ("levers: {a: 3}", 4, "levers.a", "a mapping or a list belongs"),
        ("replications: 1", 4, "replications", "below the minimum 2"),
        ("replications: {until: {outcome: diversions, halfwidth: 5}}", 4, "replications.until", "percentage"),
        (
            "replications: {until: {outcome: diversions, halfwidth: -5%}}",
            4,
            "replications.until",
            "above 0%",
        ),
        ("structure: {structure.captured: [rate]}", 4, "structure.structure.captured", "'structure.capture'"),
        ("scenario2: x", 4, "scenario2", "Did you mean 'scenario'?"),
        (
            "arms: [channel, channel]",
            4,
            "arms",
            "named twice",
        ),
        (
            "design: {kind: list, values: [{parameters.firms.contagion: 9999}]}",
            4,
            "design.values[0].parameters.firms.contagion",
            "not allowed here",
        ),
        (
            "levers: {mechanisms.frontline_channel.coverage: [0.5, 2]}\ndesign: {kind: grid}",
            4,
            "levers.mechanisms.frontline_channel.coverage[1]",
            "cannot be set",
        ),
        (
            "uncertainties: [parameters.trust]\ndesign: {kind: grid, levels: 9}",
            5,
            "design",
            "more than 10,000,000",
        ),
        ("uncertainties: all\ndesign: {kind: grid, levels: 5}", 5, "design", "Name fewer things to vary"),
        (
            "uncertainties: all\ndesign: {kind: morris, trajectories: 10000}",
            5,
            "design",
            "more than 200,000,000 numbers",
        ),
        (
            "uncertainties: all\ndesign: {kind: latin_hypercube, points: 9999999}",
            5,
            "design",
            "more than 200,000,000 numbers",
        ),
        ("uncertainties: all\ndesign: {kind: sobol, points: 1048576}", 5, "design", "more than 10,000,000"),
    ],
)
def test_one_problem_one_line(tmp_path: Path, text: str, line: int, path: str, said: str) -> None:
    write_study(tmp_path)
    ((at, where, words),) = problems_of(tmp_path / "wrong.yaml", f"{HEAD}{text}\n")
    assert (at, where) == (line, path)
    assert said in words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "docs/studies.md shows how one begins"),
        ("# nothing yet\n", "docs/studies.md shows how one begins"),
        (f"{HEAD}---\nname: b\n", "A study file holds one."),
        ("# " + "x" * 1_048_577, "of a study file"),
    ],
)
def test_a_file_that_is_no_study_is_told_what_one_is(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_study(tmp_path / "wrong.yaml")


def test_a_scenario_that_is_not_there_is_said_where_it_is_named(tmp_path: Path) -> None:
    ((line, path, words),) = problems_of(tmp_path / "wrong.yaml", "format: 1\nname: a\nscenario: no.yaml\n")
    assert (line, path) == (3, "scenario")
    assert "'no.yaml' is no file that exists" in words


def test_what_is_written_gives_the_same_runs(tmp_path: Path) -> None:
    keys = {
        **CUBE,
        "settings": ["parameters.firms.margin=0.2"],
        "scenario": ["small_region.yaml", {"name": "other", "scenario": "small_region.yaml"}],
        "design": {"kind": "latin_hypercube", "points": 3},
    }
    plan = planned(tmp_path, **keys)
    folder = tmp_path / "elsewhere"
    for name, text in files_of(plan).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    again = read_study(folder / "study.yaml").plan

    def keys_of(p: object) -> list[str]:
        return [s.key for b in p.blocks(1) for s in b.specs()]

    assert keys_of(again) == keys_of(plan)
    assert again.names == plan.names


def test_points_as_a_table(tmp_path: Path) -> None:
    plan = planned(tmp_path, **CUBE, design={"kind": "latin_hypercube", "points": 3})
    table = points_table(plan)
    assert list(table["world"]) == [0, 1, 2, 3]
    assert list(table.columns[2:]) == [f.path for f in plan.points.factors]
    assert not table.isna().any().any()
    first = table.iloc[0]
    assert first["structure.capture"] == "rate"
    assert first["mechanisms.frontline_channel.mean_delay_days"] == 1.0
    assert first["parameters.firms.margin"] == plan.scenarios[0].parameters.firms.margin
    assert table["parameters.firms.margin"].nunique() == 4


def test_a_study_file_is_read_from_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = study_file(tmp_path)
    monkeypatch.chdir("/")
    assert read_study(path).plan.names == ("small_region",)
