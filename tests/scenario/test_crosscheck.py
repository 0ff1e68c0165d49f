"""What no field can know of another: identities, references, times; wrong ones are said where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.scenario.loading import load
from tests.scenario.files import HEAD, MINIMAL, lines, write

A = f"{HEAD}countries:\n  - id: A\n"
TWO = f"""\
{HEAD}countries:
  - id: Alba
    agencies: [{{role: customs_headquarters}}]
    checkpoints: [{{kind: sea, count: 2}}]
    firms: [{{firm_class: sme, sector: chemicals, count: 1}}]
  - id: Bora
    partners: [{{kind: university}}]
partners: [{{kind: regional_centre}}]
donors: [{{id: first}}, {{id: second}}]
"""


def arm(mechanisms: str) -> str:
    return f"{TWO}arms:\n  - name: a\n    mechanisms: {mechanisms}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            f"{TWO}networks: [{{id: n, home: Albo}}]\n",
            "networks[0].home: 'Albo' is no country of this scenario. Did you mean 'Alba'?",
        ),
        (
            f"{TWO}networks: [{{id: n, home: Alba, wanted: []}}]\n",
            "networks[0].wanted: a network that wants nothing.",
        ),
        (
            f"{TWO}networks: [{{id: n, home: Alba, wanted: [manpads, manpads]}}]\n",
            "networks[0].wanted[1]: 'manpads' stands here twice.",
        ),
        (
            f"{TWO}networks: [{{id: n, home: Alba}}, {{id: n, home: Bora}}]\n",
            "networks[1]: 'n' is the identity of networks[0] already.",
        ),
        (
            f"{TWO}headline: [diversion]\n",
            "headline[0]: 'diversion' is no outcome. Did you mean 'diversions'?",
        ),
        (f"{TWO}headline: [zzz]\n", "headline[0]: 'zzz' is no outcome. See: stcsim list outcomes."),
        (f"{TWO}headline: [attempts, attempts]\n", "headline[1]: 'attempts' stands here twice."),
        (
            f"{TWO}arms: [{{name: a}}, {{name: a}}]\n",
            "arms[1].name: 'a' is the name of another arm. Choose another name.",
        ),
        (
            f"{TWO}arms: [{{name: baseline}}]\n",
            "arms[0].name: 'baseline' is the arm without mechanisms",
        ),
        (
            f"{TWO}channels: [{{source: Alba/customs, target: Alba/sea_1, mean_delay_days: 3}}]\n",
            "channels[0].source: 'Alba/customs' is no holder of this scenario.",
        ),
        (
            f"{TWO}channels: [{{source: Alba/sea_1, target: Alba/sea_3, mean_delay_days: 3}}]\n",
            "channels[0].target: 'Alba/sea_3' is no holder of this scenario. Did you mean 'Alba/sea_2'?",
        ),
        (
            f"{TWO}channels: [{{source: Alba/sea_1, target: Alba/sea_1, mean_delay_days: 3}}]\n",
            "channels[0].target: this is the sender itself. Name somebody else.",
        ),
        (
            f"{TWO}channels:\n  - {{source: Alba/sea_1, target: Alba/sea_2, mean_delay_days: 3, "
            "handling: [open, open]}\n",
            "channels[0].handling[1]: 'open' stands here twice.",
        ),
        (
            f"{TWO}relations: [{{source: Alba, target: Alba, willingness: 0.5}}]\n",
            "relations[0].target: 'Alba' is the source as well. Name another country.",
        ),
        (
            f"{TWO}shocks: {{conflict: {{at_week: 3, country: Narnia}}}}\n",
            "shocks.conflict.country: 'Narnia' is no country of this scenario. Known here: Alba, Bora.",
        ),
        (
            f"{TWO}networks: [{{id: n, home: Narnia}}]\n",
            "networks[0].home: 'Narnia' is no country of this scenario. Known here: Alba, Bora.",
        ),
        (
            f"{TWO}shocks: {{donor_exit: {{at_week: 3, donor: Narnia}}}}\n",
            "shocks.donor_exit.donor: 'Narnia' is no donor of this scenario. Known here: first, second.",
        ),
        (
            f"{MINIMAL}shocks: {{donor_exit: {{at_week: 3, donor: Narnia}}}}\n",
            "shocks.donor_exit.donor: 'Narnia' is no donor of this scenario. "
            "There is no donor: add one, or leave this out.",
        ),
        (
            f"{TWO}shocks: {{system_breakdown: {{at_week: 3, body: narnia}}}}\n",
            "shocks.system_breakdown.body: 'narnia' is no kind of body of this scenario. "
            "Known here: customs_headquarters, post.",
        ),
        (
            f"{TWO}shocks: {{conflict: {{at_week: 3, country: Alb}}}}\n",
            "shocks.conflict.country: 'Alb' is no country",
        ),
        (
            f"{TWO}shocks: {{conflict: [{{at_week: 3}}, {{at_week: 3, country: Alb}}]}}\n",
            "shocks.conflict[1].country: 'Alb' is no country",
        ),
        (
            arm("{frontline_channel: {countries: [Alba, Borra]}}"),
            "arms[0].mechanisms.frontline_channel.countries[1]: 'Borra' is no country",
        ),
        (
            arm("{frontline_channel: {countries: [Alba, Alba]}}"),
            "arms[0].mechanisms.frontline_channel.countries[1]: 'Alba' stands here twice.",
        ),
        (
            arm("{donor_coordination: {donors: [first, secnd]}}"),
            "arms[0].mechanisms.donor_coordination.donors[1]: 'secnd' is no donor",
        ),
        (
            arm("{donor_coordination: {chair: third}}"),
            "arms[0].mechanisms.donor_coordination.chair: 'third' is no donor",
        ),
        (
            arm("{industry_outreach: {sectors: [chemical]}}"),
            "arms[0].mechanisms.industry_outreach.sectors[0]: 'chemical' is no sector",
        ),
        (
            arm("{industry_outreach: {classes: [sme, sme]}}"),
            "arms[0].mechanisms.industry_outreach.classes[1]: 'sme' stands here twice.",
        ),
        (
            f"{MINIMAL}donors: [{{id: d, countries: [B]}}]\n",
            "donors[0].countries[0]: 'B' is no country of this scenario.",
        ),
        (
            f"{MINIMAL}donors: [{{id: d, priorities: [{{pillar: licensing, weight: 0}}]}}]\n",
            "donors[0].priorities: all weights are zero. Give a pillar some weight.",
        ),
        (
            f"{MINIMAL}donors: [{{id: d, priorities: [{{pillar: licensing}}, {{pillar: licensing}}]}}]\n",
            "donors[0].priorities[1]: 'licensing' stands here twice.",
        ),
        (
            f"{HEAD}countries:\n  - {{id: A, supply: 0}}\nnetworks: [{{id: n, home: A}}]\n",
            "networks: no country supplies what they want. Give a country 'supply'.",
        ),
        (
            f"{HEAD}countries: [{{id: intl}}]\n",
            "countries[0].id: 'intl' is kept for international bodies.",
        ),
        (
            f"{A}    law: {{extension_working_days: 5}}\n",
            "countries[0].law.extension_working_days: with an extension, goods are held for a shorter time",
        ),
        (
            f"{A}    agencies: [{{role: legislature}}, {{role: legislature}}]\n",
            "countries[0].agencies[1]: 'A/legislature' is the identity of countries[0].agencies[0] already.",
        ),
        (
            f"{A}    checkpoints: [{{kind: sea, count: 3}}, {{kind: air, id: sea_2}}]\n",
            "countries[0].checkpoints[1]: 'A/sea_2' is the identity of countries[0].checkpoints[0] already.",
        ),
        (
            f"{A}    checkpoints: [{{kind: sea, count: 3}}, {{kind: sea, count: 3}}]\n",
            "countries[0].checkpoints[1]: 'A/sea_1' is the identity of countries[0].checkpoints[0] already.",
        ),
        (
            f"{A}    firms: [{{firm_class: sme, count: 1}}, {{firm_class: sme, count: 2}}]\n",
            "countries[0].firms[1]: 'A/firms/sme_general' is the identity of countries[0].firms[0] already.",
        ),
        (
            f"{A}    agencies: [{{role: legislature}}]\n  - {{id: A, agencies: [{{role: legislature}}]}}\n",
            "countries[1]: 'A' is the identity of countries[0] already.",
        ),
    ],
)
def test_one_problem(text: str, line: str, tmp_path: Path) -> None:
    (said,) = lines(tmp_path, text)
    place, _, message = said.partition("  ")
    assert message.startswith(line)
    # It stands at the value, or the entry, that is wrong.
    row, column = (int(n) for n in place.split(":")[1:])
    there = text.splitlines()[row - 1][column - 1 :]
    key = line.split(":")[0].rpartition(".")[2].partition("[")[0]
    assert there.startswith((key, "{", "id:")) or there[0] == message.partition("'")[2][0]


def test_what_fits(tmp_path: Path) -> None:
    text = f"""\
{TWO}networks: [{{id: n, home: Bora}}]
channels:
  - {{source: Alba/customs_headquarters, target: Alba/sea_2, mean_delay_days: 3}}
  - {{source: Bora/university, target: intl/regional_centre, mean_delay_days: 3}}
shocks:
  conflict: [{{at_week: 3}}, {{at_week: 30, country: Bora}}]
  budget_cut: {{at_week: 30, country: Bora}}
arms:
  - name: a
    mechanisms:
      donor_coordination: {{donors: [first, second], chair: second}}
      industry_outreach: {{sectors: [chemicals]}}
      interagency_working_group: [{{level: working}}, {{level: principals, countries: [Bora]}}]
"""
    spec = load(write(tmp_path, text)).spec
    assert [type(m).__name__ for m in spec.arms[0].chosen()] == [
        "DonorCoordination",
        "IndustryOutreach",
        "InteragencyWorkingGroup",
        "InteragencyWorkingGroup",
    ]
    assert [s.name for s in spec.all_shocks()] == ["budget_cut", "conflict", "conflict"]


def test_a_law_without_extension_may_say_what_it_likes_of_it(tmp_path: Path) -> None:
    law = "law: {extension: false, detention_working_days: 20, extension_working_days: 5}"
    assert load(write(tmp_path, f"{A}    {law}\n")).spec.countries[0].law.extension is False


def test_a_thousand_wrong_references_are_answered_soon(tmp_path: Path) -> None:
    one = "{source: Alba/nobody_here, target: Alba/sea_1, mean_delay_days: 3}, "
    text = TWO.replace("count: 2", "count: 900") + f"channels: [{one * 5000}]\n"
    assert len(lines(tmp_path, text)) == 300
