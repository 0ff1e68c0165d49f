"""The end of a report: what the model cannot say, and how to repeat what was done."""

from __future__ import annotations

from stcsim.report.html import Html, details, join, tag
from stcsim.report.inputs import Provenance, ScenarioInfo

LIMITS: tuple[tuple[str, str], ...] = (
    (
        "No forecast.",
        "How common violations are, how often they are found and how fast staff leave is not publicly "
        "known. Levels are "
        "those of the assumed region; read differences, their direction and the order of arms.",
    ),
    (
        "Sizes follow assumed intensities.",
        "How often a group meets and how good its meetings are was assumed. Another dose gives another size.",
    ),
    (
        "Intervals do not cover everything.",
        "They hold chance and the sampled parameters. What the model leaves out, and equations that may be "
        "wrong, is in "
        "none of them.",
    ),
    (
        "No score of compliance.",
        "Nothing here measures a state, an agency or a firm, and nothing here may be used to rank them or "
        "to decide "
        "about a person or a consignment.",
    ),
    (
        "No guide for targeting or evasion.",
        "The adversary is a stylised one that learns from its losses; its ways are no intelligence about "
        "real ones.",
    ),
)


def limits_part() -> Html:
    """Return what no reader should take from the report."""
    return tag("ul", *(tag("li", tag("strong", head), f" {words}") for head, words in LIMITS))


def provenance_part(provenance: Provenance, info: ScenarioInfo, runs: str) -> Html:
    """Return version, seed, hash and the command that repeats the comparison.

    Parameters
    ----------
    provenance : of the runs
    info : of the scenario
    runs : how many runs there are, in words
    """
    entries = {
        "Scenario": info.name,
        "Hash of the resolved scenario": provenance.scenario_hash,
        "Seed": str(provenance.seed),
        "Runs": runs,
        "stcsim": provenance.version,
        **provenance.more,
    }
    facts = tag("dl", *(tag("div", tag("dt", k), tag("dd", v)) for k, v in entries.items()), class_="facts")
    scenario = (
        details(
            "The resolved scenario, every default filled in", tag("pre", tag("code", provenance.resolved))
        )
        if provenance.resolved
        else None
    )
    command = tag("pre", tag("code", provenance.command), tabindex="0")
    return join(facts, tag("p", "The same numbers come from this line:"), command, scenario)
