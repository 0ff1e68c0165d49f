"""Every problem of a file at once, at its line, in words with unit and repair; short whatever the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from stcsim.errors import QUOTE_LIMIT, InputError
from stcsim.scenario.loading import load
from stcsim.scenario.spec import ScenarioSpec
from stcsim.scenario.vocabulary import at
from tests.scenario.files import HEAD, MINIMAL, lines, write

A = f"{HEAD}countries:\n  - id: A\n"
ARM = f"{MINIMAL}arms:\n  - name: a\n    mechanisms:\n"
SHORT_ARM = f"{MINIMAL}arms: [{{name: a, mechanisms: "


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{A}    wil: 0.3\n", ":5:5  countries[0].wil: unknown key. Did you mean 'will'?"),
        (f"{A}    will: -3\n", ":5:5  countries[0].will: -3 is below the minimum 0 (share)."),
        (f"{A}    will: 1.5\n", ":5:5  countries[0].will: 1.5 is above the maximum 1 (share)."),
        (
            f"{A}    will: '0.3'\n",
            ":5:5  countries[0].will: '0.3' stands where a number belongs. Write it without quotes.",
        ),
        (
            f"{A}    will: yes\n",
            ":5:5  countries[0].will: 'yes' stands where a number belongs. Write a number (share).",
        ),
        (
            f"{A}    will: true\n",
            ":5:5  countries[0].will: true stands where a number belongs. Write a number (share).",
        ),
        (
            f"{A}    will:\n",
            ":5:5  countries[0].will: nothing stands where a number belongs. "
            "Give a value or leave the key out.",
        ),
        (f"{A}    will: [1]\n", ":5:5  countries[0].will: a list stands where a number belongs."),
        (f"{A}    will: {{a: 1}}\n", ":5:5  countries[0].will: a mapping stands where a number belongs."),
        (f"{A}    name: 3\n", ":5:5  countries[0].name: 3 stands where text belongs. Put text in quotes."),
        (
            f"{A}    law: {{transit: NO}}\n",
            ":5:11  countries[0].law.transit: 'NO' is neither true nor false.",
        ),
        (
            f"{A}    law: 3\n",
            ":5:5  countries[0].law: 3 stands where a mapping belongs. Write keys and values.",
        ),
        (f"{A}    firms: 3\n", ":5:5  countries[0].firms: 3 stands where a list belongs. Write [ ... ]."),
        (
            f"{A}    agencies: [{{role: customs}}]\n",
            ":5:17  countries[0].agencies[0].role: 'customs' is none of the choices.",
        ),
        (
            f"{A}    checkpoints: [{{kind: see}}]\n",
            ":5:20  countries[0].checkpoints[0].kind: 'see' is none of the choices. Did you mean 'sea'?",
        ),
        (
            f"{A}    checkpoints: [{{count: 2}}]\n",
            ":5:19  countries[0].checkpoints[0].kind: this is required and missing. Mode of transport.",
        ),
        (
            f"{A}    checkpoints:\n      - kind: sea\n        inspectors: 20 FTE\n",
            ":7:9  countries[0].checkpoints[0].inspectors: '20 FTE' stands where a number belongs. "
            "Write the number alone, in FTE.",
        ),
        (
            f"{A}    firms: [{{firm_class: sme, count: 2.5}}]\n",
            ":5:31  countries[0].firms[0].count: 2.5 stands where a whole number belongs.",
        ),
        (f"{HEAD}countries:\n  - id: 1A\n", ":4:5  countries[0].id: '1A' is not an identifier."),
        (f"{HEAD}countries: []\n", ":3:1  countries: fewer than 1 entries."),
        (HEAD, ":1:1  countries: this is required and missing. Countries and everybody at home there."),
        (
            MINIMAL.replace("format: 1\n", ""),
            ":1:1  format: this is required and missing. Write 'format: 1'.",
        ),
        (
            MINIMAL.replace("format: 1", "format: 2"),
            ":1:1  format: 2 is a format that this version does not read.",
        ),
        (
            f"{MINIMAL}time: {{step_days: 3}}\n",
            ":5:8  time.step_days: 3 is none of the choices. Choose from: 1, 7.",
        ),
        (f"{MINIMAL}headline: [a, b, c, d, e]\n", ":5:1  headline: more than 4 entries."),
        (
            f"{MINIMAL}shocks: {{conflct: {{}}}}\n",
            ":5:10  shocks.conflct: unknown shock. Did you mean 'conflict'?",
        ),
        (
            f"{MINIMAL}parameters: {{firms: {{magin: 1}}}}\n",
            ":5:22  parameters.firms.magin: unknown parameter. Did you mean 'margin'?",
        ),
        (
            f"{MINIMAL}parameters: {{zoo: {{}}}}\n",
            ":5:14  parameters.zoo: unknown group of parameters. "
            "Known here: capacity, donors, modalities, trainers,",
        ),
        (
            f"{MINIMAL}parameters: {{margin: 1}}\n",
            ":5:14  parameters.margin: unknown group of parameters. Did you mean 'firms.margin'?",
        ),
        (
            f"{MINIMAL}parameters: {{firms: {{contagion: 0.5}}}}\n",
            ":5:14  parameters.firms: contagion 0.5 has to be below awareness_decay 0.3",
        ),
        (
            f"{ARM}      frontline_chanel: {{}}\n",
            ":8:7  arms[0].mechanisms.frontline_chanel: unknown mechanism. Did you mean 'frontline_channel'?",
        ),
        (
            f"{ARM}      frontline_channel: {{mean_delay: 3}}\n",
            ":8:27  arms[0].mechanisms.frontline_channel.mean_delay: unknown key. "
            "Did you mean 'mean_delay_days'?",
        ),
        (
            f"{ARM}      frontline_channel: [{{start: -1}}]\n",
            ":8:28  arms[0].mechanisms.frontline_channel[0].start: -1 is below the minimum 0 (weeks).",
        ),
        (
            f"{ARM}      frontline_channel: {{start: 9, end: 3}}\n",
            ":8:7  arms[0].mechanisms.frontline_channel: end 3 is not after start 9; "
            "give a later end, or none.",
        ),
        (
            f"{ARM}      frontline_channel:\n",
            ":8:7  arms[0].mechanisms.frontline_channel: nothing stands where a mapping belongs. "
            "Write {} for its defaults.",
        ),
        (
            f"{MINIMAL}arms: [{{name: A b}}]\n",
            ":5:9  arms[0].name: 'A b' is not a name. Use a-z, 0-9 and _, at most 40",
        ),
        (f"{MINIMAL}exteds: x\n", ":5:1  exteds: unknown key. Did you mean 'extends'?"),
    ],
)
def test_one_problem(text: str, line: str, tmp_path: Path) -> None:
    said = lines(tmp_path, text)
    assert len(said) == 1
    assert said[0].startswith(line)


def test_all_problems_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = f"""\
{HEAD}countries:
  - id: A
    will: 3
    will: 4
    nam: x
    law: {{detention_working_days: .inf}}
    checkpoints: [{{kind: sea, count: 0}}, {{kind: see}}]
networks:
  - {{id: n}}
"""
    said = lines(tmp_path, text)
    places = [tuple(map(int, line.split(" ")[0].split(":")[1:])) for line in said]
    assert places == sorted(places)
    assert [p[0] for p in places] == [5, 6, 7, 8, 9, 9, 11]


LONG = "x" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"{A}    {LONG}: 1\n",
        f"{A}    will: {LONG}\n",
        f"{A}    will: 0{LONG}\n",
        f"{A}    name: '{LONG}'\n",
        f"{A}    agencies: [{{role: {LONG}}}]\n",
        f"{A}    {LONG}: {{a: 1, a: 2}}\n",
        f"{LONG}: {{{LONG}: {{{LONG}: !x 1}}}}\n",
        f"{MINIMAL}networks: [{{id: n, home: {LONG[:40]}}}]\n",
        f"{MINIMAL}headline: [{LONG}]\n",
        f"{MINIMAL}channels: [{{source: {LONG[:90]}, target: A/b, mean_delay_days: 3}}]\n",
        f"{MINIMAL}arms: [{{name: {LONG}}}]\n",
        f"{SHORT_ARM}{{{LONG}: {{}}}}}}]\n",
        f"{SHORT_ARM}{{training_programme: {{activities: [{LONG}]}}}}}}]\n",
        f"{SHORT_ARM}{{training_programme: {{activities: ['{LONG}\u2028\\n']}}}}}}]\n",
        f"extends: {LONG}\nname: s\n",
        f"extends: {LONG}.yaml\nname: s\n",
        f"&{LONG} a: *{LONG}\n",
        f"*{LONG}\n",
        f"a: !{LONG} b\n",
        f"%{LONG}\n---\n",
        f"{LONG}\n",
        f'a: "\\{LONG}"\n',
    ],
)
def test_a_message_quotes_at_most_eighty_characters(text: str, tmp_path: Path) -> None:
    for line in lines(tmp_path, text):
        assert "x" * (QUOTE_LIMIT + 1) not in line
        assert line.count("x" * 20) <= 4
        assert "\n" not in line
        assert line.isprintable()


def test_a_message_is_one_line_whatever_the_text(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, f'{A}    will: "a\\nb\\tc\u2028d"\n')
    shown = "'a\ufffdb\ufffdc\ufffdd'"
    assert line.startswith(f":5:5  countries[0].will: {shown} stands where a number belongs.")


def test_many_problems_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, f"{A}    checkpoints: [{'{kind: sea, inspectors: -1}, ' * 5000}]\n")
    with pytest.raises(InputError) as caught:
        load(path)
    assert len(caught.value.problems) + caught.value.more == 5000
    assert len(caught.value.problems) <= 300
    assert str(caught.value).endswith("and 4,700 more problems")


def test_hints_lead_on(tmp_path: Path) -> None:
    for text, hint in (
        (f"{SHORT_ARM}{{x: {{}}}}}}]\n", "stcsim list mechanisms"),
        (f"{MINIMAL}shocks: {{x: {{}}}}\n", "stcsim list shocks"),
        (f"{MINIMAL}parameters: {{x: {{}}}}\n", "stcsim list parameters"),
        (f"{MINIMAL}parameters: {{firms: {{x: 1}}}}\n", "stcsim list parameters"),
        (f"{MINIMAL}headline: [x]\n", "stcsim list outcomes"),
        (f"{MINIMAL}x: 1\n", "stcsim schema"),
    ):
        with pytest.raises(InputError) as caught:
            load(write(tmp_path, text))
        assert caught.value.hint == hint


def every_field(spec: type[BaseModel], steps: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name in spec.model_fields:
        found.append((*steps, name))
        below, _ = at((*steps, name))
        if below is not None:
            found += every_field(below, (*steps, name))
    return found


def test_every_key_of_the_format_is_known_with_its_field() -> None:
    paths = every_field(ScenarioSpec)
    assert len(paths) > 300
    for steps in paths:
        _, info = at(steps)
        assert info is not None, steps
