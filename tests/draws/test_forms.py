"""Every form of the hash gives the bits of the plain one: a few words, chunks, compiled loops."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stcsim.draws import Draws, compiled, hashing, keys_of, mix
from stcsim.draws.hashing import CHUNK, FEW, U64, open_interval

DRAWS = Draws()
SIZES = (0, 1, 2, FEW - 1, FEW, FEW + 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 7)
STREAMS: tuple[Any, ...] = ("one", ("one",), ("one", "two", "three"))


def numpy_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_left", 0)


def loops(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_left", 1)
    assert compiled.worth(1) is not None


def mixed(a: Any, b: Any) -> U64:
    """What `mix` is meant to give, in whole arrays."""
    second = np.atleast_1d(np.asarray(b))
    second = second if second.dtype == np.uint64 else second.astype(np.int64).view(np.uint64)
    return hashing.mixed(np.atleast_1d(np.asarray(a, dtype=np.uint64)), hashing.multiplied(second))


@pytest.mark.parametrize("form", [numpy_only, loops])
@pytest.mark.parametrize("size", SIZES)
def test_forms_give_the_same_bits(
    form: Callable[[pytest.MonkeyPatch], None], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(monkeypatch)
    rng = np.random.default_rng(size)
    keys = rng.integers(0, 2**64 - 1, size, dtype=np.uint64, endpoint=True)
    keys.flags.writeable = False
    steps = rng.integers(-3, 2**40, size)
    for stream in STREAMS:
        for step in (0, -1, 2**40, np.int64(7), steps, steps.astype(np.int32)):
            expected = open_interval(DRAWS.bits(stream, step, keys))
            found = DRAWS.uniform(stream, step, keys)
            assert found.shape == expected.shape
            assert found.tobytes() == expected.tobytes()
    for other in (0, -1, 2**64 - 1, np.uint64(9), keys, keys[::-1], steps, steps > 5):
        assert mix(keys, other).tobytes() == mixed(keys, other).tobytes()


@pytest.mark.parametrize("form", [numpy_only, loops])
def test_axes_and_broadcasting(
    form: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    form(monkeypatch)
    keys = keys_of([f"k{i}" for i in range(240)]).reshape(12, 20)
    steps = np.arange(240).reshape(12, 20)
    for stream in STREAMS:
        for some, step in (
            (keys, steps),
            (keys.T, steps.T),
            (keys[:, ::3], steps[:, ::3]),
            (keys[:1, :2], 4),
            (keys, steps[:, :1]),
            (keys[0, :1], steps[0]),
        ):
            expected = open_interval(DRAWS.bits(stream, step, some))
            assert np.array_equal(DRAWS.uniform(stream, step, some), expected)
    for a, b in ((keys, steps), (keys[0], keys[:, :1]), (keys[0, :1], keys[1]), (np.uint64(5), keys[0])):
        assert np.array_equal(mix(a, b), mixed(a, b))


def test_no_stored_word_is_written_to() -> None:
    """What is kept by name or step serves later calls too."""
    keys = keys_of(["a", "b"] * 10)
    before = DRAWS.uniform("kept", 3, keys).copy(), mix(keys, keys).copy(), keys.copy()
    for _ in range(2):
        assert np.array_equal(DRAWS.uniform("kept", 3, keys), before[0])
        assert np.array_equal(mix(keys, keys), before[1])
    assert np.array_equal(keys, before[2])


def in_new_process(code: str, **settings: str) -> str:
    command = [sys.executable, "-c", code]
    inherited = {k: v for k, v in os.environ.items() if k != compiled.VARIABLE}
    done = subprocess.run(command, env=inherited | settings, capture_output=True, text=True, check=True)
    return done.stdout.strip()


KEYED = (
    "import sys; from stcsim.draws import Draws, keys_of; "
    "Draws().uniform('a', 0, keys_of(map(str, range(100)))); print('numba' in sys.modules)"
)


def test_numba_is_left_alone_until_asked_for_or_worth_it() -> None:
    pytest.importorskip("numba")
    assert in_new_process(KEYED) == "False"
    assert in_new_process(KEYED, STCSIM_COMPILED="0") == "False"
    assert in_new_process(KEYED, STCSIM_COMPILED="1") == "True"


def test_what_cannot_be_done_with_kernels_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_asked", "1")
    monkeypatch.setattr(compiled, "_left", 1)
    monkeypatch.setattr(compiled.importlib, "import_module", lambda name: 1 / 0)
    with pytest.warns(UserWarning, match="STCSIM_COMPILED=1, but there is no compiled form"):
        assert compiled.worth(5) is None
    command = [sys.executable, "-c", "import stcsim.draws"]
    settings = {**os.environ, compiled.VARIABLE: "off"}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
    assert "STCSIM_COMPILED=off is neither 0 nor 1" in done.stderr


def test_kernels_are_loaded_when_as_much_was_spent_without(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_left", compiled.LOADING)
    monkeypatch.setattr(compiled.importlib, "import_module", asked.append)
    calls = 0
    while not asked:
        assert compiled.worth(10_000) is None
        calls += 1
    assert calls * (10_000 + compiled.CALL) >= compiled.LOADING > (calls - 1) * (10_000 + compiled.CALL)
    monkeypatch.setattr(compiled, "_left", -1)
    assert compiled.worth(10**12) is None
    assert len(asked) == 1


@pytest.mark.parametrize(
    "trouble", [ImportError("no Numba"), RuntimeError("no locator available"), EOFError("a torn file")]
)
def test_without_numba_or_a_place_for_its_kernels_numpy_goes_on(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> Any:
        raise trouble

    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_left", 1)
    monkeypatch.setattr(compiled.importlib, "import_module", refuse)
    assert compiled.worth(5) is None
    assert compiled.worth(5) is None
