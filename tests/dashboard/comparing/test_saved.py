"""Comparisons among the results: listed, opened by their names alone, asked again from the same scenario."""

from __future__ import annotations

import html
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("solara")

import stcsim
from stcsim.dashboard import running
from stcsim.dashboard.address import read
from stcsim.dashboard.comparing.asking import Asked, fields
from stcsim.dashboard.comparing.opened import brief_text
from stcsim.dashboard.comparing.saved import (
    UNREADABLE,
    open_saved,
    repeat_of,
    saved_in,
    saved_named,
    scenario_of,
)
from stcsim.dashboard.sources import label_of, source_of
from stcsim.errors import InputError

SHORT = ("time.warm_up_weeks=14", "time.counted_weeks=52")
ARMS = ["frontline_channel", "training_programme"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a comparison."""
    folder = tmp_path_factory.mktemp("written") / "first"
    stcsim.compare("small_region", ARMS, replications=2, overrides=SHORT, jobs=1).save(folder)
    return folder


@pytest.fixture
def results(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the results of a server: one comparison in a folder of its own, and one that lies outside."""
    given = tmp_path / "results"
    shutil.copytree(written, given / "spring" / "first")
    shutil.copytree(written, tmp_path / "secret")
    (given / "link").symlink_to(tmp_path / "secret")
    made = running.Running(given, tmp_path / "server")
    made.folder.mkdir()
    monkeypatch.setattr(running, "_running", made)
    yield given
    made.close()


def test_a_saved_comparison_says_what_it_is(results: Path) -> None:
    (found,) = saved_in(results)
    assert (found.name, found.title, found.arms) == ("spring/first", "A producer and a hub", tuple(ARMS))
    assert found.asked == Asked(tuple(ARMS), 2, 0, 1, staff=False)
    assert found.label.startswith("A producer and a hub · 2 arms · 2 runs · ")
    assert found.label.endswith(" (spring/first)")
    assert found.date.endswith(" UTC")
    assert found == saved_named("spring/first")


def test_the_address_names_a_folder_below_the_results_and_nothing_else(results: Path) -> None:
    assert read("saved=spring/first", fields())["saved"] == "spring/first"
    for name in ("link", "../secret", "/etc", "spring", "spring/first/", "spring/../spring/first", "none"):
        values = read(f"saved={name}", fields())
        assert values["saved"] == ""
        assert len(values.notes) == 1, name
        assert saved_named(name) is None
        assert source_of(f"saved:{name}") is None
        with pytest.raises(InputError):
            open_saved(name)


def test_it_is_shown_with_the_numbers_that_were_written(results: Path) -> None:
    shown = open_saved("spring/first")
    document = json.loads((results / "spring" / "first" / "comparison.json").read_text())
    for outcome in shown.effects.headline:
        for arm in ARMS:
            told = document["outcomes"][outcome]["differences"][arm]
            e = shown.effects.get(arm, outcome)
            assert (e.mean, e.pairs, e.verdict) == (
                told["mean"],
                2,
                told["verdict"].split()[0] if e.clear else e.verdict,
            )


def test_what_was_set_aside_the_library_is_asked_again_from_its_own_file(results: Path) -> None:
    saved = saved_named("spring/first")
    assert saved is not None
    source = scenario_of(saved)
    assert source is not None
    assert source.name == "saved:spring/first", "its times are not those of the library"
    assert not source.in_library
    assert source.spec.time.counted_weeks == 52
    assert label_of(source.name) == "A producer and a hub (spring/first)"
    repeat = repeat_of(saved, source)
    assert repeat.command.startswith(
        "stcsim compare small_region --arms frontline_channel,training_programme"
    )
    assert "--set time.counted_weeks=52" in repeat.command
    assert [name for name, _ in repeat.files] == ["scenario.resolved.yaml"]
    assert "stands in for small_region" in repeat.note


def test_what_the_library_has_is_asked_again_there(results: Path) -> None:
    from stcsim.study.keys import scenario_hash

    path = results / "spring" / "first" / "comparison.json"
    document = json.loads(path.read_text())
    document["provenance"]["scenario_hash"] = scenario_hash(stcsim.load("small_region"))
    path.write_text(json.dumps(document))
    saved = saved_named("spring/first")
    assert saved is not None
    source = scenario_of(saved)
    assert source is not None
    assert source.name == "small_region"
    assert repeat_of(saved, source).files == ()


def test_no_command_names_a_place_of_this_machine(results: Path) -> None:
    path = results / "spring" / "first" / "comparison.json"
    document = json.loads(path.read_text())
    document["provenance"]["command"] = "stcsim compare /home/somebody/mine.yaml --replications 2"
    path.write_text(json.dumps(document))
    saved = saved_named("spring/first")
    assert saved is not None
    assert (
        repeat_of(saved, source_of("saved:spring/first")).command
        == "stcsim compare mine.yaml --replications 2"
    )
    page = brief_text(results / "spring" / "first", "results/spring/first")
    assert str(results) not in page
    assert "stcsim compare results/spring/first/scenario.resolved.yaml" in page
    assert "--out results/spring/first-more" in page


def test_the_brief_of_a_job_names_the_scenario_that_was_asked_for(written: Path) -> None:
    page = brief_text(written)
    assert str(written.parent) not in page
    assert "stcsim compare small_region --arms frontline_channel,training_programme" in page
    assert "--out first-more" in page


@pytest.mark.parametrize("source", ["small_region", "scenario.yaml", "my region.yaml"])
@pytest.mark.parametrize("ended", [True, False])
def test_no_brief_of_a_job_names_the_folder_of_the_server(
    written: Path, tmp_path: Path, source: str, ended: bool
) -> None:
    folder = tmp_path / "stcsim-dashboard-7-ab_1" / "jobs" / "0f" / "result"
    shutil.copytree(written, folder)
    document = json.loads((folder / "comparison.json").read_text())
    facts = document["provenance"]
    facts["command"] = shlex.join(["stcsim", "compare", source, "--replications", "2", "--seed", "1"])
    facts["complete"] = ended
    (folder / "comparison.json").write_text(json.dumps(document))
    page = html.unescape(brief_text(folder))
    assert "stcsim-dashboard" not in page
    assert str(tmp_path) not in page
    commands = re.findall("stcsim compare ('[^']*'|[^ ]+)", page)
    # One to go on with, one that repeats it: what a reader has is the scenario that was asked for.
    assert commands == [shlex.quote(source)] * 2


def _torn(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "series.parquet").unlink(), "lacks series.parquet"),
        (_torn("runs.parquet", "PAR1"), "holds tables that cannot be read"),
        (_torn("comparison.json", "{"), "holds a comparison.json that cannot be read"),
        (_torn("comparison.json", "[]"), "holds a comparison.json that cannot be read"),
        (_torn("scenario.resolved.yaml", "[}"), ""),
    ],
)
def test_a_damaged_folder_is_a_plain_line(results: Path, spoil: Callable[[Path], None], said: str) -> None:
    folder = results / "spring" / "first"
    spoil(folder)
    with pytest.raises(InputError) as raised:
        open_saved("spring/first")
    line = str(raised.value)
    assert said in line
    assert str(results.parent) not in line
    assert "\n" not in line
    saved_in(results)


def test_what_nobody_has_foreseen_is_a_plain_line_too(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path) -> None:
        raise KeyError(str(folder))

    monkeypatch.setattr("stcsim.dashboard.comparing.saved.shown", broken)
    with pytest.raises(InputError, match=UNREADABLE.rstrip(".")):
        open_saved("spring/first")
