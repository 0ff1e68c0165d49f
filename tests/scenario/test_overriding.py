"""Values laid on a file: typed by YAML, at paths by position or identity; problems are said like the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.scenario.loading import Loaded, load
from tests.scenario.files import HEAD, lines, write

TEXT = f"""\
{HEAD}countries:
  - id: A
    will: 0.3
    agencies: [{{role: legislature, staff: 3}}]
  - id: B
    checkpoints: [{{kind: sea, count: 2}}]
arms:
  - name: one
    mechanisms: {{frontline_channel: {{countries: [A]}}}}
"""


def laid(folder: Path, *settings: str) -> Loaded:
    return load(write(folder, TEXT), settings)


def test_paths_by_position_and_by_identity(tmp_path: Path) -> None:
    spec = laid(
        tmp_path,
        "countries[1].will=0.9",
        "countries[A].agencies[legislature].staff=7.5",
        "countries[B].checkpoints[sea].inspectors=12",
        "arms[one].mechanisms.frontline_channel.mean_delay_days=4",
        "time.counted_weeks=10",
        "parameters.firms.margin=0.25",
        "title= A title of words ",
    ).spec
    assert spec.countries[1].will == 0.9
    assert spec.countries[0].agencies[0].staff == 7.5
    assert spec.countries[1].checkpoints[0].inspectors == 12.0
    assert spec.arms[0].chosen()[0].model_dump()["mean_delay_days"] == 4.0
    assert spec.arms[0].chosen()[0].model_dump()["countries"] == ("A",)
    assert (spec.time.counted_weeks, spec.parameters.firms.margin) == (10, 0.25)
    assert spec.title == "A title of words"


def test_values_are_yaml(tmp_path: Path) -> None:
    spec = laid(
        tmp_path,
        "headline=[total_cost, attempts]",
        "countries[A].law={transit: false}",
        "countries[A].law.catch_all=false",
        "countries[A].name='NO'",
        "countries[A].will=",
    ).spec
    assert spec.headline == ("total_cost", "attempts")
    assert (spec.countries[0].law.transit, spec.countries[0].law.catch_all) == (False, False)
    assert spec.countries[0].name == "NO"
    assert spec.countries[0].will == 0.4, "nothing takes the value away"


def test_a_mechanism_can_be_added_and_taken_away(tmp_path: Path) -> None:
    spec = laid(
        tmp_path, "arms[one].mechanisms.leadership_engagement={}", "arms[one].mechanisms.frontline_channel=~"
    ).spec
    assert [m.name for m in spec.arms[0].chosen()] == ["leadership_engagement"]


def test_a_path_twice_is_refused(tmp_path: Path) -> None:
    found = lines(tmp_path, TEXT, "countries[A].will=0.5", "countries[A].will = 0.6")
    assert found == ["--set  countries[A].will: this is given twice. Give it once."]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("countries[0].will=0.5", "countries[A].will=0.6"),
        ("time.counted_weeks=52", "time={counted_weeks: 60}"),
        ("time={counted_weeks: 60, warm_up_weeks: 13}", "time.counted_weeks=52"),
        ("headline=[attempts, total_cost]", "headline[1]=diversions"),
        ("countries[A].agencies[0].staff=4", "countries[A].agencies=[{role: legislature}]"),
        ("countries[B].checkpoints[sea].count=4", "countries[1].checkpoints[0]={kind: air}"),
        ("countries[A].will=0.5", "countries[0].will="),
    ],
)
def test_nor_may_one_setting_replace_what_another_gives(tmp_path: Path, earlier: str, later: str) -> None:
    (found,) = lines(tmp_path, TEXT, earlier, later)
    path, first = later.partition("=")[0], earlier.partition("=")[0]
    said = f"this replaces what '{first}' gives. Give one of them, or a part each."
    assert found == f"--set  {path}: {said}"


def test_a_part_may_be_added_to_what_was_laid(tmp_path: Path) -> None:
    spec = laid(
        tmp_path,
        "arms[one].mechanisms.leadership_engagement={}",
        "arms[one].mechanisms.leadership_engagement.lead_time=7",
        "countries[B].id=Z",
        "countries[Z].name=Zed",
    ).spec
    (added,) = (m for m in spec.arms[0].chosen() if m.name == "leadership_engagement")
    assert added.lead_time == 7
    assert (spec.countries[1].id, spec.countries[1].name) == ("Z", "Zed")


def test_a_path_that_cannot_be_printed_is_said_once_and_made_visible(tmp_path: Path) -> None:
    (found,) = lines(tmp_path, TEXT, "a\x1b[31mb=1", "a\x1b[31mb=1")
    assert found.startswith("--set  'a\ufffd[31mb' is no path.")


def test_the_origin_says_what_was_set(tmp_path: Path) -> None:
    loaded = laid(tmp_path, "countries[0].will=0.5", "countries[B].will=0.6")
    assert [c.will for c in loaded.spec.countries] == [0.5, 0.6]
    assert str(loaded.origin["countries[0].will"]) == "--set"
    assert loaded.overrides == ("countries[0].will=0.5", "countries[B].will=0.6")


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("countries[A].will", "--set  'countries[A].will' gives no value. Write path=value."),
        ("=3", "--set  a path is missing. Write path=value."),
        ("[0]=3", "--set  '[0]' is no path. Write keys with dots, entries in brackets: a.b[0].c."),
        ("a..b=3", "--set  'a..b' is no path. Write keys with dots, entries in brackets: a.b[0].c."),
        ("a b=3", "--set  'a b' is no path. Write keys with dots, entries in brackets: a.b[0].c."),
        ("countries[C].will=1", "--set  countries[C].will: there is no entry 'C'. Known here: A, B."),
        (
            "countries[9].will=1",
            "--set  countries[9].will: there is no entry [9]: the list has 2, counted from 0.",
        ),
        ("name[0]=1", "--set  name[0]: there is no list to choose an entry of."),
        ("name.x=1", "--set  name.x: there are no keys where 'x' should stand."),
        ("countries.will=1", "--set  countries.will: there are no keys where 'will' should stand."),
        ("countries[A].wil=1", "--set  countries[0].wil: unknown key. Did you mean 'will'?"),
        ("countries[A].will=2", "--set  countries[0].will: 2 is above the maximum 1 (share)."),
        ("countries[A].will=.nan", "--set  countries[A].will: NaN and infinities are no values."),
        ("countries[A].name=!x 1", "--set  countries[A].name: tags are not taken."),
        ("countries[A].name=[", "--set  countries[A].name: not valid YAML"),
        (
            "parameters.firms.magin=1",
            "--set  parameters.firms.magin: unknown parameter. Did you mean 'margin'?",
        ),
        ("time.counted_weeks=0.5", "--set  time.counted_weeks: 0.5 stands where a whole number belongs."),
        ("headline=[nothing_like_it]", "--set  headline[0]: 'nothing_like_it' is no outcome."),
        ("name=" + "x" * 20_000, "--set  name: this is no value."),
        ("name=a\x1bb", "--set  name: this is no value."),
        ("arms[on].label=x", "--set  arms[on].label: there is no entry 'on'. Did you mean 'one'?"),
    ],
)
def test_what_is_wrong(tmp_path: Path, setting: str, line: str) -> None:
    said = lines(tmp_path, TEXT, setting)
    assert len(said) == 1
    assert said[0].startswith(line)
    assert len(said[0]) < 400


def test_problems_of_settings_and_of_the_file_come_together(tmp_path: Path) -> None:
    said = lines(tmp_path, TEXT.replace("will: 0.3", "will: 3"), "nowhere", "countries[B].will=9")
    assert [line.split(":")[0].split(" ")[0] for line in said] == ["", "--set", "--set"]
