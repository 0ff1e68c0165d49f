"""Convening and its limits: what each level does, when meetings are too many, what a lost hub costs."""

from __future__ import annotations

from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from tests.evidence.pairs import CLEARLY, F8, Seed, effect, outcomes, seeds, standard_errors_away
from tests.regions import at_once, raw_region, spec_of


def away(arm: str, name: str, chosen: tuple[int, ...], **options: object) -> float:
    return standard_errors_away(effect((at_once(arm, **options),), name, chosen))


def test_heads_move_will_and_officers_latency_and_neither_stands_in_for_the_other(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    heads, officers = ((at_once("interagency_working_group", level=v),) for v in ("principals", "working"))
    assert standard_errors_away(effect(heads, "political_will", chosen)) > 10
    assert standard_errors_away(effect(officers, "frontline_days_restricted", chosen)) < -10
    gained = [effect(a, "political_will", chosen).mean() for a in (heads, officers)]
    assert gained[1] < 0.1 * gained[0]
    sooner = [-effect(a, "frontline_days_restricted", chosen).mean() for a in (heads, officers)]
    assert sooner[0] < 0.1 * sooner[1]


def test_there_are_enough_meetings_and_too_many(seed_of: Seed) -> None:
    """Items reach the frontline soonest at some tempo in between; licences wait longer at the highest."""
    chosen = seeds(seed_of)[:8]
    tempo = (2.0, 26.0, 365.0)
    arms = [(at_once("interagency_working_group", per_year=n),) for n in tempo]
    few, some, many = (outcomes(a, chosen)["frontline_days_restricted"] for a in arms)
    assert standard_errors_away(some - few) < -CLEARLY
    assert standard_errors_away(many - some) > CLEARLY
    delay = [outcomes(a, chosen)["licence_days_mean"] for a in arms]
    assert standard_errors_away(delay[2] - delay[1]) > CLEARLY


def test_a_hub_shortens_ways_and_its_sudden_end_hurts(seed_of: Seed) -> None:
    chosen = seeds(seed_of)[:8]
    hub, lost = ((at_once("coordinating_entity", end=end),) for end in (None, 52))
    assert standard_errors_away(effect(hub, "path_length", chosen)) < -10
    assert standard_errors_away(effect(lost, "path_length", chosen, hub)) > 10
    assert standard_errors_away(effect(lost, "frontline_days_restricted", chosen, hub)) > CLEARLY


def test_joint_events_create_ties_mostly_where_none_were(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    events = (at_once("joint_events"),)
    untied, tied = (effect(events, f"trust_{k}", chosen) for k in ("untied", "tied"))
    assert standard_errors_away(untied) > CLEARLY
    assert standard_errors_away(untied - tied) > CLEARLY


def test_conferences_teach_little_and_need_somebody_to_hold_them(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    held = (at_once("conferences"),)
    level = outcomes((), chosen)["competence"].mean()
    assert abs(effect(held, "competence", chosen).mean()) < 0.005 * level
    raw = raw_region(13, 26)
    raw["partners"] = []
    bare = Engine.begin(spec_of(raw), chosen[:2]).warm().branch([0, 1, 0, 1], [(), (), held, held]).finish()
    trust = compute(Tables.of(bare.spec, bare.state))["trust"]
    assert trust[2:].tolist() == trust[:2].tolist()


def test_the_same_controls_leak_more_where_countries_are_more_vulnerable(seed_of: Seed) -> None:
    """Firms that are readily used, insiders, stretches that nobody patrols."""
    chosen = seeds(seed_of)[:12]

    def transfers(recruitable: float, insiders: float, patrols: float) -> F8:
        raw = raw_region(26, 104)
        for country in raw["countries"]:
            country.setdefault("vulnerability", {}).update(recruitable=recruitable, insider_share=insiders)
            for stretch in country.get("stretches", []):
                stretch["patrols"] = patrols
        spec = spec_of(raw)
        engine = Engine.begin(spec, chosen).warm().finish()
        return compute(Tables.of(spec, engine.state))["diversions"]

    assert standard_errors_away(transfers(3.0, 0.4, 0.0) - transfers(1.0, 0.0, 0.8)) > CLEARLY
