"""Scenarios by the names that an address may say: of the library, of the given folder, of this session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stcsim.dashboard import running, sources
from stcsim.dashboard.limits import OWN_SCENARIOS, UPLOAD_BYTES
from stcsim.errors import InputError
from stcsim.scenario.library import folder as library


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    given = tmp_path / "results"
    given.mkdir()
    (given / "mine.yaml").write_text("extends: small_region\nformat: 1\nname: mine\n")
    (tmp_path / "secret.yaml").write_text("a secret")
    made = running.Running(given, tmp_path / "server")
    made.folder.mkdir()
    monkeypatch.setattr(running, "_running", made)
    yield given
    made.close()


def test_scenario_of_the_library_goes_by_its_name(results: Path) -> None:
    found = sources.source_of("small_region")
    assert found is not None
    assert found.in_library
    assert found.argv == "small_region"
    assert found.text == (library() / "small_region.yaml").read_text()
    assert found.spec.name == "small_region"


def test_file_of_the_given_folder_goes_by_its_own(results: Path) -> None:
    assert sources.files() == ("file:mine.yaml",)
    found = sources.source_of("file:mine.yaml")
    assert found is not None
    assert not found.in_library
    assert found.argv == "mine.yaml"
    assert found.spec.name == "mine"


def test_scenarios_go_by_their_titles(results: Path) -> None:
    assert sources.label_of("small_region") == "A producer and a hub (small region)"
    assert sources.label_of("file:mine.yaml") == "Mine.yaml"
    (results / "mine.yaml").write_text("title: 'Mine, with care' # so called\nname: mine\n")
    assert sources.label_of("file:mine.yaml") == "Mine, with care (mine.yaml)"
    (results / "mine.yaml").write_text("title: >-\n  long\nname: mine\n")
    assert sources.label_of("file:mine.yaml") == "Mine.yaml"
    assert "(yours)" in sources.label_of(sources.keep("title: Draft\n").name)


def test_study_is_no_scenario(results: Path) -> None:
    (results / "study.yaml").write_text("format: 1\nname: quick\nscenario: small_region\n")
    assert sources.files() == ("file:mine.yaml",)
    assert sources.source_of("file:study.yaml") is None


@pytest.mark.parametrize(
    "name",
    [
        "file:../secret.yaml",
        "file:/etc/passwd",
        "file:link.yaml",
        "../secret",
        "../../scenarios/small_region",
        "/etc/passwd",
        "own:../../results",
        "own:000000000000",
        "",
        "\0",
    ],
)
def test_no_name_leads_elsewhere(results: Path, name: str) -> None:
    (results / "link.yaml").symlink_to(results.parent / "secret.yaml")
    assert sources.source_of(name) is None


def test_own_scenario_is_kept_for_its_session_alone(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (library() / "small_region.yaml").read_text()
    kept = sources.keep(text)
    assert kept.name.startswith("own:")
    assert sources.source_of(kept.name) == kept
    assert sources.own() == (kept.name,)
    assert kept.spec.name == "small_region"
    monkeypatch.setattr(sources, "session_key", lambda: "somebody else")
    assert sources.source_of(kept.name) is None
    assert sources.own() == ()


def test_own_scenario_extends_the_library_and_no_other_file(results: Path) -> None:
    good = sources.keep("format: 1\nname: mine\nextends: small_region\n")
    assert good.spec.name == "mine"
    for path in (results / "mine.yaml", "../../../results/mine.yaml"):
        kept = sources.keep(f"format: 1\nname: mine\nextends: {path}\n")
        with pytest.raises(InputError, match="outside"):
            kept.spec  # noqa: B018 - reading it is what fails


def test_problems_name_no_folder_of_the_server(results: Path) -> None:
    kept = sources.keep("format: 1\nname: mine\ncountries: 3\nnonsense: 1\n")
    with pytest.raises(InputError) as caught:
        kept.spec  # noqa: B018 - reading it is what fails
    assert str(results.parent) not in str(caught.value)
    assert all(problem.file == "scenario.yaml" for problem in caught.value.problems)


def test_too_large_a_text_is_refused_before_it_is_kept(results: Path) -> None:
    with pytest.raises(InputError, match="more than"):
        sources.keep("#" * (UPLOAD_BYTES + 1))
    assert sources.own() == ()


def test_oldest_own_scenarios_make_room(results: Path) -> None:
    names = [sources.keep(f"# {n}\n").name for n in range(OWN_SCENARIOS + 3)]
    assert len(sources.own()) == OWN_SCENARIOS
    assert sources.source_of(names[-1]) is not None
    assert sources.source_of(names[0]) is None
