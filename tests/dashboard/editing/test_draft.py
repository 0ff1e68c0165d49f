"""A text read for a form: problems at their fields, names to choose from, parts in order."""

from __future__ import annotations

from stcsim.dashboard.editing.draft import read_draft
from stcsim.dashboard.editing.form import rows
from stcsim.dashboard.editing.known import fresh, names_of
from stcsim.dashboard.editing.outline import outline, part_at
from stcsim.scenario.library import folder
from stcsim.scenario.reading import SIZE_LIMIT

TEXT = (folder() / "small_region.yaml").read_text(encoding="utf-8")


def test_what_is_right_has_no_problems() -> None:
    draft = read_draft(TEXT)
    assert draft.problems == ()
    assert draft.loaded is not None
    assert draft.notes == ()
    assert draft.line(("time", "counted_weeks")) == 15
    assert draft.line(("parameters",)) == 0


def test_problems_stand_at_their_fields_with_their_lines() -> None:
    text = (
        TEXT.replace("will: 0.6", "will: 6")
        .replace("home: Maravel", "home: Atlantis")
        .replace("frontline_channel: {}", "frontline_channel: {lead_time: soon}")
        .replace("label: Training programme", "lable: Training programme")
        .replace("  step_days: 7", "  step_days: 5")
    )
    draft = read_draft(text, "mine.yaml")
    assert draft.loaded is None
    found = {p.steps: p.problem for p in draft.problems}
    assert set(found) == {
        ("time", "step_days"),
        ("countries", 0, "will"),
        ("arms", 0, "mechanisms", "frontline_channel", "lead_time"),
        ("arms", 1, "lable"),
    }
    for problem in found.values():
        word = problem.path.rpartition(".")[2]
        assert word in text.splitlines()[problem.line - 1]
        assert problem in draft.lines[problem.line]
        assert problem.file == "mine.yaml"
    assert len(draft.within(("arms",))) == 2
    assert len(draft.within(())) == 4
    # what no single field can know is said once all fields are right
    (home,) = read_draft(TEXT.replace("home: Maravel", "home: Atlantis")).problems
    assert home.steps == ("networks", 0, "home")


def test_what_cannot_be_read_has_problems_and_no_parts() -> None:
    for text in ("", "a: [", "- 1\n", "a: \x00", "x" * (SIZE_LIMIT + 2)):
        draft = read_draft(text)
        assert draft.problems
        assert draft.root is None
        assert [c.label for c in outline(draft).children][:2] == ["Countries", "Partners"]


def test_a_long_path_is_found_by_its_line() -> None:
    key = "k" * 200
    draft = read_draft(f"{TEXT}\n{key}: 1\n")
    (problem,) = draft.problems
    assert problem.steps[0] != ""


def test_notes_say_what_is_said_in_vain() -> None:
    draft = read_draft(TEXT.replace("frontline_channel: {}", "frontline_channel: {start: 500}"))
    assert any("would take effect in week" in note for note in draft.notes)


def test_parts() -> None:
    draft = read_draft(TEXT)
    root = outline(draft)
    parts = {p.steps: p for p in root.walk()}
    assert parts[("countries",)].size == 2
    assert parts[("countries", 0)].label == "Orsund (producer)"
    assert parts[("countries", 0, "agencies", 2)].label == "Customs headquarters"
    assert parts[("countries", 1, "law")].size == 5
    assert parts[("donors", 0)].label == "donor_1"
    assert parts[("arms", 0)].label == "Frontline channel"
    assert parts[("arms", 0, "mechanisms", "frontline_channel")].kind == "entry"
    assert ("parameters", "firms") in parts
    assert part_at(root, ("countries", 0, "agencies", 2, "staff")).steps == ("countries", 0, "agencies", 2)
    assert part_at(root, ("nonsense",)).steps == ()


def test_where_an_arrow_leads_back_to() -> None:
    def back(text: str) -> str:
        draft = read_draft(text)
        part = part_at(outline(draft), ("time",))
        return next(row.back for row in rows(draft, part) if row.field.name == "counted_weeks")

    assert back(TEXT) == "the default: 260 weeks"
    assert back("extends: small_region\nname: a\ntime: {counted_weeks: 5}\n") == "what holds without it"
    assert back("extends: small_region\nname: a\n") == ""


def test_names_of_the_scenario_itself() -> None:
    for text in (TEXT, TEXT.replace("will: 0.6", "will: 6")):
        draft = read_draft(text)
        assert names_of(draft, "countries") == ("Orsund", "Maravel")
        assert names_of(draft, "donors") == ("donor_1", "donor_2")
        assert "Maravel/customs_headquarters" in names_of(draft, "holders")
        assert "post" in names_of(draft, "bodies")
    assert "Maravel/sea_1" in names_of(read_draft(TEXT), "posts")
    assert "diversions" in names_of(read_draft(""), "outcomes")
    assert names_of(read_draft(""), "nonsense") == ()
    assert fresh("a", ["b"]) == "a"
    assert fresh("a_2", ["a_2", "a_3"]) == "a_4"
