"""Tables of what the model is made of: entities and their columns, phases, fates, ways, arrangements."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import Any, get_args

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.country import LawSpec
from stcsim.actors.vocabulary import COMPONENTS, FATES, WAYS
from stcsim.engine.phases import PHASES
from stcsim.outcomes.series import SERIES
from stcsim.outcomes.tables import LET_THROUGH, STOPPED
from stcsim.parameters import AdversaryParameters
from stcsim.processes.cases import OPENED_BY
from stcsim.processes.choice import COST_OF
from stcsim.report.markdown import between, code, codes, first_line, first_paragraph, grid, value
from stcsim.scenario.spec import StructureSpec
from stcsim.spec import docstrings, texts
from stcsim.state.compiled import Compiled
from stcsim.state.events import Activities, Cases, ClosedFronts, Discoveries, Licences
from stcsim.state.items import Items
from stcsim.state.market import Firms, Fronts, Networks, Technologies
from stcsim.state.populations import Countries, Donors, Holders, Posts
from stcsim.state.table import columns_of
from stcsim.structure.arrangements import KINDS

POPULATIONS: tuple[type[Any], ...] = (
    Countries,
    Holders,
    Posts,
    Donors,
    Firms,
    Networks,
    Fronts,
    Technologies,
)
EVENTS: tuple[type[Any], ...] = (Cases, Licences, Activities, Discoveries, ClosedFronts)
_IDENTITY = ("key", "run")


def populations() -> str:
    """Return one row for each table of the state."""
    rows = []
    for kind, tables in (("population", POPULATIONS), ("pool", (Items,)), ("events", EVENTS)):
        for table in tables:
            own = [f for f in columns_of(table) if f.name not in _IDENTITY]
            rows.append([code(table.__name__), kind, first_paragraph(table.__doc__), str(len(own))])
    rows.append(
        [
            code("Compiled"),
            "structure",
            first_line(inspect.getmodule(Compiled).__doc__),
            str(len(fields(Compiled))),
        ]
    )
    return grid(["Table", "Kind", "What a row is, or holds", "Columns"], rows)


def columns() -> str:
    """Return a table of columns for each population, event table and the pool of items."""
    parts = []
    for table in (*POPULATIONS, Items, *EVENTS):
        said = docstrings(table.__module__).get(table.__name__, {})
        rows = [
            [
                code(f.name),
                _unit(f.metadata),
                between((f.metadata["low"], f.metadata["high"])),
                said.get(f.name, ""),
            ]
            for f in columns_of(table)
            if f.name not in _IDENTITY
        ]
        head = ["Column", "Unit", "Bounds", "Meaning, where the name does not say it"]
        parts.append(f"#### {table.__name__}\n\n{grid(head, rows)}")
    return "\n\n".join(parts)


def _unit(metadata: Any) -> str:
    return f"row of {metadata['refers']}" if metadata["refers"] else str(metadata["unit"])


def phases() -> str:
    """Return the processes of a step in their order."""
    rows = []
    for number, phase in enumerate(PHASES, 1):
        function = phase.function
        place = function.__module__.removeprefix("stcsim.processes.")
        source = f"[`{place}.{function.__name__}`](../stcsim/processes/{place}.py)"
        changed = [*(w for w in phase.writes if w != "ledger"), *(w for w in phase.writes if w == "ledger")]
        rows.append([str(number), code(phase.name), phase.text, phase.substeps, ", ".join(changed), source])
    return grid(["", "Phase", "What happens", "How often", "Changes", "Where"], rows)


def fates() -> str:
    """Return the fates of a consignment of interest and what they count as."""
    rows = []
    for number, fate in enumerate(FATES):
        if fate in LET_THROUGH:
            counts = "arrived"
        elif fate in STOPPED:
            counts = "stopped"
        else:
            counts = "not tried" if fate == "forgone" else "still under way"
        rows.append([code(fate), counts, "yes" if OPENED_BY[number] else "no"])
    return grid(["Fate", "Counts as", "Opens a case"], rows)


def ways() -> str:
    """Return the ways of a procurement network with what each costs."""
    said, defaults = texts(AdversaryParameters), AdversaryParameters()
    rows = [
        [
            code(way),
            said[cost].removesuffix(", in units of risk."),
            value(getattr(defaults, cost)),
            code(f"adversary.{cost}"),
        ]
        for way, cost in zip(WAYS, COST_OF, strict=True)
    ]
    return grid(["Way", "Its cost", "In units of risk", "Parameter"], rows)


def structure() -> str:
    """Return the structural alternatives of a scenario."""
    rows = [
        [
            code(name),
            codes(str(o) for o in get_args(info.annotation)),
            code(str(info.default)),
            texts(StructureSpec)[name],
        ]
        for name, info in StructureSpec.model_fields.items()
    ]
    return grid(["Switch", "Forms", "Default", "What it decides"], rows)


def arrangements() -> str:
    """Return the closed vocabulary with the merge law of each word."""
    rows = []
    for kind in KINDS:
        # every word of the vocabulary has this law, which no class that they share declares
        law = first_line(kind.merge.__doc__)  # type: ignore[attr-defined]
        rows.append([code(kind.__name__), first_line(kind.__doc__), codes(f.name for f in fields(kind)), law])
    return grid(["Word", "Meaning", "Fields", "Two that are alike merge"], rows)


def law() -> str:
    """Return what a scenario may say of a country's law."""
    rows = [
        [code(name), value(info.default), texts(LawSpec)[name]] for name, info in LawSpec.model_fields.items()
    ]
    return grid(["Key", "Default", "Meaning"], rows)


def activities() -> str:
    """Return the catalogue of activities."""
    rows = []
    for a in CATALOGUE:
        weights = ", ".join(f"{n} {w:g}" for n, w in zip(COMPONENTS, a.components, strict=True) if w)
        rows.append(
            [
                code(a.name),
                a.pillar,
                codes(a.competences),
                weights,
                a.modality,
                a.level,
                a.mode,
                f"{a.cost_factor:g}",
                f"{a.hours:g}",
            ]
        )
    head = [
        "Activity",
        "Pillar",
        "Competences",
        "Weights of components",
        "Modality",
        "Level",
        "Mode",
        "Cost factor",
        "Hours a person",
    ]
    return grid(head, rows)


def monthly_series() -> str:
    """Return the monthly series."""
    return grid(["Series", "Label", "Unit"], [[code(s.name), s.label, s.unit] for s in SERIES.values()])
