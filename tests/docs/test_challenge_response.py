"""The page of the study of five challenges says what its results say, and the study keeps its own rules."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import stcsim
from stcsim.mechanisms import MECHANISMS
from tests.docs.pages import ROOT

FOLDER = ROOT / "experiments" / "challenge_response"


@pytest.fixture(scope="module")
def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("challenge_response", FOLDER / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its types are looked up
    spec.loader.exec_module(module)
    return module


def results() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "results.csv")


def test_the_page_says_what_the_results_say(program: ModuleType) -> None:
    assert Path(program.PAGE).read_text(encoding="utf-8") == program.page(program.read(), results())


def test_each_challenge_meets_each_response_at_the_same_cost(program: ModuleType) -> None:
    study, found = program.read(), results()
    names = {r.name for r in study.responses}
    for challenge in study.challenges:
        mine = found[found["challenge"] == challenge.name].set_index("response")
        assert set(mine.index) == {*names, program.STAFF}
        assert mine.index[mine["own"]].tolist() == [challenge.own]
        assert np.allclose(mine["cost_per_year"], study.budget, rtol=0.05)
        assert mine["best_share"].dropna().sum() == pytest.approx(1.0)
        assert mine.loc[challenge.own, "lead"] == 0


def test_every_challenge_is_a_valid_scenario_and_every_response_a_valid_arm(program: ModuleType) -> None:
    study = program.read()
    for challenge in study.challenges:
        assert stcsim.load(study.scenario, challenge.settings).countries
    for response in study.responses:
        arm = response.arm(1.0)
        assert {m.name for m in arm.mechanisms} == set(response.mechanisms)
        assert set(response.mechanisms) <= set(MECHANISMS)
        low, high = response.arm(0.1), response.arm(10.0)
        assert low.mechanisms != arm.mechanisms != high.mechanisms
