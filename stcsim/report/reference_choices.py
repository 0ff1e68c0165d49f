"""Tables of what can be chosen, assumed and asked: mechanisms, shocks, parameters, outcomes, sources."""

from __future__ import annotations

from typing import Any

from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.outcomes.outcome import FAMILIES
from stcsim.outcomes.registry import INFOS
from stcsim.parameters import Parameters, register
from stcsim.report.markdown import between, code, codes, first_paragraph, grid, value
from stcsim.scenario.library import find, names
from stcsim.scenario.loading import load
from stcsim.shocks import SHOCKS
from stcsim.sources import CONFIDENCE, sources
from stcsim.spec import ASSUMED, Spec, quantities, texts

DATES = ("coverage", "start", "end")
"""Fields that all mechanisms share."""


def mechanisms() -> str:
    """Return every mechanism with what it claims, its route and what it needs."""
    rows = [
        [
            f"[{code(name)}](mechanisms/{name}.md)",
            kind.title,
            codes(kind.route),
            codes(kind.answers) or "none",
            kind.prerequisites,
            f"{kind.model_fields['lead_time'].default} weeks",
        ]
        for name, kind in MECHANISMS.items()
    ]
    head = ["Name", "Title", "Route", "Challenges that it claims to answer", "Prerequisites", "Lead time"]
    return grid(head, rows)


def shared_fields() -> str:
    """Return the fields that all mechanisms share."""
    return fields_of(Mechanism, only=(*DATES, "lead_time"))


def challenges() -> str:
    """Return the challenges, what claims to answer each, where to look, and the elements that try it."""
    rows = []
    for name, challenge in CHALLENGES.items():
        answer = [m for m, kind in MECHANISMS.items() if name in kind.answers]
        rows.append(
            [
                code(name),
                challenge.group,
                challenge.text,
                codes(answer) or "none",
                code(challenge.scenario),
                codes(challenge.outcomes),
                ", ".join(f"[{e}](evidence.md)" for e in challenge.elements),
            ]
        )
    head = ["Challenge", "Group", "In words", "Mechanisms that claim to answer it"]
    return grid([*head, "Scenario that shows it", "Outcomes to look at", "Evidence"], rows)


def scenarios() -> str:
    """Return every scenario of the library with what it asks."""
    rows = []
    for name in names():
        spec = load(find(name)).spec
        people = f"{len(spec.countries)} {'country' if len(spec.countries) == 1 else 'countries'}"
        arms = codes(arm.name for arm in spec.arms)
        link = f"[{code(name)}](../scenarios/{name}.yaml)"
        rows.append([link, f"{spec.title}. {spec.question}", people, codes(spec.headline), arms])
    return grid(["Name", "What it asks", "Size", "Headlines", "Arms"], rows)


def shocks() -> str:
    """Return every shock with its fields."""
    parts = [
        f"#### {code(name)}\n\n{kind.title}. {first_paragraph(kind.__doc__)}\n\n{fields_of(kind)}"
        for name, kind in SHOCKS.items()
    ]
    return "\n\n".join(parts)


def fields_of(kind: type[Spec], only: tuple[str, ...] = (), leave_out: tuple[str, ...] = ()) -> str:
    """Return the fields of a mechanism or shock with default, unit, sweep range and meaning."""
    measured = {q.path: q for q in quantities(kind)}
    rows = []
    for name, info in kind.model_fields.items():
        if (only and name not in only) or name in leave_out:
            continue
        q = measured.get(name)
        default = "required" if info.is_required() else value(info.default)
        rows.append(
            [code(name), default, q.unit if q else "", between(q.sweep) if q else "", texts(kind)[name]]
        )
    return grid(["Field", "Default", "Unit", "Sweep", "Meaning"], rows)


def parameters() -> str:
    """Return the register, group by group."""
    parts = []
    for group, info in Parameters.model_fields.items():
        rows = [
            [code(q.path), q.unit, value(q.default), between(q.sweep) or "fixed", _basis(q.basis), q.text]
            for q in register()
            if q.path.startswith(f"{group}.")
        ]
        table = grid(["Path", "Unit", "Default", "Sweep", "Basis", "Meaning"], rows)
        title: Any = info.annotation
        parts.append(
            f"#### {group}\n\n{texts(Parameters)[group]} {first_paragraph(title.__doc__)}\n\n{table}"
        )
    return "\n\n".join(parts)


def bases() -> str:
    """Return for each group of parameters how many are assumed, and which rest on a public figure."""
    rows = []
    for group in Parameters.model_fields:
        own = [q for q in register() if q.path.startswith(f"{group}.")]
        known = [
            f"{code(q.path.split('.')[1])} ([{q.basis}](reference.md#sources))"
            for q in own
            if q.basis != ASSUMED
        ]
        link = f"[{code(group)}](reference.md#{group})"
        told = texts(Parameters)[group]
        rows.append([link, told, str(len(own)), str(len(own) - len(known)), ", ".join(known) or "none"])
    return grid(["Group", "What it holds", "Parameters", "Assumed", "With a public basis"], rows)


def _basis(basis: str) -> str:
    return basis if basis == ASSUMED else f"[{basis}](#sources)"


def assumed() -> str:
    """Return in a sentence how much of the register rests on no public figure."""
    known = register()
    guesses = sum(q.basis == ASSUMED for q in known)
    swept = sum(q.basis == ASSUMED and q.sweep is not None for q in known)
    own = [q for kind in MECHANISMS.values() for q in quantities(kind) if q.path not in DATES]
    doses = sum(q.basis == ASSUMED for q in own)
    return (
        f"Of the {len(known)} parameters in the register, **{guesses} are assumed**: no public figure was "
        f"found for them. {swept} of these have a sweep range and vary between sampled worlds, the other "
        f"{guesses - swept} are conventions that stay fixed. Of the {len(own)} numbers that describe the "
        f"mechanisms themselves (how often a group meets, how many hours it takes), {doses} are assumed."
    )


def outcomes() -> str:
    """Return every outcome, family by family."""
    parts = []
    for family in FAMILIES.values():
        rows = [
            [code(i.name), i.label, i.unit, i.better, i.view, i.text]
            for i in INFOS.values()
            if i.family == family
        ]
        table = grid(["Name", "Label", "Unit", "Better", "View", "Definition"], rows)
        parts.append(f"#### {family}\n\n{table}")
    return "\n\n".join(parts)


def sources_table() -> str:
    """Return every source with its figure, and what the letters of confidence mean."""
    letters = "; ".join(f"**{letter}** {words}" for letter, words in CONFIDENCE.items())
    rows = [
        [
            code(s.key),
            f"[{s.title}]({s.url})",
            s.year,
            s.fact,
            f"{s.value} ({s.unit})",
            s.confidence,
            ", ".join(s.uses),
        ]
        for s in sources().values()
    ]
    head = ["Key", "Document", "Year", "What is taken from it", "Figure", "Confidence", "Used for"]
    return f"Confidence: {letters}.\n\n{grid(head, rows)}"
