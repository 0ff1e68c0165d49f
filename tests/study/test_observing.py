"""What is watched is what is: tables add up to outcomes, follow the structure, and disturb nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from stcsim.actors.activity import CATALOGUE
from stcsim.engine.engine import Engine
from stcsim.outcomes.coordination import needed_ties
from stcsim.outcomes.registry import OUTCOMES, compute
from stcsim.outcomes.tables import Tables
from stcsim.processes.record import stocks
from stcsim.study import observing_cases, observing_ties
from stcsim.study.observation import TABLES, TIE_KINDS, Observation
from stcsim.study.observing import observe
from stcsim.study.observing_choice import MOST_STORIES
from stcsim.study.observing_dates import DATES
from stcsim.study.observing_story import WHAT
from stcsim.study.specs import RunSpec, begin
from tests.observations import COUNTED, WARM_UP, observed, watch

ARMS = ("baseline", "channel", "late_group")
RUN = ["arm", "replication"]


@pytest.fixture(scope="module")
def seen() -> Observation:
    return observed("channel", "late_group")


@pytest.fixture(scope="module")
def ended() -> Engine:
    """The same runs at their horizon, which nobody watched: arms of replication 0, then of 1."""
    what = watch("channel", "late_group")
    warm = begin([RunSpec(what.scenario, what.arms[0], u.seed, u.replication) for u in what.units])
    runs = [(i, arm) for i in range(2) for arm in what.arms]
    return warm.branch([i for i, _ in runs], [arm.mechanisms for _, arm in runs]).finish()


def by_run(table: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield the rows of each run, by its place in the stack that nobody watched."""
    for (arm, replication), rows in table.groupby(RUN):
        yield 3 * int(replication) + ARMS.index(arm), rows


def test_watching_changes_nothing(seen: Observation, ended: Engine) -> None:
    outcomes = compute(Tables.of(ended.spec, ended.state))
    last = seen.region[seen.region["quarter"] == seen.quarters]
    found = {
        "captured_capacity": "captured",
        "trust": "trust",
        "recognition": "recognition",
        "competence": "competence",
        "idle_equipment": "tools_idle",
        "gaps_left": "gaps",
        "political_will": "will",
    }
    for run, rows in by_run(last):
        for outcome, column in found.items():
            assert rows[column].item() == outcomes[outcome][run], outcome


def test_cases_add_up_to_attempts_and_their_fates(seen: Observation, ended: Engine) -> None:
    tables = Tables.of(ended.spec, ended.state)
    outcomes = compute(tables)
    for run, rows in by_run(seen.flows):
        network = rows[rows["origin"] == "adversary"]
        tried = network[network["way"] != "wait"]
        assert tried["cases"].sum() == outcomes["attempts"][run]
        assert network["cases"].sum() == outcomes["opportunities"][run]
        assert network[network["fate"] == "forgone"]["cases"].sum() == outcomes["attempts_forgone"][run]
        born = (ended.state.cases.col("run") == run) & (ended.state.cases.col("born") > tables.first)
        assert rows["cases"].sum() == born.sum()
    for run, rows in by_run(seen.cases):
        assert len(rows) == seen.flows.loc[_of(seen.flows, run), "cases"].sum()
        done = rows[rows["fate"].isin(["completed", "released_clock"]) & (rows["origin"] == "adversary")]
        through = done[done["way"] != "intangible"]
        before = tables.diverted & (tables.case("born") <= tables.first)
        assert len(through) + tables.cases(before)[run] == outcomes["diversions"][run]


def _of(table: pd.DataFrame, run: int) -> pd.Series[bool]:
    return (table["arm"] == ARMS[run % 3]) & (table["replication"] == run // 3)


def test_capacity_of_bodies_adds_up_to_that_of_the_region(seen: Observation) -> None:
    whole = seen.region.set_index([*RUN, "quarter"])
    for run, rows in seen.capacity.groupby([*RUN, "quarter"]):
        for name in ("captured", "latent"):
            mean = np.average(rows[name], weights=rows["weight"])
            assert mean == pytest.approx(whole.loc[run, name], rel=1e-12)
    tools = seen.capacity[seen.capacity["component"] == "tools"]
    used = tools.groupby([*RUN, "quarter", "body"])[["latent", "captured", "weight"]].apply(
        lambda rows: np.average(rows["latent"] + rows["captured"], weights=rows["weight"])
    )
    held = seen.equipment.set_index([*RUN, "quarter", "body"])["held"]
    assert np.allclose(held.sort_index(), used.sort_index(), rtol=1e-12)


def test_idle_tools_of_bodies_add_up_to_those_of_the_region(seen: Observation) -> None:
    e = seen.equipment
    assert np.allclose(e["held"], e["usable"] + e["idle"])
    assert (e["in_use"] <= e["held"] + 1e-12).all()
    parts = e.assign(idle=e["idle"] * e["weight"], held=e["held"] * e["weight"])
    total = parts.groupby([*RUN, "quarter"])[["idle", "held"]].sum()
    whole = seen.region.set_index([*RUN, "quarter"])["tools_idle"].sort_index()
    assert np.allclose(total["idle"] / total["held"], whole, rtol=1e-9, atol=1e-12)


def test_ties_are_those_of_the_structure_in_force(seen: Observation, ended: Engine) -> None:
    state, n = ended.state, ended.state.holders.n
    ids, c = state.holders.ids, state.compiled
    last = seen.ties[seen.ties["quarter"] == seen.quarters]
    for a, arm in enumerate(ARMS):
        runs = [a, 3 + a]
        rate = np.zeros((n, n))
        for run in runs:
            mine = c.edge_from // n == run
            np.add.at(rate, (c.edge_from[mine] % n, c.edge_to[mine] % n), c.edge_rate[mine] / 2)
        ties = last[last["arm"] == arm].set_index(["kind", "source", "target"]).sort_index()
        channels = ties.loc["channel", "value"]
        assert len(channels) == (rate > 0).sum()
        for (source, target), value in channels.items():
            assert value == pytest.approx(rate[ids.index(source), ids.index(target)], rel=1e-12)
        for (source, target), row in ties.loc["trust"].iterrows():
            i, j = ids.index(source), ids.index(target)
            assert row["value"] == pytest.approx(np.mean([state.holders.trust[r * n + i, j] for r in runs]))
        for (source, target), row in ties.loc["recognition"].iterrows():
            i, j = ids.index(source), ids.index(target)
            knows = [state.holders.recognises[r * n + i, j] for r in runs]
            assert row["value"] == row["share"] == np.mean(knows)


def test_pairs_that_should_know_each_other(seen: Observation, ended: Engine) -> None:
    needed = needed_ties(ended.state)
    ids = ended.state.holders.ids
    found = {
        (ids.index(s), ids.index(t))
        for s, t in zip(*seen.pairs[["source", "target"]].to_numpy().T, strict=True)
    }
    assert found == set(zip(*(axis.tolist() for axis in np.nonzero(needed)), strict=True))
    assert (seen.region["needed"] == len(found)).all()
    assert seen.pairs["importance"].between(0, 1, inclusive="right").all()


def test_paired_arms_are_equal_where_they_branch(seen: Observation) -> None:
    for name in ("ties", "region", "capacity", "equipment", "posts"):
        start = seen.table(name).query("quarter == 0")
        parts = [start[start["arm"] == arm].drop(columns="arm").reset_index(drop=True) for arm in ARMS]
        assert len(parts[0])
        for other in parts[1:]:
            pd.testing.assert_frame_equal(parts[0], other)
    # the potential world is one: the same occasions come to networks in all arms
    own = seen.cases[seen.cases["origin"] == "adversary"]
    keys = own.groupby(RUN)["case"].agg(lambda c: tuple(sorted(c)))
    assert keys.groupby("replication").nunique().eq(1).all()
    day = own.groupby(["replication", "case"])["day"].nunique()
    assert (day == 1).all()


def test_channels_differ_once_arms_do(seen: Observation) -> None:
    ties = seen.ties[seen.ties["kind"] == "channel"]
    number = ties.groupby(["arm", "quarter"]).size().unstack()
    assert number.loc["channel", 1] > number.loc["baseline", 1]
    assert number.loc["late_group", 0] == number.loc["baseline", 0]


def test_alone_and_stacked_are_the_same(seen: Observation) -> None:
    alone = observed("late_group")
    split = observed("channel", "late_group", most=2)
    for name in TABLES:
        if name == "events":
            continue
        whole = seen.table(name)
        pd.testing.assert_frame_equal(whole, split.table(name))
        if "arm" in whole and name != "dates":
            kept = whole[whole["arm"] != "channel"].reset_index(drop=True)
            other = alone.table(name)
            if name == "cases":
                kept, other = kept.drop(columns="story"), other.drop(columns="story")
            pd.testing.assert_frame_equal(kept, other)
    pd.testing.assert_frame_equal(seen.events, split.events)


def test_quarters_of_thirteen_weeks_and_a_last_one(seen: Observation) -> None:
    assert seen.days == (0, 91, 182, 273, 7 * COUNTED)
    assert set(seen.region["quarter"]) == {0, 1, 2, 3, 4}
    for name in ("flows", "cases", "aid"):
        assert set(seen.table(name)["quarter"]) <= {1, 2, 3, 4}
    ends = np.array(seen.days)[seen.cases["quarter"]]
    assert ((seen.cases["day"] <= ends) & (seen.cases["day"] > ends - 91)).all()


def test_what_comes_to_checkpoints_leaves_them(seen: Observation, ended: Engine) -> None:
    posts = seen.posts
    now = posts[posts["quarter"] > 0]
    assert (now["reached"] == now["stopped"] + now["released"] + now["passed"]).all()
    assert (now["inspected"] <= now["reached"]).all()
    assert (now["listed"] <= now["inspected"]).all()
    assert posts[posts["quarter"] == 0][["reached", "passed"]].isna().all(axis=None)
    stretch = ended.state.posts.ids
    assert set(posts["checkpoint"]) == set(stretch)
    tables = Tables.of(ended.spec, ended.state)
    at = tables.settled & (tables.case("post") >= 0)
    for fate, column in (("interdicted_checkpoint", "stopped"), ("released_clock", "released")):
        total = tables.cases(at & tables.has_fate((fate,)))
        for run, rows in by_run(now):
            assert rows[column].sum() == total[run]


def test_aid_is_what_was_delivered(seen: Observation, ended: Engine) -> None:
    outcomes = compute(Tables.of(ended.spec, ended.state))
    activities, rows = ended.state.activities, Tables.of(ended.spec, ended.state).delivered
    money = np.bincount(activities.run[rows], weights=activities.cost[rows], minlength=6)
    for run, mine in by_run(seen.aid):
        assert mine["money"].sum() == pytest.approx(money[run], rel=1e-12)
        twice = mine.loc[mine["overlapping"], "events"].sum() / mine["events"].sum()
        assert twice == pytest.approx(outcomes["duplication_share"][run], abs=1e-12)
    assert set(seen.aid["activity"]) <= {a.name for a in CATALOGUE}


def test_stories_are_told_in_order_and_agree_with_their_cases(seen: Observation) -> None:
    events = seen.events
    assert set(events["what"]) <= set(WHAT)
    told = seen.cases[seen.cases["story"]]
    assert 0 < told.groupby(RUN).size().max() <= MOST_STORIES
    fates = {
        **dict.fromkeys(("stopped_prelicence", "interdicted_checkpoint"), "stopped"),
        **dict.fromkeys(("stopped_report", "stopped_intelligence"), "stopped"),
        "refused": "refusal",
        "released_clock": "released",
        "completed": "completed",
        "forgone": "forgone",
        "in_process": "open",
    }
    actors = {*seen.actors["id"], ""}
    assert set(events["who"]) <= actors
    for row in told.itertuples():
        mine = events.query("arm == @row.arm and replication == @row.replication and case == @row.case")
        days, what = mine["day"].to_numpy(), mine["what"].tolist()
        assert (np.diff(days) >= 0).all()
        assert ("forgone" in what) != ("attempt" in what)
        assert fates[str(row.fate)] in what
        if str(row.fate) not in ("in_process", "forgone"):
            end = mine.loc[mine["what"] == fates[str(row.fate)], "day"].iloc[-1]
            assert end == pytest.approx(row.fate_day)
        if row.held:
            assert "held" in what
        if not np.isnan(float(str(row.discovered_day))):
            assert "discovery" in what
        before = mine.loc[mine["what"] == "knowledge", "day"]
        assert (before <= (7 * COUNTED if np.isnan(float(str(row.fate_day))) else row.fate_day)).all()


def test_news_comes_from_who_stopped_an_attempt_or_found_it_out(seen: Observation) -> None:
    news = seen.events[seen.events["what"] == "news"]
    assert len(news)
    role = seen.actors.set_index("id")["group"]
    keys = [*RUN, "case"]
    fate = seen.cases[seen.cases["story"]].set_index(keys)["fate"]
    for row in news.itertuples():
        seized = fate[(row.arm, row.replication, row.case)] in (
            "interdicted_checkpoint",
            "stopped_intelligence",
        )
        assert role[row.who] == ("customs_headquarters" if seized else "licensing_authority")
        assert "read it within" in str(row.detail)


def test_what_a_story_says_somebody_knew_is_what_it_knew() -> None:
    """A consignment that a list selects was known to be a front's: the post had read an item on it."""
    seen = observed("channel", "late_group")
    listed = seen.events[seen.events["detail"].str.contains("by a list or register")]
    for row in listed.itertuples():
        mine = seen.events.query(
            "arm == @row.arm and replication == @row.replication and case == @row.case and day <= @row.day"
        )
        knew = mine[(mine["what"] == "knowledge") & mine["detail"].str.contains("front company")]
        assert row.who in set(knew["who"])


def test_identities_are_those_of_actors(seen: Observation) -> None:
    kinds = seen.actors.set_index("id")["kind"]
    bodies = {"agency", "partner", "post", "stretch"}
    for name, column in (("ties", "source"), ("ties", "target"), ("capacity", "body"), ("aid", "recipient")):
        assert set(kinds[seen.table(name)[column].unique()]) <= bodies
    assert set(kinds[seen.posts["checkpoint"].unique()]) <= {"post", "stretch"}
    assert set(seen.ties["kind"]) <= set(TIE_KINDS)
    assert set(seen.dates["what"]) <= set(DATES)
    assert (seen.actors["label"].str.len() > 0).all()
    assert not seen.actors["id"].duplicated().any()


def test_dates_of_mechanisms_are_those_of_the_arms(seen: Observation) -> None:
    late = seen.dates[seen.dates["arm"] == "late_group"]
    assert late["what"].tolist() == ["decided", "effect"]
    assert late["day"].tolist() == [70.0, 84.0]


def test_bounds_leave_out_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stcsim.study.observing_record.MOST_TIES", 2_000)
    monkeypatch.setattr("stcsim.study.observing_record.MOST_ROWS", 6_000)
    monkeypatch.setattr("stcsim.study.observing_record.MOST_CASES", 600)
    monkeypatch.setattr(observing_ties, "MOST_OF_A_KIND", 100)
    seen = observe(watch("channel"))
    assert len(seen.ties) < 2_000 + 200 + 1_000
    assert 0 < len(seen.capacity) <= 6_000
    assert len(seen.cases) <= 600
    said = " ".join(seen.notes)
    for word in ("ties:", "capacity, equipment:", "cases:", "pairs", "checkpoints", "weakest"):
        assert word in said
    assert seen.flows["cases"].sum() > len(seen.cases)
    # all that networks did is listed
    network = seen.flows[seen.flows["origin"] == "adversary"]["cases"].sum()
    assert (seen.cases["origin"] == "adversary").sum() == network


def test_progress_comes_to_its_end() -> None:
    told: list[tuple[int, int]] = []
    observe(watch(replications=1), lambda done, total: told.append((done, total)))
    assert told[0] == (0, 5)
    assert told[-1] == (5, 5)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert WARM_UP == 13


def test_stocks_are_named_as_they_are_kept(ended: Engine) -> None:
    assert set(observing_ties.KEPT_STOCKS) <= set(stocks(ended.state))
    assert set(observing_cases.HAPPENS) <= set(observed("channel", "late_group").posts.columns)
    assert "diversions" in OUTCOMES
