"""The activity catalogue: what a capacity-building programme can deliver, read from ``catalogue.csv``.

An activity raises named components of one or more competences of the holders that attend. Modality, mode,
level, cost and audience are data; what becomes of a dose is the capacity process.
"""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from stcsim.actors.agency import ROLES
from stcsim.actors.modality import MODALITIES, ModalityName
from stcsim.actors.partner import PARTNER_KINDS
from stcsim.actors.vocabulary import COMPETENCES, PILLARS
from stcsim.errors import quote

Level = Literal["local", "national", "regional"]
"""Whom it reaches: the posts of one district, a whole country, or several countries at once."""
Mode = Literal["any", "air", "land", "sea", "rail"]
"""Mode of transport of the posts that it is for."""

COMPONENT_WEIGHTS: Mapping[str, tuple[float, float, float, float]] = MappingProxyType(
    {
        "course": (1.0, 0.3, 1.0, 0.0),
        "knowledge": (1.0, 0.2, 0.3, 0.0),
        "practices": (0.3, 1.0, 0.3, 0.0),
        "tools": (0.0, 0.0, 0.2, 1.0),
        "awareness": (1.0, 0.0, 0.0, 0.0),
        "none": (0.0, 0.0, 0.0, 0.0),
    }
)
"""What an activity is mainly about, as weights of knowledge, practices, skills and tools. Assumed."""

AT_BORDER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "any": ("air", "land", "sea", "rail", "postal", "river", "green", "blue_river", "blue_sea"),
        "air": ("air",),
        "land": ("land", "green"),
        "sea": ("sea", "river", "blue_sea", "blue_river"),
        "rail": ("rail",),
    }
)
"""Kinds of posts and stretches that an activity for a mode of transport reaches; ``sea`` is all on water."""

_AUDIENCES = frozenset((*ROLES, *PARTNER_KINDS, "post", "stretch", "firms"))


@dataclass(frozen=True)
class Activity:
    """One kind of activity.

    Parameters
    ----------
    name : identifier
    pillar : core area of assistance
    competences : competences it raises; a course covers several, the dose is shared out
    component : what it is mainly about, a key of `COMPONENT_WEIGHTS`
    audiences : roles (agency roles, partner kinds), ``post``, ``stretch`` or ``firms`` that it suits
    level : whom it reaches at once
    mode : mode of transport of the posts it is for
    modality : how it is delivered
    cost_factor : cost relative to the register's cost of an event (of a set of equipment for ``equipment``)
    hours : hours of each participant
    """

    name: str
    pillar: str
    competences: tuple[str, ...]
    component: str
    audiences: tuple[str, ...]
    level: Level
    mode: Mode
    modality: ModalityName
    cost_factor: float
    hours: float

    @property
    def components(self) -> tuple[float, float, float, float]:
        """Weights of knowledge, practices, skills and tools."""
        return COMPONENT_WEIGHTS[self.component]

    @property
    def kind(self) -> tuple[object, ...]:
        """What tells it from every other: no two activities are alike in all of these."""
        return (self.competences, self.component, self.audiences, self.level, self.mode, self.modality)

    def wrong(self) -> str:
        """Return what is wrong with it in words, empty where nothing is."""
        for word, known, given in (
            ("pillar", PILLARS, (self.pillar,)),
            ("competence", COMPETENCES, self.competences),
            ("component", tuple(COMPONENT_WEIGHTS), (self.component,)),
            ("audience", _AUDIENCES, self.audiences),
            ("level", get_args(Level), (self.level,)),
            ("mode", get_args(Mode), (self.mode,)),
            ("modality", MODALITIES, (self.modality,)),
        ):
            for name in given:
                if name not in known:
                    return f"{name!r} is no {word}"
        if bool(self.competences) != any(self.components):
            return "it has to teach something about its competences, and nothing without any"
        if self.mode != "any" and not set(self.audiences) <= {"post", "stretch"}:
            return f"mode {self.mode!r} concerns posts and stretches only"
        if not (self.cost_factor > 0 and self.hours > 0):
            return "cost and hours have to be positive"
        return ""


def validated(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """Return a catalogue whose entries are right, with names and kinds that occur once.

    Raises
    ------
    ValueError : naming the activity and what is wrong with it
    """
    names: set[str] = set()
    kinds: dict[tuple[object, ...], str] = {}
    found = tuple(activities)
    for activity in found:
        wrong = activity.wrong()
        if not wrong and activity.name in names:
            wrong = "there are two of this name"
        if not wrong and activity.kind in kinds:
            wrong = f"it is the same as {kinds[activity.kind]}"
        if wrong:
            raise ValueError(f"activity {activity.name}: {wrong}")
        names.add(activity.name)
        kinds[activity.kind] = activity.name
    return found


def read_catalogue(path: Path) -> tuple[Activity, ...]:
    """Return the activities of a file with one line each; lists within a field are separated by spaces.

    Raises
    ------
    ValueError : where an entry is wrong
    """
    with path.open(encoding="utf-8", newline="") as lines:
        return validated(_activity(row) for row in csv.DictReader(lines))


def _activity(row: dict[str, str]) -> Activity:
    return Activity(
        name=row["name"],
        pillar=row["pillar"],
        competences=tuple(row["competences"].split()),
        component=row["component"],
        audiences=tuple(row["audiences"].split()),
        level=cast(Level, row["level"]),
        mode=cast(Mode, row["mode"]),
        modality=cast(ModalityName, row["modality"]),
        cost_factor=float(row["cost_factor"]),
        hours=float(row["hours"]),
    )


CATALOGUE: tuple[Activity, ...] = read_catalogue(Path(__file__).with_name("catalogue.csv"))
"""Kinds of activity. ``meeting_without_content`` is the placebo of the evidence tests."""

ACTIVITY: dict[str, Activity] = {a.name: a for a in CATALOGUE}
TRAIN: frozenset[str] = frozenset(a.name for a in CATALOGUE if a.competences)
"""Names of the activities that raise a competence of those who attend."""


def taken_from(names: tuple[str, ...], among: Collection[str], what: str) -> tuple[str, ...]:
    """Return `names` of activities, all of which are `among` those that are called `what`.

    Raises
    ------
    ValueError
        Says the first that is not, which of those is called much like it, if one is, and where all are told.
    """
    for name in names:
        if name not in among:
            near = get_close_matches(name[:60], sorted(among), n=1)
            said = [f"{quote(name)} is no {what}", *(f"near is {quote(n)}" for n in near)]
            raise ValueError("; ".join([*said, "see: stcsim list activities"]))
    return names
