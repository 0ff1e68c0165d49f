"""The finding that stands first: right in every case, never more certain than the words it is made from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stcsim.outcomes.info import OutcomeInfo
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.amounts import changed, money
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.leading import best_of, leading_finding
from stcsim.pictures.style import RIVAL

HEADLINE = ("diversions", "licit_delay_mean", "captured_capacity", "total_cost")
BASE = {"diversions": 26.6, "licit_delay_mean": 27.9, "captured_capacity": 0.42, "total_cost": 6065.0}
NAN = (math.nan, math.nan)


@dataclass(frozen=True)
class Said:
    """What a case says of one arm and outcome: change in percent, word, and half the width of its interval.

    Parameters
    ----------
    alone : change in percent under default assumptions, where assumptions were varied as well
    """

    percent: float
    word: str = "clearly"
    half: float = 0.5
    alone: float | None = None


STILL = Said(0.0, "no change", 0.0)


def effect(arm: str, info: OutcomeInfo, said: Said, worlds: int) -> Effect:
    base = BASE.get(info.name, 10.0)
    named = said.word in ("clearly", "probably")
    direction = ("lower" if said.percent < 0 else "higher") if named else ""
    judged = "better" if direction == info.better else "worse"
    judged = judged if direction and info.better != "none" else ""
    alone = said.percent if said.alone is None else said.alone
    share, ends = alone / 100, ((alone - said.half) / 100, (alone + said.half) / 100)
    over = said.percent / 100, ((said.percent - said.half) / 100, (said.percent + said.half) / 100)
    inner = over[1] if worlds else NAN
    return Effect(
        arm=arm,
        outcome=info.name,
        base=base,
        level=base * (1 + share),
        mean=base * share,
        share=share,
        runs_interval=(base * ends[0], base * ends[1]),
        runs_share_interval=ends,
        variance_removed=0.5,
        pairs=20,
        worlds=worlds,
        undefined=False,
        world_interval=(base * inner[0], base * inner[1]),
        world_share_interval=inner,
        world_mean=base * over[0] if worlds else math.nan,
        world_mean_interval=(base * inner[0], base * inner[1]),
        world_mean_share=over[0] if worlds else math.nan,
        world_mean_share_interval=inner,
        verdict=said.word,
        direction=direction,
        judged=judged,
        exploratory=False,
    )


def effects(
    cases: Mapping[str, Iterable[Said]], headline: tuple[str, ...] = HEADLINE, worlds: int = 0
) -> Effects:
    """Return a comparison: for each arm what it does to the headlines in their order, nothing to the rest."""
    infos = {name: INFOS[name] for name in headline}
    rows = {}
    for arm, said in cases.items():
        told = [*said]
        told += [STILL] * (len(headline) - len(told))
        for info, one in zip(infos.values(), told, strict=True):
            rows[arm, info.name] = effect(arm, info, one, worlds)
    labels = {arm: arm.replace("_", " ").capitalize() for arm in cases if not arm.endswith(RIVAL)}
    arms = tuple(cases)
    return Effects(arms, arms, headline, infos, labels, rows, worlds, 20, 0.95)


UNCLEAR = Said(-0.8, "unclear", 2.0)
CHANNEL = [Said(-15.0), STILL, STILL, Said(3.38)]


def test_what_changes_most_stands_first_with_its_price() -> None:
    found = effects({"frontline_channel": CHANNEL, "donor_coordination": [UNCLEAR]})
    assert leading_finding(found) == (
        "Frontline channel: 15% fewer illicit transfers completed, for 205 thousand US dollars; no other arm "
        "changes them clearly"
    )


def test_what_is_worse_elsewhere_is_part_of_the_price() -> None:
    dear = [Said(-15.0), Said(2.6), Said(-0.1, "probably"), Said(3.38)]
    found = leading_finding(effects({"frontline_channel": dear}))
    assert found == (
        "Frontline channel: 15% fewer illicit transfers completed, for 205 thousand US dollars, but 2.6% "
        "more days an honest controlled export loses and probably captured capacity 0.1% lower"
    )


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (STILL, ", at no extra cost"),
        (Said(0.4, "unclear"), ", at no clear extra cost"),
        (Said(-2.0), ", saving 121 thousand US dollars"),
        (Said(200.0), ", for 12.1 million US dollars"),
    ],
)
def test_money_is_told_as_far_as_it_is_known(cost: Said, said: str) -> None:
    found = leading_finding(effects({"one": [Said(-15.0), STILL, STILL, cost]}))
    assert found == f"One: 15% fewer illicit transfers completed{said}"


def test_where_nothing_is_clear_what_is_clear_elsewhere_is_said() -> None:
    nothing = effects({"one": [UNCLEAR], "two": [UNCLEAR]})
    assert leading_finding(nothing) == "No arm changes illicit transfers completed clearly"
    alone = effects({"one": [UNCLEAR]})
    assert leading_finding(alone) == "One: no clear change in illicit transfers completed"
    elsewhere = effects({"one": [UNCLEAR, STILL, Said(0.8), Said(3.38)], "two": [UNCLEAR]})
    assert leading_finding(elsewhere) == (
        "No arm changes illicit transfers completed clearly; better is captured capacity 0.8% higher with "
        "One, for 205 thousand US dollars"
    )
    still = effects({"one": [STILL], "two": [STILL]})
    assert leading_finding(still) == "No arm changes illicit transfers completed"


def test_several_clear_arms_are_counted_and_the_next_is_named() -> None:
    cases = {"one": [Said(-15.0)], "two": [Said(-9.0)], "three": [Said(-4.0)], "four": [UNCLEAR]}
    assert leading_finding(effects(cases)).endswith("; 2 of 3 other arms too, most Two (9.0% fewer)")
    assert leading_finding(effects({"one": [Said(-15.0)], "two": [Said(-9.0)]})).endswith(
        "; Two too, 9.0% fewer"
    )


def test_arms_that_go_the_other_way_are_said() -> None:
    found = leading_finding(effects({"one": [Said(-15.0)], "two": [Said(7.0)]}))
    assert found.endswith("; the other way with Two (7.0% more)")
    worse = leading_finding(effects({"one": [Said(15.0), STILL, STILL, Said(3.38)], "two": [UNCLEAR]}))
    assert worse == (
        "No arm leaves fewer illicit transfers completed with any certainty; One: 15% more, for 205 thousand "
        "US dollars"
    )
    several = leading_finding(effects({"one": [Said(15.0)], "two": [Said(7.0)], "three": [UNCLEAR]}))
    assert "more in 2 of 3 arms, most with One: 15% more" in several
    alone = leading_finding(effects({"one": [Said(15.0), STILL, Said(2.0), Said(3.38)]}))
    assert alone == (
        "One: 15% more illicit transfers completed, for 205 thousand US dollars; better is captured capacity "
        "2.0% higher"
    )


def test_what_is_only_probable_is_said_to_be_so_and_what_is_surer_is_named() -> None:
    probable = effects({"one": [Said(-15.0, "probably")], "two": [Said(-2.0, "probably")]})
    assert leading_finding(probable) == (
        "One: probably 15% fewer illicit transfers completed, at no extra cost; no arm changes them clearly "
        "(Two probably)"
    )
    surer = leading_finding(effects({"one": [Said(-15.0, "probably")], "two": [Said(-2.0)]}))
    assert surer.endswith("; surest is Two, clearly 2.0% fewer")


def test_where_higher_is_better_more_is_a_gain() -> None:
    headline = ("captured_capacity", "total_cost")
    found = effects({"one": [Said(4.0), Said(3.38)], "two": [Said(-3.0)]}, headline)
    assert leading_finding(found) == (
        "One: captured capacity 4.0% higher, for 205 thousand US dollars; the other way with Two (3.0% lower)"
    )
    attempts = effects({"one": [Said(4.0)], "two": [Said(9.0)]}, ("interdictions",))
    assert leading_finding(attempts) == "Two: 9.0% more attempts stopped; One too, 4.0% more"


def test_a_headline_of_no_direction_tells_the_largest_change() -> None:
    found = effects({"one": [Said(4.0)], "two": [Said(-9.0)]}, ("stat_seizures",))
    assert leading_finding(found) == "Two: 9.0% fewer seizures; the other way with One (4.0% more)"


def test_cost_alone_is_a_headline_too() -> None:
    found = effects({"one": [Said(-4.0)], "two": [Said(9.0)]}, ("total_cost",))
    assert leading_finding(found) == "One: total cost 4.0% lower; the other way with Two (9.0% higher)"


def test_varied_assumptions_are_named_and_what_they_turn_unclear_is_said() -> None:
    held = effects({"one": [Said(-12.0, alone=-15.0)], "two": [UNCLEAR]}, worlds=10)
    assert leading_finding(held).startswith(
        "One: 12% fewer illicit transfers completed on average over 10 sampled sets of assumptions, "
    )
    turned = effects({"one": [Said(-1.0, "unclear", 5.0, alone=-15.0)], "two": [UNCLEAR]}, worlds=10)
    assert leading_finding(turned) == (
        "No arm changes illicit transfers completed clearly over 10 sampled sets of assumptions; what the "
        "default assumptions alone show (One: 15% fewer) does not hold over them"
    )
    few = effects({"one": [Said(-12.0, "unclear", 5.0, alone=-15.0)]}, worlds=3)
    assert leading_finding(few) == (
        "One: no clear change in illicit transfers completed over 3 sampled sets of assumptions, too few for "
        "a verdict; what the default assumptions alone show (One: 15% fewer) is not settled by them"
    )


@pytest.mark.parametrize(
    ("rival", "said"),
    [
        (Said(-16.0, half=2.0), "the same money on staff does as well (16% fewer)"),
        (Said(-30.0), "the same money on staff does better (30% fewer)"),
        (Said(-16.0, "unclear", 30.0), "the same money on staff may do as well (16% fewer, unclear)"),
        (Said(-3.0), "the same money on staff does less (3.0% fewer)"),
        (Said(-12.0, half=4.0), "whether it does more than the same money on staff (12% fewer) is open"),
        (STILL, "the same money on staff does less (no change)"),
    ],
)
def test_the_same_money_on_staff_is_told_beside_the_first(rival: Said, said: str) -> None:
    found = effects({"one": [Said(-15.0)], "one~staff": [rival]})
    assert leading_finding(found).partition("; ")[2] == said


def test_staff_that_gain_where_no_arm_does_are_said() -> None:
    found = effects({"one": [UNCLEAR], "one~staff": [Said(-12.0)], "two": [UNCLEAR]})
    assert leading_finding(found) == (
        "No arm changes illicit transfers completed clearly; the money of One spent on staff does: 12% fewer"
    )


def test_without_an_arm_there_is_nothing_to_compare() -> None:
    assert leading_finding(effects({})) == "Nothing to compare"


def test_what_has_no_share_is_told_in_its_unit() -> None:
    found = effects({"one": [Said(-15.0), Said(2.6)]})
    bare = {
        key: Effect(**{**e.__dict__, "share": math.nan, "runs_share_interval": NAN})
        for key, e in found.rows.items()
    }
    told = Effects(**{**found.__dict__, "rows": bare})
    assert changed(told, told.get("one", "diversions")) == "3.99 fewer illicit transfers completed"
    many = effects({"one": [Said(1500.0), Said(1.0), Said(0.001)]})
    assert changed(many, many.get("one", "diversions")) == "16 times as many illicit transfers completed"
    assert changed(many, many.get("one", "captured_capacity")) == "captured capacity under 0.01% higher"


@pytest.mark.parametrize(
    ("thousands", "said"),
    [
        (0.04, "under a thousand US dollars"),
        (205.2, "205 thousand US dollars"),
        (1234.0, "1.23 million US dollars"),
    ],
)
def test_money_is_rounded_to_what_is_read(thousands: float, said: str) -> None:
    assert money(thousands) == said


words = st.sampled_from(["clearly", "probably", "unclear", "no change"])
changes = st.floats(-60, 60).filter(lambda x: abs(x) > 0.1)
cells = st.builds(
    lambda percent, word, half: STILL if word == "no change" else Said(percent, word, half),
    changes,
    words,
    st.floats(0.1, 20.0),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=22),
    st.booleans(),
    st.sampled_from([0, 3, 10]),
)
def test_any_comparison_has_a_first_finding_that_is_so(
    rows: list[list[Said]], staff: bool, worlds: int
) -> None:
    cases: dict[str, list[Said]] = {}
    for place, row in enumerate(rows):
        cases[f"arm_{place}"] = row
        if staff:
            cases[f"arm_{place}{RIVAL}"] = rows[place - 1]
    found = effects(cases, worlds=worlds)
    said = leading_finding(found)
    assert said == said.strip(" ;,")
    assert len(said) < 420, "three lines at most"
    assert "nan" not in said
    best = best_of(found)
    first = [found.get(a, "diversions") for a in found.own]
    gains = [e for e in first if e.judged == "better"]
    assert (best is None) == (not gains)
    if best is not None:
        e = found.get(best, "diversions")
        assert said.startswith(f"{found.label(best)}: {'probably ' if e.verdict == 'probably' else ''}")
        assert changed(found, e, named=False) in said
        assert abs(e.mean) == max(abs(other.mean) for other in gains)
    else:
        assert "fewer illicit" not in said or "no arm leaves fewer" in said.lower()
    assert ("no other arm changes" in said) <= (sum(e.verdict == "clearly" for e in first) == 1)
    assert ("sampled set" in said) <= (worlds > 0)
    if not any(e.clear for e in first):
        assert said.startswith(("No arm changes", "Arm 0: no c"))
