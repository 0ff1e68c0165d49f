"""Whatever the bytes: no trace, status 0 or 2, a line a problem; what passes can be shown and loads again."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from stcsim.cli import main
from stcsim.errors import InputError
from stcsim.scenario.library import find
from stcsim.scenario.loading import load
from stcsim.scenario.overriding import OPTION
from stcsim.scenario.starter import starter
from stcsim.scenario.writing import scalar_text, yaml_text

VALID = find("small_region").read_bytes()
STARTER = starter("s", ("diversions",))
TOKENS = [
    *"-?:,[]{}#&*!|>'\"%@`~ \n\t\r\0\ufeff\u2028",
    *(
        "- ",
        ": ",
        "\n  ",
        "\n- ",
        "<<: ",
        "&a ",
        "*a",
        "!!str ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "null",
        "0x1F",
    ),
    *(
        "format: 1\n",
        "name: s\n",
        "countries:\n",
        "  - id: A\n",
        "    will: ",
        "extends: ",
        "arms:\n",
        ".inf",
        "1e999",
    ),
    *(
        "    firms: [{firm_class: sme, count: ",
        "}]\n",
        "NO",
        "12:30",
        "é",
        "\x1b[31m",
        "9" * 50,
        "x" * 100,
        "\U0001f600",
    ),
]


def check(data: bytes, *words: str) -> int:
    """Check a file of these bytes; fail on anything but an answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.yaml"
        path.write_bytes(data)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["check", str(path), *words])
        said = out.getvalue() + err.getvalue()
        assert status in (0, 2)
        assert "Traceback" not in said
        assert len(said.encode("utf-8", "replace")) <= 20_000
        if status == 2:
            *lines, summary = err.getvalue().split("\n")[:-1]
            assert "nothing was run" in summary
            assert lines
            assert all(line.startswith((str(path), OPTION, "and ")) for line in lines)
            assert all(line.isprintable() for line in lines)
        else:
            shown = Path(folder) / "shown.yaml"
            loaded = load(path, [w for w in words if w != OPTION])
            shown.write_text(yaml_text(loaded, origin=True), encoding="utf-8")
            assert load(shown).spec == loaded.spec
        return status


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=400)
@given(st.lists(st.sampled_from(TOKENS), max_size=40))
def test_anything_like_yaml(tokens: list[str]) -> None:
    check("".join(tokens).encode())


@settings(max_examples=200)
@given(st.data())
def test_a_scenario_with_a_few_bytes_changed(data: st.DataObject) -> None:
    text = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.integers(0, 12))
        text[at : at + length] = data.draw(st.sampled_from(TOKENS)).encode()
    check(bytes(text))


@settings(max_examples=200)
@given(st.data())
def test_a_scenario_with_lines_moved_about(data: st.DataObject) -> None:
    lines = STARTER.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        indent = data.draw(st.sampled_from(["", "  ", "    "]))
        for _ in range(data.draw(st.integers(0, 2))):
            lines.insert(data.draw(st.integers(0, len(lines))), indent + line)
    check("".join(lines).encode())


ODD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=20),
        st.sampled_from(["A", "B", "Orsund", "sea", "sme", "x" * 90, "", 0, -1, 1e9, 0.5, "0.5"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "name", "kind", "x"]), inner, max_size=3),
    ),
    max_leaves=4,
)


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return scalar_text(value)


PATHS = [
    "name",
    "time",
    "time.counted_weeks",
    "headline",
    "parameters",
    "parameters.firms",
    "parameters.firms.contagion",
    "structure.adversary",
    "countries",
    "countries[0]",
    "countries[Orsund].id",
    "countries[Orsund].law",
    "countries[Orsund].law.extension_working_days",
    "countries[Maravel].checkpoints",
    "countries[Maravel].checkpoints[0].count",
    "countries[Maravel].checkpoints[0].traffic",
    "countries[Orsund].firms[0].count",
    "countries[Orsund].agencies[0].id",
    "partners",
    "donors[0].countries",
    "donors[0].priorities",
    "networks[0].home",
    "networks[0].wanted",
    "networks[0].attempts",
    "channels",
    "shocks",
    "shocks.conflict",
    "arms[0].name",
    "arms[0].mechanisms",
    "arms[0].mechanisms.frontline_channel",
    "arms[0].mechanisms.frontline_channel.countries",
    "arms[0].mechanisms.training_programme.activities",
]


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(PATHS), ODD), min_size=1, max_size=3))
def test_odd_values_in_odd_places(changes: list[tuple[str, Any]]) -> None:
    check(VALID, *(word for path, value in changes for word in (OPTION, f"{path}={flow(value)}")))


@settings(max_examples=200)
@given(st.text(max_size=60))
@example("countries[A]." + "x." * 20_000)
@example("a" + "[0]" * 20_000 + "=1")
@example("a=" + "[" * 5_000)
def test_any_setting(text: str) -> None:
    check(VALID, f"{OPTION}={text}")


NAMES = [
    "a.yaml",
    "b.yaml",
    "c.yaml",
    "../a.yaml",
    "small_region",
    "smal_region",
    ".",
    "",
    "/",
    "b.yaml/",
    "no.yaml",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(NAMES), min_size=3, max_size=3), st.lists(ODD, min_size=3, max_size=3))
def test_files_that_extend_one_another_in_any_way(targets: list[str], values: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, target, value in zip("abc", targets, values, strict=True):
            text = f"format: 1\nname: {name}\nextends: {scalar_text(target)}\ncountries: {flow(value)}\n"
            (Path(folder) / f"{name}.yaml").write_text(text, encoding="utf-8")
        with contextlib.suppress(InputError):
            load(Path(folder) / "a.yaml")


@given(st.text(alphabet=st.characters(blacklist_characters="\0"), max_size=80))
def test_any_name(name: str) -> None:
    assume(not name.startswith("-"))
    for command in ("check", "show"):
        assert _status(lambda command=command: main([command, name])) in (0, 2)


def _status(call: Callable[[], int]) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as err:
        status = call()
    assert "Traceback" not in err.getvalue()
    return status
