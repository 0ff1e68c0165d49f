"""What happens in a step, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stcsim.draws import Draws
from stcsim.processes import (
    adversary,
    belonging,
    births,
    capacity,
    cases,
    champions,
    checks,
    detention,
    donors,
    exports,
    firms,
    hours,
    information,
    licensing,
    lists,
    record,
    screening,
    staleness,
    tips,
    trainers,
    trust,
    will,
)
from stcsim.state.state import State, When


@dataclass(frozen=True)
class Phase:
    """One process of a step.

    Parameters
    ----------
    name : for people and profiles
    function : called with state, draws and the step
    text : what it does, one line
    reads, writes : tables that it reads and changes
    substeps : how often it acts within a step, in words
    """

    name: str
    function: Callable[[State, Draws, When], None]
    text: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    substeps: str = "once"


PHASES: tuple[Phase, ...] = (
    Phase(
        "will",
        will.step_will,
        "political will reverts, rises with success, incidents, engagement",
        ("cases", "compiled"),
        ("countries",),
    ),
    Phase(
        "hours",
        hours.step_hours,
        "hours of coordinating are taken from everything else",
        ("compiled", "countries"),
        ("holders", "ledger"),
    ),
    Phase(
        "trainers",
        trainers.step_trainers,
        "own trainers teach, train the next and leave",
        ("compiled",),
        ("holders", "ledger"),
        "each quarter",
    ),
    Phase(
        "donors",
        donors.step_donors,
        "donors plan activities for the quarter",
        ("holders", "compiled"),
        ("donors", "holders", "countries", "activities", "ledger"),
        "each quarter",
    ),
    Phase(
        "capacity",
        capacity.step_capacity,
        "KPST is acquired, used, forgotten, lost; tools fail",
        ("countries", "compiled"),
        ("holders",),
    ),
    Phase(
        "champions",
        champions.step_champions,
        "key practitioners of agencies leave and are replaced",
        ("holders",),
        ("holders", "ledger"),
        "each quarter",
    ),
    Phase(
        "belonging",
        belonging.step_belonging,
        "who meets as a whole ecosystem comes to see itself as one",
        ("compiled",),
        ("holders",),
        "each quarter",
    ),
    Phase(
        "trust",
        trust.step_trust,
        "trust and clarity of roles grow by meeting",
        ("compiled", "countries"),
        ("holders", "countries"),
    ),
    Phase(
        "lists",
        lists.step_lists,
        "the regime agrees lists, countries adopt them, procedures change",
        ("countries", "holders"),
        ("items", "holders", "countries", "technologies", "ledger"),
    ),
    Phase(
        "awareness",
        firms.step_awareness,
        "firms learn what is controlled, and decide how to comply",
        ("countries", "compiled"),
        ("firms",),
    ),
    Phase(
        "exports",
        exports.step_exports,
        "firms export: licensed, unknowing, knowing, intangible",
        ("firms", "countries"),
        ("firms", "cases", "licences", "countries", "ledger"),
    ),
    Phase(
        "attempts",
        adversary.step_attempts,
        "networks try, or wait",
        ("networks", "fronts", "posts", "firms"),
        ("cases", "countries", "networks", "fronts", "ledger"),
    ),
    Phase("queue", licensing.step_queue, "the licensing queue moves", ("holders",), ("countries",)),
    Phase(
        "decisions",
        licensing.step_decisions,
        "applications of networks are decided",
        ("holders", "fronts"),
        ("cases", "licences", "ledger"),
    ),
    Phase(
        "checks",
        checks.step_checks,
        "end-use checks before and after delivery",
        ("holders", "compiled"),
        ("cases", "holders", "ledger"),
    ),
    Phase(
        "operations",
        cases.step_operations,
        "law enforcement stops what it knows of",
        ("fronts", "holders"),
        ("cases",),
    ),
    Phase(
        "detention",
        detention.step_detention,
        "what was doubted is determined or released at the clock",
        ("holders", "countries", "compiled"),
        ("cases", "posts", "ledger"),
    ),
    Phase(
        "screening",
        screening.step_screening,
        "checkpoints rank, inspect and recognise",
        ("holders", "fronts", "countries"),
        ("cases", "posts", "ledger"),
        "each calendar week",
    ),
    Phase("undeclared", cases.step_undeclared, "what crosses no checkpoint is completed", (), ("cases",)),
    Phase(
        "ladder",
        cases.step_ladder,
        "cases go up the ladder from referral to conviction",
        ("holders", "countries"),
        ("cases", "countries", "networks", "fronts", "ledger"),
    ),
    Phase(
        "intelligence",
        births.step_intelligence,
        "intelligence and civil society learn of fronts, which is announced",
        ("holders",),
        ("items", "fronts"),
    ),
    Phase(
        "news",
        births.step_from_cases,
        "seizures, refusals, reports and checks are announced",
        ("cases", "fronts"),
        ("items", "cases"),
    ),
    Phase(
        "denials",
        births.step_false_refusals,
        "refusals by mistake are announced as false denials",
        ("licences",),
        ("items",),
    ),
    Phase(
        "tips",
        tips.step_tips,
        "false tips that a shock brings to customs are announced",
        ("countries",),
        ("items",),
        "each calendar week",
    ),
    Phase(
        "information",
        information.step_information,
        "what was announced becomes information; it arrives, is read, goes on",
        ("compiled",),
        ("items", "holders", "fronts", "ledger"),
        "each day",
    ),
    Phase("staleness", staleness.expire, "information goes stale", ("fronts",), ("items", "discoveries")),
    Phase(
        "learning",
        adversary.step_learning,
        "networks feel losses and passes",
        ("cases",),
        ("networks", "cases", "fronts", "closed_fronts"),
    ),
    Phase(
        "fronts",
        adversary.step_fronts,
        "fronts are dropped and replaced",
        (),
        ("fronts", "closed_fronts"),
    ),
    Phase("perception", firms.step_perception, "firms hear of seizures", ("cases",), ("countries",)),
    Phase(
        "record",
        record.step_record,
        "the month is written down",
        ("holders", "firms", "countries"),
        ("ledger",),
        "each month",
    ),
)
"""The processes of a step in the order in which they happen."""
