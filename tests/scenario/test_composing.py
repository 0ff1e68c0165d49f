"""YAML is taken within bounds: places are right, what a scenario does not need is refused where it stands."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from stcsim.scenario import composing
from stcsim.scenario.composing import ALIAS_LIMIT, DEPTH_LIMIT, NODE_LIMIT, compose
from stcsim.scenario.nodes import Mapping, Sequence, plain
from stcsim.scenario.reading import Source
from tests.scenario.files import HEAD, lines


def found(text: str) -> list[str]:
    """Return the problems of a text, without anything that a spec would add."""
    return [str(p) for p in compose(Source("f", text=text))[1]]


def value(text: str) -> object:
    node, wrong = compose(Source("f", text=text))
    assert not wrong
    assert node is not None
    return plain(node)


def test_every_key_and_entry_knows_its_place() -> None:
    node, _ = compose(Source("f", text="a:\n  - {b: 1, c: [x,\n      y]}\n  - z\n"))
    assert isinstance(node, Mapping)
    entries = node.items["a"]
    assert isinstance(entries, Sequence)
    first = entries.items[0]
    assert isinstance(first, Mapping)
    assert (node.keys["a"].line, node.keys["a"].column) == (1, 1)
    assert (first.keys["c"].line, first.keys["c"].column) == (2, 12)
    deep = first.items["c"]
    assert isinstance(deep, Sequence)
    assert [(n.place.line, n.place.column) for n in deep.items] == [(2, 16), (3, 7)]
    assert (entries.items[1].place.line, entries.items[1].place.column) == (4, 5)


def test_styles_of_scalars() -> None:
    assert value("a: '010'\nb: \"1e3\"\nc: |\n  no\nd: >-\n  a\n  b\n") == {
        "a": "010",
        "b": "1e3",
        "c": "no\n",
        "d": "a b",
    }


def test_keys_are_text_whatever_they_look_like() -> None:
    assert value("NO: 1\n1: 2\n~: 3\ntrue: 4\n") == {"NO": 1, "1": 2, "~": 3, "true": 4}


def test_anchors_repeat() -> None:
    assert value("a: &x {b: 1}\nc: *x\n") == {"a": {"b": 1}, "c": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "f:2:1  a: this key is given twice, first in line 1. Keep one of them."),
        ("a: {b: 1, b: 2}", "f:1:11  a.b: this key is given twice, first in line 1. Keep one of them."),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "f:3:3  c.<<: merge keys are not taken."),
        ("a: !!str 1", "f:1:4  a: tags are not taken."),
        ("a: ! 1", "f:1:4  a: tags are not taken."),
        ("a: !!python/object/apply:os.system [ls]", "f:1:4  a: tags are not taken."),
        ("- !x {}", "f:1:3  [0]: tags are not taken."),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "f:1:1  directives are not taken."),
        ("%YAML 1.1\n---\na: 1\n", "f:1:1  directives are not taken."),
        ("a: 1\n---\nb: 2\n", "f:2:1  a second document."),
        ("? {a: 1}\n: 2\n", "f:1:3  a key has to be plain text."),
        ("? [a]\n: 2\n", "f:1:3  a key has to be plain text."),
        ("a: *b", "f:1:4  a: an alias of an anchor that does not stand before it."),
        ("a: &a [*a]", "f:1:8  a[0]: an alias inside of what it repeats: this never ends."),
        ("a: &a {b: {c: *a}}", "f:1:15  a.b.c: an alias inside of what it repeats: this never ends."),
        ("a: .nan", "f:1:4  a: NaN and infinities are no values."),
        ("a: [1, -.inf]", "f:1:8  a[1]: NaN and infinities are no values."),
        ('a: "x\\0y"', "f:1:4  a: text with a control character."),
        ('a: "\\e[31m"', "f:1:4  a: text with a control character."),
        ("a: [1\n", "f:2:1  a[1]: not valid YAML:"),
        ("a: b: c", "f:1:5  not valid YAML:"),
        ("\ta: 1", "f:1:1  not valid YAML:"),
        ("a: 'x", "f:1:6  a: not valid YAML:"),
        ("a: @x", "f:1:4  a: not valid YAML:"),
        ('a: "\\ud800"', "f:1:7  a: not valid YAML:"),
    ],
)
def test_what_is_not_taken(text: str, message: str) -> None:
    said = found(text)
    assert len(said) == 1
    assert said[0].startswith(message)


def test_a_directive_for_the_version_that_is_read_is_fine() -> None:
    assert value("%YAML 1.2\n---\na: 1\n") == {"a": 1}


def test_every_problem_is_found_at_once() -> None:
    assert len(found("a: !x 1\nb: .inf\nb: 2\nc: {d: 1, d: 2}\n")) == 4


HEAVY = {
    "brackets": "[" * 1_000_000,
    "braces": "{" * 1_000_000,
    "dashes": "- " * 500_000,
    "questions": "? " * 500_000,
    "indents": "".join(f"{' ' * i}a:\n" for i in range(1400)),
    "laughs": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)),
    "aliases": "a: &a 1\nb: [" + "*a, " * 250_000 + "1]",
    "anchors": "[" + "".join(f"&a{i} 1, " for i in range(80_000)) + "1]",
    "deep aliases": "a0: &a0 [1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 900)),
    "entries": "[" + "1," * 500_000 + "1]",
    "keys": "\n".join(f"k{i}: 1" for i in range(90_000)),
    "same key": "k: 1\n" * 150_000,
    "one key": "k" * 1_000_000 + ": 1",
    "one text": "k: '" + "x" * 1_000_000 + "'",
    "block text": "k: |\n" + "  x\n" * 250_000,
    "words": "x " * 500_000,
    "remarks": "# x\n" * 250_000,
    "lines": "\n" * 1_000_000 + "a: 1",
    "documents": "---\n" * 250_000,
    "directives": "%a b\n" * 200_000,
    "tags": "[" + "!x 1, " * 150_000 + "1]",
    "colons": ":" * 1_000_000,
    "nested pairs": "[a," * 300_000,
    "numbers": "[" + "9" * 1_000_000 + "]",
}


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_a_megabyte_of_anything_is_answered_soon_and_briefly(name: str, tmp_path: Path) -> None:
    began = time.process_time()
    said = lines(tmp_path, HEAVY[name][:1_048_576])
    assert time.process_time() - began < 5
    assert said
    assert all(len(line) < 1000 for line in said)


def test_bounds_hold_exactly() -> None:
    assert not found("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT)
    assert "nested more than" in found("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1))[0]
    assert not found("[" + "1," * (NODE_LIMIT - 1) + "]")
    assert "more than 100,000 values" in found("[" + "1," * NODE_LIMIT + "]")[0]
    assert not found("- &a 1\n" + "- *a\n" * ALIAS_LIMIT)
    assert "more than 1,000 aliases" in found("- &a 1\n" + "- *a\n" * (ALIAS_LIMIT + 1))[0]


def test_aliases_count_what_they_repeat() -> None:
    ten = "[1,1,1,1,1,1,1,1,1]"
    text = f"a: &a {ten}\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
    assert not found(text + "d: [*c,*c,*c,*c,*c]\n")
    assert (
        "that aliases repeat included"
        in found(text + "d: &d [" + "*c," * 9 + "]\ne: [" + "*d," * 13 + "]\n")[0]
    )


def test_both_parsers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["a: [1, {b: 'x'}]\nc: &x |\n  t\nd: *x\n", "a: 1\na: 2", "a: !x 1", "NO: 010\n12:30: 1e3\n"]
    fast = [(found(t), compose(Source("f", text=t))[0]) for t in texts]
    monkeypatch.setattr(composing, "_PARSER", yaml.SafeLoader)
    slow = [(found(t), compose(Source("f", text=t))[0]) for t in texts]
    for (said, node), (said_slow, node_slow) in zip(fast, slow, strict=True):
        assert said == said_slow
        assert node is not None
        assert node_slow is not None
        assert plain(node) == plain(node_slow)


@pytest.mark.parametrize("text", ["a list", "- a\n- b", "3", "'x'", "null"])
def test_a_scenario_is_a_mapping(text: str, tmp_path: Path) -> None:
    assert lines(tmp_path, text) == [":1:1  a scenario is a mapping of keys to values. Write 'key: value'."]


def test_a_wrong_scalar_is_named_once(tmp_path: Path) -> None:
    text = f"{HEAD}countries:\n  - {{id: A, will: .nan}}\n"
    assert lines(tmp_path, text) == [":4:19  countries[0].will: NaN and infinities are no values."]
