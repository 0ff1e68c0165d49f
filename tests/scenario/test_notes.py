"""What a scenario says in vain is said before anything is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.cli import main
from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import ResolvedArm, arm_names, resolve_arms
from stcsim.scenario.library import names
from stcsim.scenario.loading import load
from stcsim.scenario.notes import notes
from stcsim.shocks import SHOCKS
from tests.scenario.files import HEAD, write

HERE = f"""\
{HEAD}time: {{warm_up_weeks: 0, counted_weeks: 104}}
countries:
  - {{id: A, agencies: [{{role: customs_headquarters}}], checkpoints: [{{kind: sea}}]}}
  - {{id: B}}
"""
DONORS = f"{HERE}donors: [{{id: d, countries: [A]}}]\n"
NETWORKS = f"{HERE}networks: [{{id: n, home: A}}]\n"
FEW = "networks: [{id: n, home: A}]\n"
WITHOUT_STRENGTH = {
    "budget_cut": "cut: 0",
    "conflict": "attempts: 1, passage: 1, patrols_lost: 0, will_lost: 0",
    "false_tip_wave": "per_year: 0",
    "insider": "share: 0",
    "leadership_change": "will_lost: 0",
    "new_route": "transit: 1, traffic: 1, passage: 1",
    "new_technology": "share: 0",
    "publicised_seizure": "will: 1, deterrence: 1, wariness: 1",
    "resource_scramble": "trade: 1, applications: 1, hurry: 1",
    "system_breakdown": "staff_lost: 0, exchange_lost: 0, skill_lost: 0, tools_lost: 0",
}


def said(folder: Path, text: str) -> tuple[str, ...]:
    return notes(load(write(folder, text)).spec, ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            f"{HERE}shocks: {{budget_cut: {{at_week: 104}}}}\n",
            "shocks.budget_cut: never strikes: week 104 is after the end (104 weeks counted, from week 0)",
        ),
        (
            f"{DONORS}shocks: {{donor_exit: {{at_week: 120, notice_weeks: 16}}}}\n",
            "shocks.donor_exit: never strikes: week 120",
        ),
        (f"{HERE}shocks: {{donor_exit: {{at_week: 1}}}}\n", "shocks.donor_exit: does nothing: no such donor"),
        (
            f"{DONORS}shocks: {{donor_exit: {{at_week: 1, donor: d, country: B}}}}\n",
            "shocks.donor_exit: does nothing: no such donor works there",
        ),
        (
            f"{HERE}shocks: {{new_route: {{at_week: 1}}}}\n",
            "shocks.new_route: transit and passage concern networks, and this scenario has none",
        ),
        (
            f"{HERE}shocks: {{new_technology: {{at_week: 1}}}}\n",
            "shocks.new_technology: does nothing: only networks want the technology",
        ),
        (
            f"{HERE}shocks: {{insider: {{at_week: 1, country: B}}}}\n",
            "shocks.insider: does nothing: there is no checkpoint or stretch",
        ),
        (
            f"{HERE}shocks: {{system_breakdown: {{at_week: 1, country: B, body: customs_headquarters}}}}\n",
            "shocks.system_breakdown: does nothing: there is no customs_headquarters in B",
        ),
        (
            f"{HERE}shocks: {{false_tip_wave: {{at_week: 1, country: B}}}}\n",
            "shocks.false_tip_wave: does nothing: no customs headquarters or intelligence is there",
        ),
        *(
            (
                f"{DONORS}{FEW}shocks: {{{name}: {{at_week: 1, {fields}}}}}\n",
                f"shocks.{name}: does nothing: its strength is set to none",
            )
            for name, fields in WITHOUT_STRENGTH.items()
        ),
    ],
)
def test_a_shock_in_vain(text: str, line: str, tmp_path: Path) -> None:
    (found,) = said(tmp_path, text)
    assert found.startswith(line)


@pytest.mark.parametrize(
    "text",
    [
        f"{HERE}shocks: {{budget_cut: {{at_week: 103}}}}\n",
        f"{DONORS}shocks: {{donor_exit: {{at_week: 120, notice_weeks: 17}}}}\n",
        f"{DONORS}shocks: {{donor_exit: {{at_week: 1, country: A}}}}\n",
        f"{NETWORKS}shocks: {{new_route: {{at_week: 1}}, new_technology: {{at_week: 1}}}}\n",
        f"{HERE}shocks: {{insider: {{at_week: 1}}}}\n",
        f"{HERE}shocks: {{false_tip_wave: {{at_week: 1}}}}\n",
        f"{HERE}shocks: {{false_tip_wave: {{at_week: 1, country: A}}}}\n",
        f"{HERE}shocks: {{new_route: {{at_week: 1, transit: 1, passage: 1}}}}\n",
        f"{HERE}shocks: {{system_breakdown: {{at_week: 1, staff_lost: 0, exchange_lost: 0}}}}\n",
        f"{HERE}shocks: {{system_breakdown: {{at_week: 1, country: A, body: post}}}}\n",
    ],
)
def test_a_shock_that_finds_its_subject(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, text) == ()


def test_without_strength_is_every_shock_but_a_donor_that_leaves() -> None:
    assert {*WITHOUT_STRENGTH, "donor_exit"} == set(SHOCKS)


def test_which_of_several(tmp_path: Path) -> None:
    text = f"{HERE}shocks: {{budget_cut: [{{at_week: 1}}, {{at_week: 2000}}]}}\n"
    (found,) = said(tmp_path, text)
    assert found.startswith("shocks.budget_cut[1]: never strikes: week 2000")


def test_arms_that_are_not_what_they_are_called() -> None:
    training = MECHANISMS["training_programme"]()
    spec = load("small_region").spec
    arms = [
        ResolvedArm("baseline", ""),
        ResolvedArm("nothing", ""),
        ResolvedArm("frontline_channel", "", (training,)),
        ResolvedArm("training_programme", "", (training,)),
    ]
    assert notes(spec, arms) == (
        "arm 'nothing': chooses no mechanism, so it equals the baseline",
        "arm 'frontline_channel': has the name of a mechanism that it does not choose; this arm is meant",
    )


@pytest.mark.parametrize("name", names())
def test_the_library_says_nothing_in_vain(name: str) -> None:
    spec = load(name).spec
    assert notes(spec, resolve_arms(arm_names(spec), spec)) == ()


def test_checking_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, f"{HERE}shocks: {{budget_cut: {{at_week: 2000}}}}\narms: [{{name: empty}}]\n")
    assert main(["check", str(path)]) == 0
    late = "never strikes: week 2000 is after the end (104 weeks counted, from week 0)"
    assert capsys.readouterr().err.splitlines() == [
        f"{path}: shocks.budget_cut: {late}",
        f"{path}: arm 'empty': chooses no mechanism, so it equals the baseline",
    ]
